//! Folders: where there are too many files of types for one list of them.
//!
//! A folder is what a folder of any program is: the files whose names begin
//! alike. The files of a document that is not large stand side by side.

use super::split::{LayoutEntry, split_by_words};
use super::{TypeModule, ident_words};
use crate::ir::Words;
use crate::plan::features::FeatureGate;
use crate::plan::names::{Case, RustIdent, Scope};

/// The lines of a file in a list: its module and what it holds, each with a
/// condition.
const MODULE_LINES: usize = 4;

/// What has fewer lines than this gets no folder.
const MIN_FOLDER_LINES: usize = 10 * MODULE_LINES;

/// Files of types that stand in a folder.
#[derive(Debug)]
pub struct TypeFolder {
    /// The module's name, and the folder's.
    pub module: RustIdent,
    /// When it is compiled: when one of its files is.
    pub gate: FeatureGate,
}

/// Puts the files of types into folders, if there are too many of them. The
/// folders are sorted by name.
pub(in crate::plan) fn group_into_folders(type_modules: &mut [TypeModule]) -> Vec<TypeFolder> {
    let parts = type_modules
        .iter()
        .enumerate()
        .map(|(index, type_module)| LayoutEntry {
            words: ident_words(&type_module.module),
            lines: MODULE_LINES,
            value: index,
        });
    let groups = split_by_words(&Words::new(), parts.collect(), MIN_FOLDER_LINES);
    // A file that is named as a folder stands in it, so that these names are
    // free, unless a number or a keyword has changed one.
    let mut scope = Scope::default();
    for group in groups.iter().filter(|group| group.name.is_empty()) {
        for type_module in group
            .parts
            .iter()
            .filter_map(|&index| type_modules.get(index))
        {
            scope.claim(&Words::split(type_module.module.as_str()), Case::Module);
        }
    }
    let mut folders = Vec::new();
    for group in groups.iter().filter(|group| !group.name.is_empty()) {
        let module = scope.claim(&group.name, Case::Module);
        let gates = group
            .parts
            .iter()
            .filter_map(|&index| type_modules.get(index));
        let gates: Vec<&FeatureGate> = gates.map(|type_module| &type_module.gate).collect();
        let gate = FeatureGate::any_of(&gates);
        for &index in &group.parts {
            if let Some(type_module) = type_modules.get_mut(index) {
                type_module.folder = Some(module.clone());
            }
        }
        folders.push(TypeFolder { module, gate });
    }
    folders.sort_by(|a, b| a.module.cmp(&b.module));
    folders
}
