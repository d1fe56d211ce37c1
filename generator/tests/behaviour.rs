//! The behaviour of generated crates: a program calls the crates of fixtures.
//!
//! The program is `programs/behaviour.rs`. It is built once, and each test runs one behaviour of
//! it.

mod workspace;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::{env, fs};

use sdkwright::config::{self, At, Config};
use sdkwright::diagnostics::{Code, Diagnostics};
use sdkwright::ir::RuntimeSource;
use sdkwright::load::load_str;
use sdkwright::lower::lower;
use sdkwright::output::{Existing, Output};
use sdkwright::plan::plan;
use sdkwright::render::{Templates, render};
use sdkwright::source::Pointer;
use workspace::copy_shared_dependencies;
use workspace::shared_dependencies::SHARED_DEPENDENCIES;

/// The fixtures whose crates the program calls.
const FIXTURES: [&str; 21] = [
    "body_encoding_headers",
    "body_media_types_with_files",
    "body_form_of_json",
    "body_multipart_optional",
    "constants",
    "integers_and_numbers",
    "one_of_mapping",
    "one_of_nested_constants",
    "one_of_undeclared_discriminator",
    "pages_by_cursor",
    "read_only_discriminator",
    "resources_left_out",
    "response_media_type_methods",
    "security_nullable",
    "security_oauth",
    "servers",
    "stream_conditions",
    "streams_by_extension",
    "streams_on_request",
    "webhooks_by_constant",
    "webhooks_without_key",
];

#[test]
fn only_streaming_methods_request_streams() {
    run("streams_on_request");
}

#[test]
fn streams_of_an_extension_end_with_its_terminator() {
    run("streams_by_extension");
}

#[test]
fn streams_are_requested_by_the_value_of_their_condition() {
    run("stream_conditions");
}

#[test]
fn only_options_that_are_not_nullable_are_required() {
    run("security_nullable");
}

#[test]
fn deliveries_without_a_key_are_decoded() {
    run("webhooks_without_key");
}

#[test]
fn read_only_discriminators_are_sent() {
    run("read_only_discriminator");
}

#[test]
fn constants_are_prefilled_and_may_change() {
    run("constants");
}

#[test]
fn numbers_round_trip_in_generated_types() {
    run("integers_and_numbers");
}

#[test]
fn constants_at_any_depth_select_a_variant() {
    run("one_of_nested_constants");
}

#[test]
fn undeclared_discriminators_are_encoded() {
    run("one_of_undeclared_discriminator");
}

#[test]
fn omitted_resources_are_absent() {
    run("resources_left_out");
}

#[test]
fn unions_have_accessors_of_their_payloads() {
    run("one_of_mapping");
}

#[test]
fn a_variable_with_a_list_of_values_has_a_type() {
    run("servers");
}

#[test]
fn parts_have_headers_and_forms_reserved_characters() {
    run("body_encoding_headers");
}

#[test]
fn optional_forms_send_files() {
    run("body_multipart_optional");
}

#[test]
fn a_form_with_files_has_its_own_method() {
    run("body_media_types_with_files");
}

#[test]
fn a_media_type_variant_requests_only_its_media_type() {
    run("response_media_type_methods");
}

#[test]
fn form_properties_are_json_if_declared() {
    run("body_form_of_json");
}

/// The READMEs of these crates have all sections, and their code compiles.
#[test]
fn readme_examples_compile() {
    let root = root();
    let shown = FIXTURES
        .map(|fixture| fs::read_to_string(root.join(fixture).join("README.md")).expect("a README"));
    for heading in [
        "Calls",
        "Client",
        "Errors",
        "Features",
        "Files",
        "Pagination",
        "Streams",
        "Versions",
        "Webhooks",
    ] {
        let heading = format!("\n## {heading}\n");
        assert!(
            shown.iter().any(|text| text.contains(&heading)),
            "{heading}"
        );
    }
    let output = cargo(&["test", "--doc", "--quiet"]).output();
    let output = output.expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
}

/// Runs one behaviour to its end.
fn run(name: &str) {
    let program = root().join("../debug/behaviour");
    let output = Command::new(program)
        .arg(name)
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

/// Returns the path of the program, and builds it.
fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();

    ROOT.get_or_init(|| {
        let root = folder();
        write(&root);
        let status = cargo(&["build", "--quiet"]).status().expect("cargo runs");
        assert!(status.success(), "the program does not compile");
        root
    })
}

fn folder() -> PathBuf {
    workspace::root().join("target/behaviour")
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = workspace::cargo(&folder());
    let shared = folder()
        .join(SHARED_DEPENDENCIES)
        .is_dir()
        .then_some(SHARED_DEPENDENCIES);
    command
        .args(arguments)
        .args(["--package", "behaviour"])
        .args(shared.iter().flat_map(|package| ["--package", package]));
    command
}

/// Writes the program, and a library of the READMEs, whose examples are behind its own features.
fn write(root: &Path) {
    let profiles = workspace::profiles();
    let runtime = workspace::root().join("templates/runtime");
    let members = Vec::from_iter(copy_shared_dependencies(root));
    let mut manifest = format!(
        "[package]\nname = \"behaviour\"\nedition = \"2024\"\n\n\
         [workspace]\nmembers = {members:?}\n\n\
         [patch.crates-io]\nsdkwright-runtime = {{ path = {runtime:?} }}\n\n{profiles}\n\
         [features]\ndefault = [\"blocking\", \"mock\", \"tower\"]\nblocking = []\nmock = []\ntower = []\n\n\
         [dependencies]\nwiremock = \"0.6\"\nhttp = \"1\"\n\
         reqwest = {{ version = \"0.13\", default-features = false }}\nserde_json = \"1\"\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\", \"time\"] }}\n\
         tower-service = \"0.3\"\n",
    );
    let mut shown = String::new();
    for fixture in FIXTURES {
        let features = generate(fixture, &root.join(fixture));
        writeln!(
            manifest,
            "{fixture} = {{ path = \"{fixture}\", package = \"{}\", default-features = false, features = {features:?} }}",
            package(fixture),
        )
        .expect("a text");
        writeln!(
            shown,
            "#[cfg(doctest)]\n#[doc = include_str!(\"../{fixture}/README.md\")]\nmod {fixture} {{}}\n"
        )
        .expect("a text");
    }
    let program = include_str!("programs/behaviour.rs").to_owned();
    let mut output = Output::default();
    output.insert("Cargo.toml", manifest);
    output.insert("src/lib.rs", shown);
    output.insert("src/main.rs", program);
    output.write(root, Existing::Replace).expect("a program");
    workspace::lock(root);
}

/// Writes the crate of a fixture to a folder. Returns the features that the program needs of it.
fn generate(fixture: &str, folder: &Path) -> Vec<&'static str> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accept");
    let text = fs::read_to_string(fixtures.join(format!("{fixture}.yaml"))).expect("a fixture");
    let mut diagnostics = Diagnostics::new();
    let document = load_str("api.yaml", &text, &mut diagnostics).expect("a document");
    let mut config = match fs::read_to_string(fixtures.join(format!("sdk/{fixture}.yaml"))) {
        Ok(text) => {
            config::read_str("sdk.yaml", &text, &mut diagnostics)
                .expect("a configuration")
                .0
        }
        Err(_) => Config::default(),
    };
    let mut codes = diagnostics.iter().map(|diagnostic| diagnostic.code);
    assert!(codes.all(|code| code != Code::UnknownConfigKey));
    config.target.package_name = Some(At::new(package(fixture), Pointer::root()));
    // The crates share one runtime.
    config.target.runtime = RuntimeSource::Dependency;
    let api = lower(&document, &config, &mut diagnostics);
    let plan = plan(&api, &mut diagnostics);
    let mut output = Output::default();
    let mut features = vec!["client", "blocking", "mock", "rustls", "serde", "tower"];
    for (file, text) in render(&plan, &Templates::default()).expect("our own templates render") {
        if file == "Cargo.toml" && text.contains("\nresources = ") {
            features.push("resources");
        }
        output.insert(file, text);
    }
    output.write(folder, Existing::Replace).expect("a crate");
    features
}

fn package(fixture: &str) -> String {
    fixture.replace('_', "-")
}
