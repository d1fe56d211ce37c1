//! Structs: the declaration and the codec of an object.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::Doc;
use super::file::RustFile;
use super::ty::{Imports, ty};
use super::{expr, fields, ident};
use crate::plan::{
    AliasPlan, ExtraPlan, FieldPlan, Holder, Init, Item, Plan, RustType, StructPlan,
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
    let docs = Doc::of(&item.docs).or(format!("`{}`.", item.ident));
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
        file.push(fields::constructor(
            plan,
            &name,
            &object.fields,
            constructor,
            Some(&extra),
            imports,
        ));
    }
    file.push(decode(plan, &name, &object.fields, &object.extra, imports));
    file.push(encode(&name, &object.fields, Some(&object.extra), imports));
    file.push(quote!(crate::runtime::codec::serde_shims!(#name);));
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
            Some(inner) => (" All other members.", ty(plan, &crate::plan::RustType::Map(Box::new(inner.clone())), imports)),
        };
        quote!(#[doc = #docs] pub #name: #ty,)
    });
    quote! {
        #docs
        #deprecated
        #[derive(Debug, Clone, PartialEq #default)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #extra
        }
    }
}

/// The decoder of an object.
pub(super) fn decode(
    plan: &Plan<'_>,
    name: &TokenStream,
    fields: &[FieldPlan<'_>],
    extra: &ExtraPlan,
    imports: &mut Imports,
) -> TokenStream {
    imports.codec(&["Decode", "DecodeError", "Reader"]);
    let wires: Vec<&str> = fields.iter().map(|field| field.wire.as_str()).collect();
    let idents: Vec<_> = fields.iter().map(|field| ident(&field.local)).collect();
    let starts = fields.iter().map(|field| match field.holder {
        Holder::Nullable => quote!(Nullable::Absent),
        _ => quote!(None),
    });
    let last = fields.len().saturating_sub(1);
    let arms = fields.iter().enumerate().map(|(index, field)| {
        let name = ident(&field.local);
        let pattern = if index == last {
            quote!(_)
        } else {
            let n = Literal::usize_unsuffixed(index);
            quote!(#n)
        };
        match field.holder {
            Holder::Plain | Holder::Null => quote!(#pattern => r.read(&mut #name),),
            Holder::Optional | Holder::Nullable => quote!(#pattern => r.optional(&mut #name),),
        }
    });
    let needed = needed(fields);
    let ends = fields
        .iter()
        .map(|field| end(plan, field, imports))
        .collect::<Vec<_>>();
    let rest = ident(&extra.ident);
    let empty = if extra.ty.is_some() {
        quote!(BTreeMap::new())
    } else {
        quote!(Extra::new())
    };
    let read = if fields.is_empty() {
        quote!(while r.field(&[], &mut #rest)?.is_some() {})
    } else if let ([only], [name]) = (fields, idents.as_slice()) {
        let value = match only.holder {
            Holder::Plain | Holder::Null => quote!(r.read(&mut #name)?),
            Holder::Optional | Holder::Nullable => quote!(r.optional(&mut #name)?),
        };
        quote! {
            while r.field(known, &mut #rest)?.is_some() {
                #value;
            }
        }
    } else {
        quote! {
            while let Some(field) = r.field(known, &mut #rest)? {
                match field { #(#arms)* }?;
            }
        }
    };
    // A constant of its own would be an item, which the library keeps a record of.
    let table = (!fields.is_empty()).then(|| quote!(let known = &[#(#wires),*];));
    quote! {
        impl Decode for #name {
            fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
                #table
                #(let mut #idents = #starts;)*
                let mut #rest = #empty;
                r.begin_object()?;
                #read
                #needed
                Ok(Self { #(#ends,)* #rest })
            }
        }
    }
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
    matches!(field.holder, Holder::Plain | Holder::Null) && !matches!(field.init, Init::Constant(_))
}

fn end(plan: &Plan<'_>, field: &FieldPlan<'_>, imports: &mut Imports) -> TokenStream {
    let (name, local) = (ident(&field.ident), ident(&field.local));
    match (field.holder, &field.init) {
        (Holder::Plain, Init::Constant(value)) => {
            let text = value.is_string() && field.ty == RustType::String;
            let value = expr::constant(plan, &field.ty, value, imports);
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
    match field.holder {
        Holder::Plain | Holder::Null => quote!(w.field(#wire, &self.#name);),
        Holder::Optional | Holder::Nullable => quote!(w.optional(#wire, &self.#name);),
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
    let docs = Doc::of(&item.docs)
        .or(format!("`{}`.", item.ident))
        .tokens();
    let deprecated = fields::deprecated(item.docs.deprecated);
    let inner = ty(plan, &alias.ty, imports);
    file.push(quote! {
        #docs
        #deprecated
        #[derive(Debug, Clone, PartialEq)]
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
    file.push(quote!(crate::runtime::codec::serde_shims!(#name);));
}
