//! The method that decodes deliveries.

use super::client_change::client_change;
use super::context::Context;
use crate::diff::change::Change;
use crate::diff::codes::Code;
use crate::diff::effects::Wire;
use crate::diff::surface::Surface;

/// Compares how deliveries are decoded.
pub(super) fn compare_webhooks(context: &Context<'_>, changes: &mut Vec<Change>) {
    let text = |surface: &Surface| {
        let webhooks = surface.client.webhooks.as_ref()?;
        let event = surface.name(webhooks.event);
        Some(format!(
            "fn {}(&self, headers, body) -> Result<{event}, Error>",
            webhooks.method
        ))
    };
    let (old, new) = (text(context.base), text(context.head));
    let (base, head) = (&context.base.client.webhooks, &context.head.client.webhooks);
    let mut push = |code, item: &str, summary: String, wire| {
        let mut change =
            client_change(code, item, summary, old.as_deref(), new.as_deref()).wire(wire);
        if let (Some(before), Some(base)) = (&mut change.before, base) {
            before.pointer = Some(base.pointer.clone());
        }
        if let (Some(after), Some(head)) = (&mut change.after, head) {
            after.pointer = Some(head.pointer.clone());
        }
        changes.push(change);
    };
    match (base, head) {
        (None, Some(head)) => {
            let item = head.item_path();
            push(
                Code::WebhooksAdded,
                &item,
                format!("`{item}` is new"),
                Wire::WORKS,
            );
        }
        (Some(base), None) => {
            let item = base.item_path();
            push(
                Code::WebhooksRemoved,
                &item,
                format!("`{item}` is gone"),
                Wire::WORKS,
            );
        }
        (Some(base), Some(head)) => {
            let (old, new) = (base.item_path(), head.item_path());
            if old != new {
                let summary = format!("`{new}` was `{old}`");
                push(Code::WebhookMethodRenamed, &new, summary, Wire::WORKS);
            }
            if base.signature != head.signature {
                let summary = "deliveries are signed in another way".to_owned();
                push(Code::WebhookSignatureChanged, &new, summary, Wire::BREAKS);
            }
        }
        (None, None) => {}
    }
}
