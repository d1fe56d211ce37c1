//! Changes between two documents: their codes, their verdicts, and what is no change.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "diff/edits.rs"]
mod edits;

use edits::{Edit, Input};
use sdkwright::config;
use sdkwright::diagnostics::Diagnostics;
use sdkwright::diff::surface::extract;
use sdkwright::diff::{Compile, Report, Side, WireEffect};
use sdkwright::load::load_str;
use sdkwright::lower::lower;
use sdkwright::plan::plan;

/// The side of a document and its configuration, each as text.
fn side(document: &str, config: &str) -> Side {
    let mut diagnostics = Diagnostics::new();
    let name = if document.starts_with('{') {
        "openapi.json"
    } else {
        "openapi.yaml"
    };
    let document = load_str(name, document, &mut diagnostics).expect("a document");
    let (config, _) =
        config::read_str("sdk.yaml", config, &mut diagnostics).expect("a configuration");
    let api = lower(&document, &config, &mut diagnostics);
    let plan = plan(&api, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    Side {
        surface: extract(&plan),
        source: document.source.clone(),
        accepted: config.accepted_changes,
        files: None,
    }
}

fn side_of(input: &Input) -> Side {
    side(&input.document.to_string(), &input.config.to_string())
}

/// The verdicts on all changes, as the expectation writes them.
fn verdict(report: &Report) -> String {
    let changes = || report.changes.iter().map(|located| &located.change);
    let compile = changes().map(|change| change.compile).max();
    let old = changes().map(|change| change.wire.old_program).max();
    let new = changes().map(|change| change.wire.new_program).max();
    format!(
        "{} {} {}",
        compile.unwrap_or(Compile::Unchanged).as_str(),
        old.unwrap_or(WireEffect::Works).as_str(),
        new.unwrap_or(WireEffect::Works).as_str()
    )
}

fn codes(report: &Report) -> Vec<&str> {
    let changes = report.changes.iter();
    let mut codes: Vec<&str> = changes
        .map(|located| located.change.code.as_str())
        .collect();
    codes.sort_unstable();
    codes
}

#[test]
fn single_edits_have_their_codes_and_verdicts() {
    let shop = Input::shop();
    let base = side_of(&shop);
    let edits = Edit::all();
    assert!(edits.len() >= 80, "{}", edits.len());
    let mut wrong = Vec::new();
    for edit in &edits {
        let head = side_of(&edit.apply(&shop));
        let report = Report::new(&base, &head);
        let (codes, verdict) = (codes(&report), verdict(&report));
        if codes != edit.codes() || verdict != edit.verdict() {
            wrong.push(format!(
                "{}\n  found    {codes:?} {verdict}\n  expected {:?} {}",
                edit.name,
                edit.codes(),
                edit.verdict()
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n{} wrong",
        wrong.join("\n"),
        wrong.len()
    );
}

#[test]
fn a_document_does_not_differ_from_itself() {
    let shop = Input::shop();
    let report = Report::new(&side_of(&shop), &side_of(&shop));
    assert_eq!(codes(&report), [""; 0]);
}
