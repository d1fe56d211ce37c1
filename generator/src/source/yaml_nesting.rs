//! Nesting and aliases of a YAML text that the YAML reader refuses.

use saphyr_parser::{Event, Parser};

/// Returns the byte at which containers nest deeper than `limit`.
pub(crate) fn find_too_deep(limit: usize, text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut last = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            // The parser has a limit of its own. It reaches that limit early, because it
            // scans a flow collection ahead of its events.
            Err(error) if error.info().contains("recursion limit") => {
                return Some(byte_of(text, last));
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
            return Some(byte_of(text, last));
        }
    }
    None
}

/// Returns the byte of an alias inside the anchor that it names.
pub(crate) fn find_alias_in_its_anchor(text: &str) -> Option<usize> {
    // The anchors of the open containers. Zero means no anchor.
    let mut open = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        match event {
            Event::MappingStart(anchor, _) | Event::SequenceStart(anchor, _) => open.push(anchor),
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
            }
            Event::Alias(anchor) if open.contains(&anchor) => {
                return Some(byte_of(text, span.start.index()));
            }
            _ => {}
        }
    }
    None
}

/// Returns the byte of the last alias. Of nested aliases that expand to too much,
/// it is the outermost.
pub(crate) fn find_last_alias(text: &str) -> Option<usize> {
    let events = Parser::new_from_str(text).map_while(Result::ok);
    let aliases = events.filter(|(event, _)| matches!(event, Event::Alias(_)));
    let (_, span) = aliases.last()?;
    Some(byte_of(text, span.start.index()))
}

/// Returns the byte at which a character begins.
fn byte_of(text: &str, character: usize) -> usize {
    text.char_indices()
        .nth(character)
        .map_or(text.len(), |(byte, _)| byte)
}
