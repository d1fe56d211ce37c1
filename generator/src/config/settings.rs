//! The smaller mappings: `settings`, `query_settings`, `errors`, `custom_casings`, `diagnostics`,
//! `openapi.transforms`.

use indexmap::IndexMap;
use serde_json::Value;

use super::reader::Reader;
use super::resources::model_kind;
use super::{At, Endpoint, ModelKind};
use crate::diagnostics::Ignored;

/// `settings`: options of the generator.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// `license`: an SPDX expression, or the name of a custom licence.
    pub license: Option<At<String>>,
    /// `unwrap_response_fields`: properties whose value is returned instead of the response.
    pub unwrap_response_fields: Vec<At<String>>,
    /// `positional_params: false`: no parameter is a separate argument.
    pub no_positional_params: bool,
    /// `disable_mock_tests` or `disable_tests`: no tests are generated.
    pub disable_tests: bool,
    /// `file_header`: a comment at the head of each file.
    pub file_header: Option<String>,
}

/// `array_format`: the encoding of arrays in a query or a multipart body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArrayFormat {
    /// `a=1,2`.
    Comma,
    /// `a=1&a=2`.
    Repeat,
    /// `a[]=1&a[]=2`.
    Brackets,
    /// `a[0]=1&a[1]=2`.
    Indices,
}

/// `nested_format`: the encoding of objects in a query or a multipart body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NestedFormat {
    /// `a[b]=1`.
    Brackets,
    /// `a.b=1`.
    Dots,
}

/// `errors`: the form of error bodies.
#[derive(Debug, Clone, Default)]
pub struct ErrorSettings {
    /// `message_property`: the property with the message, with its path (`error.message`).
    pub message_property: Option<At<String>>,
    /// `union.source`: the schema of error bodies.
    pub source: Option<At<ModelKind>>,
}

/// The spelling of a term of `custom_casings`. An empty one is an ordinary word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Casing {
    /// `initialism: true`: all letters have the same case, `ID` rather than `Id`.
    pub initialism: bool,
    /// `snake`.
    pub snake: Option<String>,
    /// `camel`.
    pub camel: Option<String>,
    /// `pascal`.
    pub pascal: Option<String>,
    /// `capital`.
    pub capital: Option<String>,
    /// `singular`.
    pub singular: Option<String>,
    /// `plural`.
    pub plural: Option<String>,
}

/// A change to the document before it is loaded: `openapi.transforms`.
#[derive(Debug, Clone, PartialEq)]
pub struct Transform {
    /// `command`: `update`, `append`, `merge`, `remove`, `copy`, `move`.
    pub command: String,
    /// `reason`.
    pub reason: Option<String>,
    /// `args`.
    pub args: Value,
}

impl Reader<'_> {
    pub(super) fn settings(&mut self, node: Option<At<Value>>) -> Settings {
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return Settings::default();
        };
        let positional = fields.take("positional_params");
        let settings = Settings {
            license: self.license(fields.take("license")),
            unwrap_response_fields: self.texts(fields.take("unwrap_response_fields")),
            no_positional_params: positional.is_some_and(|node| node.value == Value::Bool(false)),
            disable_tests: self.flag(fields.take("disable_mock_tests"))
                | self.flag(fields.take("disable_tests")),
            file_header: self.plain(fields.take("file_header")),
        };
        // Properties always have the order of the document.
        self.finish(fields, "settings");
        settings
    }

    /// Reads an SPDX expression, or the name of a custom licence.
    fn license(&mut self, node: Option<At<Value>>) -> Option<At<String>> {
        let node = node?;
        if !node.value.is_object() {
            return self.text(Some(node));
        }
        let mut fields = self.fields(node)?;
        self.text(fields.take("name"))
    }

    /// Reads the formats of `query_settings` or `multipart_settings`.
    pub(super) fn formats(
        &mut self,
        node: Option<At<Value>>,
        parent: &str,
    ) -> (Option<At<ArrayFormat>>, Option<At<NestedFormat>>) {
        const ARRAYS: &[(&str, ArrayFormat)] = &[
            ("comma", ArrayFormat::Comma),
            ("repeat", ArrayFormat::Repeat),
            ("brackets", ArrayFormat::Brackets),
            ("indices", ArrayFormat::Indices),
        ];
        const NESTED: &[(&str, NestedFormat)] = &[
            ("brackets", NestedFormat::Brackets),
            ("dots", NestedFormat::Dots),
        ];
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return (None, None);
        };
        let arrays = self.word(fields.take("array_format"), ARRAYS);
        let nested = self.word(fields.take("nested_format"), NESTED);
        self.finish(fields, parent);
        (arrays, nested)
    }

    pub(super) fn errors(&mut self, node: Option<At<Value>>) -> ErrorSettings {
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return ErrorSettings::default();
        };
        let message_property = self.text(fields.take("message_property"));
        let union = fields.take("union").and_then(|node| self.fields(node));
        let source = union.and_then(|mut union| {
            let source = self.text(union.take("source"));
            self.finish(union, "errors.union");
            source.map(|source| At::new(model_kind(&source), source.pointer))
        });
        self.finish(fields, "errors");
        ErrorSettings {
            message_property,
            source,
        }
    }

    pub(super) fn casings(&mut self, node: Option<At<Value>>) -> IndexMap<String, At<Casing>> {
        let mut casings = IndexMap::new();
        for (term, node) in self.entries(node) {
            if let Some(casing) = self.casing(node) {
                casings.insert(term, casing);
            }
        }
        casings
    }

    fn casing(&mut self, node: At<Value>) -> Option<At<Casing>> {
        let mut fields = self.fields(node)?;
        let at = fields.at.clone();
        let casing = Casing {
            initialism: self.flag(fields.take("initialism")),
            snake: self.plain(fields.take("snake")),
            camel: self.plain(fields.take("camel")),
            pascal: self.plain(fields.take("pascal")),
            capital: self.plain(fields.take("capital")),
            singular: self.plain(fields.take("singular")),
            plural: self.plain(fields.take("plural")),
        };
        self.finish(fields, "custom_casings.*");
        Some(At::new(casing, at))
    }

    pub(super) fn unspecified(&mut self, node: Option<At<Value>>) -> Vec<At<Endpoint>> {
        let endpoints = self.texts(node).into_iter();
        endpoints.filter_map(|text| self.endpoint(&text)).collect()
    }

    pub(super) fn ignored(&mut self, node: Option<At<Value>>) -> Vec<Ignored> {
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return Vec::new();
        };
        let mut ignored = Vec::new();
        for (code, node) in self.entries(fields.take("ignored")) {
            if node.value == Value::Bool(false) {
                continue;
            }
            for line in self.list(Some(node)) {
                ignored.push(self.ignored_line(code.clone(), line));
            }
        }
        self.finish(fields, "diagnostics");
        ignored
    }

    /// Reads `true`, a pointer, or a mapping of pointers and a reason.
    fn ignored_line(&mut self, code: String, node: At<Value>) -> Ignored {
        let mut line = Ignored {
            code,
            targets: Vec::new(),
            reason: None,
            pointer: node.pointer.clone(),
        };
        match node.value {
            Value::Bool(_) => {}
            Value::Object(_) => {
                if let Some(mut fields) = self.fields(node) {
                    for key in ["location", "target", "targets", "locations"] {
                        let targets = self.texts(fields.take(key)).into_iter();
                        line.targets.extend(targets.map(|target| target.value));
                    }
                    line.reason = self.plain(fields.take("reason"));
                    self.finish(fields, "diagnostics.ignored.*");
                }
            }
            _ => line.targets.extend(self.plain(Some(node))),
        }
        line
    }

    pub(super) fn transforms(&mut self, node: Option<At<Value>>) -> Vec<At<Transform>> {
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return Vec::new();
        };
        let mut transforms = Vec::new();
        for key in ["transforms", "transformations"] {
            for node in self.list(fields.take(key)) {
                transforms.extend(self.transform(node));
            }
        }
        self.finish(fields, "openapi");
        transforms
    }

    fn transform(&mut self, node: At<Value>) -> Option<At<Transform>> {
        let mut fields = self.fields(node)?;
        let at = fields.at.clone();
        let transform = Transform {
            command: self.plain(fields.take("command")).unwrap_or_default(),
            reason: self.plain(fields.take("reason")),
            args: fields
                .take("args")
                .map(|node| node.value)
                .unwrap_or_default(),
        };
        self.finish(fields, "openapi.transforms.*");
        Some(At::new(transform, at))
    }
}
