//! The features that parts of a crate are compiled with.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use sdkwright::config::Config;
use sdkwright::diagnostics::Diagnostics;
use sdkwright::load::load_str;
use sdkwright::lower::lower;
use sdkwright::plan::plan;
use sdkwright::render::{Files, Templates, render};

fn generate(text: &str) -> Files {
    let mut diagnostics = Diagnostics::new();
    let document = load_str("api.yaml", text, &mut diagnostics).expect("a document");
    let api = lower(&document, &Config::default(), &mut diagnostics);
    let plan = plan(&api, &mut diagnostics);
    render(&plan, &Templates::default()).expect("our own templates render")
}

fn fixture() -> Files {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accept/features_of_resources.yaml");
    generate(&fs::read_to_string(path).expect("a fixture can be read"))
}

/// Returns the modules of a file, each with its condition.
fn modules(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let modules = lines.iter().enumerate().filter_map(|(index, line)| {
        let name = line
            .trim_start_matches("pub(crate) ")
            .strip_prefix("mod ")?;
        let name = name.strip_suffix(';')?;
        let before = index.checked_sub(1).and_then(|before| lines.get(before));
        let condition = before.and_then(|line| line.strip_prefix("#[cfg(")?.strip_suffix(")]"));
        Some(format!("{name}: {}", condition.unwrap_or("always")))
    });
    modules.collect()
}

#[test]
fn each_feature_has_the_types_that_its_resource_reaches() {
    let files = fixture();
    let mut text = String::new();
    for file in [
        "src/types.rs",
        "src/resources.rs",
        "tests/types/main.rs",
        "tests/wire/main.rs",
    ] {
        text.push_str(&format!(
            "{file}\n  {}\n",
            modules(&files[file]).join("\n  ")
        ));
    }
    let manifest = &files["Cargo.toml"];
    let from = manifest
        .find("# One feature per resource")
        .expect("features of resources");
    let to = manifest.find("\n[dependencies]").expect("dependencies");
    text.push_str(&manifest[from..to]);
    insta::assert_snapshot!(text);
}

/// No resource takes the name of a feature that every crate has.
#[test]
fn the_features_of_the_runtime_are_kept() {
    let manifest = include_str!("../../templates/runtime/Cargo.toml");
    let features = manifest
        .split("[features]")
        .nth(1)
        .and_then(|rest| rest.split("[dependencies]").next());
    let names: BTreeSet<&str> = features
        .expect("the features of the runtime")
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split(" =").next())
        .collect();
    assert!(names.contains("client") && names.len() > 4, "{names:?}");
    // The generator chooses the library of dates for a crate, which has no features of these names.
    let of_generator = ["default", "jiff", "time"];
    for name in names
        .into_iter()
        .filter(|name| !of_generator.contains(name))
    {
        let files = generate(&two(name));
        let (manifest, theirs) = (&files["Cargo.toml"], format!("\n{name}-resource = []\n"));
        assert!(manifest.contains(&theirs), "{name}: {manifest}");
    }
}

/// A document with a resource of this name and another resource.
fn two(name: &str) -> String {
    let operation = |tag: &str| {
        format!(
            "  /{tag}:\n    get:\n      tags: ['{tag}']\n      responses: {{ '204': {{ description: Done. }} }}\n"
        )
    };
    let (one, other) = (operation(name), operation("other things"));
    format!("openapi: 3.0.0\ninfo: {{ title: Two, version: '1' }}\npaths:\n{one}{other}")
}

#[test]
fn a_single_resource_has_no_feature() {
    let files = generate(
        "openapi: 3.0.0\ninfo: { title: One, version: '1' }\npaths:\n  /a:\n    get: { tags: [a], responses: { '204': { description: Done. } } }\n",
    );
    assert!(
        files["Cargo.toml"]
            .contains("default = [\"client\", \"rustls\", \"serde\", \"resources\"]")
    );
    assert!(files["Cargo.toml"].contains("\nresources = []\n"));
    assert_eq!(modules(&files["src/resources.rs"]), ["a: always"]);
}

/// crates.io allows 300 features.
#[test]
fn too_many_resources_have_no_features() {
    let mut text = String::from("openapi: 3.0.0\ninfo: { title: Many, version: '1' }\npaths:\n");
    for number in 0..260 {
        text.push_str(&format!("  /a{number}:\n    get: {{ tags: [a{number}], responses: {{ '204': {{ description: Done. }} }} }}\n"));
    }
    let files = generate(&text);
    assert!(files["Cargo.toml"].contains("more resources than a crate can have features"));
    assert!(!files["src/resources.rs"].contains("cfg"));
}

#[test]
fn examples_use_no_deprecated_items() {
    let files = generate(
        "openapi: 3.0.0\ninfo: { title: Old, version: '1' }\npaths:\n  /old:\n    post: { tags: [old], deprecated: true, requestBody: { content: { application/json: { schema: { type: string } } } }, responses: { '204': { description: Done. } } }\n  /fresh:\n    get: { tags: [fresh], responses: { '204': { description: Done. } } }\n",
    );
    let mut examples = files
        .iter()
        .filter(|(path, _)| path.starts_with("examples/"));
    let (_, example) = examples.next().expect("an example");
    assert!(example.contains(".fresh()"), "{example}");
}
