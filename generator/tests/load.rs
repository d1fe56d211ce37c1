//! Loading: each fixture of `load/` is a document, and its snapshot has the loaded form and the
//! diagnostics.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;
use sdkwright::diagnostics::Strictness;
use sdkwright::diagnostics::{Code, Diagnostic, Diagnostics, Severity, Style, render};
use sdkwright::load::{Document, load, load_str};
use sdkwright::source::Pointer;
use serde_json::{Value, json};

/// Returns the parts of a document that differ between fixtures.
fn show_document(document: &Document) -> Value {
    let mut parts = json!({"webhooks": document.webhooks});
    let Value::Object(openapi) = serde_json::to_value(&document.openapi).unwrap() else {
        panic!("a document is an object");
    };
    for (key, value) in openapi {
        let is_usual = key == "openapi" || (key == "info" && value["title"] == "An API");
        if !is_usual {
            parts[key] = value;
        }
    }
    let Value::Object(map) = &mut parts else {
        panic!("it was made an object");
    };
    map.retain(|_, value| value.as_object().is_none_or(|map| !map.is_empty()));
    parts
}

fn report(path: &Path) -> String {
    let mut diagnostics = Diagnostics::new();
    let document = load(path, &mut diagnostics).expect("it is repaired");
    let mut text = String::new();
    for finding in &diagnostics {
        assert_eq!(finding.severity, Severity::Warning, "{finding:?}");
        let (code, at, message) = (finding.code, &finding.pointer, &finding.message);
        writeln!(text, "{code} at {at}: {message}").unwrap();
    }
    let shown = serde_json::to_string_pretty(&show_document(&document)).unwrap();
    write!(text, "{shown}").unwrap();
    // `openapiv3` can read its own form.
    let again = serde_json::to_value(&document.openapi).unwrap();
    serde_json::from_value::<openapiv3::OpenAPI>(again).expect("the typed form is well-formed");
    text
}

#[test]
fn each_document_is_loaded() {
    insta::glob!("load/*.*", |path| {
        insta::assert_snapshot!(report(path));
    });
}

#[test]
fn documents_of_several_files_are_merged() {
    insta::glob!("load/files/*/openapi.yaml", |path| {
        let folder = path.parent().and_then(Path::file_name).unwrap();
        insta::with_settings!({snapshot_suffix => folder.to_string_lossy()}, {
            insta::assert_snapshot!(report(path));
        });
    });
}

/// Schemas may nest as deep as documents may.
#[test]
fn deep_schemas_fit_on_the_stack_of_a_thread() {
    for (open, close) in [
        ("{\"properties\":{\"a\":", "}}"),
        ("{\"allOf\":[", "]}"),
        ("{\"items\":", "}"),
    ] {
        let depth = 120 / open.matches(['{', '[']).count();
        let schema = format!("{}{{}}{}", open.repeat(depth), close.repeat(depth));
        let text = format!(
            "{{\"openapi\":\"3.0.3\",\"paths\":{{}},\"components\":{{\"schemas\":{{\"A\":{schema}}}}}}}"
        );
        let mut diagnostics = Diagnostics::new();
        assert!(load_str("a.json", &text, &mut diagnostics).is_some());
        assert!(!diagnostics.has_errors());
    }
}

#[test]
fn diagnostics_of_swagger_2_point_into_its_text() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/load/swagger-2.0.yaml");
    let mut diagnostics = Diagnostics::new();
    load(&path, &mut diagnostics).expect("it is well-formed");
    for (now, line) in [
        (
            "/components/schemas/Pet/properties/kind",
            "    properties: {kind: {type: string}",
        ),
        ("/components/parameters/Limit/schema", "  Limit: {"),
        (
            "/components/requestBodies/Body/content/application~1json/schema",
            "  Body: {",
        ),
        (
            "/components/responses/Gone/content/application~1json/schema",
            "  Gone: {",
        ),
        ("/components/securitySchemes/oauth/flows", "  oauth: {"),
        ("/servers/0/url", "host: api"),
        (
            "/paths/~1pets/put/requestBody/content/application~1xml/schema",
            "      parameters: [{$ref: \"#/parameters/Body\"}]",
        ),
        (
            "/paths/~1pets/get/parameters/1/schema/items",
            "        - {name: tags",
        ),
        (
            "/paths/~1pets/get/responses/200/content/application~1json/schema/items",
            "          schema: {type: array",
        ),
        (
            "/paths/~1pets/get/responses/200/headers/X-Total/schema",
            "          headers: {X-Total",
        ),
        (
            "/paths/~1pets~1{id}~1photo/post/requestBody/content/multipart~1form-data/schema/properties/labels/items",
            "        - {name: labels",
        ),
    ] {
        let mut found = diagnostics.clone();
        found.push(Diagnostic::new(Code::WrongType, Pointer::parse(now), "b"));
        let shown = render(&found, Style::Plain);
        assert!(shown.contains(&format!("| {line}")), "{now}: {shown}");
    }
}

/// Arbitrary JSON, in which keys and words of OpenAPI are frequent.
fn any_json() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(WORDS);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        word.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        let key = prop_oneof![4 => word.clone().prop_map(str::to_owned), 1 => ".*"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

const WORDS: &[&str] = &[
    "openapi",
    "swagger",
    "info",
    "title",
    "version",
    "paths",
    "/a/{id}",
    "get",
    "post",
    "parameters",
    "name",
    "in",
    "path",
    "query",
    "body",
    "formData",
    "required",
    "schema",
    "content",
    "application/json",
    "responses",
    "200",
    "default",
    "description",
    "components",
    "schemas",
    "definitions",
    "A",
    "B",
    "$ref",
    "#/components/schemas/A",
    "#/components/schemas/B",
    "#/definitions/A",
    "#/paths/~1a~1{id}/get",
    "#",
    "#/components",
    "https://x",
    "x.yaml",
    "type",
    "object",
    "array",
    "string",
    "integer",
    "null",
    "properties",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "enum",
    "const",
    "format",
    "additionalProperties",
    "discriminator",
    "mapping",
    "propertyName",
    "minimum",
    "exclusiveMinimum",
    "multipleOf",
    "nullable",
    "examples",
    "servers",
    "url",
    "variables",
    "security",
    "securitySchemes",
    "flows",
    "tags",
    "operationId",
    "requestBody",
    "headers",
    "encoding",
    "style",
    "explode",
    "webhooks",
    "pathItems",
    "prefixItems",
    "x-a",
    "3.1.0",
    "2.0",
    "3.0.3",
    "id",
];

/// Loads a text, which gives a document or an error, and never panics.
fn survives(name: &str, text: &str) {
    for strictness in [Strictness::Strict, Strictness::Lenient] {
        let mut diagnostics = Diagnostics::with_strictness(strictness);
        let document = load_str(name, text, &mut diagnostics);
        assert!(document.is_some() || diagnostics.has_errors(), "{text}");
        let _ = render(&diagnostics, Style::Plain);
        if let Some(document) = document {
            let value = serde_json::to_value(&document.openapi).unwrap();
            serde_json::from_value::<openapiv3::OpenAPI>(value)
                .expect("the typed form is well-formed");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn arbitrary_json_never_panics(mut root in any_json(), version in 0_usize..3) {
        if let Value::Object(map) = &mut root {
            let (key, value) = [("openapi", "3.1.0"), ("openapi", "3.0.3"), ("swagger", "2.0")][version];
            map.insert(key.to_owned(), value.into());
        }
        survives("a.json", &root.to_string());
    }

    #[test]
    fn arbitrary_paths_and_schemas_never_panic(paths in any_json(), schema in any_json(), version in 0..3) {
        let root = match version {
            0 => json!({"openapi": "3.1.0", "paths": {"/a/{id}": paths}, "components": {"schemas": {"A": schema}}}),
            1 => json!({"openapi": "3.0.3", "paths": {"/a/{id}": {"get": paths}}, "components": {"parameters": {"A": schema}}}),
            _ => json!({"swagger": "2.0", "paths": {"/a/{id}": {"post": paths}}, "definitions": {"A": schema}}),
        };
        survives("a.json", &root.to_string());
    }

    #[test]
    fn any_text_is_loaded_or_refused(text in ".*") {
        survives("a.yaml", &text);
        survives("a.json", &text);
        survives("a.yaml", &format!("openapi: 3.1.0\npaths: {text}"));
    }

    #[test]
    fn any_yaml_is_loaded_or_refused(text in "([a-c&*<>:?|{}\\[\\], \n-]|openapi: 3.1.0\n|  ){0,60}") {
        survives("a.yaml", &text);
    }
}
