//! From a byte offset of a JSON text to the path, line and column that a person can use.
//!
//! The reader keeps no path while it reads. When an error leaves it, the text up to the error is
//! walked once more, here. The walk trusts nothing: it ends with some path for any bytes and any
//! offset.

use std::fmt::Write as _;
use std::ops::Range;

/// Longest part of a member name that a path shows.
const NAME_LIMIT: usize = 64;

/// An open object or array, and the member that the walk is in.
struct Frame {
    start: usize,
    member: Member,
}

enum Member {
    /// An object's, whose name was not read yet.
    Unnamed,
    /// An object's, with the place of its name.
    Named(Range<usize>),
    /// An array's.
    Index(usize),
}

/// The containers that are open at an offset, outermost first.
struct Walk {
    frames: Vec<Frame>,
    /// Whether a value of the innermost one just ended, so that the offset belongs to none of its
    /// members.
    done: bool,
}

/// The path of the value at `offset`; of its container, if that is where a value is missing.
pub(super) fn path(json: &[u8], offset: usize) -> String {
    let mut walk = walk(json, offset);
    if walk.done || matches!(json.get(offset), Some(b'}' | b']')) {
        walk.frames.pop();
    }
    let mut path = String::new();
    for frame in walk.frames {
        match frame.member {
            Member::Unnamed => {}
            Member::Named(name) => push_name(&mut path, json.get(name).unwrap_or_default()),
            // Writing to a `String` cannot fail.
            Member::Index(index) => drop(write!(path, "[{index}]")),
        }
    }
    path
}

/// Where the object starts that ends at `end`.
pub(super) fn object_start(json: &[u8], end: usize) -> Option<usize> {
    walk(json, end).frames.last().map(|frame| frame.start)
}

/// Where the object starts that is open at the end of a text, which is our own writer's and ends with
/// a whole member.
///
/// The way back is as long as the object; from the start it would be as long as all of the text.
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
                // Within a string, a quote after an odd number of backslashes is part of it.
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

/// Line and column of a byte, both from 1; the column counts characters.
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
    /// Goes over one token, which starts with `first`; `whole` if it ends before the offset.
    fn token(&mut self, first: u8, token: Range<usize>, whole: bool) {
        self.done = match first {
            b'{' => self.open(token.start, Member::Unnamed),
            b'[' => self.open(token.start, Member::Index(0)),
            b',' => self.next_member(),
            b':' => false,
            b'}' | b']' => self.frames.pop().is_some(),
            b' ' | b'\n' | b'\r' | b'\t' => self.done,
            _ => {
                if let Some(Frame {
                    member: member @ Member::Unnamed,
                    ..
                }) = self.frames.last_mut()
                    && whole
                {
                    *member =
                        Member::Named(token.start.saturating_add(1)..token.end.saturating_sub(1));
                }
                whole
            }
        };
    }

    fn open(&mut self, start: usize, member: Member) -> bool {
        self.frames.push(Frame { start, member });
        false
    }

    fn next_member(&mut self) -> bool {
        match self.frames.last_mut().map(|frame| &mut frame.member) {
            Some(Member::Index(index)) => *index = index.saturating_add(1),
            Some(name) => *name = Member::Unnamed,
            None => {}
        }
        false
    }
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
