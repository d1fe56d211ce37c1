//! Answers: what an operation returns, of all the responses that it declares.

use super::Builder;
use crate::ir::{
    BodyContent, Content, Docs, MediaTypeVariant, Operation, OperationId, Owner, Payload, Response,
    StatusPattern, StreamMode, Streaming, Words,
};
use crate::plan::item::{Item, ItemKind, OutcomePlan, OutcomeVariant, RustType};
use crate::plan::names::{Case, Scope};

impl Builder<'_> {
    pub(super) fn plan_returns(
        &mut self,
        id: OperationId,
        operation: &Operation,
    ) -> (RustType, Option<String>) {
        if let Some(stream) = &operation.stream
            && stream.mode == StreamMode::Always
        {
            return self.stream_type(stream);
        }
        let answers: Vec<&Response> = operation.successes().collect();
        let mut types: Vec<RustType> = Vec::new();
        for response in &answers {
            let ty = self.response_type(response);
            if !types.contains(&ty) {
                types.push(ty);
            }
        }
        let accept = match &operation.media_type_variant {
            Some(MediaTypeVariant::Response(_, media_type)) => Some(media_type.essence()),
            _ => choose_accept(&answers, &types),
        };
        let ty = match types.as_slice() {
            [] => RustType::Unit,
            [one] => one.clone(),
            [RustType::Unit, ty] | [ty, RustType::Unit] => optional_type(ty),
            _ => self.plan_outcome(id, operation, &answers),
        };
        (ty, accept)
    }

    /// The type of a stream's items, and the media type to ask for, where it is not the usual one.
    pub(in crate::plan) fn stream_type(&self, stream: &Streaming) -> (RustType, Option<String>) {
        let essence = stream.media_type.essence();
        let accept = (essence != "text/event-stream").then_some(essence);
        (self.resolver.resolve(&stream.item), accept)
    }

    fn response_type(&self, response: &Response) -> RustType {
        let Payload::Content(contents) = &response.payload else {
            return RustType::Unit;
        };
        match contents.first().map(|c| &c.content) {
            Some(Content::Json(ty)) => self.resolver.resolve(ty),
            Some(Content::Text) => RustType::String,
            Some(Content::Binary | Content::Form(_) | Content::Multipart(_)) => RustType::Bytes,
            None => RustType::Unit,
        }
    }

    fn plan_outcome(
        &mut self,
        id: OperationId,
        operation: &Operation,
        answers: &[&Response],
    ) -> RustType {
        let mut scope = Scope::reserving(&["Unknown"]);
        let variants = answers
            .iter()
            .map(|response| OutcomeVariant {
                ident: scope.claim(&status_words(response.status), Case::Variant),
                status: response.status,
                ty: self.response_type(response),
                description: response.description.clone(),
            })
            .collect();
        let ident = self
            .scope
            .claim(&operation.name.with("outcome"), Case::Type);
        let kind = ItemKind::Outcome(OutcomePlan { variants });
        RustType::Item(self.push(
            Item {
                ident,
                docs: Docs::default(),
                source: None,
                alias_of: None,
                kind,
            },
            Owner::Operation(id),
        ))
    }
}

/// The media types to ask for, where those that the type of the answer asks for will not do: each that
/// an answer is read in.
fn choose_accept(answers: &[&Response], types: &[RustType]) -> Option<String> {
    let mut kinds: Vec<String> = Vec::new();
    for kind in answers.iter().filter_map(|response| media_type(response)) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    // What is one of several types, or bytes, takes anything, which may be what is not read so.
    let mut some = types.iter().filter(|ty| **ty != RustType::Unit);
    let takes_anything = types.contains(&RustType::Bytes) || some.nth(1).is_some();
    let is_one_of_several = answers.iter().any(|response| contents(response).len() > 1);
    let is_usual = kinds == ["application/json"] && !(takes_anything && is_one_of_several);
    (!kinds.is_empty() && !is_usual).then(|| kinds.join(", "))
}

/// The media type that an answer is read in, where the document says it.
fn media_type(response: &Response) -> Option<String> {
    let essence = contents(response).first()?.media_type.essence();
    (!essence.contains('*') && !essence.is_empty()).then_some(essence)
}

fn contents(response: &Response) -> &[BodyContent] {
    match &response.payload {
        Payload::Content(contents) => contents,
        Payload::Empty => &[],
    }
}

/// `Option<T>`: an answer that may have no body. No bytes are bytes too.
fn optional_type(ty: &RustType) -> RustType {
    match ty {
        RustType::Option(_) | RustType::Bytes => ty.clone(),
        ty => RustType::Option(Box::new(ty.clone())),
    }
}

/// The words of a status: its reason phrase, as RFC 9110 registers it.
fn status_words(status: StatusPattern) -> Words {
    Words::split(&match status {
        StatusPattern::Code(200) => "ok".to_owned(),
        StatusPattern::Code(201) => "created".to_owned(),
        StatusPattern::Code(202) => "accepted".to_owned(),
        StatusPattern::Code(203) => "non_authoritative".to_owned(),
        StatusPattern::Code(204) => "no_content".to_owned(),
        StatusPattern::Code(205) => "reset_content".to_owned(),
        StatusPattern::Code(206) => "partial_content".to_owned(),
        StatusPattern::Code(207) => "multi_status".to_owned(),
        StatusPattern::Code(code) => format!("status_{code}"),
        StatusPattern::Range(class) => format!("status_{class}xx"),
        StatusPattern::Default => "other".to_owned(),
    })
}
