//! Excerpts: the lines of a document that declare the item of a change.

use std::collections::BTreeMap;

use memchr::memchr_iter;

use crate::source::{Pointer, SourceMap, find_positions};

/// Most lines of a declaration that are shown.
const MAX_LINES: usize = 12;

/// Most characters of a line that are shown. A document may be one line of megabytes.
const MAX_LINE_CHARS: usize = 200;

/// The lines of a document that declare an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The file.
    pub file: String,
    /// The pointer as the author would write it, into that file.
    pub pointer: Pointer,
    /// The line of the declaration, from 1.
    pub line: usize,
    /// The column of the declaration in characters, from 1.
    pub column: usize,
    /// The lines, without their common indentation.
    pub lines: Vec<String>,
}

/// Finds the lines of each pointer, in one pass over each file of the document. If a pointer leads
/// nowhere, the lines of its nearest ancestor are found.
pub(crate) fn find_excerpts(
    source: &SourceMap,
    pointers: &[Option<Pointer>],
) -> Vec<Option<Excerpt>> {
    let mut found = vec![None; pointers.len()];
    let mut files: BTreeMap<usize, Vec<(usize, Pointer)>> = BTreeMap::new();
    for (index, pointer) in pointers.iter().enumerate() {
        if let Some(pointer) = pointer {
            let at = source.original_position(pointer);
            files.entry(at.file).or_default().push((index, at.pointer));
        }
    }
    for (file, members) in files {
        let text = source.file_text(file);
        let pointers: Vec<Pointer> = members.iter().map(|(_, pointer)| pointer.clone()).collect();
        let lines = TextPositions::new(text);
        for ((index, pointer), position) in members.into_iter().zip(find_positions(text, &pointers))
        {
            let at = position.key.unwrap_or(position.value).start;
            if let Some(slot) = found.get_mut(index) {
                *slot = Some(lines.excerpt(source.file_name(file), pointer, at));
            }
        }
    }
    found
}

/// Bytes of a block.
const BLOCK_BYTES: usize = 4_096;

/// The lines and columns of a text. A document may have a million lines, or be one line, and changes
/// are in few places: only the counts before each block are kept.
struct TextPositions<'t> {
    text: &'t str,
    before: Vec<TextCounts>,
    total: TextCounts,
}

/// The number of line ends and characters.
#[derive(Debug, Clone, Copy, Default)]
struct TextCounts {
    line_ends: usize,
    chars: usize,
}

impl TextCounts {
    fn add(mut self, bytes: &[u8]) -> Self {
        // Sums of bytes, in chunks whose sum is a byte, are vectorized.
        let chunks = bytes.chunks(usize::from(u8::MAX));
        let is_first = |byte: &u8| u8::from(byte & 0xC0 != 0x80);
        let count = |chunk: &[u8]| -> u8 { chunk.iter().map(is_first).sum() };
        self.chars += chunks.map(|chunk| usize::from(count(chunk))).sum::<usize>();
        self.line_ends += memchr_iter(b'\n', bytes).count();
        self
    }
}

impl<'t> TextPositions<'t> {
    fn new(text: &'t str) -> Self {
        let mut total = TextCounts::default();
        let mut before = Vec::new();
        for block in text.as_bytes().chunks(BLOCK_BYTES) {
            before.push(total);
            total = total.add(block);
        }
        Self {
            text,
            before,
            total,
        }
    }

    /// Returns the counts before an offset.
    fn count_before(&self, at: usize) -> TextCounts {
        let block = at / BLOCK_BYTES;
        let rest = self.text.as_bytes().get(block * BLOCK_BYTES..at);
        let before = self.before.get(block).copied().unwrap_or_default();
        before.add(rest.unwrap_or_default())
    }

    /// Returns the start of the line behind a number of line ends.
    fn line_start(&self, line_ends: usize) -> usize {
        let Some(index) = line_ends.checked_sub(1) else {
            return 0;
        };
        let later = self.before.partition_point(|it| it.line_ends <= index);
        let block = later.saturating_sub(1);
        let before = self.before.get(block).map_or(0, |it| it.line_ends);
        let start = block * BLOCK_BYTES;
        let bytes = self.text.as_bytes().get(start..).unwrap_or_default();
        let found = memchr_iter(b'\n', bytes).nth(index - before);
        found.map_or(start, |end| start + end + 1)
    }

    /// Returns the end of the line behind a number of line ends.
    fn line_end(&self, line_ends: usize) -> usize {
        match line_ends < self.total.line_ends {
            true => self.line_start(line_ends + 1) - 1,
            false => self.text.len(),
        }
    }

    fn excerpt(&self, file: &str, pointer: Pointer, at: usize) -> Excerpt {
        let counts = self.count_before(at);
        let start = self.line_start(counts.line_ends);
        let end = self.line_end(counts.line_ends);
        let line = self.text.get(start..end).unwrap_or_default();
        let below = self.text.get(end + 1..).unwrap_or_default();
        Excerpt {
            file: file.to_owned(),
            pointer,
            line: counts.line_ends + 1,
            column: counts.chars - self.count_before(start).chars + 1,
            lines: declaration_lines(line, at - start, below),
        }
    }
}

/// Returns the line of a declaration, which begins at an offset, and the deeper ones below it.
fn declaration_lines(first: &str, offset: usize, below: &str) -> Vec<String> {
    // The first property of a sequence's element follows its dash.
    let indent = indent_of(first);
    let deeper = below.lines();
    let deeper = deeper.take_while(|text| text.trim().is_empty() || indent_of(text) > indent);
    let deeper = deeper.take(MAX_LINES - 1).map(|line| (line, indent));
    let shown = std::iter::once((first, offset.max(indent))).chain(deeper);
    let mut lines: Vec<String> = shown
        .map(|(line, focus)| {
            let indent = indent.min(indent_of(line));
            let line = line.get(indent..).unwrap_or_default();
            cut(line.trim_end(), focus.saturating_sub(indent))
        })
        .collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// The number of spaces and tabs that a line begins with.
fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Returns the part of a line around an offset. Tabs are two spaces wide.
fn cut(line: &str, focus: usize) -> String {
    if line.len() <= MAX_LINE_CHARS {
        return line.replace('\t', "  ");
    }
    let before = line.get(..focus).unwrap_or_default();
    let lead = before.char_indices().nth_back(MAX_LINE_CHARS / 4);
    let start = lead.map_or(0, |(index, _)| index);
    let rest = line.get(start..).unwrap_or_default();
    let end = rest.char_indices().nth(MAX_LINE_CHARS);
    let shown = end.and_then(|(end, _)| rest.get(..end));
    let lead = if start > 0 { "…" } else { "" };
    let tail = if shown.is_some() { "…" } else { "" };
    format!("{lead}{}{tail}", shown.unwrap_or(rest).replace('\t', "  "))
}

#[cfg(test)]
mod tests {
    use super::{Pointer, SourceMap, find_excerpts};

    #[test]
    fn a_declaration_is_its_line_and_the_deeper_ones() {
        let text = "a:\n  b:\n    c: 1\n\n    d: 2\n  e: 3\n";
        let source = SourceMap::new("x.yaml", text);
        let pointers = ["/a/b", "/a/b/d", "/a/e/nowhere"].map(|p| Some(Pointer::parse(p)));
        let found = find_excerpts(&source, &pointers);
        let lines: Vec<_> = found
            .iter()
            .flatten()
            .map(|excerpt| (excerpt.line, excerpt.lines.join("|")))
            .collect();
        let expected = [(2, "b:|  c: 1||  d: 2"), (5, "d: 2"), (6, "e: 3")];
        assert_eq!(lines, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn tabs_indent_a_declaration() {
        let text = "{\r\n\t\"a\": {\r\n\t\t\"b\":\t1\r\n\t},\r\n\t\"c\": 2\r\n}\r\n";
        let source = SourceMap::new("x.json", text);
        let found = find_excerpts(&source, &[Some(Pointer::parse("/a"))]);
        let lines: Vec<_> = found
            .iter()
            .flatten()
            .map(|found| found.lines.join("|"))
            .collect();
        assert_eq!(lines, ["\"a\": {|  \"b\":  1"]);
    }

    #[test]
    fn positions_in_long_texts_are_those_of_characters() {
        let value = "é".repeat(3_000);
        for (separator, line, column) in [("", 1, 3_009), ("\n", 2, 1)] {
            let text = format!("{{\"a\":\"{value}\",{separator}\"b\":\"{value}\",\n\n\"c\":0}}\n");
            let source = SourceMap::new("x.json", text.as_str());
            let found = find_excerpts(&source, &["/b", "/c"].map(|p| Some(Pointer::parse(p))));
            let positions: Vec<_> = found
                .iter()
                .flatten()
                .map(|it| (it.line, it.column))
                .collect();
            assert_eq!(positions, [(line, column), (line + 2, 1)]);
            let shown = found[0]
                .as_ref()
                .map(|it| it.lines.concat())
                .unwrap_or_default();
            assert!(shown.contains("\"b\":\"éé"), "{shown}");
            assert!(shown.ends_with('…'), "{shown}");
        }
    }
}
