//! Text of a document in Markdown, escaped so that it stays text.

use super::text::{code_span, single_line};

/// Escapes a sentence for Markdown, on one line. Its code spans stay code.
pub(crate) fn escape_prose(sentence: &str) -> String {
    let sentence = single_line(sentence);
    let (mut rest, mut out) = (sentence.as_str(), String::new());
    while let Some((before, code, after)) = split_at_code_span(rest) {
        out.push_str(&escape(before));
        out.push_str(&code_span(code));
        rest = after;
    }
    out.push_str(&escape(rest));
    out
}

/// Splits text at its first code span: the text before it, its content, and the text after it.
///
/// As many backticks end a span as begin it (CommonMark 0.31, section 6.1).
fn split_at_code_span(text: &str) -> Option<(&str, &str, &str)> {
    let mut searched = 0;
    while let Some(offset) = text.get(searched..)?.find('`') {
        let start = searched + offset;
        let content = start + count_ticks(text, start);
        let ticks = text.get(start..content)?;
        let mut end = content;
        while let Some(offset) = text.get(end..)?.find('`') {
            let run = end + offset;
            end = run + count_ticks(text, run);
            if end - run == ticks.len() {
                let code = text.get(content..run)?;
                let inner = code
                    .strip_prefix(' ')
                    .and_then(|code| code.strip_suffix(' '));
                let inner = inner.filter(|inner| inner.contains(|c| c != ' '));
                return Some((text.get(..start)?, inner.unwrap_or(code), text.get(end..)?));
            }
        }
        searched = content;
    }
    None
}

/// Returns the number of backticks from this offset on.
fn count_ticks(text: &str, start: usize) -> usize {
    let ticks = text.bytes().skip(start).take_while(|byte| *byte == b'`');
    ticks.count()
}

/// Escapes the characters that Markdown or HTML would interpret in plain text.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A mention or a reference would notify people. A space without width keeps it from
            // being one.
            '@' | '#' => {
                out.push(c);
                out.push('\u{200b}');
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '!' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Returns lines of code as a fenced block, whose fence no line can close.
pub(crate) fn code_block<'l>(language: &str, lines: impl IntoIterator<Item = &'l str>) -> String {
    let lines: Vec<String> = lines.into_iter().map(single_line).collect();
    let ticks = lines.iter().flat_map(|line| line.split(|c| c != '`'));
    let longest = ticks.map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}\n", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::{code_block, escape_prose};

    #[test]
    fn text_of_documents_stays_text() {
        assert_eq!(
            escape_prose("`a|b` is <b>@x</b>"),
            "`a|b` is &lt;b&gt;@\u{200b}x&lt;/b&gt;"
        );
        assert_eq!(escape_prose("x `![y](z)` *q*"), "x `![y](z)` \\*q\\*");
        assert_eq!(
            escape_prose("`` a`<b> `` and `` `c` ``, not `<d>"),
            "``a`<b>`` and `` `c` ``, not \\`&lt;d&gt;"
        );
    }

    #[test]
    fn no_line_closes_a_block() {
        let block = code_block("rust", ["a", "```` b", "c\n```"]);
        assert_eq!(block, "`````rust\na\n```` b\nc ```\n`````\n");
    }
}
