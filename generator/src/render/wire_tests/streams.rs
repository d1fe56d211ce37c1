//! Tests of calls that return a stream.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::{Call, MAX_SAMPLE_VALUES, SentBody, count_values, example, find_success, path_text};
use crate::ir::{BodyContent, EventHandling, EventItemShape, Payload};
use crate::plan::{MethodPlan, Plan, StreamPlan, SwitchLocation, sample_value};
use crate::render::json_literal;

impl Call {
    /// Sets the value that requests either a stream or a whole response, as the method sends it.
    pub(super) fn switch(&mut self, method: &MethodPlan<'_>) {
        let Some(switch) = &method.switch else { return };
        let (wire, value) = (switch.wire.as_str(), switch.value.to_json());
        let in_query = match &switch.location {
            SwitchLocation::Property => false,
            SwitchLocation::Query => true,
            SwitchLocation::Field { in_query, .. } => *in_query,
        };
        if in_query {
            self.query.retain(|(name, _)| name != wire);
            self.query.push((wire.to_owned(), path_text::text(&value)));
        } else if let Some(SentBody::Json(Value::Object(members))) = &mut self.body {
            members.insert(wire.to_owned(), value);
        }
    }
}

/// The response of the server, and the assertion about the first item.
pub(super) fn response_and_check(
    plan: &Plan<'_>,
    method: &MethodPlan<'_>,
    stream: &StreamPlan,
    status: &Literal,
) -> Option<(TokenStream, TokenStream)> {
    let shown = parse_example_lines(method, stream).filter(|lines| {
        let first = lines.first();
        first.is_some_and(|first| plan.sample(&method.returns, first).is_some())
    });
    let mut item = match shown.as_deref() {
        Some([first, ..]) => plan.sample(&method.returns, first)?.1,
        _ => item(plan, method)?,
    };
    let is_text = is_text(stream, &item);
    if let (true, Value::Object(fields)) = (stream.form != EventItemShape::Data, &mut item) {
        // The runtime skips events without data.
        let data = if is_text { "text".into() } else { Value::Null };
        fields.entry("data").or_insert(data);
    }
    let text = match stream.media_type.as_str() {
        "text/event-stream" => event(plan, stream, &item),
        kind if kind.ends_with("json-seq") => format!("\u{1e}{item}\n"),
        _ => match &shown {
            Some(lines) => lines.iter().map(|line| format!("{line}\n")).collect(),
            None => format!("{item}\n"),
        },
    };
    let (media_type, item) = (&stream.media_type, json_literal::json_text(&item));
    Some((
        quote!(.stream(#status, #media_type, #text, #item)),
        quote!(exchange.assert_stream(response.expect("the call succeeds")).await;),
    ))
}

/// The content of the response that is the stream.
fn find_stream_content<'p>(method: &'p MethodPlan<'_>) -> Option<&'p BodyContent> {
    match &find_success(method)?.payload {
        Payload::Content(contents) => contents.iter().find(|content| content.stream.is_some()),
        Payload::Empty => None,
    }
}

/// The JSON lines of an example that shows the whole stream as text.
fn parse_example_lines(method: &MethodPlan<'_>, stream: &StreamPlan) -> Option<Vec<Value>> {
    let is_lines = !matches!(stream.media_type.as_str(), "text/event-stream")
        && !stream.media_type.ends_with("json-seq");
    let mut examples = find_stream_content(method)
        .filter(|_| is_lines)?
        .examples
        .iter();
    examples.find_map(|example| {
        let lines = example.value.as_str()?.lines();
        let lines = lines.filter(|line| !line.trim().is_empty());
        let values: Vec<Value> = lines
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()
            .ok()?;
        (!values.is_empty() && values.iter().map(count_values).sum::<usize>() <= MAX_SAMPLE_VALUES)
            .then_some(values)
    })
}

/// An example of an item, or a generated one.
fn item(plan: &Plan<'_>, method: &MethodPlan<'_>) -> Option<Value> {
    match find_stream_content(method) {
        Some(content) => example(plan, content, &method.returns),
        None => Some(sample_value(plan, &method.returns)),
    }
}

/// An event in the format of server-sent events.
fn event(plan: &Plan<'_>, stream: &StreamPlan, item: &Value) -> String {
    let mut text = String::new();
    let mut field = |name: &str, value: &str| {
        for line in value.split('\n') {
            text.push_str(&format!("{name}: {line}\n"));
        }
    };
    let data = match stream.form {
        EventItemShape::Data => item,
        EventItemShape::Object | EventItemShape::ObjectOfJson => {
            for name in ["event", "id"] {
                match item.get(name) {
                    Some(Value::String(value)) => field(name, value),
                    Some(Value::Number(value)) => field(name, &value.to_string()),
                    _ => {}
                }
            }
            if let Some(retry) = item.get("retry").and_then(Value::as_u64) {
                field("retry", &retry.to_string());
            }
            item.get("data").unwrap_or(&Value::Null)
        }
    };
    if stream.form == EventItemShape::Data
        && let Some(name) = find_yielded_event(plan)
    {
        field("event", name);
    }
    match data {
        Value::String(data) if stream.form == EventItemShape::Data || is_text(stream, item) => {
            field("data", data);
        }
        data => field("data", &data.to_string()),
    }
    text + "\n"
}

/// Whether the data of an event that is an object is text.
fn is_text(stream: &StreamPlan, item: &Value) -> bool {
    match stream.form {
        EventItemShape::Data => false,
        EventItemShape::Object => true,
        EventItemShape::ObjectOfJson => {
            let name = item.get("event").and_then(Value::as_str);
            name.is_some_and(|name| stream.text_events.iter().any(|text| text == name))
        }
    }
}

/// The name of an event that yields an item, if the configuration selects events by name.
fn find_yielded_event<'p>(plan: &'p Plan<'_>) -> Option<&'p str> {
    let mut rules = plan.api.event_rules.iter();
    let rule = rules.find(|rule| rule.handling == EventHandling::Yield)?;
    let name = rule.names.as_ref()?.first()?;
    (!name.is_empty()).then_some(name)
}
