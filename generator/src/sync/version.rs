//! The version in the text of a configuration.

use super::insert::insert_entries;
use crate::init::yaml::{Node, make_entry};
use crate::source::yaml_edit::find_scalar;

/// Sets `targets.rust.version` in the text of a configuration. The rest of the text stays. `None`:
/// something at the path is not a mapping.
pub(crate) fn set_version(text: &str, version: &str) -> Option<String> {
    let target = ["targets", "rust"].map(ToOwned::to_owned);
    let path = [&target[..], &["version".to_owned()]].concat();
    let Some(range) = find_scalar(text, &path) else {
        let version = make_entry("version", Node::Scalar(version.to_owned()));
        return insert_entries(text, &target, vec![version]);
    };
    let quote = text.get(range.clone())?.chars().next();
    let quote = quote.filter(|c| matches!(c, '"' | '\'')).map(String::from);
    let quote = quote.unwrap_or_default();
    let mut text = text.to_owned();
    text.replace_range(range, &format!("{quote}{version}{quote}"));
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::set_version;

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
