//! Positions of pointers in YAML.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::{NodeId, Position, ROOT, Wanted};

/// Records the wanted positions of a YAML text. A broken text is scanned up to
/// the error.
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
        scanner.handle_event(&event, span);
    }
    let found = scanner.found;
    record_in_bytes(text, found, wanted);
}

/// An open container.
enum Frame {
    Map {
        node: Option<NodeId>,
        /// The key whose value comes next, with its node if it is wanted.
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
    /// The positions so far, counted in characters.
    found: Vec<(NodeId, Position)>,
}

impl Scanner<'_> {
    fn handle_event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Scalar(text, ..) if self.take_key(text, span) => {}
            Event::Scalar(_, style, ..) => self.record_scalar(*style, span),
            // Pointers do not lead into the value of an alias.
            Event::Alias(_) => {
                let (node, key) = self.begin_value();
                self.record(node, container_position(key, span));
            }
            Event::MappingStart(..) => {
                let (node, key) = self.begin_value();
                self.record(node, container_position(key, span));
                self.stack.push(Frame::Map { node, key: None });
            }
            Event::SequenceStart(..) => {
                let (node, key) = self.begin_value();
                self.record(node, container_position(key, span));
                self.stack.push(Frame::Seq { node, index: 0 });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.stack.pop();
            }
            _ => {}
        }
    }

    /// Takes a scalar as a key, if a key is due.
    fn take_key(&mut self, text: &str, span: Span) -> bool {
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

    fn record_scalar(&mut self, style: ScalarStyle, span: Span) {
        let (node, key) = self.begin_value();
        let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        // The key marks a block scalar and an empty value.
        let is_line = !is_block && span.end.index() > span.start.index();
        let at = if is_line {
            let value = span.start.index()..span.end.index();
            Position { value, key }
        } else {
            container_position(key, span)
        };
        self.record(node, at);
    }

    /// Returns the node of the value that begins, and its key.
    fn begin_value(&mut self) -> (Option<NodeId>, Option<Range<usize>>) {
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

    fn record(&mut self, node: Option<NodeId>, at: Position) {
        if let Some(node) = node {
            self.found.push((node, at));
        }
    }
}

/// Returns the position that marks a value of several lines: its key, or its first
/// character.
fn container_position(key: Option<Range<usize>>, span: Span) -> Position {
    let start = span.start.index();
    let value = key.clone().unwrap_or(start..start + 1);
    Position { value, key }
}

/// Converts positions from characters to bytes, in one pass.
fn record_in_bytes(text: &str, found: Vec<(NodeId, Position)>, wanted: &mut Wanted) {
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
        let located = Position {
            value: bytes(at.value),
            key: at.key.map(bytes),
        };
        wanted.record(node, located);
    }
}
