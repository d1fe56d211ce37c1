//! Folders: where there are too many files of types for one list of them.
//!
//! A folder is what a folder of any program is: the files whose names begin
//! alike. The files of a document that is not large stand side by side.

use super::divide::{Part, divide};
use super::{Family, words_of};
use crate::ir::Words;
use crate::plan::features::Gate;
use crate::plan::names::{Case, RustIdent, Scope};

/// The lines of a file in a list: its module and what it holds, each with a
/// condition.
const LISTED: usize = 4;

/// What has fewer lines than this gets no folder.
const WORTH_A_FOLDER: usize = 10 * LISTED;

/// Files of types that stand in a folder.
#[derive(Debug)]
pub struct Folder {
    /// The module's name, and the folder's.
    pub module: RustIdent,
    /// When it is compiled: when one of its files is.
    pub gate: Gate,
}

/// Puts the files of types into folders, if there are too many of them. The
/// folders are sorted by name.
pub(in crate::plan) fn folders(families: &mut [Family]) -> Vec<Folder> {
    let parts = families.iter().enumerate().map(|(index, family)| Part {
        words: words_of(&family.module),
        lines: LISTED,
        of: index,
    });
    let groups = divide(&Words::new(), parts.collect(), WORTH_A_FOLDER);
    // A file that is named as a folder stands in it, so that these names are
    // free, unless a number or a keyword has changed one.
    let mut scope = Scope::default();
    for group in groups.iter().filter(|group| group.name.is_empty()) {
        for family in group.parts.iter().filter_map(|&index| families.get(index)) {
            scope.claim(&Words::split(family.module.as_str()), Case::Module);
        }
    }
    let mut folders = Vec::new();
    for group in groups.iter().filter(|group| !group.name.is_empty()) {
        let module = scope.claim(&group.name, Case::Module);
        let gates = group.parts.iter().filter_map(|&index| families.get(index));
        let gates: Vec<&Gate> = gates.map(|family| &family.gate).collect();
        let gate = Gate::of_any(&gates);
        for &index in &group.parts {
            if let Some(family) = families.get_mut(index) {
                family.folder = Some(module.clone());
            }
        }
        folders.push(Folder { module, gate });
    }
    folders.sort_by(|a, b| a.module.cmp(&b.module));
    folders
}
