//! Rust in the guide: a crate with all blocks, and the crate of the API that they call.
//!
//! A block is a program, tests, or statements. Statements run as the body of a test that has a
//! `client` of the API, and the `mock` that responds to it. With `no_run`, they are only compiled.
//! Lines that start with `# ` are hidden in the guide, as in mdBook.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output as Ran;

use sdkwright::config;
use sdkwright::diagnostics::Diagnostics;
use sdkwright::load::load_str;
use sdkwright::lower::lower;
use sdkwright::output::{Existing, Output};
use sdkwright::plan::plan;
use sdkwright::render::{Files, Templates, render};

use crate::blocks::{Block, blocks};
use crate::{bookshop, generated_workspace, guide, workspace};

/// The crate of the API, and the package of the samples.
const CRATE: &str = "bookshop-sdk";
const SAMPLES: &str = "guide-samples";

/// The responses of the API.
const SHOP: &str = include_str!("shop.rs");

/// The manifest of the samples. The features are those that any sample needs.
const MANIFEST: &str = r#"[package]
name = "guide-samples"
edition = "2024"
publish = false

[dependencies]
axum = "0.8"
bookshop-sdk = { path = "../bookshop-sdk", features = ["blocking", "fs", "mock", "tower", "webhook"] }
futures-util = { version = "0.3", default-features = false }
http = "1"
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
tower-service = "0.3"

[lints.rust]
warnings = "deny"
dead_code = "allow"
unused_variables = "allow"
"#;

/// The crate of `guide/bookshop`.
pub(crate) struct Bookshop(Files);

impl Bookshop {
    /// Generates the crate.
    pub(crate) fn generate() -> Self {
        let read = |path: PathBuf| fs::read_to_string(path).expect("a file of the guide");
        let mut diagnostics = Diagnostics::new();
        let text = read(bookshop());
        let document = load_str("openapi.yaml", &text, &mut diagnostics).expect("a document");
        let text = read(guide().join("bookshop/sdk.yaml"));
        let config = config::read_str("sdk.yaml", &text, &mut diagnostics);
        let (config, _) = config.expect("a configuration");
        let api = lower(&document, &config, &mut diagnostics);
        let plan = plan(&api, &mut diagnostics);
        Self(render(&plan, &Templates::default()).expect("our own templates render"))
    }

    /// Returns whether the crate has a feature.
    pub(crate) fn has_feature(&self, name: &str) -> bool {
        let manifest: toml::Table = toml::from_str(&self.0["Cargo.toml"]).expect("a manifest");
        manifest["features"].get(name).is_some()
    }

    /// Writes the crate, with the files that the guide adds to it.
    fn write(self, folder: &Path, added: &[&Block]) {
        let mut output = Output::default();
        for (file, text) in self.0 {
            let text = generated_workspace::deny_warnings(&file, text);
            output.insert(file, text);
        }
        output.write(folder, Existing::Replace).expect("a crate");
        for block in added {
            let path = folder.join(block.file().unwrap_or_default());
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            // An unchanged file is not compiled again.
            if fs::read_to_string(&path).is_ok_and(|text| text == block.text) {
                continue;
            }
            fs::write(path, &block.text).expect("a file of the crate");
        }
    }
}

/// Returns the code of a block, as a module of the samples.
fn module(block: &Block) -> String {
    let lines = block.text.lines().map(|line| match line {
        "#" => "",
        line => line.strip_prefix("# ").unwrap_or(line),
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let is_whole = ["fn main()", "#[test]", "#[tokio::test]"];
    if is_whole.iter().any(|part| text.contains(part)) {
        return text;
    }
    let (head, open) = match block.has("no_run") {
        true => ("async fn compiles", "let client = crate::shop::open().0;"),
        false => (
            "#[tokio::test]\nasync fn runs",
            "let (client, mock) = crate::shop::open();",
        ),
    };
    format!(
        "{head}() -> Result<(), Box<dyn std::error::Error>> {{\n{open}\n{text}\n#[allow(unreachable_code)]\nOk(())\n}}"
    )
}

/// Writes the samples. The name of a module is that of its page and its line.
fn write_samples(folder: &Path, blocks: &[&Block]) {
    let mut pages: BTreeMap<String, String> = BTreeMap::new();
    for block in blocks {
        let page = block.page.trim_end_matches(".md").replace('-', "_");
        let line = block.line;
        let text = pages.entry(page).or_default();
        writeln!(text, "mod line_{line} {{\n{}\n}}\n", module(block)).expect("a text");
    }
    let names: Vec<_> = pages.keys().map(|page| format!("mod {page};\n")).collect();
    let mut output = Output::default();
    output.insert("Cargo.toml", MANIFEST.to_owned());
    output.insert("src/shop.rs", SHOP.to_owned());
    output.insert(
        "src/lib.rs",
        format!("//! Samples.\n#![cfg(test)]\nmod shop;\n{}", names.concat()),
    );
    for (page, text) in pages {
        output.insert(format!("src/{page}.rs"), text);
    }
    output.write(folder, Existing::Replace).expect("a package");
}

/// Writes the workspace, and runs the samples.
fn run(root: &Path, blocks: &[Block]) -> Ran {
    let (added, samples): (Vec<_>, Vec<_>) = blocks.iter().partition(|block| {
        let file = block.file();
        file.is_some_and(|file| file != "src/main.rs")
    });
    Bookshop::generate().write(&root.join(CRATE), &added);
    write_samples(&root.join(SAMPLES), &samples);
    let shared = generated_workspace::write(root, &[CRATE, SAMPLES]);
    let packages = [SAMPLES].into_iter().chain(shared);
    workspace::cargo(root)
        .args(["test", "--lib"])
        .args(packages.flat_map(|package| ["--package", package]))
        .output()
        .expect("cargo runs")
}

#[test]
fn samples_compile_and_run() {
    let blocks = blocks("rust");
    assert!(blocks.len() > 25, "{}", blocks.len());
    let ran = run(&workspace::root().join("target/guide"), &blocks);
    let output = String::from_utf8_lossy(&ran.stdout);
    let errors = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{output}\n{errors}");
    let passed = output.matches(" ... ok").count();
    assert!(passed > 20, "{output}");
}

#[test]
fn statements_become_the_body_of_a_test() {
    let block = |words: &str, text: &str| Block {
        page: "page.md".to_owned(),
        line: 1,
        words: words.split(',').map(str::to_owned).collect(),
        text: text.to_owned(),
    };
    let runs = module(&block("rust", "# let hidden = 1;\nshown(hidden);\n"));
    assert!(runs.starts_with("#[tokio::test]"), "{runs}");
    assert!(
        runs.contains("\nlet hidden = 1;\nshown(hidden);\n"),
        "{runs}"
    );
    let compiles = module(&block("rust,no_run", "shown();\n"));
    assert!(compiles.starts_with("async fn"), "{compiles}");
    assert_eq!(module(&block("rust", "fn main() {}\n")), "fn main() {}");
}
