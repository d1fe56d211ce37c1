//! YAML, by `serde_yaml`. No other module of `load` names it.
//!
//! A maintained fork can replace it in the manifest alone. It resolves anchors, aliases, tags and
//! scalars by the core schema of YAML 1.2: `no`, `on` and `2024-01-01` are strings, and so are
//! numbers with leading zeros.

use serde::Deserialize as _;
use serde::de::{DeserializeSeed as _, IgnoredAny};
use serde_yaml::{Deserializer, Error};

use super::value_visitor::{KEY_EXPECTED, MergeKeys, Node, Seen};
use super::{MAX_DEPTH, Malformed, Tree};
use crate::diagnostics::Code;
use crate::source::{Syntax, yaml_nesting};

/// Parses the first document of a YAML text.
pub(super) fn read(text: &str) -> Result<Tree, Malformed> {
    if may_be_deep(text)
        && let Some(offset) = yaml_nesting::find_too_deep(MAX_DEPTH, text)
    {
        return Err(Malformed::too_deep(offset));
    }
    let seen = Seen::nothing(text.len(), MergeKeys::Resolved);
    let mut documents = Deserializer::from_str(text);
    let value = match documents.next().map(|first| Node(&seen).deserialize(first)) {
        Some(Ok(value)) => value,
        Some(Err(error)) => return Err(malformed(text, &error, &seen)),
        None => serde_json::Value::Null,
    };
    // An empty second document is only a stray `---`. The iterator cannot continue after an error,
    // and `any` stops there.
    let several =
        documents.any(|next| !matches!(Option::<IgnoredAny>::deserialize(next), Ok(None)));
    Ok(Tree {
        value,
        duplicates: seen.into_duplicates(),
        several,
        syntax: Syntax::Yaml,
    })
}

/// Whether brackets nest deeper than `serde_yaml` parses in linear time.
///
/// Brackets in prose count too, so the result may be `true` for a valid text.
fn may_be_deep(text: &str) -> bool {
    let mut depth = 0_usize;
    text.bytes().any(|byte| {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > 8 * MAX_DEPTH
    })
}

fn malformed(text: &str, error: &Error, seen: &Seen) -> Malformed {
    let offset = error.location().map_or(0, |at| at.index().min(text.len()));
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    if seen.is_spent() || message.contains("repetition limit") {
        return Malformed {
            code: Code::AliasBomb,
            message: "the aliases of this document expand to too much data".to_owned(),
            // `serde_yaml` does not report which of them failed.
            offset: yaml_nesting::find_last_alias(text).unwrap_or(offset),
            help: "move repeated values to `components` and refer to them",
        };
    }
    if message.contains("recursion limit") {
        return match yaml_nesting::find_alias_in_its_anchor(text) {
            Some(offset) => Malformed {
                code: Code::InvalidYaml,
                message: "this alias is inside the anchor that it names".to_owned(),
                offset,
                help: "write the value out; a document cannot contain itself",
            },
            None => Malformed::too_deep(offset),
        };
    }
    if message.ends_with(KEY_EXPECTED) {
        return Malformed {
            code: Code::InvalidYaml,
            message: "a key must be a scalar, not a mapping or a sequence".to_owned(),
            offset,
            help: "quote a key that starts with `{` or `[`",
        };
    }
    Malformed {
        code: Code::InvalidYaml,
        message: format!("this is not valid YAML: {message}"),
        offset,
        help: "correct the syntax; check the indentation, and unquoted `:`, `#` and `*`",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Code, read};

    #[test]
    fn keys_are_strings_and_values_are_typed() {
        let tree = read("200: {1.10: 1.10}\ntrue: no\n~: 2024-01-01\n").unwrap();
        assert_eq!(
            tree.value,
            json!({"200": {"1.10": 1.1}, "true": "no", "~": "2024-01-01"})
        );
    }

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        for (text, value) in [
            ("", json!(null)),
            ("~", json!(null)),
            ("True", json!(true)),
            ("no", json!("no")),
            ("on", json!("on")),
            ("200", json!(200)),
            ("-3", json!(-3)),
            ("+3", json!(3)),
            ("3.0", json!(3.0)),
            (".5", json!(0.5)),
            ("5.", json!(5.0)),
            ("1e3", json!(1000.0)),
            ("0x1F", json!(31)),
            ("0o17", json!(15)),
            (
                "18446744073709551615",
                json!(18_446_744_073_709_551_615_u64),
            ),
            ("007", json!("007")),
            ("2024-01-01", json!("2024-01-01")),
            ("1.2.3", json!("1.2.3")),
            ("1_000", json!("1_000")),
            (".", json!(".")),
            ("e5", json!("e5")),
            (".nan", json!(".nan")),
            ("-.inf", json!("-.inf")),
            ("1e400", json!("1e400")),
            ("18446744073709551616", json!(18_446_744_073_709_551_616.0)),
            ("!ours", json!(null)),
        ] {
            let tree = read(&format!("a: {text}")).unwrap();
            assert_eq!(tree.value["a"], value, "{text}");
        }
    }

    #[test]
    fn only_tags_of_the_core_schema_are_applied() {
        let tree = read("[!!str 1, !!int \"1\", !!bool \"true\", !ours 1, !ours {a: b}]").unwrap();
        assert_eq!(tree.value, json!(["1", 1, true, 1, {"a": "b"}]));
    }

    #[test]
    fn own_keys_override_merge_keys() {
        let tree = read(
            "a: &a {x: 1, y: 2}\nb: &b {x: 7, z: 3}\nc: {<<: [*a, *b], y: 4}\nd: {y: 5, <<: *a}",
        )
        .unwrap();
        assert_eq!(tree.value["c"], json!({"x": 1, "y": 4, "z": 3}));
        assert_eq!(tree.value["d"], json!({"x": 1, "y": 5}));
    }

    #[test]
    fn duplicate_keys_are_recorded() {
        let tree = read("a:\n- b: 1\n  b: 2\n").unwrap();
        assert_eq!(tree.value, json!({"a": [{"b": 2}]}));
        assert_eq!(tree.duplicates[0].as_str(), "/a/0/b");
    }

    #[test]
    fn a_second_document_is_recorded_and_not_read() {
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
        assert_eq!(read(&text).unwrap_err().code, Code::AliasBomb);
    }

    #[test]
    fn deep_nesting_is_refused() {
        for text in ["[".repeat(10_000), "- ".repeat(10_000)] {
            assert_eq!(read(&text).unwrap_err().code, Code::NestingTooDeep);
        }
    }

    #[test]
    fn an_alias_inside_its_anchor_is_refused() {
        assert_eq!(read("a: &a [*a]").unwrap_err().code, Code::InvalidYaml);
    }

    #[test]
    fn deep_nesting_is_refused_quickly() {
        let start = std::time::Instant::now();
        assert_eq!(
            read(&"{a: ".repeat(100_000)).unwrap_err().code,
            Code::NestingTooDeep
        );
        assert!(start.elapsed() < std::time::Duration::from_secs(5));
        // Brackets in prose are only prose.
        let text = format!("a: |\n  {}\nb: 1\n", "[".repeat(10_000));
        assert_eq!(read(&text).unwrap().value["b"], json!(1));
    }

    #[test]
    fn an_error_has_its_position() {
        let error = read("é: é\nb: *c\n").unwrap_err();
        assert_eq!((error.code, error.offset), (Code::InvalidYaml, 10));
        assert_eq!(error.message, "this is not valid YAML: unknown anchor");
    }

    #[test]
    fn a_repeated_large_anchor_is_an_alias_bomb() {
        let text = format!(
            "a: &a [{}]\nb:\n{}",
            "x, ".repeat(20_000),
            "- *a\n".repeat(2_000)
        );
        assert_eq!(read(&text).unwrap_err().code, Code::AliasBomb);
    }

    #[test]
    fn a_dense_text_is_not_an_alias_bomb() {
        assert!(read(&format!("[{}]", "1,".repeat(1_000_000))).is_ok());
    }
}
