//! The numbers of a YAML text as they were written, by place.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::load::Pointer;

/// The plain scalars of the first document that are numbers, but would be
/// printed differently: `1.10`, `1e3`, `+12052535597`.
pub(crate) fn numbers(text: &str) -> HashMap<Pointer, String> {
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
                if style == ScalarStyle::Plain && is_odd(&text) {
                    found.insert(place(&stack), text.into_owned());
                }
                next(&mut stack);
            }
            Event::Alias(_) => next(&mut stack),
            Event::MappingStart(..) => stack.push(Frame::Map { key: None }),
            Event::SequenceStart(..) => stack.push(Frame::Seq { index: 0 }),
            Event::MappingEnd | Event::SequenceEnd => {
                stack.pop();
                next(&mut stack);
            }
            Event::DocumentEnd => break,
            _ => {}
        }
    }
    found
}

/// A container that is open.
enum Frame {
    Map { key: Option<String> },
    Seq { index: usize },
}

/// Goes on after a value. An alias that stands for a key is taken for one.
fn next(stack: &mut [Frame]) {
    match stack.last_mut() {
        Some(Frame::Map { key: key @ None }) => *key = Some(String::new()),
        Some(Frame::Map { key }) => *key = None,
        Some(Frame::Seq { index }) => *index += 1,
        None => {}
    }
}

fn place(stack: &[Frame]) -> Pointer {
    stack.iter().fold(Pointer::root(), |at, frame| match frame {
        Frame::Map { key } => at.child(key.as_deref().unwrap_or_default()),
        Frame::Seq { index } => at.index(*index),
    })
}

/// Whether a text is a number that is not printed as it is written.
fn is_odd(text: &str) -> bool {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
        && (text.parse::<f64>().is_ok() || ["0x", "0o", "0b"].iter().any(|p| text.contains(p)));
    let printed = text.parse::<serde_json::Number>().map(|n| n.to_string());
    is_number && !printed.is_ok_and(|printed| printed == text)
}

#[cfg(test)]
mod tests {
    use super::numbers;
    use crate::load::Pointer;

    #[test]
    fn numbers_are_found_as_they_were_written() {
        let found = numbers("200: {1.10: 1.10}\ntrue: no\n~: 2024-01-01\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[&Pointer::parse("/200/1.10")], "1.10");
    }

    #[test]
    fn what_is_around_a_number_does_not_move_it() {
        let text = "a: &a [x, {b: 0x1F}, '1.0', +3]\n*a : 1\nc: *a\nd: [[], {}, -1.50, 7]\n";
        let found = numbers(text);
        let mut places: Vec<_> = found.iter().map(|(at, n)| (at.as_str(), &**n)).collect();
        places.sort_unstable();
        assert_eq!(
            places,
            [("/a/1/b", "0x1F"), ("/a/3", "+3"), ("/d/2", "-1.50")]
        );
    }
}
