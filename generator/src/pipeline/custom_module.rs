//! The module `custom` of a crate: its declaration in the configuration, and its file on disk.

use std::path::Path;

use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Pointer;

/// The files that Rust reads for the module `custom`, in the crate.
const FILES: [&str; 2] = ["src/custom/mod.rs", "src/custom.rs"];

/// The origin of the module `custom`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CustomModule {
    /// The configuration does not declare the module.
    Undeclared,
    /// The owners write its file to the crate. The pointer is that of the declaration.
    InCrate(Pointer),
    /// The file `src/custom/mod.rs` is part of the output. The pointer is that of the declaration.
    Generated(Pointer),
}

impl CustomModule {
    /// Reads the declaration.
    pub(super) fn find(config: &Config) -> Self {
        match &config.target.custom {
            None => Self::Undeclared,
            Some(custom) if custom.folder.is_some() => Self::Generated(custom.pointer.clone()),
            Some(custom) => Self::InCrate(custom.pointer.clone()),
        }
    }

    /// Returns a warning if the module has no file in the directory of the crate, if it has two, or
    /// if its file is not part of the crate.
    #[must_use]
    pub fn diagnostic(&self, dir: &Path) -> Option<Diagnostic> {
        let [folder_file, other_file] = FILES.map(|file| dir.join(file));
        let has_other = other_file.is_file();
        match (self, folder_file.is_file()) {
            (Self::InCrate(pointer), true) | (Self::Generated(pointer), _) if has_other => {
                Some(report_duplicate(&folder_file, &other_file, pointer.clone()))
            }
            (Self::InCrate(pointer), false) if !has_other => {
                Some(report_missing(&folder_file, pointer.clone()))
            }
            (Self::Undeclared, true) => Some(report_undeclared(&folder_file)),
            (Self::Undeclared, false) if has_other => Some(report_undeclared(&other_file)),
            _ => None,
        }
    }
}

fn report_duplicate(folder_file: &Path, other_file: &Path, pointer: Pointer) -> Diagnostic {
    let (folder_file, other_file) = (folder_file.display(), other_file.display());
    let message = format!(
        "the module `custom` has two files, `{folder_file}` and `{other_file}`; the crate does not \
         compile"
    );
    let warning = Diagnostic::new(Code::DuplicateCustomModule, pointer, message);
    let help = "delete one of the files; with `folder`, delete `src/custom.rs`";
    warning.help(help).on_key().in_config()
}

fn report_missing(file: &Path, pointer: Pointer) -> Diagnostic {
    let file = file.display();
    let message = format!("the module `custom` has no file `{file}`; the crate does not compile");
    let warning = Diagnostic::new(Code::MissingCustomModule, pointer, message);
    let help = "create the file, which can be empty, or remove `custom`";
    warning.help(help).on_key().in_config()
}

fn report_undeclared(file: &Path) -> Diagnostic {
    let message = format!("`{}` is not part of the crate", file.display());
    let rust = Pointer::root().child("targets").child("rust");
    let options = rust.child("options");
    let warning = Diagnostic::new(Code::UndeclaredCustomModule, options, message);
    let help = "add `custom: true` to `targets.rust.options` of `sdk.yaml`, or delete the file";
    warning.help(help).on_key().in_config()
}
