//! Responses of an operation, by status.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use openapiv3::{Response as Source, StatusCode};

use super::content;
use super::context::LoweringContext;
use super::endpoint::Endpoint;
use super::problem_details::ProblemDetails;
use super::shared_errors::{ErrorUse, describe_content};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{
    Content, Method, Operation, Owner, Payload, Response, ResponseHeader, StatusPattern, Type,
    TypeId, Types, WireName, Words,
};
use crate::lower::components::Resolved;
use crate::lower::schema::type_name::TypeNamePath;

impl<'a> LoweringContext<'a> {
    /// Lowers the responses of an operation.
    pub(in crate::lower) fn responses(
        &mut self,
        endpoint: &Endpoint<'a>,
        name: &Words,
        owner: &Owner,
    ) -> Vec<Response> {
        let all = self.declared_responses(endpoint);
        let main = main_success(&all);
        if main.is_none() {
            self.warn_of_default(endpoint, &all);
        }
        let listed: Vec<StatusPattern> = all.iter().map(|(status, _)| *status).collect();
        let is_error = |status: StatusPattern| !status.is_success_among(listed.iter().copied());
        all.iter()
            .map(|(status, found)| {
                let payload = if has_content(&endpoint.method, *status) {
                    let words = name.with(&suffix(*status, main));
                    let problems = match is_error(*status) {
                        true => ProblemDetails::Kept,
                        false => ProblemDetails::choose_for_success(&found.item.content),
                    };
                    match found.name {
                        Some(name) => self.shared_payload(name, found, problems),
                        None if is_error(*status) => {
                            self.error_payload(found, *status, (name, words), owner)
                        }
                        None => self.payload(found, problems, &TypeNamePath::root(&words, owner)),
                    }
                } else {
                    self.no_content(*status, found)
                };
                self.build_response(*status, found, payload)
            })
            .collect()
    }

    /// Returns the successful responses with content.
    pub(in crate::lower) fn successes(&self, endpoint: &Endpoint<'a>) -> Vec<Resolved<'a, Source>> {
        let all = self.declared_responses(endpoint);
        let listed: Vec<StatusPattern> = all.iter().map(|(status, _)| *status).collect();
        let is_success = |status: StatusPattern| status.is_success_among(listed.iter().copied());
        all.into_iter()
            .filter(|(status, _)| is_success(*status) && has_content(&endpoint.method, *status))
            .map(|(_, found)| found)
            .collect()
    }

    /// Returns the declared responses, the most specific pattern first, by status.
    ///
    /// A response to one status takes precedence over a range, whatever their order (OpenAPI
    /// 3.1.1, section 4.8.16.1). Their order in the document decides no name.
    fn declared_responses(
        &self,
        endpoint: &Endpoint<'a>,
    ) -> Vec<(StatusPattern, Resolved<'a, Source>)> {
        let declared = &endpoint.operation.responses;
        let at = endpoint.at.child("responses");
        let mut listed: Vec<_> = declared
            .responses
            .iter()
            .map(|(code, response)| (pattern(code), response))
            .collect();
        listed.sort_by_key(|(status, _)| *status);
        let default = declared.default.iter();
        listed.extend(default.map(|response| (StatusPattern::Default, response)));
        listed
            .into_iter()
            .filter_map(|(status, reference)| {
                Some((status, self.response(reference, &at.child(&key(status)))?))
            })
            .collect()
    }

    /// Returns the empty body of a response that ends with its headers, and warns of content for a
    /// status without content. Content of a response to `HEAD` describes the response to `GET`.
    fn no_content(&mut self, status: StatusPattern, found: &Resolved<'a, Source>) -> Payload {
        if let StatusPattern::Code(code) = status
            && !status_has_content(code)
            && self.says_content(found)
        {
            self.schemas.findings.warn(
                Code::UnexpectedResponseContent,
                &found.at.child("content"),
                format!(
                    "a response with status {code} has no content (RFC 9110, section 15); the declared content is ignored"
                ),
            );
        }
        Payload::Empty
    }

    /// Whether a response declares content of a known shape. Many tools declare an object for
    /// responses without content.
    fn says_content(&mut self, found: &Resolved<'a, Source>) -> bool {
        let at = found.at.child("content");
        found.item.content.iter().any(|(name, media)| {
            let Some(schema_ref) = content::schema_ref(&self.schemas, media, &at.child(name))
            else {
                return false;
            };
            let resolved = self.schemas.resolve(&schema_ref);
            let resolve_target = self.schemas.resolve_target(&resolved);
            resolve_target.is_some_and(|target| !target.shape.is_free())
        })
    }

    /// Warns of `default` as the only possible success next to declared failures.
    fn warn_of_default(
        &mut self,
        endpoint: &Endpoint<'a>,
        all: &[(StatusPattern, Resolved<'a, Source>)],
    ) {
        let Some((StatusPattern::Default, default)) = all.last() else {
            return;
        };
        let fails = all.iter().any(|(status, _)| status.is_failure());
        if fails && !default.item.content.is_empty() {
            let at = endpoint.at.child("responses").child("default");
            let message = "this operation declares no successful response; `default` describes its errors, and a successful call returns nothing";
            let help = "declare a `2XX` response if a successful call returns something";
            let warning = Diagnostic::new(Code::MissingSuccessResponse, at, message);
            self.schemas.findings.push(warning.help(help));
        }
    }

    /// Lowers the inline body of an error. Equal bodies are lowered once.
    fn error_payload(
        &mut self,
        found: &Resolved<'a, Source>,
        status: StatusPattern,
        (name, words): (&Words, Words),
        owner: &Owner,
    ) -> Payload {
        let Some(schema) = describe_content(found.item) else {
            let name_path = TypeNamePath::root(&words, owner);
            return self.payload(found, ProblemDetails::Kept, &name_path);
        };
        let error_use = ErrorUse::new(owner, status, found.item);
        match self.shared_errors.find(&schema, error_use) {
            Ok(payload) => payload,
            Err(error_use) => {
                let name_path = TypeNamePath::root(&words, owner);
                let payload = self.payload(found, ProblemDetails::Kept, &name_path);
                let errors = &mut self.shared_errors;
                errors.add(schema, error_use, &payload, &found.at, (name, words));
                payload
            }
        }
    }

    fn build_response(
        &self,
        status: StatusPattern,
        found: &Resolved<'a, Source>,
        payload: Payload,
    ) -> Response {
        Response {
            status,
            description: found.item.description.clone(),
            payload,
            headers: self.headers(found),
            pointer: found.at.clone(),
        }
    }

    fn headers(&self, found: &Resolved<'a, Source>) -> Vec<ResponseHeader> {
        let headers = found.item.headers.iter();
        headers
            // The media type is part of the body.
            .filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"))
            .map(|(name, header)| ResponseHeader {
                wire: WireName::new(name),
                description: self
                    .header(header)
                    .and_then(|header| header.description.clone()),
            })
            .collect()
    }

    fn shared_payload(
        &mut self,
        name: &'a str,
        found: &Resolved<'a, Source>,
        problems: ProblemDetails,
    ) -> Payload {
        if let Some(payload) = self.payloads.get(&(name, problems)) {
            return payload.clone();
        }
        let (words, owner) = (
            name_shared_response(name),
            Owner::Component(WireName::new(name)),
        );
        let payload = self.payload(found, problems, &TypeNamePath::root(&words, &owner));
        self.payloads.insert((name, problems), payload.clone());
        payload
    }

    fn payload(
        &mut self,
        found: &Resolved<'a, Source>,
        problems: ProblemDetails,
        name_path: &TypeNamePath<'_>,
    ) -> Payload {
        let content = self.received_by(found.item, problems, &found.at, name_path);
        if content.is_empty() {
            return Payload::Empty;
        }
        Payload::Content(content)
    }
}

/// Returns the name for the type of a shared response.
fn name_shared_response(name: &str) -> Words {
    let words = Words::split(name);
    match words.iter().last().map(String::as_str) {
        Some("response" | "error") => words,
        _ => words.with("response"),
    }
}

/// Whether a response can have content. A response to `HEAD` ends with its headers (RFC 9110,
/// section 9.3.2).
fn has_content(method: &Method, status: StatusPattern) -> bool {
    let by_status = match status {
        StatusPattern::Code(code) => status_has_content(code),
        StatusPattern::Range(_) | StatusPattern::Default => true,
    };
    by_status && *method != Method::Head
}

/// RFC 9110, sections 15.2, 15.3.5, 15.3.6 and 15.4.5.
const fn status_has_content(code: u16) -> bool {
    !matches!(code, 100..200 | 204 | 205 | 304)
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

/// Returns the pattern of the main response: the first success.
fn main_success(all: &[(StatusPattern, Resolved<'_, Source>)]) -> Option<StatusPattern> {
    let mut patterns = all.iter().map(|(status, _)| *status);
    let listed = patterns.clone();
    patterns.find(|status| status.is_success_among(listed.clone()))
}

/// Returns the suffix for the type of a response: `response` for the main success, and the status
/// for any other.
fn suffix(status: StatusPattern, main: Option<StatusPattern>) -> String {
    match status {
        status if Some(status) == main => "response".to_owned(),
        StatusPattern::Default => "error".to_owned(),
        status if status.is_success() => format!("response {}", key(status)),
        status => format!("error {}", key(status)),
    }
}

/// Returns the error body that at least half of the operations with error bodies agree on.
///
/// Among such bodies, the number of responses decides, and then the pointer: the order in the document
/// decides nothing.
pub(in crate::lower) fn error_body(operations: &[Operation], types: &Types) -> Option<Type> {
    let mut counts: BTreeMap<TypeId, (usize, usize)> = BTreeMap::new();
    let mut declaring = 0;
    for operation in operations {
        let successes: Vec<StatusPattern> = operation.successes().map(|r| r.status).collect();
        let failing = operation.responses.iter().filter(|response| {
            response.status.is_failure()
                || (response.status == StatusPattern::Default
                    && !successes.contains(&response.status))
        });
        let mut bodies: BTreeMap<TypeId, usize> = BTreeMap::new();
        for id in failing.filter_map(body) {
            *bodies.entry(id).or_default() += 1;
        }
        declaring += usize::from(!bodies.is_empty());
        for (id, responses) in bodies {
            let (operations, total) = counts.entry(id).or_default();
            *operations += 1;
            *total += responses;
        }
    }
    let pointer = |id: TypeId| Reverse(&types.get(id).pointer);
    let (id, (operations, _)) = counts
        .into_iter()
        .max_by_key(|(id, counts)| (*counts, pointer(*id)))?;
    (operations * 2 >= declaring).then_some(Type::Named(id))
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
