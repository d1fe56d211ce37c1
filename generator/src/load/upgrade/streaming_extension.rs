//! `x-fern-streaming` of operations, converted to `itemSchema` (3.2).
//!
//! The extension declares a stream that the media types of the response do not show. This module
//! moves its schemas to the success response, so that later phases see one form of stream. The value
//! is parsed in [`declaration`]. [`response_content`] adds the stream to the response.

mod declaration;
mod response_content;

use serde_json::{Map, Value, json};

use self::declaration::{StreamDeclaration, parse_inherited};
use self::response_content::ResponseContent;
use crate::diagnostics::{Code, Diagnostic};
use crate::load::growth_limit::GrowthBudget;
use crate::load::refs::Move;
use crate::load::upgrade::swagger::convert_reference;
use crate::source::Pointer;

/// The extension.
const KEY: &str = "x-fern-streaming";

/// The effect of an extension that cannot be used.
const IGNORED: &str = "the extension is ignored";

/// Maximum number of references from a response to a component.
const MAX_REFERENCE_CHAIN: usize = 64;

/// The moves and the findings of a conversion.
#[derive(Debug)]
pub(crate) struct StreamConverter {
    /// The schemas that were moved.
    pub(crate) moves: Vec<Move>,
    /// Extensions that cannot be used.
    pub(crate) findings: Vec<Diagnostic>,
    /// Number of bytes that copies may still add.
    budget: GrowthBudget,
    /// Whether streams of events are resumable unless their operation says otherwise.
    resumable: Option<bool>,
}

impl StreamConverter {
    /// Creates a converter whose copies stay within a budget.
    pub(crate) const fn new(budget: GrowthBudget) -> Self {
        Self {
            moves: Vec::new(),
            findings: Vec::new(),
            budget,
            resumable: None,
        }
    }

    /// Whether streams were omitted because their copies exceeded the budget.
    pub(crate) const fn is_cut(&self) -> bool {
        self.budget.is_spent()
    }

    /// Converts the extensions of all operations of a document.
    pub(crate) fn convert_document(&mut self, root: &mut Map<String, Value>) {
        if let Some(extension) = root.get(KEY) {
            match parse_inherited(extension) {
                Ok(resumable) => self.resumable = resumable,
                Err(problem) => self.report(&Pointer::root(), problem, IGNORED),
            }
        }
        // Operations change while the components are read.
        let components = component_responses(root).map(Value::take);
        let responses = components.as_ref().unwrap_or(&Value::Null);
        if let Some(Value::Object(paths)) = root.get_mut("paths") {
            for (path, item) in paths {
                let at = Pointer::root().child("paths").child(path);
                self.convert_operations(item, &at, responses);
            }
        }
        if let (Some(emptied), Some(components)) = (component_responses(root), components) {
            *emptied = components;
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
                        self.report(&at, problem, IGNORED);
                    }
                }
                _ => {}
            }
        }
    }

    /// Moves the schemas of an extension to the success response. Returns the problem of an
    /// extension that cannot be used, and leaves its operation unchanged.
    fn convert_operation(
        &mut self,
        operation: &mut Map<String, Value>,
        extension: &Value,
        at: &Pointer,
        responses: &Value,
    ) -> Result<(), &'static str> {
        let Some(declaration) = StreamDeclaration::parse(extension, self.resumable)? else {
            return Ok(());
        };
        let status = declaration.success_status(operation);
        let here = at.child("responses").child(&status);
        let declared = operation.get("responses").and_then(|it| it.get(&status));
        let Some((mut response, mut moves)) = self.copy_response(declared, &here, responses)?
        else {
            return Ok(());
        };
        let content = response.as_object_mut().map(|map| map.entry("content"));
        let content = content.map(|content| content.or_insert_with(|| json!({})));
        // Parsing reports a value of the wrong type.
        let Some(Value::Object(content)) = content else {
            return Ok(());
        };
        let mut content = ResponseContent {
            content,
            pointer: here.child("content"),
            extension: at.child(KEY),
            moves: &mut moves,
            resumption_problem: None,
        };
        content.declare(declaration)?;
        if let Some(problem) = content.resumption_problem {
            self.report(at, problem, "an interrupted stream is not resumed");
        }
        let declared = operation.entry("responses").or_insert_with(|| json!({}));
        if let Value::Object(declared) = declared {
            declared.insert(status, response);
            self.moves.append(&mut moves);
        }
        Ok(())
    }

    /// Returns a copy of a response, with its move if it is a component. Returns `None` if the copy
    /// exceeds the budget. Items are parts of the response, so their copies are not counted.
    fn copy_response(
        &mut self,
        response: Option<&Value>,
        at: &Pointer,
        components: &Value,
    ) -> Result<Option<(Value, Vec<Move>)>, &'static str> {
        let Some(response) = response else {
            return Ok(Some((json!({"description": ""}), Vec::new())));
        };
        Ok(match resolve_response(response, components)? {
            None => Some((response.clone(), Vec::new())),
            Some((original, component)) => self
                .budget
                .spend(component)
                .then(|| (component.clone(), vec![(at.clone(), 0, original)])),
        })
    }

    /// Reports a problem of the extension of an operation or of the document, and its effect.
    fn report(&mut self, owner: &Pointer, problem: &str, effect: &str) {
        let message = format!("`{KEY}` {problem}; {effect}");
        let finding = Diagnostic::new(Code::InvalidStreamingExtension, owner.child(KEY), message);
        let help = "correct it, or declare the media type of the stream in the response instead";
        self.findings.push(finding.help(help));
    }
}

fn component_responses(root: &mut Map<String, Value>) -> Option<&mut Value> {
    root.get_mut("components")?.get_mut("responses")
}

/// Follows the references of a response. Returns the component with its position, or `None` for a
/// response without a reference.
fn resolve_response<'c>(
    response: &Value,
    components: &'c Value,
) -> Result<Option<(Pointer, &'c Value)>, &'static str> {
    const UNRESOLVED: &str = "belongs to a response whose reference cannot be resolved";

    let mut found: Option<(Pointer, &Value)> = None;
    let mut reference = response.get("$ref");
    for _ in 0..MAX_REFERENCE_CHAIN {
        let Some(text) = reference else {
            return Ok(found);
        };
        let text = text.as_str().ok_or(UNRESOLVED)?;
        let (pointer, component) = find_component(text, components).ok_or(UNRESOLVED)?;
        reference = component.get("$ref");
        found = Some((pointer, component));
    }
    Err(UNRESOLVED)
}

/// Returns the component that a reference names, with its position.
fn find_component<'c>(reference: &str, components: &'c Value) -> Option<(Pointer, &'c Value)> {
    let pointer = Pointer::parse(&convert_reference(reference.to_owned()));
    let is_response = pointer.parent()?.as_str() == "/components/responses";
    let component = components.get(pointer.last()?)?;
    is_response.then_some((pointer, component))
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::StreamConverter;
    use crate::load::growth_limit::GrowthBudget;

    /// Converts a document with one operation. Returns its success response, and the converter.
    fn convert(
        operation: Value,
        responses: Value,
        bytes: GrowthBudget,
    ) -> (Value, StreamConverter) {
        let mut root = Map::new();
        root.insert("paths".to_owned(), json!({"/a": {"get": operation}}));
        root.insert("components".to_owned(), json!({"responses": responses}));
        let mut converter = StreamConverter::new(bytes);
        converter.convert_document(&mut root);
        let root = Value::Object(root);
        assert_eq!(root.pointer("/components/responses"), Some(&responses));
        let response = root.pointer("/paths/~1a/get/responses/200");
        (response.cloned().unwrap_or_default(), converter)
    }

    fn stream(extension: Value, response: Value) -> Value {
        json!({"x-fern-streaming": extension, "responses": {"200": response}})
    }

    const BUDGET: GrowthBudget = GrowthBudget::for_text(0);

    #[test]
    fn references_are_followed_to_the_component() {
        let content = json!({"application/json": {"schema": {"type": "string"}}});
        let components = json!({
            "A": {"$ref": "#/components/responses/b~1~0"},
            "b/~": {"description": "", "content": content},
            "Loop": {"$ref": "#/components/responses/Loop"},
        });
        for name in ["#/components/responses/A", "#/responses/b~1~0"] {
            let operation = stream(json!({"format": "sse"}), json!({"$ref": name}));
            let (response, converter) = convert(operation, components.clone(), BUDGET);
            let items = json!({"text/event-stream": {"itemSchema": {"type": "string"}}});
            assert_eq!(response, json!({"description": "", "content": items}));
            let (_, _, original) = converter.moves.first().expect("a move");
            assert_eq!(original.as_str(), "/components/responses/b~1~0");
            assert!(!converter.is_cut());
        }
        for name in ["#/components/responses/Loop", "#/components/schemas/A"] {
            let reference = json!({"$ref": name});
            let operation = stream(json!({"format": "sse"}), reference.clone());
            let (response, converter) = convert(operation, components.clone(), BUDGET);
            assert_eq!((response, converter.findings.len()), (reference, 1));
        }
    }

    #[test]
    fn an_extension_that_is_ignored_changes_nothing() {
        let content = json!({"text/event-stream": {}});
        let components = json!({"A": {"description": "", "content": content}});
        let reference = json!({"$ref": "#/components/responses/A"});
        for extension in [
            json!(true),
            json!({"stream-condition": "a", "response": {"type": "string"}}),
            json!({"stream-condition": "a.b"}),
        ] {
            let operation = stream(extension, reference.clone());
            let (response, converter) = convert(operation, components.clone(), BUDGET);
            assert_eq!((&response, converter.findings.len()), (&reference, 1));
            assert!(converter.moves.is_empty());
        }
    }

    #[test]
    fn a_response_that_is_too_large_is_kept_as_a_reference() {
        let description = "x".repeat(65 << 20);
        let content = json!({"application/json": {"schema": {"type": "string"}}});
        let components = json!({"A": {"description": description, "content": content}});
        let reference = json!({"$ref": "#/components/responses/A"});
        let operation = stream(json!(true), reference.clone());
        let (response, converter) = convert(operation, components, BUDGET);
        assert_eq!((response, converter.is_cut()), (reference, true));
    }

    #[test]
    fn items_have_the_schema_of_the_json_text() {
        let schema = json!({"type": "integer"});
        let content = json!({"text/plain": {}, "application/json": {"schema": schema}});
        for (extension, media_type) in [
            (json!({"format": "sse"}), "text~1event-stream"),
            (json!(true), "application~1json"),
            (json!({"stream-condition": "a"}), "application~1jsonl"),
        ] {
            let operation = stream(extension, json!({"content": content}));
            let (response, converter) = convert(operation, json!({}), BUDGET);
            let item = response.pointer(&format!("/content/{media_type}/itemSchema"));
            assert_eq!(item, Some(&schema), "{response}");
            assert!(converter.findings.is_empty());
        }
    }

    #[test]
    fn items_of_the_document_keep_their_schema() {
        let media_type = json!({"schema": {"type": "array"}, "itemSchema": {"type": "integer"}});
        let response = json!({"content": {"application/jsonl": media_type}});
        let operation = stream(json!({"terminator": "END"}), response);
        let (response, _) = convert(operation, json!({}), BUDGET);
        let text = response.to_string();
        assert!(
            text.contains(r#""itemSchema":{"type":"integer"}"#),
            "{text}"
        );
        assert!(text.contains(r#""END""#), "{text}");
    }
}
