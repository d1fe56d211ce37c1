//! The configuration of a document: what inference decides, written down and checked.

use super::{Failure, Options, Phase, Run};
use crate::config::{self, Config};
use crate::diagnostics::Diagnostics;
use crate::init::{Section, write_config};
use crate::load::{Document, Location};
use crate::lower::lower;
use crate::plan::plan;
use crate::render::{Files, Templates, render};
use crate::sync::set_sha256;

/// A configuration, and what there is to say about it.
#[derive(Debug)]
pub struct InitialConfig {
    /// The text of `sdk.yaml`.
    pub text: String,
    /// The sections that are left to inference, because the crate would differ with them.
    pub left_out: Vec<Section>,
    /// Whether a crate that is generated with the text is the same as without it.
    pub is_same: bool,
    /// Warnings about the document.
    pub diagnostics: Diagnostics,
}

/// Writes the configuration of a document, and generates with it to see that the crate is the same.
///
/// A section that changes the crate is left out.
///
/// # Errors
///
/// As [`generate`](super::generate).
pub fn init(options: &Options) -> Result<InitialConfig, Failure> {
    super::with_large_stack(|| run(options))
}

fn run(options: &Options) -> Result<InitialConfig, Failure> {
    let mut run = Run::new(options.strictness);
    let Some((config, document)) = run.load(options) else {
        return Err(Failure::Input(run.diagnostics));
    };
    let api = run.lower(options, &document, &config);
    let plan = run.plan(options, &api);
    if run.diagnostics.has_errors() {
        return Err(Failure::Input(run.diagnostics));
    }
    options.progress.start(Phase::Render);
    let wanted = render(&plan, &Templates::default()).map_err(Failure::Render)?;
    let name = Location::parse(&options.spec).title();
    let write = |left_out: &[Section]| {
        let text = write_config(&name, &api, &plan, left_out);
        let sha256 = document.sha256.as_ref();
        let with_hash = sha256.and_then(|sha256| set_sha256(&text, sha256));
        with_hash.unwrap_or(text)
    };
    let is_same = |text: &str| files(&document, text).is_some_and(|files| files == wanted);
    let left_out = find_left_out(|left_out| is_same(&write(left_out)));
    let is_found = left_out.is_some();
    let left_out = left_out.unwrap_or_default();
    Ok(InitialConfig {
        text: write(&left_out),
        left_out,
        is_same: is_found,
        diagnostics: run.diagnostics,
    })
}

/// Returns the fewest sections that have to be left out: none, one, or all of the first few.
fn find_left_out(is_same: impl Fn(&[Section]) -> bool) -> Option<Vec<Section>> {
    let single = Section::ALL.iter().map(|section| vec![*section]);
    let several =
        (2..=Section::ALL.len()).filter_map(|count| Some(Section::ALL.get(..count)?.to_vec()));
    let mut choices = [Vec::new()].into_iter().chain(single).chain(several);
    choices.find(|left_out| is_same(left_out))
}

/// Returns the files of a crate with a configuration, or `None` if it is not fit for one.
fn files(document: &Document, text: &str) -> Option<Files> {
    let mut diagnostics = Diagnostics::new();
    let (config, _): (Config, _) = config::read_str("sdk.yaml", text, &mut diagnostics)?;
    let api = lower(document, &config, &mut diagnostics);
    let plan = plan(&api, &mut diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    render(&plan, &Templates::default()).ok()
}
