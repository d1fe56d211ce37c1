//! Docs: the document's prose as Rust doc comments.
//!
//! The prose is input, not trusted text: it may not become code, a test or a
//! broken link. Code blocks are marked `text`, since rustdoc would run them as
//! tests; brackets that are not links and angle brackets are escaped; the HTML
//! that descriptions often carry becomes Markdown or is shown as it stands.

use proc_macro2::TokenStream;
use quote::quote;

use super::fields;
use crate::ir;
use crate::plan::Item;

/// A doc comment that is being written.
#[derive(Debug, Default)]
pub(super) struct Doc {
    lines: Vec<String>,
}

impl Doc {
    /// The docs of something: its summary, then its description.
    pub(super) fn of(docs: &ir::Docs) -> Self {
        let mut doc = Self::default();
        let summary = docs.summary.as_deref().map(str::trim).unwrap_or_default();
        let description = docs
            .description
            .as_deref()
            .map(str::trim)
            .unwrap_or_default();
        doc.prose(summary);
        if !same(summary, description) {
            doc.prose(description);
        }
        if let Some(link) = docs.external.as_deref().filter(|link| is_url(link)) {
            doc.prose(&format!("See <{link}>."));
        }
        doc
    }

    /// Whether there is nothing to say.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Adds a paragraph of the document's own prose.
    pub(super) fn prose(&mut self, text: &str) -> &mut Self {
        let lines = markdown(text);
        if !lines.is_empty() {
            self.blank();
            self.lines.extend(lines);
        }
        self
    }

    /// Adds a line of ours, as it stands.
    pub(super) fn line(&mut self, text: impl Into<String>) -> &mut Self {
        self.lines.push(text.into());
        self
    }

    /// Adds a line of ours with a blank line before it.
    pub(super) fn paragraph(&mut self, text: impl Into<String>) -> &mut Self {
        self.blank();
        self.line(text)
    }

    /// Says this where there is nothing else to say.
    pub(super) fn or(mut self, text: impl Into<String>) -> Self {
        if self.is_empty() {
            self.line(text);
        }
        self
    }

    /// Adds what another comment says.
    pub(super) fn append(&mut self, other: Self) -> &mut Self {
        if !other.is_empty() {
            self.blank();
            self.lines.extend(other.lines);
        }
        self
    }

    /// Adds a blank line, once.
    pub(super) fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// The attributes.
    pub(super) fn tokens(&self) -> TokenStream {
        let lines = self.lines.iter().map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            }
        });
        quote!(#(#[doc = #lines])*)
    }
}

fn same(a: &str, b: &str) -> bool {
    a.trim_end_matches('.') == b.trim_end_matches('.')
}

fn is_url(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`'))
}

/// What is said of a type before its declaration.
pub(super) fn of_item(item: &Item<'_>) -> TokenStream {
    let docs = Doc::of(&item.docs)
        .or(format!("`{}`.", item.ident))
        .tokens();
    let deprecated = fields::deprecated(item.docs.deprecated);
    quote!(#docs #deprecated)
}

/// The lines of a doc comment for some CommonMark.
pub(super) fn markdown(text: &str) -> Vec<String> {
    let text = without_html(text);
    let mut lines: Vec<String> = Vec::new();
    let mut fence: Option<String> = None;
    for raw in text.lines() {
        let line = raw
            .trim_end()
            .replace('\t', "    ")
            .replace(|c: char| c.is_control(), "");
        let mark = fence_of(&line);
        match (&fence, mark) {
            (None, Some(mark)) => {
                lines.push(format!("{}text", " ".repeat(indent(&line).min(3)) + &mark));
                fence = Some(mark);
            }
            (Some(open), Some(mark)) if mark.starts_with(open.as_str()) && line.trim() == mark => {
                lines.push(line.trim_end().to_owned());
                fence = None;
            }
            (Some(_), _) => lines.push(line),
            (None, None) => lines.push(escape(&flat(&line, lines.last()))),
        }
    }
    if let Some(mark) = fence {
        lines.push(mark);
    }
    trim(lines)
}

/// The fence that a line opens or closes.
fn fence_of(line: &str) -> Option<String> {
    let text = line.trim_start();
    ['`', '~'].into_iter().find_map(|c| {
        let mark: String = text.chars().take_while(|&x| x == c).collect();
        let inline = c == '`'
            && text
                .get(mark.len()..)
                .is_some_and(|rest| rest.contains('`'));
        (mark.len() >= 3 && !inline).then_some(mark)
    })
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// An indented line, where it would begin a block of code, is moved back: such
/// a block has no place to say that it is not Rust.
fn flat(line: &str, before: Option<&String>) -> String {
    let deep = indent(line) >= 4;
    let continues = before.is_some_and(|line| is_list(line) || indent(line) >= 2);
    if deep && !continues {
        format!("   {}", line.trim_start()).trim_end().to_owned()
    } else if deep {
        format!("    {}", line.trim_start()).trim_end().to_owned()
    } else {
        line.to_owned()
    }
}

fn is_list(line: &str) -> bool {
    let text = line.trim_start();
    text.starts_with(['-', '*', '+'])
        || text
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .starts_with(['.', ')'])
}

fn trim(mut lines: Vec<String>) -> Vec<String> {
    while lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
    lines.drain(
        ..lines
            .iter()
            .take_while(|line| line.trim().is_empty())
            .count(),
    );
    lines.dedup_by(|a, b| a.is_empty() && b.is_empty());
    lines
}

/// Escapes what rustdoc would read as a link, an element or a bare address.
fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '`' => code_span(rest),
            '[' => link(rest),
            '<' => autolink(rest),
            'h' if !out.ends_with(|c: char| c.is_alphanumeric() || c == '"' || c == '\'') => {
                address(rest)
            }
            _ => None,
        };
        if let Some((text, len)) = taken {
            out.push_str(&text);
            rest = rest.get(len..).unwrap_or_default();
            continue;
        }
        match c {
            '[' | ']' | '<' | '>' if c != '>' || !out.trim().is_empty() => out.extend(['\\', c]),
            '`' => out.push_str("\\`"),
            c => out.push(c),
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    out
}

/// A span of code, to its closing mark on the same line.
fn code_span(text: &str) -> Option<(String, usize)> {
    let mark: String = text.chars().take_while(|&c| c == '`').collect();
    let end = text.get(mark.len()..)?.find(&mark)? + 2 * mark.len();
    let span = text.get(..end)?;
    Some((span.to_owned(), end))
}

/// A link to an absolute address: `[text](https://…)`.
fn link(text: &str) -> Option<(String, usize)> {
    let middle = text.find("](")?;
    let label = text.get(1..middle)?;
    if label.contains(['[', ']', '`', '<', '>']) {
        return None;
    }
    let tail = text.get(middle + 2..)?;
    let end = tail.find(')')?;
    let url = tail.get(..end)?.split_whitespace().next()?;
    is_url(url).then(|| (format!("[{label}]({url})"), middle + 2 + end + 1))
}

/// `<https://…>`.
fn autolink(text: &str) -> Option<(String, usize)> {
    let end = text.find('>')?;
    let url = text.get(1..end)?;
    is_url(url).then(|| (format!("<{url}>"), end + 1))
}

/// A bare address, which rustdoc wants in angle brackets.
fn address(text: &str) -> Option<(String, usize)> {
    if !text.starts_with("http://") && !text.starts_with("https://") {
        return None;
    }
    let end = text
        .find(|c: char| c.is_whitespace() || "<>()[]{}`\"'|\\^*,".contains(c))
        .unwrap_or(text.len());
    let url = text
        .get(..end)?
        .trim_end_matches(['.', ':', ';', '!', '?', '_']);
    let host = url.split("//").nth(1).unwrap_or_default();
    (!host.is_empty()).then(|| (format!("<{url}>"), url.len()))
}

/// Replaces the elements that descriptions use for layout.
fn without_html(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        out.push_str(rest.get(..start).unwrap_or_default());
        rest = rest.get(start..).unwrap_or_default();
        let Some((replacement, len)) = element(rest) else {
            out.push('<');
            rest = rest.get(1..).unwrap_or_default();
            continue;
        };
        out.push_str(replacement);
        rest = rest.get(len..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// What stands for an element in Markdown, and how long the element is.
fn element(text: &str) -> Option<(&'static str, usize)> {
    let end = text.find('>')?;
    let name = text
        .get(1..end)?
        .trim_end_matches('/')
        .split_whitespace()
        .next()?
        .to_ascii_lowercase();
    let replacement = match name.as_str() {
        "p" | "/p" | "div" | "/div" | "ul" | "/ul" | "ol" | "/ol" | "table" | "/table"
        | "tbody" | "/tbody" | "thead" | "/thead" | "note" | "/note" | "important"
        | "/important" | "h1" | "h2" | "h3" | "h4" | "/h1" | "/h2" | "/h3" | "/h4" | "dl"
        | "/dl" | "hr" | "blockquote" | "/blockquote" => "\n\n",
        "br" | "tr" | "/tr" | "/li" | "dt" | "/dt" | "dd" | "/dd" => "\n",
        "li" => "\n- ",
        "td" | "th" | "/td" | "/th" => " ",
        "b" | "/b" | "strong" | "/strong" => "**",
        "i" | "/i" | "em" | "/em" => "*",
        "code" | "/code" | "tt" | "/tt" => "`",
        "span" | "/span" | "a" | "/a" | "small" | "/small" | "u" | "/u" | "font" | "/font"
        | "sup" | "/sup" | "sub" | "/sub" | "center" | "/center" | "details" | "/details"
        | "summary" | "/summary" => "",
        _ => return None,
    };
    Some((replacement, end + 1))
}

#[cfg(test)]
mod tests {
    use super::markdown;

    fn lines(text: &str) -> String {
        markdown(text).join("\n")
    }

    #[test]
    fn code_blocks_are_never_tests() {
        assert_eq!(
            lines("```rust\nstd::process::exit(1)\n```"),
            "```text\nstd::process::exit(1)\n```"
        );
        assert_eq!(lines("a\n\n    let x = 1;"), "a\n\n   let x = 1;");
        assert_eq!(lines("```\nleft open"), "```text\nleft open\n```");
        assert_eq!(lines("~~~sh\nx\n~~~"), "~~~text\nx\n~~~");
    }

    #[test]
    fn only_absolute_links_are_links() {
        assert_eq!(lines("see [Events](/docs/e)"), r"see \[Events\](/docs/e)");
        assert_eq!(
            lines("see [Events](https://a.b/c)"),
            "see [Events](https://a.b/c)"
        );
        assert_eq!(lines("an [array] of Vec<T>"), r"an \[array\] of Vec\<T\>");
        assert_eq!(lines("at https://a.b/c."), "at <https://a.b/c>.");
        assert_eq!(lines("`[x]<y>` and `open"), r"`[x]<y>` and \`open");
    }

    #[test]
    fn html_becomes_markdown() {
        assert_eq!(
            lines("<p>The <code>id</code>.</p><p>Two</p>"),
            "The `id`.\n\nTwo"
        );
        assert_eq!(lines("<ul><li>a</li><li>b</li></ul>"), "- a\n\n- b");
    }
}
