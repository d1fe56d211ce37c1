//! The table of diagnostics: each explanation has an example that causes the code, and the guide
//! lists all codes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};

use sdkwright::diagnostics::{Code, Diagnostics, render_reference};
use sdkwright::pipeline::{
    ConfigFile, Options, ReleaseOptions, SideOptions, check, compare_sides, generate,
    prepare_release,
};

/// Why no text of a few lines can cause a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// The file itself: its absence, its rights, its encoding, or that it is not a file.
    File,
    /// The server of a URL.
    Server,
    /// A size that no example has.
    Size,
    /// An earlier check reports every known document. The code guards against unknown ones.
    Guard,
}

/// The codes without an example, with the cause and the test that has it. Every other explanation has
/// files that cause its code.
const WITHOUT_EXAMPLE: &[(Code, Cause, &str)] = &[
    (Code::MissingFile, Cause::File, "reject.rs"),
    (Code::UnreadableFile, Cause::File, "reject.rs"),
    (Code::NotUtf8, Cause::File, "reject.rs"),
    (Code::MissingBase, Cause::File, "cli/input.rs"),
    (Code::DuplicateCustomModule, Cause::File, "custom_code.rs"),
    (Code::UndeclaredCustomModule, Cause::File, "custom_code.rs"),
    (Code::FetchNotAllowed, Cause::Server, "fetch.rs"),
    (Code::FetchFailed, Cause::Server, "fetch.rs"),
    (Code::DocumentChanged, Cause::Server, "fetch.rs"),
    (Code::DocumentTooLarge, Cause::Size, "hostile.rs"),
    (
        Code::LargeEnum,
        Cause::Size,
        "`sizes_beyond_examples_are_reported`",
    ),
    (
        Code::AllOfTooDeep,
        Cause::Size,
        "`sizes_beyond_examples_are_reported`",
    ),
    // Circles of references, of `allOf` and of unions have codes of their own.
    (Code::CircularSchema, Cause::Guard, ""),
    // Loading repairs each schema that it parses.
    (Code::InvalidSchema, Cause::Guard, ""),
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

/// An example: files by their names.
#[derive(Default)]
struct Example {
    files: BTreeMap<String, String>,
}

impl Example {
    /// Reads the code blocks of an explanation. A comment in the first line names a file other than the
    /// document.
    fn parse(explanation: &str) -> Self {
        let mut example = Self::default();
        for block in explanation.split("\n```").skip(1).step_by(2) {
            let (syntax, text) = block.split_once('\n').unwrap_or((block, ""));
            if !matches!(syntax, "yaml" | "json") {
                continue;
            }
            let first = text.lines().next().unwrap_or_default();
            let name = first
                .strip_prefix("# ")
                .filter(|name| name.ends_with(".yaml"));
            let (name, text) = match name {
                Some(name) => (name.to_owned(), text.to_owned()),
                None if text.starts_with('{') => ("openapi.json".to_owned(), text.to_owned()),
                None => ("openapi.yaml".to_owned(), complete(text)),
            };
            example.files.insert(name, text);
        }
        if !example
            .files
            .keys()
            .any(|name| name.starts_with("openapi."))
        {
            let document = complete(DOCUMENT);
            example.files.insert("openapi.yaml".to_owned(), document);
        }
        example
    }

    /// Writes the files to a folder. Returns the options for them.
    fn write(&self, folder: &Path) -> Options {
        let root = folder.join("api");
        fs::create_dir(&root).unwrap();
        for (name, text) in &self.files {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let name = self.files.keys().find(|name| name.starts_with("openapi."));
        Options {
            config: ConfigFile::NextToDocument,
            root: Some(root.clone()),
            ..Options::new(root.join(name.unwrap()))
        }
    }

    /// Returns the codes of the diagnostics that the example causes: those of `check`, and those of
    /// the commands that read more than a document.
    fn codes(&self) -> BTreeSet<Code> {
        let folder = tempfile::tempdir().unwrap();
        let options = self.write(folder.path());
        let mut codes = list_codes(&check(&options));
        if self.files.contains_key("sdk.yaml") {
            codes.extend(codes_of_commands(&options, folder.path()));
        }
        codes
    }
}

/// Returns the codes of `generate --check`, `diff` and `release`.
fn codes_of_commands(options: &Options, folder: &Path) -> BTreeSet<Code> {
    let mut codes = BTreeSet::new();
    if let Ok(generated) = generate(options) {
        let custom = generated.custom_module.diagnostic(&folder.join("sdk"));
        codes.extend(custom.map(|it| it.code));
        codes.extend(generated.drift.diagnostic("").map(|it| it.code));
    }
    let side = |config| {
        let options = Options {
            config,
            ..options.clone()
        };
        SideOptions::new(options, None)
    };
    let (base, head) = (side(ConfigFile::None), side(ConfigFile::NextToDocument));
    if let Ok((_, diagnostics)) = compare_sides(&base, &head) {
        codes.extend(list_codes(&diagnostics));
    }
    let release = ReleaseOptions {
        options: options.clone(),
        base: None,
        out: folder.join("sdk"),
        version: None,
        reason: None,
        date: "2026-01-31".to_owned(),
    };
    if let Ok(release) = prepare_release(&release) {
        codes.extend(list_codes(&release.diagnostics));
    }
    codes
}

fn list_codes(diagnostics: &Diagnostics) -> BTreeSet<Code> {
    diagnostics.iter().map(|it| it.code).collect()
}

/// Adds the parts of a document that an example omits.
fn complete(document: &str) -> String {
    let starts_with = |key: &str| document.lines().any(|line| line.starts_with(key));
    if document.trim().is_empty()
        || starts_with("openapi")
        || starts_with("swagger")
        || document.starts_with('{')
    {
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
        let is_exempt = WITHOUT_EXAMPLE.iter().any(|(exempt, ..)| exempt == code);
        let codes = example.codes();
        if codes.contains(code) == is_exempt {
            wrong.push(format!("{code}: {codes:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sizes_beyond_examples_are_reported() {
    let values: Vec<String> = (0..=10_000).map(|n| format!("v{n}")).collect();
    let large = format!("    Pet: {{type: string, enum: [{}]}}\n", values.join(", "));
    let link = |n: usize| {
        let next = n + 1;
        let next = format!("{{$ref: '#/components/schemas/A{next}'}}");
        format!("    A{n}: {{allOf: [{next}], properties: {{p{n}: {{type: string}}}}}}\n")
    };
    let chain: String = (0..70).map(link).collect();
    let chain = format!("{chain}    A70: {{type: object}}\n");
    for (schemas, code) in [(large, Code::LargeEnum), (chain, Code::AllOfTooDeep)] {
        let text = format!("```yaml\ncomponents:\n  schemas:\n{schemas}```\n");
        let codes = Example::parse(&format!("\n{text}")).codes();
        assert!(codes.contains(&code), "{code}: {codes:?}");
    }
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
