//! Lists of documents: a selection of them, in its order.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde_json::Value;

use super::document::Document;

/// Returns the documents that a list names in any of these folders, and the files among `paths`.
pub(super) fn documents(
    list: &Path,
    groups: &[String],
    paths: &[PathBuf],
) -> anyhow::Result<Vec<Document>> {
    let text =
        fs::read_to_string(list).with_context(|| format!("cannot read `{}`", list.display()))?;
    let names = names(&text, groups).with_context(|| format!("the list `{}`", list.display()))?;
    let (folders, files): (Vec<_>, Vec<_>) = paths.iter().partition(|path| path.is_dir());
    let mut documents = Vec::new();
    for name in names {
        let found = folders
            .iter()
            .map(|folder| folder.join(&name))
            .find(|path| path.is_file());
        let Some(path) = found else {
            bail!("`{name}` of the list is in none of the folders");
        };
        documents.push(Document { name, path });
    }
    for file in files {
        super::document::find(file, file, &mut documents)?;
    }
    Ok(documents)
}

/// The names in a list: an array of them, or an object of such arrays, which
/// are its groups. Other values of the object are prose.
fn names(text: &str, groups: &[String]) -> anyhow::Result<Vec<String>> {
    let members = match serde_json::from_str(text)? {
        Value::Object(members) => members,
        Value::Array(names) if groups.is_empty() => {
            serde_json::Map::from_iter([(String::new(), Value::Array(names))])
        }
        _ => bail!("it has no groups"),
    };
    if let Some(unknown) = groups
        .iter()
        .find(|&group| !members.get(group).is_some_and(Value::is_array))
    {
        bail!("it has no group `{unknown}`");
    }
    let names: Vec<String> = members
        .into_iter()
        .filter(|(group, _)| groups.is_empty() || groups.contains(group))
        .filter_map(|(_, names)| match names {
            Value::Array(names) => Some(names),
            _ => None,
        })
        .flatten()
        .filter_map(|name| Some(name.as_str()?.to_owned()))
        .collect();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::names;

    const LIST: &str =
        r#"{ "package": "a@1", "small": ["b.json", "a.json"], "large": ["c.yaml"] }"#;

    #[test]
    fn names_keep_their_order_and_prose_is_skipped() {
        let all = names(LIST, &[]).expect("a list");
        assert_eq!(all, ["b.json", "a.json", "c.yaml"]);
        let array = names(r#"["b.json", "a.json"]"#, &[]).expect("a list");
        assert_eq!(array, ["b.json", "a.json"]);
    }

    #[test]
    fn groups_are_selected_by_name() {
        let large = names(LIST, &["large".to_owned()]).expect("a list");
        assert_eq!(large, ["c.yaml"]);
        assert!(names(LIST, &["none".to_owned()]).is_err());
        assert!(names(LIST, &["package".to_owned()]).is_err());
    }
}
