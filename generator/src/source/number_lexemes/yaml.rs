//! The lexemes of the numbers of a YAML text, by pointer.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::source::Pointer;

/// Collects the numbers of the first document whose lexeme differs from the
/// printed value: `1.10`, `1e3`, `+12052535597`.
pub(super) fn collect_lexemes(text: &str) -> HashMap<Pointer, String> {
    let mut found = HashMap::new();
    let mut stack = Vec::new();
    for event in Parser::new_from_str(text) {
        let Ok((event, _)) = event else {
            break;
        };
        match event {
            Event::Scalar(text, style, ..) => {
                if let Some(Frame::Map { key: key @ None }) = stack.last_mut() {
                    *key = Some(text.into_owned());
                    continue;
                }
                if style == ScalarStyle::Plain && differs_when_printed(&text) {
                    found.insert(build_pointer(&stack), text.into_owned());
                }
                advance_frame(&mut stack);
            }
            Event::Alias(_) => advance_frame(&mut stack),
            Event::MappingStart(..) => stack.push(Frame::Map { key: None }),
            Event::SequenceStart(..) => stack.push(Frame::Seq { index: 0 }),
            Event::MappingEnd | Event::SequenceEnd => {
                stack.pop();
                advance_frame(&mut stack);
            }
            Event::DocumentEnd => break,
            _ => {}
        }
    }
    found
}

/// An open container.
enum Frame {
    Map { key: Option<String> },
    Seq { index: usize },
}

/// Moves past a value. An alias in key position counts as a key.
fn advance_frame(stack: &mut [Frame]) {
    match stack.last_mut() {
        Some(Frame::Map { key: key @ None }) => *key = Some(String::new()),
        Some(Frame::Map { key }) => *key = None,
        Some(Frame::Seq { index }) => *index += 1,
        None => {}
    }
}

fn build_pointer(stack: &[Frame]) -> Pointer {
    stack.iter().fold(Pointer::root(), |at, frame| match frame {
        Frame::Map { key } => at.child(key.as_deref().unwrap_or_default()),
        Frame::Seq { index } => at.index(*index),
    })
}

/// Whether a text is a number that is printed differently from its lexeme.
fn differs_when_printed(text: &str) -> bool {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
        && (text.parse::<f64>().is_ok() || ["0x", "0o", "0b"].iter().any(|p| text.contains(p)));
    let printed = text.parse::<serde_json::Number>().map(|n| n.to_string());
    is_number && !printed.is_ok_and(|printed| printed == text)
}

#[cfg(test)]
mod tests {
    use super::collect_lexemes;
    use crate::source::Pointer;

    #[test]
    fn numbers_keep_their_lexemes() {
        let found = collect_lexemes("200: {1.10: 1.10}\ntrue: no\n~: 2024-01-01\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[&Pointer::parse("/200/1.10")], "1.10");
    }

    #[test]
    fn lexemes_keep_their_positions_next_to_other_values() {
        let text = "a: &a [x, {b: 0x1F}, '1.0', +3]\n*a : 1\nc: *a\nd: [[], {}, -1.50, 7]\n";
        let found = collect_lexemes(text);
        let mut lexemes: Vec<_> = found.iter().map(|(at, n)| (at.as_str(), &**n)).collect();
        lexemes.sort_unstable();
        assert_eq!(
            lexemes,
            [("/a/1/b", "0x1F"), ("/a/3", "+3"), ("/d/2", "-1.50")]
        );
    }
}
