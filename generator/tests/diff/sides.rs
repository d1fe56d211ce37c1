//! Sides made of texts, and reports in short.

use sdkwright::config;
use sdkwright::diagnostics::Diagnostics;
use sdkwright::diff::surface::extract;
use sdkwright::diff::{Compile, Report, Side, WireEffect};
use sdkwright::load::load_str;
use sdkwright::lower::lower;
use sdkwright::plan::plan;

use super::edits::Input;

/// The side of a document and its configuration, each as text.
pub(crate) fn side(document: &str, config: &str) -> Side {
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

pub(crate) fn side_of(input: &Input) -> Side {
    side(&input.document.to_string(), &input.config.to_string())
}

/// The verdicts on all changes, as the expectation writes them.
pub(crate) fn verdict(report: &Report) -> String {
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

pub(crate) fn codes(report: &Report) -> Vec<&str> {
    let changes = report.changes.iter();
    let mut codes: Vec<&str> = changes
        .map(|located| located.change.code.as_str())
        .collect();
    codes.sort_unstable();
    codes
}
