//! Text of a document as one line that is safe to show.
//!
//! A name, a URL or a title can hold any character. Rust refuses some characters in comments and in
//! string literals. A line break would end a comment or begin a block of Markdown. A terminal obeys
//! control characters. Each such text goes through [`single_line`] or [`printable`].

use std::borrow::Cow;
use std::fmt::Write as _;

/// Escapes control characters, and those that change the direction of text, as Rust escapes them:
/// `\u{202e}`.
pub(crate) fn escape_unprintable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_special(c) {
            // Writing to a string does not fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Returns a number with its noun: `1 warning`, `2 warnings`, `2 entries`.
pub(crate) fn count_noun(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {noun}s"),
    }
}

/// Returns the text as a single line: white space is one space, and the rest is [`printable`].
pub(crate) fn single_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    escape_unprintable(&words.join(" ")).into_owned()
}

/// Returns the first characters of a text, with an ellipsis if there are more.
pub(crate) fn shorten(text: &str, max_chars: usize) -> Cow<'_, str> {
    match text.char_indices().nth(max_chars) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
    }
}

/// Returns the text as an inline code span of Markdown, on a single line.
pub(crate) fn code_span(text: &str) -> String {
    let text = single_line(text);
    let longest = text.split(|c| c != '`').map(str::len).max();
    let ticks = "`".repeat(longest.unwrap_or_default() + 1);
    let padding = match text.as_str() {
        "" => return "` `".to_owned(),
        text if text.starts_with('`') || text.ends_with('`') => " ",
        _ => "",
    };
    format!("{ticks}{padding}{text}{padding}{ticks}")
}

/// Whether rustc denies the character (`text_direction_codepoint_in_comment`,
/// `text_direction_codepoint_in_literal`), or a terminal obeys it.
pub(crate) fn is_special(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Returns the word of a list that is most similar to a misspelt word, if one is similar enough.
pub(crate) fn find_similar_word<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let close = known.iter().min_by_key(|known| edit_distance(known, word));
    close
        .copied()
        .filter(|known| edit_distance(known, word) <= 2)
}

/// Returns the edit distance of two words (Levenshtein).
pub(crate) fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (y, above) in b.iter().zip(row.iter().skip(1)) {
            let cost = diagonal + usize::from(x != *y);
            left = cost.min(left + 1).min(above + 1);
            next.push(left);
            diagonal = *above;
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// Decodes base64 with or without padding. Returns `None` for any other text.
pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    use base64::alphabet::STANDARD;
    use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(&STANDARD, config).decode(text).ok()
}

/// Encodes bytes in base64 with padding.
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    use base64::Engine as _;

    base64::engine::general_purpose::STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::{code_span, edit_distance, escape_unprintable, single_line};

    #[test]
    fn edit_distance_counts_characters() {
        assert_eq!(edit_distance("methods", "method"), 1);
        assert_eq!(edit_distance("methods", "metohds"), 2);
        assert_eq!(edit_distance("", "abc"), 3);
        assert_eq!(edit_distance("abc", "abc"), 0);
    }

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(
            escape_unprintable("a\u{1b}[2J\r\0"),
            r"a\u{1b}[2J\u{d}\u{0}"
        );
        assert_eq!(
            escape_unprintable("\u{202e}x\u{2069}"),
            r"\u{202e}x\u{2069}"
        );
        assert_eq!(escape_unprintable("für, 日本"), "für, 日本");
    }

    #[test]
    fn lines_become_one() {
        assert_eq!(single_line(" a\r\n\tb\u{2028}c "), "a b c");
    }

    #[test]
    fn code_spans_are_closed() {
        assert_eq!(code_span("GET /a"), "`GET /a`");
        assert_eq!(code_span("a`b"), "``a`b``");
        assert_eq!(code_span("`a"), "`` `a ``");
        assert_eq!(code_span(""), "` `");
    }
}
