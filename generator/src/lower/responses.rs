//! Responses: what an operation answers, by status.

use openapiv3::{Response as Source, StatusCode};

use super::context::Context;
use super::endpoints::{Endpoint, Found};
use super::media::Side;
use super::place::Place;
use crate::ir::{
    Content, Operation, Owner, Payload, Response, ResponseHeader, StatusPattern, Type, TypeId,
    WireName, Words,
};

impl<'a> Context<'a> {
    /// The responses of an operation.
    pub(super) fn responses(
        &mut self,
        endpoint: &Endpoint<'a>,
        name: &Words,
        owner: &Owner,
    ) -> Vec<Response> {
        let declared = &endpoint.operation.responses;
        let at = endpoint.at.child("responses");
        let listed = declared
            .responses
            .iter()
            .map(|(code, response)| (pattern(code), response));
        let default = declared
            .default
            .iter()
            .map(|response| (StatusPattern::Default, response));
        let all: Vec<_> = listed
            .chain(default)
            .filter_map(|(status, reference)| {
                Some((status, self.response(reference, &at.child(&key(status)))?))
            })
            .collect();
        let main = all
            .iter()
            .map(|(status, _)| *status)
            .find(|status| status.is_success());
        all.iter()
            .map(|(status, found)| self.answer(*status, found, &suffix(*status, main), name, owner))
            .collect()
    }

    fn answer(
        &mut self,
        status: StatusPattern,
        found: &Found<'a, Source>,
        suffix: &str,
        name: &Words,
        owner: &Owner,
    ) -> Response {
        let payload = match found.name {
            Some(name) => self.shared_payload(name, found),
            None => self.payload(found, &Place::root(&name.with(suffix), owner)),
        };
        Response {
            status,
            description: found.item.description.clone(),
            payload,
            headers: self.headers(found),
            pointer: found.at.clone(),
        }
    }

    fn headers(&self, found: &Found<'a, Source>) -> Vec<ResponseHeader> {
        let headers = found.item.headers.iter();
        headers
            // The type of the body is said elsewhere.
            .filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"))
            .map(|(name, header)| ResponseHeader {
                wire: WireName::new(name),
                description: self
                    .header(header)
                    .and_then(|header| header.description.clone()),
            })
            .collect()
    }

    fn shared_payload(&mut self, name: &'a str, found: &Found<'a, Source>) -> Payload {
        if let Some(payload) = self.payloads.get(name) {
            return payload.clone();
        }
        let (words, owner) = (shared(name), Owner::Component(WireName::new(name)));
        let payload = self.payload(found, &Place::root(&words, &owner));
        self.payloads.insert(name, payload.clone());
        payload
    }

    fn payload(&mut self, found: &Found<'a, Source>, place: &Place<'_>) -> Payload {
        let content = self.contents(&found.item.content, &found.at, place, Side::Response);
        if content.is_empty() {
            return Payload::Empty;
        }
        Payload::Content(content)
    }
}

/// The name of a shared response's own type: its words, and that it is a response.
fn shared(name: &str) -> Words {
    let words = Words::split(name);
    match words.iter().last().map(String::as_str) {
        Some("response" | "error") => words,
        _ => words.with("response"),
    }
}

const fn pattern(code: &StatusCode) -> StatusPattern {
    match code {
        StatusCode::Code(code) => StatusPattern::Code(*code),
        StatusCode::Range(class) => StatusPattern::Range(*class),
    }
}

fn key(status: StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Range(class) => format!("{class}XX"),
        StatusPattern::Default => "default".to_owned(),
    }
}

/// The first success is the response; others are told apart by their status.
fn suffix(status: StatusPattern, main: Option<StatusPattern>) -> String {
    match status {
        status if Some(status) == main => "response".to_owned(),
        StatusPattern::Default if main.is_none() => "response".to_owned(),
        StatusPattern::Default => "error".to_owned(),
        status if status.is_success() => format!("response {}", key(status)),
        status => format!("error {}", key(status)),
    }
}

/// The body of failing responses that at least half of those operations agree
/// on that declare any.
pub(super) fn error_body(operations: &[Operation]) -> Option<Type> {
    let mut counts: indexmap::IndexMap<TypeId, usize> = indexmap::IndexMap::new();
    let mut declaring = 0;
    for operation in operations {
        let succeeds = operation
            .responses
            .iter()
            .any(|response| response.status.is_success());
        let failing = operation
            .responses
            .iter()
            .filter(|response| is_failing(response.status, succeeds));
        let mut bodies: Vec<TypeId> = failing.filter_map(body).collect();
        bodies.sort_unstable();
        bodies.dedup();
        declaring += usize::from(!bodies.is_empty());
        for id in bodies {
            *counts.entry(id).or_default() += 1;
        }
    }
    let (id, count) = counts
        .into_iter()
        .max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id)))?;
    (count * 2 >= declaring).then_some(Type::Named(id))
}

/// Where no success is declared, `default` stands for one.
const fn is_failing(status: StatusPattern, succeeds: bool) -> bool {
    match status {
        StatusPattern::Code(code) => code >= 400,
        StatusPattern::Range(class) => class >= 4,
        StatusPattern::Default => succeeds,
    }
}

fn body(response: &Response) -> Option<TypeId> {
    let Payload::Content(content) = &response.payload else {
        return None;
    };
    content.iter().find_map(|content| match content.content {
        Content::Json(Type::Named(id)) => Some(id),
        _ => None,
    })
}
