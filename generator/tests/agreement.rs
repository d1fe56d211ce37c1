//! Verdicts on code agree with the compiler. For each single edit of a fixture document, a program that
//! uses all of the old crate is compiled against the new one. It must fail exactly if the verdict is
//! breaking.

#![expect(clippy::indexing_slicing, clippy::panic)]

#[path = "diff/consumer.rs"]
mod consumer;
#[path = "diff/edits.rs"]
mod edits;
mod generated_workspace;
mod workspace;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use consumer::consumer;
use edits::{Edit, Input};
use sdkwright::config;
use sdkwright::diagnostics::Diagnostics;
use sdkwright::ir::RuntimeSource;
use sdkwright::load::load_str;
use sdkwright::lower::lower;
use sdkwright::output::{Existing, Output};
use sdkwright::plan::plan;
use sdkwright::render::{Files, Templates, render};

/// The files of a crate, and a program that uses all of it.
fn generate(input: &Input) -> (Files, String) {
    let mut diagnostics = Diagnostics::new();
    let document = input.document.to_string();
    let document = load_str("openapi.json", &document, &mut diagnostics).expect("a document");
    let config = input.config.to_string();
    let (mut config, _) =
        config::read_str("sdk.yaml", &config, &mut diagnostics).expect("a configuration");
    // The runtime is the same in all crates, and is compiled once.
    config.target.runtime = RuntimeSource::Dependency;
    let api = lower(&document, &config, &mut diagnostics);
    let plan = plan(&api, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    let files = render(&plan, &Templates::default()).expect("our own templates render");
    (files, consumer(&plan))
}

/// A crate of the workspace: its library with the program as a module of it, so that each edit takes
/// one run of the compiler.
fn member(name: &str, files: Files, program: &str) -> Output {
    let mut output = Output::default();
    for (path, text) in files {
        let text = match path.as_str() {
            "Cargo.toml" => generated_workspace::deny_warnings(&path, manifest(name, &text)),
            "src/lib.rs" => format!("{text}\n#[allow(warnings)]\nmod consumer;\n"),
            path if path.starts_with("src/") => text,
            _ => continue,
        };
        output.insert(path, text);
    }
    output.insert("src/consumer.rs".to_owned(), program.to_owned());
    output
}

/// The manifest of a library without tests and examples, with this package name.
fn manifest(name: &str, text: &str) -> String {
    let end = text
        .find("\n[dev-dependencies]")
        .expect("dependencies of tests");
    let name = format!("name = \"{name}\"");
    let lines = text[..end].lines().map(|line| match line {
        line if line.starts_with("name = ") => name.as_str(),
        line if line.starts_with("readme = ") => "",
        line => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The name of a package and its features, which a manifest of a user names.
fn dependency(files: &Files) -> (String, Vec<String>) {
    let manifest = &files["Cargo.toml"];
    let name = manifest
        .lines()
        .find(|line| line.starts_with("name = "))
        .expect("a name");
    let features = manifest.split("\n[features]").nth(1).expect("features");
    let features = features.split("\n[").next().unwrap_or_default().lines();
    let features = features
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.trim().to_owned());
    (name.to_owned(), features.collect())
}

/// Whether a manifest that names the old package and all its features resolves with the new one.
fn resolves(base: &Files, head: &Files) -> bool {
    let ((old_name, old), (new_name, new)) = (dependency(base), dependency(head));
    old_name == new_name && old.iter().all(|feature| new.contains(feature))
}

#[test]
fn programs_compile_exactly_if_the_verdict_says_so() {
    let root = workspace::root().join("target/agreement");
    let crates = root.join("crates");
    let _ = fs::remove_dir_all(&crates);
    fs::create_dir_all(&crates).expect("a folder");
    let mut expected = BTreeMap::new();
    let mut unresolved = Vec::new();
    let add = |name: &str, files: Files, program: &str| {
        let output = member(name, files, program);
        output
            .write(&crates.join(name), Existing::Replace)
            .expect("a crate");
    };
    let edits = Edit::all();
    for (unedited, input, is_of_events) in [
        ("unedited", Input::shop(), false),
        ("unedited-events", Input::events(), true),
    ] {
        let (base, program) = generate(&input);
        expected.insert(unedited.to_owned(), false);
        add(unedited, base.clone(), &program);
        for edit in edits
            .iter()
            .filter(|edit| edit.is_of_events == is_of_events)
        {
            let (files, _) = generate(&edit.apply(&input));
            if !resolves(&base, &files) {
                unresolved.push(edit.name.clone());
            }
            let breaks = edit.verdict().starts_with("breaking");
            expected.insert(edit.name.clone(), breaks);
            // Former names that are aliases warn: the same program fails if warnings are errors.
            if edit.has_aliases() && !breaks {
                let strict = program.replacen("#![allow(warnings)]", "#![deny(deprecated)]", 1);
                let name = format!("{}-strict", edit.name);
                expected.insert(name.clone(), true);
                add(&name, files.clone(), &strict);
            }
            add(&edit.name, files, &program);
        }
    }
    let failures = check(&root);
    // `cargo xtask semver-checks` holds these against the verdicts of another tool.
    let verdicts = edits.iter().filter(|edit| !edit.is_of_events).map(|edit| {
        let is_breaking = edit.verdict().starts_with("breaking");
        let verdict = if is_breaking {
            "breaking"
        } else {
            "compatible"
        };
        format!("{} {verdict}\n", edit.name)
    });
    fs::write(root.join("verdicts.txt"), verdicts.collect::<String>()).expect("the verdicts");
    let mut wrong = Vec::new();
    for (name, breaks) in expected {
        let errors = failures.get(&name);
        let fails = errors.is_some() || unresolved.contains(&name);
        if fails != breaks {
            let first = errors.and_then(|errors| errors.first());
            wrong.push(format!("{name}: said to break: {breaks}, {first:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n{} wrong",
        wrong.join("\n"),
        wrong.len()
    );
}

/// Compiles all packages. Returns the errors in the programs, by package.
fn check(root: &Path) -> BTreeMap<String, Vec<String>> {
    generated_workspace::write(root, &["crates/*"]);
    let output = workspace::cargo(root)
        .args([
            "check",
            "--workspace",
            "--lib",
            "--keep-going",
            "--message-format=json",
            "--quiet",
        ])
        .output()
        .expect("cargo runs");
    let mut failures: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut others = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: serde_json::Value = serde_json::from_str(line).expect("JSON of cargo");
        if message["message"]["level"] != "error" {
            continue;
        }
        let text = message["message"]["rendered"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let spans = message["message"]["spans"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let is_program = |span: &serde_json::Value| {
            span["file_name"]
                .as_str()
                .is_some_and(|name| name.ends_with("consumer.rs"))
        };
        let name = message["target"]["name"]
            .as_str()
            .unwrap_or_default()
            .replace('_', "-");
        if spans.iter().any(is_program) {
            failures.entry(name).or_default().push(text);
        } else if !spans.is_empty() {
            others.push(format!("{name}: {text}"));
        }
    }
    assert!(
        others.is_empty(),
        "a crate does not compile by itself: {}",
        others.join("\n")
    );
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!failures.is_empty(), "no program fails: {errors}");
    failures
}
