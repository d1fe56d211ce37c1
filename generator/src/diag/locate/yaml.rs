//! Looking for pointers in YAML.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::{NodeId, ROOT, Wanted};

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
    found: Vec<(NodeId, Range<usize>)>,
}

impl Scanner<'_> {
    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Scalar(text, style, ..) => {
                if !self.key(text, span) {
                    self.scalar(*style, span);
                }
            }
            // What an alias stands for is not looked into.
            Event::Alias(_) => {
                let (node, at) = self.next(span);
                self.mark(node, at);
            }
            Event::MappingStart(..) => {
                let (node, at) = self.next(span);
                self.mark(node, at);
                self.stack.push(Frame::Map { node, key: None });
            }
            Event::SequenceStart(..) => {
                let (node, at) = self.next(span);
                self.mark(node, at);
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
        let (node, key) = self.next(span);
        let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        // A block of text is marked by its key, and so is nothing at all.
        let is_line = !is_block && span.end.index() > span.start.index();
        let at = if is_line {
            span.start.index()..span.end.index()
        } else {
            key
        };
        self.mark(node, at);
    }

    /// The node of the value that begins, and what it is marked by if it is a
    /// container: its key, or where it begins.
    fn next(&mut self, span: Span) -> (Option<NodeId>, Range<usize>) {
        let start = span.start.index();
        match self.stack.last_mut() {
            None => (Some(ROOT), start..start + 1),
            Some(Frame::Map { key, .. }) => match key.take() {
                Some((node, key)) => (node, key.start.index()..key.end.index()),
                None => (None, start..start),
            },
            Some(Frame::Seq { node, index }) => {
                let child = node.and_then(|node| self.wanted.child(node, &index.to_string()));
                *index += 1;
                (child, start..start + 1)
            }
        }
    }

    fn mark(&mut self, node: Option<NodeId>, at: Range<usize>) {
        if let Some(node) = node {
            self.found.push((node, at));
        }
    }
}

/// Turns places that are counted in characters into bytes, in one pass.
fn in_bytes(text: &str, found: Vec<(NodeId, Range<usize>)>, wanted: &mut Wanted) {
    let mut edges: Vec<usize> = found
        .iter()
        .flat_map(|(_, at)| [at.start, at.end])
        .collect();
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
        wanted.found(node, byte_of(at.start)..byte_of(at.end));
    }
}
