//! The published state of a crate: its last release.

use std::path::Path;

use semver::Version;

use super::git::{Repository, RevisionError};
use crate::output::{RECORD, find_release, release_line};

/// The last release of a crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its revision: a tag or a commit.
    pub revision: String,
    /// Its version.
    pub version: Version,
}

/// Returns the last release of a crate.
///
/// It is the tag with the highest version. Without tags, it is the commit that wrote the line about
/// the release to the record of the crate's directory.
///
/// Tags that name the crate, such as `acme-sdk-v1.2.0`, have precedence over `v1.2.0`.
///
/// # Errors
///
/// The document is in no repository, or git fails.
pub fn find_published(
    spec: &Path,
    out: &Path,
    package: &str,
) -> Result<Option<Published>, RevisionError> {
    let repository = Repository::find(spec)?;
    let tags = repository.find_tags()?;
    if let Some(found) = newest_tag(&tags, package) {
        return Ok(Some(found));
    }
    let Ok(record) = repository.path_in(&out.join(RECORD)) else {
        return Ok(None);
    };
    let Some(text) = repository.read_committed(&record) else {
        return Ok(None);
    };
    let Some(version) = find_release(&text).and_then(|text| Version::parse(text).ok()) else {
        return Ok(None);
    };
    let line = release_line(&version.to_string());
    let commit = repository.find_addition(&line, &record)?;
    Ok(commit.map(|revision| Published { revision, version }))
}

/// Returns the tag with the highest version.
fn newest_tag(tags: &[String], package: &str) -> Option<Published> {
    let own: Vec<String> = ["-v", "-", "@", "@v", "/v", "/"]
        .iter()
        .map(|separator| format!("{package}{separator}"))
        .collect();
    let common = ["v".to_owned(), String::new()];
    let newest = |prefixes: &[String]| {
        let versions = tags.iter().filter_map(|tag| {
            let version = |prefix: &String| Version::parse(tag.strip_prefix(prefix.as_str())?).ok();
            Some(Published {
                version: prefixes.iter().find_map(version)?,
                revision: format!("refs/tags/{tag}"),
            })
        });
        versions.max_by(|a, b| a.version.cmp(&b.version))
    };
    newest(&own).or_else(|| newest(&common))
}

#[cfg(test)]
mod tests {
    use super::newest_tag;

    #[test]
    fn the_highest_version_of_the_crate_is_its_last_release() {
        let find = |tags: &[&str]| {
            let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
            newest_tag(&tags, "acme-sdk").map(|found| found.revision)
        };
        assert_eq!(
            find(&["v0.9.0", "v0.10.0", "x", "other-v3.0.0"]).as_deref(),
            Some("refs/tags/v0.10.0")
        );
        assert_eq!(
            find(&["acme-sdk-v0.2.0", "v1.0.0"]).as_deref(),
            Some("refs/tags/acme-sdk-v0.2.0")
        );
        assert_eq!(
            find(&["1.0.0-rc.1", "1.0.0"]).as_deref(),
            Some("refs/tags/1.0.0")
        );
        assert_eq!(find(&["main", "v1"]), None);
    }
}
