//! A directory that exists as long as a value.

use std::collections::hash_map::RandomState;
use std::fs::{self, DirBuilder};
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Number of characters that follow the prefix in the name of a directory.
pub(crate) const SUFFIX_LENGTH: usize = 6;

/// Most names that are tried.
const MAX_ATTEMPTS: usize = 1000;

/// A directory with a random name. Dropping the value removes the directory and its content.
#[derive(Debug)]
pub(crate) struct TemporaryDir {
    path: PathBuf,
}

impl TemporaryDir {
    /// Creates a directory in `parent`, which only its owner may read.
    pub(crate) fn create_in(parent: &Path, prefix: &str) -> io::Result<Self> {
        #[cfg_attr(not(unix), allow(unused_mut, reason = "only Unix has modes"))]
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        for _ in 0..MAX_ATTEMPTS {
            let path = parent.join(format!("{prefix}{}", random_suffix()));
            match builder.create(&path) {
                Ok(()) => return Ok(Self { path }),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    /// Returns its path.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for TemporaryDir {
    fn drop(&mut self) {
        // Nobody can be told. Later runs remove the directories that they know.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Returns letters and digits from the random keys of the standard library's hash maps.
fn random_suffix() -> String {
    let mut random = RandomState::new().build_hasher().finish();
    let digits = (0..SUFFIX_LENGTH).filter_map(|_| {
        let digit = u32::try_from(random % 36).ok()?;
        random /= 36;
        char::from_digit(digit, 36)
    });
    digits.collect()
}

#[cfg(test)]
mod tests {
    use std::{env, fs};

    use super::{SUFFIX_LENGTH, TemporaryDir};

    #[test]
    fn a_directory_is_removed_with_its_content() {
        let first = TemporaryDir::create_in(&env::temp_dir(), "sdkwright-").unwrap();
        let second = TemporaryDir::create_in(&env::temp_dir(), "sdkwright-").unwrap();
        assert_ne!(first.path(), second.path());
        let name = first.path().file_name().unwrap().to_str().unwrap();
        assert_eq!(name.len(), "sdkwright-".len() + SUFFIX_LENGTH);
        fs::write(first.path().join("file"), "text").unwrap();
        let path = first.path().to_owned();
        drop(first);
        assert!(!path.exists());
    }
}
