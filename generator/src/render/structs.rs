//! Structs: the declaration and the codec of an object.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Doc;
use super::imports::{Imports, type_tokens};
use super::rust_file::RustFile;
use super::{fields, ident, struct_codec};
use crate::plan::{ExtraPlan, FieldPlan, Item, Plan, StructPlan};

/// Renders a struct with its constructor and its codec.
pub(super) fn render(
    plan: &Plan<'_>,
    item: &Item<'_>,
    object: &StructPlan<'_>,
    imports: &mut Imports,
    file: &mut RustFile,
) {
    let ident = ident(&item.ident);
    let name = quote!(#ident);
    let docs = Doc::from_docs(&item.docs).or(format!("`{}`.", item.ident));
    let default = object
        .constructor
        .as_ref()
        .is_some_and(|c| c.derives_default);
    file.push(declaration(
        plan,
        item,
        &docs,
        &object.fields,
        Some(&object.extra),
        default,
        imports,
    ));
    if let Some(constructor) = &object.constructor {
        let extra = super::ident(&object.extra.ident);
        let extra = if object.extra.ty.is_some() {
            quote!(#extra: BTreeMap::new())
        } else {
            quote!(#extra: Extra::new())
        };
        file.push_all(fields::constructor(
            plan,
            &name,
            &object.fields,
            constructor,
            Some(&extra),
            imports,
        ));
    }
    render_codec(
        plan,
        item,
        &object.fields,
        &object.extra,
        default,
        imports,
        file,
    );
}

/// Adds the codec of an object, and the traits that use it.
pub(super) fn render_codec(
    plan: &Plan<'_>,
    item: &Item<'_>,
    fields: &[FieldPlan<'_>],
    extra: &ExtraPlan,
    derives_default: bool,
    imports: &mut Imports,
    file: &mut RustFile,
) {
    let name = &item.ident;
    let decode = struct_codec::decode_impl(plan, name, fields, extra, derives_default, imports);
    file.push_text(decode);
    file.push_text(struct_codec::encode_impl(name, fields, extra, imports));
    file.push_macro(VALUE_TRAITS, name);
}

/// The macro that implements the traits that all types with a codec share.
pub(super) const VALUE_TRAITS: &str = "crate::runtime::__private::impl_value_traits";

/// The declaration of a struct.
pub(super) fn declaration(
    plan: &Plan<'_>,
    item: &Item<'_>,
    docs: &Doc,
    fields: &[FieldPlan<'_>],
    extra: Option<&ExtraPlan>,
    default: bool,
    imports: &mut Imports,
) -> TokenStream {
    let name = ident(&item.ident);
    let docs = docs.tokens();
    let deprecated = fields::deprecated(&item.docs);
    let default = default.then(|| quote!(, Default));
    // `VALUE_TRAITS` implements `Debug` and `PartialEq` for types that have a codec.
    let debug = extra.is_none().then(|| quote!(, Debug, PartialEq));
    let fields: Vec<_> = fields
        .iter()
        .map(|field| fields::declaration(plan, field, imports))
        .collect();
    let extra = extra.map(|extra| {
        let name = ident(&extra.ident);
        let (docs, ty) = match &extra.ty {
            None => {
                imports.codec(&["Extra"]);
                (" Properties that this version of the crate does not know. They are kept and encoded again.", quote!(Extra))
            }
            Some(inner) => (" All other properties.", type_tokens(plan, &crate::plan::RustType::Map(Box::new(inner.clone())), imports)),
        };
        quote!(#[doc = #docs] pub #name: #ty,)
    });
    quote! {
        #docs
        #deprecated
        #[derive(Clone #debug #default)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #extra
        }
    }
}

/// Returns the line that writes a field as a property.
pub(super) fn property_line(field: &FieldPlan<'_>) -> TokenStream {
    let name = ident(&field.ident);
    let (method, wire) = struct_codec::write_call(field);
    let method = quote::format_ident!("{method}");
    quote!(w.#method(#wire, &self.#name);)
}
