//! Samples of READMEs, front pages and examples have the layout of rustfmt.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use sdkwright::config::{self, Config};
use sdkwright::diagnostics::Diagnostics;
use sdkwright::load::load_str;
use sdkwright::lower::lower;
use sdkwright::plan::plan;
use sdkwright::render::{Files, Templates, render};
use serde_json::json;

/// Generates the crate of a fixture.
fn generate(path: &Path) -> Files {
    let mut diagnostics = Diagnostics::new();
    let text = fs::read_to_string(path).unwrap();
    let document = load_str("api.yaml", &text, &mut diagnostics).unwrap();
    let settings = path.with_file_name("sdk").join(path.file_name().unwrap());
    let config = match fs::read_to_string(settings) {
        Ok(text) => {
            let config = config::read_str("sdk.yaml", &text, &mut diagnostics);
            config.unwrap().0
        }
        Err(_) => Config::default(),
    };
    let api = lower(&document, &config, &mut diagnostics);
    let plan = plan(&api, &mut diagnostics);
    render(&plan, &Templates::default()).unwrap()
}

/// Returns the Rust code blocks of Markdown.
fn blocks(markdown: &str) -> Vec<String> {
    let (mut blocks, mut block): (Vec<String>, Option<String>) = (Vec::new(), None);
    for line in markdown.lines() {
        match (line.strip_prefix("```"), &mut block) {
            (Some(_), Some(_)) => blocks.extend(block.take()),
            (Some(language), None) => {
                block = Some(String::new());
                if !matches!(language, "rust" | "no_run" | "rust,no_run" | "") {
                    block = Some("//".to_owned());
                }
            }
            (None, Some(block)) => *block += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    blocks.retain(|block| !block.starts_with("//"));
    blocks
}

/// Returns the module docs of a Rust file as Markdown. Fences that depend on a feature are Rust.
fn module_docs(rust: &str) -> String {
    let lines = rust
        .lines()
        .filter_map(|line| match line.strip_prefix("//!") {
            Some(text) => Some(text.strip_prefix(' ').unwrap_or(text)),
            None if line.contains("not(feature") => None,
            None => line.contains("```no_run").then_some("```no_run"),
        });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns a block as a file: without hidden lines, and statements as the body of a function.
fn file(block: &str) -> String {
    let shown = block
        .lines()
        .filter(|line| *line != "#" && !line.starts_with("# "));
    if shown
        .clone()
        .any(|line| line.contains("fn ") || line.starts_with("pub "))
    {
        return shown.map(|line| format!("{line}\n")).collect();
    }
    let body = shown.map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("    {line}\n"),
    });
    format!("async fn sample() {{\n{}}}\n", body.collect::<String>())
}

#[test]
fn samples_have_the_layout_of_rustfmt() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accept");
    let mut texts = BTreeSet::new();
    for entry in fs::read_dir(fixtures).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "yaml") {
            continue;
        }
        let files = generate(&path);
        let docs = module_docs(&files["src/lib.rs"]);
        let samples = [&files["README.md"], &docs];
        texts.extend(
            samples
                .iter()
                .flat_map(|text| blocks(text))
                .map(|text| file(&text)),
        );
        let examples = files
            .iter()
            .filter(|(name, _)| name.starts_with("examples/"));
        texts.extend(examples.map(|(_, text)| text.clone()));
    }
    assert!(texts.len() > 100, "{}", texts.len());
    let folder = tempfile::tempdir().unwrap();
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--check", "--edition", "2024"]);
    for (index, text) in texts.iter().enumerate() {
        let path = folder.path().join(format!("sample_{index}.rs"));
        fs::write(&path, text).unwrap();
        rustfmt.arg(path);
    }
    let output = rustfmt.output().expect("rustfmt runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn samples_fit_the_narrowest_limits() {
    const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Limits, version: '1' }
paths:
  /items:
    get:
      parameters:
        - { name: level, in: query, schema: { allOf: [{ type: integer, minimum: 5 }, { type: integer, minimum: 10, maximum: 90 }] } }
        - { name: rank, in: query, schema: { allOf: [{ type: integer, minimum: 10 }, { type: integer, minimum: 5 }] } }
        - { name: colors, in: query, schema: { type: array, minItems: 2, items: { type: string } } }
      responses: { '204': { description: Done. } }
";
    let mut diagnostics = Diagnostics::new();
    let document = load_str("api.yaml", DOCUMENT, &mut diagnostics).unwrap();
    let api = lower(&document, &Config::default(), &mut diagnostics);
    let params = api
        .operations
        .iter()
        .flat_map(|operation| &operation.params);
    let samples: Vec<_> = params
        .map(|param| (param.wire.as_str(), param.sample.clone().unwrap()))
        .collect();
    assert_eq!(
        samples,
        [
            ("level", json!(10)),
            ("rank", json!(10)),
            ("colors", json!(["#336699", "#336699"])),
        ]
    );
}
