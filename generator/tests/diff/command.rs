//! `sdkwright diff` as a command: its status, and what it prints.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::edits::{Edit, Input};

/// Writes the documents before and after an edit into a folder.
fn write_sides(folder: &Path, edit: &str) {
    let shop = Input::shop();
    let edits = Edit::all();
    let edit = edits.iter().find(|found| found.name == edit);
    let edited = edit.expect("an edit").apply(&shop);
    for (name, input) in [("base", &shop), ("head", &edited)] {
        let folder = folder.join(name);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("shop.json"), input.document.to_string()).expect("a file");
        fs::write(folder.join("sdk.yaml"), input.config.to_string()).expect("a file");
    }
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sdkwright"));
    command.arg("diff").args(arguments).current_dir(folder);
    command.output().expect("the command runs")
}

#[test]
fn the_exit_status_follows_fail_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let sides = ["base/shop.json", "head/shop.json"];
    for (edit, fail_on, status) in [
        ("method-removed", "", 0),
        ("method-removed", "breaking", 1),
        ("method-removed", "wire", 1),
        ("method-added", "breaking,wire", 0),
        ("method-added", "any", 1),
        ("default-of-a-request-changed", "breaking", 0),
        ("parameter-spelled-otherwise", "breaking", 0),
        ("parameter-spelled-otherwise", "wire", 1),
    ] {
        write_sides(folder.path(), edit);
        let fail_on = format!("--fail-on={fail_on}");
        let options: &[&str] = if fail_on.ends_with('=') {
            &[]
        } else {
            &[&fail_on]
        };
        let output = run(folder.path(), &[&sides[..], options].concat());
        assert_eq!(
            output.status.code(),
            Some(status),
            "{edit} {fail_on}: {output:?}"
        );
    }
    let output = run(folder.path(), &["head/shop.json"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let output = run(folder.path(), &["nowhere.json", "head/shop.json"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
}

fn git(folder: &Path, args: &[&str]) {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder);
    git.args(["-c", "user.name=a", "-c", "user.email=a@example.com"]);
    assert!(
        git.args(args).status().expect("git runs").success(),
        "{args:?}"
    );
}

/// Each error about the sides says what to do.
#[test]
fn errors_about_revisions_have_a_remedy() {
    let folder = tempfile::tempdir().expect("a folder");
    write_sides(folder.path(), "method-removed");
    let check = |arguments: &[&str], message: &str, help: &str| {
        let output = run(folder.path(), arguments);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {output:?}");
        assert!(text.contains(message) && text.contains(help), "{text}");
    };
    let head = "head/shop.json";
    check(
        &[head, "--base", "HEAD"],
        "in no git repository",
        "sdkwright diff BASE HEAD",
    );
    git(folder.path(), &["init", "--quiet"]);
    check(
        &[head, "--base", "HEAD"],
        "no revision `HEAD`",
        "fetch-depth: 0",
    );
    git(folder.path(), &["add", "base"]);
    git(folder.path(), &["commit", "--quiet", "--message", "a"]);
    check(
        &[head, "--base", "HEAD"],
        "has no file `head/shop.json`",
        "git show HEAD:OLD_PATH",
    );
    check(
        &["nowhere.json", "--base", "HEAD"],
        "does not exist",
        "check the path",
    );
    check(
        &["no/where.json", "--base", "HEAD"],
        "does not exist",
        "check the path",
    );
    let base = "base/shop.json";
    let outside = tempfile::tempdir().expect("a folder");
    let outside = outside.path().join("sdk.yaml");
    fs::write(&outside, Input::shop().config.to_string()).expect("a file");
    let outside = outside.to_str().expect("a path");
    check(
        &[base, "--base", "HEAD", "--config", outside],
        "is not in the repository",
        "one repository",
    );
    let sides = [base, head];
    check(
        &[&sides[..], &["--out", "no/where"]].concat(),
        "cannot write `no/where`",
        "create the folder",
    );
    check(
        &[&sides[..], &["--out", "base"]].concat(),
        "cannot write `base`",
        "name a file",
    );
    // The old configuration is not read from the repository.
    let arguments = [
        base,
        "--base",
        "HEAD",
        "--config",
        outside,
        "--base-config",
        outside,
    ];
    let output = run(folder.path(), &arguments);
    assert!(output.status.success(), "{output:?}");
}

/// The configuration of a revision has any of the usual names.
#[test]
fn a_revision_has_a_configuration_of_any_usual_name() {
    let folder = tempfile::tempdir().expect("a folder");
    write_sides(folder.path(), "method-removed");
    let (config, spec) = ("base/stainless.yml", "base/shop.json");
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "base"]);
    git(folder.path(), &["mv", "base/sdk.yaml", config]);
    git(folder.path(), &["commit", "--quiet", "--message", "a"]);
    let output = run(folder.path(), &[spec, "--base", "HEAD", "--fail-on", "any"]);
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_wrong_number_of_sides_shows_the_usage() {
    let folder = tempfile::tempdir().expect("a folder");
    for arguments in [&["one"][..], &["one", "two", "--base", "HEAD"], &[]] {
        let output = run(folder.path(), arguments);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(
            text.contains("sdkwright diff [OPTIONS] BASE HEAD"),
            "{text}"
        );
    }
}

#[test]
fn every_format_is_written_to_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    write_sides(folder.path(), "method-removed");
    for (format, start) in [
        ("terminal", "verdict: major"),
        ("markdown", "## SDK changes: major"),
        ("json", "{\n  \"schema\": 1,"),
        (
            "github",
            "::error title=method-removed,file=head/shop.json,line=1::",
        ),
        ("html", "<!DOCTYPE html>"),
    ] {
        let arguments = [
            "base/shop.json",
            "head/shop.json",
            "--format",
            format,
            "--out",
            "report",
        ];
        let output = run(folder.path(), &arguments);
        assert!(
            output.status.success() && output.stdout.is_empty(),
            "{output:?}"
        );
        let report = fs::read_to_string(folder.path().join("report")).expect("a report");
        let head: String = report.chars().take(200).collect();
        assert!(report.starts_with(start), "{format}: {head}");
    }
}
