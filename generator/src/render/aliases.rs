//! Other names for types: where two are the same, and where a type holds itself.

use quote::quote;

use super::file::RustFile;
use super::ty::{Imports, ty};
use super::{docs, ident};
use crate::plan::{AliasPlan, Item, ItemId, Plan, RustType};

/// Another name for a type that is written elsewhere.
pub(super) fn twin(
    plan: &Plan<'_>,
    item: &Item<'_>,
    twin: ItemId,
    imports: &mut Imports,
    file: &mut RustFile,
) {
    let name = ident(&item.ident);
    let said = docs::of_item(item);
    let twin = ty(plan, &RustType::Item(twin), imports);
    file.push(quote! {
        #said
        pub type #name = #twin;
    });
}

/// A struct around a type that holds itself.
pub(super) fn newtype(
    plan: &Plan<'_>,
    item: &Item<'_>,
    alias: &AliasPlan,
    imports: &mut Imports,
    file: &mut RustFile,
) {
    imports.codec(&["Decode", "DecodeError", "Encode", "Reader", "Writer"]);
    let name = ident(&item.ident);
    let said = docs::of_item(item);
    let inner = ty(plan, &alias.ty, imports);
    file.push(quote! {
        #said
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
    file.push(quote!(crate::runtime::codec::codec_shims!(#name);));
}
