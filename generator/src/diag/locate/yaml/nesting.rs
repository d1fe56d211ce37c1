//! How YAML nests, where a reader of values has given up on it.

use saphyr_parser::{Event, Parser};

/// The byte at which containers nest deeper than `limit`.
pub(crate) fn deeper_than(limit: usize, text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut last = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            // The parser has a limit of its own, and meets it early: a flow is
            // scanned ahead of its events.
            Err(error) if error.info().contains("recursion limit") => {
                return Some(byte(text, last));
            }
            Err(_) => return None,
        };
        last = span.start.index();
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
            Event::MappingEnd | Event::SequenceEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limit {
            return Some(byte(text, last));
        }
    }
    None
}

/// The byte of an alias that stands inside the anchor that it names.
pub(crate) fn alias_in_its_anchor(text: &str) -> Option<usize> {
    // The anchors of the containers that are open; zero is none.
    let mut open = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        match event {
            Event::MappingStart(anchor, _) | Event::SequenceStart(anchor, _) => open.push(anchor),
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
            }
            Event::Alias(anchor) if open.contains(&anchor) => {
                return Some(byte(text, span.start.index()));
            }
            _ => {}
        }
    }
    None
}

/// The byte of the first alias.
pub(crate) fn first_alias(text: &str) -> Option<usize> {
    let mut events = Parser::new_from_str(text).map_while(Result::ok);
    let (_, span) = events.find(|(event, _)| matches!(event, Event::Alias(_)))?;
    Some(byte(text, span.start.index()))
}

/// The byte that a character begins at.
fn byte(text: &str, character: usize) -> usize {
    text.char_indices()
        .nth(character)
        .map_or(text.len(), |(byte, _)| byte)
}
