//! The content of a response, changed to the stream that the extension declares.

use serde_json::{Map, Value};

use super::declaration::StreamDeclaration;
use crate::load::internal_extensions::{
    STREAM_CONDITION, STREAM_PARAMS_NAME, STREAM_RESUMABLE, STREAM_TERMINATOR,
};
use crate::load::refs::Move;
use crate::source::{MediaType, Pointer};

/// The key of the schema of a body.
const SCHEMA: &str = "schema";

/// The key of the schema of an item (3.2).
const ITEM_SCHEMA: &str = "itemSchema";

/// The content of a response.
#[derive(Debug)]
pub(super) struct ResponseContent<'c> {
    /// The media types.
    pub(super) content: &'c mut Map<String, Value>,
    /// The position of the content.
    pub(super) pointer: Pointer,
    /// The position of the extension.
    pub(super) extension: Pointer,
    /// The schemas that were moved.
    pub(super) moves: &'c mut Vec<Move>,
    /// The reason why the stream does not resume, although the extension says so.
    pub(super) resumption_problem: Option<&'static str>,
}

impl ResponseContent<'_> {
    /// Declares a stream, and the response without one if a condition selects between them.
    pub(super) fn declare(
        &mut self,
        mut declaration: StreamDeclaration,
    ) -> Result<(), &'static str> {
        if declaration.condition.is_some() {
            self.declare_whole(declaration.whole.take())?;
        }
        self.declare_stream(declaration)
    }

    /// Declares the response without a stream.
    fn declare_whole(&mut self, schema: Option<Value>) -> Result<(), &'static str> {
        let name = self.find_json().cloned();
        let Some(schema) = schema else {
            let missing = "has a `stream-condition`, but no `response`";
            return name.map(|_| ()).ok_or(missing);
        };
        let name = name.unwrap_or_else(|| "application/json".to_owned());
        let mut media_type = self.media_type(&name);
        media_type.insert(SCHEMA.to_owned(), schema);
        let now = self.pointer.child(&name).child(SCHEMA);
        self.moves.push((now, 0, self.extension.child("response")));
        self.content.insert(name, Value::Object(media_type));
        Ok(())
    }

    /// Declares the stream, and removes the content that it replaces.
    fn declare_stream(&mut self, declaration: StreamDeclaration) -> Result<(), &'static str> {
        let mut names = self.content.keys();
        let declared = names.find(|name| declaration.is_stream(name)).cloned();
        let json = || self.find_json().or_else(|| self.content.keys().next());
        let source = declared.clone().or_else(|| json().cloned());
        let is_only = declared.is_none() && declaration.condition.is_none();
        let name = declared.unwrap_or_else(|| declaration.choose_media_type(source.as_deref()));
        let resumption = declaration.decide_resumption(&name);
        let mut media_type = source
            .as_ref()
            .map(|source| self.media_type(source))
            .unwrap_or_default();
        if !is_only && source.as_ref() != Some(&name) {
            // Examples of the whole response are not items.
            media_type.retain(|key, _| key == SCHEMA || key == ITEM_SCHEMA);
        }
        let source = self.pointer.child(source.as_ref().unwrap_or(&name));
        let now = self.pointer.child(&name).child(ITEM_SCHEMA);
        if let Some((item, original)) =
            self.take_item(declaration.item, &mut media_type, &source)?
        {
            media_type.insert(ITEM_SCHEMA.to_owned(), item);
            self.moves.push((now, 0, original));
        }
        if is_only {
            self.content.clear();
        }
        match resumption {
            Ok(false) => {}
            Ok(true) => {
                media_type.insert(STREAM_RESUMABLE.to_owned(), Value::Bool(true));
            }
            Err(problem) => self.resumption_problem = Some(problem),
        }
        for (key, text) in [
            (STREAM_CONDITION, declaration.condition),
            (STREAM_PARAMS_NAME, declaration.request_name),
            (STREAM_TERMINATOR, declaration.terminator),
        ] {
            if let Some(text) = text {
                media_type.insert(key.to_owned(), Value::String(text));
            }
        }
        self.content.insert(name, Value::Object(media_type));
        Ok(())
    }

    /// Returns the schema of an item with its position, or `None` if the media type declares it.
    fn take_item(
        &self,
        declared: Option<Value>,
        media_type: &mut Map<String, Value>,
        source: &Pointer,
    ) -> Result<Option<(Value, Pointer)>, &'static str> {
        if let Some(item) = declared {
            media_type.remove(SCHEMA);
            return Ok(Some((item, self.extension.child("response-stream"))));
        }
        if media_type.contains_key(ITEM_SCHEMA) {
            return Ok(None);
        }
        let schema = media_type.remove(SCHEMA);
        let schema = schema.ok_or("declares a stream, but no schema of its items")?;
        Ok(Some((schema, source.child(SCHEMA))))
    }

    /// Returns the first media type of a JSON text.
    fn find_json(&self) -> Option<&String> {
        let mut names = self.content.keys();
        names.find(|name| MediaType::new(*name).is_json())
    }

    /// Returns a copy of a media type, or an empty one.
    fn media_type(&self, name: &str) -> Map<String, Value> {
        let media_type = self.content.get(name).and_then(Value::as_object);
        media_type.cloned().unwrap_or_default()
    }
}
