//! YAML 1.2: the events of `saphyr-parser`, made into a tree without recursion.
//!
//! Anchors, aliases and merge keys (`<<`) are resolved here. Keys are the text
//! of their scalar, whatever it would be as a value: `200:` is `"200"`.

mod build;

use saphyr_parser::{Event, Marker, Parser, ScanError};

use self::build::Builder;
use super::{Malformed, Tree};

/// Reads the first document of a YAML text.
pub(super) fn read(text: &str) -> Result<Tree, Malformed> {
    let mut builder = Builder::new(text);
    let mut documents = 0_usize;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|e| malformed(text, &e))?;
        match event {
            Event::DocumentStart(_) => documents += 1,
            // A second document that is empty is only a stray `---`.
            Event::Scalar(value, ..) if documents > 1 && value.is_empty() => {}
            Event::DocumentEnd | Event::StreamStart | Event::StreamEnd | Event::Nothing => {}
            _ if documents > 1 => {
                builder.tree.several = true;
                break;
            }
            event => builder.event(event, span.start)?,
        }
    }
    Ok(builder.tree)
}

fn malformed(text: &str, error: &ScanError) -> Malformed {
    let offset = offset(text, *error.marker());
    let message = error.info();
    if message.contains("recursion limit") {
        return Malformed::too_deep(offset);
    }
    Malformed {
        code: "not-yaml",
        message: format!("this is not YAML: {message}"),
        offset,
        help: "correct the text; look at the indentation and at unquoted `:`, `#` and `*`",
    }
}

/// The byte that a marker, which counts characters, stands at.
fn offset(text: &str, marker: Marker) -> usize {
    text.char_indices()
        .nth(marker.index())
        .map_or(text.len(), |(offset, _)| offset)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    #[test]
    fn keys_are_text_and_values_are_not() {
        let tree = read("200: {1.10: 1.10}\ntrue: no\n~: 2024-01-01\n").unwrap();
        assert_eq!(
            tree.value,
            json!({"200": {"1.10": 1.1}, "true": "no", "~": "2024-01-01"})
        );
        let spelled: Vec<_> = tree.spellings.iter().collect();
        assert_eq!(spelled.len(), 1);
        assert_eq!(spelled[0].0.as_str(), "/200/1.10");
        assert_eq!(spelled[0].1, "1.10");
    }

    #[test]
    fn tags_of_the_core_schema_count_and_others_do_not() {
        let tree = read("[!!str 1, !!int \"1\", !!bool \"true\", !ours 1, !ours {a: b}]").unwrap();
        assert_eq!(tree.value, json!(["1", 1, true, 1, {"a": "b"}]));
    }

    #[test]
    fn merge_keys_give_way_to_the_mapping_itself() {
        let tree = read(
            "a: &a {x: 1, y: 2}\nb: &b {x: 7, z: 3}\nc: {<<: [*a, *b], y: 4}\nd: {y: 5, <<: *a}",
        )
        .unwrap();
        assert_eq!(tree.value["c"], json!({"x": 1, "y": 4, "z": 3}));
        assert_eq!(tree.value["d"], json!({"x": 1, "y": 5}));
    }

    #[test]
    fn members_that_are_given_twice_are_noted() {
        let tree = read("a:\n- b: 1\n  b: 2\n").unwrap();
        assert_eq!(tree.value, json!({"a": [{"b": 2}]}));
        assert_eq!(tree.duplicates[0].as_str(), "/a/0/b");
    }

    #[test]
    fn the_second_document_is_noted_and_not_read() {
        assert!(read("a: 1\n---\nb: 2\n").unwrap().several);
        assert!(!read("a: 1\n---\n").unwrap().several);
        assert!(!read("---\na: 1\n...\n").unwrap().several);
    }

    #[test]
    fn an_alias_bomb_is_refused() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for i in 1..12 {
            let alias = format!("*a{}, ", i - 1).repeat(10);
            text.push_str(&format!("a{i}: &a{i} [{alias}]\n"));
        }
        assert_eq!(read(&text).unwrap_err().code, "alias-bomb");
    }

    #[test]
    fn deep_nesting_is_refused() {
        for text in ["[".repeat(10_000), "- ".repeat(10_000)] {
            assert_eq!(read(&text).unwrap_err().code, "too-deep");
        }
    }

    #[test]
    fn an_alias_inside_its_anchor_is_refused() {
        assert_eq!(read("a: &a [*a]").unwrap_err().code, "not-yaml");
    }
}
