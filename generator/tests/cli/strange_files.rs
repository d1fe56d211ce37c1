//! Files that are not descriptions, and folders that cannot be written.

use std::fs;
use std::io::{Read as _, Write as _};

use crate::{Place, SPEC};

/// Contents with the words that name them.
const STRANGE: &[(&[u8], &str)] = &[
    (b"", "empty-document"),
    (b"\xef\xbb\xbf", "empty-document"),
    (b"\xff\xfeo\0p\0", "starts like UTF-16"),
    (b"o\0p\0e\0n\0", "starts like UTF-16"),
    (b"a: \"\xe9t\xe9\"\n", "is not UTF-8"),
    (b"\x89PNG\r\n\x1a\n\0\0", "this is an image"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "this is an image"),
    (b"GIF89a\x01\0", "this is an image"),
    (b"\x7fELF\x02\x01", "this is a binary file"),
    (b"PK\x03\x04", "this is a ZIP archive"),
    (b"%PDF-1.7\n", "this is a PDF file"),
    (b"<!DOCTYPE html>\n<html></html>", "this is an HTML page"),
    (
        b"{\"info\": {\"_postman_id\": \"x\"}, \"item\": []}",
        "this is a Postman collection",
    ),
    (b"asyncapi: 3.0.0\n", "this is an AsyncAPI document"),
    (b"{\"log\": {\"entries\": []}}", "this is a HAR archive"),
    (
        b"type Query {\n  a: Int\n}\n\n---\nscalar X\n",
        "this is a GraphQL schema",
    ),
    (
        b"schema { query: Query }\n\ntype Query { a: Int }\n",
        "this is a GraphQL schema",
    ),
    (b"union Result = A | B\n", "this is a GraphQL schema"),
    (
        b"query Pets {\n  pets { id }\n}\n",
        "this is a GraphQL schema",
    ),
    (
        b"syntax = \"proto3\";\npackage a;\n",
        "this is a Protocol Buffers file",
    ),
    (
        b"edition = \"2023\";\npackage a;\n",
        "this is a Protocol Buffers file",
    ),
    (
        b"package a;\nmessage A {\n  string x = 1;\n}\n",
        "this is a Protocol Buffers file",
    ),
    (
        b"$version: \"2.0\"\nnamespace a\n",
        "this is a Smithy model",
    ),
    (b"[package]\nname = \"x\"\n", "this is a TOML file"),
    (b"# x\nname = \"x\"\n[a]\nb = 1\n", "this is a TOML file"),
    (
        b"{\"message\": \"Not Found\", \"status\": \"404\"}",
        "this is an error response",
    ),
    (b"404: Not Found", "this is an error response"),
    (b"interface A {\n  b: string;\n}\n", "invalid-yaml"),
    (b"[1, 2]", "it is not an object"),
    (
        b"apiVersion: v1\n---\napiVersion: v1\n",
        "no key `openapi` or `swagger`",
    ),
    (b"{\"openapi\": \"3.1.0\", \"info\": {", "invalid-json"),
    (b"openapi: 3.1.0\0\n", "invalid-yaml"),
    (b"\x1f\x8b\x08\0\0", "cannot read"),
];

#[test]
fn each_strange_file_is_one_error_that_says_what_it_is() {
    let place = Place::with(SPEC);
    for (content, words) in STRANGE {
        fs::write(place.path("strange"), content).expect("a file");
        let ran = place.run(&["check", "strange"]);
        let shown = String::from_utf8_lossy(content);
        assert_eq!(ran.status, Some(1), "{shown}");
        assert!(ran.err.contains(words), "{shown}: {}", ran.err);
        assert!(ran.err.contains("= help: "), "{shown}: {}", ran.err);
        assert!(ran.out.ends_with("\n1 error\n"), "{shown}: {}", ran.out);
    }
}

#[test]
fn a_compressed_bomb_is_refused() {
    let place = Place::with(SPEC);
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::copy(&mut std::io::repeat(0).take(1 << 30), &mut bomb).expect("bytes");
    let bomb = bomb.finish().expect("bytes");
    fs::File::create(place.path("bomb.gz"))
        .and_then(|mut file| file.write_all(&bomb))
        .expect("a file");
    let ran = place.run(&["check", "bomb.gz"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.err.contains("error[document-too-large]"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn loops_pipes_and_devices_are_refused() {
    let place = Place::with(SPEC);
    std::os::unix::fs::symlink("loop", place.path("loop")).expect("a link");
    for (path, words) in [
        ("loop", "cannot read `loop`"),
        ("/dev/zero", "a device or a pipe"),
        ("missing.yaml", "does not exist"),
    ] {
        let ran = place.run(&["check", path]);
        assert_eq!(ran.status, Some(1), "{path}");
        assert!(
            ran.err.contains(words) && ran.err.contains("= help: "),
            "{}",
            ran.err
        );
    }
}

#[test]
fn output_that_cannot_be_written_changes_nothing() {
    let place = Place::with(SPEC);
    fs::write(place.path("file"), "mine").expect("a file");
    fs::create_dir(place.path("folder")).expect("a folder");
    fs::write(place.path("folder/Cargo.toml"), "mine").expect("a file");
    for args in [
        &["generate", "pets.yaml", "--out", "file"][..],
        &["generate", "pets.yaml", "--out", "file/sdk"],
        &["generate", "pets.yaml", "--out", "folder"],
        &["init", "pets.yaml", "--out", "file"],
        &["init", "pets.yaml", "--out", "none/sdk.yaml"],
        &[
            "generate",
            "pets.yaml",
            "--out",
            "sdk",
            "--templates",
            "none",
        ],
        &[
            "generate",
            "pets.yaml",
            "--out",
            "sdk",
            "--templates",
            "file",
        ],
        &["sync", "pets.yaml", "--config", "none.yaml"],
        &["sync", "pets.yaml", "--config", "folder"],
        &["diff", "pets.yaml", "pets.yaml", "--out", "none/report"],
        &["diff", "pets.yaml", "pets.yaml", "--out", "folder"],
    ] {
        let ran = place.run(args);
        assert_eq!(ran.status, Some(1), "{args:?}");
        assert!(ran.err.contains("  help: "), "{args:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{args:?}");
    }
    assert_eq!(
        fs::read_to_string(place.path("file")).expect("a file"),
        "mine"
    );
    assert_eq!(
        fs::read_to_string(place.path("folder/Cargo.toml")).expect("a file"),
        "mine"
    );
    assert_eq!(
        fs::read_dir(place.path("folder"))
            .expect("a folder")
            .count(),
        1
    );
    assert_eq!(fs::read_dir(place.path("")).expect("a folder").count(), 3);
    // The folder of a configuration stands for the file in it.
    let ran = place.run(&["init", "pets.yaml", "--out", "folder"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert!(place.path("folder/sdk.yaml").is_file());
    let ran = place.run(&["check", "pets.yaml", "--root", "none"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.err.contains("it is not a folder"), "{}", ran.err);
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_printed_is_an_error() {
    let place = Place::with(SPEC);
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("a device");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_sdkwright"))
        .args(["schema"])
        .current_dir(place.path(""))
        .stdout(full)
        .output()
        .expect("the command runs");
    assert_eq!(output.status.code(), Some(1));
    let err = String::from_utf8(output.stderr).expect("text");
    assert!(err.contains("error: cannot print the result"), "{err}");
}
