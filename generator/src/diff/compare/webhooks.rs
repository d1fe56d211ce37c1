//! The methods that decode deliveries.

use super::client_change::client_change;
use super::context::Context;
use crate::diff::change::{Change, Confidence, Snapshot};
use crate::diff::codes::Code;
use crate::diff::effects::Wire;
use crate::diff::surface::{Surface, WebhookMethodSurface, WebhookSurface};
use crate::ir::WebhookSignature;

/// Compares how deliveries are decoded.
pub(super) fn compare_webhooks(context: &Context<'_>, changes: &mut Vec<Change>) {
    let (base, head) = (&context.base.client.webhooks, &context.head.client.webhooks);
    let methods = |webhooks: &Option<WebhookSurface>| -> Vec<WebhookMethodSurface> {
        webhooks
            .as_ref()
            .map_or(Vec::new(), |webhooks| webhooks.methods.clone())
    };
    let (old, new) = (methods(base), methods(head));
    let gone: Vec<_> = old.iter().filter(|method| !new.contains(method)).collect();
    let fresh: Vec<_> = new.iter().filter(|method| !old.contains(method)).collect();
    // The only method of each is the same one by another name.
    if let ([old], [new]) = (gone.as_slice(), fresh.as_slice())
        && old.is_verified == new.is_verified
    {
        let item = &new.item_path;
        let summary = format!("`{item}` was `{}`", old.item_path);
        let change = client_change(Code::WebhookMethodRenamed, item, summary, None, None);
        let change = change.between(
            method_snapshot(context.base, old),
            method_snapshot(context.head, new),
        );
        changes.push(change.renamed_from(old.item_path.clone(), Confidence::Certain));
    } else {
        for method in gone {
            let item = &method.item_path;
            let summary = format!("`{item}` is gone");
            let change = client_change(Code::WebhooksRemoved, item, summary, None, None);
            changes.push(change.between(method_snapshot(context.base, method), None));
        }
        for method in fresh {
            let item = &method.item_path;
            let summary = format!("`{item}` is new");
            let change = client_change(Code::WebhooksAdded, item, summary, None, None);
            changes.push(change.between(None, method_snapshot(context.head, method)));
        }
    }
    if let (Some(base), Some(head)) = (base, head)
        && base.signature != head.signature
    {
        let summary = "deliveries are signed in another way".to_owned();
        let (old, new) = (
            describe_signature(&base.signature),
            describe_signature(&head.signature),
        );
        let code = Code::WebhookSignatureChanged;
        let change = client_change(code, "Client", summary, None, None).between(
            Snapshot::new(old, base.pointer.clone()),
            Snapshot::new(new, head.pointer.clone()),
        );
        changes.push(change.wire(Wire::BREAKS));
    }
}

fn describe_signature(signature: &WebhookSignature) -> String {
    match signature {
        WebhookSignature::Usual => "Standard Webhooks".to_owned(),
        WebhookSignature::Standard(prefix) => {
            format!("Standard Webhooks, with headers that begin with {prefix}-")
        }
        WebhookSignature::Body(header) => format!("HMAC-SHA256 of the body, in {header}"),
        WebhookSignature::Unknown(header) => format!("an unknown scheme, in {header}"),
    }
}

fn method_snapshot(surface: &Surface, method: &WebhookMethodSurface) -> Snapshot {
    let webhooks = surface.client.webhooks.as_ref();
    let event = webhooks.map_or("", |webhooks| surface.name(webhooks.event));
    let name = method.item_path.rsplit('.').next().unwrap_or_default();
    let headers = if method.is_verified { "headers, " } else { "" };
    let text = format!("fn {name}(&self, {headers}body) -> Result<{event}, Error>");
    Snapshot::new(text, webhooks.map(|webhooks| webhooks.pointer.clone()))
}
