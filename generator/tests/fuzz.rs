//! No input makes the compiler panic, hang, or write invalid Rust.
//!
//! The tests take documents apart and combine the parts wrongly, as trees and as text. The test
//! command runs a fixed slice. To look further:
//!
//! ```text
//! PROPTEST_CASES=100000 SDKWRIGHT_CORPUS=folder cargo test --release --test fuzz
//! ```
//!
//! With a number of cases, the run starts from a new seed, which proptest prints with the smallest
//! document that fails. A corpus adds real documents. A stack overflow ends the process without a
//! message. The document is then in the file that `SDKWRIGHT_LAST` names, if it is set.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cost;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs};

use cost::limited;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;
use sdkwright::config::Config;
use sdkwright::diagnostics::Strictness;
use sdkwright::diagnostics::{self, Diagnostics, Style};
use sdkwright::load::load_str;
use sdkwright::lower::lower;
use sdkwright::plan::plan;
use sdkwright::render::{Templates, render};
use serde_json::{Map, Value, json};

/// Greatest size of real documents, which are small enough for many cases.
const MAX_BYTES: u64 = 200_000;
/// Number of cases of the slice.
const CASES: u32 = 500;
/// Number of cases of large documents.
const LARGE_CASES: u32 = 12;

/// The source of the documents.
static DOCUMENTS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut paths = Vec::new();
    for folder in ["accept", "load", "reject"] {
        find(&tests.join(folder), &mut paths);
    }
    if let Some(corpus) = env::var_os("SDKWRIGHT_CORPUS") {
        find(Path::new(&corpus), &mut paths);
    }
    let texts = paths
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok());
    texts
        .filter_map(|text| serde_yaml::from_str(&text).ok())
        .collect()
});

/// Returns the files below a folder, ordered by name.
fn find(folder: &Path, paths: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(Result::unwrap).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            find(&path, paths);
        } else if entry.metadata().unwrap().len() <= MAX_BYTES {
            paths.push(path);
        }
    }
}

/// A mutation of a tree. Positions are counted through the whole tree.
#[derive(Debug, Clone)]
enum Mutation {
    /// Removes a value.
    Remove(Index),
    /// Replaces a value.
    Replace(Index, Value),
    /// Replaces a value by a value from another position or document.
    Transplant(Index, Index, Index),
    /// Renames a property to the name of another, or to an unusual name.
    Rename(Index, String),
    /// Nests a value one level deeper.
    Wrap(Index, bool),
    /// Adds a property to an object.
    Add(Index, String, Value),
}

fn mutations() -> impl Strategy<Value = Mutation> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Mutation::Remove),
        (at(), values()).prop_map(|(at, value)| Mutation::Replace(at, value)),
        (at(), at(), at()).prop_map(|(at, of, from)| Mutation::Transplant(at, of, from)),
        (at(), names()).prop_map(|(at, name)| Mutation::Rename(at, name)),
        (at(), any::<bool>()).prop_map(|(at, list)| Mutation::Wrap(at, list)),
        (at(), names(), values()).prop_map(|(at, name, value)| Mutation::Add(at, name, value)),
    ]
}

/// Names that have a meaning in some positions, and names without a meaning.
fn names() -> impl Strategy<Value = String> {
    const KEYWORDS: &[&str] = &[
        "$ref",
        "type",
        "properties",
        "items",
        "required",
        "allOf",
        "oneOf",
        "anyOf",
        "not",
        "enum",
        "const",
        "default",
        "nullable",
        "format",
        "discriminator",
        "mapping",
        "propertyName",
        "additionalProperties",
        "patternProperties",
        "prefixItems",
        "readOnly",
        "example",
        "in",
        "name",
        "schema",
        "content",
        "style",
        "explode",
        "parameters",
        "requestBody",
        "responses",
        "get",
        "post",
        "servers",
        "variables",
        "security",
        "securitySchemes",
        "paths",
        "components",
        "schemas",
        "definitions",
        "webhooks",
        "$defs",
        "$id",
        "$dynamicRef",
        "$dynamicAnchor",
        "$anchor",
        "<<",
        "swagger",
        "openapi",
        "tags",
        "operationId",
        "2XX",
        "default",
        "itemSchema",
        "encoding",
        "headers",
    ];
    prop_oneof![
        4 => proptest::sample::select(KEYWORDS).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => "[a-z_]{1,8}",
    ]
}

/// Values that are invalid almost everywhere.
fn values() -> impl Strategy<Value = Value> {
    let fixed = vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(1e300),
        json!(""),
        json!("~"),
        json!([]),
        json!({}),
        json!([null]),
        json!("object"),
        json!("array"),
        json!("string"),
        json!("integer"),
        json!("null"),
        json!(["string", "null"]),
        json!(["object", "array"]),
        json!("form"),
        json!("query"),
        json!("{a}/{b}"),
        json!("/{}"),
        json!("multipart/form-data"),
        json!("3.2.0"),
        json!("2.0"),
        json!({"$ref": "#"}),
        json!({"$ref": "#/"}),
        json!({"$ref": "#/paths"}),
        json!("\u{0}"),
        json!({"$ref": "#/components/schemas/Thing"}),
        json!({"$ref": "../x.yaml#/a"}),
        json!({"oneOf": [{"$ref": "#/components/schemas/Thing"}, {"type": "null"}]}),
        json!({"allOf": [{}, {"type": "string"}, {"required": ["a"]}]}),
        json!({"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Thing"}}),
        json!("x".repeat(5000)),
        json!("*/ ``` \" \\ # {{ }} \r\n"),
        json!("self"),
        json!("é😀"),
    ];
    prop_oneof![
        5 => proptest::sample::select(fixed),
        1 => names().prop_map(Value::String),
        1 => names().prop_map(|name| json!({"$ref": format!("#/components/schemas/{name}")})),
    ]
}

impl Mutation {
    fn apply(&self, tree: &mut Value, documents: &[Value]) {
        match self {
            Self::Remove(at) => edit(tree, at, |_| None),
            Self::Replace(at, value) => edit(tree, at, |_| Some(value.clone())),
            Self::Transplant(at, of, from) => {
                let mut donor = of.get(documents).clone();
                let mut found = None;
                edit(&mut donor, from, |value| {
                    found = Some(value.clone());
                    Some(value)
                });
                edit(tree, at, |_| found);
            }
            Self::Rename(at, name) => edit(tree, at, |value| match value {
                Value::Object(map) => Some(Value::Object(renamed(map, at, name))),
                other => Some(other),
            }),
            Self::Wrap(at, list) => edit(tree, at, |value| {
                Some(if *list {
                    json!([value])
                } else {
                    json!({"items": value})
                })
            }),
            Self::Add(at, name, added) => edit(tree, at, |mut value| {
                if let Value::Object(map) = &mut value {
                    map.insert(name.clone(), added.clone());
                }
                Some(value)
            }),
        }
    }
}

/// Renames a property of an object.
fn renamed(map: Map<String, Value>, which: &Index, name: &str) -> Map<String, Value> {
    let chosen = which.index(map.len().max(1));
    let members = map.into_iter().enumerate();
    members
        .map(|(i, (key, value))| (if i == chosen { name.to_owned() } else { key }, value))
        .collect()
}

/// Replaces or removes one value of a tree.
fn edit(tree: &mut Value, at: &Index, change: impl FnOnce(Value) -> Option<Value>) {
    let chosen = at.index(count(tree));
    let mut change = Some(change);
    visit(tree, &mut { chosen }, &mut |value| {
        change.take().and_then(|change| change(value))
    });
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(map) => map.values().map(count).sum(),
        _ => 0,
    }
}

/// Counts `left` down through the tree, and changes the value at which it reaches zero. Returns
/// whether to remove that value.
fn visit(
    value: &mut Value,
    left: &mut usize,
    change: &mut dyn FnMut(Value) -> Option<Value>,
) -> bool {
    if *left == 0 {
        *left = usize::MAX;
        let changed = change(value.take());
        let goes = changed.is_none();
        *value = changed.unwrap_or_default();
        return goes;
    }
    if *left == usize::MAX {
        return false;
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.retain_mut(|item| !visit(item, left, change)),
        Value::Object(map) => map.retain(|_, member| !visit(member, left, change)),
        _ => {}
    }
    false
}

/// Runs the whole pipeline, from the text to the files. Rendering parses its result as Rust, and
/// panics if it is invalid.
fn compile(name: &str, text: &str, strictness: Strictness) {
    if let Some(path) = env::var_os("SDKWRIGHT_LAST") {
        fs::write(path, text).unwrap();
    }
    limited(|| compile_text(name, text, strictness));
}

fn compile_text(name: &str, text: &str, strictness: Strictness) {
    let mut diagnostics = Diagnostics::with_strictness(strictness);
    let document = load_str(name, text, &mut diagnostics);
    if let Some(document) = document {
        let api = lower(&document, &Config::default(), &mut diagnostics);
        let plan = plan(&api, &mut diagnostics);
        if !diagnostics.has_errors() {
            render(&plan, &Templates::default()).unwrap();
        }
    } else {
        assert!(diagnostics.has_errors(), "no document, and nothing said");
    }
    let _report = diagnostics::render(&diagnostics, Style::Plain);
}

/// The way in which a schema refers to another.
#[derive(Debug, Clone, Copy)]
enum Link {
    Reference,
    Items,
    PrefixItems,
    Values,
    Required,
    Optional,
    RequiredList,
    OneOf,
    OrNull,
    AllOf,
    AllOfAlone,
    Tagged,
}

impl Link {
    fn to(self, next: &Value, number: usize) -> Value {
        match self {
            Self::Reference => next.clone(),
            Self::Items => json!({"type": "array", "items": next}),
            Self::PrefixItems => json!({"type": "array", "prefixItems": [next]}),
            Self::Values => json!({"type": "object", "additionalProperties": next}),
            Self::Required => {
                json!({"type": "object", "required": ["p"], "properties": {"p": next}})
            }
            Self::Optional => json!({"type": "object", "properties": {"p": next}}),
            Self::RequiredList => json!({"type": "object", "required": ["p"],
                "properties": {"p": {"type": "array", "items": next}}}),
            Self::OneOf => json!({"oneOf": [next, {"type": "integer"}]}),
            Self::OrNull => json!({"anyOf": [next, {"type": "null"}]}),
            Self::AllOf => {
                json!({"allOf": [next], "properties": {format!("p{number}"): {"type": "string"}}})
            }
            Self::AllOfAlone => json!({"allOf": [next], "description": "d"}),
            Self::Tagged => json!({"discriminator": {"propertyName": "k"}, "oneOf": [next,
                {"type": "object", "required": ["k"], "properties": {"k": {"const": format!("v{number}")}}}]}),
        }
    }
}

fn links() -> impl Strategy<Value = Link> {
    proptest::sample::select(vec![
        Link::Reference,
        Link::Items,
        Link::PrefixItems,
        Link::Values,
        Link::Required,
        Link::Optional,
        Link::RequiredList,
        Link::OneOf,
        Link::OrNull,
        Link::AllOf,
        Link::AllOfAlone,
        Link::Tagged,
    ])
}

/// The part of an object that is large.
#[derive(Debug, Clone, Copy)]
enum Wide {
    Properties { required: bool },
    PrefixItems,
    Variants,
    Constants,
    Values,
}

impl Wide {
    fn schema(self, count: usize) -> Value {
        let members = |value: &dyn Fn(usize) -> Value| -> Map<String, Value> {
            (0..count).map(|i| (format!("p{i}"), value(i))).collect()
        };
        let text = json!({"type": "string"});
        match self {
            Self::Properties { required } => {
                let names: Vec<_> = (0..count)
                    .filter(|_| required)
                    .map(|i| format!("p{i}"))
                    .collect();
                json!({"type": "object", "required": names, "properties": members(&|_| text.clone())})
            }
            Self::PrefixItems => json!({"type": "array", "prefixItems": vec![text; count]}),
            Self::Variants => {
                let one = |i: usize| json!({"type": "object", "required": [format!("p{i}")], "properties": {format!("p{i}"): text}});
                json!({"oneOf": (0..count).map(one).collect::<Vec<_>>()})
            }
            Self::Constants => {
                let one = |i: usize| json!({"type": "object", "properties": members(&|_| json!({"const": format!("c{i}")}))});
                json!({"oneOf": [one(0), one(1)]})
            }
            Self::Values => {
                json!({"enum": (0..count).map(|i| format!("v{i}")).collect::<Vec<_>>()})
            }
        }
    }
}

fn wide() -> impl Strategy<Value = Wide> {
    proptest::sample::select(vec![
        Wide::Properties { required: true },
        Wide::Properties { required: false },
        Wide::PrefixItems,
        Wide::Variants,
        Wide::Constants,
        Wide::Values,
    ])
}

/// A chain of schemas that ends in a wide one, and an operation that sends and returns the first
/// schema.
fn chain(links: &[Link], length: usize, end: Value) -> Value {
    let mut schemas = Map::new();
    for number in 0..length {
        let link = links.get(number % links.len()).unwrap();
        let next = json!({"$ref": format!("#/components/schemas/S{}", number + 1)});
        schemas.insert(format!("S{number}"), link.to(&next, number));
    }
    schemas.insert(format!("S{length}"), end);
    let content = json!({"schema": {"$ref": "#/components/schemas/S0"}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"post": {
            "operationId": "send",
            "requestBody": {"content": {"application/json": content, "multipart/form-data": content}},
            "responses": {"200": {"description": "d", "content": {"application/json": content}}},
        }}},
        "components": {"schemas": schemas},
    })
}

/// The same cases every time, unless a number of cases is set.
fn config() -> ProptestConfig {
    config_of(CASES)
}

fn config_of(cases: u32) -> ProptestConfig {
    let config = ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..ProptestConfig::default()
    };
    if env::var_os("PROPTEST_CASES").is_some() {
        return config;
    }
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(1),
        ..config
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn corrupt_trees_do_not_panic(
        document in any::<Index>(),
        mutations in vec(mutations(), 1..8),
        strict in any::<bool>(),
    ) {
        let mut tree = document.get(&DOCUMENTS).clone();
        for mutation in &mutations {
            mutation.apply(&mut tree, &DOCUMENTS);
        }
        let strictness = if strict { Strictness::Strict } else { Strictness::Lenient };
        compile("spoilt.json", &tree.to_string(), strictness);
    }

    #[test]
    fn corrupt_texts_do_not_panic(
        document in any::<Index>(),
        cuts in vec((any::<Index>(), 0_usize..6, "[-:{}\\[\\],\"'#&*!|>%@`a-z0-9 \n\t\\PC]{0,6}"), 1..6),
        yaml in any::<bool>(),
    ) {
        let tree = document.get(&DOCUMENTS);
        let mut text: Vec<char> = if yaml {
            serde_yaml::to_string(tree).unwrap()
        } else {
            serde_json::to_string_pretty(tree).unwrap()
        }
        .chars()
        .collect();
        for (at, gone, put) in cuts {
            let start = at.index(text.len().max(1)).min(text.len());
            let end = (start + gone).min(text.len());
            text.splice(start..end, put.chars());
        }
        let text: String = text.into_iter().collect();
        compile(if yaml { "spoilt.yaml" } else { "spoilt.json" }, &text, Strictness::Lenient);
    }
}

proptest! {
    #![proptest_config(config_of(LARGE_CASES))]

    #[test]
    fn long_chains_and_wide_objects_do_not_panic(
        links in vec(links(), 1..4),
        length in 1_usize..1200,
        wide in wide(),
        count in 1_usize..2000,
    ) {
        let tree = chain(&links, length, wide.schema(count));
        compile("chain.json", &tree.to_string(), Strictness::Lenient);
    }
}
