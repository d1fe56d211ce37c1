//! The files of the crate's owners, from the folder that the configuration names.
//!
//! The folder has the layout of the crate. Its files become part of the output, so that the crate
//! can be generated again from the sources alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::config::{At, Config, Custom};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::load;
use crate::output::Output;

/// The file with a section of the crate's README. It is not a file of the crate itself.
pub(super) const README: &str = "README.md";

/// The module of the owners' code.
const MODULE: &str = "src/custom/mod.rs";

/// The folders of the crate that can have files of the owners.
const FOLDERS: [&str; 3] = ["src/custom/", "examples/", "tests/"];

/// Texts by their paths in the crate.
pub type CustomFiles = BTreeMap<String, String>;

/// Reads all files of the folder, if the configuration names one.
#[must_use]
pub fn read_custom_files(
    config_path: &Path,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<CustomFiles> {
    let folder = config.target.custom.as_ref()?.folder.as_ref()?;
    let root = config_path
        .parent()
        .unwrap_or(Path::new(""))
        .join(&folder.value);
    let mut reading = Reading {
        folder,
        files: CustomFiles::new(),
        diagnostics,
    };
    reading.visit(&root, "");
    if !reading.files.contains_key(MODULE) {
        let message = format!("the folder `{}` has no file `{MODULE}`", folder.value);
        reading.report(message, "create the file, which is the module `custom`");
    }
    Some(reading.files)
}

/// Reports files that the generator writes too.
pub(super) fn check_distinct(
    files: &CustomFiles,
    generated: &Output,
    custom: &Custom,
    diagnostics: &mut Diagnostics,
) {
    let Some(folder) = &custom.folder else {
        return;
    };
    for path in files.keys() {
        if generated.get(path).is_some() {
            let message = format!("the file `{path}` is also the name of a generated file");
            diagnostics.push(diagnostic(folder, message, "rename the file"));
        }
    }
}

struct Reading<'a> {
    folder: &'a At<String>,
    files: CustomFiles,
    diagnostics: &'a mut Diagnostics,
}

impl Reading<'_> {
    /// Reads the files below a folder, whose path in the crate is `prefix`. Hidden files, such as
    /// those of editors, are skipped.
    fn visit(&mut self, folder: &Path, prefix: &str) {
        let entries =
            fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
        let entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                let message = format!("cannot read the folder `{}`: {error}", folder.display());
                return self.report(message, "create the folder, or correct its name");
            }
        };
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            match entry.file_type() {
                _ if name.starts_with('.') => {}
                Ok(kind) if kind.is_dir() => self.visit(&entry.path(), &format!("{path}/")),
                Ok(kind) if kind.is_file() => self.read_file(&entry.path(), path),
                _ => self.report(
                    format!("`{path}` is not a regular file"),
                    "replace a link by a copy of its target",
                ),
            }
        }
    }

    fn read_file(&mut self, file: &Path, path: String) {
        if path != README && !FOLDERS.iter().any(|folder| path.starts_with(folder)) {
            let message = format!("the crate has no folder for `{path}`");
            let help = "move it to `src/custom`, `examples` or `tests`";
            return self.report(message, help);
        }
        match load::read_text(file) {
            Ok(text) => drop(self.files.insert(path, text)),
            Err(error) => self.diagnostics.push(error.in_config()),
        }
    }

    fn report(&mut self, message: String, help: &str) {
        self.diagnostics
            .push(diagnostic(self.folder, message, help));
    }
}

fn diagnostic(folder: &At<String>, message: String, help: &str) -> Diagnostic {
    let error = Diagnostic::new(Code::InvalidCustomFile, folder.pointer.clone(), message);
    error.help(help).in_config()
}
