//! Streams: the operations that return one, the parameter that requests it, and the type of its items.
//!
//! The document declares a stream by the media type of a response. The configuration can declare
//! one instead, and name the model of its events.

use super::operation_list::OperationList;
use crate::config::{self, At, Config};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{
    BodyContent, Content, DeclaredStream, EventHandling, EventItemShape, EventRule, MediaType,
    Operation, ParamLocation, Payload, PropertyPath, Shape, StreamMode, Streaming, StringKind,
    Struct, Type, Types, WireName, Words,
};
use crate::lower::findings::Findings;
use crate::lower::schema::configured_models::ConfiguredModels;

/// The request field that requests a stream, unless the configuration names one.
const USUAL_SWITCH: &str = "stream";

/// Finds the streams of all operations.
pub(in crate::lower) fn find_streams(
    operations: &mut OperationList,
    models: &ConfiguredModels,
    types: &Types,
    findings: &mut Findings,
) {
    for (operation, overrides) in operations.with_overrides() {
        let declared = find_declared_stream(operation, types);
        operation.stream = match overrides.and_then(|it| it.streaming.as_ref()) {
            None => {
                report_undeclared_condition(operation, types, findings);
                declared
            }
            Some(configured) => {
                let model = configured.event_model.as_ref();
                let item =
                    model.and_then(|model| find_model(model, configured, models, types, findings));
                complete_configured_stream(operation, configured, declared, item, findings)
            }
        };
    }
}

/// Returns the stream that the document declares.
fn find_declared_stream(operation: &Operation, types: &Types) -> Option<Streaming> {
    let contents = response_contents(operation)?;
    let content = contents.iter().find(|content| content.stream.is_some())?;
    let DeclaredStream {
        item,
        condition,
        terminator,
    } = content.stream.clone()?;
    let whole = contents.iter().any(|other| other.stream.is_none());
    let usual = || has_usual_switch(operation, types).then(|| WireName::new(USUAL_SWITCH));
    let switch = || condition.or_else(usual);
    let item_shape = item_shape(&content.media_type, &item, types);
    Some(Streaming {
        text_events: match item_shape {
            EventItemShape::ObjectOfJson => texts(&item, types),
            EventItemShape::Data | EventItemShape::Object => Vec::new(),
        },
        item_shape,
        media_type: content.media_type.clone(),
        item,
        mode: match whole {
            true => StreamMode::OnRequest(switch()),
            false => StreamMode::Always,
        },
        terminator,
        params_name: None,
    })
}

/// Returns the stream of the configuration, completed from the document.
fn complete_configured_stream(
    operation: &Operation,
    configured: &At<config::Streaming>,
    declared: Option<Streaming>,
    model: Option<Type>,
    findings: &mut Findings,
) -> Option<Streaming> {
    let whole = || find_whole_type(operation);
    let Some(item) = model
        .or_else(|| Some(declared.as_ref()?.item.clone()))
        .or_else(whole)
    else {
        let message =
            "the document does not declare the events of this stream; the stream is ignored";
        let help = "name their model in `stream_event_model`";
        let finding = Diagnostic::new(
            Code::MissingStreamEventModel,
            configured.pointer.clone(),
            message,
        );
        findings.push(finding.help(help).in_config());
        return None;
    };
    let terminator = declared.as_ref().and_then(|it| it.terminator.clone());
    let (media_type, item_shape, text_events) = match declared {
        Some(declared) if declared.item == item => (
            declared.media_type,
            declared.item_shape,
            declared.text_events,
        ),
        Some(declared) => (declared.media_type, EventItemShape::Data, Vec::new()),
        None => (
            MediaType::new("text/event-stream"),
            EventItemShape::Data,
            Vec::new(),
        ),
    };
    let switch = configured.param_discriminator.as_deref().map(WireName::new);
    Some(Streaming {
        media_type,
        item,
        item_shape,
        text_events,
        mode: match switch {
            Some(switch) => StreamMode::OnRequest(Some(switch)),
            None => StreamMode::Always,
        },
        terminator,
        params_name: configured.params_type_name.as_deref().map(Words::split),
    })
}

/// Returns the type of a model of the configuration.
fn find_model(
    path: &str,
    configured: &At<config::Streaming>,
    models: &ConfiguredModels,
    types: &Types,
    findings: &mut Findings,
) -> Option<Type> {
    let found = models.schema_of(path).and_then(|schema| {
        let (id, _) = types.iter().find(|(_, def)| def.pointer == *schema)?;
        Some(Type::Named(id))
    });
    if found.is_none() {
        let message = format!("the model `{path}` does not exist or does not become a type");
        let at = configured.pointer.child("stream_event_model");
        let help = "write the names of its resources and its own name, separated by dots";
        let finding = Diagnostic::new(Code::UnknownStreamEventModel, at, message);
        findings.push(finding.help(help).in_config());
    }
    found
}

/// Returns the content of the successful response.
fn response_contents(operation: &Operation) -> Option<&[BodyContent]> {
    let response = operation.successes().next()?;
    match &response.payload {
        Payload::Content(contents) => Some(contents),
        Payload::Empty => None,
    }
}

/// Returns the type of a response that is not a stream.
fn find_whole_type(operation: &Operation) -> Option<Type> {
    response_contents(operation)?
        .iter()
        .find_map(|content| match &content.content {
            Content::Json(ty) => Some(ty.clone()),
            _ => None,
        })
}

/// Reports a condition that names neither a query parameter nor a property of the body. A body that
/// is not a struct may have the property.
fn report_undeclared_condition(operation: &Operation, types: &Types, findings: &mut Findings) {
    let mut contents = response_contents(operation).into_iter().flatten();
    let condition = contents.find_map(|content| content.stream.as_ref()?.condition.as_ref());
    let Some(condition) = condition else { return };
    let object = body(operation, types);
    let is_open = operation.body.is_some() && object.is_none();
    if is_open || find_request_type(operation, object, condition).is_some() {
        return;
    }
    let name = condition.as_str();
    let message = format!(
        "the `stream-condition` names `{name}`, which the request does not declare; the method for \
         the stream sends it nevertheless"
    );
    let at = operation.pointer.child("x-fern-streaming");
    let finding = Diagnostic::new(
        Code::InvalidStreamingExtension,
        at.child("stream-condition"),
        message,
    );
    findings.push(finding.help(format!(
        "declare `{name}` in the request, or correct the name"
    )));
}

/// Whether a request has a boolean field of the usual name.
fn has_usual_switch(operation: &Operation, types: &Types) -> bool {
    let usual = WireName::new(USUAL_SWITCH);
    find_request_type(operation, body(operation, types), &usual).is_some_and(is_boolean)
}

/// Returns the type of a query parameter, or else of a property of the body.
fn find_request_type<'t>(
    operation: &'t Operation,
    body: Option<&'t Struct>,
    name: &WireName,
) -> Option<&'t Type> {
    let mut params = operation.params.iter();
    let param = params.find(|it| it.location == ParamLocation::Query && it.wire == *name);
    let mut fields = body.into_iter().flat_map(|body| &body.fields);
    let field = || Some(&fields.find(|field| field.wire == *name)?.ty);
    param.map(|param| &param.ty).or_else(field)
}

/// Returns the object that an operation sends.
fn body<'t>(operation: &Operation, types: &'t Types) -> Option<&'t Struct> {
    match &operation.body.as_ref()?.content.first()?.content {
        Content::Json(ty) | Content::Form(ty) | Content::Multipart(ty) => object(ty, types),
        Content::Text | Content::Binary => None,
    }
}

fn is_boolean(ty: &Type) -> bool {
    match ty {
        Type::Bool => true,
        Type::Nullable(inner) => is_boolean(inner),
        _ => false,
    }
}

fn object<'t>(ty: &Type, types: &'t Types) -> Option<&'t Struct> {
    let Type::Named(id) = ty else { return None };
    match &types.get(*id).shape {
        Shape::Struct(object) => Some(object),
        Shape::Alias(Type::Named(target)) if target != id => object(&Type::Named(*target), types),
        _ => None,
    }
}

/// Returns which part of an event is an item. A type with exactly the fields of an event is the
/// whole event.
fn item_shape(media_type: &MediaType, item: &Type, types: &Types) -> EventItemShape {
    if media_type.essence() != "text/event-stream" {
        return EventItemShape::Data;
    }
    let Type::Named(id) = item else {
        return EventItemShape::Data;
    };
    let data: Option<Vec<&Type>> = match &types.get(*id).shape {
        Shape::Union(union) => union
            .variants
            .iter()
            .map(|variant| find_data_type(object(&variant.ty, types)?))
            .collect(),
        _ => object(item, types).and_then(|object| Some(vec![find_data_type(object)?])),
    };
    match data {
        None => EventItemShape::Data,
        Some(data) if data.iter().all(|ty| **ty == Type::String(StringKind::Text)) => {
            EventItemShape::Object
        }
        Some(_) => EventItemShape::ObjectOfJson,
    }
}

/// Returns the names of events in a union whose data is text.
fn texts(item: &Type, types: &Types) -> Vec<String> {
    let Type::Named(id) = item else {
        return Vec::new();
    };
    let Shape::Union(union) = &types.get(*id).shape else {
        return Vec::new();
    };
    // Only events with a name can be distinguished.
    let is_by_name = union
        .discriminator
        .as_ref()
        .and_then(PropertyPath::as_direct)
        .is_some_and(|wire| wire.as_str() == "event");
    let variants = union.variants.iter().filter(|_| is_by_name);
    let texts = variants.filter(|variant| {
        let data = object(&variant.ty, types).and_then(find_data_type);
        data.is_some_and(|data| *data == Type::String(StringKind::Text))
    });
    texts
        .flat_map(|variant| variant.discriminator_values.clone())
        .collect()
}

/// Returns the type of the data field of an event object.
fn find_data_type(object: &Struct) -> Option<&Type> {
    const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

    let mut fields = object.fields.iter();
    let all = fields.all(|field| FIELDS.contains(&field.wire.as_str()));
    let data = object
        .fields
        .iter()
        .find(|field| field.wire.as_str() == "data")?;
    let named = object
        .fields
        .iter()
        .any(|field| field.wire.as_str() == "event");
    let text = data.ty == Type::String(StringKind::Text);
    (all && (named || text)).then_some(&data.ty)
}

/// Returns the event rules of the configuration.
pub(in crate::lower) fn collect_event_rules(config: &Config) -> Vec<EventRule> {
    let rules = config.event_rules.iter().map(|rule| EventRule {
        names: rule.names.clone(),
        data_starts_with: rule.data_starts_with.clone(),
        handling: match rule.handling {
            config::EventHandling::Yield => EventHandling::Yield,
            config::EventHandling::Done => EventHandling::Done,
            config::EventHandling::Error => EventHandling::Error,
        },
    });
    rules.collect()
}
