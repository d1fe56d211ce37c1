//! Generated crates: each fixture of `accept/` has one feature. Its crate is a snapshot, and every
//! snapshot is compiled.

mod declarations;
mod generated_workspace;
mod merged_tests;
mod workspace;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use declarations::declarations;
use merged_tests::MergedTests;
use sdkwright::config::{self, At, Config};
use sdkwright::diagnostics::{Code, Diagnostics};
use sdkwright::ir::RuntimeSource;
use sdkwright::load::{Document, load, load_str};
use sdkwright::lower::lower;
use sdkwright::output::{Existing, Output};
use sdkwright::pipeline::{CustomFiles, read_custom_files};
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

/// Returns the crate of a fixture, which is compiled. The document can be a folder of files.
fn generate_compiled(path: &Path) -> Files {
    let root = if path.is_dir() {
        path.join("openapi.yaml")
    } else {
        path.to_owned()
    };
    let mut diagnostics = Diagnostics::new();
    let document = load(&root, &mut diagnostics).expect("a fixture can be loaded");
    let mut config = config(path, &mut Diagnostics::new());
    let package = config.target.package_name.as_ref().map(|name| &name.value);
    if !package.is_some_and(|package| VENDORED.contains(&package.as_str())) {
        config.target.runtime = RuntimeSource::Dependency;
    }
    files(&document, &config, &mut diagnostics)
}

/// Returns the crate of `spec/` with the runtime as a dependency. `generated/` holds a copy of the
/// runtime, with which the same tests run.
fn generate_sdk() -> Files {
    let spec = workspace::root().join("spec");
    let mut diagnostics = Diagnostics::new();
    let document = load(&spec.join("linq.yaml"), &mut diagnostics).expect("our description");
    let config = fs::read_to_string(spec.join("sdk.yaml")).expect("our configuration");
    let config = config::read_str("sdk.yaml", &config, &mut diagnostics);
    let (mut config, _) = config.expect("our configuration");
    config.target.runtime = RuntimeSource::Dependency;
    files(&document, &config, &mut diagnostics)
}

/// Returns the files of `spec/custom`.
fn read_sdk_code() -> CustomFiles {
    let path = workspace::root().join("spec/sdk.yaml");
    let mut diagnostics = Diagnostics::new();
    let (config, _) = config::read(&path, &mut diagnostics).expect("our configuration");
    let mut files = read_custom_files(&path, &config, &mut diagnostics).expect("our code");
    files.remove("README.md");
    files
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

/// Returns the documents of several files, by their folders.
fn several() -> [PathBuf; 2] {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/load/files");
    [folder.join("several-files"), folder.join("shared-names")]
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
/// Declarations have no bodies of functions, no codecs and no tests. What these do is tested:
/// `each_idea_compiles` compiles the crate of each fixture and runs tests of the wire and of round
/// trips, and the snapshots of the lowering have the facts that bodies are made of.
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

/// A new operation with types whose names are taken changes only the files that list everything,
/// and its own files.
#[test]
fn another_operation_renames_nothing() {
    const MORE: &str = r##"
  /aaa/{id}:
    post:
      operationId: aaa
      tags: [aaa]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: thing, in: query, schema: { type: string, enum: [a, b, more] } }
      requestBody: { content: { application/json: { schema: { type: object, title: Thing, properties: { thing: { type: object, properties: { user: { type: string, description: More. } } } } } } } }
      responses: { "200": { description: It., content: { application/json: { schema: { type: object, title: Error, properties: { error: { type: object, properties: { a: { type: string, description: More. } } } } } } } } }
"##;
    let mut compared = 0;
    for path in fixtures() {
        let text = fs::read_to_string(&path).expect("a fixture can be read");
        let Some((head, rest)) = text.split_once("\npaths:\n") else {
            continue;
        };
        let more = format!("{head}\npaths:{MORE}{rest}");
        let (before, after) = (generate(&path).0, generate_text(&path, &more).0);
        let kept = before.iter().filter(|(name, _)| {
            name.starts_with("src/types/") || name.starts_with("src/resources/")
        });
        for (name, text) in kept {
            compared += 1;
            let same = after.get(name) == Some(text);
            assert!(same, "{}: {name}", path.display());
        }
    }
    assert!(compared > 100, "{compared}");
}

/// A new operation may move types that are equal to other types of the document, but does not
/// rename any.
#[test]
fn a_new_duplicate_type_renames_nothing() {
    const MORE: &str = r##"
  /aaa:
    post:
      operationId: aaa
      requestBody: { content: { application/json: { schema: { type: object, properties: {
        address: { type: object, required: [line], properties: { line: { type: string }, kind: { type: string, enum: [home, work] } } },
        state: { type: string, enum: [open, closed] } } } } } }
      responses: { "204": { description: Nothing. } }
"##;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accept/deduplicated_types.yaml");
    let text = fs::read_to_string(&path).expect("a fixture can be read");
    let (head, rest) = text.split_once("\npaths:\n").expect("it has paths");
    let more = format!("{head}\npaths:{MORE}{rest}");
    let names = |files: &Files| -> BTreeSet<String> {
        let types = files
            .iter()
            .filter(|(name, _)| name.starts_with("src/types/"));
        let lines = types.flat_map(|(_, text)| text.lines());
        let named = lines.filter_map(|line| {
            let mut words = line.strip_prefix("pub ")?.split([' ', '(']);
            let kind = words.next()?;
            ["struct", "enum", "type"]
                .contains(&kind)
                .then(|| words.next().map(str::to_owned))?
        });
        named.collect()
    };
    let (before, after) = (generate(&path).0, generate_text(&path, &more).0);
    let (before, after) = (names(&before), names(&after));
    let missing: Vec<_> = before.difference(&after).collect();
    assert!(
        missing.is_empty() && before.len() > 15,
        "{missing:?} of {before:?}"
    );
    assert!(
        after.contains("AaaCreateParamsAddress") && after.len() > before.len(),
        "{after:?}"
    );
}

/// A new media type adds methods and renames none.
#[test]
fn another_media_type_renames_nothing() {
    const MORE: [&str; 2] = [
        ", text/csv: { schema: { type: string } }",
        "          application/x-www-form-urlencoded: { schema: { type: object, properties: { row: { type: string } } } }\n",
    ];
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accept/media_type_methods_clash.yaml");
    let after = fs::read_to_string(&path).expect("a fixture can be read");
    let before = MORE
        .iter()
        .fold(after.clone(), |text, more| text.replace(more, ""));
    let signatures = |text: &str| -> BTreeSet<String> {
        let (files, _) = generate_text(&path, text);
        let resource = files.get("src/resources/rows.rs").expect("a resource");
        let words = resource.split_whitespace().collect::<Vec<_>>().join(" ");
        let methods = words.split("pub fn ").skip(1);
        let heads = methods.filter_map(|method| method.split_once(" {"));
        heads.map(|(head, _)| head.to_owned()).collect()
    };
    let (before, after) = (signatures(&before), signatures(&after));
    assert!(before.is_subset(&after), "{before:?} {after:?}");
    assert!(
        before.len() == 7 && after.len() == 11,
        "{before:?} {after:?}"
    );
}

/// Compiles the crate of every fixture with warnings denied, tests and examples included, and runs
/// the tests of the crates whose idea is how a call is written. Most crates depend on the runtime,
/// which is compiled once. The crates share the workspace's versions, profiles and folder of artifacts.
#[test]
fn each_idea_compiles() {
    let root = workspace::root().join("target/goldens");
    let mut names = Vec::new();
    let (mut run, mut compiled) = (MergedTests::default(), MergedTests::default());
    let fixtures = fixtures().into_iter().chain(several()).map(|path| {
        let name = path.file_stem().expect("a fixture has a name");
        let name = name.to_string_lossy().replace('_', "-");
        (name, generate_compiled(&path))
    });
    for (name, files) in fixtures.chain([(SDK.to_owned(), generate_sdk())]) {
        let is_run = RUN.contains(&name.as_str());
        let tests = if is_run { &mut run } else { &mut compiled };
        tests.add(&format!("../crates/{name}"), &files);
        let files = files.into_iter().map(|(file, text)| {
            let text = generated_workspace::deny_warnings(&file, text);
            (file, text)
        });
        let mut output = Output::from(Files::from_iter(files));
        if name == SDK {
            output.insert_custom_files(read_sdk_code());
        }
        write(&root.join("crates").join(&name), output);
        names.push(name);
    }
    remove_others(&root.join("crates"), &names);
    write(&root.join(TESTS_RUN), run.into_output(TESTS_RUN));
    write(
        &root.join(TESTS_COMPILED),
        compiled.into_output(TESTS_COMPILED),
    );
    let members = ["crates/*", TESTS_RUN, TESTS_COMPILED];
    let shared = generated_workspace::write(&root, &members);
    check(&root, &["--workspace", "--lib"]);
    check(&root, &["--workspace", "--lib", "--no-default-features"]);
    let packages = |package| {
        let packages = [package].into_iter().chain(shared);
        Vec::from_iter(packages.flat_map(|package| ["--package", package]))
    };
    let tests = ["--tests"].as_slice();
    check(&root, &[&packages(TESTS_COMPILED), tests].concat());
    cargo(&root, "test", &[&packages(TESTS_RUN), tests].concat());
    for resource in ["client-resource", "orders", "shipments", "reports"] {
        // Cargo refuses to run a named test whose features are off. Without a client there are
        // none.
        let types: &[&str] = &["--lib"];
        for (features, targets) in [
            (resource.to_owned(), types),
            (format!("rustls,{resource}"), TARGETS),
        ] {
            let features = ["--no-default-features", "--features", &features];
            let package = [&["--package", RESOURCES], features.as_slice()].concat();
            check(&root, &[&package, targets].concat());
        }
    }
}

/// Removes the crates of fixtures that are gone.
fn remove_others(crates: &Path, names: &[String]) {
    for entry in fs::read_dir(crates).expect("the crates") {
        let entry = entry.expect("a crate");
        let name = entry.file_name().to_string_lossy().into_owned();
        if !names.contains(&name) {
            fs::remove_dir_all(entry.path()).expect("a fixture that is gone");
        }
    }
}

/// Writes a package. Unchanged files keep their modification time, so that cargo rebuilds only
/// changed packages.
fn write(folder: &Path, output: Output) {
    fs::create_dir_all(folder).expect("a folder");
    output.write(folder, Existing::Replace).expect("a package");
}

/// The package with the tests that are run.
const TESTS_RUN: &str = "tests-run";

/// The package with the tests that are only compiled.
const TESTS_COMPILED: &str = "tests-compiled";

/// All targets except the library's own tests, which do not exist.
const TARGETS: &[&str] = &["--lib", "--examples", "--test", "*"];

/// The crate of `spec/`.
const SDK: &str = "linq-sdk";

/// The fixtures about calls, whose tests check the requests that the server receives, one about
/// types, and the crate of `spec/`.
const RUN: [&str; 29] = [
    SDK,
    "media-type-methods-configured",
    "media-type-methods-clash",
    "body-media-type-methods",
    "body-media-types-with-files",
    "body-form-of-scalars",
    "body-multipart-files",
    "body-shapes",
    "examples",
    "examples-of-types",
    "one-of-number-constants",
    "param-constants",
    "param-content-everywhere",
    "param-objects",
    "param-path-objects",
    "param-styles",
    "params-ignored-headers",
    "paths-with-a-fragment",
    "paths-with-a-query",
    "recursion",
    "response-media-type-methods",
    "response-default",
    "responses-of-bytes",
    "responses-without-content",
    "security-unsupported",
    "several-params-in-a-segment",
    "stream-events-with-json",
    "streams-of-json-lines",
    "streams-on-request",
];

/// The crates that hold a copy of the runtime: one with features of resources, and those in which
/// the copy has another library of dates.
const VENDORED: [&str; 3] = [
    "golden-date-times-by-jiff",
    "golden-date-times-by-time",
    RESOURCES,
];

/// The crate whose resources are compiled one by one.
const RESOURCES: &str = "golden-features-of-resources";

fn check(root: &Path, args: &[&str]) {
    cargo(root, "check", args);
}

fn cargo(root: &Path, command: &str, args: &[&str]) {
    let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([command, "--quiet"])
        .args(args)
        .current_dir(root)
        .env("CARGO_TARGET_DIR", root.join(".."))
        .status()
        .expect("cargo runs");
    assert!(status.success(), "a golden fails: {command} {args:?}");
}
