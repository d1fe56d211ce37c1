//! `x-fern-streaming` of operations, converted to `itemSchema` (3.2).
//!
//! The extension declares a stream that the media types of the response do not show. This module
//! moves its schemas to the success response, so that later phases see one form of stream. The value
//! is parsed in [`declaration`].

mod declaration;

use serde_json::{Map, Value, json};

use self::declaration::{StreamDeclaration, StreamFormat};
use crate::diagnostics::{Code, Diagnostic};
use crate::load::growth_limit::GrowthBudget;
use crate::load::internal_extensions::{STREAM_CONDITION, STREAM_TERMINATOR};
use crate::load::refs::Move;
use crate::source::Pointer;

/// The extension.
const KEY: &str = "x-fern-streaming";

/// The moves and the findings of a conversion.
#[derive(Default)]
pub(crate) struct StreamConverter {
    /// The schemas that were moved.
    pub(crate) moves: Vec<Move>,
    /// Extensions that cannot be used.
    pub(crate) findings: Vec<Diagnostic>,
    /// Number of bytes that copies may still add.
    budget: GrowthBudget,
}

impl StreamConverter {
    /// Creates a converter whose copies stay within a budget.
    pub(crate) fn new(budget: GrowthBudget) -> Self {
        Self {
            budget,
            ..Self::default()
        }
    }

    /// Converts the extensions of all operations of a document.
    pub(crate) fn convert_document(&mut self, root: &mut Map<String, Value>) {
        let components = root.get("components").cloned().unwrap_or_default();
        let responses = components.get("responses").unwrap_or(&Value::Null);
        let Some(Value::Object(paths)) = root.get_mut("paths") else {
            return;
        };
        for (path, item) in paths {
            let at = Pointer::root().child("paths").child(path);
            self.convert_operations(item, &at, responses);
        }
    }

    /// Converts the operations of a path item, or of its `additionalOperations`.
    fn convert_operations(&mut self, item: &mut Value, at: &Pointer, responses: &Value) {
        for (key, value) in item.as_object_mut().into_iter().flatten() {
            let at = at.child(key);
            match value {
                additional if key == "additionalOperations" => {
                    self.convert_operations(additional, &at, responses);
                }
                Value::Object(operation) => {
                    if let Some(extension) = operation.remove(KEY)
                        && let Err(problem) =
                            self.convert_operation(operation, &extension, &at, responses)
                    {
                        self.report(&at, problem);
                    }
                }
                _ => {}
            }
        }
    }

    /// Moves the schemas of an extension to the success response. Returns the problem of an
    /// extension that cannot be used.
    fn convert_operation(
        &mut self,
        operation: &mut Map<String, Value>,
        extension: &Value,
        at: &Pointer,
        responses: &Value,
    ) -> Result<(), &'static str> {
        let Some(mut declaration) = StreamDeclaration::parse(extension)? else {
            return Ok(());
        };
        let key = declaration.success_status(operation);
        let here = at.child("responses").child(&key);
        let declared = operation.entry("responses").or_insert_with(|| json!({}));
        let Some(response) = declared.as_object_mut().map(|map| map.entry(key)) else {
            return Ok(());
        };
        let response = response.or_insert_with(|| json!({"description": ""}));
        self.inline_component(response, &here, responses);
        let Some(response) = response.as_object_mut() else {
            return Ok(());
        };
        let content = response.entry("content").or_insert_with(|| json!({}));
        let Some(content) = content.as_object_mut() else {
            return Ok(());
        };
        let (from, to) = (at.child(KEY), here.child("content"));
        if declaration.condition.is_some() {
            self.declare_whole(&mut declaration, content, &from, &to)?;
        }
        self.declare_stream(declaration, content, &from, &to)
    }

    /// Replaces a reference to a component by a copy.
    fn inline_component(&mut self, response: &mut Value, at: &Pointer, components: &Value) {
        const PREFIX: &str = "#/components/responses/";
        let reference = response.get("$ref").and_then(Value::as_str);
        let name = reference.and_then(|reference| reference.strip_prefix(PREFIX));
        let Some((name, component)) = name.and_then(|name| Some((name, components.get(name)?)))
        else {
            return;
        };
        let original = Pointer::parse(PREFIX.trim_start_matches('#').trim_end_matches('/'));
        self.moves.push((at.clone(), 0, original.child(name)));
        *response = self.budget.copy(component);
    }

    /// Declares the response without a stream.
    fn declare_whole(
        &mut self,
        declaration: &mut StreamDeclaration,
        content: &mut Map<String, Value>,
        from: &Pointer,
        to: &Pointer,
    ) -> Result<(), &'static str> {
        let whole = content.keys().find(|name| is_json(name)).cloned();
        match (declaration.whole.take(), whole) {
            (Some(schema), name) => {
                let name = name.unwrap_or_else(|| "application/json".to_owned());
                let schema_pointer = to.child(&name).child("schema");
                self.moves.push((schema_pointer, 0, from.child("response")));
                let media_type = content.entry(name).or_insert_with(|| json!({}));
                set(media_type, "schema", schema);
            }
            (None, Some(_)) => {}
            (None, None) => return Err("has a `stream-condition`, but no `response`"),
        }
        Ok(())
    }

    /// Declares the stream, and removes the content that it replaces.
    fn declare_stream(
        &mut self,
        declaration: StreamDeclaration,
        content: &mut Map<String, Value>,
        from: &Pointer,
        to: &Pointer,
    ) -> Result<(), &'static str> {
        let is_stream = |name: &&String| declaration.is_stream(name);
        let declared = content.keys().find(is_stream).cloned();
        let source = declared.clone().or_else(|| content.keys().next().cloned());
        let is_only = declared.is_none() && declaration.condition.is_none();
        let name = declared.unwrap_or_else(|| declaration.choose_media_type(source.as_deref()));
        let mut media_type = match source.as_ref().and_then(|source| content.get(source)) {
            Some(media_type) if is_only || source.as_ref() == Some(&name) => media_type.clone(),
            // Examples of the whole response are not items.
            Some(media_type) => json!({"schema": media_type.get("schema")}),
            None => json!({}),
        };
        let schema = media_type
            .as_object_mut()
            .and_then(|map| map.remove("schema"));
        let source = source.map_or(from.clone(), |source| to.child(&source).child("schema"));
        let (schema, original) = match (declaration.item, schema) {
            (Some(item), _) => (item, from.child("response-stream")),
            (None, Some(schema)) => (self.budget.copy(&schema), source),
            // The document declares the items by `itemSchema` already, or leaves them open.
            (None, None) if media_type.get("itemSchema").is_some() => return Ok(()),
            (None, None) => return Err("declares a stream, but no schema of its items"),
        };
        if is_only {
            content.clear();
        }
        let now = to.child(&name).child("itemSchema");
        self.moves.push((now, 0, original));
        set(&mut media_type, "itemSchema", schema);
        for (key, text) in [
            (STREAM_CONDITION, declaration.condition),
            (STREAM_TERMINATOR, declaration.terminator),
        ] {
            if let Some(text) = text {
                set(&mut media_type, key, Value::String(text));
            }
        }
        content.insert(name, media_type);
        Ok(())
    }

    fn report(&mut self, operation: &Pointer, problem: &str) {
        let message = format!("`{KEY}` {problem}; the extension is ignored");
        let finding = Diagnostic::new(
            Code::InvalidStreamingExtension,
            operation.child(KEY),
            message,
        );
        let help = format!("write `{KEY}: {{format: sse}}`, or remove it");
        self.findings.push(finding.help(help));
    }
}

fn set(map: &mut Value, key: &str, value: Value) {
    if let Value::Object(map) = map {
        map.insert(key.to_owned(), value);
    }
}

fn is_json(media_type: &str) -> bool {
    StreamFormat::from_media_type(media_type).is_none() && media_type.contains("json")
}
