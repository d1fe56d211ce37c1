//! Swagger 2.0 in the form of OpenAPI 3.0.
//!
//! Only what stands elsewhere in 3.0 is moved: parameters that are a body or a
//! field of a form, media types, servers, the homes of components. Schemas are
//! left to the repair, which reads both dialects. Each move is noted, so that
//! findings show the text of 2.0.

mod body;
mod operation;
mod parameter;
mod response;
mod server;

use std::collections::HashMap;

use serde_json::{Map, Value};

use self::server::Host;
use crate::diagnostics::{Code, Diagnostic};
use crate::load::budget::Budget;
use crate::load::refs::Move;
use crate::source::Pointer;

/// A document in the form of 3.0, and what was moved to get it there.
pub(crate) struct Converted {
    pub(crate) root: Map<String, Value>,
    pub(crate) moves: Vec<Move>,
    /// What 3.0 cannot say.
    pub(crate) findings: Vec<Diagnostic>,
    /// Whether something was left out because it was repeated too often.
    pub(crate) is_cut: bool,
}

/// Brings a document of 2.0 into the form of 3.0.
pub(crate) fn convert(root: Map<String, Value>, budget: Budget) -> Converted {
    let mut converter = Converter {
        budget,
        ..Converter::default()
    };
    let root = converter.document(root);
    Converted {
        root,
        moves: converter.moves,
        findings: converter.findings,
        is_cut: converter.budget.is_spent(),
    }
}

/// A reference of 2.0 as 3.0 has it.
pub(crate) fn reference(reference: String) -> String {
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
    /// The media types of requests, where an operation does not say.
    consumes: Vec<String>,
    /// The media types of responses, where an operation does not say.
    produces: Vec<String>,
    /// The parameters that stand at the root, by name.
    shared: HashMap<String, Value>,
    /// Where the API is.
    host: Host,
    moves: Vec<Move>,
    findings: Vec<Diagnostic>,
    /// What copies may still weigh.
    budget: Budget,
}

impl Converter {
    fn document(&mut self, mut root: Map<String, Value>) -> Map<String, Value> {
        self.consumes = texts(root.remove("consumes"));
        self.produces = texts(root.remove("produces"));
        let mut components = Map::new();
        let servers = self.servers(&mut root);
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
            self.shared_parameters(parameters, &mut components);
        }
        if let Some(Value::Object(responses)) = root.remove("responses") {
            self.record_move("/components/responses", "/responses");
            let responses = self.responses(responses, None, "/components/responses", "/responses");
            components.insert("responses".to_owned(), Value::Object(responses));
        }
        if let Some(Value::Object(paths)) = root.get_mut("paths") {
            for (path, item) in paths.iter_mut() {
                let at = Pointer::root().child("paths").child(path);
                self.path_item(item, &at);
            }
        }
        merge_components(&mut root, components);
        root
    }

    /// Notes that what stands at `now` stood at `before`.
    fn record_move(&mut self, now: &str, before: &str) {
        self.moves
            .push((Pointer::parse(now), 0, Pointer::parse(before)));
    }

    fn report(&mut self, code: Code, at: Pointer, message: String, help: &str) {
        let finding = Diagnostic::new(code, at, message);
        self.findings.push(finding.help(help));
    }
}

/// Adds to the components that references have made.
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

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// A list of strings, or a string alone.
fn texts(value: Option<Value>) -> Vec<String> {
    match value {
        Some(Value::Array(items)) => items.into_iter().filter_map(text).collect(),
        Some(Value::String(text)) => vec![text],
        _ => Vec::new(),
    }
}
