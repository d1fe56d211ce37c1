//! The report as a page: one file that works from disk, without a network.
//!
//! The page reads its data from a block of JSON, in which nothing can end the block. Its script is the
//! only one that may run, by its hash, and it writes text of documents as text.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::json::JsonReport;
use crate::diff::report::Report;
use crate::source::text::escape_unprintable;

const PAGE: &str = include_str!("../../../embedded/review/page.html");
const STYLE: &str = include_str!("../../../embedded/review/page.css");
const SCRIPT: &str = include_str!("../../../embedded/review/page.js");

/// SHA-256 of the script, in base64. It allows the page to run this script and no other.
const SCRIPT_HASH: &str = "wYJHQEQWfJSdCKVO6THr7B10hRtETYHHJnfvbAFQ8aw=";

/// The report as a page of HTML.
#[must_use]
pub fn render_html(report: &Report) -> String {
    let data = serde_json::to_value(JsonReport::new(report));
    let mut data = data.expect("a report is made of strings and numbers");
    if let Some(changes) = data.get_mut("changes").and_then(Value::as_array_mut) {
        for (change, located) in changes.iter_mut().zip(&report.changes) {
            if let Some(change) = change.as_object_mut() {
                change.insert("files".to_owned(), json!(located.files));
            }
        }
    }
    let files = report.files.iter();
    let files = files.map(|file| json!({ "path": file.path, "hunks": file.hunks }));
    let codes: BTreeMap<&str, Value> = report
        .changes
        .iter()
        .map(|located| {
            let row = located.change.code.row();
            let rules = json!({
                "meaning": row.meaning,
                "compile_rule": row.compile_rule,
                "wire_rule": row.wire_rule,
            });
            (row.name, rules)
        })
        .collect();
    if let Some(data) = data.as_object_mut() {
        data.insert("counts".to_owned(), json!(report.describe_counts()));
        data.insert("files".to_owned(), files.collect());
        data.insert("codes".to_owned(), json!(codes));
    }
    make_visible(&mut data);
    // The data is inserted last, so that placeholders within it are not replaced.
    PAGE.replace("@@STYLE@@", STYLE)
        .replace("@@SCRIPT_HASH@@", SCRIPT_HASH)
        .replace("@@SCRIPT@@", SCRIPT)
        .replace("@@DATA@@", &escaped(&data.to_string()))
}

/// Escapes JSON for a `script` element: nothing in it ends the element or begins a comment.
fn escaped(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// Shows the characters of all texts that a browser would obey or hide.
fn make_visible(value: &mut Value) {
    match value {
        Value::String(text) => {
            let lines = text.split('\n').map(escape_unprintable);
            *text = lines.collect::<Vec<_>>().join("\n");
        }
        Value::Array(items) => items.iter_mut().for_each(make_visible),
        Value::Object(members) => members.values_mut().for_each(make_visible),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use sha2::{Digest as _, Sha256};

    use super::{SCRIPT, SCRIPT_HASH, escaped};

    #[test]
    fn the_hash_is_that_of_the_script() {
        assert_eq!(SCRIPT_HASH, STANDARD.encode(Sha256::digest(SCRIPT)));
    }

    #[test]
    fn data_does_not_end_its_element() {
        let text = escaped("{\"a\":\"</script><!-- &\"}");
        assert_eq!(text, r#"{"a":"\u003c/script\u003e\u003c!-- \u0026"}"#);
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(value["a"], "</script><!-- &");
    }
}
