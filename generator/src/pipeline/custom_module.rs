//! The module `custom` of a crate: its declaration in the configuration, and its file on disk.

use std::path::{Path, PathBuf};

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
    /// The file is part of the output.
    Generated,
}

impl CustomModule {
    /// Reads the declaration.
    pub(super) fn find(config: &Config) -> Self {
        match &config.target.custom {
            None => Self::Undeclared,
            Some(custom) if custom.folder.is_some() => Self::Generated,
            Some(custom) => Self::InCrate(custom.pointer.clone()),
        }
    }

    /// Returns a warning if the module has no file in the directory of the crate, or if its file is
    /// not part of the crate.
    #[must_use]
    pub fn diagnostic(&self, dir: &Path) -> Option<Diagnostic> {
        match (self, find_file(dir)) {
            (Self::InCrate(pointer), None) => Some(report_missing(dir, pointer.clone())),
            (Self::Undeclared, Some(file)) => Some(report_undeclared(&file)),
            _ => None,
        }
    }
}

fn find_file(dir: &Path) -> Option<PathBuf> {
    let mut files = FILES.iter().map(|file| dir.join(file));
    files.find(|file| file.is_file())
}

fn report_missing(dir: &Path, pointer: Pointer) -> Diagnostic {
    let [file, _] = FILES.map(|file| dir.join(file).display().to_string());
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
