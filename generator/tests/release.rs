//! `sdkwright release` in git repositories: the version, the changelog, and refusals.

#![expect(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const SPEC: &str = "\
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - { name: kind, in: query, schema: { type: string } }
      responses:
        '200': { description: All pets, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } }
  /pets/{id}:
    get:
      operationId: getPet
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        '200': { description: A pet, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
    delete:
      operationId: deletePet
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses: { '204': { description: Gone } }
components:
  schemas:
    Pet: { type: object, required: [name], properties: { name: { type: string }, age: { type: integer } } }
";

const CONFIG: &str = "\
# The pets.
targets:
  rust: { package_name: pets-sdk, version: 0.1.0 } # published
resources:
  pets:
    methods:
      list: get /pets
      retrieve: get /pets/{id}
      delete: delete /pets/{id}
";

/// A repository with a description, a configuration and a crate.
struct Repository(TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.write("openapi.yaml", SPEC);
        repository.write("sdk.yaml", CONFIG);
        repository.run(&["generate", "openapi.yaml"]);
        repository.commit("Generate the crate");
        repository
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn git(&self, args: &[&str]) -> String {
        let output = Command::new("git")
            .current_dir(self.path())
            .args(["-c", "user.name=Test", "-c", "user.email=test@example.com"])
            .args(["-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false"])
            .args(args)
            .output()
            .unwrap();
        assert!(output.status.success(), "{args:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn commit(&self, title: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", title]);
        self.git(&["rev-parse", "HEAD"])
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.path().join(path), text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{from}");
        self.write(path, &text.replace(from, to));
    }

    fn try_run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sdkwright"));
        command
            .current_dir(self.path())
            .args(args)
            .output()
            .unwrap()
    }

    fn run(&self, args: &[&str]) -> String {
        let output = self.try_run(args);
        assert!(output.status.success(), "{args:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn release(&self, args: &[&str]) -> String {
        let date = ["release", "openapi.yaml", "--date", "2026-01-31"];
        self.run(&[&date[..], args].concat())
    }

    /// Returns the errors of a release that fails. It must change nothing.
    fn refuse(&self, args: &[&str]) -> String {
        let before = self.tree();
        let output = self.try_run(&[&["release", "openapi.yaml"], args].concat());
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert_eq!(self.tree(), before);
        String::from_utf8(output.stderr).unwrap()
    }

    /// The files outside of `.git`.
    fn tree(&self) -> BTreeMap<String, Vec<u8>> {
        fn walk(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() && !path.ends_with(".git") {
                    walk(&path, found);
                } else if path.is_file() {
                    found.insert(path.display().to_string(), fs::read(&path).unwrap());
                }
            }
        }
        let mut found = BTreeMap::new();
        walk(self.path(), &mut found);
        found
    }

    /// Makes edits of the description that break code in several ways.
    fn break_code(&self) {
        self.edit(
            "openapi.yaml",
            "name: { type: string }, age",
            "title: { type: string }, age",
        );
        self.edit("openapi.yaml", "required: [name]", "required: [title]");
        let limit = "        - { name: limit, in: query, schema: { type: integer } }\n";
        let kind = "        - { name: kind, in: query, schema: { type: string } }\n";
        let required =
            "        - { name: kind, in: query, required: true, schema: { type: string } }\n";
        self.edit("openapi.yaml", kind, &format!("{required}{limit}"));
        self.edit("sdk.yaml", "list: get /pets", "all: get /pets");
        self.edit("sdk.yaml", "      delete: delete /pets/{id}\n", "");
    }
}

#[test]
fn a_release_raises_the_version_and_writes_the_changelog() {
    let repository = Repository::new();
    repository.git(&["tag", "v0.1.0"]);
    repository.break_code();
    repository.edit(
        "generated/CHANGELOG.md",
        "\n## 0.1.0",
        "\n## Unreleased\n\n### Fixed\n\n- A word by hand.\n\n## 0.1.0",
    );
    let printed = repository.release(&[]);
    assert!(printed.starts_with("0.1.0 -> 0.2.0: major"), "{printed}");
    assert_eq!(
        repository.read("sdk.yaml").lines().nth(2),
        Some("  rust: { package_name: pets-sdk, version: 0.2.0 } # published")
    );
    assert!(
        repository
            .read("generated/Cargo.toml")
            .contains("version = \"0.2.0\"")
    );
    let changelog = repository.read("generated/CHANGELOG.md");
    insta::assert_snapshot!(changelog);
    // The same release again changes nothing.
    let before = repository.tree();
    repository.release(&[]);
    assert_eq!(repository.tree(), before);
    repository.run(&["generate", "openapi.yaml", "--check"]);
}

#[test]
fn additions_are_a_minor_release() {
    let repository = Repository::new();
    repository.git(&["tag", "pets-sdk-v0.1.0"]);
    let kind = "        - { name: kind, in: query, schema: { type: string } }\n";
    let limit = "        - { name: limit, in: query, schema: { type: integer } }\n";
    repository.edit("openapi.yaml", kind, &format!("{kind}{limit}"));
    let printed = repository.release(&["--dry-run"]);
    let expected =
        "0.1.0 -> 0.1.1: minor (changes: 1)\n\n### Added\n\n- `pets().list` takes `limit`.\n";
    assert_eq!(printed, expected);
    assert_eq!(repository.git(&["status", "--porcelain"]), "M openapi.yaml");
}

/// Whoever releases again before a tag gets one entry, with all changes since the last tag.
#[test]
fn an_entry_that_nobody_published_is_replaced() {
    let repository = Repository::new();
    repository.git(&["tag", "v0.1.0"]);
    let kind = "        - { name: kind, in: query, schema: { type: string } }\n";
    let limit = "        - { name: limit, in: query, schema: { type: integer } }\n";
    repository.edit("openapi.yaml", kind, &format!("{kind}{limit}"));
    repository.release(&[]);
    repository.commit("Release 0.1.1");
    let added = "- `pets().list` takes `limit`.\n";
    let by_hand = format!("{added}- A word by hand.\n");
    repository.edit("generated/CHANGELOG.md", added, &by_hand);
    // The second release withdraws the parameter, and breaks code.
    repository.edit("openapi.yaml", limit, "");
    repository.edit("sdk.yaml", "retrieve:", "get:");
    let printed = repository.release(&[]);
    assert!(printed.starts_with("0.1.0 -> 0.2.0: major"), "{printed}");
    insta::assert_snapshot!(repository.read("generated/CHANGELOG.md"));
    repository.commit("Release 0.2.0");
    repository.git(&["tag", "v0.2.0"]);
    // A published entry stays.
    let published = repository.read("generated/CHANGELOG.md");
    let published = published.split("\n## 0.2.0").nth(1).unwrap().to_owned();
    repository.edit("openapi.yaml", kind, &format!("{kind}{limit}"));
    repository.release(&[]);
    let changelog = repository.read("generated/CHANGELOG.md");
    assert!(changelog.ends_with(&published), "{changelog}");
    assert!(changelog.contains("\n## 0.2.1"), "{changelog}");
}

#[test]
fn the_record_names_the_last_release() {
    let repository = Repository::new();
    let unknown = repository.refuse(&[]);
    assert!(unknown.contains("--first"), "{unknown}");
    let printed = repository.release(&["--first"]);
    assert!(printed.starts_with("0.1.0: the first release"), "{printed}");
    assert!(
        repository
            .read("generated/.sdkwright")
            .contains("# The last release: 0.1.0\n")
    );
    repository.commit("Release 0.1.0");
    repository.edit(
        "openapi.yaml",
        "info: { title: Pets",
        "info: { title: All pets",
    );
    repository.run(&["generate", "openapi.yaml"]);
    repository.commit("Rename the API");
    repository.edit("sdk.yaml", "retrieve:", "get:");
    let printed = repository.release(&[]);
    assert!(printed.starts_with("0.1.0 -> 0.2.0: major"), "{printed}");
    assert!(
        repository
            .read("generated/.sdkwright")
            .contains("# The last release: 0.2.0\n")
    );
}

#[test]
fn a_version_below_the_verdict_needs_a_reason() {
    let repository = Repository::new();
    let base = repository.git(&["rev-parse", "HEAD"]);
    repository.break_code();
    let low = ["--base", base.as_str(), "--version", "0.1.1"];
    let refusal = repository.refuse(&low);
    assert!(refusal.contains("demand 0.2.0"), "{refusal}");
    let same = repository.refuse(&["--base", "HEAD", "--version", "0.1.0"]);
    assert!(
        same.contains("not higher than the released 0.1.0"),
        "{same}"
    );
    let reason = ["--reason", "Nobody *used* it."];
    repository.release(&[&low[..], &reason].concat());
    let changelog = repository.read("generated/CHANGELOG.md");
    let note = "The changes are major. The version is lower: Nobody \\*used\\* it.\n";
    assert!(changelog.contains(note), "{changelog}");
    assert!(
        changelog.contains("\n## 0.1.1 - 2026-01-31\n"),
        "{changelog}"
    );
}

#[test]
fn a_rename_with_an_alias_is_a_deprecation_until_the_alias_is_due() {
    let repository = Repository::new();
    repository.git(&["tag", "v0.1.0"]);
    repository.edit("sdk.yaml", "list: get /pets", "all: get /pets");
    let aliases = "aliases:\n  methods:\n    pets.list: { to: pets.all, until: 0.2.0 }\n  types:\n    PetListParams: { to: PetAllParams, until: 0.2.0 }\n";
    let config = repository.read("sdk.yaml");
    repository.write("sdk.yaml", &format!("{config}{aliases}"));
    let printed = repository.release(&["--dry-run"]);
    let deprecated = "0.1.0 -> 0.1.1: minor (changes: 2)\n\n### Deprecated\n\n- `pets().list`: its new name is `pets().all`.\n- `PetListParams`: its new name is `PetAllParams`.\n";
    assert_eq!(printed, deprecated);
    let output = repository.try_run(&["release", "openapi.yaml", "--version", "0.2.0"]);
    let warnings = String::from_utf8(output.stderr).unwrap();
    assert!(
        warnings.contains("version 0.2.0 removes the alias `pets.list`"),
        "{warnings}"
    );
    repository.commit("Release 0.2.0");
    repository.git(&["tag", "v0.2.0"]);
    repository.write(
        "sdk.yaml",
        &repository.read("sdk.yaml").replace(aliases, ""),
    );
    let printed = repository.release(&["--dry-run"]);
    assert!(
        printed.starts_with("0.2.0 -> 0.3.0: major (changes: 3)"),
        "{printed}"
    );
    assert!(
        printed.contains("- **Breaking:** The method `pets().list`."),
        "{printed}"
    );
}

#[test]
fn errors_change_nothing() {
    let repository = Repository::new();
    let unchanged = repository.refuse(&["--base", "HEAD"]);
    assert!(
        unchanged.contains("nothing changed since version 0.1.0"),
        "{unchanged}"
    );
    let missing = repository.refuse(&["--base", "v9.9.9"]);
    assert!(missing.contains("no revision `v9.9.9`"), "{missing}");
    repository.break_code();
    // A file of someone else is in the way of the crate, after the version was written.
    fs::remove_file(repository.path().join("generated/README.md")).unwrap();
    fs::create_dir(repository.path().join("generated/README.md")).unwrap();
    let obstacle = repository.refuse(&["--base", "HEAD"]);
    assert!(obstacle.contains("README.md"), "{obstacle}");
    repository.edit("sdk.yaml", "all: get /pets", "all: get pets");
    let invalid = repository.refuse(&["--base", "HEAD"]);
    assert!(invalid.contains("invalid-endpoint"), "{invalid}");
}

/// Each error about git says what to do, also where nothing is committed yet.
#[test]
fn errors_about_git_have_a_remedy() {
    let repository = Repository(tempfile::tempdir().unwrap());
    repository.write("openapi.yaml", SPEC);
    repository.write("sdk.yaml", CONFIG);
    let errors = repository.refuse(&[]);
    assert!(errors.contains("in no git repository"), "{errors}");
    assert!(errors.contains("sdkwright release --first"), "{errors}");
    repository.git(&["init", "--quiet", "--initial-branch=main"]);
    let errors = repository.refuse(&[]);
    assert!(errors.contains("the last release is unknown"), "{errors}");
    assert!(errors.contains("pass `--first`"), "{errors}");
    let errors = repository.refuse(&["--base", "v9"]);
    assert!(errors.contains("no revision `v9`"), "{errors}");
    assert!(errors.contains("git fetch --unshallow"), "{errors}");
}

/// Findings about the description are printed as such.
#[test]
fn errors_of_the_description_have_their_code() {
    let repository = Repository::new();
    let output = repository.try_run(&["release", "nowhere.yaml"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.starts_with("error[missing-file]: "), "{errors}");
}

#[test]
fn a_reason_is_not_empty() {
    let repository = Repository::new();
    let args = ["release", "--version", "0.1.1", "--reason", "  "];
    let output = repository.try_run(&args);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}

#[test]
fn programs_read_the_result_as_json() {
    let repository = Repository::new();
    let first = repository.release(&["--first", "--json"]);
    let first: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert_eq!(first["version"], "0.1.0");
    assert_eq!(first.get("old_version"), None);
    repository.commit("Release");
    repository.git(&["tag", "v0.1.0"]);
    repository.break_code();
    let json = repository.release(&["--json", "--dry-run"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["old_version"], "0.1.0");
    assert_eq!(json["version"], "0.2.0");
    assert_eq!(json["bump"], "major");
    assert!(json["entry"].as_str().unwrap().contains("**Breaking:**"));
    assert_eq!(json["written"].as_array().unwrap().len(), 0);
    let written = repository.release(&["--json"]);
    let written: serde_json::Value = serde_json::from_str(&written).unwrap();
    let written = written["written"].as_array().unwrap();
    assert!(
        written.iter().any(|path| path == "CHANGELOG.md"),
        "{written:?}"
    );
}

/// The code of a removed feature is that of a manifest.
#[test]
fn a_removed_feature_is_shown_in_a_manifest() {
    let repository = Repository::new();
    let owners = "  /owners:\n    get: { operationId: listOwners, responses: { '204': { description: None } } }\n";
    repository.edit(
        "openapi.yaml",
        "  /pets/{id}:",
        &format!("{owners}  /pets/{{id}}:"),
    );
    let entry = "  owners:\n    methods:\n      list: get /owners\n";
    repository.edit("sdk.yaml", "resources:\n", &format!("resources:\n{entry}"));
    repository.commit("Add owners");
    repository.git(&["tag", "v0.1.0"]);
    repository.edit("openapi.yaml", owners, "");
    repository.edit("sdk.yaml", entry, "");
    let text = repository.release(&["--dry-run"]);
    let code = "```toml\n# Before\npets-sdk = { version = \"0.1.0\", features = [\"owners\"] }\n";
    assert!(text.contains(code), "{text}");
    assert!(
        text.contains("#### The crate has no feature `owners`"),
        "{text}"
    );
}

#[test]
fn text_of_a_document_stays_text_in_the_changelog() {
    let repository = Repository::new();
    repository.git(&["tag", "v0.1.0"]);
    let kind = "name: kind, in: query, schema: { type: string }";
    let hostile = "name: kind, in: query, schema: { type: string, default: \"` <script>\\n## 9.9.9\\n@team\" }";
    repository.edit("openapi.yaml", kind, hostile);
    repository.release(&[]);
    let changelog = repository.read("generated/CHANGELOG.md");
    assert!(!changelog.contains("\n## 9.9.9"), "{changelog}");
    for event in pulldown_cmark::Parser::new(&changelog) {
        match event {
            pulldown_cmark::Event::Html(html) | pulldown_cmark::Event::InlineHtml(html) => {
                panic!("{html}: {changelog}");
            }
            pulldown_cmark::Event::Text(text) => assert!(!text.contains("@team"), "{text}"),
            _ => {}
        }
    }
}

#[test]
fn workflows_are_written_next_to_an_existing_configuration() {
    let repository = Repository::new();
    let config = repository.read("sdk.yaml");
    let ci = ["init", "openapi.yaml", "--ci", "github"];
    let output =
        repository.try_run(&[&ci[..], &["--url", "https://example.com/openapi.yaml"]].concat());
    // The paths are relative, as that of the description is.
    let written = String::from_utf8(output.stdout).unwrap();
    let names = ["check", "publish", "update"].map(|name| {
        let path = Path::new(".github/workflows").join(format!("sdk-{name}.yml"));
        format!("{}\n", path.display())
    });
    assert_eq!(written, names.concat());
    assert_eq!(repository.read("sdk.yaml"), config);
    let update = repository.read(".github/workflows/sdk-update.yml");
    assert!(
        update.contains("SPEC_URL: \"https://example.com/openapi.yaml\"\n"),
        "{update}"
    );
    assert!(update.contains("SPEC: \"openapi.yaml\"\n"), "{update}");
    // The first run of the workflow creates the folder of the crate.
    repository.run(&[&ci[..], &["--force", "--crate-dir", "sdks/rust"]].concat());
    let check = repository.read(".github/workflows/sdk-check.yml");
    assert!(check.contains("\"sdks/rust\""), "{check}");
    repository.run(
        &[
            &ci[..],
            &["--force", "--url", "https://example.com/openapi.yaml"],
        ]
        .concat(),
    );
    let again = repository.try_run(&ci);
    assert!(!again.status.success(), "{again:?}");
    let hostile =
        repository.try_run(&[&ci[..], &["--force", "--url", "${{ secrets.X }}"]].concat());
    assert!(!hostile.status.success(), "{hostile:?}");
    assert_eq!(repository.read(".github/workflows/sdk-update.yml"), update);
}

/// The commands of the guide, in its order. The API changes before the release that is looked at.
#[test]
fn the_commands_of_the_guide_run() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("guide/src/reviewing-and-releasing.md");
    let guide = fs::read_to_string(guide).unwrap();
    let blocks = guide.split("```sh\n").skip(1);
    let blocks = blocks.filter_map(|block| block.split("```").next());
    let commands: Vec<&str> = blocks.flat_map(str::lines).collect();
    assert!(commands.len() >= 7, "{commands:?}");
    let repository = Repository::new();
    repository.git(&["rm", "--quiet", "sdk.yaml"]);
    repository.commit("Infer all names");
    for command in commands {
        if command.ends_with(" --dry-run") {
            repository.commit("Release version 0.1.0");
            repository.git(&["tag", "v0.1.0"]);
            repository.edit(
                "openapi.yaml",
                "age: { type: integer }",
                "age: { type: string }",
            );
        }
        let words: Vec<&str> = command.split(' ').collect();
        assert_eq!(words[0], "sdkwright", "{command}");
        repository.run(&words[1..]);
    }
    assert!(
        repository
            .read("review.html")
            .starts_with("<!DOCTYPE html>")
    );
}
