//! Headings of a Markdown text, with the text below them.

use semver::Version;

use super::items::Fence;

/// A part of a text that begins with a heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// The line of the heading. Empty for the text before the first one.
    pub(super) heading: String,
    /// The lines below it.
    pub(super) body: String,
}

impl Block {
    /// Creates a block without a body.
    pub(super) fn new(heading: String) -> Self {
        let body = String::new();
        Self { heading, body }
    }

    /// Returns the version of a heading: `## [1.2.0] - 2026-01-31`, `## v1.2.0`.
    pub(super) fn version(&self) -> Option<Version> {
        let text = self.heading.strip_prefix("## ")?.trim_start_matches('[');
        let text = text.strip_prefix('v').unwrap_or(text);
        let end = text.find([']', ' ', '(']).unwrap_or(text.len());
        Version::parse(text.get(..end)?).ok()
    }

    pub(super) fn is_unreleased(&self) -> bool {
        let text = self.heading.strip_prefix("## ").unwrap_or_default();
        let text = text.trim_matches(['[', ']', ' ']);
        text.eq_ignore_ascii_case("unreleased")
    }
}

/// Splits a text at its headings of a level, which are not in code blocks.
pub(super) fn split_blocks(text: &str, level: &str) -> Vec<Block> {
    let mut blocks = vec![Block::default()];
    let mut fence = Fence::default();
    for line in text.lines() {
        let is_code = fence.read_line(line);
        if !is_code && line.starts_with(level) {
            blocks.push(Block::new(line.to_owned()));
        } else if let Some(block) = blocks.last_mut() {
            block.body.push_str(line);
            block.body.push('\n');
        }
    }
    blocks
}

/// Joins blocks to a text that ends with one line end.
pub(super) fn join_blocks(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        if !block.heading.is_empty() {
            let gap = match text.as_str() {
                "" => "",
                text if text.ends_with("\n\n") => "",
                _ => "\n",
            };
            text.push_str(gap);
            text.push_str(&block.heading);
            text.push('\n');
        }
        text.push_str(&block.body);
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Splits a text before the link definitions at its end, such as `[1.2.0]: https://example.com`.
pub(super) fn split_link_definitions(text: &str) -> (&str, &str) {
    let is_definition = |line: &str| line.starts_with('[') && line.contains("]: ");
    let mut start = text.len();
    let mut end = text.len();
    for line in text.split_inclusive('\n').rev() {
        end -= line.len();
        if is_definition(line) {
            start = end;
        } else if !line.trim().is_empty() {
            break;
        }
    }
    text.split_at(start)
}
