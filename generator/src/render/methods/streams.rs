//! The parts of methods that return a stream or can request one.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::ir::{EventIdType, EventItemShape, SwitchValue};
use crate::plan::{FieldWrapper, MethodPlan, Plan, StreamPlan, SwitchLocation};
use crate::render::ident;
use crate::render::imports::Imports;
use crate::render::sample_expr;

/// Returns the response type of a method: `returns`, or a stream of `returns`.
pub(super) fn response_type(
    method: &MethodPlan<'_>,
    returns: TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    if method.stream.is_none() {
        return returns;
    }
    imports.runtime(&["EventStream"]);
    quote!(EventStream<#returns>)
}

/// Renders the statement that sets the parameter for a stream or for a whole response.
pub(super) fn render_switch(
    plan: &Plan<'_>,
    method: &MethodPlan<'_>,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let switch = method.switch.as_ref()?;
    let SwitchLocation::Field {
        ident: field,
        ty,
        wrapper,
        ..
    } = &switch.location
    else {
        return None;
    };
    let field = ident(field);
    let value = match switch.value {
        SwitchValue::Bool(value) => quote!(#value),
        value => sample_expr::constant(plan, ty, &value.to_json(), imports),
    };
    let value = match wrapper {
        FieldWrapper::Plain => value,
        FieldWrapper::Optional | FieldWrapper::Null => quote!(Some(#value)),
        FieldWrapper::Nullable => {
            imports.codec(&["Nullable"]);
            quote!(Nullable::Value(#value))
        }
    };
    Some(quote!(params.#field = #value;))
}

/// Renders the calls on the request that configure the stream.
pub(super) fn calls(method: &MethodPlan<'_>, imports: &mut Imports) -> Option<TokenStream> {
    let stream = method.stream.as_ref()?;
    let switch = method.switch.as_ref().and_then(|switch| {
        let (wire, value) = (switch.wire.as_str(), render_value(switch.value));
        match &switch.location {
            SwitchLocation::Field { .. } => None,
            SwitchLocation::Property => Some(quote!(.extra_body(#wire, #value))),
            SwitchLocation::Query => Some(quote!(.query(#wire, #value))),
        }
    });
    let form = render_event_form(stream, imports);
    let terminator = stream.terminator.as_ref();
    let terminator = terminator.map(|data| quote!(.event_terminator(#data)));
    let reconnections = stream.reconnections.map(Literal::u32_unsuffixed);
    let reconnect = reconnections.map(|limit| quote!(.reconnect(#limit)));
    Some(quote!(#switch #form #terminator #reconnect))
}

/// Renders the value of a switch that has no field.
fn render_value(value: &SwitchValue) -> TokenStream {
    match value {
        SwitchValue::Bool(value) => quote!(#value),
        SwitchValue::String(text) => quote!(#text),
        SwitchValue::Integer(number) => Literal::i64_unsuffixed(*number).into_token_stream(),
    }
}

/// Renders the calls that select the part of an event that is an item.
fn render_event_form(stream: &StreamPlan, imports: &mut Imports) -> Option<TokenStream> {
    let form = match stream.form {
        EventItemShape::Data => return None,
        EventItemShape::Object => quote!(Object),
        EventItemShape::ObjectOfJson => quote!(ObjectOfJson),
    };
    imports.runtime(&["EventForm"]);
    let texts = (!stream.text_events.is_empty()).then(|| {
        let texts = &stream.text_events;
        quote!(.event_texts(&[#(#texts),*]))
    });
    let ids = match stream.event_id {
        EventIdType::Text => TokenStream::new(),
        EventIdType::Number => quote!(.numeric_event_ids()),
    };
    Some(quote!(.event_form(EventForm::#form) #texts #ids))
}
