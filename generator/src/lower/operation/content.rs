//! Media types: how a body is written, and which of several is preferred.

mod alternates;
mod encoding;
mod preference;

use openapiv3::{MediaType as Media, Response};
use serde_json::Value;

use super::context::Context;
use super::part_encoding;
use crate::ir::{BodyContent, Content, Example, MediaType, StringKind, Type, UntypedReason, Words};
use crate::load::keys;
use crate::lower::schema::schema_ref::Node;
use crate::lower::schema::shape::Formed;
use crate::lower::schema::type_name::Place;
use crate::source::Pointer;
pub(in crate::lower) use alternates::Alternate;
use encoding::Way;
pub(in crate::lower) use preference::{is_same, node};

/// Who writes a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// The user: one value.
    Request,
    /// The API: one value, or many that follow each other.
    Response,
}

/// The contents of a body, on the way: schemas that are written out once for
/// each media type are one type.
struct Contents<'c, 'a> {
    context: &'c mut Context<'a>,
    side: Side,
    /// Where the media types stand.
    at: Pointer,
    made: Vec<(Node<'a>, Type)>,
    /// Whether the description of the response says that it is a stream.
    streams: bool,
}

/// Which of the ways that a body can be written in.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) enum Chosen<'n> {
    /// The preferred one.
    Usual,
    /// That of an alternative.
    Other(&'n Alternate),
}

impl Chosen<'_> {
    /// The words of what a shared body of this name is made of.
    pub(in crate::lower) fn words(self, name: &str) -> Words {
        match self {
            // A form with files has types of its own anyway.
            Self::Other(other) if !other.files => Words::split(name).join(&other.suffix),
            _ => Words::split(name),
        }
    }
}

/// The media types of a body, as the document has them.
type Declared = indexmap::IndexMap<String, Media>;

impl<'a> Context<'a> {
    /// The ways in which a response is written, the preferred one first.
    pub(in crate::lower) fn received_by(
        &mut self,
        response: &'a Response,
        at: &Pointer,
        place: &Place<'_>,
    ) -> Vec<BodyContent> {
        let mut contents = Contents::new(self, Side::Response, at.child("content"));
        contents.streams = response.description.contains("(streaming responses)");
        let entries = contents.ranked(&response.content);
        contents.all(entries, place)
    }

    /// The ways in which a delivery is written, the preferred one first.
    pub(in crate::lower) fn received(
        &mut self,
        content: &'a Declared,
        at: &Pointer,
        place: &Place<'_>,
    ) -> Vec<BodyContent> {
        let mut contents = Contents::new(self, Side::Response, at.child("content"));
        let entries = contents.ranked(content);
        contents.all(entries, place)
    }

    /// The way in which a request is written.
    pub(in crate::lower) fn sent(
        &mut self,
        content: &'a Declared,
        at: &Pointer,
        place: &Place<'_>,
        chosen: Chosen<'_>,
    ) -> Option<BodyContent> {
        let mut contents = Contents::new(self, Side::Request, at.child("content"));
        let entries = contents.ranked(content);
        let entry = match chosen {
            Chosen::Usual => {
                contents.warn_of_names(at, entries.first());
                *entries.first()?
            }
            Chosen::Other(other) => content.get_key_value(&other.media_type)?,
        };
        contents.all(vec![entry], place).pop()
    }
}

/// A media type, and what a body of it is.
type Entry<'a> = (&'a String, &'a Media);

impl<'c, 'a> Contents<'c, 'a> {
    const fn new(context: &'c mut Context<'a>, side: Side, at: Pointer) -> Self {
        Self {
            context,
            side,
            at,
            made: Vec::new(),
            streams: false,
        }
    }

    fn all(&mut self, entries: Vec<Entry<'a>>, place: &Place<'_>) -> Vec<BodyContent> {
        if let Some(first) = entries.first() {
            self.warn_of_format(*first);
        }
        let contents = entries.into_iter();
        contents
            .map(|(name, media)| {
                let at = self.at.child(name);
                self.content(name, media, &at, place)
            })
            .collect()
    }

    fn content(
        &mut self,
        name: &str,
        media: &'a Media,
        at: &Pointer,
        place: &Place<'_>,
    ) -> BodyContent {
        let node = node(&self.context.schemas, media, at);
        let formed = node.as_ref().map(|node| self.context.schemas.form(node));
        let content = match (self.way(name, formed.as_ref()), &node, &formed) {
            (Way::Text, ..) => Content::Text,
            (Way::Binary, ..) => Content::Binary,
            (Way::Multipart, Some(node), Some(formed)) => {
                Content::Multipart(self.multipart(media, node, formed, place))
            }
            (way, Some(node), Some(formed)) => way.of(self.ty(node, formed, place)),
            (way, ..) => way.of(Type::Untyped(UntypedReason::Declared)),
        };
        let mut examples = self.context.examples(media);
        if let Some(formed) = formed.filter(|_| examples.is_empty()) {
            examples = self.context.schema_examples(&formed);
        }
        let items = self.declared_items(media, at, place).or_else(|| {
            let kind = MediaType::new(name);
            let is_stream = kind.is_stream() || (kind.is_json() && self.is_stream(node.as_ref()));
            let node = node.as_ref().filter(|_| content != Content::Binary);
            (self.side == Side::Response && is_stream)
                .then(|| self.implied_items(&kind, node, place))
        });
        BodyContent {
            media_type: MediaType::new(name),
            parts: part_encoding::encodings(media),
            reserved: part_encoding::reserved(media),
            content,
            items,
            examples,
        }
    }

    /// The type of the items of a stream, where it has a schema of its own.
    fn declared_items(
        &mut self,
        media: &'a Media,
        at: &Pointer,
        place: &Place<'_>,
    ) -> Option<Type> {
        let at = at.child("itemSchema");
        let schemas = &mut self.context.schemas;
        let node = schemas.parse(media.extensions.get(keys::ITEM_SCHEMA)?, at.clone())?;
        let formed = schemas.form(&node);
        if self.side == Side::Request {
            let message =
                "the items of this stream have a type of their own, but the body is one text";
            schemas.findings.warn("stream-in-one", &at, message);
        }
        Some(self.ty(&node, &formed, &place.item()))
    }

    /// The type of the items of a stream by the schema of its body: documents that are older than
    /// `itemSchema` mean each item by it, or a list of all of them. A text there is all of the
    /// stream, of which each line is JSON unless the stream consists of events.
    fn implied_items(
        &mut self,
        kind: &MediaType,
        node: Option<&Node<'a>>,
        place: &Place<'_>,
    ) -> Type {
        let ty = match node {
            None => Type::String(StringKind::Text),
            Some(node) => {
                let formed = self.context.schemas.form(node);
                self.ty(node, &formed, &place.item())
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

    /// Whether a response is a stream of JSON lines although its media type is that of one JSON
    /// text: what grpc-gateway makes of a method that streams its responses. It says so in the
    /// description of the response and in the title of its schema.
    fn is_stream(&mut self, node: Option<&Node<'a>>) -> bool {
        if self.streams {
            return true;
        }
        let Some(node) = node else {
            return false;
        };
        let formed = self.context.schemas.form(node);
        let underlying = self.context.schemas.underlying(&formed);
        let title = underlying.and_then(|target| target.notes.title().map(str::to_owned));
        title.is_some_and(|title| title.starts_with("Stream result of "))
    }

    fn ty(&mut self, node: &Node<'a>, formed: &Formed<'a>, place: &Place<'_>) -> Type {
        if let Some((_, ty)) = self.made.iter().find(|(made, _)| is_same(made, node)) {
            return ty.clone();
        }
        let ty = self.context.schemas.make_once(node, formed, place).whole();
        self.made.push((node.clone(), ty.clone()));
        ty
    }

    /// A form whose parts are files is a type of its own, since its component
    /// may be JSON elsewhere.
    fn multipart(
        &mut self,
        media: &'a Media,
        node: &Node<'a>,
        formed: &Formed<'a>,
        place: &Place<'_>,
    ) -> Type {
        let files = self
            .context
            .schemas
            .form_of_files(media, node, formed, place);
        files.unwrap_or_else(|| self.ty(node, formed, place))
    }
}

impl<'a> Context<'a> {
    /// The examples of a media type.
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

    /// The examples that a schema has of itself.
    pub(in crate::lower) fn schema_examples(&mut self, formed: &Formed<'a>) -> Vec<Example> {
        let own = formed.notes.examples();
        if !own.is_empty() {
            return own;
        }
        self.schemas
            .underlying(formed)
            .map(|target| target.notes.examples())
            .unwrap_or_default()
    }

    /// The first example that a schema has of itself, or a text of its format.
    pub(in crate::lower) fn schema_example(&mut self, formed: &Formed<'a>) -> Option<Value> {
        let first = self.schema_examples(formed).into_iter().next();
        first.map(|example| example.value).or_else(|| {
            let target = self.schemas.underlying(formed)?;
            target.notes.of_format()
        })
    }
}
