//! Parameters in the path, the query, headers and cookies.

use indexmap::IndexMap;
use openapiv3::{
    HeaderStyle, Parameter as Source, ParameterData, ParameterSchemaOrContent, PathStyle,
    QueryStyle,
};
use serde_json::Value;

use super::context::LoweringContext;
use super::endpoint::Endpoint;
use crate::ir::{
    Delimiter, Docs, MediaType, Owner, ParamLocation, ParamStyle, Parameter, StringKind, Type,
    WireName, Words,
};
use crate::load::internal_extensions;
use crate::lower::components::Resolved;
use crate::lower::media_type::{MediaTypeClass, classify_media_type};
use crate::lower::name_extensions::{NamedItem, read_name};
use crate::lower::schema::schema_ref::SchemaRef;
use crate::lower::schema::shape::{ResolvedSchema, SchemaShape};
use crate::lower::schema::type_name::TypeNamePath;
use crate::source::Pointer;

/// Headers that the client sets for every call. OpenAPI ignores the first three as parameters. The
/// others delimit the message, which is the sender's business (RFC 9112, section 6).
const RESERVED_HEADERS: [&str; 5] = [
    "accept",
    "content-type",
    "authorization",
    "content-length",
    "transfer-encoding",
];

impl<'a> LoweringContext<'a> {
    /// Lowers the parameters that an operation declares.
    pub(in crate::lower) fn params(
        &mut self,
        declared: &[Resolved<'a, Source>],
        name: &Words,
        owner: &Owner,
    ) -> Vec<Parameter> {
        let words = name.with("params");
        let name_path = TypeNamePath::root(&words, owner);
        declared
            .iter()
            .map(|found| match found.name {
                Some(name) => self.shared_param(name, found, &name_path),
                None => self.param(found, &name_path),
            })
            .collect()
    }

    fn shared_param(
        &mut self,
        name: &'a str,
        found: &Resolved<'a, Source>,
        name_path: &TypeNamePath<'_>,
    ) -> Parameter {
        if let Some(param) = self.params.get(name) {
            return param.clone();
        }
        let param = self.param(found, name_path);
        self.params.insert(name, param.clone());
        param
    }

    /// Returns the parameters of an operation: its own, and those of its path that it does not
    /// redeclare.
    pub(in crate::lower) fn declared_params(
        &self,
        endpoint: &Endpoint<'a>,
    ) -> Vec<Resolved<'a, Source>> {
        let lists = [
            (
                &endpoint.item.parameters,
                endpoint.item_at.child("parameters"),
            ),
            (
                &endpoint.operation.parameters,
                endpoint.at.child("parameters"),
            ),
        ];
        let mut all: Vec<Resolved<'a, Source>> = Vec::new();
        for (list, at) in lists {
            for (i, reference) in list.iter().enumerate() {
                let Some(found) = self.parameter(reference, &at.index(i)) else {
                    continue;
                };
                match all
                    .iter_mut()
                    .find(|other| key(other.item) == key(found.item))
                {
                    Some(before) => *before = found,
                    None => all.push(found),
                }
            }
        }
        all.retain(|found| !is_reserved(found.item));
        all
    }

    fn param(&mut self, found: &Resolved<'a, Source>, name_path: &TypeNamePath<'_>) -> Parameter {
        let data = found.item.parameter_data_ref();
        let declared = Declared {
            name: &data.name,
            shared: found.name,
            format: &data.format,
        };
        let typed = self.declared_type(declared, &found.at, name_path);
        let item = NamedItem::Parameter;
        let findings = &mut self.schemas.findings;
        let name = read_name(item, &data.extensions, &found.at, findings);
        let (location, style) = read_location_and_style(found.item);
        let style = match &data.format {
            format
                if data
                    .extensions
                    .contains_key(internal_extensions::QUERY_STRING) =>
            {
                whole_query(format)
            }
            _ if let Some(delimiter) = delimiter(&data.extensions) => {
                ParamStyle::Delimited(delimiter)
            }
            _ if location == ParamLocation::Path && !typed.is_json => style,
            format => content_style(format, typed.is_json).unwrap_or(style),
        };
        Parameter {
            wire: WireName::new(&data.name),
            name: name.unwrap_or_else(|| Words::split(&data.name)),
            location,
            part: None,
            style,
            allow_reserved: matches!(
                found.item,
                Source::Query {
                    allow_reserved: true,
                    ..
                }
            ),
            required: data.required || location == ParamLocation::Path,
            ty: typed.ty,
            constant: typed.constant,
            docs: Docs {
                description: data.description.clone().or(typed.description),
                deprecated: data.deprecated.unwrap_or_default(),
                ..Docs::default()
            },
            example: self.param_example(data).or(typed.example),
            sample: typed.sample,
            default: typed.default,
            pointer: found.at.clone(),
        }
    }

    fn param_example(&self, data: &'a ParameterData) -> Option<Value> {
        let mut named = data.examples.values();
        data.example
            .clone()
            .or_else(|| named.find_map(|example| self.example(example)?.value.clone()))
    }

    /// Lowers the type of a parameter or a header.
    pub(in crate::lower) fn declared_type(
        &mut self,
        declared: Declared<'a>,
        at: &Pointer,
        name_path: &TypeNamePath<'_>,
    ) -> Typed {
        let (schema_ref, writing) = match declared.format {
            ParameterSchemaOrContent::Schema(schema) => (
                Some(self.schemas.schema_ref(schema, at.child("schema"))),
                None,
            ),
            ParameterSchemaOrContent::Content(content) => {
                let at = at.child("content");
                let (media, entry) = content.iter().next().unzip();
                let schema = entry.and_then(|entry| entry.schema.as_ref());
                let media = media.map(String::as_str);
                let at = at.child(media.unwrap_or_default()).child("schema");
                let schema_ref = schema.map(|schema| self.schemas.schema_ref(schema, at));
                (schema_ref, media.map(classify_media_type))
            }
        };
        let is_json = writing == Some(MediaTypeClass::Json);
        let Some(schema_ref) = schema_ref else {
            return Typed {
                is_json,
                ..Typed::text()
            };
        };
        let resolved = self.schemas.resolve(&schema_ref);
        if writing.is_some_and(MediaTypeClass::is_opaque) && !self.is_scalar(&resolved) {
            return Typed::text();
        }
        let typed = match declared.shared {
            // A shared parameter has one type, named for the component.
            Some(name) => {
                let (above, owner) = (Words::new(), Owner::Component(WireName::new(name)));
                let root = TypeNamePath::root(&above, &owner);
                self.typed(declared.name, &schema_ref, &resolved, &root.parameter(name))
            }
            None => {
                let name_path = name_path.parameter(declared.name);
                self.typed(declared.name, &schema_ref, &resolved, &name_path)
            }
        };
        Typed { is_json, ..typed }
    }

    /// Whether a value is scalar.
    fn is_scalar(&mut self, resolved: &ResolvedSchema<'a>) -> bool {
        let target = self.schemas.resolve_target(resolved);
        target.is_some_and(|target| match &target.shape {
            SchemaShape::Type(ty) => !matches!(ty, Type::Untyped(_)),
            SchemaShape::Constant(..) | SchemaShape::Enum(_) => true,
            _ => false,
        })
    }

    fn typed(
        &mut self,
        name: &str,
        schema_ref: &SchemaRef<'a>,
        resolved: &ResolvedSchema<'a>,
        name_path: &TypeNamePath<'_>,
    ) -> Typed {
        let built = self.schemas.build_once(schema_ref, resolved, name_path);
        let annotations = self.schemas.with_target_annotations(resolved);
        let sample = self.schemas.sample_value(name, resolved, &annotations);
        Typed {
            constant: built
                .constant
                .or_else(|| self.schemas.single_value_of(resolved)),
            ty: built.ty,
            default: annotations.default_value().cloned(),
            example: self.schema_example(resolved),
            sample,
            description: resolved.annotations.docs().description,
            is_json: false,
        }
    }
}

/// The declaration of a parameter or a header.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct Declared<'a> {
    pub(in crate::lower) name: &'a str,
    /// Its name in `components`, if it is shared.
    pub(in crate::lower) shared: Option<&'a str>,
    pub(in crate::lower) format: &'a ParameterSchemaOrContent,
}

/// The type of a parameter with its annotations.
pub(in crate::lower) struct Typed {
    pub(in crate::lower) ty: Type,
    pub(in crate::lower) constant: Option<Value>,
    pub(in crate::lower) default: Option<Value>,
    pub(in crate::lower) example: Option<Value>,
    pub(in crate::lower) sample: Option<Value>,
    pub(in crate::lower) description: Option<String>,
    pub(in crate::lower) is_json: bool,
}

impl Typed {
    /// Returns the type of a parameter without a schema: text.
    const fn text() -> Self {
        Self {
            ty: Type::String(StringKind::Text),
            constant: None,
            default: None,
            example: None,
            sample: None,
            description: None,
            is_json: false,
        }
    }
}

/// Returns the location and name that identify a parameter. Header names are case-insensitive.
fn key(source: &Source) -> (ParamLocation, String) {
    let name = &source.parameter_data_ref().name;
    match read_location_and_style(source).0 {
        ParamLocation::Header => (ParamLocation::Header, name.to_ascii_lowercase()),
        location => (location, name.clone()),
    }
}

fn is_reserved(source: &Source) -> bool {
    let (location, name) = key(source);
    location == ParamLocation::Header && RESERVED_HEADERS.contains(&name.as_str())
}

/// Returns the location and style of a parameter. Only `form` explodes by default.
fn read_location_and_style(source: &Source) -> (ParamLocation, ParamStyle) {
    let explode = source.parameter_data_ref().explode;
    let rarely = explode.unwrap_or(false);
    match source {
        Source::Query { style, .. } => (
            ParamLocation::Query,
            query(style, explode.unwrap_or(true), explode),
        ),
        Source::Header {
            style: HeaderStyle::Simple,
            ..
        } => (
            ParamLocation::Header,
            ParamStyle::Simple { explode: rarely },
        ),
        Source::Path { style, .. } => (ParamLocation::Path, path(style, rarely)),
        Source::Cookie { .. } => (
            ParamLocation::Cookie,
            ParamStyle::Form {
                explode: explode.unwrap_or(true),
            },
        ),
    }
}

/// Returns the delimiter of a `collectionFormat` that OpenAPI 3.0 has no style for.
pub(in crate::lower) fn delimiter(extensions: &IndexMap<String, Value>) -> Option<Delimiter> {
    Delimiter::from_collection_format(
        extensions
            .get(internal_extensions::COLLECTION_FORMAT)?
            .as_str()?,
    )
}

/// Returns the style of a whole query: a form, unless the media type differs.
fn whole_query(format: &ParameterSchemaOrContent) -> ParamStyle {
    match media_type(format) {
        Some(media) if !is_form(&media) => ParamStyle::Whole,
        _ => ParamStyle::Form { explode: true },
    }
}

/// Returns the style of a parameter with a media type, if the media type decides it.
pub(in crate::lower) fn content_style(
    format: &ParameterSchemaOrContent,
    is_json: bool,
) -> Option<ParamStyle> {
    match media_type(format)? {
        _ if is_json => Some(ParamStyle::Json),
        media => is_form(&media).then_some(ParamStyle::Pairs),
    }
}

fn media_type(format: &ParameterSchemaOrContent) -> Option<MediaType> {
    match format {
        ParameterSchemaOrContent::Content(content) => content
            .keys()
            .next()
            .map(|media| MediaType::new(media.as_str())),
        ParameterSchemaOrContent::Schema(_) => None,
    }
}

fn is_form(media: &MediaType) -> bool {
    media.essence() == "application/x-www-form-urlencoded"
}

/// Returns a query style. An exploded list has no delimiter, whatever its style: `a=1&a=2`.
const fn query(style: &QueryStyle, usually: bool, explode: Option<bool>) -> ParamStyle {
    match style {
        QueryStyle::Form => ParamStyle::Form { explode: usually },
        QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited if matches!(explode, Some(true)) => {
            ParamStyle::Form { explode: true }
        }
        QueryStyle::SpaceDelimited => ParamStyle::SpaceDelimited,
        QueryStyle::PipeDelimited => ParamStyle::PipeDelimited,
        QueryStyle::DeepObject => ParamStyle::DeepObject,
    }
}

const fn path(style: &PathStyle, explode: bool) -> ParamStyle {
    match style {
        PathStyle::Matrix => ParamStyle::Matrix { explode },
        PathStyle::Label => ParamStyle::Label { explode },
        PathStyle::Simple => ParamStyle::Simple { explode },
    }
}
