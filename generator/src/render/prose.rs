//! Prose of a document as CommonMark that is safe in a Rust doc comment.
//!
//! The prose is input, not trusted text: it may not become code, a test, an element or a broken
//! link. So it is parsed as CommonMark and written again. Every code block is marked `text`, since
//! rustdoc runs the others as tests. Raw HTML is escaped, but for the elements that descriptions use
//! for layout. Only absolute links are kept.

mod events;
mod html;
mod sentence;

use pulldown_cmark::{Event, Options, Parser};
use pulldown_cmark_to_cmark as cmark;

use crate::source::text;
pub(super) use events::is_url;
use events::{AMPERSAND, PIPE, Rewriter};

/// The extensions that rustdoc supports, except for footnotes, which need a definition elsewhere.
const EXTENSIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// A bar in a cell of a table, which a bare or an escaped bar can end.
const BAR: &str = "&#124;";

/// Largest text that is parsed. A longer one becomes plain paragraphs.
const MAX_PARSED_BYTES: usize = 1 << 20;

/// Returns the lines of a doc comment for some CommonMark.
pub(super) fn markdown(text: &str) -> Vec<String> {
    let text = normalize(text);
    if is_plain(&text) {
        return trim(text.lines().map(|line| line.trim().to_owned()).collect());
    }
    let written = safe_events(&html::without_layout(&text, EXTENSIONS))
        .and_then(write)
        .or_else(|| write(events::plain_paragraphs(&text)))
        .unwrap_or_default();
    trim(
        written
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect(),
    )
}

/// Returns CommonMark on one line, with its blocks joined.
pub(super) fn inline(text: &str) -> String {
    let text = normalize(text);
    if is_plain(&text) {
        return text::single_line(&text);
    }
    let written = safe_events(&html::without_layout(&text, EXTENSIONS))
        .map(events::flatten)
        .and_then(write)
        .unwrap_or_else(|| literal(&text));
    text::single_line(&written)
}

/// Returns the lines of the first paragraph. Another first block becomes one line.
pub(super) fn first_paragraph(text: &str) -> Vec<String> {
    let text = normalize(text);
    if is_plain(&text) {
        let lines = trim(text.lines().map(|line| line.trim().to_owned()).collect());
        let paragraph = lines.into_iter().take_while(|line| !line.is_empty());
        return paragraph.collect();
    }
    let block = safe_events(&html::without_layout(&text, EXTENSIONS)).map(sentence::first_block);
    let is_paragraph = block.as_deref().is_some_and(sentence::is_paragraph);
    match block {
        Some(block) if is_paragraph => {
            let written = write(block).unwrap_or_else(|| literal(&text));
            trim(
                written
                    .lines()
                    .map(|line| line.trim_end().to_owned())
                    .collect(),
            )
        }
        _ => vec![inline(&text)],
    }
}

/// Returns the first sentence of CommonMark on one line, for a cell of a table.
pub(super) fn cell(text: &str) -> String {
    let text = normalize(text);
    let written = safe_events(&html::without_layout(&text, EXTENSIONS))
        .map(sentence::first_block)
        .map(sentence::first_sentence)
        .map(events::flatten)
        .and_then(write)
        .unwrap_or_default();
    text::single_line(&written).replace(PIPE, BAR)
}

/// Returns a code span for a cell of a table. A text with a bar stays plain, because a bar ends the cell
/// even inside a code span.
pub(super) fn cell_code(text: &str) -> String {
    if !text.contains('|') {
        return text::code_span(text);
    }
    literal(&text.replace('|', PIPE)).replace(PIPE, BAR)
}

/// Escapes a plain text, such as a title, as one line of Markdown.
pub(super) fn literal(text: &str) -> String {
    let line = text::single_line(text);
    if is_plain(&line) {
        return line;
    }
    text::single_line(&write(events::plain_paragraphs(&line)).unwrap_or_default())
}

fn safe_events(text: &str) -> Option<Vec<Event<'static>>> {
    if text.len() > MAX_PARSED_BYTES {
        return None;
    }
    Rewriter::default().rewrite(Parser::new_ext(text, EXTENSIONS))
}

fn write(events: Vec<Event<'_>>) -> Option<String> {
    let options = cmark::Options {
        code_block_token_count: cmark::DEFAULT_CODE_BLOCK_TOKEN_COUNT,
        list_token: '-',
        increment_ordered_list_bullets: true,
        ..cmark::Options::default()
    };
    let mut out = String::new();
    cmark::cmark_with_options(events.iter(), &mut out, EXTENSIONS, options).ok()?;
    Some(out.replace(AMPERSAND, "&"))
}

/// Normalizes line breaks, and drops or escapes characters that Rust rejects in a comment.
fn normalize(text: &str) -> String {
    let text = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\t', "    ");
    let text = text.replace(
        |c: char| (c.is_control() && c != '\n') || c == AMPERSAND || PIPE.contains(c),
        "",
    );
    let lines: Vec<_> = text.lines().map(text::escape_unprintable).collect();
    lines.join("\n") + "\n"
}

/// Whether a text contains no Markdown syntax, like most descriptions.
fn is_plain(text: &str) -> bool {
    let is_inert = |c: char| {
        c.is_alphanumeric()
            || matches!(
                c,
                ' ' | '.' | ',' | ';' | '\'' | '"' | '(' | ')' | '/' | '?' | '!' | '%' | '-' | ':'
            )
    };
    text.lines()
        .all(|line| is_inline_line(line) && line.chars().all(is_inert))
        && !text.contains("://")
}

/// Whether a line of plain characters is neither indented nor a list item.
fn is_inline_line(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = rest.len() < line.len()
        && rest
            .strip_prefix(['.', ')'])
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    line.is_empty() || (line.starts_with(char::is_alphanumeric) && !is_numbered)
}

/// Drops blank lines at both ends.
fn trim(lines: Vec<String>) -> Vec<String> {
    let is_said = |line: &String| !line.trim().is_empty();
    let first = lines.iter().position(is_said).unwrap_or(lines.len());
    let last = lines.iter().rposition(is_said).map_or(0, |last| last + 1);
    lines.into_iter().take(last).skip(first).collect()
}

#[cfg(test)]
mod tests;
