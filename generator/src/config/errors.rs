//! `errors`: the form of error bodies.

use serde_json::Value;

use super::reader::Reader;
use super::resources::model_kind;
use super::{At, ModelKind};

/// `errors`: the form of error bodies.
#[derive(Debug, Clone, Default)]
pub struct ErrorSettings {
    /// `message_property`: the property with the message, with its path (`error.message`).
    pub message_property: Option<At<String>>,
    /// `union.source`: the schema of error bodies.
    pub source: Option<At<ModelKind>>,
}

impl Reader<'_> {
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
}
