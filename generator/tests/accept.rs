//! Generated crates: each fixture of `accept/` has one feature. Its crate is a snapshot, and every
//! snapshot is compiled.

mod compiled_crates;
mod declarations;
mod generated_workspace;
mod merged_tests;
mod stable_names;
mod workspace;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use declarations::declarations;
use sdkwright::config::{self, At, Config};
use sdkwright::diagnostics::{Code, Diagnostics};
use sdkwright::load::{Document, load_str};
use sdkwright::lower::lower;
use sdkwright::plan::plan;
use sdkwright::render::{Files, Templates, render};
use sdkwright::source::Pointer;

/// Returns the crate of a fixture, and the diagnostics.
fn generate(path: &Path) -> (Files, Diagnostics) {
    let text = fs::read_to_string(path).expect("a fixture can be read");
    generate_text(path, &text)
}

/// Returns the crate of a text.
fn generate_text(path: &Path, text: &str) -> (Files, Diagnostics) {
    let name = path
        .file_name()
        .expect("a fixture has a name")
        .to_string_lossy();
    let mut diagnostics = Diagnostics::new();
    let document = load_str(&name, text, &mut diagnostics)
        .ok_or_else(|| format!("{name}: {diagnostics:?}"))
        .expect("a fixture can be loaded");
    let config = config(path, &mut diagnostics);
    let files = files(&document, &config, &mut diagnostics);
    (files, diagnostics)
}

fn files(document: &Document, config: &Config, diagnostics: &mut Diagnostics) -> Files {
    let api = lower(document, config, diagnostics);
    let plan = plan(&api, diagnostics);
    let files = render(&plan, &Templates::default()).expect("our own templates render");
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    files
}

/// Returns the configuration of a fixture, from `accept/sdk`. The crate has the name of the
/// fixture.
fn config(path: &Path, diagnostics: &mut Diagnostics) -> Config {
    let name = path
        .file_stem()
        .expect("a fixture has a name")
        .to_string_lossy();
    let beside = path.with_file_name(format!("sdk/{name}.yaml"));
    let mut config = match fs::read_to_string(beside) {
        Ok(text) => {
            config::read_str("sdk.yaml", &text, diagnostics)
                .expect("a configuration")
                .0
        }
        Err(_) => Config::default(),
    };
    let mut codes = diagnostics.iter().map(|diagnostic| diagnostic.code);
    assert!(codes.all(|code| code != Code::UnknownConfigKey));
    let package = format!("golden-{}", name.replace('_', "-"));
    config.target.package_name = Some(At::new(package, Pointer::root()));
    config
}

/// Whether the feature affects the client, and not only the types.
fn is_about_the_client(path: &Path) -> bool {
    let mut starts = ["security", "servers", "client", "webhooks_signed"].iter();
    starts.any(|start| is_about(path, start))
}

fn is_about(path: &Path, start: &str) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| name.starts_with(start))
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accept");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of fixtures")
        .map(|entry| entry.expect("an entry of it").path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml" || e == "json"))
        .collect();
    paths.sort();
    paths
}

/// The fixtures whose whole crate is a snapshot, which together show each way to render.
const WHOLE_CRATES: [&str; 9] = [
    // Bodies of several media types, with files to upload.
    "body_multipart_files.yaml",
    // A copy of the runtime with another date and time library.
    "date_times_by_jiff.yaml",
    // Features in the manifest and in the code, and resources in several levels.
    "features_of_resources.yaml",
    // A union whose variants differ by the type of JSON.
    "one_of_json_types.yaml",
    // A union whose variants a discriminator names.
    "one_of_mapping.yaml",
    // Pages whose style the configuration sets.
    "pages_configured.yaml",
    // A runtime that is a dependency, credentials, and bodies of errors.
    "runtime_as_dependency.yaml",
    // Streams, and operations with more than one method.
    "streams_on_request.yaml",
    // Webhooks and the verification of their signatures.
    "webhooks_signed_by_prefix.yaml",
];

/// Renders each fixture into a snapshot: a few as whole crates, the others as declarations.
///
/// Declarations have no bodies of functions, no codecs and no tests. Other tests cover them:
/// `each_idea_compiles` compiles the crate of each fixture, and runs its wire tests and round-trip
/// tests. The snapshots of the lowering have the facts that bodies are generated from.
#[test]
fn each_idea_is_rendered_as_before() {
    insta::glob!("accept/*.*", |path| {
        let (files, diagnostics) = generate(path);
        let mut text = String::new();
        for diagnostic in &diagnostics {
            writeln!(
                text,
                "{:?} {} {}: {}",
                diagnostic.severity, diagnostic.code, diagnostic.pointer, diagnostic.message
            )
            .expect("writing to a string");
        }
        let is_whole = WHOLE_CRATES.iter().any(|name| path.ends_with(name));
        for (name, content) in &files {
            if is_whole && is_of_this_crate(name) {
                write!(text, "// ==== {name}\n{content}\n").expect("writing to a string");
            } else if !is_whole && has_declarations(name, path) {
                let content = match name.ends_with(".rs") {
                    true => declarations(content).expect("generated code is Rust"),
                    false => content.clone(),
                };
                write!(text, "// ==== {name}\n{content}\n").expect("writing to a string");
            }
        }
        insta::assert_snapshot!(text);
    });
}

/// Whether a file is not the same in each crate.
fn is_of_this_crate(name: &str) -> bool {
    !name.starts_with("src/runtime/") && !name.starts_with("LICENSE") && name != "rustfmt.toml"
}

/// Whether a snapshot of declarations has a file.
fn has_declarations(name: &str, path: &Path) -> bool {
    name.starts_with("src/types/")
        || name.starts_with("src/resources/")
        || name == "api.md"
        || (name == "src/client.rs" && is_about_the_client(path))
}
