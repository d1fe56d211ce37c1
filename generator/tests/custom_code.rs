//! The code of a crate's owners, in a folder next to the configuration.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::PathBuf;

use sdkwright::output::{Existing, Output};
use sdkwright::pipeline::{Failure, Options, generate};
use tempfile::TempDir;

const SPEC: &str = "\
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
servers: [{ url: https://pets.example.com }]
paths:
  /pets: { get: { tags: [pets], responses: { '204': { description: Done } } } }
  /toys: { get: { tags: [toys], responses: { '204': { description: Done } } } }
";

const CONFIG: &str = "\
targets:
  rust:
    options:
      custom:
        folder: custom
        dependencies:
          axum-core: { version: 0.5, optional: true }
          bytes: { version: 1.11, features: [serde], optional: true }
          url: '2'
        features:
          axum: [tower, 'dep:axum-core']
          tower: [tokio/rt]
          pets: ['dep:bytes']
        examples: { serve: [axum, pets] }
        tests: { layers: [tower] }
";

struct Sources(TempDir);

impl Sources {
    fn new() -> Self {
        let sources = Self(tempfile::tempdir().unwrap());
        sources.write("pets.yaml", SPEC);
        sources.write("sdk.yaml", CONFIG);
        sources.write("custom/src/custom/mod.rs", "//! Ours.\n\nmod serve;\n");
        sources.write("custom/src/custom/serve.rs", "//! More.\n");
        sources.write("custom/examples/serve.rs", "fn main() {}\n");
        sources.write("custom/tests/layers.rs", "// None.\n");
        sources.write("custom/README.md", "## Servers\n\nServe `{{ pets }}`.\n");
        sources.write("custom/.editor.swp", "draft");
        sources
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    fn generate(&self) -> Output {
        generate(&Options::new(self.path("pets.yaml")))
            .unwrap()
            .output
    }

    fn error(&self) -> String {
        match generate(&Options::new(self.path("pets.yaml"))) {
            Err(failure @ Failure::Input(_)) => failure.to_string(),
            other => panic!("{:?}", other.map(|generated| generated.stats)),
        }
    }
}

#[test]
fn files_of_the_folder_are_part_of_the_crate() {
    let sources = Sources::new();
    let crate_dir = sources.path("crate");
    let output = sources.generate();
    output.write(&crate_dir, Existing::Refuse).unwrap();
    for path in [
        "src/custom/mod.rs",
        "src/custom/serve.rs",
        "examples/serve.rs",
        "tests/layers.rs",
    ] {
        let text = fs::read_to_string(sources.path(&format!("custom/{path}"))).unwrap();
        assert_eq!(fs::read_to_string(crate_dir.join(path)).unwrap(), text);
    }
    assert!(!crate_dir.join(".editor.swp").exists());
    assert!(
        output
            .get("src/lib.rs")
            .unwrap()
            .contains("\npub mod custom;\n")
    );
    let readme = output.get("README.md").unwrap();
    assert!(readme.contains("\n## Servers\n\nServe `{{ pets }}`.\n\n## Features\n"));
    // A deleted crate is generated again, file by file.
    let record = fs::read_to_string(crate_dir.join(".sdkwright")).unwrap();
    assert!(record.contains("\nsrc/custom/serve.rs\n"));
    fs::remove_dir_all(&crate_dir).unwrap();
    output.write(&crate_dir, Existing::Refuse).unwrap();
    assert!(sources.generate().diff(&crate_dir).unwrap().is_empty());
    // Files that the folder has no longer are removed.
    sources.remove("custom/src/custom/serve.rs");
    let report = sources
        .generate()
        .write(&crate_dir, Existing::Refuse)
        .unwrap();
    assert_eq!(report.removed, ["src/custom/serve.rs"]);
}

/// Files of the owners that were in the crate before the folder was configured are not replaced.
#[test]
fn files_in_the_crate_are_not_replaced() {
    let sources = Sources::new();
    let crate_dir = sources.path("crate");
    sources.write(
        "sdk.yaml",
        "targets: { rust: { options: { custom: true } } }\n",
    );
    sources
        .generate()
        .write(&crate_dir, Existing::Refuse)
        .unwrap();
    sources.write("crate/src/custom/mod.rs", "//! Written here.\n");
    sources.write("sdk.yaml", CONFIG);
    let error = sources.generate().write(&crate_dir, Existing::Refuse);
    let error = error.unwrap_err().to_string();
    assert!(error.contains("src/custom/mod.rs"), "{error}");
}

#[test]
fn the_manifest_has_the_dependencies_and_features_of_custom_code() {
    let sources = Sources::new();
    let find = |output: &Output, start: &str| {
        let manifest = output.get("Cargo.toml").unwrap();
        let found = manifest.lines().find(|line| line.starts_with(start));
        found
            .unwrap_or_else(|| panic!("{start}: {manifest}"))
            .to_owned()
    };
    let vendored = sources.generate();
    let lines = [
        r#"axum-core = { version = "0.5", optional = true }"#,
        // The version is that of the runtime.
        r#"bytes = { version = "1", features = ["serde"], optional = true }"#,
        r#"url = { version = "2" }"#,
        r#"axum = ["tower", "dep:axum-core"]"#,
        r#"tower = ["client", "dep:tower-service", "tokio/rt"]"#,
        r#"pets = ["dep:bytes"]"#,
        "toys = []",
    ];
    for line in lines {
        let start = line.split_inclusive("= ").next().unwrap();
        assert_eq!(find(&vendored, start), line);
    }
    let manifest = vendored.get("Cargo.toml").unwrap();
    for target in [
        "[[example]]\nname = \"serve\"\nrequired-features = [\"axum\", \"pets\"]\n",
        "[[test]]\nname = \"layers\"\nrequired-features = [\"tower\"]\n",
    ] {
        assert!(manifest.contains(target), "{manifest}");
    }
    sources.write("sdk.yaml", &format!("{CONFIG}      runtime: dependency\n"));
    let dependent = sources.generate();
    assert_eq!(
        find(&dependent, "tower = "),
        r#"tower = ["client", "sdkwright-runtime/tower", "tokio/rt"]"#
    );
    assert_eq!(
        find(&dependent, "bytes = "),
        r#"bytes = { version = "1.11", features = ["serde"], optional = true }"#
    );
}

#[test]
fn files_that_a_crate_cannot_have_are_reported() {
    let sources = Sources::new();
    sources.remove("custom/src/custom/mod.rs");
    sources.write("custom/src/lib.rs", "");
    let error = sources.error();
    assert!(error.contains("has no file `src/custom/mod.rs`"), "{error}");
    assert!(
        error.contains("the crate has no folder for `src/lib.rs`"),
        "{error}"
    );
    let sources = Sources::new();
    sources.write("custom/tests/wire/main.rs", "// Ours.\n");
    let error = sources.error();
    let message = "the file `tests/wire/main.rs` is also the name of a generated file";
    assert!(error.contains(message), "{error}");
    for folder in ["../custom", "/custom", "a//b", "absent"] {
        sources.write(
            "sdk.yaml",
            &CONFIG.replace("folder: custom", &format!("folder: {folder}")),
        );
        assert!(sources.error().contains(folder), "{folder}");
    }
}

/// The generator writes no file of the module, so it says when the file and its declaration differ.
#[test]
fn a_module_and_its_declaration_are_compared() {
    let sources = Sources::new();
    let crate_dir = sources.path("crate");
    let report = |custom: &str| {
        let options = format!("targets: {{ rust: {{ options: {{ {custom} }} }} }}\n");
        sources.write("sdk.yaml", &options);
        let generated = generate(&Options::new(sources.path("pets.yaml"))).unwrap();
        let output = generated.output.write(&crate_dir, Existing::Refuse);
        output.unwrap();
        let found = generated.custom_module.diagnostic(&crate_dir)?;
        Some((found.code.as_str(), found.pointer.to_string()))
    };
    let missing = |pointer: &str| Some(("missing-custom-module", pointer.to_owned()));
    assert_eq!(report(""), None);
    assert_eq!(
        report("custom: true"),
        missing("#/targets/rust/options/custom")
    );
    let mapping = "custom: { dependencies: { url: '2' } }";
    assert_eq!(report(mapping), missing("#/targets/rust/options/custom"));
    sources.write("crate/src/custom/mod.rs", "//! Ours.\n");
    assert_eq!(report("custom: true"), None);
    let undeclared = (
        "undeclared-custom-module",
        "#/targets/rust/options".to_owned(),
    );
    assert_eq!(report("custom: false"), Some(undeclared));
    // The other file of a module.
    sources.write("crate/src/custom.rs", "//! Ours.\n");
    let duplicate = || {
        let at = "#/targets/rust/options/custom".to_owned();
        Some(("duplicate-custom-module", at))
    };
    assert_eq!(report("custom: true"), duplicate());
    sources.remove("crate/src/custom/mod.rs");
    assert_eq!(report("custom: true"), None);
    // The generator writes `src/custom/mod.rs`.
    assert_eq!(report("custom: { folder: custom }"), duplicate());
    sources.remove("crate/src/custom/mod.rs");
    sources.remove("crate/src/custom.rs");
    assert_eq!(report("custom: { folder: custom }"), None);
}
