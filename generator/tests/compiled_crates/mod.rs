//! Compiles the crates of the fixtures and of `spec/`, and runs some of their tests.

use std::path::{Path, PathBuf};
use std::{env, fs};

use sdkwright::config;
use sdkwright::diagnostics::Diagnostics;
use sdkwright::ir::RuntimeSource;
use sdkwright::load::load;
use sdkwright::output::{Existing, Output};
use sdkwright::pipeline::{CustomFiles, read_custom_files};
use sdkwright::render::Files;

use crate::merged_tests::MergedTests;
use crate::{files, fixtures, generated_workspace, workspace};

/// Compiles the crate of every fixture with warnings denied, tests and examples included.
///
/// It runs the tests of the crates whose fixtures are about calls. Most crates depend on the runtime,
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
    for resource in list_resources(&root, RESOURCES) {
        check_resource(&root, &packages(RESOURCES), RESOURCES, &resource, TARGETS);
    }
    for resource in list_resources(&root, SDK) {
        check_resource(&root, &packages(SDK), SDK, &resource, &["--lib"]);
    }
}

/// Checks a crate with one resource: its types without the client, and these targets with it.
fn check_resource(root: &Path, packages: &[&str], package: &str, resource: &str, targets: &[&str]) {
    // Cargo refuses to run a named test whose features are off. Without a client there are none.
    let types = format!("{package}/{resource}");
    let client = format!("{package}/rustls,{types}");
    for (features, targets) in [(&types, ["--lib"].as_slice()), (&client, targets)] {
        let features = ["--no-default-features", "--features", features];
        check(root, &[packages, &features, targets].concat());
    }
}

/// Lists the features of a crate for a resource each.
fn list_resources(root: &Path, package: &str) -> Vec<String> {
    // The folder of a fixture's crate has the name of the fixture.
    let folder = root
        .join("crates")
        .join(package.trim_start_matches("golden-"));
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
    let manifest: toml::Table = manifest.parse().expect("a table");
    let resources = manifest.get("features").and_then(|it| it.get("resources"));
    let resources = resources.and_then(toml::Value::as_array);
    let resources = resources.expect("a list of features").iter();
    let resources: Vec<String> = resources
        .filter_map(|resource| resource.as_str().map(str::to_owned))
        .collect();
    assert!(resources.len() > 1, "{resources:?}");
    resources
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

/// The crates that hold a copy of the runtime: one with features of resources, and two with another
/// library of dates.
const VENDORED: [&str; 3] = [
    "golden-date-times-by-jiff",
    "golden-date-times-by-time",
    RESOURCES,
];

/// The crate of a fixture whose resources are compiled one by one.
const RESOURCES: &str = "golden-features-of-resources";

fn check(root: &Path, args: &[&str]) {
    cargo(root, "check", args);
}

fn cargo(root: &Path, command: &str, args: &[&str]) {
    let status = workspace::cargo(root)
        .args([command, "--quiet"])
        .args(args)
        .status()
        .expect("cargo runs");
    assert!(status.success(), "a golden fails: {command} {args:?}");
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
    let mut config = crate::config(path, &mut Diagnostics::new());
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

/// Returns the documents of several files, by their folders.
fn several() -> [PathBuf; 2] {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/load/files");
    [folder.join("several-files"), folder.join("shared-names")]
}
