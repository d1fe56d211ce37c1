//! The two sides of a comparison, and the report of their differences.

use std::thread;

use super::{Failure, Options, Revision, Run, STACK_BYTES};
use crate::diagnostics::{Diagnostics, Origin};
use crate::diff::surface::extract;
use crate::diff::{Report, Side};
use crate::render::{Templates, render};

/// The input of a side.
#[derive(Debug)]
pub struct SideOptions {
    /// The document and its configuration.
    pub options: Options,
    /// The common revision of both, or `None` for files on disk.
    pub revision: Option<Revision>,
    /// Whether to generate the files of the crate too.
    pub with_files: bool,
}

/// A side, with the diagnostics about its input.
#[derive(Debug)]
pub struct ReadSide {
    /// The side.
    pub side: Side,
    /// Diagnostics about the input, without errors.
    pub diagnostics: Diagnostics,
}

impl SideOptions {
    /// Returns the options of a side on disk or at a revision.
    #[must_use]
    pub fn new(options: Options, revision: Option<Revision>) -> Self {
        Self {
            options,
            revision,
            with_files: false,
        }
    }

    /// Renames the files of a revision to the names that users know.
    fn show_names(&self, diagnostics: &mut Diagnostics) {
        let Some(revision) = &self.revision else {
            return;
        };
        for origin in [Origin::Document, Origin::Config] {
            if let Some(source) = diagnostics.source(origin).cloned() {
                let source = source.with_names(|name| revision.shown_name(name));
                diagnostics.set_source(origin, source);
            }
        }
    }
}

/// Reads a side: the document, its model and its plan. Keeps only the parts that the comparison needs.
///
/// # Errors
///
/// As [`generate`](super::generate).
pub fn read_side(side: &SideOptions) -> Result<ReadSide, Failure> {
    let mut run = Run::new(side.options.strictness);
    let loaded = run.load(&side.options);
    side.show_names(&mut run.diagnostics);
    let Some((config, document)) = loaded else {
        return Err(Failure::Input(run.diagnostics));
    };
    let api = run.lower(&side.options, &document, &config);
    let source = run.diagnostics.source(Origin::Document).cloned();
    let source = source.unwrap_or_else(|| document.source.clone());
    drop(document);
    let plan = run.plan(&side.options, &api);
    run.diagnostics.accept(&config.ignored);
    if run.diagnostics.has_errors() {
        return Err(Failure::Input(run.diagnostics));
    }
    let files = side
        .with_files
        .then(|| render(&plan, &Templates::default()));
    Ok(ReadSide {
        side: Side {
            surface: extract(&plan),
            source,
            accepted: config.accepted_changes,
            files: files.transpose().map_err(Failure::Render)?,
        },
        diagnostics: run.diagnostics,
    })
}

/// Reads two sides, each in its own thread, and compares them. The diagnostics concern the new
/// configuration, including acceptances that it does not need.
///
/// # Errors
///
/// The failure of the new side, or else that of the old one.
pub fn compare_sides(
    base: &SideOptions,
    head: &SideOptions,
) -> Result<(Report, Diagnostics), Failure> {
    let compared = read_sides(base, head)?;
    Ok((compared.report, compared.diagnostics))
}

/// Two sides with their comparison.
#[derive(Debug)]
pub(super) struct ComparedSides {
    pub(super) base: Side,
    pub(super) head: Side,
    pub(super) report: Report,
    /// Diagnostics about the new configuration.
    pub(super) diagnostics: Diagnostics,
}

/// Reads two sides, each in its own thread, and compares them.
pub(super) fn read_sides(base: &SideOptions, head: &SideOptions) -> Result<ComparedSides, Failure> {
    let (base, head) = thread::scope(|scope| {
        let spawn = |side| {
            let large = thread::Builder::new().stack_size(STACK_BYTES);
            (large.spawn_scoped(scope, move || read_side(side)), side)
        };
        let join =
            |(handle, side): (std::io::Result<thread::ScopedJoinHandle<'_, _>>, _)| match handle {
                Ok(handle) => handle
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                Err(_) => read_side(side),
            };
        let (old, new) = (spawn(base), spawn(head));
        (join(old), join(new))
    });
    let ReadSide {
        side: head,
        diagnostics: found,
    } = head?;
    let base = base?.side;
    let report = Report::new(&base, &head);
    let mut diagnostics = Diagnostics::new();
    if let Some(source) = found.source(Origin::Config) {
        diagnostics.set_source(Origin::Config, source.clone());
    }
    diagnostics.extend(report.findings.iter().cloned());
    Ok(ComparedSides {
        base,
        head,
        report,
        diagnostics,
    })
}
