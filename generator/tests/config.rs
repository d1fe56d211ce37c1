//! The configuration: each fixture of `config/` is a file, and its snapshot has the settings and the
//! diagnostics.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::{env, fs};

use sdkwright::config::{Config, read_str, render_json_schema, render_key_reference};
use sdkwright::diagnostics::{Diagnostics, Severity, Style, render};
use sdkwright::ir::RetryRule;
use sdkwright::lower::render_name_reference;

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

/// The schema that editors use accepts each fixture, except for the keys that are unknown.
#[test]
fn the_json_schema_describes_each_configuration() {
    let schema = serde_json::from_str(&render_json_schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let find_unknown = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        let value: serde_json::Value = serde_yaml::from_str(&text).unwrap();
        let errors = validator.iter_errors(&value);
        errors.map(|error| error.to_string()).collect::<Vec<_>>()
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = fs::read_dir(root.join("tests/accept/sdk")).unwrap();
    let fixtures = fixtures.map(|entry| entry.unwrap().path());
    for path in fixtures.chain([root.join("../spec/sdk.yaml")]) {
        assert_eq!(find_unknown(&path), [""; 0], "{}", path.display());
    }
    let found = find_unknown(&root.join("tests/config/everything.yaml")).join("\n");
    assert!(found.contains("'colour'"), "{found}");
    assert!(found.contains("'blocking'"), "{found}");
    assert_eq!(found.lines().count(), 2, "{found}");
}

/// Compares a page of the guide with what is rendered.
fn assert_is_up_to_date(page: &str, rendered: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("guide/src")
        .join(page);
    if env::var_os("INSTA_UPDATE").is_some_and(|mode| mode == "always") {
        fs::write(&path, rendered).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == rendered,
        "`{}` is out of date. Run this test with `INSTA_UPDATE=always`.",
        path.display()
    );
}

#[test]
fn reference_of_names_is_up_to_date() {
    assert_is_up_to_date("names.md", &render_name_reference());
}

#[test]
fn json_schema_of_the_guide_is_up_to_date() {
    assert_is_up_to_date("sdk.schema.json", &render_json_schema());
}

#[test]
fn reference_of_keys_is_up_to_date() {
    assert_is_up_to_date("configuration.md", &render_key_reference());
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
