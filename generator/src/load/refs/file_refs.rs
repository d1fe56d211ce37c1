//! Names of other files in the text of a document, found without parsing it.

use std::collections::BTreeSet;

use super::ref_target::decode;

/// File extensions of documents.
const ENDINGS: [&str; 3] = [".yaml", ".yml", ".json"];

/// Finds the names of files that a text may refer to: the values of `$ref`, and words with the
/// extension of a document. Some of them may not be references.
pub(crate) fn find_file_refs(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, key) in text.match_indices("$ref") {
        let rest = text.get(at + key.len()..).unwrap_or_default();
        let value = rest.trim_start_matches(['"', '\'', ' ', ':', '\t']);
        let quote = value.len() < rest.len();
        let end = value.find(['"', '\'', '\n', '\r', '}', ',']);
        let value = end.and_then(|end| value.get(..end)).unwrap_or(value);
        if quote {
            add(value.trim(), &mut found);
        }
    }
    for ending in ENDINGS {
        for (at, _) in text.match_indices(ending) {
            let before = text.get(..at).unwrap_or_default();
            let is_end = |c: char| {
                c.is_whitespace() || matches!(c, '"' | '\'' | '[' | '{' | ',' | '(' | '<' | '`')
            };
            let start = before.rfind(is_end).map_or(0, |end| {
                end + before
                    .get(end..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(1, char::len_utf8)
            });
            add(
                text.get(start..at + ending.len()).unwrap_or_default(),
                &mut found,
            );
        }
    }
    found
}

fn add(reference: &str, found: &mut BTreeSet<String>) {
    let file = reference.split('#').next().unwrap_or_default();
    if !file.is_empty() && !file.contains("://") {
        found.insert(decode(file));
    }
}

#[cfg(test)]
mod tests {
    use super::find_file_refs;

    #[test]
    fn only_references_to_files_are_found() {
        let text = concat!(
            "a: { $ref: '#/x' }\nb:\n  $ref: \"a%20b/c.yaml#/x\"\nc: {$ref: d}\n",
            "mapping: { x: ./e.json }\nurl: https://example.com/f.yaml\n"
        );
        let found: Vec<String> = find_file_refs(text).into_iter().collect();
        assert_eq!(found, ["./e.json", "a b/c.yaml", "d"]);
    }
}
