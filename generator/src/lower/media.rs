//! Media types: how a body is written, and which of several is preferred.

use openapiv3::MediaType as Media;
use serde_json::Value;

use super::context::Context;
use super::form::{Form, Formed};
use super::node::Node;
use super::parts;
use super::place::Place;
use super::writing::{Writing, rank, writing};
use crate::ir::{BodyContent, Content, Example, MediaType, StringKind, Type, UntypedReason};
use crate::load::{Pointer, keys};

/// Who writes a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The user: one value.
    Request,
    /// The API: one value, or many that follow each other.
    Response,
}

/// The contents of a body, on the way: schemas that are written out once for
/// each media type are one type.
pub(super) struct Contents<'c, 'a> {
    context: &'c mut Context<'a>,
    side: Side,
    made: Vec<(Node<'a>, Type)>,
}

impl<'a> Context<'a> {
    /// The ways in which a body is written, the preferred one first.
    pub(super) fn contents(
        &mut self,
        content: &'a indexmap::IndexMap<String, Media>,
        at: &Pointer,
        place: &Place<'_>,
        side: Side,
    ) -> Vec<BodyContent> {
        let mut contents = Contents {
            context: self,
            side,
            made: Vec::new(),
        };
        let mut entries: Vec<(&'a String, &'a Media)> = content.iter().collect();
        let ranks = entries.iter().map(|(name, media)| {
            let is_form = matches!(writing(name), Writing::Form | Writing::Multipart);
            let at = at.child("content").child(name).child("schema");
            (is_form && contents.has_no_members(media, at), rank(name))
        });
        let ranks: Vec<_> = ranks.collect();
        let best = (0..ranks.len()).min_by_key(|index| ranks.get(*index));
        if let Some((unnamed, _)) = best.and_then(|index| ranks.get(index))
            && *unnamed
            && side == Side::Request
        {
            contents.context.schemas.findings.warn("unnamed-members", at, "this form is no object, whose properties would be its members; a text is sent as it is, and anything else as JSON");
        }
        if let Some(best) = best {
            let first = entries.remove(best);
            entries.insert(0, first);
        }
        if let Some((name, media)) = entries.first() {
            contents.warn_of_packed(name, media, &at.child("content").child(name));
        }
        entries
            .into_iter()
            .map(|(name, media)| {
                contents.content(name, media, &at.child("content").child(name), place)
            })
            .collect()
    }
}

impl<'a> Contents<'_, 'a> {
    fn content(
        &mut self,
        name: &str,
        media: &'a Media,
        at: &Pointer,
        place: &Place<'_>,
    ) -> BodyContent {
        let schemas = &self.context.schemas;
        let node = media
            .schema
            .as_ref()
            .map(|schema| schemas.node(schema, at.child("schema")));
        let formed = node.as_ref().map(|node| self.context.schemas.form(node));
        let content = match (&node, &formed) {
            (Some(node), Some(formed)) => self.written(name, media, node, formed, place),
            _ => bare(writing(name)),
        };
        let mut examples = self.context.examples(media);
        if let Some(formed) = formed.filter(|_| examples.is_empty()) {
            examples = self.context.schema_examples(&formed);
        }
        let items = match (self.declared_items(media, at, place), &content) {
            (None, _) if self.side == Side::Request || !MediaType::new(name).is_stream() => None,
            (None, Content::Binary) => Some(Type::String(StringKind::Text)),
            (None, _) => Some(self.implied_items(node.as_ref(), place)),
            (items, _) => items,
        };
        BodyContent {
            media_type: MediaType::new(name),
            parts: parts::encodings(media),
            reserved: parts::reserved(media),
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
    /// `itemSchema` mean each item by it, or a list of all of them.
    fn implied_items(&mut self, node: Option<&Node<'a>>, place: &Place<'_>) -> Type {
        let Some(node) = node else {
            return Type::String(StringKind::Text);
        };
        let formed = self.context.schemas.form(node);
        match self.ty(node, &formed, &place.item()) {
            Type::Array(item) => *item,
            ty => ty,
        }
    }

    fn written(
        &mut self,
        name: &str,
        media: &'a Media,
        node: &Node<'a>,
        formed: &Formed<'a>,
        place: &Place<'_>,
    ) -> Content {
        let underlying = self.context.schemas.underlying(formed);
        let form = underlying.as_ref().map(|formed| &formed.form);
        if matches!(form, Some(Form::Plain(Type::String(StringKind::Binary)))) {
            return Content::Binary;
        }
        match writing(name) {
            Writing::Json => Content::Json(self.ty(node, formed, place)),
            // It is put together by the caller.
            Writing::Form if matches!(form, Some(Form::Plain(Type::String(_)))) => Content::Text,
            Writing::Form | Writing::Multipart if form.is_some_and(has_no_names) => {
                Content::Json(self.ty(node, formed, place))
            }
            Writing::Form => Content::Form(self.ty(node, formed, place)),
            Writing::Multipart => Content::Multipart(self.multipart(media, node, formed, place)),
            Writing::Unclear if matches!(form, Some(Form::Plain(Type::String(_)))) => Content::Text,
            Writing::Unclear => Content::Json(self.ty(node, formed, place)),
            Writing::Text => Content::Text,
            Writing::Binary | Writing::Packed => Content::Binary,
        }
    }

    fn ty(&mut self, node: &Node<'a>, formed: &Formed<'a>, place: &Place<'_>) -> Type {
        let same = |made: &Node<'a>| match (made.schema(), node.schema()) {
            (Some(a), Some(b)) => a == b,
            _ => made.is_same(node),
        };
        if let Some((_, ty)) = self.made.iter().find(|(made, _)| same(made)) {
            return ty.clone();
        }
        let ty = self.context.schemas.make_once(node, formed, place).whole();
        self.made.push((node.clone(), ty.clone()));
        ty
    }

    /// Warns of a structure that is written in a format that is not known here.
    fn warn_of_packed(&mut self, name: &str, media: &'a Media, at: &Pointer) {
        let Some(schema) = media
            .schema
            .as_ref()
            .filter(|_| writing(name) == Writing::Packed)
        else {
            return;
        };
        let schemas = &mut self.context.schemas;
        let node = schemas.node(schema, at.child("schema"));
        let formed = schemas.form(&node);
        let is_bytes = schemas.underlying(&formed).is_some_and(|target| {
            matches!(target.form, Form::Plain(Type::String(_) | Type::Untyped(_)))
        });
        if !is_bytes {
            let message = format!(
                "`{name}` is not read or written here: what has this schema is left as bytes"
            );
            schemas.findings.warn("packed-body", at, message);
        }
    }

    /// Whether the schema of a form gives its members no names.
    fn has_no_members(&mut self, media: &'a Media, at: Pointer) -> bool {
        let schemas = &mut self.context.schemas;
        let Some(schema) = media.schema.as_ref() else {
            return false;
        };
        let node = schemas.node(schema, at);
        let formed = schemas.form(&node);
        let underlying = schemas.underlying(&formed);
        underlying.is_some_and(|target| has_no_names(&target.form))
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
    pub(super) fn schema_examples(&mut self, formed: &Formed<'a>) -> Vec<Example> {
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
    pub(super) fn schema_example(&mut self, formed: &Formed<'a>) -> Option<Value> {
        let first = self.schema_examples(formed).into_iter().next();
        first.map(|example| example.value).or_else(|| {
            let target = self.schemas.underlying(formed)?;
            target.notes.of_format()
        })
    }
}

/// Whether values of a form are no objects, whose properties have names.
const fn has_no_names(form: &Form<'_>) -> bool {
    match form {
        Form::Plain(ty) => !matches!(ty, Type::Untyped(_)),
        Form::Constant(..) | Form::Enum(_) | Form::Array(_) | Form::Tuple(_) => true,
        Form::Same(_) | Form::Map(_) | Form::Struct(_) | Form::Union(_) => false,
    }
}

/// A body without a schema.
const fn bare(writing: Writing) -> Content {
    match writing {
        Writing::Json => Content::Json(Type::Untyped(UntypedReason::Declared)),
        Writing::Form => Content::Form(Type::Untyped(UntypedReason::Declared)),
        Writing::Multipart => Content::Multipart(Type::Untyped(UntypedReason::Declared)),
        Writing::Text => Content::Text,
        Writing::Unclear | Writing::Binary | Writing::Packed => Content::Binary,
    }
}
