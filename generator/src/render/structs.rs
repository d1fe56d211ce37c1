//! Structs: the declaration and the codec of an object.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::Doc;
use super::file::RustFile;
use super::imports::{Imports, type_tokens};
use super::{fields, ident, placeholder, sample_expr};
use crate::plan::{
    ExtraPlan, FieldInit, FieldPlan, FieldWrapper, Item, Plan, RustType, StructPlan,
};

/// A struct with its constructor and its codec.
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
    file.push(decode(
        plan,
        &name,
        &object.fields,
        &object.extra,
        default,
        imports,
    ));
    file.push(encode(&name, &object.fields, Some(&object.extra), imports));
    file.push(quote!(crate::runtime::codec::impl_value_traits!(#name);));
}

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
    let deprecated = fields::deprecated(item.docs.deprecated);
    let default = default.then(|| quote!(, Default));
    // What has no codec has no other way to be shown and compared.
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
                (" Members that this version of the crate does not know: kept, and written back.", quote!(Extra))
            }
            Some(inner) => (" All other members.", type_tokens(plan, &crate::plan::RustType::Map(Box::new(inner.clone())), imports)),
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

/// The decoder of an object.
///
/// It is filled in place, where each member can begin as something. Where one
/// cannot, there is no value before all are read, so each has a variable.
pub(super) fn decode(
    plan: &Plan<'_>,
    name: &TokenStream,
    fields: &[FieldPlan<'_>],
    extra: &ExtraPlan,
    default: bool,
    imports: &mut Imports,
) -> TokenStream {
    imports.codec(&["Decode", "DecodeError", "Reader"]);
    let body = match placeholder::fields(plan, fields, imports) {
        Some(starts) => filled(fields, &starts, extra, default),
        None => collected(plan, fields, extra, imports),
    };
    quote! {
        impl Decode for #name {
            fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
                #body
            }
        }
    }
}

/// Reads the members into a value that begins without them.
fn filled(
    fields: &[FieldPlan<'_>],
    starts: &[TokenStream],
    extra: &ExtraPlan,
    default: bool,
) -> TokenStream {
    let idents: Vec<_> = fields.iter().map(|field| ident(&field.ident)).collect();
    let (rest, empty) = rest(extra);
    let start = if default {
        // A setter may be called `default`, which `Self::default` would be.
        quote!(let mut object: Self = Default::default();)
    } else {
        quote!(let mut object = Self { #(#idents: #starts,)* #rest: #empty };)
    };
    let wires = fields.iter().map(|field| field.wire.as_str());
    let needed = (fields.iter().enumerate())
        .filter(|(_, field)| is_needed(field))
        .map(|(index, _)| Literal::usize_unsuffixed(index));
    quote! {
        #start
        r.object(
            &[#(#wires),*],
            &mut [#(&mut object.#idents),*],
            &mut object.#rest,
            &[#(#needed),*],
        )?;
        Ok(object)
    }
}

/// Reads the members into variables, and makes the value of them.
fn collected(
    plan: &Plan<'_>,
    fields: &[FieldPlan<'_>],
    extra: &ExtraPlan,
    imports: &mut Imports,
) -> TokenStream {
    let idents: Vec<_> = fields.iter().map(|field| ident(&field.local)).collect();
    let starts = fields.iter().map(placeholder::absent);
    let (rest, empty) = rest(extra);
    let wires = fields.iter().map(|field| field.wire.as_str());
    let places = fields.iter().zip(&idents);
    let places = places.map(|(field, name)| match field.wrapper {
        FieldWrapper::Plain | FieldWrapper::Null => {
            imports.codec(&["RequiredField"]);
            quote!(&mut RequiredField(&mut #name))
        }
        FieldWrapper::Optional | FieldWrapper::Nullable => quote!(&mut #name),
    });
    let places: Vec<_> = places.collect();
    let needed = needed(fields);
    let ends = fields
        .iter()
        .map(|field| end(plan, field, imports))
        .collect::<Vec<_>>();
    quote! {
        #(let mut #idents = #starts;)*
        let mut #rest = #empty;
        r.object(&[#(#wires),*], &mut [#(#places),*], &mut #rest, &[])?;
        #needed
        Ok(Self { #(#ends,)* #rest })
    }
}

/// The field for all other members, and what it starts as.
fn rest(extra: &ExtraPlan) -> (TokenStream, TokenStream) {
    let name = ident(&extra.ident);
    let empty = match extra.ty {
        Some(_) => quote!(BTreeMap::new()),
        None => quote!(Extra::new()),
    };
    (quote!(#name), empty)
}

/// The check that every member is there that must be.
fn needed(fields: &[FieldPlan<'_>]) -> Option<TokenStream> {
    let needed: Vec<_> = fields.iter().filter(|field| is_needed(field)).collect();
    let locals: Vec<_> = needed.iter().map(|field| ident(&field.local)).collect();
    let wires = needed.iter().map(|field| field.wire.as_str());
    let (pattern, value) = match locals.as_slice() {
        [] => return None,
        [one] => (quote!(Some(#one)), quote!(#one)),
        many => (quote!((#(Some(#many)),*)), quote!((#(#many),*))),
    };
    Some(quote! {
        let #pattern = #value else {
            return Err(r.missing(&[#(#wires),*]));
        };
    })
}

/// Whether an object without the member is an error. What can only be one thing
/// is that thing, said or unsaid.
fn is_needed(field: &FieldPlan<'_>) -> bool {
    matches!(field.wrapper, FieldWrapper::Plain | FieldWrapper::Null)
        && !matches!(field.initial, FieldInit::Constant(_))
}

fn end(plan: &Plan<'_>, field: &FieldPlan<'_>, imports: &mut Imports) -> TokenStream {
    let (name, local) = (ident(&field.ident), ident(&field.local));
    match (field.wrapper, &field.initial) {
        (FieldWrapper::Plain, FieldInit::Constant(value)) => {
            let text = value.is_string() && field.ty == RustType::String;
            let value = sample_expr::constant(plan, &field.ty, value, imports);
            if text {
                quote!(#name: #local.unwrap_or_else(|| #value))
            } else {
                quote!(#name: #local.unwrap_or(#value))
            }
        }
        _ if name == local => quote!(#name),
        _ => quote!(#name: #local),
    }
}

/// The encoder of an object.
pub(super) fn encode(
    name: &TokenStream,
    fields: &[FieldPlan<'_>],
    extra: Option<&ExtraPlan>,
    imports: &mut Imports,
) -> TokenStream {
    imports.codec(&["Encode", "Writer"]);
    let members = fields.iter().map(member);
    let extra = extra.map(|extra| {
        let name = ident(&extra.ident);
        quote!(w.extra(&self.#name);)
    });
    quote! {
        impl Encode for #name {
            fn encode(&self, w: &mut Writer) {
                w.begin_object();
                #(#members)*
                #extra
                w.end_object();
            }
        }
    }
}

/// The line that writes a member.
pub(super) fn member(field: &FieldPlan<'_>) -> TokenStream {
    let name = ident(&field.ident);
    let wire = escaped(field.wire.as_str());
    match field.wrapper {
        FieldWrapper::Plain | FieldWrapper::Null => quote!(w.field(#wire, &self.#name);),
        FieldWrapper::Optional | FieldWrapper::Nullable => quote!(w.optional(#wire, &self.#name);),
    }
}

/// A name as it stands between the quotes of a JSON string.
fn escaped(name: &str) -> String {
    let quoted = serde_json::Value::from(name).to_string();
    quoted
        .get(1..quoted.len() - 1)
        .unwrap_or_default()
        .to_owned()
}
