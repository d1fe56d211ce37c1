//! Client options that are sent with each call, or are part of server URLs.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{ClientOption, OptionRole, OptionType, ServerVariable};
use crate::plan::ChoicePlan;
use crate::render::docs::Doc;
use crate::render::ident;
use crate::source::text::code_span;

/// The `ClientOption` of an option; `None` for credentials and webhook secrets.
pub(super) fn option_tokens(option: &ClientOption) -> Option<TokenStream> {
    let location = match &option.role {
        OptionRole::Header(name) => quote!(Header(#name)),
        OptionRole::Query(name) => quote!(Query(#name)),
        OptionRole::Path(name) => quote!(Path(#name)),
        OptionRole::BodyProperty(name) => {
            let is_text = option.ty == OptionType::String;
            quote!(BodyProperty { name: #name, is_text: #is_text })
        }
        OptionRole::Server(variable) => server_tokens(variable),
        OptionRole::Credential { .. } | OptionRole::WebhookSecret => return None,
    };
    let name = option.name.snake();
    let env = optional_text(option.env.as_deref());
    let default = optional_text(option.default.as_deref());
    let required = option.required;
    Some(quote! {
        crate::runtime::__private::ClientOption {
            name: #name,
            env: #env,
            default: #default,
            required: #required,
            location: crate::runtime::__private::ClientOptionLocation::#location,
        }
    })
}

fn server_tokens(variable: &ServerVariable) -> TokenStream {
    let (name, values) = (&variable.name, &variable.values);
    let defaults = variable.defaults.iter();
    let defaults = defaults.map(|(environment, value)| quote!((#environment, #value)));
    quote!(Server { name: #name, defaults: &[#(#defaults),*], values: &[#(#values),*] })
}

/// The delays between attempts. Values that the configuration omits are the runtime's defaults.
pub(super) fn backoff_tokens(delays_ms: (Option<u64>, Option<u64>)) -> TokenStream {
    if delays_ms == (None, None) {
        return quote!(crate::runtime::__private::Backoff::DEFAULT);
    }
    let millis = |ms: Option<u64>, usual: u64| Literal::u64_unsuffixed(ms.unwrap_or(usual));
    let (first, longest) = (millis(delays_ms.0, 500), millis(delays_ms.1, 8_000));
    quote! {
        crate::runtime::__private::Backoff {
            first: std::time::Duration::from_millis(#first),
            longest: std::time::Duration::from_millis(#longest),
        }
    }
}

/// The type of a setter's argument, and the expression that passes the argument on.
pub(super) fn setter_argument(
    ty: OptionType,
    choice: Option<&ChoicePlan>,
) -> (TokenStream, TokenStream) {
    if let Some(choice) = choice {
        let ty = ident(&choice.ident);
        return (quote!(#ty), quote!(value));
    }
    match ty {
        OptionType::String => (quote!(impl AsRef<str>), quote!(value.as_ref())),
        OptionType::Integer => (quote!(i64), quote!(value)),
        OptionType::Number => (quote!(f64), quote!(value)),
        OptionType::Boolean => (quote!(bool), quote!(value)),
    }
}

/// Documents the purpose and the default of an option.
pub(super) fn describe(option: &ClientOption, doc: &mut Doc) {
    if let OptionRole::Server(variable) = &option.role {
        let name = code_span(&format!("{{{}}}", variable.name));
        doc.paragraph(format!("The value of {name} in the URLs of servers."));
    }
    let usual = match &option.role {
        OptionRole::Server(variable) => variable.defaults.first().map(|(_, value)| value),
        _ => None,
    };
    if let Some(value) = option.default.as_ref().or(usual) {
        doc.paragraph(format!("The default is {}.", code_span(value)));
    }
}

pub(super) fn optional_text(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}
