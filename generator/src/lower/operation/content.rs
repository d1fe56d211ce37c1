//! The `content` of bodies: the encoding of each media type, and the preferred one.

mod encoding;
mod other_media_types;
mod preference;

use openapiv3::{MediaType as Media, Response};
use serde_json::Value;

use super::context::LoweringContext;
use super::part_encoding;
use super::problem_details::ProblemDetails;
use crate::diagnostics::Code;
use crate::ir::{
    BodyContent, Content, DeclaredStream, Example, MediaType, ParamsName, StringKind, Type,
    UntypedReason, WireName, Words,
};
use crate::load::internal_extensions;
use crate::lower::schema::schema_ref::SchemaRef;
use crate::lower::schema::shape::ResolvedSchema;
use crate::lower::schema::type_name::TypeNamePath;
use crate::source::Pointer;
use encoding::BodyEncoding;
pub(in crate::lower) use other_media_types::OtherMediaType;
pub(in crate::lower) use preference::{is_same, schema_ref};

/// The sender of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// The caller: one value.
    Request,
    /// The API: one value, or a stream.
    Response,
}

/// The content of a body while it is lowered. Equal schemas under several media types become one
/// type.
struct Contents<'c, 'a> {
    context: &'c mut LoweringContext<'a>,
    side: Side,
    /// The JSON pointer of `content`.
    at: Pointer,
    built: Vec<(SchemaRef<'a>, Type)>,
    /// Whether the description of the response marks a stream.
    streams: bool,
    problems: ProblemDetails,
}

/// The media type of a body to lower.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) enum BodyChoice<'n> {
    /// The preferred one.
    Usual,
    /// Another one, for a variant of the operation.
    Other(&'n OtherMediaType),
}

impl BodyChoice<'_> {
    /// Returns the words for the types of a shared body.
    pub(in crate::lower) fn words(self, name: &str) -> Words {
        match self {
            // A form with files has types of its own in any case.
            Self::Other(other) if !other.files => Words::split(name).join(&other.suffix),
            _ => Words::split(name),
        }
    }
}

/// The `content` of a body.
type Declared = indexmap::IndexMap<String, Media>;

impl<'a> LoweringContext<'a> {
    /// Lowers the content of a response, the preferred media type first.
    pub(in crate::lower) fn received_by(
        &mut self,
        response: &'a Response,
        problems: ProblemDetails,
        at: &Pointer,
        name_path: &TypeNamePath<'_>,
    ) -> Vec<BodyContent> {
        let mut contents = Contents::new(self, Side::Response, at.child("content"));
        contents.problems = problems;
        contents.streams = response.description.contains("(streaming responses)");
        let entries = contents.ranked(&response.content);
        contents.convert_entries(entries, name_path)
    }

    /// Lowers the content of a webhook delivery, the preferred media type first.
    pub(in crate::lower) fn received(
        &mut self,
        content: &'a Declared,
        at: &Pointer,
        name_path: &TypeNamePath<'_>,
    ) -> Vec<BodyContent> {
        let mut contents = Contents::new(self, Side::Response, at.child("content"));
        let entries = contents.ranked(content);
        contents.convert_entries(entries, name_path)
    }

    /// Lowers the content of a request for one media type.
    pub(in crate::lower) fn sent(
        &mut self,
        content: &'a Declared,
        at: &Pointer,
        name_path: &TypeNamePath<'_>,
        chosen: BodyChoice<'_>,
    ) -> Option<BodyContent> {
        let mut contents = Contents::new(self, Side::Request, at.child("content"));
        let entries = contents.ranked(content);
        let entry = match chosen {
            BodyChoice::Usual => {
                contents.warn_of_names(at, entries.first());
                *entries.first()?
            }
            BodyChoice::Other(other) => content.get_key_value(&other.media_type)?,
        };
        contents.convert_entries(vec![entry], name_path).pop()
    }
}

/// A media type and its content.
type Entry<'a> = (&'a String, &'a Media);

impl<'c, 'a> Contents<'c, 'a> {
    const fn new(context: &'c mut LoweringContext<'a>, side: Side, at: Pointer) -> Self {
        Self {
            context,
            side,
            at,
            built: Vec::new(),
            streams: false,
            problems: ProblemDetails::Kept,
        }
    }

    fn convert_entries(
        &mut self,
        entries: Vec<Entry<'a>>,
        name_path: &TypeNamePath<'_>,
    ) -> Vec<BodyContent> {
        if let Some(first) = entries.first() {
            self.warn_of_format(*first);
        }
        let contents = entries.into_iter();
        contents
            .map(|(name, media)| {
                let at = self.at.child(name);
                self.content(name, media, &at, name_path)
            })
            .collect()
    }

    fn content(
        &mut self,
        name: &str,
        media: &'a Media,
        at: &Pointer,
        name_path: &TypeNamePath<'_>,
    ) -> BodyContent {
        let schema_ref = schema_ref(&self.context.schemas, media, at);
        let resolved = schema_ref
            .as_ref()
            .map(|schema_ref| self.context.schemas.resolve(schema_ref));
        let content = match (
            self.choose_encoding(name, resolved.as_ref()),
            &schema_ref,
            &resolved,
        ) {
            (BodyEncoding::Text, ..) => Content::Text,
            (BodyEncoding::Binary, ..) => Content::Binary,
            (BodyEncoding::Multipart, Some(schema_ref), Some(resolved)) => {
                Content::Multipart(self.multipart(media, schema_ref, resolved, name_path))
            }
            (encoding, Some(schema_ref), Some(resolved)) => {
                encoding.with_type(self.ty(schema_ref, resolved, name_path))
            }
            (encoding, ..) => encoding.with_type(Type::Untyped(UntypedReason::Declared)),
        };
        let mut examples = self.context.examples(media);
        if let Some(resolved) = resolved.as_ref().filter(|_| examples.is_empty()) {
            examples = self.context.schema_examples(resolved);
        }
        let sample = resolved
            .filter(|_| examples.is_empty())
            .and_then(|resolved| {
                let schemas = &mut self.context.schemas;
                let annotations = schemas.with_target_annotations(&resolved);
                schemas.sample_value("body", &resolved, &annotations)
            });
        let item = self.declared_items(media, at, name_path).or_else(|| {
            let kind = MediaType::new(name);
            let is_stream =
                kind.is_stream() || (kind.is_json() && self.is_stream(schema_ref.as_ref()));
            let schema_ref = schema_ref.as_ref().filter(|_| content != Content::Binary);
            (self.side == Side::Response && is_stream)
                .then(|| self.implied_items(&kind, schema_ref, name_path))
        });
        BodyContent {
            media_type: MediaType::new(name),
            parts: part_encoding::encodings(media),
            reserved: part_encoding::list_reserved_fields(media),
            content,
            stream: item.map(|item| declared_stream(item, media)),
            examples,
            sample,
        }
    }

    /// Lowers the item type of a stream that `itemSchema` declares.
    fn declared_items(
        &mut self,
        media: &'a Media,
        at: &Pointer,
        name_path: &TypeNamePath<'_>,
    ) -> Option<Type> {
        let at = at.child("itemSchema");
        let schemas = &mut self.context.schemas;
        let schema_ref = schemas.parse(
            media.extensions.get(internal_extensions::ITEM_SCHEMA)?,
            at.clone(),
        )?;
        let resolved = schemas.resolve(&schema_ref);
        if self.side == Side::Request {
            let message = "streams are not supported in requests; the body is sent as one text";
            schemas.findings.warn(Code::StreamSentAsText, &at, message);
        }
        Some(self.ty(&schema_ref, &resolved, &name_path.item()))
    }

    /// Lowers the item type of a stream without `itemSchema`.
    ///
    /// Older documents describe each item by the schema of the body, or all items as an array. A
    /// text schema stands for the whole stream, whose lines are JSON unless it consists of events.
    fn implied_items(
        &mut self,
        kind: &MediaType,
        schema_ref: Option<&SchemaRef<'a>>,
        name_path: &TypeNamePath<'_>,
    ) -> Type {
        let ty = match schema_ref {
            None => Type::String(StringKind::Text),
            Some(schema_ref) => {
                let resolved = self.context.schemas.resolve(schema_ref);
                self.ty(schema_ref, &resolved, &name_path.item())
            }
        };
        match ty {
            Type::Array(item) => *item,
            Type::String(_) if kind.essence() != "text/event-stream" => {
                Type::Untyped(UntypedReason::Declared)
            }
            ty => ty,
        }
    }

    /// Whether a response is a stream of JSON lines although its media type is JSON: grpc-gateway
    /// declares streams so, and marks them in the description and the title.
    fn is_stream(&mut self, schema_ref: Option<&SchemaRef<'a>>) -> bool {
        if self.streams {
            return true;
        }
        let Some(schema_ref) = schema_ref else {
            return false;
        };
        let resolved = self.context.schemas.resolve(schema_ref);
        let resolve_target = self.context.schemas.resolve_target(&resolved);
        let title = resolve_target.and_then(|target| target.annotations.title().map(str::to_owned));
        title.is_some_and(|title| title.starts_with("Stream result of "))
    }

    fn ty(
        &mut self,
        schema_ref: &SchemaRef<'a>,
        resolved: &ResolvedSchema<'a>,
        name_path: &TypeNamePath<'_>,
    ) -> Type {
        if let Some((_, ty)) = self
            .built
            .iter()
            .find(|(built, _)| is_same(built, schema_ref))
        {
            return ty.clone();
        }
        let ty = self
            .context
            .schemas
            .build_once(schema_ref, resolved, name_path)
            .with_null();
        self.built.push((schema_ref.clone(), ty.clone()));
        ty
    }

    /// Builds the type of a multipart form. A form with files has its own type, since its
    /// component can be JSON elsewhere.
    fn multipart(
        &mut self,
        media: &'a Media,
        schema_ref: &SchemaRef<'a>,
        resolved: &ResolvedSchema<'a>,
        name_path: &TypeNamePath<'_>,
    ) -> Type {
        let files = self
            .context
            .schemas
            .build_multipart_type(media, schema_ref, resolved, name_path);
        files.unwrap_or_else(|| self.ty(schema_ref, resolved, name_path))
    }
}

/// Returns the stream of a media type with these items.
fn declared_stream(item: Type, media: &Media) -> DeclaredStream {
    let text = |key: &str| media.extensions.get(key).and_then(Value::as_str);
    DeclaredStream {
        item,
        condition: text(internal_extensions::STREAM_CONDITION).map(WireName::new),
        terminator: text(internal_extensions::STREAM_TERMINATOR).map(str::to_owned),
        is_resumable: media
            .extensions
            .contains_key(internal_extensions::STREAM_RESUMABLE),
        params_name: text(internal_extensions::STREAM_PARAMS_NAME).map(ParamsName::split),
    }
}

impl<'a> LoweringContext<'a> {
    /// Returns the examples of a media type.
    fn examples(&self, media: &'a Media) -> Vec<Example> {
        let unnamed = media.example.iter().map(|value| Example {
            name: String::new(),
            value: value.clone(),
        });
        let named = media.examples.iter().filter_map(|(name, example)| {
            let value = self.example(example)?.value.clone()?;
            Some(Example {
                name: name.clone(),
                value,
            })
        });
        unnamed.chain(named).collect()
    }

    /// Returns the examples of a schema.
    pub(in crate::lower) fn schema_examples(
        &mut self,
        resolved: &ResolvedSchema<'a>,
    ) -> Vec<Example> {
        let own = resolved.annotations.examples();
        if !own.is_empty() {
            return own;
        }
        self.schemas
            .resolve_target(resolved)
            .map(|target| target.annotations.examples())
            .unwrap_or_default()
    }

    /// Returns the first example of a schema.
    pub(in crate::lower) fn schema_example(
        &mut self,
        resolved: &ResolvedSchema<'a>,
    ) -> Option<Value> {
        let first = self.schema_examples(resolved).into_iter().next();
        first.map(|example| example.value)
    }
}
