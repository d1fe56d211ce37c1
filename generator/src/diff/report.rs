//! Reports: the changes between two sides, with the verdict and the lines of both documents.

use super::accept::accept_changes;
use super::change::{Change, Snapshot};
use super::changed_files::{FileDiff, FileIndex, diff_files};
use super::codes::Code;
use super::compare::compare;
use super::effects::Compile;
use super::excerpt::{Excerpt, find_excerpts};
use super::side::Side;
use super::verdict::Verdict;
use crate::diagnostics::Diagnostic;
use crate::source::Pointer;
use crate::source::text::count_noun;

/// The changes between two sides.
#[derive(Debug)]
pub struct Report {
    /// The crate of each side, as `name version`.
    pub crates: (String, String),
    /// The changes.
    pub changes: Vec<LocatedChange>,
    /// The verdict on them.
    pub verdict: Verdict,
    /// The acceptances of the new configuration that no change needs.
    pub findings: Vec<Diagnostic>,
    /// The generated files that differ, if they were generated.
    pub files: Vec<FileDiff>,
}

/// A change, and the lines that declare its item.
#[derive(Debug)]
pub struct LocatedChange {
    /// The change.
    pub change: Change,
    /// The lines of the old document.
    pub before: Option<Excerpt>,
    /// The lines of the new document.
    pub after: Option<Excerpt>,
    /// The nearest lines of the new document, if the item was removed.
    pub nearest: Option<Excerpt>,
    /// The generated files that it shows in, as indices of [`Report::files`].
    pub files: Vec<usize>,
}

impl LocatedChange {
    /// Whether only prose differs.
    #[must_use]
    pub fn is_prose(&self) -> bool {
        self.change.code == Code::DocsChanged
    }
}

impl Report {
    /// Compares two sides.
    #[must_use]
    pub fn new(base: &Side, head: &Side) -> Self {
        let mut changes = compare(&base.surface, &head.surface);
        let findings = accept_changes(&mut changes, &head.accepted);
        let (old, new) = (&base.surface.package, &head.surface.package);
        let verdict = Verdict::new(&changes, &old.version, &new.version);
        let name = |package: &super::surface::PackageSurface| {
            format!("{} {}", package.name, package.version)
        };
        let mut changes = locate(changes, base, head);
        let files = diff_files(base, head);
        let index = FileIndex::new(&files, base, head);
        for located in &mut changes {
            located.files = index.find(&located.change);
        }
        Self {
            crates: (name(old), name(new)),
            changes,
            verdict,
            findings,
            files,
        }
    }

    /// The number of changes with this effect on code.
    #[must_use]
    pub fn count(&self, compile: Compile) -> usize {
        let changes = self.changes.iter();
        changes
            .filter(|located| located.change.compile == compile)
            .count()
    }

    /// The numbers of changes in words: `2 changes: 1 breaks code, 2 break programs on the wire, 0 accepted`.
    #[must_use]
    pub fn describe_counts(&self) -> String {
        let verb = |count: usize| if count == 1 { "breaks" } else { "break" };
        let Verdict {
            compile_breaking: code,
            wire_breaking: wire,
            accepted,
            ..
        } = self.verdict;
        format!(
            "{}: {code} {} code, {wire} {} programs on the wire, {accepted} accepted",
            count_noun(self.changes.len(), "change"),
            verb(code),
            verb(wire),
        )
    }

    /// The changes by their groups, in order.
    pub fn groups(&self) -> impl Iterator<Item = &[LocatedChange]> {
        self.changes
            .chunk_by(|a, b| a.change.group == b.change.group)
    }
}

fn locate(changes: Vec<Change>, base: &Side, head: &Side) -> Vec<LocatedChange> {
    let pointer = |snapshot: &Option<Snapshot>| snapshot.as_ref().and_then(|s| s.pointer.clone());
    let before: Vec<Option<Pointer>> = changes
        .iter()
        .map(|change| pointer(&change.before))
        .collect();
    let after: Vec<Option<Pointer>> = changes
        .iter()
        .map(|change| pointer(&change.after).or_else(|| pointer(&change.before)))
        .collect();
    let before = find_excerpts(&base.source, &before);
    let after = find_excerpts(&head.source, &after);
    let located = changes.into_iter().zip(before).zip(after);
    located
        .map(|((change, before), found)| {
            let is_there = change.after.is_some();
            LocatedChange {
                before,
                nearest: found.clone(),
                after: found.filter(|_| is_there),
                files: Vec::new(),
                change,
            }
        })
        .collect()
}
