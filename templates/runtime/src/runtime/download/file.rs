//! Downloads to files: whole files or none.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use tokio::fs;
use tokio::task::spawn_blocking;

use super::Download;
use crate::runtime::error::Error;
use crate::runtime::random;

impl Download {
    /// Writes all bytes to a file, and returns how many there were.
    ///
    /// They go to a file beside it, which takes its name in the end: what was there before is
    /// kept until then, and if the download fails or is given up.
    ///
    /// # Errors
    ///
    /// As [`chunk`](Self::chunk), and [`Error::Io`] when the file cannot be written.
    pub async fn to_file(mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let path = path.as_ref();
        let (partial, file) = Partial::create(path).await?;
        let mut file = fs::File::from_std(file);
        let written = self.copy(&mut file).await?;
        drop(file);
        fs::rename(&partial.0, path).await?;
        Ok(written)
    }
}

/// A file beside another, whose name it is to take. What is left under its own is removed.
struct Partial(PathBuf);

impl Partial {
    /// Creates it where nobody needs to wait for it: if the download is given up meanwhile, it is
    /// removed once it is there.
    #[inline]
    async fn create(target: &Path) -> io::Result<(Self, std::fs::File)> {
        let path = beside(target);
        let created = spawn_blocking(move || {
            let file = std::fs::File::create(&path)?;
            Ok((Self(path), file))
        });
        created.await?
    }
}

impl Drop for Partial {
    #[inline]
    fn drop(&mut self) {
        // Most often it has its name by now, so that there is nothing to remove.
        drop(std::fs::remove_file(&self.0));
    }
}

/// The name of a file beside this one.
#[inline]
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(format!(".{}.part", random::uuid()));
    path.with_file_name(name)
}
