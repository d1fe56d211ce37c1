//! Conversion from Swagger 2.0 to OpenAPI 3.0.
//!
//! Only objects with another position in 3.0 are moved: parameters that are a body or a form field,
//! media types, servers, and the containers of components. Parsing reads the schemas of both
//! versions. Each move is recorded, so that diagnostics quote the text of 2.0.

mod body;
mod operation;
mod parameter;
mod response;
mod server;

use std::collections::HashMap;

use serde_json::{Map, Value};

use self::server::Host;
use crate::diagnostics::{Code, Diagnostic};
use crate::load::growth_limit::GrowthBudget;
use crate::load::refs::Move;
use crate::source::Pointer;

/// A document in the form of 3.0, with the moves.
pub(crate) struct Converted {
    pub(crate) root: Map<String, Value>,
    pub(crate) moves: Vec<Move>,
    /// Diagnostics about features that 3.0 cannot express.
    pub(crate) findings: Vec<Diagnostic>,
    /// Whether copies were omitted because they exceeded the budget.
    pub(crate) is_cut: bool,
}

/// Converts a document of 2.0.
pub(crate) fn convert(root: Map<String, Value>, budget: GrowthBudget) -> Converted {
    let mut converter = Converter {
        budget,
        ..Converter::default()
    };
    let root = converter.convert_document(root);
    Converted {
        root,
        moves: converter.moves,
        findings: converter.findings,
        is_cut: converter.budget.is_spent(),
    }
}

/// Converts a reference of 2.0.
pub(crate) fn convert_reference(reference: String) -> String {
    for (old, new) in [
        ("#/definitions/", "#/components/schemas/"),
        ("#/parameters/", "#/components/parameters/"),
        ("#/responses/", "#/components/responses/"),
    ] {
        if let Some(name) = reference.strip_prefix(old) {
            return format!("{new}{name}");
        }
    }
    reference
}

#[derive(Default)]
struct Converter {
    /// Default media types of requests.
    consumes: Vec<String>,
    /// Default media types of responses.
    produces: Vec<String>,
    /// Parameters of the document, by name.
    shared: HashMap<String, Value>,
    /// The address of the API.
    host: Host,
    moves: Vec<Move>,
    findings: Vec<Diagnostic>,
    /// Number of bytes that copies may still add.
    budget: GrowthBudget,
}

impl Converter {
    fn convert_document(&mut self, mut root: Map<String, Value>) -> Map<String, Value> {
        self.consumes = into_texts(root.remove("consumes"));
        self.produces = into_texts(root.remove("produces"));
        let mut components = Map::new();
        let servers = self.convert_servers(&mut root);
        if !servers.is_empty() {
            root.insert("servers".to_owned(), Value::Array(servers));
            self.record_move("/servers", "/host");
        }
        for (old, new) in [
            ("definitions", "schemas"),
            ("securityDefinitions", "securitySchemes"),
        ] {
            if let Some(section) = root.remove(old) {
                components.insert(new.to_owned(), section);
                self.record_move(&format!("/components/{new}"), &format!("/{old}"));
            }
        }
        if let Some(Value::Object(parameters)) = root.remove("parameters") {
            self.convert_shared_parameters(parameters, &mut components);
        }
        if let Some(Value::Object(responses)) = root.remove("responses") {
            self.record_move("/components/responses", "/responses");
            let responses =
                self.convert_responses(responses, None, "/components/responses", "/responses");
            components.insert("responses".to_owned(), Value::Object(responses));
        }
        if let Some(Value::Object(paths)) = root.get_mut("paths") {
            for (path, item) in paths.iter_mut() {
                let at = Pointer::root().child("paths").child(path);
                self.convert_path_item(item, &at);
            }
        }
        merge_components(&mut root, components);
        root
    }

    /// Records that the value at `now` was at `before`.
    fn record_move(&mut self, now: &str, before: &str) {
        self.moves
            .push((Pointer::parse(now), 0, Pointer::parse(before)));
    }

    fn report(&mut self, code: Code, at: Pointer, message: String, help: &str) {
        let finding = Diagnostic::new(code, at, message);
        self.findings.push(finding.help(help));
    }
}

/// Adds to the components that references have created.
fn merge_components(root: &mut Map<String, Value>, components: Map<String, Value>) {
    match root.get_mut("components") {
        Some(Value::Object(existing)) => {
            for (section, value) in components {
                existing.insert(section, value);
            }
        }
        _ => {
            root.insert("components".to_owned(), Value::Object(components));
        }
    }
}

fn into_text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// Returns a list of strings. A single string is a list of one.
fn into_texts(value: Option<Value>) -> Vec<String> {
    match value {
        Some(Value::Array(items)) => items.into_iter().filter_map(into_text).collect(),
        Some(Value::String(text)) => vec![text],
        _ => Vec::new(),
    }
}
