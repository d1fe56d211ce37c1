//! The changelog of a crate, to which a release adds its entry.
//!
//! The format is [Keep a Changelog](https://keepachangelog.com/en/1.1.0/). Text that is there stays:
//! an entry is added before the newest version, and its items are added to what people wrote under
//! `Unreleased` or under the version itself.
//!
//! The entry of a version that nobody published is replaced. Digests of its items distinguish them
//! from text by hand, which stays. An item that people removed or wrote anew is not added again.

mod blocks;
mod items;

use semver::Version;

use self::blocks::{Block, join_blocks, split_blocks, split_link_definitions};
use self::items::{add_item, hash_item, split_items};
use super::entry::Entry;
use super::section::EntrySection;

/// The entry of an earlier release that nobody published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnpublishedEntry {
    /// The version.
    pub version: Version,
    /// The digests of its generated items.
    pub digests: Vec<String>,
}

/// Returns the digests of the items of an entry, in order.
#[must_use]
pub fn hash_items(entry: &Entry) -> Vec<String> {
    let sections = entry.sections.iter().flat_map(|(_, items)| items);
    let items = entry.introduction.iter().chain(sections);
    items.map(|item| hash_item(item)).collect()
}

/// Adds an entry to a changelog. Replaces that of an unpublished version.
#[must_use]
pub fn insert_entry(
    changelog: &str,
    version: &Version,
    date: &str,
    entry: &Entry,
    unpublished: Option<&UnpublishedEntry>,
) -> String {
    let (text, links) = split_link_definitions(changelog);
    let mut blocks = split_blocks(text, "## ");
    // Whoever removed the whole entry wants another one.
    let unpublished = unpublished.filter(|it| find_version(&blocks, &it.version).is_some());
    let digests = unpublished.map_or(&[][..], |it| &it.digests);
    let (mut entry, hashes) = (entry.clone(), hash_items(entry));
    entry.retain_items(|item| !digests.contains(&hash_item(item)));
    let is_stale = |item: &str| {
        let hash = hash_item(item);
        digests.contains(&hash) && !hashes.contains(&hash)
    };
    let index = find_version(&blocks, version).unwrap_or_else(|| insert_version(&mut blocks));
    let is_bracketed = blocks.iter().any(|block| block.heading.starts_with("## ["));
    let written = take_written(&mut blocks, index, unpublished.map(|it| &it.version));
    if let Some(block) = blocks.get_mut(index) {
        block.heading = match is_bracketed {
            true => format!("## [{version}] - {date}"),
            false => format!("## {version} - {date}"),
        };
        block.body = merge(&written, is_stale, &entry);
    }
    let unpublished = unpublished.filter(|it| it.version != *version);
    let replaced = unpublished.and_then(|it| find_version(&blocks, &it.version));
    if let Some(replaced) = replaced {
        blocks.remove(replaced);
    }
    let text = join_blocks(&blocks);
    match links.is_empty() {
        true => text,
        false => format!("{text}\n{links}"),
    }
}

fn find_version(blocks: &[Block], version: &Version) -> Option<usize> {
    let mut blocks = blocks.iter();
    blocks.position(|block| block.version().as_ref() == Some(version))
}

/// Inserts a block for a new version. Returns its index.
fn insert_version(blocks: &mut Vec<Block>) -> usize {
    let unreleased = blocks.iter().position(Block::is_unreleased);
    let newest = blocks.iter().position(|block| block.version().is_some());
    let index = match (unreleased, newest) {
        (Some(index), _) => index + 1,
        (None, Some(index)) => index,
        (None, None) => blocks.len(),
    };
    blocks.insert(index, Block::default());
    index
}

/// Takes the text about a version: its own block, that of an unpublished version, and the
/// changes without a version.
fn take_written(blocks: &mut [Block], index: usize, unpublished: Option<&Version>) -> Vec<String> {
    let unpublished = unpublished.and_then(|version| find_version(blocks, version));
    let unreleased = blocks.iter().position(Block::is_unreleased);
    let mut written = Vec::new();
    for index in [Some(index), unpublished, unreleased].into_iter().flatten() {
        if let Some(block) = blocks.get_mut(index) {
            written.push(std::mem::replace(&mut block.body, "\n".to_owned()));
        }
    }
    written
}

/// Joins texts about a version, without stale items, and adds the items of an entry.
fn merge(written: &[String], is_stale: impl Fn(&str) -> bool, entry: &Entry) -> String {
    let mut sections = vec![Block::default()];
    for block in written.iter().flat_map(|text| split_blocks(text, "### ")) {
        let kept = remove_items(&block.body, &is_stale);
        if kept.trim().is_empty() && kept != block.body {
            continue;
        }
        match find_section(&mut sections, &block.heading) {
            Some(body) if body.is_empty() => *body = kept,
            Some(body) if !kept.trim().is_empty() => add_item(body, kept.trim_matches('\n')),
            _ => {}
        }
    }
    let introduction = entry.introduction.iter().map(|text| (String::new(), text));
    let items = entry.sections.iter().flat_map(|(section, items)| {
        let heading = format!("### {}", section.title());
        items.iter().map(move |item| (heading.clone(), item))
    });
    for (heading, item) in introduction.chain(items) {
        if let Some(body) = find_section(&mut sections, &heading) {
            add_item(body, item);
        }
    }
    let body = join_blocks(&sections);
    format!("\n{}\n", body.trim_matches('\n'))
}

/// Removes items from the text of a section. Text without such items does not change.
fn remove_items(body: &str, is_stale: impl Fn(&str) -> bool) -> String {
    let (stale, kept): (Vec<&str>, Vec<&str>) = split_items(body)
        .into_iter()
        .partition(|item| is_stale(item));
    match stale.is_empty() {
        true => body.to_owned(),
        false => format!("\n{}", kept.concat().trim_start_matches('\n')),
    }
}

/// Returns the text of a section. A new one is inserted in the order of the format.
fn find_section<'b>(sections: &'b mut Vec<Block>, heading: &str) -> Option<&'b mut String> {
    let found = sections
        .iter()
        .position(|block| block.heading.trim_end() == heading.trim_end());
    let index = found.unwrap_or_else(|| {
        let index = section_index(sections, heading);
        sections.insert(index, Block::new(heading.to_owned()));
        index
    });
    sections.get_mut(index).map(|block| &mut block.body)
}

/// Returns the index of a new section: before the sections that follow it in the format.
fn section_index(sections: &[Block], heading: &str) -> usize {
    let title = heading.trim_start_matches('#').trim();
    let known = EntrySection::ALL.iter().find(|it| it.title() == title);
    let is_later = |block: &Block| {
        let other = block.heading.trim_start_matches('#').trim();
        let other = EntrySection::ALL.iter().find(|it| it.title() == other);
        match known {
            Some(known) => other > Some(known),
            None => other == Some(&EntrySection::Migration),
        }
    };
    sections.iter().position(is_later).unwrap_or(sections.len())
}

#[cfg(test)]
mod tests {
    use semver::Version;

    use super::super::entry::Entry;
    use super::super::section::EntrySection;
    use super::{UnpublishedEntry, hash_items, insert_entry};

    const DATE: &str = "2026-01-31";

    fn insert(changelog: &str) -> String {
        let entry = Entry {
            introduction: None,
            sections: vec![
                (EntrySection::Added, vec!["- `a` is new.".to_owned()]),
                (EntrySection::Removed, vec!["- `b`.".to_owned()]),
            ],
        };
        let version = Version::new(0, 2, 0);
        let insert = |text: &str, earlier| insert_entry(text, &version, DATE, &entry, earlier);
        let once = insert(changelog, None);
        assert_eq!(insert(&once, None), once);
        let earlier = UnpublishedEntry {
            version: version.clone(),
            digests: hash_items(&entry),
        };
        assert_eq!(insert(&once, Some(&earlier)), once);
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

    fn entry(added: &[&str], removed: &[&str]) -> Entry {
        let list = |items: &[&str]| items.iter().map(|item| format!("- {item}.")).collect();
        let mut entry = Entry {
            introduction: None,
            sections: vec![
                (EntrySection::Added, list(added)),
                (EntrySection::Removed, list(removed)),
            ],
        };
        entry.sections.retain(|(_, items)| !items.is_empty());
        entry
    }

    /// Inserts the entry of a version that is not published, then edits the text, and inserts the
    /// entry of the next one.
    fn replace(first: &Entry, edit: impl Fn(String) -> String, second: &Entry) -> String {
        let old = "# Changelog\n\n## Unreleased\n\n## 0.1.0\n\nThe first version.\n";
        let unpublished = UnpublishedEntry {
            version: Version::new(0, 1, 1),
            digests: hash_items(first),
        };
        let text = insert_entry(old, &unpublished.version, DATE, first, None);
        let version = Version::new(0, 2, 0);
        let found = insert_entry(&edit(text), &version, DATE, second, Some(&unpublished));
        assert!(
            found.ends_with("\n## 0.1.0\n\nThe first version.\n"),
            "{found}"
        );
        let start = "# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-01-31\n\n";
        let body = found.strip_prefix(start).expect("the new version");
        body.split("\n## 0.1.0")
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    #[test]
    fn the_entry_of_an_unpublished_version_is_replaced() {
        let found = replace(
            &entry(&["A", "B"], &["C"]),
            |text| text,
            &entry(&["B", "D"], &[]),
        );
        assert_eq!(found, "### Added\n\n- B.\n- D.\n");
    }

    #[test]
    fn text_by_hand_in_an_unpublished_version_stays() {
        let edit = |text: String| {
            let text = text.replace("- B.", "- B, which is nice.\n- E, by hand.");
            let text = text.replace("- C.\n", "- C.\n\n### Security\n\n- F.\n");
            text.replace(
                "## Unreleased\n",
                "## Unreleased\n\nThanks.\n\n### Added\n\n- G.\n",
            )
        };
        let found = replace(&entry(&["A", "B"], &["C"]), edit, &entry(&["B", "D"], &[]));
        let added = "### Added\n\n- B, which is nice.\n- E, by hand.\n- G.\n- D.\n";
        assert_eq!(found, format!("Thanks.\n\n{added}\n### Security\n\n- F.\n"));
    }

    #[test]
    fn a_removed_entry_is_written_again() {
        let edit = |text: String| {
            let body = "## 0.1.1 - 2026-01-31\n\n### Added\n\n- A.\n\n";
            text.replace(body, "")
        };
        let found = replace(&entry(&["A"], &[]), edit, &entry(&["A"], &[]));
        assert_eq!(found, "### Added\n\n- A.\n");
    }

    #[test]
    fn link_definitions_stay_at_the_end() {
        let text = "# Changelog\n\n## [Unreleased]\n\n### Fixed\n\n- A.\n\n[unreleased]: https://example.com\n";
        let found = insert_entry(
            text,
            &Version::new(0, 1, 0),
            DATE,
            &entry(&["B"], &[]),
            None,
        );
        let body = "### Added\n\n- B.\n\n### Fixed\n\n- A.\n";
        assert_eq!(
            found,
            format!(
                "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - {DATE}\n\n{body}\n[unreleased]: https://example.com\n"
            )
        );
    }
}
