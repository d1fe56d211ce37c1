//! Module layout: the files of types and of resources.
//!
//! A schema of the document stays with its nested schemas, and an operation with its parameters and
//! inline schemas. Those that only one resource of the client uses are in its file, and so are its
//! nested resources. Those that only one schema uses are in the file of that schema. If a file would be
//! too long, the largest groups of items whose names begin with the same word get files of their own.

mod folders;
mod line_estimate;
mod owner_items;
mod resource_files;
mod split;
mod type_modules;

pub use folders::TypeFolder;
pub(super) use folders::group_into_folders;
pub use owner_items::OwnerItems;
pub(super) use owner_items::{SoleUser, group_by_owner};
pub use resource_files::{ResourceFile, ResourceMembers};
pub(super) use resource_files::{join_nested_resources, split_resource};
pub(crate) use split::{FileLimits, LayoutEntry, MAX_FILE_LINES, split_by_words};
pub use type_modules::TypeModule;
pub(super) use type_modules::{group_into_modules, index_by_type};

use super::names::RustIdent;
use crate::ir::Words;

/// Names of modules that files of types cannot have. Some are reserved on Windows and on file systems
/// that ignore case. `support` is a file of the tests.
const RESERVED_MODULES: &[&str] = &["mod", "lib", "main", "support", "con", "prn", "aux", "nul"];

fn ident_words(ident: &RustIdent) -> Vec<String> {
    Words::split(ident.as_str()).iter().cloned().collect()
}
