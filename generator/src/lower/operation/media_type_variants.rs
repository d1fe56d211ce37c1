//! Media type variants: operations for the other media types of a body.
//!
//! A request or response can have media types of another encoding than the preferred one. Each
//! becomes an operation next to the declared one. A variant for a request body has the usual
//! response, and a variant for a response has the usual request.

use super::content::{BodyChoice, OtherMediaType};
use super::context::LoweringContext;
use super::endpoint::Endpoint;
use crate::ir::{Docs, Operation, OperationId, Owner, Payload, Response, Words};
use crate::lower::operation::Naming;
use crate::source::text::code_span;

impl<'a> LoweringContext<'a> {
    /// Returns the other media types of a request body.
    pub(in crate::lower) fn other_request_media_types(
        &mut self,
        endpoint: &Endpoint<'a>,
    ) -> Vec<OtherMediaType> {
        let reference = endpoint.operation.request_body.as_ref();
        let found =
            reference.and_then(|body| self.request_body(body, &endpoint.at.child("requestBody")));
        found.map_or_else(Vec::new, |found| {
            self.sent_otherwise(&found.item.content, &found.at)
        })
    }

    /// Returns the other media types of successful responses.
    pub(in crate::lower) fn other_response_media_types(
        &mut self,
        endpoint: &Endpoint<'a>,
    ) -> Vec<OtherMediaType> {
        let mut all: Vec<OtherMediaType> = Vec::new();
        for found in self.successes(endpoint) {
            for other in self.read_otherwise(&found.item.content, &found.at) {
                if all.iter().all(|known| known.suffix != other.suffix) {
                    all.push(other);
                }
            }
        }
        all
    }

    /// Returns the operation with another request body.
    pub(in crate::lower) fn with_request_media_type(
        &mut self,
        id: OperationId,
        endpoint: &Endpoint<'a>,
        usual: &Operation,
        other: &OtherMediaType,
        name: Words,
    ) -> Option<Operation> {
        let owner = Owner::Operation(id);
        let naming = Naming {
            name,
            ..Naming::default()
        };
        let body = self.body(endpoint, &naming, &owner, BodyChoice::Other(other))?;
        let of_call = usual.params.iter().filter(|param| param.part.is_none());
        let mut params: Vec<_> = of_call.cloned().collect();
        params.extend(self.headers_of_parts(endpoint, Some(&body), &naming.name, &owner));
        let text = match other.files {
            true => "Sends a form that can contain files.".to_owned(),
            false => format!("Sends {}.", code_span(&other.media_type)),
        };
        Some(Operation {
            name: naming.name,
            docs: with_text(&usual.docs, &text),
            params,
            body: Some(body),
            ..usual.clone()
        })
    }
}

/// Returns the operation with another media type of its responses, or `None` if no response has
/// it. A response without this media type stays as it is.
pub(in crate::lower) fn with_response_media_type(
    usual: &Operation,
    other: &OtherMediaType,
    suffix: &Words,
) -> Option<Operation> {
    let successes: Vec<_> = usual.successes().map(|r| r.status).collect();
    let mut found = false;
    let responses = usual.responses.iter().map(|response| {
        let is_success = successes.contains(&response.status);
        let content = match &response.payload {
            Payload::Content(contents) if is_success => {
                let mut contents = contents.iter();
                contents.find(|content| content.media_type.as_str() == other.media_type)
            }
            _ => None,
        };
        found |= content.is_some();
        content.map_or_else(
            || response.clone(),
            |content| Response {
                payload: Payload::Content(vec![content.clone()]),
                ..response.clone()
            },
        )
    });
    let responses = responses.collect();
    let text = format!("Requests the response as {}.", code_span(&other.media_type));
    found.then(|| Operation {
        name: usual.name.join(suffix),
        docs: with_text(&usual.docs, &text),
        responses,
        ..usual.clone()
    })
}

/// Appends a text to the description of an operation.
fn with_text(docs: &Docs, text: &str) -> Docs {
    let before = docs.description.as_deref().unwrap_or_default();
    let description = match before.is_empty() {
        true => text.to_owned(),
        false => format!("{before}\n\n{text}"),
    };
    Docs {
        description: Some(description),
        ..docs.clone()
    }
}
