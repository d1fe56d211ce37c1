//! Rewrites the events of a parsed text to safe ones.

use pulldown_cmark::utils::TextMergeStream;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

/// Deepest nesting of lists and quotes. A deeper text is probably not intended as Markdown.
const MAX_DEPTH: usize = 16;

/// Replaces an ampersand that starts no character reference, because the writer would escape it.
pub(super) const AMPERSAND: char = '\u{FDD0}';

/// Replaces a bar in the cell of a table, because a bare one would end the cell.
pub(super) const PIPE: &str = "\u{FDD1}";

/// Replaces the ampersands that need no escape.
pub(super) fn escape_ampersands(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let name = after.strip_prefix('#').unwrap_or(after);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric());
        let is_reference = end.is_some_and(|end| end > 0 && name[end..].starts_with(';'));
        out.push(if is_reference { '&' } else { AMPERSAND });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Whether a text is an absolute URL that a link may have.
pub(in crate::render) fn is_url(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty())
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"`\\{}".contains(c))
}

/// The replacement of an open link or image.
enum Open {
    /// A link.
    Link,
    /// Text in brackets, followed by this text.
    Text(String),
    /// Only its text.
    Bare,
}

/// A rewriter of events.
#[derive(Default)]
pub(super) struct Rewriter {
    events: Vec<Event<'static>>,
    links: Vec<Open>,
    depth: usize,
    in_code: bool,
    in_heading: bool,
}

impl Rewriter {
    /// Returns the safe events, or `None` for a text that nests too deep.
    pub(super) fn rewrite<'a>(
        mut self,
        events: impl Iterator<Item = Event<'a>>,
    ) -> Option<Vec<Event<'static>>> {
        for event in TextMergeStream::new(events) {
            match event {
                Event::Start(tag) => self.start(tag.into_static()),
                Event::End(tag) => self.end(tag),
                Event::Text(text) if self.in_code => self.push(Event::Text(text.into_static())),
                Event::Text(text) => self.text(&text),
                Event::Html(text) => {
                    if self.is_within_line() {
                        self.line_break();
                    }
                    self.html(&text);
                }
                Event::InlineHtml(text) => self.html(&text),
                Event::SoftBreak | Event::HardBreak => self.line_break(),
                event => self.push(event.into_static()),
            }
            if self.depth > MAX_DEPTH {
                return None;
            }
        }
        Some(self.events)
    }

    fn push(&mut self, event: Event<'static>) {
        self.events.push(event);
    }

    fn start(&mut self, tag: Tag<'static>) {
        self.depth += 1;
        match tag {
            Tag::CodeBlock(_) => {
                self.in_code = true;
                self.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(
                    "text".into(),
                ))));
            }
            Tag::HtmlBlock => self.push(Event::Start(Tag::Paragraph)),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.link(link_type, &dest_url),
            // The browser of every reader would load the image from another server.
            Tag::Image { dest_url, .. } => self.link(LinkType::Inline, &dest_url),
            tag => {
                self.in_heading |= matches!(tag, Tag::Heading { .. });
                self.push(Event::Start(tag));
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        self.depth = self.depth.saturating_sub(1);
        match tag {
            TagEnd::Link | TagEnd::Image => match self.links.pop() {
                Some(Open::Link) => self.push(Event::End(TagEnd::Link)),
                Some(Open::Text(tail)) => self.plain(&tail),
                Some(Open::Bare) | None => {}
            },
            TagEnd::HtmlBlock => self.push(Event::End(TagEnd::Paragraph)),
            TagEnd::CodeBlock => {
                // The writer does not close a block whose last line has no line break.
                if matches!(self.events.last(), Some(Event::Text(text)) if !text.ends_with('\n')) {
                    self.push(Event::Text("\n".into()));
                }
                self.in_code = false;
                self.push(Event::End(tag));
            }
            tag => {
                self.in_heading &= !matches!(tag, TagEnd::Heading(_));
                self.push(Event::End(tag));
            }
        }
    }

    fn link(&mut self, link_type: LinkType, url: &str) {
        let open = if matches!(link_type, LinkType::Email) || self.is_in_link() {
            Open::Bare
        } else if is_url(url) {
            let link_type = match link_type {
                LinkType::Autolink => LinkType::Autolink,
                _ => LinkType::Inline,
            };
            self.push(Event::Start(link_to(link_type, url)));
            Open::Link
        } else {
            self.plain("[");
            Open::Text(format!("]({url})"))
        };
        self.links.push(open);
    }

    fn is_in_link(&self) -> bool {
        self.links.iter().any(|open| matches!(open, Open::Link))
    }

    /// Adds raw HTML as text.
    fn html(&mut self, text: &str) {
        for (i, line) in text.trim_end_matches('\n').split('\n').enumerate() {
            if i > 0 {
                self.line_break();
            }
            self.text(line.trim());
        }
    }

    /// Whether this paragraph already has a line of the HTML block.
    fn is_within_line(&self) -> bool {
        matches!(
            self.events.last(),
            Some(Event::Text(_) | Event::End(TagEnd::Link))
        )
    }

    fn line_break(&mut self) {
        if self.in_heading {
            self.plain(" ");
        } else {
            self.push(Event::SoftBreak);
        }
    }

    fn plain(&mut self, text: &str) {
        if !text.is_empty() {
            self.push(Event::Text(CowStr::from(escape_ampersands(text))));
        }
    }

    /// Adds text. Bare URLs are put in angle brackets, as rustdoc requires.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        if !self.is_in_link() {
            while let Some((start, url)) = address(rest) {
                self.plain(rest.get(..start).unwrap_or_default());
                self.push(Event::Start(link_to(LinkType::Autolink, url)));
                self.plain(url);
                self.push(Event::End(TagEnd::Link));
                rest = rest.get(start + url.len()..).unwrap_or_default();
            }
        }
        self.plain(rest);
    }
}

/// Returns the lines of a text as plain paragraphs, for texts that cannot be parsed as Markdown.
pub(super) fn plain_paragraphs(text: &str) -> Vec<Event<'static>> {
    let mut rewriter = Rewriter::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        rewriter.push(Event::Start(Tag::Paragraph));
        rewriter.text(line);
        rewriter.push(Event::End(TagEnd::Paragraph));
    }
    rewriter.events
}

fn link_to(link_type: LinkType, url: &str) -> Tag<'static> {
    Tag::Link {
        link_type,
        dest_url: CowStr::from(escape_ampersands(url)),
        title: CowStr::Borrowed(""),
        id: CowStr::Borrowed(""),
    }
}

/// Finds the first bare URL, with its offset.
fn address(text: &str) -> Option<(usize, &str)> {
    let schemes = text.match_indices("http");
    schemes.into_iter().find_map(|(start, _)| {
        let rest = text.get(start..)?;
        let end = rest.find(|c: char| c.is_whitespace() || "<>()[]{}`\"'|\\^*,".contains(c));
        let url = rest.get(..end.unwrap_or(rest.len()))?;
        let url = url.trim_end_matches(['.', ':', ';', '!', '?', '_']);
        is_url(url).then_some((start, url))
    })
}

/// Merges the events into one paragraph. Breaks between blocks become spaces, code blocks become code
/// spans, and rules are dropped.
pub(super) fn flatten(events: Vec<Event<'static>>) -> Vec<Event<'static>> {
    let mut out = vec![Event::Start(Tag::Paragraph)];
    let mut code: Option<String> = None;
    let space = |out: &mut Vec<Event<'static>>| {
        let is_after_space = matches!(out.last(), Some(Event::Text(text)) if text.ends_with(' '));
        if out.len() > 1 && !is_after_space {
            out.push(Event::Text(" ".into()));
        }
    };
    for event in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                space(&mut out);
                code = Some(String::new());
            }
            Event::End(TagEnd::CodeBlock) => {
                let text = crate::source::text::single_line(&code.take().unwrap_or_default());
                if !text.is_empty() {
                    out.push(Event::Code(text.into()));
                }
            }
            Event::Text(text) => match &mut code {
                Some(code) => code.push_str(&text),
                None => out.push(Event::Text(text)),
            },
            Event::Start(ref tag) if is_inline(tag.to_end()) => out.push(event),
            Event::End(tag) if is_inline(tag) => out.push(event),
            Event::Code(_) => out.push(event),
            _ => space(&mut out),
        }
    }
    if matches!(out.last(), Some(Event::Text(text)) if text.trim().is_empty()) {
        out.pop();
    }
    out.push(Event::End(TagEnd::Paragraph));
    out
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link
    )
}
