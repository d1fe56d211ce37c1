//! From a byte offset of a JSON text to the path, line and column that a person can use.
//!
//! The reader keeps no path while it reads. When an error leaves it, the text up to the error is walked once more,
//! here. The walk trusts nothing: it ends with some path for any bytes and any offset.

use std::fmt::Write as _;

/// Longest part of a member name that a path shows.
const NAME_LIMIT: usize = 64;

/// One open object or array, and where in it the walk stands.
enum Frame {
    /// The member's name, once it has been read.
    Object(Option<(usize, usize)>),
    Array(usize),
}

/// The path of the value at `offset`; of its container, if that is where the value is missing.
pub(super) fn path(json: &[u8], offset: usize) -> String {
    let frames = frames(json, offset.min(json.len()));
    let mut path = String::new();
    for frame in &frames {
        match frame {
            Frame::Object(Some((start, end))) => {
                push_name(&mut path, json.get(*start..*end).unwrap_or_default())
            }
            Frame::Array(index) => {
                // Writing to a `String` cannot fail.
                let _ = write!(path, "[{index}]");
            }
            Frame::Object(None) => {}
        }
    }
    path
}

/// Line and column of a byte, both from 1; the column counts characters.
pub(super) fn line_and_column(json: &[u8], offset: usize) -> (usize, usize) {
    let before = json.get(..offset).unwrap_or(json);
    let line = before.split(|byte| *byte == b'\n');
    let last = line.clone().next_back().unwrap_or_default();
    let is_start = |byte: &&u8| **byte & 0b1100_0000 != 0b1000_0000;
    (
        line.count(),
        last.iter().filter(is_start).count().saturating_add(1),
    )
}

/// The containers that are open at `offset`, outermost first, each with the member that the offset belongs to.
fn frames(json: &[u8], offset: usize) -> Vec<Frame> {
    let mut frames = Vec::new();
    let mut at = 0;
    // Whether a value of the innermost container just ended, so that what follows is no longer part of it.
    let mut done = false;
    while at < offset {
        let Some(&byte) = json.get(at) else { break };
        let end = token_end(json, at, byte);
        match byte {
            b'{' => frames.push(Frame::Object(None)),
            b'[' => frames.push(Frame::Array(0)),
            b'}' | b']' => drop(frames.pop()),
            b',' => next_member(frames.last_mut()),
            b'"' if end <= offset => {
                if let Some(Frame::Object(name @ None)) = frames.last_mut() {
                    *name = Some((at.saturating_add(1), end.saturating_sub(1)));
                }
            }
            _ => {}
        }
        done = match byte {
            b'{' | b'[' | b',' | b':' => false,
            b' ' | b'\n' | b'\r' | b'\t' => done,
            _ => end <= offset && end < json.len(),
        };
        at = end;
    }
    if done || matches!(json.get(offset), Some(b'}' | b']')) {
        forget_member(&mut frames);
    }
    frames
}

/// A comma: the next member or element begins.
fn next_member(frame: Option<&mut Frame>) {
    match frame {
        Some(Frame::Object(name)) => *name = None,
        Some(Frame::Array(index)) => *index = index.saturating_add(1),
        None => {}
    }
}

/// Makes the path end at the innermost container itself.
fn forget_member(frames: &mut Vec<Frame>) {
    frames.pop();
}

/// Where the token that starts at `at` ends. Literals and numbers run up to the next punctuation.
fn token_end(json: &[u8], at: usize, first: u8) -> usize {
    let rest = json.get(at.saturating_add(1)..).unwrap_or_default();
    let length = match first {
        b'"' => string_length(rest),
        b'{' | b'}' | b'[' | b']' | b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' => 0,
        _ => rest
            .iter()
            .position(|byte| b"{}[],:\" \n\r\t".contains(byte))
            .unwrap_or(rest.len()),
    };
    at.saturating_add(1).saturating_add(length)
}

/// The bytes from after the opening quote through the closing one.
fn string_length(rest: &[u8]) -> usize {
    let mut escaped = false;
    for (index, byte) in rest.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return index.saturating_add(1),
            _ => {}
        }
    }
    rest.len()
}

/// Appends `.name`, or `["any name"]` where a dot would read wrong.
fn push_name(path: &mut String, name: &[u8]) {
    let text = String::from_utf8_lossy(name);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$');
    let shown: String = text
        .chars()
        .take(NAME_LIMIT)
        .filter(|c| !c.is_control())
        .collect();
    let cut = if text.chars().nth(NAME_LIMIT).is_some() {
        "…"
    } else {
        ""
    };
    let _ = if !text.is_empty() && text.chars().all(plain) {
        let dot = if path.is_empty() { "" } else { "." };
        write!(path, "{dot}{shown}{cut}")
    } else {
        write!(path, "[\"{shown}{cut}\"]")
    };
}
