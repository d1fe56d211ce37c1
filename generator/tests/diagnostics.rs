//! The table of diagnostics: each explanation has an example that causes the code, and the guide
//! lists all codes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::path::Path;
use std::{env, fs};

use sdkwright::config::{self, Config};
use sdkwright::diagnostics::{Code, Diagnostics, render_reference};
use sdkwright::load::load_str;
use sdkwright::lower::lower;
use sdkwright::plan::plan;

/// Codes whose example is not a document, with the test that causes them or the reason that no test
/// does.
const WITHOUT_EXAMPLE: &[(Code, &str)] = &[
    (
        Code::EmptyDocument,
        "needs an empty document; `reject/empty-file.yaml`",
    ),
    (
        Code::TransformFailed,
        "transforms are applied to files; `cli.rs`",
    ),
    (Code::MissingFile, "needs a file; `reject.rs` has it"),
    (Code::UnreadableFile, "needs a file; `reject.rs` has it"),
    (Code::NotUtf8, "needs a file; `reject.rs` has it"),
    (Code::InvalidRefFile, "needs a file; `reject/files`"),
    (Code::FetchNotAllowed, "needs a URL; `fetch.rs` has it"),
    (Code::FetchFailed, "needs a URL; `fetch.rs` has it"),
    (Code::DocumentChanged, "needs a URL; `fetch.rs` has it"),
    (
        Code::MissingBase,
        "needs standard input; `cli/input.rs` has it",
    ),
    (Code::RefOutsideRoot, "needs a file; `reject/files`"),
    (
        Code::DocumentTooLarge,
        "needs a large document; `hostile.rs`",
    ),
    (
        Code::NestingTooDeep,
        "needs a deep document; `reject/too-deep.yaml`",
    ),
    (
        Code::AliasBomb,
        "needs a large document; `reject/alias-bomb.yaml`",
    ),
    (
        Code::CircularSchema,
        "other codes find the known cases first",
    ),
    (Code::LargeEnum, "needs a large document"),
    (
        Code::UnusedAcceptance,
        "needs two documents; `diff.rs` has them",
    ),
    (
        Code::UnknownChange,
        "needs two documents; `diff.rs` has them",
    ),
    (Code::DueAlias, "needs a release; `release.rs` has one"),
    (
        Code::OutdatedConfiguration,
        "needs `--check`; `cli.rs` has it",
    ),
    (
        Code::InvalidCustomFile,
        "needs a folder; `custom_code.rs` has it",
    ),
    (Code::UnionTooDeep, "needs a deep document"),
    (Code::AllOfTooDeep, "needs a deep document"),
    (
        Code::InvalidSchema,
        "loading repairs every schema that it knows",
    ),
];

/// The default document of an example.
const DOCUMENT: &str = "
paths:
  /pets:
    get:
      responses:
        '200':
          description: Pets
          content:
            application/json: {schema: {$ref: '#/components/schemas/Pet'}}
            text/event-stream: {}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
";

/// An example: a document and a configuration.
#[derive(Default)]
struct Example {
    document: Option<String>,
    config: Option<String>,
}

impl Example {
    /// Reads the code blocks of an explanation.
    fn parse(explanation: &str) -> Self {
        let mut example = Self::default();
        for block in explanation.split("\n```").skip(1).step_by(2) {
            let (syntax, text) = block.split_once('\n').unwrap_or((block, ""));
            match (syntax, text.starts_with("# sdk.yaml")) {
                ("yaml", true) => example.config = Some(text.to_owned()),
                ("yaml" | "json", _) => example.document = Some(text.to_owned()),
                _ => {}
            }
        }
        example
    }

    /// Returns the codes of the diagnostics that the example causes.
    fn codes(&self) -> Vec<Code> {
        let mut diagnostics = Diagnostics::new();
        let config = self.config.as_deref().map_or_else(Config::default, |text| {
            config::read_str("sdk.yaml", text, &mut diagnostics)
                .map_or_else(Config::default, |read| read.0)
        });
        let is_json = self
            .document
            .as_ref()
            .is_some_and(|text| text.starts_with('{'));
        let name = if is_json {
            "openapi.json"
        } else {
            "openapi.yaml"
        };
        let text = complete(self.document.as_deref().unwrap_or(DOCUMENT));
        if let Some(document) = load_str(name, &text, &mut diagnostics) {
            let api = lower(&document, &config, &mut diagnostics);
            let _plan = plan(&api, &mut diagnostics);
        }
        diagnostics.accept(&config.ignored);
        diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code)
            .collect()
    }
}

/// Adds the parts of a document that an example omits.
fn complete(document: &str) -> String {
    let starts_with = |key: &str| document.lines().any(|line| line.starts_with(key));
    if starts_with("openapi") || starts_with("swagger") || document.starts_with('{') {
        return document.to_owned();
    }
    let paths = if starts_with("paths:") {
        ""
    } else {
        "paths: {}\n"
    };
    format!("openapi: 3.1.0\ninfo: {{title: Pets, version: 1.0.0}}\n{paths}{document}")
}

#[test]
fn examples_cause_the_diagnostics_that_they_explain() {
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let example = Example::parse(code.explanation());
        let is_exempt = WITHOUT_EXAMPLE.iter().any(|(exempt, _)| exempt == code);
        let codes = example.codes();
        if codes.contains(code) == is_exempt {
            wrong.push(format!("{code}: {codes:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reference_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("guide/src/diagnostics.md");
    let reference = render_reference();
    if env::var_os("INSTA_UPDATE").is_some_and(|mode| mode == "always") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &reference).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == reference,
        "`{}` is out of date. Run this test with `INSTA_UPDATE=always`.",
        path.display()
    );
}
