//! Each fixture of `reject/` is one idea of what can be wrong: what is said
//! about it is a snapshot.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

use sdkwright::config;
use sdkwright::diagnostics::{Diagnostics, Style, render, to_json_lines};
use sdkwright::load::{load, load_str, load_within};

/// Everything that is said about a document, and whether it is refused.
fn findings(name: &str, text: &str) -> String {
    let mut diagnostics = Diagnostics::strict();
    let strict = load_str(name, text, &mut diagnostics);
    assert!(diagnostics.has_errors(), "{name} has no errors");
    let mut lenient = Diagnostics::new();
    let found = load_str(name, text, &mut lenient);
    assert_eq!(strict.is_some(), found.is_some(), "only severities differ");
    let fate = if lenient.has_errors() {
        "refused"
    } else {
        "a warning, or an error where the reading is strict"
    };
    format!("{}\n({fate})\n", render(&diagnostics, Style::Plain))
}

#[test]
fn each_mistake_is_shown_with_its_place() {
    insta::glob!("reject/*.*", |path| {
        let name = path.file_name().unwrap().to_string_lossy();
        let text = fs::read_to_string(path).unwrap();
        insta::assert_snapshot!(findings(&name, &text));
    });
}

#[test]
fn each_mistake_of_a_configuration_is_shown_with_its_place() {
    insta::glob!("reject/config/*.yaml", |path| {
        let name = path.file_name().unwrap().to_string_lossy();
        let text = fs::read_to_string(path).unwrap();
        let mut diagnostics = Diagnostics::strict();
        let _ = config::read_str(&name, &text, &mut diagnostics);
        assert!(diagnostics.has_errors(), "{name} has no errors");
        insta::assert_snapshot!(render(&diagnostics, Style::Plain));
    });
}

#[test]
fn each_mistake_in_another_file_is_shown_where_it_is() {
    insta::glob!("reject/files/*/openapi.yaml", |path| {
        let mut diagnostics = Diagnostics::strict();
        let _ = load_within(path.parent(), path, &mut diagnostics);
        assert!(diagnostics.has_errors(), "{} has no errors", path.display());
        let folder = path.parent().unwrap();
        let idea = folder.file_name().unwrap().to_string_lossy().into_owned();
        let text =
            render(&diagnostics, Style::Plain).replace(&format!("{}/", folder.display()), "");
        insta::with_settings!({snapshot_suffix => idea}, {
            insta::assert_snapshot!(text);
        });
    });
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// What is said about a file that does not hold text.
fn about(path: &Path) -> String {
    let mut diagnostics = Diagnostics::new();
    assert!(load(path, &mut diagnostics).is_none());
    let shown = path.display().to_string();
    render(&diagnostics, Style::Plain).replace(&shown, "PATH")
}

#[test]
fn files_that_cannot_be_read_are_named() {
    insta::assert_snapshot!(about(&path("no-such-file.yaml")));
    insta::assert_snapshot!(about(Path::new(env!("CARGO_TARGET_TMPDIR"))));
    let latin = path("latin-1.yaml");
    fs::write(&latin, b"openapi: 3.1.0\ninfo: {title: caf\xE9}\n").unwrap();
    insta::assert_snapshot!(about(&latin));
    let utf16 = path("utf-16.yaml");
    fs::write(&utf16, b"\xFF\xFEo\0p\0").unwrap();
    insta::assert_snapshot!(about(&utf16));
}

#[test]
fn findings_are_json_for_programs() {
    let text = "openapi: 3.1.0\ninfo: {title: a, version: 1.10}\npaths:\n  /a/{id}:\n    get: {responses: {}}\n";
    let mut diagnostics = Diagnostics::strict();
    load_str("a.yaml", text, &mut diagnostics);
    insta::assert_snapshot!(to_json_lines(&diagnostics));
}

#[test]
fn many_findings_of_one_code_are_counted() {
    let paths: String = (0..50)
        .map(|i| format!("  /a{i}/{{id}}: {{get: {{responses: {{}}}}}}\n"))
        .collect();
    let text = format!("openapi: 3.0.3\ninfo: {{title: a, version: '1'}}\npaths:\n{paths}");
    let mut diagnostics = Diagnostics::strict();
    load_str("a.yaml", &text, &mut diagnostics);
    let shown = render(&diagnostics, Style::Plain);
    assert_eq!(
        shown
            .matches("error[undeclared-path-parameter]: no")
            .count(),
        20
    );
    assert!(
        shown.ends_with("error[undeclared-path-parameter]: … and 30 more\n\n50 errors\n"),
        "{shown}"
    );
}

#[test]
fn terminals_get_frames_and_the_same_words() {
    let text = "{\"openapi\": \"3.0.0\",\n \"info\": {\"title\": \"a\", \"version\": \"1\"},\n \"paths\": {\"/a\": {\"get\": {\"responses\": {\"200\": {\"$ref\": \"#/components/responses/Gone\"}}}}}\n}\n";
    let mut diagnostics = Diagnostics::strict();
    load_str("a.json", text, &mut diagnostics);
    insta::assert_snapshot!(render(&diagnostics, Style::Graphical { color: false }));
}

/// A device that never ends, and a pipe that nobody writes to.
#[cfg(unix)]
#[test]
fn only_regular_files_are_read() {
    let pipe = path("pipe.yaml");
    let _ = fs::remove_file(&pipe);
    let made = std::process::Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .unwrap();
    assert!(made.success());
    for file in [Path::new("/dev/zero"), &pipe] {
        let text = about(file);
        assert!(
            text.contains("`PATH` is a device or a pipe, not a file"),
            "{text}"
        );
    }
}

/// What a terminal would obey is escaped wherever a document's text is shown.
#[test]
fn names_are_shown_without_what_a_terminal_obeys() {
    let name = r#"a\u001b[2J\u202e\u009b\nb"#;
    let text = format!(
        r##"{{"openapi":"3.0.0","info":{{"title":"a","version":"1"}},"paths":{{"/{name}":{{"get":{{"responses":{{"200":{{"$ref":"#/components/responses/{name}"}}}}}}}}}}}}"##
    );
    let mut diagnostics = Diagnostics::new();
    load_str("a\u{1b}.json", &text, &mut diagnostics);
    for style in [Style::Plain, Style::Graphical { color: false }] {
        let shown = render(&diagnostics, style);
        let is_obeyed =
            |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
        assert!(!shown.contains(is_obeyed), "{shown:?}");
        assert!(shown.contains(r"\u{1b}[2J\u{202e}\u{9b}\u{a}b"), "{shown}");
    }
}
