//! A whole `stainless.yml` with its description: every configured name is in the crate, and the
//! commands and the YAML of the guide work.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sdkwright::config::read_str;
use sdkwright::diagnostics::Diagnostics;
use tempfile::TempDir;

fn package() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with the description and the configuration, to which `more` is added.
fn write_migration(more: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let source = package().join("tests/migration");
    for name in ["openapi.yml", "stainless.yml"] {
        let text = fs::read_to_string(source.join(name)).unwrap();
        let added = if name == "stainless.yml" { more } else { "" };
        fs::write(folder.path().join(name), text + added).unwrap();
    }
    folder
}

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sdkwright"));
    command.args(args).current_dir(folder).output().unwrap()
}

fn errors_of(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn each_configured_name_is_in_the_crate() {
    let folder = write_migration("");
    let output = run(folder.path(), &["generate"]);
    assert!(output.status.success(), "{}", errors_of(&output));
    let read = |path: &str| fs::read_to_string(folder.path().join("generated").join(path)).unwrap();
    let api = read("api.md");
    for line in [
        "# Kennel",
        "- `check() -> ()`: `GET /v2/status`",
        "### dogs",
        "- `list() -> Page<DogPage>`: `GET /v2/dogs`",
        "- `list_with(DogListParams) -> Page<DogPage>`: `GET /v2/dogs`",
        "- `create(DogCreateParams) -> Dog`: `POST /v2/dogs`",
        "- `retrieve(dog_id) -> Dog`: `GET /v2/dogs/{dog_id}`",
        "- `remove(dog_id) -> ()`: `DELETE /v2/dogs/{dog_id}`",
        "- `discard(dog_id) -> ()`: `DELETE /v2/dogs/{dog_id}`",
        "### dogs.walks",
        "- `start(dog_id) -> Walk`: `POST /v2/dogs/{dog_id}/walks`",
        "### chat",
        "- `complete(ChatCompleteParams) -> Answer`: `POST /v2/chat`",
        "- `complete_streaming(ChatCompleteParams) -> EventStream<Answer>`: `POST /v2/chat`",
        "### webhooks",
        "- `unwrap(headers, body) -> WebhookEvent`",
        "- `peek_unverified(body) -> WebhookEvent`",
        "- `Hound`: alias",
        "- `DogId`: alias",
        "- `DogTags`: alias",
        "- `ListedDog`: alias",
        "- `DogParams`: alias",
        "- `Stroll`: alias",
        "- `DogWalkStartResponse`: alias",
    ] {
        assert!(api.contains(line), "{line}\n{api}");
    }
    // `only: [go]`, and `unspecified_endpoints`.
    assert!(
        !api.contains("/v2/reports") && !api.contains("/v2/debug"),
        "{api}"
    );
    assert!(read("Cargo.toml").contains("name = \"kennel-sdk\""));
    let readme = read("README.md");
    assert!(readme.contains("DogCreateParams::new(\"Rex\")"), "{readme}");
    for name in ["KENNEL_TOKEN", "KENNEL_SIGNING_KEY", "`team`", "sandbox"] {
        assert!(readme.contains(name), "{name}");
    }
    let dogs = read("src/resources/dogs.rs");
    assert!(dogs.contains("note = \"Dogs stay.\""), "{dogs}");
    // The transforms.
    assert!(dogs.contains("Dogs that live and walk here."), "{dogs}");
    assert!(!read("src/types/dogs.rs").contains("walks"));
}

#[test]
fn a_language_can_stand_for_rust() {
    let folder = write_migration("");
    let path = folder.path().join("stainless.yml");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace(
        "targets:\n",
        "targets:\n  rust: { options: { like: go } }\n",
    );
    fs::write(&path, text).unwrap();
    let output = run(folder.path(), &["generate"]);
    assert!(output.status.success(), "{}", errors_of(&output));
    let api = fs::read_to_string(folder.path().join("generated/api.md")).unwrap();
    assert!(
        api.contains("- `summary() -> ()`: `GET /v2/reports`"),
        "{api}"
    );
}

#[test]
fn unknown_keys_are_warnings_unless_the_run_is_strict() {
    let folder = write_migration("multipart_setings: { array_format: repeat }\n");
    let output = run(folder.path(), &["generate"]);
    let errors = errors_of(&output);
    assert!(output.status.success(), "{errors}");
    assert!(errors.contains("warning[unknown-config-key]"), "{errors}");
    assert!(errors.contains("`multipart_settings`"), "{errors}");
    let strict = run(folder.path(), &["generate", "--strict"]);
    assert!(!strict.status.success());
    assert!(errors_of(&strict).contains("error[unknown-config-key]"));
}

/// The blocks of a language in a page of the guide.
fn code_blocks(page: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(package().join("guide/src").join(page)).unwrap();
    let parts = text.split("```").skip(1).step_by(2);
    let blocks = parts.filter_map(|part| part.strip_prefix(language)?.strip_prefix('\n'));
    blocks.map(str::to_owned).collect()
}

#[test]
fn the_commands_of_the_guide_work() {
    let folder = write_migration("");
    let mut count = 0;
    for block in code_blocks("coming-from.md", "sh") {
        for line in block.lines() {
            let command = line.split('#').next().unwrap_or_default();
            let Some(args) = command.trim().strip_prefix("sdkwright ") else {
                continue;
            };
            let args: Vec<&str> = args.split_whitespace().collect();
            let output = run(folder.path(), &args);
            assert!(output.status.success(), "{line}\n{}", errors_of(&output));
            count += 1;
        }
    }
    assert!(count >= 3, "{count}");
}

#[test]
fn the_yaml_of_the_guide_is_read() {
    for page in ["configuration.md", "coming-from.md", "names.md"] {
        for block in code_blocks(page, "yaml") {
            let mut diagnostics = Diagnostics::strict();
            assert!(read_str("sdk.yaml", &block, &mut diagnostics).is_some());
            assert!(diagnostics.is_empty(), "{page}\n{block}\n{diagnostics:?}");
        }
    }
}
