//! Diagnostics: each fixture of `reject/` has one mistake, and its snapshot has the diagnostics.

use std::path::{Path, PathBuf};
use std::{env, fs};

use sdkwright::config;
use sdkwright::diagnostics::{
    Detail, Diagnostics, Style, render, render_counts, render_findings, to_json_lines,
};
use sdkwright::load::{load, load_str, load_within};

/// Returns the diagnostics about a document, and whether it is refused.
fn render_diagnostics(name: &str, text: &str) -> String {
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
fn each_invalid_document_is_reported_with_its_position() {
    insta::glob!("reject/*.*", |path| {
        let name = path.file_name().unwrap().to_string_lossy();
        let text = fs::read_to_string(path).unwrap();
        insta::assert_snapshot!(render_diagnostics(&name, &text));
    });
}

#[test]
fn each_invalid_configuration_is_reported_with_its_position() {
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
fn each_invalid_reference_is_reported_in_its_file() {
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

/// Returns the diagnostics about a file that does not contain text.
fn render_file_diagnostics(path: &Path) -> String {
    let mut diagnostics = Diagnostics::new();
    assert!(load(path, &mut diagnostics).is_none());
    let shown = path.display().to_string();
    render(&diagnostics, Style::Plain).replace(&shown, "PATH")
}

#[test]
fn unreadable_files_are_named() {
    insta::assert_snapshot!(render_file_diagnostics(&path("no-such-file.yaml")));
    insta::assert_snapshot!(render_file_diagnostics(Path::new(env!(
        "CARGO_TARGET_TMPDIR"
    ))));
    let latin = path("latin-1.yaml");
    fs::write(&latin, b"openapi: 3.1.0\ninfo: {title: caf\xE9}\n").unwrap();
    insta::assert_snapshot!(render_file_diagnostics(&latin));
    let utf16 = path("utf-16.yaml");
    fs::write(&utf16, b"\xFF\xFEo\0p\0").unwrap();
    insta::assert_snapshot!(render_file_diagnostics(&utf16));
}

#[test]
fn binary_files_of_other_formats_are_named() {
    for (name, bytes, format) in [
        ("a.zip", &b"PK\x03\x04\x14\0\xFF"[..], "a ZIP archive"),
        ("a.pdf", &b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"[..], "a PDF file"),
        ("ascii.pdf", &b"%PDF-1.4\n1 0 obj\n"[..], "a PDF file"),
        (
            "a.yaml.zst",
            &b"\x28\xb5\x2f\xfd\xFF"[..],
            "a compressed file",
        ),
    ] {
        fs::write(path(name), bytes).unwrap();
        let text = render_file_diagnostics(&path(name));
        let message = format!("error[not-openapi]: this is {format}, not an OpenAPI document");
        assert!(text.starts_with(&message), "{name}: {text}");
    }
}

/// Compressed files are recognized by their first bytes, whatever their name.
#[test]
fn gzip_is_decompressed_within_a_limit() {
    let compress = |name: &str, bytes: &[u8]| {
        let file = fs::File::create(path(name)).unwrap();
        let mut encoder = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, bytes).unwrap();
        encoder.finish().unwrap();
    };
    let text = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n";
    compress("pets.yaml", text.as_bytes());
    let mut diagnostics = Diagnostics::new();
    assert!(load(&path("pets.yaml"), &mut diagnostics).is_some());
    assert!(diagnostics.is_empty());
    compress("bomb.yaml.gz", &vec![b' '; (256 << 20) + 1]);
    let text = render_file_diagnostics(&path("bomb.yaml.gz"));
    assert!(text.starts_with("error[document-too-large]"), "{text}");
    fs::write(path("cut.yaml.gz"), b"\x1f\x8b\x08\0").unwrap();
    let text = render_file_diagnostics(&path("cut.yaml.gz"));
    assert!(text.starts_with("error[unreadable-file]"), "{text}");
}

#[test]
fn diagnostics_are_rendered_as_json() {
    let text = "openapi: 3.1.0\ninfo: {title: a, version: 1.10}\npaths:\n  /a/{id}:\n    get: {responses: {}}\n";
    let mut diagnostics = Diagnostics::strict();
    load_str("a.yaml", text, &mut diagnostics);
    insta::assert_snapshot!(to_json_lines(&diagnostics));
}

#[test]
fn many_diagnostics_of_one_code_are_counted() {
    let paths: String = (0..50)
        .map(|i| format!("  /a{i}/{{id}}: {{get: {{responses: {{}}}}}}\n"))
        .collect();
    let text = format!("openapi: 3.0.3\ninfo: {{title: a, version: '1'}}\npaths:\n{paths}");
    let mut diagnostics = Diagnostics::strict();
    load_str("a.yaml", &text, &mut diagnostics);
    let shown = render_findings(&diagnostics, Style::Plain, Detail::Grouped);
    let count = |text: &str| text.matches("error[undeclared-path-parameter]").count();
    assert_eq!(count(&shown), 1);
    let note = "this code is reported 50 times, also at a.yaml:5:14, a.yaml:6:14, a.yaml:7:14, and 46 more positions";
    assert!(shown.contains(note), "{shown}");
    assert_eq!(render_counts(&diagnostics), "50 errors\n");
    let shown = render_findings(&diagnostics, Style::Plain, Detail::Full);
    assert_eq!(count(&shown), 50);
}

#[test]
fn terminals_get_frames_and_the_same_text() {
    let text = "{\"openapi\": \"3.0.0\",\n \"info\": {\"title\": \"a\", \"version\": \"1\"},\n \"paths\": {\"/a\": {\"get\": {\"responses\": {\"200\": {\"$ref\": \"#/components/responses/Gone\"}}}}}\n}\n";
    let mut diagnostics = Diagnostics::strict();
    load_str("a.json", text, &mut diagnostics);
    insta::assert_snapshot!(render(&diagnostics, Style::Graphical { color: false }));
}

/// An endless device, and a pipe without a writer.
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
        let text = render_file_diagnostics(file);
        assert!(
            text.contains("`PATH` is a device or a pipe, not a file"),
            "{text}"
        );
    }
}

/// Control characters in the text of a document must not reach the terminal.
#[test]
fn control_characters_are_escaped() {
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
