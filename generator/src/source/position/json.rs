//! Positions of pointers in JSON.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr2, memchr3};

use super::{NodeId, Position, ROOT, Wanted};

/// Depth below which pointers are not followed. The reader refuses deeper texts.
const MAX_DEPTH: usize = 256;

/// Records the wanted positions of a JSON text. A broken text is scanned up to
/// the error.
pub(super) fn scan(text: &str, wanted: &mut Wanted) {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        wanted,
    };
    scanner.scan_value(Some(ROOT), None, 0);
}

struct Scanner<'t, 'w> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    wanted: &'w mut Wanted,
}

impl Scanner<'_, '_> {
    /// Scans a value. `None` at the end of the text.
    fn scan_value(
        &mut self,
        node: Option<NodeId>,
        key: Option<Range<usize>>,
        depth: usize,
    ) -> Option<()> {
        let first = self.peek()?;
        let start = self.at;
        let open = matches!(first, b'{' | b'[');
        if let Some(node) = node
            && open
        {
            let value = key.clone().unwrap_or(start..start + 1);
            let key = key.clone();
            self.wanted.record(node, Position { value, key });
        }
        match first {
            b'{' | b'['
                if depth < MAX_DEPTH && node.is_some_and(|n| self.wanted.has_children(n)) =>
            {
                self.at += 1;
                self.scan_container(first, node?, depth)?;
            }
            b'{' | b'[' => self.skip_container(first)?,
            b'"' => self.skip_string()?,
            _ => self.skip_word(),
        }
        if let Some(node) = node
            && !open
        {
            let value = start..self.at;
            self.wanted.record(node, Position { value, key });
        }
        Some(())
    }

    /// Scans the properties or elements of an open container.
    fn scan_container(&mut self, open: u8, node: NodeId, depth: usize) -> Option<()> {
        let mut index = 0_usize;
        loop {
            match self.peek()? {
                b'}' | b']' => {
                    self.at += 1;
                    return Some(());
                }
                b',' => self.at += 1,
                b'"' if open == b'{' => {
                    let start = self.at;
                    self.skip_string()?;
                    let key = start..self.at;
                    let name = decode_string(self.text.get(key.clone())?);
                    let child = self.wanted.child(node, &name);
                    if self.peek()? == b':' {
                        self.at += 1;
                        self.scan_value(child, Some(key), depth + 1)?;
                    }
                }
                _ if open == b'[' => {
                    let child = self.wanted.child(node, &index.to_string());
                    self.scan_value(child, None, depth + 1)?;
                    index += 1;
                }
                _ => self.at += 1,
            }
        }
    }

    /// Returns the next byte that is not white space, without consuming it.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            if !byte.is_ascii_whitespace() {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    fn skip_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            self.at += memchr2(b'"', b'\\', self.bytes.get(self.at..)?)?;
            match self.bytes.get(self.at)? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                _ => self.at += 2,
            }
        }
    }

    /// Skips an object or an array. Brackets of the other form are balanced in it.
    fn skip_container(&mut self, open: u8) -> Option<()> {
        let close = if open == b'{' { b'}' } else { b']' };
        let mut depth = 0_usize;
        loop {
            self.at += memchr3(b'"', open, close, self.bytes.get(self.at..)?)?;
            match *self.bytes.get(self.at)? {
                b'"' => {
                    self.skip_string()?;
                    continue;
                }
                byte if byte == open => depth += 1,
                _ => depth = depth.saturating_sub(1),
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Skips a number or a word, and at least one byte.
    fn skip_word(&mut self) {
        self.at += 1;
        while self
            .bytes
            .get(self.at)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
        {
            self.at += 1;
        }
    }
}

/// Returns the text of a string without quotes and escapes.
fn decode_string(quoted: &str) -> Cow<'_, str> {
    let inner = quoted.trim_matches('"');
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    serde_json::from_str(quoted).map_or(Cow::Borrowed(inner), Cow::Owned)
}
