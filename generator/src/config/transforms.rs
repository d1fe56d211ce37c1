//! `openapi.transforms`: changes to the description before it is loaded.

use serde_json::Value;

use super::At;
use super::reader::{Fields, Reader};

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
    pub(super) fn transforms(&mut self, fields: &mut Fields) -> Vec<At<Transform>> {
        let mut transforms = Vec::new();
        for key in ["transforms", "transformations"] {
            for node in self.list(fields.take(key)) {
                transforms.extend(self.transform(node));
            }
        }
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
