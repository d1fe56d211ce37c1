//! `changes`: accepted breaking changes of a release.

use serde_json::Value;

use super::At;
use super::reader::Reader;
use crate::diagnostics::Code;
use crate::source::Pointer;

/// A line of `changes.accepted`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedChange {
    /// Code of the changes: `method-removed`.
    pub code: String,
    /// The items. Each includes everything below it. `None` means every item.
    pub items: Vec<String>,
    /// The reason.
    pub reason: String,
    /// The pointer of the line.
    pub pointer: Pointer,
}

impl Reader<'_> {
    /// Reads `changes`: under `accepted`, lists of items with a reason, by code.
    pub(super) fn accepted_changes(&mut self, node: Option<At<Value>>) -> Vec<AcceptedChange> {
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return Vec::new();
        };
        let mut accepted = Vec::new();
        for (code, node) in self.entries(fields.take("accepted")) {
            for line in self.list(Some(node)) {
                accepted.extend(self.accepted_change(code.clone(), line));
            }
        }
        self.finish(fields, "changes");
        accepted
    }

    fn accepted_change(&mut self, code: String, node: At<Value>) -> Option<AcceptedChange> {
        let pointer = node.pointer.clone();
        let mut fields = self.fields(node)?;
        let mut items = Vec::new();
        for key in ["item", "items"] {
            let texts = self.texts(fields.take(key)).into_iter();
            items.extend(texts.map(|text| text.value));
        }
        let reason = self.plain(fields.take("reason"));
        self.finish(fields, "changes.accepted.*");
        let Some(reason) = reason else {
            let message = format!("the acceptance of `{code}` has no reason");
            let help = "say under `reason` why you accept the breaking change";
            self.error(Code::MissingReason, &pointer, message, help);
            return None;
        };
        Some(AcceptedChange {
            code,
            items,
            reason,
            pointer,
        })
    }
}
