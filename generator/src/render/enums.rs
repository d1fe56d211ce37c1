//! Enums: open enums of strings or integers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{self, Doc};
use super::ident;
use super::imports::Imports;
use super::rust_file::RustFile;
use crate::ir::{EnumValue, Scalar};
use crate::plan::{EnumPlan, Item, RustIdent};
use crate::source::text::code_span;

/// Renders an enum, which keeps unknown values.
pub(super) fn render(
    item: &Item<'_>,
    list: &EnumPlan<'_>,
    _imports: &mut Imports,
    file: &mut RustFile,
) {
    let name = ident(&item.ident);
    let item_docs = docs::item_docs(item);
    let variants = list
        .variants
        .iter()
        .map(|(ident, value)| variant(ident, value));
    let unknown = if list.integers {
        quote!(i64)
    } else {
        quote!(String)
    };
    file.push(quote! {
        #item_docs
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that this version of the crate does not know.
            Unknown(#unknown),
        }
    });
    file.push(if list.integers {
        integers(&name, list)
    } else {
        strings(&name, list)
    });
    let traits = if list.integers {
        "crate::runtime::__private::impl_integer_enum"
    } else {
        "crate::runtime::__private::impl_string_enum"
    };
    file.push_macro(traits, &item.ident);
}

fn variant(name: &RustIdent, value: &EnumValue) -> TokenStream {
    let mut doc = Doc::default();
    if let Some(description) = &value.description {
        doc.prose(description);
    }
    let text = value.value.to_string();
    let shown = code_span(&text);
    match (text.is_empty(), doc.is_empty()) {
        (true, _) => doc.paragraph("The empty string."),
        (false, true) => doc.paragraph(format!("{shown}.")),
        // The description may have the value.
        (false, false) if doc.contains(&shown) => &mut doc,
        (false, false) => doc.paragraph(format!("The value is {shown}.")),
    };
    let docs = doc.tokens();
    let name = ident(name);
    quote!(#docs #name)
}

fn strings(name: &proc_macro2::Ident, list: &EnumPlan<'_>) -> TokenStream {
    let known: Vec<(proc_macro2::Ident, &str)> = list
        .variants
        .iter()
        .filter_map(|(name, value)| match &value.value {
            Scalar::String(text) => Some((ident(name), text.as_str())),
            Scalar::Integer(_) => None,
        })
        .collect();
    let names: Vec<_> = known.iter().map(|(name, _)| name).collect();
    let texts: Vec<_> = known.iter().map(|(_, text)| text).collect();
    quote! {
        impl #name {
            /// Returns the value as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#names => #texts,)*
                    Self::Unknown(value) => value,
                }
            }
        }
        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#texts => Self::#names,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }
    }
}

fn integers(name: &proc_macro2::Ident, list: &EnumPlan<'_>) -> TokenStream {
    let names: Vec<_> = list.variants.iter().map(|(name, _)| ident(name)).collect();
    let numbers: Vec<Literal> = list
        .variants
        .iter()
        .filter_map(|(_, value)| match &value.value {
            Scalar::Integer(number) => Some(Literal::i64_unsuffixed(*number)),
            Scalar::String(_) => None,
        })
        .collect();
    quote! {
        impl #name {
            /// Returns the value as it is sent.
            pub fn as_i64(&self) -> i64 {
                match self {
                    #(Self::#names => #numbers,)*
                    Self::Unknown(value) => *value,
                }
            }
        }
        impl From<i64> for #name {
            fn from(value: i64) -> Self {
                match value {
                    #(#numbers => Self::#names,)*
                    other => Self::Unknown(other),
                }
            }
        }
    }
}
