//! Parameters.

use indexmap::IndexMap;
use openapiv3::{
    CookieStyle, Example, HeaderStyle, Parameter, ParameterData, ParameterSchemaOrContent,
    PathStyle, QueryStyle, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type,
};
use serde_json::{Map, Value};

use super::Parser;
use super::path::is_token;
use crate::diagnostics::Code;
use crate::load::keys;
use crate::source::PointerPath;

/// The keywords of a schema that 2.0 has in the parameter itself.
const SCHEMA_KEYWORDS: &[&str] = &[
    "type",
    "format",
    "items",
    "enum",
    "default",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "pattern",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "nullable",
    "properties",
    "allOf",
    "oneOf",
    "anyOf",
];

/// The members of a parameter or a header.
#[derive(Default)]
pub(super) struct SchemaKeywords {
    pub(super) name: Option<String>,
    pub(super) location: Option<String>,
    pub(super) description: Option<String>,
    pub(super) required: bool,
    pub(super) deprecated: Option<bool>,
    pub(super) format: Option<ParameterSchemaOrContent>,
    /// Keywords of a schema that stand in the parameter itself.
    loose: Map<String, Value>,
    pub(super) style: Option<String>,
    pub(super) explode: Option<bool>,
    allow_reserved: bool,
    allow_empty: Option<bool>,
    pub(super) example: Option<Value>,
    pub(super) examples: IndexMap<String, ReferenceOr<Example>>,
    pub(super) extensions: IndexMap<String, Value>,
}

impl Parser<'_> {
    /// A parameter, or nothing if it cannot be sent.
    pub(super) fn parameter(
        &mut self,
        map: Map<String, Value>,
        at: &PointerPath<'_>,
    ) -> Option<Parameter> {
        let mut draft = self.parameter_draft(map, at);
        let Some(name) = draft.name.take().filter(|name| !name.is_empty()) else {
            self.report(
                Code::MissingParameterName,
                at,
                "a parameter without a name is ignored",
            );
            return None;
        };
        let location = self.parameter_location(draft.location.take(), &name, at)?;
        if location == "header" && !is_token(&name) {
            let message = format!("`{name}` cannot be the name of a header; it is ignored");
            self.report(Code::InvalidHeaderName, at, message);
            return None;
        }
        let style = draft.style.take();
        let (allow_reserved, allow_empty_value) = (draft.allow_reserved, draft.allow_empty);
        let mut parameter_data = self.parameter_data(name, draft, at);
        if location == "querystring" {
            let extensions = &mut parameter_data.extensions;
            extensions.insert(keys::QUERY_STRING.to_owned(), Value::Bool(true));
        }
        Some(match location {
            "path" => {
                if !parameter_data.required {
                    self.report(
                        Code::OptionalPathParameter,
                        at,
                        "a path parameter is always required; add `required: true`",
                    );
                    parameter_data.required = true;
                }
                Parameter::Path {
                    parameter_data,
                    style: self.path_style(style, at),
                }
            }
            "header" => {
                self.only_style(style, &["simple"], at);
                Parameter::Header {
                    parameter_data,
                    style: HeaderStyle::Simple,
                }
            }
            "cookie" => {
                self.only_style(style, &["form", "cookie"], at);
                Parameter::Cookie {
                    parameter_data,
                    style: CookieStyle::Form,
                }
            }
            _ => Parameter::Query {
                style: self.query_style(style, &mut parameter_data, at),
                parameter_data,
                allow_reserved,
                allow_empty_value,
            },
        })
    }

    /// The members of a parameter or a header, its schema included.
    pub(super) fn parameter_draft(
        &mut self,
        map: Map<String, Value>,
        at: &PointerPath<'_>,
    ) -> SchemaKeywords {
        let mut draft = SchemaKeywords::default();
        for (key, value) in map {
            self.parameter_member(&mut draft, key, value, at);
        }
        if draft.format.is_none() {
            draft.format = Some(self.loose_schema(std::mem::take(&mut draft.loose), at));
        }
        draft
    }

    fn parameter_member(
        &mut self,
        draft: &mut SchemaKeywords,
        key: String,
        value: Value,
        at: &PointerPath<'_>,
    ) {
        let here = at.key(&key);
        match key.as_str() {
            "name" => draft.name = self.text(value, &here),
            "in" => draft.location = self.text(value, &here),
            "description" => draft.description = self.text(value, &here),
            "required" => draft.required = self.flag(value, &here).unwrap_or_default(),
            "deprecated" => draft.deprecated = self.flag(value, &here),
            "schema" if !value.is_null() => {
                let schema = self.schema(value, &here);
                draft.format = Some(ParameterSchemaOrContent::Schema(schema));
            }
            "content" => {
                let content = self.content(value, &here);
                if !content.is_empty() && draft.format.is_none() {
                    draft.format = Some(ParameterSchemaOrContent::Content(content));
                }
            }
            "style" => draft.style = self.text(value, &here),
            "explode" => draft.explode = self.flag(value, &here),
            "allowReserved" => draft.allow_reserved = self.flag(value, &here).unwrap_or_default(),
            "allowEmptyValue" => draft.allow_empty = self.flag(value, &here),
            "example" => draft.example = Some(value),
            "examples" => draft.examples = self.examples(value, &here),
            key_name if SCHEMA_KEYWORDS.contains(&key_name) => {
                draft.loose.insert(key, value);
            }
            _ if key.starts_with("x-") => {
                draft.extensions.insert(key, value);
            }
            _ => {}
        }
    }

    /// The schema of a parameter that has none.
    fn loose_schema(
        &mut self,
        loose: Map<String, Value>,
        at: &PointerPath<'_>,
    ) -> ParameterSchemaOrContent {
        if loose.is_empty() {
            self.report(
                Code::MissingParameterSchema,
                at,
                "the parameter has no schema; it is read as a string",
            );
            return ParameterSchemaOrContent::Schema(ReferenceOr::Item(text_schema()));
        }
        self.report(
            Code::MisplacedParameterType,
            at,
            "the type belongs in `schema`; it is read as the schema",
        );
        ParameterSchemaOrContent::Schema(self.schema(Value::Object(loose), at))
    }

    fn parameter_data(
        &mut self,
        name: String,
        draft: SchemaKeywords,
        _at: &PointerPath<'_>,
    ) -> ParameterData {
        ParameterData {
            name,
            description: draft.description,
            required: draft.required,
            deprecated: draft.deprecated,
            format: draft.format.unwrap_or_else(|| {
                ParameterSchemaOrContent::Schema(ReferenceOr::Item(text_schema()))
            }),
            example: draft.example,
            examples: draft.examples,
            explode: draft.explode,
            extensions: draft.extensions,
        }
    }

    fn parameter_location(
        &mut self,
        location: Option<String>,
        name: &str,
        at: &PointerPath<'_>,
    ) -> Option<&'static str> {
        let found = location.unwrap_or_default();
        let exact = ["query", "path", "header", "cookie", "querystring"]
            .into_iter()
            .find(|known| known.eq_ignore_ascii_case(found.trim()));
        match exact {
            Some(known) if known == found => Some(known),
            Some(known) => {
                self.report(
                    Code::InvalidParameterLocation,
                    at,
                    format!("`in: {found}` is read as `{known}`"),
                );
                Some(known)
            }
            None if found.is_empty() => {
                let message = format!("`{name}` has no `in`; it is sent in the query");
                self.report(Code::InvalidParameterLocation, at, message);
                Some("query")
            }
            None => {
                let message =
                    format!("`{name}` is `in: {found}`, which is not supported; it is ignored");
                self.report(Code::InvalidParameterLocation, at, message);
                None
            }
        }
    }

    fn path_style(&mut self, style: Option<String>, at: &PointerPath<'_>) -> PathStyle {
        match style.as_deref() {
            None | Some("simple") => PathStyle::Simple,
            Some("label") => PathStyle::Label,
            Some("matrix") => PathStyle::Matrix,
            Some(other) => {
                self.bad_style(other, "simple", at);
                PathStyle::Simple
            }
        }
    }

    fn query_style(
        &mut self,
        style: Option<String>,
        data: &mut ParameterData,
        at: &PointerPath<'_>,
    ) -> QueryStyle {
        match style.as_deref() {
            None | Some("form") => QueryStyle::Form,
            Some("spaceDelimited") => QueryStyle::SpaceDelimited,
            Some("pipeDelimited") => QueryStyle::PipeDelimited,
            Some("deepObject") => QueryStyle::DeepObject,
            // `collectionFormat` of 2.0, which people keep under the new name.
            Some("multi") => {
                data.explode = Some(true);
                QueryStyle::Form
            }
            Some("csv") => {
                data.explode = Some(false);
                QueryStyle::Form
            }
            Some(other) => {
                self.bad_style(other, "form", at);
                QueryStyle::Form
            }
        }
    }

    /// Says that a style is none of those of its place, which is the first of them.
    fn only_style(&mut self, style: Option<String>, known: &[&str], at: &PointerPath<'_>) {
        if let (Some(style), Some(usual)) = (style, known.first())
            && !known.contains(&style.as_str())
        {
            self.bad_style(&style, usual, at);
        }
    }

    fn bad_style(&mut self, style: &str, read_as: &str, at: &PointerPath<'_>) {
        let message = if self.version.is_swagger() {
            format!("`collectionFormat: {style}` is not supported here; it is read as `csv`")
        } else {
            format!("`style: {style}` is not supported here; it is read as `{read_as}`")
        };
        self.report(Code::UnsupportedStyle, &at.key("style"), message);
    }
}

/// A string.
pub(super) fn text_schema() -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(Type::String(StringType::default())),
    }
}

/// A parameter in the path that takes a string.
pub(super) fn text_in_path(name: &str) -> Parameter {
    Parameter::Path {
        parameter_data: ParameterData {
            name: name.to_owned(),
            description: None,
            required: true,
            deprecated: None,
            format: ParameterSchemaOrContent::Schema(ReferenceOr::Item(text_schema())),
            example: None,
            examples: IndexMap::new(),
            explode: None,
            extensions: IndexMap::new(),
        },
        style: PathStyle::Simple,
    }
}
