//! Downloads to files: whole files or none.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use tokio::fs;

use super::Download;
use crate::runtime::error::Error;
use crate::runtime::random;

impl Download {
    /// Writes all bytes to a file, and returns how many there were.
    ///
    /// They go to a file beside it, which takes its name in the end: what was there before is
    /// kept until then, and if the download fails.
    ///
    /// # Errors
    ///
    /// As [`chunk`](Self::chunk), and [`Error::Io`] when the file cannot be written.
    pub async fn to_file(mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let path = path.as_ref();
        let partial = partial(path);
        let written = match self.write_file(&partial).await {
            Ok(written) => fs::rename(&partial, path).await.map(|()| written),
            Err(error) => {
                // The first failure says more than one to tidy up after it.
                drop(fs::remove_file(&partial).await);
                return Err(error);
            }
        };
        Ok(written?)
    }

    async fn write_file(&mut self, path: &Path) -> Result<u64, Error> {
        let mut file = fs::File::create(path).await?;
        self.copy(&mut file).await
    }
}

/// The name of a file beside this one.
fn partial(path: &Path) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(format!(".{}.part", random::uuid()));
    path.with_file_name(name)
}
