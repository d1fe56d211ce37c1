//! Method docs: the document's description, the defaults, the response headers and the errors.

use std::time::Duration;

use proc_macro2::TokenStream;

use crate::ir::{Docs, Operation, ResponseHeader, RuntimeSource, StatusPattern};
use crate::plan::{FailurePlan, MethodPlan, Plan, RustType};
use crate::render::docs::Doc;
use crate::render::prose;
use crate::source::text::code_span;

/// The docs of a method.
pub(super) fn method_docs(plan: &Plan<'_>, method: &MethodPlan<'_>) -> Doc {
    let operation = method.operation;
    let mut doc = Doc::default();
    if let Some(summary) = &operation.docs.summary {
        doc.prose(summary);
    }
    doc.paragraph(code_span(&format!(
        "{} {}",
        operation.method, operation.path
    )));
    let described = Docs {
        summary: None,
        ..operation.docs.clone()
    };
    let description = Doc::from_docs(&described);
    if operation.docs.summary.as_deref().map(str::trim)
        != operation.docs.description.as_deref().map(str::trim)
    {
        doc.append(description);
    }
    if method.stream.is_some() {
        doc.paragraph(match type_link(plan, &method.returns) {
            Some(item) => format!("Returns a stream of items, each {item}."),
            None => "Returns a stream.".to_owned(),
        });
    }
    if let Some(limit) = method
        .stream
        .as_ref()
        .and_then(|stream| stream.reconnections)
    {
        doc.paragraph(format!(
            "An interrupted stream resumes after its last event, at most {limit} times in a row. \
             `reconnect` changes the limit."
        ));
    }
    if let Some(params_method) = &method.params_method {
        doc.paragraph(format!(
            "[`{params_method}`](Self::{params_method}) takes optional parameters."
        ));
    }
    if let Some(streaming) = &method.streaming {
        doc.paragraph(format!(
            "[`{streaming}`](Self::{streaming}) returns the response as a stream."
        ));
    }
    limit_docs(operation, &mut doc);
    header_docs(method.headers, &mut doc);
    error_docs(plan, &method.failures, &mut doc);
    doc
}

/// The docs of the method that takes the optional parameters of another method.
pub(super) fn params_method_docs(method: &MethodPlan<'_>) -> TokenStream {
    let (name, operation) = (&method.ident, method.operation);
    let mut doc = Doc::default();
    doc.line(format!("[`{name}`](Self::{name}) with parameters."));
    doc.paragraph(code_span(&format!(
        "{} {}",
        operation.method, operation.path
    )));
    doc.tokens()
}

/// Adds the timeout and the number of retries, if the operation has its own.
fn limit_docs(operation: &Operation, doc: &mut Doc) {
    let timeout = operation.timeout_ms.map(|ms| {
        let limit = Duration::from_millis(ms);
        format!("an attempt times out after {} s", limit.as_secs_f64())
    });
    let retries = operation.max_retries.map(|retries| match retries {
        0 => "the call is not retried".to_owned(),
        1 => "the call is retried at most once".to_owned(),
        more => format!("the call is retried at most {more} times"),
    });
    let limits: Vec<String> = timeout.into_iter().chain(retries).collect();
    if !limits.is_empty() {
        let limits = limits.join(", and ");
        doc.paragraph(format!("By default, {limits}."));
    }
}

/// Adds the headers of the response, one per line.
fn header_docs(headers: &[ResponseHeader], doc: &mut Doc) {
    if headers.is_empty() {
        return;
    }
    doc.paragraph("[`Request::with_response`](crate::Request::with_response) also returns these response headers:");
    doc.blank();
    for header in headers {
        let text = header.description.as_deref().unwrap_or_default();
        let name = code_span(header.wire.as_str());
        doc.line(format!("- {name}{}", format_after_colon(text)));
    }
}

/// The document's prose on one line, after a colon.
fn format_after_colon(text: &str) -> String {
    let text = prose::inline(text);
    if text.is_empty() {
        text
    } else {
        format!(": {text}")
    }
}

/// Adds the error responses that the document declares, one per line.
fn error_docs(plan: &Plan<'_>, failures: &[FailurePlan<'_>], doc: &mut Doc) {
    if failures.is_empty() {
        return;
    }
    let bodies: Vec<Option<String>> = failures
        .iter()
        .map(|failure| type_link(plan, failure.body.as_ref()?))
        .collect();
    let shared = plan.error_body.is_some();
    let own = bodies.iter().any(Option::is_some);
    doc.paragraph("# Errors");
    let body = match plan.api.package.runtime {
        RuntimeSource::Vendored => "[`ApiError::body`](crate::ApiError::body)",
        RuntimeSource::Dependency => "[`ApiErrorExt::body`](crate::ApiErrorExt::body)",
    };
    doc.paragraph(match (shared, own) {
        (true, true) => format!("[`Error::Api`](crate::Error::Api) for these statuses. {body} decodes the response body; [`ApiError::decode`](crate::ApiError::decode) decodes it as a type listed here:"),
        (true, false) => format!("[`Error::Api`](crate::Error::Api) for these statuses. {body} decodes the response body:"),
        (false, true) => "[`Error::Api`](crate::Error::Api) for these statuses. [`ApiError::decode`](crate::ApiError::decode) decodes the response body as the type listed here:".to_owned(),
        (false, false) => "[`Error::Api`](crate::Error::Api) for these statuses:".to_owned(),
    });
    doc.blank();
    for (failure, body) in failures.iter().zip(bodies) {
        let status = match failure.status {
            StatusPattern::Code(code) => code.to_string(),
            StatusPattern::Range(class) => format!("{class}xx"),
            StatusPattern::Default => "any other status".to_owned(),
        };
        let body = body.map(|body| format!(", {body}")).unwrap_or_default();
        let text = format_after_colon(failure.description);
        doc.line(format!("- {status}{body}{text}"));
    }
}

/// A link to a type of the crate.
fn type_link(plan: &Plan<'_>, ty: &RustType) -> Option<String> {
    match ty {
        RustType::Item(id) => {
            let name = &plan.item(*id).ident;
            Some(format!("[`{name}`](crate::types::{name})"))
        }
        RustType::Vec(inner) => Some(format!("a list of {}", type_link(plan, inner)?)),
        RustType::Option(inner) | RustType::Boxed(inner) => type_link(plan, inner),
        _ => None,
    }
}
