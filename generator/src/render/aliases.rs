//! Aliases: additional names of types, and newtypes for types that contain themselves.

use quote::quote;

use super::imports::{Imports, type_tokens};
use super::rust_file::RustFile;
use super::{docs, ident, structs};
use crate::plan::{AliasPlan, Item, Plan, RustType};

/// Renders an alias of a type.
pub(super) fn render_alias(
    plan: &Plan<'_>,
    item: &Item<'_>,
    target: &RustType,
    imports: &mut Imports,
    file: &mut RustFile,
) {
    let name = ident(&item.ident);
    let item_docs = docs::item_docs(item);
    let target = type_tokens(plan, target, imports);
    file.push(quote! {
        #item_docs
        pub type #name = #target;
    });
}

/// Renders a newtype around a type that contains itself.
pub(super) fn render_newtype(
    plan: &Plan<'_>,
    item: &Item<'_>,
    alias: &AliasPlan,
    imports: &mut Imports,
    file: &mut RustFile,
) {
    imports.codec(&["Decode", "DecodeError", "Encode", "Reader", "Writer"]);
    let name = ident(&item.ident);
    let item_docs = docs::item_docs(item);
    let inner = type_tokens(plan, &alias.ty, imports);
    file.push(quote! {
        #item_docs
        #[derive(Clone)]
        pub struct #name(#[doc = " The value."] pub #inner);
    });
    file.push(quote! {
        impl Decode for #name {
            fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
                r.value().map(Self)
            }
        }
    });
    file.push(quote! {
        impl Encode for #name {
            fn encode(&self, w: &mut Writer) {
                w.value(&self.0);
            }
        }
    });
    file.push_macro(structs::VALUE_TRAITS, &item.ident);
}
