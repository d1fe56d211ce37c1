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
