//! Responses: the type that an operation returns, and the media types that it asks for.

use super::context::PlanContext;
use super::item::{Item, ItemKind, OutcomePlan, OutcomeVariant, RustType};
use super::item_table::ItemTable;
use super::names::{Case, Scope};
use crate::ir::{
    BodyContent, Content, Docs, MediaTypeVariant, Operation, Owner, Payload, Response, Shape,
    StatusPattern, StreamMode, Streaming, Type, WireName, Words,
};

/// Returns the type of an operation's response, and the `Accept` header if the type's default is not
/// enough. An operation with several response types gets an item of its own.
pub(super) fn plan_response<'a>(
    context: &PlanContext<'a>,
    operation: &'a Operation,
    owner: &Owner,
    items: &mut ItemTable<'a>,
    names: &mut Scope,
) -> (RustType, Option<String>) {
    if let Some(stream) = &operation.stream
        && stream.mode == StreamMode::Always
    {
        return stream_type(context, stream);
    }
    let responses: Vec<&Response> = operation.successes().collect();
    let mut types: Vec<RustType> = Vec::new();
    for response in &responses {
        let ty = response_type(context, response);
        if !types.contains(&ty) {
            types.push(ty);
        }
    }
    let accept = match &operation.media_type_variant {
        Some(MediaTypeVariant::Response(_, media_type)) => Some(media_type.essence()),
        _ => choose_accept(&responses, &types),
    };
    let ty = match types.as_slice() {
        [] => RustType::Unit,
        [only] => unwrapped_type(context, operation).unwrap_or_else(|| only.clone()),
        [RustType::Unit, ty] | [ty, RustType::Unit] => optional_type(ty),
        _ => RustType::Item(items.push(Item {
            ident: names.claim_first(&outcome_names(operation), Case::Type),
            docs: Docs::default(),
            source: None,
            owner: owner.clone(),
            alias_of: None,
            is_shared: false,
            is_former_name: false,
            kind: ItemKind::Outcome(plan_outcome(context, &responses)),
        })),
    };
    (ty, accept)
}

fn outcome_names(operation: &Operation) -> [Words; 2] {
    let name = &operation.name;
    [name.with("outcome"), name.with("response outcome")]
}

/// Returns the type of a stream's items, and the `Accept` header if it is not that of server-sent events.
pub(super) fn stream_type(
    context: &PlanContext<'_>,
    stream: &Streaming,
) -> (RustType, Option<String>) {
    let essence = stream.media_type.essence();
    let accept = (essence != "text/event-stream").then_some(essence);
    (context.resolver.resolve(&stream.item), accept)
}

fn response_type(context: &PlanContext<'_>, response: &Response) -> RustType {
    match contents(response).first().map(|content| &content.content) {
        Some(Content::Json(ty)) => context.resolver.resolve(ty),
        Some(Content::Text) => RustType::String,
        Some(Content::Binary | Content::Form(_) | Content::Multipart(_)) => RustType::Bytes,
        None => RustType::Unit,
    }
}

fn plan_outcome(context: &PlanContext<'_>, responses: &[&Response]) -> OutcomePlan {
    let mut scope = Scope::reserving(&["Unknown"]);
    let variants = responses.iter().map(|response| OutcomeVariant {
        ident: scope.claim(&status_words(response.status), Case::Variant),
        status: response.status,
        ty: response_type(context, response),
        description: response.description.clone(),
    });
    OutcomePlan {
        variants: variants.collect(),
    }
}

/// Returns the media types of all responses, if the response type does not request them itself.
fn choose_accept(responses: &[&Response], types: &[RustType]) -> Option<String> {
    let mut kinds: Vec<String> = Vec::new();
    for kind in responses.iter().filter_map(|response| media_type(response)) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    // Bytes, and one of several types, accept any media type, and the server may choose another.
    let mut some = types.iter().filter(|ty| **ty != RustType::Unit);
    let takes_anything = types.contains(&RustType::Bytes) || some.nth(1).is_some();
    let is_one_of_several = responses
        .iter()
        .any(|response| contents(response).len() > 1);
    let is_usual = kinds == ["application/json"] && !(takes_anything && is_one_of_several);
    (!kinds.is_empty() && !is_usual).then(|| kinds.join(", "))
}

/// Returns the media type of a response, unless the document leaves it open.
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

/// Returns the property that methods return instead of the whole response. Pages and streams are never
/// unwrapped.
pub(super) fn unwrapped_property(operation: &Operation) -> Option<&WireName> {
    let is_whole = operation.pagination.is_some() || operation.stream.is_some();
    operation.unwrapped.as_ref().filter(|_| !is_whole)
}

fn unwrapped_type(context: &PlanContext<'_>, operation: &Operation) -> Option<RustType> {
    let name = unwrapped_property(operation)?;
    let content = contents(operation.successes().next()?).first()?;
    let Content::Json(Type::Named(id)) = &content.content else {
        return None;
    };
    let Shape::Struct(object) = &context.api.types.get(*id).shape else {
        return None;
    };
    let field = object.fields.iter().find(|field| field.wire == *name)?;
    let ty = context.resolver.resolve(&field.ty);
    let is_plain = field.presence.is_required() && !field.presence.is_nullable();
    Some(if is_plain { ty } else { optional_type(&ty) })
}

/// Returns `Option<T>`, for a response without a body. Bytes may be empty instead.
fn optional_type(ty: &RustType) -> RustType {
    match ty {
        RustType::Option(_) | RustType::Bytes => ty.clone(),
        ty => RustType::Option(Box::new(ty.clone())),
    }
}

/// Returns the reason phrase of a status, as RFC 9110 registers it, or its number.
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
