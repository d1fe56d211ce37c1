//! What is different about a method whose answer is a stream.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::EventForm;
use crate::plan::{Holder, MethodPlan, StreamPlan, SwitchPlan};
use crate::render::ident;
use crate::render::ty::Imports;

/// What a method answers, of which `returns` is the type or, of a stream, that of its items.
pub(super) fn answer(
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

/// The statement that has the parameters ask for the stream.
pub(super) fn switch(stream: &StreamPlan<'_>, imports: &mut Imports) -> Option<TokenStream> {
    let Some(SwitchPlan::Field {
        ident: field,
        holder,
        ..
    }) = &stream.switch
    else {
        return None;
    };
    let field = ident(field);
    let on = match holder {
        Holder::Plain => quote!(true),
        Holder::Optional | Holder::Null => quote!(Some(true)),
        Holder::Nullable => {
            imports.codec(&["Nullable"]);
            quote!(Nullable::Value(true))
        }
    };
    Some(quote!(params.#field = #on;))
}

/// The other calls.
pub(super) fn calls(stream: &StreamPlan<'_>, imports: &mut Imports) -> TokenStream {
    let switch = match &stream.switch {
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
    let form = match stream.form {
        EventForm::Data => return switch,
        EventForm::Object => quote!(Object),
        EventForm::ObjectOfJson => quote!(ObjectOfJson),
    };
    imports.runtime(&["EventForm"]);
    quote!(#switch .event_form(EventForm::#form))
}
