//! Folders: groups of files of types, if one module list would be too long.
//!
//! A folder contains files whose names begin with the same words. Small and medium documents have no
//! folders.

use super::split::{FileLimits, LayoutEntry, MAX_FILE_LINES, split_by_words};
use super::{TypeModule, ident_words};
use crate::ir::Words;
use crate::plan::feature_gate::FeatureGate;
use crate::plan::names::{Case, RustIdent, Scope};

/// Lines of a file in a module list: the `mod` and the `pub use`, each with a feature gate.
const MODULE_LINES: usize = 4;

/// Limits of a module list. Some modules of a longer list move to a folder.
const LIMITS: FileLimits = FileLimits {
    long_file: MAX_FILE_LINES,
    long_group: 10 * MODULE_LINES,
    overlong_file: usize::MAX,
};

/// A folder of files of types.
#[derive(Debug)]
pub struct TypeFolder {
    /// The name of the module and of the folder.
    pub module: RustIdent,
    /// Its feature gate, which is open if that of any file is.
    pub gate: FeatureGate,
}

/// Groups the files of types into folders, if there are too many. The folders are sorted by name.
pub(in crate::plan) fn group_into_folders(type_modules: &mut [TypeModule]) -> Vec<TypeFolder> {
    let parts = type_modules
        .iter()
        .enumerate()
        .map(|(index, type_module)| LayoutEntry {
            words: ident_words(&type_module.module),
            lines: MODULE_LINES,
            value: index,
        });
    let groups = split_by_words(&Words::new(), parts.collect(), LIMITS);
    // A file with the name of a folder is inside that folder. So these names are not taken, unless a
    // number or a keyword suffix has changed one.
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
