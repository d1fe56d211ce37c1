//! Atomic downloads to files.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use tokio::fs;
use tokio::task::spawn_blocking;

use super::Download;
use crate::runtime::error::Error;
use crate::runtime::random;

impl Download {
    /// Writes the body to a file, and returns the number of bytes.
    ///
    /// The body is first written to a temporary file in the same directory, which is renamed at the
    /// end. If the download fails or is cancelled, an existing file remains unchanged.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`chunk`](Self::chunk), and [`Error::Io`] if the file cannot be
    /// written.
    pub async fn to_file(mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let path = path.as_ref();
        let (partial, file) = TemporaryFile::create(path).await?;
        let mut file = fs::File::from_std(file);
        let written = self.copy(&mut file).await?;
        drop(file);
        fs::rename(&partial.0, path).await?;
        Ok(written)
    }
}

/// A temporary file next to its target. It is removed when dropped, unless it has been renamed.
struct TemporaryFile(PathBuf);

impl TemporaryFile {
    /// Creates the file on a blocking thread. If the download is cancelled in the meantime, the
    /// file is removed after its creation.
    #[inline]
    async fn create(target: &Path) -> io::Result<(Self, std::fs::File)> {
        let path = temporary_path(target);
        let created = spawn_blocking(move || {
            let file = std::fs::File::create(&path)?;
            Ok((Self(path), file))
        });
        created.await?
    }
}

impl Drop for TemporaryFile {
    #[inline]
    fn drop(&mut self) {
        // Usually the file has been renamed by now, and the removal fails.
        drop(std::fs::remove_file(&self.0));
    }
}

/// Returns a name for a temporary file in the same directory.
#[inline]
fn temporary_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(format!(".{}.part", random::uuid()));
    path.with_file_name(name)
}
