//! Operations: the requests and the responses of a method.

use super::methods::MethodComparison;
use super::quotation::quote_text;
use crate::diff::change::{Change, Snapshot};
use crate::diff::codes::Code;
use crate::diff::effects::Wire;
use crate::diff::surface::{MethodSurface, Surface};
use crate::ir::StatusPattern;

/// Compares what two methods do on the wire.
pub(super) fn compare_operations(methods: &MethodComparison<'_, '_>, changes: &mut Vec<Change>) {
    compare_endpoints(methods, changes);
    compare_requests(methods, changes);
    compare_responses(methods, changes);
}

fn endpoint_snapshot(method: &MethodSurface) -> Snapshot {
    let endpoint = &method.endpoint;
    Snapshot::new(
        format!("{} {}", endpoint.verb, endpoint.path),
        method.pointer.clone(),
    )
}

fn compare_endpoints(methods: &MethodComparison<'_, '_>, changes: &mut Vec<Change>) {
    let (base, head) = (methods.base, methods.head);
    let (old, new) = (&base.endpoint, &head.endpoint);
    let mut push = |code, summary: String| {
        let change = methods.change(code, summary).wire(Wire::BREAKS);
        changes.push(change.between(endpoint_snapshot(base), endpoint_snapshot(head)));
    };
    if old.verb != new.verb {
        let summary = format!("`{}` uses {}, not {}", methods.path, new.verb, old.verb);
        push(Code::HttpMethodChanged, summary);
    }
    if old.path_pattern() != new.path_pattern() {
        let summary = format!(
            "`{}` calls {}, not {}",
            methods.path,
            quote_text(&new.path),
            quote_text(&old.path)
        );
        push(Code::PathChanged, summary);
    }
}

fn compare_requests(methods: &MethodComparison<'_, '_>, changes: &mut Vec<Change>) {
    let (base, head) = (methods.base, methods.head);
    let path = &methods.path;
    let mut push = |code, summary: String, before: String, after: String, wire| {
        let before = Snapshot::new(before, base.pointer.clone());
        let after = Snapshot::new(after, head.pointer.clone());
        changes.push(
            methods
                .change(code, summary)
                .between(before, after)
                .wire(wire),
        );
    };
    if base.security != head.security {
        let (old, new) = (security_text(&base.security), security_text(&head.security));
        let context = methods.context;
        let sent = requirement(base.security.as_ref(), &context.base.client.security);
        let needed = requirement(head.security.as_ref(), &context.head.client.security);
        let (old_breaks, new_breaks) = (!accepts(&needed, &sent), !accepts(&sent, &needed));
        let effect = crate::diff::effects::WireEffect::breaks_if;
        let wire = Wire::new(effect(old_breaks), effect(new_breaks));
        let summary = format!("`{path}` needs other credentials");
        push(Code::SecurityChanged, summary, old, new, wire);
    }
    if base.server != head.server {
        let text = |method: &MethodSurface| {
            method
                .server
                .clone()
                .unwrap_or_else(|| "the server of the client".to_owned())
        };
        let summary = format!("`{path}` calls another server");
        push(
            Code::MethodServerChanged,
            summary,
            text(base),
            text(head),
            Wire::BREAKS,
        );
    }
    if behaviour(base) != behaviour(head) {
        let summary = format!("`{path}` has other limits, retries or idempotency keys");
        let (old, new) = (behaviour(base).join(", "), behaviour(head).join(", "));
        push(Code::MethodBehaviourChanged, summary, old, new, Wire::WORKS);
    }
}

/// The alternatives of schemes that a method needs. None at all is one without schemes.
fn requirement(own: Option<&Vec<Vec<String>>>, client: &Vec<Vec<String>>) -> Vec<Vec<String>> {
    let alternatives = own.unwrap_or(client);
    if alternatives.is_empty() {
        return vec![Vec::new()];
    }
    alternatives.clone()
}

/// Whether a call with any of the sent alternatives meets the needed ones.
fn accepts(needed: &[Vec<String>], sent: &[Vec<String>]) -> bool {
    let meets = |sent: &Vec<String>, needed: &Vec<String>| needed.iter().all(|n| sent.contains(n));
    sent.iter()
        .all(|sent| needed.iter().any(|needed| meets(sent, needed)))
}

fn security_text(own: &Option<Vec<Vec<String>>>) -> String {
    let Some(alternatives) = own else {
        return "the credentials of the client".to_owned();
    };
    let alternatives: Vec<String> = alternatives
        .iter()
        .map(|set| {
            if set.is_empty() {
                "nothing".to_owned()
            } else {
                set.join(" and ")
            }
        })
        .collect();
    match alternatives.as_slice() {
        [] => "nothing".to_owned(),
        alternatives => alternatives.join(" or "),
    }
}

/// Returns the settings of a method that differ from the client's, one text each.
fn behaviour(method: &MethodSurface) -> Vec<String> {
    let (timeout, retries) = method.limits;
    let timeout = timeout.map(|ms| format!("a time limit of {ms} ms"));
    let retries = retries.map(|count| format!("{count} retries"));
    let key = method.idempotency_header.as_ref();
    let key = key.map(|header| format!("an idempotency key in {}", quote_text(header)));
    timeout.into_iter().chain(retries).chain(key).collect()
}

fn compare_responses(methods: &MethodComparison<'_, '_>, changes: &mut Vec<Change>) {
    let (context, base, head) = (methods.context, methods.base, methods.head);
    let path = &methods.path;
    let mut push = |code, summary: String, before: String, after: String, wire| {
        let before = Snapshot::new(before, base.pointer.clone());
        let after = Snapshot::new(after, head.pointer.clone());
        changes.push(
            methods
                .change(code, summary)
                .between(before, after)
                .wire(wire),
        );
    };
    if base.media_types != head.media_types {
        let text = |method: &MethodSurface| match method.media_types.as_slice() {
            [] => "no body".to_owned(),
            types => types.join(", "),
        };
        let is_same_type =
            base.form == head.form && context.is_same_type(&base.returns, &head.returns);
        let summary = format!("`{path}` requests another media type");
        // A change of the type says by itself what breaks.
        if is_same_type {
            push(
                Code::ResponseMediaTypeChanged,
                summary,
                text(base),
                text(head),
                Wire::BREAKS,
            );
        }
    }
    if base.property != head.property {
        let text = |method: &MethodSurface| match &method.property {
            Some(name) => format!("the property {}", quote_text(name)),
            None => "the whole response".to_owned(),
        };
        let (old, new) = (text(base), text(head));
        let summary = format!("`{path}` returns {new}, not {old}");
        push(
            Code::ResponsePropertyChanged,
            summary,
            old,
            new,
            Wire::BREAKS,
        );
    }
    if base.statuses != head.statuses {
        let summary = format!("`{path}` succeeds with other statuses");
        let (old, new) = (statuses_text(&base.statuses), statuses_text(&head.statuses));
        push(Code::StatusesChanged, summary, old, new, Wire::WORKS);
    }
    let (old, new) = (
        failures_text(context.base, base),
        failures_text(context.head, head),
    );
    if old != new {
        let summary = format!("`{path}` declares other error responses");
        push(Code::ErrorResponsesChanged, summary, old, new, Wire::WORKS);
    }
    if base.response_headers != head.response_headers {
        let summary = format!("the response of `{path}` has other headers");
        let (old, new) = (
            base.response_headers.join(", "),
            head.response_headers.join(", "),
        );
        push(Code::ResponseHeadersChanged, summary, old, new, Wire::WORKS);
    }
}

fn statuses_text(statuses: &[StatusPattern]) -> String {
    let texts: Vec<String> = statuses.iter().map(|status| status_text(*status)).collect();
    texts.join(", ")
}

fn status_text(status: StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Range(class) => format!("{class}XX"),
        StatusPattern::Default => "default".to_owned(),
    }
}

fn failures_text(surface: &Surface, method: &MethodSurface) -> String {
    let failures = method.failures.iter().map(|(status, body)| {
        let status = status_text(*status);
        match body {
            Some(body) => format!("{status}: {}", surface.type_text(body)),
            None => status,
        }
    });
    failures.collect::<Vec<_>>().join(", ")
}
