//! Each fixture of `config/` is a configuration that is read: what is made of
//! it, and what is said about it, is a snapshot.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use sdkwright::config::{Config, read_str};
use sdkwright::diagnostics::{Diagnostics, Severity, Style, render};
use sdkwright::ir::RetryRule;

fn read(name: &str, text: &str) -> (Config, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let read = read_str(name, text, &mut diagnostics);
    (read.expect("it is a mapping").0, diagnostics)
}

#[test]
fn each_configuration_is_read() {
    insta::glob!("config/*.yaml", |path| {
        let name = path.file_name().unwrap().to_string_lossy();
        let (config, diagnostics) = read(&name, &fs::read_to_string(path).unwrap());
        assert_eq!(diagnostics.count(Severity::Error), 0);
        let findings = render(&diagnostics, Style::Plain);
        insta::assert_snapshot!(format!("{findings}\n{config:#?}"));
    });
}

#[test]
fn an_empty_file_says_nothing() {
    for text in ["", "# Nothing yet.\n", "{}"] {
        let (config, diagnostics) = read("sdk.yaml", text);
        assert!(diagnostics.is_empty(), "{text}");
        assert!(config.resources.is_empty());
    }
}

/// A configuration that was written for Stainless keeps the retries of Stainless's SDKs, unless it says
/// otherwise.
#[test]
fn the_rule_of_retries_follows_from_where_a_configuration_comes_from() {
    let rule = |name: &str, text: &str| read(name, text).0.target.retry_rule;
    let stainless = Some(RetryRule::Stainless);
    assert_eq!(rule("sdk.yaml", "organization: { name: a }"), None);
    assert_eq!(rule("sdk.yaml", "targets: { rust: {} }"), None);
    assert_eq!(
        rule("some/stainless.yml", "organization: { name: a }"),
        stainless
    );
    assert_eq!(rule("sdk.yaml", "edition: 2026-01-01"), stainless);
    assert_eq!(rule("sdk.yaml", "targets: { typescript: {} }"), stainless);
    let wish = |word: &str| format!("targets: {{ rust: {{ options: {{ retries: {word} }} }} }}");
    assert_eq!(rule("sdk.yaml", &wish("stainless")), stainless);
    let rfc = rule("stainless.yml", &wish("rfc9110"));
    assert_eq!(rfc, Some(RetryRule::Rfc9110));
    let (_, diagnostics) = read("sdk.yaml", &wish("never"));
    assert_eq!(diagnostics.iter().count(), 1);
}
