//! A value in the text of a configuration: its version, or the hash of its document.

use super::insert::insert_entries;
use crate::init::yaml::{Node, make_entry};
use crate::source::yaml_edit::find_scalar;

/// Sets `targets.rust.version` in the text of a configuration. The rest of the text stays. `None`:
/// something at the path is not a mapping.
pub(crate) fn set_version(text: &str, version: &str) -> Option<String> {
    set_value(text, &["targets", "rust"], "version", version, "")
}

/// Sets `openapi.sha256` in the text of a configuration, as [`set_version`] does.
pub(crate) fn set_sha256(text: &str, sha256: &str) -> Option<String> {
    // Digits with an `e` would be a number.
    set_value(text, &["openapi"], "sha256", sha256, "\"")
}

/// Sets a value. A text without quotes gets `quote`.
fn set_value(text: &str, parent: &[&str], key: &str, value: &str, quote: &str) -> Option<String> {
    let parent: Vec<String> = parent.iter().map(|&key| key.to_owned()).collect();
    let path = [&parent[..], &[key.to_owned()]].concat();
    let Some(range) = find_scalar(text, &path) else {
        let entry = make_entry(key, Node::plain(format!("{quote}{value}{quote}")));
        return insert_entries(text, &parent, vec![entry]);
    };
    let found = text.get(range.clone())?.get(..1)?;
    let quote = if matches!(found, "\"" | "'") {
        found
    } else {
        quote
    };
    let value = format!("{quote}{value}{quote}");
    let mut text = text.to_owned();
    text.replace_range(range, &value);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::{set_sha256, set_version};

    #[test]
    fn hashes_are_quoted() {
        for before in ["openapi: {}\n", "openapi: {\"sha256\": \"0\"}\n"] {
            let after = "openapi: {\"sha256\": \"12e4\"}\n";
            assert_eq!(set_sha256(before, "12e4").as_deref(), Some(after));
        }
        let (before, after) = ("openapi:\n  sha256: ab\n", "openapi:\n  sha256: \"12e4\"\n");
        assert_eq!(set_sha256(before, "12e4").as_deref(), Some(after));
    }

    #[test]
    fn only_the_version_changes() {
        for (before, after) in [
            (
                "targets: { rust: { version: 0.3.1, license: MIT } }\n",
                Some("targets: { rust: { version: 0.4.0, license: MIT } }\n"),
            ),
            (
                "targets:\n  rust:\n    version: \"0.3.1\" # ours\n",
                Some("targets:\n  rust:\n    version: \"0.4.0\" # ours\n"),
            ),
            (
                "targets:\n  rust:\n    license: MIT\n# end\n",
                Some("targets:\n  rust:\n    license: MIT\n    version: 0.4.0\n# end\n"),
            ),
            (
                "organization: { name: x }\n",
                Some("organization: { name: x }\ntargets:\n  rust:\n    version: 0.4.0\n"),
            ),
            ("targets: [1]\n", None),
        ] {
            assert_eq!(set_version(before, "0.4.0").as_deref(), after);
        }
    }
}
