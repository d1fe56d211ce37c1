//! The values of a YAML text with their positions.

use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

/// A value with its position, in bytes.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) range: Range<usize>,
    pub(super) content: NodeContent,
}

#[derive(Debug)]
pub(super) enum NodeContent {
    /// A scalar with its value, or an empty one.
    Scalar(String),
    /// A list.
    List {
        is_flow: bool,
        /// The first byte of the first item.
        first: Option<usize>,
    },
    /// A mapping.
    Map { is_flow: bool, entries: Vec<Pair> },
    /// `*name`, which stands for a value elsewhere.
    Alias,
}

/// A key of a mapping with its value.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) key: String,
    pub(super) key_range: Range<usize>,
    pub(super) value: Node,
}

/// Parses a text. `None`: it is not valid, or empty.
pub(super) fn parse(text: &str) -> Option<Node> {
    let mut events = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        match event {
            Event::StreamStart | Event::DocumentStart(_) => {}
            Event::DocumentEnd | Event::StreamEnd => break,
            event => events.push((event, span)),
        }
    }
    let offsets: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
    let mut reader = NodeReader {
        text,
        offsets: &offsets,
        events: events.into_iter(),
    };
    let (event, span) = reader.events.next()?;
    reader.node(&event, span)
}

struct NodeReader<'t, I> {
    text: &'t str,
    offsets: &'t [usize],
    events: I,
}

impl<'e, I: Iterator<Item = (Event<'e>, Span)>> NodeReader<'_, I> {
    fn range(&self, span: Span) -> Range<usize> {
        let byte = |index: usize| self.offsets.get(index).copied().unwrap_or(self.text.len());
        byte(span.start.index())..byte(span.end.index())
    }

    fn node(&mut self, event: &Event<'e>, span: Span) -> Option<Node> {
        let mut range = self.range(span);
        let content = match event {
            Event::Scalar(text, ..) => NodeContent::Scalar(text.to_string()),
            Event::Alias(_) => NodeContent::Alias,
            Event::SequenceStart(..) => {
                let is_flow = self.text.get(range.start..)?.starts_with('[');
                let (first, end) = self.items()?;
                range.end = end;
                NodeContent::List { is_flow, first }
            }
            Event::MappingStart(..) => {
                let is_flow = self.text.get(range.start..)?.starts_with('{');
                let (entries, end) = self.entries()?;
                range.end = end;
                NodeContent::Map { is_flow, entries }
            }
            _ => return None,
        };
        Some(Node { range, content })
    }

    /// Reads the items of a list. Returns the start of the first one, and the end of the last one
    /// or of the bracket.
    fn items(&mut self) -> Option<(Option<usize>, usize)> {
        let (mut first, mut last) = (None, None);
        loop {
            let (event, span) = self.events.next()?;
            if matches!(event, Event::SequenceEnd) {
                let range = self.range(span);
                let is_bracket = self.text.get(range.clone()).is_some_and(|it| it == "]");
                let end = last.filter(|_| !is_bracket).unwrap_or(range.end);
                return Some((first, end));
            }
            let node = self.node(&event, span)?;
            first.get_or_insert(node.range.start);
            last = Some(last_byte(self.text, &node));
        }
    }

    fn entries(&mut self) -> Option<(Vec<Pair>, usize)> {
        let mut entries = Vec::new();
        loop {
            let (event, span) = self.events.next()?;
            let key_range = self.range(span);
            let key = match &event {
                Event::MappingEnd => return Some((entries, key_range.end)),
                Event::Scalar(key, ..) => key.to_string(),
                _ => return None,
            };
            let (event, span) = self.events.next()?;
            let value = self.node(&event, span)?;
            entries.push(Pair {
                key,
                key_range,
                value,
            });
        }
    }
}

/// Returns the offset after the last byte of a value that is not a space.
pub(super) fn last_byte(text: &str, node: &Node) -> usize {
    let end = match &node.content {
        NodeContent::Map {
            is_flow: false,
            entries,
        } => {
            let ends = entries.iter().map(|pair| {
                let own = last_byte(text, &pair.value);
                own.max(pair.key_range.end)
            });
            ends.max().unwrap_or(node.range.end)
        }
        _ => node.range.end,
    };
    text.get(..end).map_or(end, |text| text.trim_end().len())
}
