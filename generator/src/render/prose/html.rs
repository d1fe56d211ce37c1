//! HTML elements that descriptions use for layout, converted to Markdown.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser};

/// Replaces the elements of layout, except within code.
pub(super) fn without_layout(text: &str, extensions: Options) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut written = 0;
    for (event, range) in Parser::new_ext(text, extensions).into_offset_iter() {
        if !matches!(event, Event::Html(_) | Event::InlineHtml(_)) || range.start < written {
            continue;
        }
        out.push_str(text.get(written..range.start).unwrap_or_default());
        replace(text.get(range.clone()).unwrap_or_default(), &mut out);
        written = range.end;
    }
    out.push_str(text.get(written..).unwrap_or_default());
    Cow::Owned(out)
}

fn replace(html: &str, out: &mut String) {
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(rest.get(..start).unwrap_or_default());
        rest = rest.get(start..).unwrap_or_default();
        let (replacement, len) = element(rest).unwrap_or(("<", 1));
        out.push_str(replacement);
        rest = rest.get(len..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// Returns the Markdown for the element at the start of a text, and the length of the element.
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
