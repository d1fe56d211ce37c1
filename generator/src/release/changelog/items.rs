//! Items of a section: list items, paragraphs, and headings with their code.

/// The state of a reader of lines: whether they are in a fenced code block.
#[derive(Default)]
pub(super) struct Fence {
    open: Option<String>,
}

impl Fence {
    /// Reads a line. Returns whether it is in a code block or ends one.
    pub(super) fn read_line(&mut self, line: &str) -> bool {
        let is_marker = |c: &char| matches!(c, '`' | '~');
        let marker: String = line.trim_start().chars().take_while(is_marker).collect();
        match &self.open {
            Some(open) if marker.starts_with(open.as_str()) => {
                self.open = None;
                true
            }
            Some(_) => true,
            None => {
                if marker.len() >= 3 {
                    self.open = Some(marker);
                }
                false
            }
        }
    }
}

/// Splits the text of a section into items, with the empty lines behind each of them.
pub(super) fn split_items(text: &str) -> Vec<&str> {
    let mut starts = Vec::new();
    let mut fence = Fence::default();
    let mut previous = "";
    let mut is_after_heading = false;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let is_code = fence.read_line(line);
        let is_heading = line.starts_with("#### ");
        // Text before the first item is an item of its own, also if it is indented.
        let is_first = starts.is_empty() && !line.trim().is_empty();
        // The code of a heading is a part of its item.
        let is_paragraph = previous.trim().is_empty()
            && !line.starts_with(char::is_whitespace)
            && !(is_after_heading && line.starts_with("```"));
        if is_first || !is_code && (is_heading || line.starts_with("- ") || is_paragraph) {
            starts.push(offset);
        }
        if !is_code && !line.trim().is_empty() {
            is_after_heading = is_heading;
        }
        previous = if is_code { "```" } else { line };
        offset += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let ranges = starts.iter().zip(ends);
    let items = ranges.filter_map(|(start, end)| text.get(*start..end));
    items.collect()
}

/// Returns the digest of an item: FNV-1a, which is the same on every machine and in every version.
pub(super) fn hash_item(item: &str) -> String {
    const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let bytes = item.trim_end().bytes();
    let hash = bytes.fold(OFFSET_BASIS, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(PRIME)
    });
    format!("{hash:016x}")
}

/// Adds an item behind the last one, unless it is there.
pub(super) fn add_item(body: &mut String, item: &str) {
    if format!("\n{body}\n").contains(&format!("\n{}\n", item.trim_end())) {
        return;
    }
    let is_list = |text: &str| text.trim_start().starts_with("- ");
    let last = body.trim_end().lines().next_back().unwrap_or_default();
    let continues = is_list(item) && (is_list(last) || last.starts_with("  "));
    body.truncate(body.trim_end().len());
    match (body.is_empty(), continues) {
        (true, _) => body.push('\n'),
        (false, true) => body.push('\n'),
        (false, false) => body.push_str("\n\n"),
    }
    body.push_str(item.trim_end());
    body.push('\n');
}

#[cfg(test)]
mod tests {
    use super::{hash_item, split_items};

    #[test]
    fn sections_have_items() {
        for (text, items) in [
            (
                "\n- One.\n- Two,\n  on two lines.\n\n- Three.\n",
                &["- One.", "- Two,\n  on two lines.", "- Three."][..],
            ),
            (
                "A paragraph\non two lines.\n\nAnother.\n",
                &["A paragraph\non two lines.", "Another."],
            ),
            (
                "#### A\n\n```rust\na\n\n- b\n```\n\nBy hand.\n\n#### C\n\n```rust\n```\n",
                &[
                    "#### A\n\n```rust\na\n\n- b\n```",
                    "By hand.",
                    "#### C\n\n```rust\n```",
                ],
            ),
            (
                "\n * An indented item.\n * Another.\n- Three.\n",
                &[" * An indented item.\n * Another.", "- Three."],
            ),
            ("    code\n\n- One.\n", &["    code", "- One."]),
            ("", &[]),
        ] {
            let found = split_items(text);
            let found: Vec<&str> = found.iter().map(|item| item.trim_end()).collect();
            assert_eq!(found, items);
        }
    }

    #[test]
    fn digests_are_those_of_fnv_1a() {
        assert_eq!(hash_item(""), "cbf29ce484222325");
        assert_eq!(hash_item("foobar\n"), "85944171f73967e8");
    }
}
