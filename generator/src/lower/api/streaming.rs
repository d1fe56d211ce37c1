//! Streams: the operations that return one, the parameter that requests it, and the type of its items.
//!
//! The document declares a stream by the media type of a response. The configuration can declare
//! one instead, and name the model of its events.

mod event_object;
mod switch;

use self::event_object::{check_event_ids, find_event_id_type, item_shape, list_text_events};
use self::switch::RequestFields;
use super::operation_list::OperationList;
use crate::config::{self, At, Config};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{
    BodyContent, Content, DeclaredStream, EventHandling, EventIdType, EventItemShape, EventRule,
    MediaType, Operation, ParamsName, ParamsNameSource, Payload, StreamMode, Streaming, Type,
    Types, WireName,
};
use crate::lower::findings::Findings;
use crate::lower::schema::configured_models::ConfiguredModels;

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
                report_condition(operation, types, findings);
                declared
            }
            Some(configured) => {
                let model = configured.event_model.as_ref();
                let item =
                    model.and_then(|model| find_model(model, configured, models, types, findings));
                complete_configured_stream(operation, configured, declared, item, types, findings)
            }
        };
        let events =
            (operation.stream.iter()).filter(|stream| stream.item_shape != EventItemShape::Data);
        let conflict = events.filter_map(|stream| check_event_ids(&stream.item, types));
        conflict.for_each(|finding| findings.push(finding));
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
        is_resumable,
        params_name,
    } = content.stream.clone()?;
    let whole = contents.iter().any(|other| other.stream.is_none());
    let request = RequestFields::new(operation, types);
    let switch = || match condition {
        Some(condition) => request.find_switch(&condition),
        None => request.find_usual_switch(),
    };
    let item_shape = item_shape(&content.media_type, &item, types);
    Some(Streaming {
        text_events: match item_shape {
            EventItemShape::ObjectOfJson => list_text_events(&item, types),
            EventItemShape::Data | EventItemShape::Object => Vec::new(),
        },
        event_id: match item_shape {
            EventItemShape::Object | EventItemShape::ObjectOfJson => {
                find_event_id_type(&item, types)
            }
            EventItemShape::Data => EventIdType::Text,
        },
        item_shape,
        media_type: content.media_type.clone(),
        item,
        mode: match whole {
            true => StreamMode::OnRequest(switch()),
            false => StreamMode::Always,
        },
        terminator,
        is_resumable,
        params_name: params_name.map(|words| ParamsName {
            words,
            pointer: (operation.pointer)
                .child("x-fern-streaming")
                .child("stream-request-name"),
            source: ParamsNameSource::Document,
        }),
    })
}

/// Returns the stream of the configuration, completed from the document.
fn complete_configured_stream(
    operation: &Operation,
    configured: &At<config::Streaming>,
    declared: Option<Streaming>,
    model: Option<Type>,
    types: &Types,
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
    let is_resumable = declared.as_ref().is_some_and(|it| it.is_resumable);
    let params_name = configured.params_type_name.as_ref().map(|name| ParamsName {
        words: ParamsName::split(name),
        pointer: configured.pointer.child("params_type_name"),
        source: ParamsNameSource::Config,
    });
    let params_name = params_name.or_else(|| declared.as_ref()?.params_name.clone());
    let media_type = match &declared {
        Some(declared) => declared.media_type.clone(),
        None => MediaType::new("text/event-stream"),
    };
    let same = declared.filter(|declared| declared.item == item);
    let (item_shape, text_events, event_id) = same
        .map(|it| (it.item_shape, it.text_events, it.event_id))
        .unwrap_or_default();
    let mode = match configured.param_discriminator.as_deref().map(WireName::new) {
        None => StreamMode::Always,
        Some(name) => {
            let request = RequestFields::new(operation, types);
            let switch = request.find_switch(&name);
            if switch.is_none() {
                let at = configured.pointer.child("param_discriminator");
                findings.push(switch::unknown_value_finding(&name, at).in_config());
            }
            StreamMode::OnRequest(switch)
        }
    };
    Some(Streaming {
        media_type,
        item,
        item_shape,
        text_events,
        event_id,
        mode,
        terminator,
        is_resumable,
        params_name,
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

/// Reports a condition that the request does not declare, or whose values do not show which of them
/// requests the stream.
fn report_condition(operation: &Operation, types: &Types, findings: &mut Findings) {
    let mut contents = response_contents(operation).into_iter().flatten();
    let condition = contents.find_map(|content| content.stream.as_ref()?.condition.as_ref());
    let Some(condition) = condition else { return };
    let request = RequestFields::new(operation, types);
    let extension = operation.pointer.child("x-fern-streaming");
    let at = extension.child("stream-condition");
    if request.lacks(condition) {
        findings.push(switch::undeclared_finding(condition, at));
    } else if request.find_switch(condition).is_none() {
        findings.push(switch::unknown_value_finding(condition, at));
    }
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
