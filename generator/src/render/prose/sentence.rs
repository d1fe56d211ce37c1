//! The beginning of a text: its first paragraph, and its first sentence.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::events::PIPE;

/// Returns the first block of a text.
pub(super) fn first_block(events: Vec<Event<'static>>) -> Vec<Event<'static>> {
    let mut depth = 0_usize;
    let mut is_open = true;
    let events = events.into_iter().take_while(|event| {
        let is_within = is_open;
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        is_open &= depth > 0;
        is_within
    });
    events.collect()
}

/// Whether a block is a paragraph.
pub(super) fn is_paragraph(block: &[Event<'_>]) -> bool {
    matches!(block.first(), Some(Event::Start(Tag::Paragraph)))
}

/// Returns the first sentence of a block for the cell of a table. Links become their text.
pub(super) fn first_sentence(block: Vec<Event<'static>>) -> Vec<Event<'static>> {
    let mut sentence: Vec<Event<'static>> = Vec::with_capacity(block.len());
    let mut open: Vec<TagEnd> = Vec::new();
    let mut is_address = false;
    for event in block {
        match event {
            Event::Start(Tag::Link { link_type, .. }) => {
                is_address = link_type == LinkType::Autolink;
            }
            Event::End(TagEnd::Link) => is_address = false,
            Event::Text(text) if is_address => sentence.push(code(&text)),
            Event::Text(text) => {
                let end = sentence_end(&text);
                let shown = end.and_then(|end| text.get(..end)).unwrap_or(&text);
                sentence.push(plain(shown));
                if end.is_some() {
                    break;
                }
            }
            Event::Code(text) => sentence.push(code(&text)),
            Event::Start(Tag::CodeBlock(_)) => break,
            Event::SoftBreak | Event::HardBreak if ends_sentence(&sentence) => break,
            event => {
                match &event {
                    Event::Start(tag) => open.push(tag.to_end()),
                    Event::End(_) => drop(open.pop()),
                    _ => {}
                }
                sentence.push(event);
            }
        }
    }
    sentence.extend(open.into_iter().rev().map(Event::End));
    sentence
}

fn plain(text: &str) -> Event<'static> {
    Event::Text(CowStr::from(text.replace('|', PIPE)))
}

/// Returns code for a cell. Code with a bar becomes text, because a bar can end a cell within code.
fn code(text: &str) -> Event<'static> {
    match text.contains('|') {
        true => plain(text),
        false => Event::Code(CowStr::from(text.to_owned())),
    }
}

fn ends_sentence(events: &[Event<'_>]) -> bool {
    match events.last() {
        Some(Event::Text(text)) => text.ends_with(SENTENCE_ENDS) && !ends_with_abbreviation(text),
        _ => false,
    }
}

/// Characters that end a sentence if a space follows.
const SENTENCE_ENDS: [char; 3] = ['.', '!', '?'];

/// Finds the end of the first sentence, if more text follows it.
fn sentence_end(text: &str) -> Option<usize> {
    let ends = text.match_indices(SENTENCE_ENDS);
    let mut ends = ends.map(|(start, end)| start + end.len());
    ends.find(|&end| {
        let (sentence, rest) = text.split_at(end);
        rest.starts_with(char::is_whitespace) && !ends_with_abbreviation(sentence)
    })
}

/// Whether a text ends with an abbreviation: a single letter, or one of the usual words.
fn ends_with_abbreviation(text: &str) -> bool {
    let word = text.trim_end_matches('.');
    let start = word.rfind(|c: char| !c.is_alphanumeric());
    let last = start.map_or(word, |start| word.get(start..).unwrap_or_default());
    let last = last.trim_start_matches(|c: char| !c.is_alphanumeric());
    text.ends_with('.')
        && (last.chars().count() == 1 && last.chars().all(char::is_alphabetic)
            || ["approx", "cf", "etc", "incl", "vs"].contains(&last.to_lowercase().as_str()))
}
