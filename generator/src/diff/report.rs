//! Reports: the changes between two sides, with the verdict and the lines of both documents.

use super::accept::accept_changes;
use super::change::{Change, Snapshot};
use super::compare::compare;
use super::excerpt::{Excerpt, find_excerpts};
use super::surface::Surface;
use super::verdict::{Compile, Verdict};
use crate::config::AcceptedChange;
use crate::diagnostics::Diagnostic;
use crate::source::{Pointer, SourceMap};

/// One side of a comparison: a document with its configuration.
#[derive(Debug)]
pub struct Side {
    /// What users see of the crate, and what goes over the wire.
    pub surface: Surface,
    /// The files of the document.
    pub source: SourceMap,
    /// The changes that the configuration accepts.
    pub accepted: Vec<AcceptedChange>,
    /// The generated files, where the report shows them.
    pub files: Option<crate::render::Files>,
}

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
    /// The nearest lines of the new document, where the item is gone.
    pub nearest: Option<Excerpt>,
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
        Self {
            crates: (name(old), name(new)),
            changes: locate(changes, base, head),
            verdict,
            findings,
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
                change,
            }
        })
        .collect()
}
