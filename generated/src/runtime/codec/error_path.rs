//! Conversion from a byte offset in a JSON text to a path, line and column for people.
//!
//! The reader does not track paths. When it returns an error, this module scans the text again up
//! to the error. The scan makes no assumptions: it yields some path for any bytes and any offset.

use std::fmt::Write as _;
use std::ops::Range;

/// Maximum length of a property name in a path, in bytes. Longer names are truncated.
const NAME_LIMIT: usize = 64;

/// An open object or array, and the scan's position in it.
struct Frame {
    start: usize,
    segment: Segment,
}

enum Segment {
    /// In an object, before the property name is read.
    Unnamed,
    /// In an object, with the byte range of the property name.
    Named(Range<usize>),
    /// In an array, at this index.
    Index(usize),
}

/// The containers that are open at an offset, outermost first.
struct Walk {
    frames: Vec<Frame>,
    /// Whether a value of the innermost container just ended. The offset then belongs to the
    /// container itself.
    done: bool,
}

/// Returns the path of the value at `offset`, or of its container if the value is missing.
pub(super) fn path(json: &[u8], offset: usize) -> String {
    let mut walk = walk(json, offset);
    if walk.done || matches!(json.get(offset), Some(b'}' | b']')) {
        walk.frames.pop();
    }
    let mut path = String::new();
    for frame in walk.frames {
        match frame.segment {
            Segment::Unnamed => {}
            Segment::Named(name) => push_name(&mut path, json.get(name).unwrap_or_default()),
            // Writing to a `String` cannot fail.
            Segment::Index(index) => drop(write!(path, "[{index}]")),
        }
    }
    path
}

/// Returns the offset of the start of the object that ends at `end`.
pub(super) fn object_start(json: &[u8], end: usize) -> Option<usize> {
    walk(json, end).frames.last().map(|frame| frame.start)
}

/// Returns the start of the innermost object that is open at the end of the text.
///
/// The text comes from our own writer and ends after a complete property. The search runs
/// backwards, because its cost is then proportional to the object instead of the whole text.
pub(super) fn open_object(json: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut at = json.len();
    while let Some(byte) = at.checked_sub(1).and_then(|last| json.get(last)) {
        at = at.saturating_sub(1);
        match byte {
            b'"' => {
                let before = json.get(..at).unwrap_or_default();
                let escapes = before.iter().rev().take_while(|byte| **byte == b'\\');
                // In a string, a quote after an odd number of backslashes is part of the string.
                if !in_string || escapes.count() % 2 == 0 {
                    in_string = !in_string;
                }
            }
            _ if in_string => {}
            b'}' | b']' => depth = depth.saturating_add(1),
            b'{' if depth == 0 => return Some(at),
            b'{' | b'[' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Returns the line and column of a byte. Both start at 1, and the column counts characters.
pub(super) fn line_and_column(json: &[u8], offset: usize) -> (usize, usize) {
    let before = json.get(..offset).unwrap_or(json);
    let lines = before.split(|byte| *byte == b'\n');
    let last = lines.clone().next_back().unwrap_or_default();
    let characters = last
        .iter()
        .filter(|byte| **byte & 0b1100_0000 != 0b1000_0000)
        .count();
    (lines.count(), characters.saturating_add(1))
}

fn walk(json: &[u8], offset: usize) -> Walk {
    let mut walk = Walk {
        frames: Vec::new(),
        done: false,
    };
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        if at >= offset {
            break;
        }
        let end = token_end(json, at, byte);
        walk.token(byte, at..end, end <= offset && end < json.len());
        at = end;
    }
    walk
}

impl Walk {
    /// Processes one token, which starts with the byte `first`. `whole` is true if the token ends
    /// before the offset.
    fn token(&mut self, first: u8, token: Range<usize>, whole: bool) {
        self.done = match first {
            b'{' => self.open(token.start, Segment::Unnamed),
            b'[' => self.open(token.start, Segment::Index(0)),
            b',' => self.next_segment(),
            b':' => false,
            b'}' | b']' => self.frames.pop().is_some(),
            b' ' | b'\n' | b'\r' | b'\t' => self.done,
            _ => {
                if let Some(Frame {
                    segment: segment @ Segment::Unnamed,
                    ..
                }) = self.frames.last_mut()
                    && whole
                {
                    *segment =
                        Segment::Named(token.start.saturating_add(1)..token.end.saturating_sub(1));
                }
                whole
            }
        };
    }

    fn open(&mut self, start: usize, segment: Segment) -> bool {
        self.frames.push(Frame { start, segment });
        false
    }

    fn next_segment(&mut self) -> bool {
        match self.frames.last_mut().map(|frame| &mut frame.segment) {
            Some(Segment::Index(index)) => *index = index.saturating_add(1),
            Some(name) => *name = Segment::Unnamed,
            None => {}
        }
        false
    }
}

/// Returns the end of the token at `at`. Literals and numbers extend to the next punctuation.
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

/// Returns the number of bytes after the opening quote, including the closing quote.
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

/// Appends `.name`, or `["any name"]` if the name is ambiguous after a dot.
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
    if text.is_empty() || !text.chars().all(plain) {
        // Writing to a `String` cannot fail.
        let _ = write!(path, "[\"{shown}{cut}\"]");
        return;
    }
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(&shown);
    path.push_str(cut);
}
