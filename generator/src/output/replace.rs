//! Replaces a single file in one step.

use std::path::{Path, PathBuf};

use super::error::{Context, WriteError};
use super::staging::Staging;

/// A file that was replaced.
#[derive(Debug)]
pub struct Replacement {
    /// The path, as the caller writes it.
    name: PathBuf,
    /// The path without links.
    path: PathBuf,
    /// The former text, if there was a file.
    before: Option<Vec<u8>>,
}

impl Replacement {
    /// Replaces the text of a file, or creates it. A reader sees the former text or the new one.
    ///
    /// A symbolic link stays, and the file behind it is replaced.
    ///
    /// # Errors
    ///
    /// The file cannot be written. It is as it was.
    pub fn write(name: &Path, text: &str) -> Result<Self, WriteError> {
        let path = name.canonicalize().unwrap_or_else(|_| name.to_owned());
        let before = match std::fs::read(&path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).context("read", name),
        };
        write_atomically(&path, name, text.as_bytes())?;
        Ok(Self {
            name: name.to_owned(),
            path,
            before,
        })
    }

    /// Restores the former text.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn undo(self) -> Result<(), WriteError> {
        match &self.before {
            Some(bytes) => write_atomically(&self.path, &self.name, bytes),
            None => std::fs::remove_file(&self.path).context("remove", &self.name),
        }
    }
}

/// Writes a file in one step. Errors have its `name`.
fn write_atomically(path: &Path, name: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let staging = Staging::open(folder)?;
    let new = staging.path().join("new");
    std::fs::write(&new, bytes).context("write", name)?;
    // Without an earlier file, the usual rights apply.
    if let Ok(metadata) = std::fs::metadata(path) {
        std::fs::set_permissions(&new, metadata.permissions()).context("write", name)?;
    }
    std::fs::rename(&new, path).context("write", name)
}

#[cfg(test)]
mod tests {
    use super::Replacement;

    #[test]
    fn a_replacement_can_be_undone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sdk.yaml");
        let created = Replacement::write(&path, "a").unwrap();
        let replaced = Replacement::write(&path, "b").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "b");
        replaced.undo().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "a");
        created.undo().unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn errors_have_the_path_as_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let written = folder.path().join("config/../config");
        std::fs::create_dir(folder.path().join("config")).unwrap();
        let error = Replacement::write(&written, "a").unwrap_err().to_string();
        assert!(error.contains("config/../config"), "{error}");
    }
}
