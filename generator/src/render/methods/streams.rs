//! The parts of methods that return a stream or can request one.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::EventItemShape;
use crate::plan::{FieldWrapper, MethodPlan, StreamPlan, SwitchPlan};
use crate::render::ident;
use crate::render::imports::Imports;

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
pub(super) fn render_switch(method: &MethodPlan<'_>, imports: &mut Imports) -> Option<TokenStream> {
    let Some(SwitchPlan::Field {
        ident: field,
        wrapper,
        ..
    }) = &method.switch
    else {
        return None;
    };
    let field = ident(field);
    let on = method.stream.is_some();
    let value = match wrapper {
        FieldWrapper::Plain => quote!(#on),
        FieldWrapper::Optional | FieldWrapper::Null => quote!(Some(#on)),
        FieldWrapper::Nullable => {
            imports.codec(&["Nullable"]);
            quote!(Nullable::Value(#on))
        }
    };
    Some(quote!(params.#field = #value;))
}

/// Renders the calls on the request that configure the stream.
pub(super) fn calls(method: &MethodPlan<'_>, imports: &mut Imports) -> Option<TokenStream> {
    let stream = method.stream.as_ref()?;
    let switch = match &method.switch {
        Some(SwitchPlan::Member(wire)) => {
            let wire = wire.as_str();
            quote!(.extra_body(#wire, true))
        }
        Some(SwitchPlan::Query(wire)) => {
            let wire = wire.as_str();
            quote!(.query(#wire, true))
        }
        Some(SwitchPlan::Field { .. }) | None => TokenStream::new(),
    };
    let form = render_event_form(stream, imports);
    let terminator = stream.terminator.as_ref();
    let terminator = terminator.map(|data| quote!(.event_terminator(#data)));
    Some(quote!(#switch #form #terminator))
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
    Some(quote!(.event_form(EventForm::#form) #texts))
}
