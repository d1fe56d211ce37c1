//! JSON, by `serde_json`, with duplicate properties reported.

use serde::de::DeserializeSeed as _;

use super::value_visitor::{MergeKeys, Node, Seen};
use super::{Malformed, Tree};
use crate::diagnostics::Code;

/// Parses a JSON text.
pub(super) fn read(text: &str) -> Result<Tree, Malformed> {
    let seen = Seen::nothing(text.len(), MergeKeys::Plain);
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Node(&seen)
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|e| malformed(text, &e))?;
    Ok(Tree {
        value,
        duplicates: seen.into_duplicates(),
        ..Tree::default()
    })
}

fn malformed(text: &str, error: &serde_json::Error) -> Malformed {
    let line_start = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum::<usize>();
    let offset = line_start + error.column().saturating_sub(1);
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    if message == "recursion limit exceeded" {
        return Malformed::too_deep(offset);
    }
    Malformed {
        code: Code::InvalidJson,
        message: format!("this is not valid JSON: {message}"),
        offset,
        help: "correct the syntax at this position",
    }
}
