//! The entry of a changelog, in the words of users.

use super::migration::{Sides, describe_migration};
use super::section::EntrySection;
use super::words::{ParameterOwners, describe};
use crate::diff::surface::Surface;
use crate::diff::{Change, Code, Compile, Report, WireEffect};
use crate::source::markdown::escape_prose;

/// The entry of a version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// A paragraph before the sections.
    pub introduction: Option<String>,
    /// The items of each section, as Markdown.
    pub sections: Vec<(EntrySection, Vec<String>)>,
}

impl Entry {
    /// Keeps the items that a predicate accepts, and the sections that have one.
    pub(super) fn retain_items(&mut self, is_kept: impl Fn(&str) -> bool) {
        self.introduction.take_if(|text| !is_kept(text));
        for (_, items) in &mut self.sections {
            items.retain(|item| is_kept(item));
        }
        self.sections.retain(|(_, items)| !items.is_empty());
    }

    /// Returns the entry as Markdown.
    #[must_use]
    pub fn render(&self) -> String {
        let mut blocks: Vec<String> = self.introduction.iter().cloned().collect();
        for (section, items) in &self.sections {
            let items = items.join("\n");
            blocks.push(format!("### {}\n\n{}", section.title(), items.trim_end()));
        }
        blocks.join("\n\n")
    }
}

/// Writes the entry of the changes between two crates.
///
/// An exception is the reason why the version is lower than the changes demand.
#[must_use]
pub fn write_entry(
    report: &Report,
    base: &Surface,
    head: &Surface,
    exception: Option<&str>,
) -> Entry {
    let owners = ParameterOwners::new(base, head);
    let mut sections: Vec<(EntrySection, Vec<String>)> = EntrySection::ALL
        .iter()
        .map(|section| (*section, Vec::new()))
        .collect();
    let mut add = |section: EntrySection, item: String| {
        let found = sections.iter_mut().find(|(other, _)| *other == section);
        if let Some((_, items)) = found.filter(|(_, items)| !items.contains(&item)) {
            items.push(item);
        }
    };
    let changes = || report.changes.iter().map(|located| &located.change);
    let sides = Sides::new(base, head, &owners, changes());
    for change in changes().filter(|change| change.code != Code::DocsChanged) {
        let section = EntrySection::find(change);
        add(section, describe_item(change, section, &owners));
        if change.compile == Compile::Breaking {
            add(EntrySection::Migration, describe_migration(change, &sides));
        }
    }
    let documented = changes().filter(|change| change.code == Code::DocsChanged);
    match documented.count() {
        0 => {}
        1 => add(
            EntrySection::Changed,
            "- The documentation of one item.".to_owned(),
        ),
        count => add(
            EntrySection::Changed,
            format!("- The documentation of {count} items."),
        ),
    }
    sections.retain(|(_, items)| !items.is_empty());
    Entry {
        introduction: introduce(report, exception),
        sections,
    }
}

fn introduce(report: &Report, exception: Option<&str>) -> Option<String> {
    match exception {
        Some(reason) => {
            let (bump, reason) = (report.verdict.bump, escape_prose(reason));
            Some(format!(
                "The changes are {bump}. The version is lower: {reason}"
            ))
        }
        None if report.changes.is_empty() => {
            Some("The API is the same. The crate was generated again.".to_owned())
        }
        None => None,
    }
}

fn describe_item(change: &Change, section: EntrySection, owners: &ParameterOwners) -> String {
    let sentence = escape_prose(&describe(change, section, owners));
    let is_breaking = change.compile == Compile::Breaking;
    let mark = if is_breaking { "**Breaking:** " } else { "" };
    let fails = change.wire.old_program == WireEffect::Breaks;
    let warning = match fails && !is_breaking {
        true => " Calls of earlier versions may fail.",
        false => "",
    };
    format!("- {mark}{sentence}.{warning}")
}
