//! The client, and how calls behave unless the caller says otherwise.

use super::client_change::client_change;
use super::context::Context;
use super::{auth, options, servers, webhooks};
use crate::diff::change::Change;
use crate::diff::codes::Code;
use crate::diff::surface::{ClientSurface, Surface};

/// Compares the clients.
pub(super) fn compare_client(context: &Context<'_>, changes: &mut Vec<Change>) {
    let (base, head) = (&context.base.client, &context.head.client);
    options::compare_options(base, head, changes);
    servers::compare_servers(base, head, changes);
    auth::compare_auth(base, head, changes);
    if base.headers != head.headers {
        let text = |client: &ClientSurface| {
            let headers = client
                .headers
                .iter()
                .map(|(name, value)| format!("{name}: {value}"));
            headers.collect::<Vec<_>>().join("\n")
        };
        let summary = "every call sends other headers".to_owned();
        let (old, new) = (text(base), text(head));
        let code = Code::ClientHeadersChanged;
        changes.push(client_change(
            code,
            "Client",
            summary,
            Some(&old),
            Some(&new),
        ));
    }
    for ((key, old), (_, new)) in base.behaviour.iter().zip(&head.behaviour) {
        if old != new {
            let summary = format!("{key} is {new}, not {old}");
            let code = Code::ClientBehaviourChanged;
            changes.push(client_change(code, "Client", summary, Some(old), Some(new)));
        }
    }
    let (old, new) = (&base.env_prefix, &head.env_prefix);
    if old != new {
        let summary = format!("environment variables begin with `{new}`, not `{old}`");
        let code = Code::EnvironmentVariableChanged;
        changes.push(client_change(
            code,
            "Client::from_env",
            summary,
            Some(old),
            Some(new),
        ));
    }
    compare_error_bodies(context, changes);
    webhooks::compare_webhooks(context, changes);
}

fn compare_error_bodies(context: &Context<'_>, changes: &mut Vec<Change>) {
    let text = |surface: &Surface| {
        let body = surface.client.error_body.as_ref();
        body.map(|body| format!("fn body(&self) -> Option<{}>", surface.type_text(body)))
    };
    let (old, new) = (text(context.base), text(context.head));
    let item = "ApiError::body";
    let (base, head) = (
        &context.base.client.error_body,
        &context.head.client.error_body,
    );
    let (code, summary) = match (base, head) {
        (None, Some(_)) => (Code::ErrorBodyAdded, format!("`{item}` is new")),
        (Some(_), None) => (Code::ErrorBodyRemoved, format!("`{item}` is gone")),
        (Some(base), Some(head)) if !context.is_same_type(base, head) => (
            Code::ErrorBodyChanged,
            format!("`{item}` returns another type"),
        ),
        _ => return,
    };
    changes.push(client_change(
        code,
        item,
        summary,
        old.as_deref(),
        new.as_deref(),
    ));
}
