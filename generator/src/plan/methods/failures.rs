//! The error responses of a method.

use super::context::MethodContext;
use crate::ir::{BodyContent, Content, Operation, Payload, Response, StatusPattern};
use crate::plan::item::RustType;

/// An error response that the document declares.
#[derive(Debug)]
pub struct FailurePlan<'a> {
    /// Its statuses.
    pub status: StatusPattern,
    /// The description.
    pub description: &'a str,
    /// The type of its body, if it differs from the API's common error type.
    pub body: Option<RustType>,
}

/// Plans the error responses of an operation.
pub(super) fn plan_failures<'a>(
    context: &MethodContext<'_, 'a>,
    operation: &'a Operation,
) -> Vec<FailurePlan<'a>> {
    let successes: Vec<StatusPattern> = operation.successes().map(|r| r.status).collect();
    let responses = operation.responses.iter();
    let failing = responses.filter(|response| !successes.contains(&response.status));
    failing
        .map(|response| FailurePlan {
            status: response.status,
            description: &response.description,
            body: own_body(context, response),
        })
        .collect()
}

fn own_body(context: &MethodContext<'_, '_>, response: &Response) -> Option<RustType> {
    match &contents(response).first()?.content {
        Content::Json(ty) if Some(ty) != context.context.api.error_body.as_ref() => {
            Some(context.context.resolver.resolve(ty))
        }
        _ => None,
    }
}

fn contents(response: &Response) -> &[BodyContent] {
    match &response.payload {
        Payload::Content(contents) => contents,
        Payload::Empty => &[],
    }
}
