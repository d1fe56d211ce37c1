//! Choices: the enums of client options that take one of a list of values.

use quote::quote;

use crate::plan::ChoicePlan;
use crate::render::docs::Doc;
use crate::render::ident;
use crate::render::rust_file::RustFile;
use crate::source::text;

/// Renders the type of an option's value. The docs of a variant are `about` its value, or the value itself.
pub(super) fn render_choice(
    option: &str,
    choice: &ChoicePlan,
    about: &dyn Fn(&str) -> Option<String>,
    file: &mut RustFile,
) {
    let ty = ident(&choice.ident);
    let docs = Doc::default()
        .or(format!(
            "A value of [`ClientBuilder::{option}`](crate::ClientBuilder::{option})."
        ))
        .tokens();
    let variants = choice.variants.iter().map(|(name, value)| {
        let docs = Doc::default()
            .or(match about(value).unwrap_or_else(|| value.clone()) {
                text if text.is_empty() => "The empty string.".to_owned(),
                text => format!("{}.", text::code_span(&text)),
            })
            .tokens();
        let name = ident(name);
        quote!(#docs #name)
    });
    let names: Vec<_> = choice
        .variants
        .iter()
        .map(|(name, _)| ident(name))
        .collect();
    let values: Vec<_> = choice.variants.iter().map(|(_, value)| value).collect();
    file.push(quote! {
        #docs
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #ty {
            #(#variants,)*
        }
    });
    file.push(quote! {
        impl #ty {
            /// Returns the value as a string.
            pub const fn as_str(self) -> &'static str {
                match self {
                    #(Self::#names => #values,)*
                }
            }
        }
    });
    file.push(quote! {
        impl std::fmt::Display for #ty {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    });
    file.push(quote! {
        impl From<#ty> for String {
            fn from(value: #ty) -> Self {
                value.as_str().to_owned()
            }
        }
    });
    file.push(quote! {
        impl std::str::FromStr for #ty {
            type Err = crate::ConfigError;

            fn from_str(value: &str) -> Result<Self, crate::ConfigError> {
                match value {
                    #(#values => Ok(Self::#names),)*
                    other => Err(crate::ConfigError::no_value(#option, other, &[#(#values),*])),
                }
            }
        }
    });
}
