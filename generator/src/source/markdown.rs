//! Text of a document in Markdown, escaped so that it stays text.

use super::text::{code_span, single_line};

/// Escapes a sentence for Markdown, on one line. Its code spans stay code.
pub(crate) fn escape_prose(sentence: &str) -> String {
    let sentence = single_line(sentence);
    let parts = sentence.split('`').enumerate();
    parts
        .map(|(index, part)| match index % 2 {
            0 => escape(part),
            _ => code_span(part),
        })
        .collect()
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
pub(crate) fn code_block<'l>(lines: impl IntoIterator<Item = &'l str>) -> String {
    let lines: Vec<String> = lines.into_iter().map(single_line).collect();
    let ticks = lines.iter().flat_map(|line| line.split(|c| c != '`'));
    let longest = ticks.map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}rust\n{}\n{fence}\n", lines.join("\n"))
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
    }

    #[test]
    fn no_line_closes_a_block() {
        let block = code_block(["a", "```` b", "c\n```"]);
        assert_eq!(block, "`````rust\na\n```` b\nc ```\n`````\n");
    }
}
