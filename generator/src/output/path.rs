//! Valid paths of an output.
//!
//! Paths are checked as text, before any access to a file system, so that the result is the same on
//! every system.

use std::collections::BTreeMap;

use super::error::WriteError;

/// Checks that a path names a file below the directory, in its only spelling.
pub(super) fn check(path: &str) -> Result<(), WriteError> {
    match find_fault(path) {
        None => Ok(()),
        Some(reason) => Err(WriteError::Path {
            path: path.to_owned(),
            reason,
        }),
    }
}

/// Checks that no two paths are equal on a file system that ignores case.
pub(super) fn check_distinct<'a>(
    paths: impl Iterator<Item = &'a String>,
) -> Result<(), WriteError> {
    let mut seen = BTreeMap::new();
    for path in paths {
        if let Some(other) = seen.insert(path.to_lowercase(), path) {
            return Err(WriteError::SamePath {
                first: other.clone(),
                second: path.clone(),
            });
        }
    }
    Ok(())
}

fn find_fault(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path.starts_with('/') || path.contains(':') {
        return Some("it is not relative");
    }
    if path.contains('\\') || path.contains(char::is_control) {
        return Some("it has a character with a special meaning on some systems");
    }
    path.split('/').find_map(|segment| match segment {
        "" => Some("one of its segments is empty"),
        "." | ".." => Some("it has a `.` or `..` segment"),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::{check, check_distinct};

    #[test]
    fn paths_below_the_directory_are_accepted() {
        for path in ["Cargo.toml", "src/lib.rs", "src/a-b/c.d.rs", ".gitignore"] {
            assert!(check(path).is_ok(), "{path}");
        }
    }

    #[test]
    fn paths_that_leave_the_directory_are_refused() {
        for path in [
            "",
            "/etc/passwd",
            "..",
            "../x",
            "src/../../x",
            "./x",
            "src//x",
            "src/",
            "C:/x",
            "C:x",
            "a\\b",
            "a\0b",
            "a\nb",
        ] {
            assert!(check(path).is_err(), "{path:?}");
        }
    }

    #[test]
    fn paths_that_differ_in_case_are_refused() {
        let paths = ["src/Chat.rs".to_owned(), "src/chat.rs".to_owned()];
        assert!(check_distinct(paths.iter()).is_err());
        assert!(check_distinct(paths.iter().take(1)).is_ok());
    }
}
