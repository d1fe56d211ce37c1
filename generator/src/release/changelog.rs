//! The changelog of a crate, to which a release adds its entry.
//!
//! The format is [Keep a Changelog](https://keepachangelog.com/en/1.1.0/). Text that is there stays:
//! an entry is added before the newest version, and its items are added to what people wrote under
//! `Unreleased` or under the version itself.

use semver::Version;

use super::entry::Entry;
use super::section::EntrySection;

/// A part of a changelog that begins with a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Block {
    /// The line of the heading. Empty for the text before the first one.
    heading: String,
    /// The lines below it.
    body: String,
}

/// Adds an entry to a changelog.
#[must_use]
pub fn insert_entry(changelog: &str, version: &Version, date: &str, entry: &Entry) -> String {
    let mut blocks = split_blocks(changelog, "## ");
    let is_bracketed = blocks.iter().any(|block| block.heading.starts_with("## ["));
    let heading = match is_bracketed {
        true => format!("## [{version}] - {date}"),
        false => format!("## {version} - {date}"),
    };
    let own = blocks
        .iter()
        .position(|block| heading_version(&block.heading).as_ref() == Some(version));
    let unreleased = blocks
        .iter()
        .position(|block| is_unreleased(&block.heading));
    let written = match (own, unreleased) {
        (Some(index), _) => {
            let block = blocks.remove(index);
            blocks.insert(
                index,
                Block {
                    heading,
                    body: merge(&block.body, entry),
                },
            );
            return join_blocks(&blocks);
        }
        (None, Some(index)) => blocks
            .get_mut(index)
            .map(|block| std::mem::replace(&mut block.body, "\n".to_owned())),
        (None, None) => None,
    };
    let body = merge(&written.unwrap_or_default(), entry);
    let newest = blocks
        .iter()
        .position(|block| heading_version(&block.heading).is_some());
    let index = match (unreleased, newest) {
        (Some(index), _) => index + 1,
        (None, Some(index)) => index,
        (None, None) => blocks.len(),
    };
    blocks.insert(index, Block { heading, body });
    join_blocks(&blocks)
}

/// Splits a text at its headings of a level, which are not in code blocks.
fn split_blocks(text: &str, level: &str) -> Vec<Block> {
    let mut blocks = vec![Block {
        heading: String::new(),
        body: String::new(),
    }];
    let mut fence: Option<String> = None;
    for line in text.lines() {
        let start: String = line
            .trim_start()
            .chars()
            .take_while(|c| matches!(c, '`' | '~'))
            .collect();
        match &fence {
            Some(open) if start.starts_with(open.as_str()) => fence = None,
            None if start.len() >= 3 => fence = Some(start),
            _ => {}
        }
        if fence.is_none() && line.starts_with(level) {
            blocks.push(Block {
                heading: line.to_owned(),
                body: String::new(),
            });
        } else if let Some(block) = blocks.last_mut() {
            block.body.push_str(line);
            block.body.push('\n');
        }
    }
    blocks
}

fn join_blocks(blocks: &[Block]) -> String {
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

/// Returns the version of a heading: `## [1.2.0] - 2026-01-31`, `## v1.2.0`.
fn heading_version(heading: &str) -> Option<Version> {
    let text = heading.strip_prefix("## ")?.trim_start_matches('[');
    let text = text.strip_prefix('v').unwrap_or(text);
    let end = text.find([']', ' ', '(']).unwrap_or(text.len());
    Version::parse(text.get(..end)?).ok()
}

fn is_unreleased(heading: &str) -> bool {
    let text = heading.strip_prefix("## ").unwrap_or_default();
    let text = text.trim_matches(['[', ']', ' ']);
    text.eq_ignore_ascii_case("unreleased")
}

/// Adds the items of an entry to the text of a version.
fn merge(body: &str, entry: &Entry) -> String {
    let mut blocks = split_blocks(body, "### ");
    if let (Some(first), Some(introduction)) = (blocks.first_mut(), &entry.introduction) {
        add_item(&mut first.body, introduction);
    }
    for (section, items) in &entry.sections {
        let title = section.title();
        let found = blocks
            .iter()
            .position(|block| block.heading.trim_start_matches("### ").trim() == title);
        let index = found.unwrap_or_else(|| {
            let index = section_index(&blocks, *section);
            let heading = format!("### {title}");
            let body = String::new();
            blocks.insert(index, Block { heading, body });
            index
        });
        if let Some(block) = blocks.get_mut(index) {
            for item in items {
                add_item(&mut block.body, item);
            }
        }
    }
    let body = join_blocks(&blocks);
    format!("\n{}\n", body.trim_matches('\n'))
}

/// Returns the index of a new section: before the sections that follow it in the format.
fn section_index(blocks: &[Block], section: EntrySection) -> usize {
    let later = EntrySection::ALL.iter().filter(|other| **other > section);
    let titles: Vec<String> = later
        .map(|other| format!("### {}", other.title()))
        .collect();
    let index = blocks
        .iter()
        .position(|block| titles.contains(&block.heading));
    index.unwrap_or(blocks.len())
}

/// Adds an item behind the last one, unless it is there.
fn add_item(body: &mut String, item: &str) {
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
    use semver::Version;

    use super::super::entry::Entry;
    use super::super::section::EntrySection;
    use super::insert_entry;

    fn insert(changelog: &str) -> String {
        let entry = Entry {
            introduction: None,
            sections: vec![
                (EntrySection::Added, vec!["- `a` is new.".to_owned()]),
                (EntrySection::Removed, vec!["- `b`.".to_owned()]),
            ],
        };
        let version = Version::new(0, 2, 0);
        let once = insert_entry(changelog, &version, "2026-01-31", &entry);
        assert_eq!(insert_entry(&once, &version, "2026-01-31", &entry), once);
        once
    }

    const NEW: &str = "### Added\n\n- `a` is new.\n\n### Removed\n\n- `b`.\n";

    #[test]
    fn an_entry_is_added_before_the_newest_version() {
        let head = "# Changelog\n\nWhat changes.\n";
        let old = "## 0.1.0\n\nThe first version.\n";
        let found = insert(&format!("{head}\n{old}"));
        assert_eq!(
            found,
            format!("{head}\n## 0.2.0 - 2026-01-31\n\n{NEW}\n{old}")
        );
        let found = insert("");
        assert_eq!(found, format!("## 0.2.0 - 2026-01-31\n\n{NEW}"));
    }

    #[test]
    fn text_under_unreleased_becomes_text_of_the_version() {
        let written = "# Changelog\n\n## [Unreleased]\n\nThanks to all.\n\n### Added\n\n- A word by hand,\n  on two lines.\n\n### Fixed\n\n- A slip.\n\n## [0.1.0] - 2025-01-01\n\n```text\n## 9.9.9\n```\n\n[0.1.0]: https://example.com\n";
        let found = insert(written);
        let expected = "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-01-31\n\nThanks to all.\n\n### Added\n\n- A word by hand,\n  on two lines.\n- `a` is new.\n\n### Removed\n\n- `b`.\n\n### Fixed\n\n- A slip.\n\n## [0.1.0] - 2025-01-01\n\n```text\n## 9.9.9\n```\n\n[0.1.0]: https://example.com\n";
        assert_eq!(found, expected);
    }
}
