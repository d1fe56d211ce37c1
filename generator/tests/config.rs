//! The configuration: each fixture of `config/` is a file, and its snapshot has the settings and the
//! diagnostics.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::path::Path;
use std::{env, fs};

use sdkwright::config::{Config, read_str, render_key_reference};
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
fn an_empty_file_is_the_default() {
    for text in ["", "# Nothing yet.\n", "{}"] {
        let (config, diagnostics) = read("sdk.yaml", text);
        assert!(diagnostics.is_empty(), "{text}");
        assert!(config.resources.is_empty());
    }
}

/// A configuration that was written for Stainless keeps the retries of Stainless's SDKs by default.
#[test]
fn stainless_configurations_keep_stainless_retries() {
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
    let retries = |word: &str| format!("targets: {{ rust: {{ options: {{ retries: {word} }} }} }}");
    assert_eq!(rule("sdk.yaml", &retries("stainless")), stainless);
    let rfc = rule("stainless.yml", &retries("rfc9110"));
    assert_eq!(rfc, Some(RetryRule::Rfc9110));
    let (_, diagnostics) = read("sdk.yaml", &retries("never"));
    assert_eq!(diagnostics.iter().count(), 1);
}

#[test]
fn reference_of_keys_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("guide/src/configuration.md");
    let reference = render_key_reference();
    if env::var_os("INSTA_UPDATE").is_some_and(|mode| mode == "always") {
        fs::write(&path, &reference).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == reference,
        "`{}` is out of date. Run this test with `INSTA_UPDATE=always`.",
        path.display()
    );
}

/// Lists that do not name Rust apply as they do to another language.
#[test]
fn another_language_can_replace_rust() {
    let includes = |entry: &str, like| {
        let text = format!("resources: {{a: {{methods: {{b: {{endpoint: get /b, {entry}}}}}}}}}");
        let (config, _) = read("sdk.yaml", &text);
        config.resources["a"].methods["b"].filter.includes(like)
    };
    for (entry, alone, like_go) in [
        ("only: [python]", false, false),
        ("only: [go, java]", false, true),
        ("only: [rust]", true, true),
        ("skip: [go]", true, false),
        ("skip: [rust]", false, false),
        ("skip: true", false, false),
        ("skip: [python]", true, true),
    ] {
        assert_eq!(includes(entry, None), alone, "{entry}");
        assert_eq!(includes(entry, Some("go")), like_go, "{entry}");
    }
}

/// Unknown keys are warnings, and errors in a strict run.
#[test]
fn an_unknown_key_is_a_warning_with_the_nearest_key() {
    let text = "client_settings: {opts: {key: {nulable: true, format: uri}}}";
    let (_, diagnostics) = read("stainless.yml", text);
    let found: Vec<_> = diagnostics.iter().collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].severity, Severity::Warning);
    let help = found[0].help.as_deref().unwrap_or_default();
    assert!(help.contains("`nullable`"), "{help}");
    let mut strict = Diagnostics::strict();
    let _ = read_str("stainless.yml", text, &mut strict);
    assert!(strict.has_errors());
}
