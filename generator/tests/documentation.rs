//! The text of a document never becomes code: neither a doc-test, nor an HTML element, nor anything
//! that rustc or rustdoc refuses.

mod generated_workspace;
mod workspace;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output as Ran;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use sdkwright::config::{self, At};
use sdkwright::diagnostics::Diagnostics;
use sdkwright::load::load_str;
use sdkwright::lower::lower;
use sdkwright::output::{Existing, Output};
use sdkwright::plan::plan;
use sdkwright::render::{Files, Templates, render};
use sdkwright::source::Pointer;
use serde_json::{Map, Value, json};

/// Attempts of a hostile document. Each contains the word `hostile`.
const PAYLOADS: [&str; 24] = [
    "```\nhostile()\n```",
    "```rust,should_panic\nhostile()\n```",
    "~~~\nhostile()\n~~~",
    "- ~~~\n  hostile()\n  ~~~",
    "> ~~~\n> hostile()\n> ~~~",
    "-     hostile()",
    "1.     hostile()",
    ">     hostile()",
    "a\n\n    hostile()",
    "\thostile()",
    "*/ hostile() /**",
    "a\r```\rhostile()\r```",
    "\"#]\nhostile!();",
    "\u{202e}hostile\u{2066}",
    "hostile\0\u{1b}[2J\u{85}\u{2028}x",
    "<script>hostile()</script>",
    "\\<img src=x onerror=hostile()>",
    "a <img src=x onerror=hostile()>",
    "<p>a\n<svg onload=hostile()></p>",
    "[hostile](javascript:hostile()) [`hostile`] [hostile]",
    "![hostile](https://hostile.example/x.png)",
    "[hostile]: javascript:hostile()\n\n[hostile] [^hostile]",
    "see https://hostile.example/a_b?c=<d>&e and xhttp://hostile.example",
    "`` ` `` | hostile | `\n|-|-|",
];

/// A document with the payloads in all texts.
fn document() -> Value {
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    for (i, text) in PAYLOADS.iter().enumerate() {
        paths.insert(format!("/p{i}/{text}"), json!({
            "summary": text,
            "get": {
                "operationId": format!("get_{i}_{text}"),
                "summary": text,
                "description": format!("{text}\n\n{text}"),
                "tags": [format!("{i}{text}")],
                "externalDocs": { "url": format!("https://x.example/{text}") },
                "parameters": [
                    { "name": format!("q{text}"), "in": "query", "description": text,
                      "schema": { "type": "string", "default": text, "enum": [text, "b"] } },
                ],
                "responses": {
                    "200": {
                        "description": text,
                        "headers": { format!("X-{text}"): { "description": text, "schema": { "type": "string" } } },
                        "content": { "application/json": {
                            "schema": { "$ref": format!("#/components/schemas/S{i}") },
                            "example": { text.to_string(): text, "own": text },
                        } },
                    },
                    "404": { "description": text, "content": { "application/json": {
                        "schema": { "type": "object", "properties": { "own": { "type": "string" } } } } } },
                },
            },
        }));
        schemas.insert(format!("S{i}"), json!({
            "type": "object",
            "title": text,
            "description": text,
            "properties": {
                text.to_string(): { "type": "string", "description": text, "default": text },
                "own": { "type": "string", "enum": [text, "b"], "examples": [text] },
                "either": { "description": text, "oneOf": [
                    { "type": "string", "title": text, "description": text },
                    { "type": "object", "description": text, "properties": { text.to_string(): { "const": text } } },
                ] },
            },
            "example": { text.to_string(): text, "own": text },
        }));
    }
    let all = PAYLOADS.join(" ");
    json!({
        "openapi": "3.1.0",
        "info": { "title": format!("Pets {all}"), "version": all, "description": all },
        "servers": [
            { "url": "https://a.example/{v}\n```\nhostile()\n```", "description": all,
              "variables": { "v": { "default": PAYLOADS[0], "description": all } } },
            { "url": format!("https://b.example/{all}"), "description": "sandbox" },
        ],
        "tags": PAYLOADS.iter().enumerate().map(|(i, text)| json!({ "name": format!("{i}{text}"), "description": text })).collect::<Vec<_>>(),
        "security": [{ "key": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "key": { "type": "oauth2", "description": all, "flows": { "clientCredentials": {
                "tokenUrl": format!("https://x.example/{all}"), "scopes": { "a": all } } } } },
        },
    })
}

const CONFIG: &str = r#"
organization: { name: "pets\n```\nhostile()\n```" }
environments: { "production\n```\nhostile()\n```": "https://a.example/\n```\nhostile()\n```", "b`|": "https://b.example" }
client_settings:
  opts:
    token: { type: string, read_env: "A`\n```\nhostile()\n```", auth: { security_scheme: key } }
targets:
  rust:
    description: "a\n```\nhostile()\n```\0\u202e"
    authors: ["a\n[x]"]
    readme_title: "a\n```\nhostile()\n```"
    options: { runtime: dependency }
"#;

fn generate(config: &str, name: &str) -> Files {
    let text = document().to_string();
    let mut diagnostics = Diagnostics::new();
    let document = load_str("openapi.json", &text, &mut diagnostics).expect("a document");
    let mut config = config::read_str("sdk.yaml", config, &mut diagnostics)
        .expect("a configuration")
        .0;
    config.target.package_name = Some(At::new(name.to_owned(), Pointer::root()));
    let api = lower(&document, &config, &mut diagnostics);
    let plan = plan(&api, &mut diagnostics);
    render(&plan, &Templates::default()).expect("our own templates render")
}

fn root() -> PathBuf {
    workspace::root().join("target/hostile")
}

const CRATES: [(&str, &str); 2] = [("hostile-document", ""), ("hostile-configuration", CONFIG)];

/// Writes the crates and checks that their Markdown has no block from a document.
fn write() {
    for (name, config) in CRATES {
        let mut output = Output::default();
        for (file, text) in generate(config, name) {
            if file.ends_with(".md") {
                is_tame(&file, &text);
            }
            let text = generated_workspace::deny_warnings(&file, text);
            output.insert(file, text);
        }
        output
            .write(&root().join(name), Existing::Replace)
            .expect("a crate");
    }
    generated_workspace::write(&root(), &CRATES.map(|(name, _)| name));
}

/// All code blocks in Markdown are generated, and there are no HTML elements.
fn is_tame(file: &str, text: &str) {
    let mut is_code = false;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                is_code = !matches!(kind, CodeBlockKind::Fenced(info) if &*info == "text");
            }
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => is_code = false,
            // Sample values in the code of a quick start are Rust strings.
            Event::Text(line) if is_code => {
                assert!(!line.trim_start().starts_with("hostile"), "{file}: {line}")
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                assert!(!html.contains("hostile"), "{file}: {html}");
            }
            _ => {}
        }
    }
}

fn cargo(args: &[&str]) -> Ran {
    let output = workspace::cargo(&root())
        .args(args)
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {errors}");
    output
}

#[test]
fn a_document_writes_neither_tests_nor_elements() {
    write();
    cargo(&["check", "--quiet", "--workspace", "--all-targets"]);
    let listed = cargo(&[
        "package",
        "--list",
        "--allow-dirty",
        "--package",
        "hostile-document",
    ]);
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    for file in ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md"] {
        assert!(listed.lines().any(|line| line == file), "{listed}");
    }
    let folders = CRATES.map(|(name, _)| root().join("../doc").join(name.replace('-', "_")));
    for folder in &folders {
        fs::remove_dir_all(folder).ok();
    }
    cargo(&["doc", "--quiet", "--workspace", "--no-deps"]);
    for folder in folders {
        has_front_page(&folder);
        assert!(pages(&folder) > 50, "{}", folder.display());
    }
    let listed = cargo(&["test", "--quiet", "--workspace", "--doc", "--", "--list"]);
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let tests = listed.lines().filter(|line| line.ends_with(": test"));
    let mut count = 0;
    for test in tests {
        count += 1;
        let is_ours = ["src/lib.rs - ", "src/../README.md", "src/runtime/"]
            .iter()
            .any(|start| test.contains(start));
        assert!(is_ours, "{test}");
    }
    // Two on the front page and two in the README of each crate.
    assert_eq!(count, 4 * CRATES.len(), "{listed}");
}

/// The front page has the items of the runtime with their summaries, and the runtime has no page.
fn has_front_page(folder: &Path) {
    let page = fs::read_to_string(folder.join("index.html")).expect("a front page");
    assert!(!page.contains("pub use"), "{}", folder.display());
    let mut rest = page.as_str();
    for part in [
        "id=\"client\"",
        "id=\"requests\"",
        "id=\"errors\"",
        "struct.Request.html",
    ] {
        let start = rest.find(part);
        rest = &rest[start.expect(part)..];
    }
    assert!(
        !folder.join("runtime/index.html").exists(),
        "{}",
        folder.display()
    );
}

/// Reads each page of the documentation, and returns their number.
fn pages(folder: &Path) -> usize {
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("the documentation") {
        let path = entry.expect("a page").path();
        if path.is_dir() {
            count += pages(&path);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "html")
        {
            count += 1;
            let text = fs::read_to_string(&path).expect("a page");
            for element in [
                "<script>hostile",
                "<img src=x",
                "<img src=\"https://hostile",
                "<svg onload",
                "href=\"javascript",
            ] {
                assert!(!text.contains(element), "{}: {element}", path.display());
            }
        }
    }
    count
}
