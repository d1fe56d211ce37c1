//! The command line, as users and scripts see it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

#[path = "cli/check.rs"]
mod check;
#[path = "cli/completions.rs"]
mod completions;
#[path = "cli/init.rs"]
mod init;
#[path = "cli/input.rs"]
mod input;
#[path = "cli/inspect.rs"]
mod inspect;
#[path = "cli/strange_files.rs"]
mod strange_files;
#[path = "cli/verbosity.rs"]
mod verbosity;

const SPEC: &str = "\
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
servers: [{ url: https://pets.example.com }]
paths:
  /pets/{petId}:
    get:
      operationId: getPet
      tags: [pets]
      parameters:
        - { name: petId, in: path, required: true, schema: { type: string } }
      responses:
        '200':
          description: The pet.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Pet' }
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string }
        age: { type: integer }
";

/// A folder with a description.
struct Place(TempDir);

impl Place {
    fn with(spec: &str) -> Self {
        let place = Self(tempfile::tempdir().expect("a folder"));
        fs::write(place.path("pets.yaml"), spec).expect("the description");
        place
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    /// Runs `sdkwright generate pets.yaml` with more arguments.
    fn generate(&self, args: &[&str]) -> Ran {
        self.run(&[&["generate", "pets.yaml"], args].concat())
    }

    /// Runs `sdkwright` in the folder.
    fn run(&self, args: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_sdkwright"))
            .current_dir(self.0.path())
            .args(args)
            .output()
            .expect("the command runs");
        Ran::from(output)
    }
}

struct Ran {
    status: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        }
    }
}

fn replace(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("a file");
    assert!(text.contains(from), "{} has no {from:?}", path.display());
    fs::write(path, text.replace(from, to)).expect("a file");
}

/// A description whose configuration names an operation that it does not have, and lacks another.
fn drifted() -> Place {
    let place = Place::with(SPEC);
    let config = "resources:\n  pets:\n    methods:\n      gone: get /gone\n";
    fs::write(place.path("sdk.yaml"), config).expect("a configuration");
    place
}

#[test]
fn a_check_reports_operations_that_the_configuration_lacks() {
    let place = drifted();
    replace(&place.path("sdk.yaml"), "/gone", "/gone, skip: [rust] }");
    replace(
        &place.path("sdk.yaml"),
        "get /gone",
        "{ endpoint: get /gone",
    );
    let ran = place.generate(&["--out", "sdk"]);
    assert!(!ran.err.contains("outdated-configuration"), "{}", ran.err);
    let ran = place.generate(&["--out", "sdk", "--check"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    let message =
        "it does not mention `GET /pets/{petId}`, and the description no longer has `GET /gone`";
    assert!(ran.err.contains(message), "{}", ran.err);
    assert!(
        ran.err.contains("run `sdkwright sync pets.yaml`"),
        "{}",
        ran.err
    );
    let ran = place.generate(&["--out", "sdk", "--check", "--json"]);
    assert!(
        ran.err.contains("\"code\":\"outdated-configuration\""),
        "{}",
        ran.err
    );
}

#[test]
fn a_lost_operation_is_an_error_that_sync_mends() {
    let place = drifted();
    let ran = place.generate(&["--out", "sdk"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.err.contains("error[unknown-endpoint]"), "{}", ran.err);
    assert!(ran.err.contains("sdk.yaml:4:"), "{}", ran.err);
    assert!(ran.err.contains("`sdkwright sync`"), "{}", ran.err);
    assert!(!place.path("sdk").exists());
    // Without `--remove`, nothing is deleted, so the error stays.
    let ran = place.run(&["sync", "pets.yaml"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert!(ran.err.contains("does not have `GET /gone`"), "{}", ran.err);
    assert!(ran.err.contains("`--remove`"), "{}", ran.err);
    assert_eq!(place.run(&["sync", "pets.yaml", "--check"]).status, Some(1));
    assert_eq!(place.generate(&["--out", "sdk"]).status, Some(1));
    let ran = place.run(&["sync", "pets.yaml", "--check", "--remove", "--json"]);
    let changes: Value = serde_json::from_str(&ran.out).expect("a line of JSON");
    assert_eq!(
        changes["removed"],
        serde_json::json!(["resources.pets.methods.gone"])
    );
    let ran = place.run(&["sync", "pets.yaml", "--remove"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert!(
        ran.out.contains("- resources.pets.methods.gone\n"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("1 entry removed"), "{}", ran.out);
    assert_eq!(place.run(&["sync", "pets.yaml", "--check"]).status, Some(0));
    let ran = place.generate(&["--out", "sdk"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
}

#[test]
fn a_misspelt_path_is_an_error_with_the_right_one() {
    let place = drifted();
    replace(&place.path("sdk.yaml"), "/gone", "/pet/{petId}");
    let ran = place.run(&["check", "pets.yaml"]);
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.err.contains("did you mean `get /pets/{petId}`?"),
        "{}",
        ran.err
    );
}

#[test]
fn callbacks_are_counted() {
    let called = "operationId: getPet\n      callbacks: { fed: {}, walked: {} }";
    let place = Place::with(&SPEC.replace("operationId: getPet", called));
    let ran = place.generate(&["--out", "sdk"]);
    assert!(
        ran.out.contains("1 operation, 2 callbacks left out, "),
        "{}",
        ran.out
    );
    let ran = Place::with(SPEC).generate(&["--out", "sdk"]);
    assert!(!ran.out.contains("callbacks"), "{}", ran.out);
}

#[test]
fn a_crate_is_written_once_and_then_unchanged() {
    let place = Place::with(SPEC);
    let first = place.generate(&["--verbose"]);
    assert_eq!(first.status, Some(0), "{}", first.err);
    assert!(
        first.out.contains("written   Cargo.toml\n"),
        "{}",
        first.out
    );
    assert!(first.out.contains("1 type, 1 operation, "), "{}", first.out);
    let second = place.generate(&[]);
    assert!(
        second.out.contains(" 0 written, 0 removed, "),
        "{}",
        second.out
    );
    assert_eq!(second.out.lines().count(), 1);
}

#[test]
fn the_crate_is_the_same_in_every_directory() {
    let (one, two) = (Place::with(SPEC), Place::with(SPEC));
    one.generate(&["--out", "a/b"]);
    two.generate(&["--out", "c"]);
    let check = one.generate(&["--check", "--out", two.path("c").to_str().expect("text")]);
    assert_eq!(check.status, Some(0), "{}", check.out);
}

#[test]
fn a_check_shows_every_difference_and_changes_nothing() {
    let place = Place::with(SPEC);
    place.generate(&[]);
    let manifest = place.path("generated/Cargo.toml");
    replace(&manifest, "[package]", "[package] # mine");
    fs::remove_file(place.path("generated/README.md")).expect("the readme");
    let record = place.path("generated/.sdkwright");
    replace(&record, "Cargo.toml\n", "Cargo.toml\nold.rs\n");
    fs::write(place.path("generated/old.rs"), "old\n").expect("an orphan");

    let check = place.generate(&["--check"]);
    assert_eq!(check.status, Some(1));
    for line in [
        "-[package] # mine",
        "+[package]",
        "+++ b/README.md",
        "-old",
        "stale     Cargo.toml",
        "missing   README.md",
        "orphaned  old.rs",
    ] {
        assert!(
            check.out.lines().any(|l| l == line),
            "{line}: {}",
            check.out
        );
    }
    let remedy = "run `sdkwright generate pets.yaml --out generated`";
    assert!(check.err.contains(remedy), "{}", check.err);
    let text = fs::read_to_string(&manifest).expect("the manifest");
    assert!(text.contains("# mine"));
    assert!(!place.path("generated/README.md").exists());
}

#[test]
fn bad_input_changes_nothing_on_disk() {
    let place = Place::with(SPEC);
    place.generate(&["--strict"]);
    replace(&place.path("pets.yaml"), "schemas/Pet'", "schemas/Dog'");
    replace(
        &place.path("pets.yaml"),
        "openapi: 3.1.0",
        "openapi: 3.1.0\nx-new: 1",
    );
    let before = fs::read_to_string(place.path("generated/README.md")).expect("the readme");
    let ran = place.generate(&["--strict"]);
    assert_eq!(ran.status, Some(1));
    assert_eq!(ran.out, "");
    assert!(ran.err.contains("pets.yaml"), "{}", ran.err);
    let after = fs::read_to_string(place.path("generated/README.md")).expect("the readme");
    assert_eq!(before, after);
}

#[test]
fn a_missing_description_is_an_error_with_its_name() {
    let place = Place::with(SPEC);
    fs::remove_file(place.path("pets.yaml")).expect("the description");
    let ran = place.generate(&[]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.err.contains("pets.yaml"), "{}", ran.err);
    assert!(!place.path("generated").exists());
}

#[test]
fn a_foreign_folder_is_refused_with_a_remedy() {
    let place = Place::with(SPEC);
    let ran = place.generate(&["--out", "."]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.err.contains("--force"), "{}", ran.err);
    let forced = place.generate(&["--out", ".", "--force"]);
    assert_eq!(forced.status, Some(0), "{}", forced.err);
    assert!(place.path("pets.yaml").exists());
}

/// Operations with methods that HTTP does not define are generated too.
#[test]
fn every_operation_is_counted() {
    let spec = SPEC.replace("openapi: 3.1.0", "openapi: 3.2.0").replace(
        "    get:\n",
        "    additionalOperations: { COPY: { responses: { '204': { description: Done. } } } }\n    get:\n",
    );
    let ran = Place::with(&spec).generate(&["--json"]);
    let summary: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(summary["operations"], 2, "{}", ran.err);
    assert_eq!(summary["declared_operations"], 2);
}

#[test]
fn json_output_is_one_line() {
    let place = Place::with(SPEC);
    let ran = place.generate(&["--json"]);
    let summary: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(summary["done"], "written");
    assert_eq!(summary["types"], 1);
    assert_eq!(summary["operations"], 1);
    assert_eq!(summary["changes"][0]["what"], "written");
    let failed = Place::with("openapi: 1.0.0\n").generate(&["--json"]);
    let summary: Value = serde_json::from_str(&failed.out).expect("JSON");
    assert_eq!(summary["done"], "failed");
    assert!(summary["errors"].as_u64() > Some(0));
}

#[test]
fn a_name_on_the_command_line_takes_precedence() {
    let place = Place::with(SPEC);
    place.generate(&["--package", "my-pets"]);
    let manifest = fs::read_to_string(place.path("generated/Cargo.toml")).expect("the manifest");
    assert!(manifest.contains("name = \"my-pets\""), "{manifest}");
}

#[test]
fn a_custom_template_replaces_the_default() {
    let place = Place::with(SPEC);
    fs::create_dir(place.path("mine")).expect("a folder");
    fs::write(place.path("mine/README.md.jinja"), "# My {{ api.title }}\n").expect("a template");
    place.generate(&["--templates", "mine"]);
    let readme = fs::read_to_string(place.path("generated/README.md")).expect("the readme");
    assert_eq!(readme, "# My Pets\n");
    let missing = place.generate(&["--templates", "nowhere"]);
    assert_eq!(missing.status, Some(1));
    assert!(missing.err.contains("nowhere"), "{}", missing.err);
}

#[test]
fn an_invalid_command_line_is_status_2() {
    let place = Place::with(SPEC);
    assert_eq!(place.generate(&["--check", "--force"]).status, Some(2));
    assert_eq!(place.generate(&["--nonsense"]).status, Some(2));
}

/// The contents of `src/custom` belong to the owners of the crate.
#[test]
fn custom_code_is_kept() {
    let place = Place::with(SPEC);
    let options = "targets: { rust: { options: { custom: true } } }\n";
    fs::write(place.path("sdk.yaml"), options).expect("a configuration");
    let custom = place.path("out/src/custom/mod.rs");
    fs::create_dir_all(custom.parent().expect("a folder")).expect("the folder");
    let text = "//! Ours.\n\nimpl crate::types::Pet {}\n";
    fs::write(&custom, text).expect("a file");
    let args = ["--out", "out", "--config", "sdk.yaml"];
    let ran = place.generate(&[&args[..], &["--force"]].concat());
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    let lib = fs::read_to_string(place.path("out/src/lib.rs")).expect("a file");
    assert!(lib.contains("\npub mod custom;\n"));
    // Neither a second run nor a run without the module changes or reports it.
    let ran = place.generate(&[&args[..], &["--check"]].concat());
    assert_eq!(ran.status, Some(0), "{}{}", ran.out, ran.err);
    let ran = place.generate(&["--out", "out"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert!(!ran.out.contains("custom"), "{}", ran.out);
    assert_eq!(fs::read_to_string(&custom).expect("it is there"), text);
}

/// Invalid names of crates are refused before anything is generated.
#[test]
fn names_of_crates_are_checked() {
    let place = Place::with(SPEC);
    for name in ["a/b", "", "1abc", "_", "std", "self"] {
        let ran = place.generate(&["--package", name]);
        assert_eq!(ran.status, Some(2), "{name}: {}", ran.err);
        assert!(
            ran.err.contains("cannot be the name of a crate"),
            "{}",
            ran.err
        );
    }
    for title in ["\\0", "Std", &"long ".repeat(100), &"x".repeat(300), "日本"] {
        let place = Place::with(&SPEC.replace("title: Pets", &format!("title: \"{title}\"")));
        let ran = place.generate(&["--out", "out"]);
        assert_eq!(ran.status, Some(0), "{title}: {}", ran.err);
        let manifest = fs::read_to_string(place.path("out/Cargo.toml")).expect("a manifest");
        let name = manifest
            .split("name = \"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        assert!(
            sdkwright::config::check_package_name(name.expect("a name")).is_ok(),
            "{manifest}"
        );
    }
}

/// The crate contains the texts of its licences, and a changelog for its owners.
#[test]
fn the_crate_has_its_licences() {
    let place = Place::with(SPEC);
    place.generate(&["--out", "out"]);
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"] {
        assert!(place.path("out").join(file).exists(), "{file}");
    }
    fs::write(
        place.path("sdk.yaml"),
        "targets: { rust: { license: Apache-2.0 } }\n",
    )
    .expect("a file");
    place.generate(&["--out", "other"]);
    assert!(!place.path("other/LICENSE-MIT").exists());
    assert!(place.path("other/LICENSE-APACHE").exists());
}

/// A folder as users of Stainless have it.
struct Workspace(TempDir);

impl Workspace {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        Self(folder)
    }

    /// Runs `sdkwright generate` without arguments.
    fn generate(&self) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_sdkwright"))
            .current_dir(self.0.path())
            .arg("generate")
            .output()
            .expect("the command runs");
        Ran::from(output)
    }

    /// Returns the name of the generated crate.
    fn package(&self) -> String {
        let path = self.0.path().join("generated/Cargo.toml");
        let manifest = fs::read_to_string(path).expect("the manifest");
        let mut names = manifest.lines().filter_map(|l| l.strip_prefix("name = "));
        names.next().unwrap_or_default().to_owned()
    }
}

#[test]
fn files_are_found_by_their_usual_names() {
    let config = |name: &str| format!("organization: {{name: {name}}}\n");
    let (first, second) = (config("first"), config("second"));
    let names = [
        "sdk.yaml",
        "stainless.yml",
        ".stainless/stainless.yml",
        "openapi.stainless.yml",
    ];
    for (index, name) in names.iter().enumerate() {
        let mut files = vec![("openapi.yml", SPEC), (*name, first.as_str())];
        if let Some(next) = names.get(index + 1) {
            files.push((next, &second));
        }
        let workspace = Workspace::with(&files);
        let ran = workspace.generate();
        assert_eq!(ran.status, Some(0), "{name}: {}", ran.err);
        assert_eq!(workspace.package(), "\"first-sdk\"", "{name}");
    }
    let ran = Workspace::with(&[("pets.yaml", SPEC)]).generate();
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.err.contains("`sdkwright generate pets.yaml`"),
        "{}",
        ran.err
    );
}

#[test]
fn a_workspace_names_both_files() {
    let config = "organization: {name: pets-sdk}\n";
    let workspace = "{\"project\": \"pets\", \"openapi_spec\": \"../api/pets.yml\", \"stainless_config\": \"pets.yml\"}";
    let workspace = Workspace::with(&[
        (".stainless/workspace.json", workspace),
        (".stainless/pets.yml", config),
        ("api/pets.yml", SPEC),
    ]);
    let ran = workspace.generate();
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert_eq!(workspace.package(), "\"pets-sdk\"");
    let broken = Workspace::with(&[(".stainless/workspace.json", "{"), ("openapi.yml", SPEC)]);
    let ran = broken.generate();
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.err.contains(".stainless/workspace.json` is not valid"),
        "{}",
        ran.err
    );
}

#[test]
fn transforms_change_the_description_before_it_is_read() {
    let config = "\
openapi:
  transforms:
    - {command: remove, reason: Unused., args: {target: $.components.schemas.Pet.properties, keys: [age]}}
    - {command: update, reason: Misspelt., args: {target: $.info.title, value: Animals}}
";
    let place = Workspace::with(&[("openapi.yml", SPEC), ("stainless.yml", config)]);
    let ran = place.generate();
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert_eq!(place.package(), "\"animals-sdk\"");
    let pet = place.0.path().join("generated/src/types/pets.rs");
    let pet = fs::read_to_string(pet).expect("the type");
    assert!(pet.contains("name") && !pet.contains("age"), "{pet}");
    let config = config.replace("$.info.title", "$.info.name");
    let place = Workspace::with(&[("openapi.yml", SPEC), ("stainless.yml", &config)]);
    let ran = place.generate();
    assert_eq!(ran.status, Some(1));
    let message =
        "error[transform-failed]: The transform `update` fails: nothing is at `$.info.name`.";
    assert!(ran.err.contains(message), "{}", ran.err);
    assert!(ran.err.contains("stainless.yml:4"), "{}", ran.err);
}
