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
use crate::load::internal_extensions;
use crate::source::PointerPath;

/// Schema keywords that 2.0 has in the parameter itself.
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

/// The properties of a parameter or a header.
#[derive(Default)]
pub(super) struct ParameterProperties {
    pub(super) name: Option<String>,
    pub(super) location: Option<String>,
    pub(super) description: Option<String>,
    pub(super) required: bool,
    pub(super) deprecated: Option<bool>,
    pub(super) format: Option<ParameterSchemaOrContent>,
    /// Schema keywords in the parameter itself.
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
    /// Parses a parameter. Returns `None` if it cannot be sent.
    pub(super) fn parse_parameter(
        &mut self,
        map: Map<String, Value>,
        at: &PointerPath<'_>,
    ) -> Option<Parameter> {
        let mut properties = self.parse_parameter_keywords(map, at);
        let Some(name) = properties.name.take().filter(|name| !name.is_empty()) else {
            self.report(
                Code::MissingParameterName,
                at,
                "a parameter without a name is ignored",
            );
            return None;
        };
        let location = self.parse_parameter_location(properties.location.take(), &name, at)?;
        if location == "header" && !is_token(&name) {
            let message = format!("`{name}` cannot be the name of a header; it is ignored");
            self.report(Code::InvalidHeaderName, at, message);
            return None;
        }
        let style = properties.style.take();
        let (allow_reserved, allow_empty_value) =
            (properties.allow_reserved, properties.allow_empty);
        let mut parameter_data = self.parse_parameter_data(name, properties, at);
        if location == "querystring" {
            let extensions = &mut parameter_data.extensions;
            extensions.insert(
                internal_extensions::QUERY_STRING.to_owned(),
                Value::Bool(true),
            );
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
                    style: self.parse_path_style(style, at),
                }
            }
            "header" => {
                self.report_style(style, &["simple"], at);
                Parameter::Header {
                    parameter_data,
                    style: HeaderStyle::Simple,
                }
            }
            "cookie" => {
                self.report_style(style, &["form", "cookie"], at);
                Parameter::Cookie {
                    parameter_data,
                    style: CookieStyle::Form,
                }
            }
            _ => Parameter::Query {
                style: self.parse_query_style(style, &mut parameter_data, at),
                parameter_data,
                allow_reserved,
                allow_empty_value,
            },
        })
    }

    /// Parses the properties of a parameter or a header, including its schema.
    pub(super) fn parse_parameter_keywords(
        &mut self,
        map: Map<String, Value>,
        at: &PointerPath<'_>,
    ) -> ParameterProperties {
        let mut properties = ParameterProperties::default();
        for (key, value) in map {
            self.parse_parameter_property(&mut properties, key, value, at);
        }
        if properties.format.is_none() {
            properties.format =
                Some(self.build_schema_without_keyword(std::mem::take(&mut properties.loose), at));
        }
        properties
    }

    fn parse_parameter_property(
        &mut self,
        properties: &mut ParameterProperties,
        key: String,
        value: Value,
        at: &PointerPath<'_>,
    ) {
        let here = at.key(&key);
        match key.as_str() {
            "name" => properties.name = self.read_string(value, &here),
            "in" => properties.location = self.read_string(value, &here),
            "description" => properties.description = self.read_string(value, &here),
            "required" => properties.required = self.read_flag(value, &here).unwrap_or_default(),
            "deprecated" => properties.deprecated = self.read_flag(value, &here),
            "schema" if !value.is_null() => {
                let schema = self.parse_schema(value, &here);
                properties.format = Some(ParameterSchemaOrContent::Schema(schema));
            }
            "content" => {
                let content = self.parse_content(value, &here);
                if !content.is_empty() && properties.format.is_none() {
                    properties.format = Some(ParameterSchemaOrContent::Content(content));
                }
            }
            "style" => properties.style = self.read_string(value, &here),
            "explode" => properties.explode = self.read_flag(value, &here),
            "allowReserved" => {
                properties.allow_reserved = self.read_flag(value, &here).unwrap_or_default()
            }
            "allowEmptyValue" => properties.allow_empty = self.read_flag(value, &here),
            "example" => properties.example = Some(value),
            "examples" => properties.examples = self.parse_examples(value, &here),
            key_name if SCHEMA_KEYWORDS.contains(&key_name) => {
                properties.loose.insert(key, value);
            }
            _ if key.starts_with("x-") => {
                properties.extensions.insert(key, value);
            }
            _ => {}
        }
    }

    /// Returns the schema of a parameter without `schema`.
    fn build_schema_without_keyword(
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
        ParameterSchemaOrContent::Schema(self.parse_schema(Value::Object(loose), at))
    }

    fn parse_parameter_data(
        &mut self,
        name: String,
        properties: ParameterProperties,
        _at: &PointerPath<'_>,
    ) -> ParameterData {
        ParameterData {
            name,
            description: properties.description,
            required: properties.required,
            deprecated: properties.deprecated,
            format: properties.format.unwrap_or_else(|| {
                ParameterSchemaOrContent::Schema(ReferenceOr::Item(text_schema()))
            }),
            example: properties.example,
            examples: properties.examples,
            explode: properties.explode,
            extensions: properties.extensions,
        }
    }

    fn parse_parameter_location(
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

    fn parse_path_style(&mut self, style: Option<String>, at: &PointerPath<'_>) -> PathStyle {
        match style.as_deref() {
            None | Some("simple") => PathStyle::Simple,
            Some("label") => PathStyle::Label,
            Some("matrix") => PathStyle::Matrix,
            Some(other) => {
                self.report_unknown_style(other, "simple", at);
                PathStyle::Simple
            }
        }
    }

    fn parse_query_style(
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
            // `collectionFormat` (2.0) under the name of its successor.
            Some("multi") => {
                data.explode = Some(true);
                QueryStyle::Form
            }
            Some("csv") => {
                data.explode = Some(false);
                QueryStyle::Form
            }
            Some(other) => {
                self.report_unknown_style(other, "form", at);
                QueryStyle::Form
            }
        }
    }

    /// Reports a style that the location does not have. The first known style is the default.
    fn report_style(&mut self, style: Option<String>, known: &[&str], at: &PointerPath<'_>) {
        if let (Some(style), Some(usual)) = (style, known.first())
            && !known.contains(&style.as_str())
        {
            self.report_unknown_style(&style, usual, at);
        }
    }

    fn report_unknown_style(&mut self, style: &str, read_as: &str, at: &PointerPath<'_>) {
        let message = if self.version.is_swagger() {
            format!("`collectionFormat: {style}` is not supported here; it is read as `csv`")
        } else {
            format!("`style: {style}` is not supported here; it is read as `{read_as}`")
        };
        self.report(Code::UnsupportedStyle, &at.key("style"), message);
    }
}

/// Returns the schema of a string.
pub(super) fn text_schema() -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(Type::String(StringType::default())),
    }
}

/// Returns a path parameter with a string value.
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
