//! Streams: methods that return the response as a stream of items.

use super::item::{FieldLocation, FieldWrapper, ItemKind, RustType};
use super::methods::context::MethodContext;
use super::methods::{self, MethodPlan};
use super::names::RustIdent;
use super::responses::stream_type;
use crate::ir::{EventItemShape, Operation, ParamLocation, StreamMode, Streaming, WireName};

/// The stream that a method returns.
#[derive(Debug)]
pub struct StreamPlan {
    /// The media type of the stream.
    pub media_type: String,
    /// The part of an event that is an item.
    pub form: EventItemShape,
    /// The names of events whose data is text, if that of others is JSON.
    pub text_events: Vec<String>,
    /// The data after the last item, if the document declares it.
    pub terminator: Option<String>,
}

impl StreamPlan {
    fn new(stream: &Streaming) -> Self {
        Self {
            media_type: stream.media_type.essence(),
            form: stream.item_shape,
            text_events: stream.text_events.clone(),
            terminator: stream.terminator.clone(),
        }
    }
}

/// The parameter that requests a stream, in addition to the `Accept` header.
#[derive(Debug, Clone)]
pub enum SwitchPlan<'a> {
    /// A field of the parameters. The method that returns a whole response sets it to false.
    Field {
        /// The field.
        ident: RustIdent,
        /// Its name on the wire.
        wire: &'a WireName,
        /// The wrapper of its value.
        wrapper: FieldWrapper,
        /// Whether it is sent in the query.
        in_query: bool,
    },
    /// A property of the body without a field.
    Member(&'a WireName),
    /// A query parameter without a field.
    Query(&'a WireName),
}

/// Plans the stream of an operation that always returns one.
pub(super) fn plan_stream_only(operation: &Operation) -> Option<StreamPlan> {
    let stream = operation.stream.as_ref()?;
    (stream.mode == StreamMode::Always).then(|| StreamPlan::new(stream))
}

/// Plans the method that returns the response of another method as a stream.
pub(super) fn plan_streaming_method<'a>(
    context: &MethodContext<'_, 'a>,
    method: &MethodPlan<'a>,
    claim: impl FnOnce(&str) -> RustIdent,
) -> Option<MethodPlan<'a>> {
    let stream = method.operation.stream.as_ref()?;
    let StreamMode::OnRequest(field) = &stream.mode else {
        return None;
    };
    let (returns, accept) = stream_type(context.context, stream);
    Some(MethodPlan {
        returns,
        accept,
        paging: None,
        stream: Some(StreamPlan::new(stream)),
        switch: field
            .as_ref()
            .map(|wire| plan_switch(context, method, wire)),
        ..methods::plan_method(context, claim("streaming"), method.id)
    })
}

/// Returns the switch of the method that returns a whole response.
pub(super) fn switch_off<'a>(streaming: &MethodPlan<'a>) -> Option<SwitchPlan<'a>> {
    let switch = streaming.switch.as_ref();
    switch
        .filter(|switch| matches!(switch, SwitchPlan::Field { .. }))
        .cloned()
}

fn plan_switch<'a>(
    context: &MethodContext<'_, 'a>,
    method: &MethodPlan<'a>,
    wire: &'a WireName,
) -> SwitchPlan<'a> {
    let own = || {
        let params = method.params?;
        let ItemKind::Params(plan) = &context.items.get(params)?.kind else {
            return None;
        };
        let mut fields = plan.fields.iter();
        let field = fields.find(|field| field.wire == wire && field.ty == RustType::Bool)?;
        Some(SwitchPlan::Field {
            ident: field.ident.clone(),
            wire: field.wire,
            wrapper: field.wrapper,
            in_query: matches!(field.location, FieldLocation::Query(..)),
        })
    };
    let in_query = || {
        let mut params = method.operation.params.iter();
        params.any(|param| param.wire == *wire && param.location == ParamLocation::Query)
    };
    own().unwrap_or_else(|| match method.operation.body {
        Some(_) if !in_query() => SwitchPlan::Member(wire),
        _ => SwitchPlan::Query(wire),
    })
}
