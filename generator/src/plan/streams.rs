//! Streams: methods that return the response as a stream of items.

use super::fields::is_constant_of_type;
use super::item::{FieldLocation, FieldWrapper, ItemKind, RustType};
use super::methods::context::MethodContext;
use super::methods::{self, MethodPlan};
use super::names::RustIdent;
use super::responses::stream_type;
use crate::ir::{
    EventIdType, EventItemShape, Operation, ParamLocation, StreamMode, StreamSwitch, Streaming,
    SwitchValue, WireName,
};

/// Maximum number of consecutive reconnections of a stream that the document declares as resumable.
const RECONNECTIONS: u32 = 5;

/// The stream that a method returns.
#[derive(Debug)]
pub struct StreamPlan {
    /// The media type of the stream.
    pub media_type: String,
    /// The part of an event that is an item.
    pub form: EventItemShape,
    /// The names of events whose data is text, if that of others is JSON.
    pub text_events: Vec<String>,
    /// The type of the ID of an event.
    pub event_id: EventIdType,
    /// The data after the last item, if the document declares it.
    pub terminator: Option<String>,
    /// Maximum number of consecutive reconnections, if the document declares it as resumable.
    pub reconnections: Option<u32>,
}

impl StreamPlan {
    fn new(stream: &Streaming) -> Self {
        Self {
            media_type: stream.media_type.essence(),
            form: stream.item_shape,
            text_events: stream.text_events.clone(),
            event_id: stream.event_id,
            terminator: stream.terminator.clone(),
            reconnections: stream.is_resumable.then_some(RECONNECTIONS),
        }
    }
}

/// The value that requests a stream, in addition to the `Accept` header, or a whole response.
#[derive(Debug, Clone)]
pub struct SwitchPlan<'a> {
    /// Its name on the wire.
    pub wire: &'a WireName,
    /// The value that the method sends.
    pub value: &'a SwitchValue,
    /// Its location.
    pub location: SwitchLocation,
}

/// The location of the value that requests a stream.
#[derive(Debug, Clone)]
pub enum SwitchLocation {
    /// A field of the parameters. The method that returns a whole response sets it as well.
    Field {
        /// The field.
        ident: RustIdent,
        /// The type of its value.
        ty: RustType,
        /// The wrapper of its value.
        wrapper: FieldWrapper,
        /// Whether it is sent in the query.
        in_query: bool,
    },
    /// A property of the body without a field.
    Property,
    /// A query parameter without a field.
    Query,
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
            .map(|switch| plan_switch(context, method, switch)),
        ..methods::plan_method(context, claim("streaming"), method.id)
    })
}

/// Returns the switch of the method that returns a whole response.
pub(super) fn plan_whole_switch<'a>(
    operation: &'a Operation,
    streaming: &MethodPlan<'a>,
) -> Option<SwitchPlan<'a>> {
    let StreamMode::OnRequest(Some(declared)) = &operation.stream.as_ref()?.mode else {
        return None;
    };
    let switch = streaming.switch.clone()?;
    let value = declared.whole.as_ref()?;
    let is_field = matches!(switch.location, SwitchLocation::Field { .. });
    is_field.then_some(SwitchPlan { value, ..switch })
}

fn plan_switch<'a>(
    context: &MethodContext<'_, 'a>,
    method: &MethodPlan<'a>,
    declared: &'a StreamSwitch,
) -> SwitchPlan<'a> {
    let StreamSwitch { wire, stream, .. } = declared;
    let own = || {
        let params = method.params?;
        let ItemKind::Params(plan) = &context.items.get(params)?.kind else {
            return None;
        };
        let mut fields = plan.fields.iter();
        let field = fields.find(|field| {
            field.wire == wire && is_constant_of_type(&field.ty, &stream.to_json())
        })?;
        Some(SwitchLocation::Field {
            ident: field.ident.clone(),
            ty: field.ty.clone(),
            wrapper: field.wrapper,
            in_query: matches!(field.location, FieldLocation::Query(..)),
        })
    };
    let in_query = || {
        let mut params = method.operation.params.iter();
        params.any(|param| param.wire == *wire && param.location == ParamLocation::Query)
    };
    SwitchPlan {
        wire,
        value: stream,
        location: own().unwrap_or_else(|| match method.operation.body {
            Some(_) if !in_query() => SwitchLocation::Property,
            _ => SwitchLocation::Query,
        }),
    }
}
