//! Looking for pointers in YAML, and for what else only the text tells.

mod nesting;
mod numbers;

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::{Located, NodeId, ROOT, Wanted};

pub(crate) use self::nesting::{alias_in_its_anchor, deeper_than, first_alias};
pub(crate) use self::numbers::numbers;

/// Finds what is wanted in a text that is YAML, or nearly.
pub(super) fn scan(text: &str, wanted: &mut Wanted) {
    let mut scanner = Scanner {
        wanted,
        stack: Vec::new(),
        found: Vec::new(),
    };
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else {
            break;
        };
        if event == Event::DocumentEnd {
            break;
        }
        scanner.event(&event, span);
    }
    let found = scanner.found;
    in_bytes(text, found, wanted);
}

/// A container that is open.
enum Frame {
    Map {
        node: Option<NodeId>,
        /// The key that was read, and whether its member is wanted.
        key: Option<(Option<NodeId>, Span)>,
    },
    Seq {
        node: Option<NodeId>,
        index: usize,
    },
}

struct Scanner<'w> {
    wanted: &'w mut Wanted,
    stack: Vec<Frame>,
    /// What was found, counted in characters.
    found: Vec<(NodeId, Located)>,
}

impl Scanner<'_> {
    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Scalar(text, ..) if self.key(text, span) => {}
            Event::Scalar(_, style, ..) => self.scalar(*style, span),
            // What an alias stands for is not looked into.
            Event::Alias(_) => {
                let (node, key) = self.next();
                self.mark(node, container(key, span));
            }
            Event::MappingStart(..) => {
                let (node, key) = self.next();
                self.mark(node, container(key, span));
                self.stack.push(Frame::Map { node, key: None });
            }
            Event::SequenceStart(..) => {
                let (node, key) = self.next();
                self.mark(node, container(key, span));
                self.stack.push(Frame::Seq { node, index: 0 });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.stack.pop();
            }
            _ => {}
        }
    }

    /// Takes a scalar for a key, if one is due.
    fn key(&mut self, text: &str, span: Span) -> bool {
        let Some(Frame::Map { node, key }) = self.stack.last_mut() else {
            return false;
        };
        if key.is_some() {
            return false;
        }
        let child = node.and_then(|node| self.wanted.child(node, text));
        *key = Some((child, span));
        true
    }

    fn scalar(&mut self, style: ScalarStyle, span: Span) {
        let (node, key) = self.next();
        let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        // A block of text is marked by its key, and so is nothing at all.
        let is_line = !is_block && span.end.index() > span.start.index();
        let at = if is_line {
            let value = span.start.index()..span.end.index();
            Located { value, key }
        } else {
            container(key, span)
        };
        self.mark(node, at);
    }

    /// The node of the value that begins, and its key.
    fn next(&mut self) -> (Option<NodeId>, Option<Range<usize>>) {
        match self.stack.last_mut() {
            None => (Some(ROOT), None),
            Some(Frame::Map { key, .. }) => match key.take() {
                Some((node, key)) => (node, Some(key.start.index()..key.end.index())),
                None => (None, None),
            },
            Some(Frame::Seq { node, index }) => {
                let child = node.and_then(|node| self.wanted.child(node, &index.to_string()));
                *index += 1;
                (child, None)
            }
        }
    }

    fn mark(&mut self, node: Option<NodeId>, at: Located) {
        if let Some(node) = node {
            self.found.push((node, at));
        }
    }
}

/// What is marked of a value of several lines: its key, or its first character.
fn container(key: Option<Range<usize>>, span: Span) -> Located {
    let start = span.start.index();
    let value = key.clone().unwrap_or(start..start + 1);
    Located { value, key }
}

/// Turns places that are counted in characters into bytes, in one pass.
fn in_bytes(text: &str, found: Vec<(NodeId, Located)>, wanted: &mut Wanted) {
    let ranges = found
        .iter()
        .flat_map(|(_, at)| std::iter::once(&at.value).chain(&at.key));
    let mut edges: Vec<usize> = ranges.flat_map(|range| [range.start, range.end]).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut bytes = Vec::with_capacity(edges.len());
    let mut chars = text.char_indices().map(|(byte, _)| byte).enumerate();
    for edge in &edges {
        let byte = chars.by_ref().find(|(i, _)| i == edge);
        bytes.push(byte.map_or(text.len(), |(_, byte)| byte));
    }
    let byte_of = |edge: usize| {
        let i = edges.binary_search(&edge).ok();
        i.and_then(|i| bytes.get(i)).copied().unwrap_or(text.len())
    };
    for (node, at) in found {
        let bytes = |range: Range<usize>| byte_of(range.start)..byte_of(range.end);
        let located = Located {
            value: bytes(at.value),
            key: at.key.map(bytes),
        };
        wanted.found(node, located);
    }
}
