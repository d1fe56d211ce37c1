//! Text of documents in the summaries of changes.

use crate::source::text::{code_span, shorten};

/// Most characters of a text in a summary.
const MAX_CHARS: usize = 120;

/// Most values of a list in a summary.
const MAX_VALUES: usize = 6;

/// Returns text of a document as a code span. A long text is cut.
pub(super) fn quote_text(text: &str) -> String {
    code_span(&shorten(text, MAX_CHARS))
}

/// Returns a value as a code span.
pub(super) fn quote_value(value: &impl ToString) -> String {
    quote_text(&value.to_string())
}

/// Returns values as a list of code spans. Of a long list, the first ones and the number of others.
pub(super) fn quote_values(values: &[String]) -> String {
    let spans = values.iter().take(MAX_VALUES);
    let mut spans: Vec<String> = spans.map(|value| quote_text(value)).collect();
    if let Some(more) = values
        .len()
        .checked_sub(MAX_VALUES)
        .filter(|more| *more > 0)
    {
        spans.push(format!("{more} more"));
    }
    spans.join(", ")
}

#[cfg(test)]
mod tests {
    use super::{quote_text, quote_values};

    #[test]
    fn long_texts_and_lists_are_cut() {
        assert_eq!(quote_text("a`b\n\u{1b}c"), "``a`b \\u{1b}c``");
        let long = quote_text(&"x".repeat(1_000));
        assert!(
            long.ends_with("x…`") && long.chars().count() == 123,
            "{long}"
        );
        let values: Vec<String> = (1..=8).map(|value| value.to_string()).collect();
        assert_eq!(
            quote_values(&values),
            "`1`, `2`, `3`, `4`, `5`, `6`, 2 more"
        );
    }
}
