//! Unions: enums with one payload per variant, and their codec.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::docs::{self, Doc};
use super::imports::{Imports, type_tokens};
use super::rust_file::RustFile;
use super::{ident, structs};
use crate::ir::{
    DiscriminatorMatching, JsonType, Predicate, Selection, VariantMatching, VariantPredicate,
    WireName,
};
use crate::plan::{Item, Plan, RustType, UnionPlan, VariantPlan};
use crate::source::text::code_span;

/// Renders a union, which keeps unknown payloads.
pub(super) fn render(
    plan: &Plan<'_>,
    item: &Item<'_>,
    union: &UnionPlan,
    imports: &mut Imports,
    file: &mut RustFile,
) {
    let name = ident(&item.ident);
    let item_docs = docs::item_docs(item);
    let variants: Vec<_> = union
        .variants
        .iter()
        .map(|v| variant(plan, v, imports))
        .collect();
    imports.runtime(&["Value"]);
    file.push(quote! {
        #item_docs
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that this version of the crate does not know.
            Unknown(Value),
        }
    });
    file.push(decode(&name, union, imports));
    file.push(encode(&name, union, imports));
    if let Some(method) = discriminator_method(&name, union) {
        file.push(method);
    }
    if union.lends {
        file.push(accessors(plan, &name, union, imports));
    }
    if union.constructible {
        for variant in union.variants.iter().filter(|variant| variant.from) {
            file.push(conversion(plan, &name, variant, imports));
        }
    }
    file.push_macro(structs::VALUE_TRAITS, &item.ident);
}

fn variant(plan: &Plan<'_>, variant: &VariantPlan, imports: &mut Imports) -> TokenStream {
    let fallback = match variant.discriminator_values.as_slice() {
        [] => format!("`{}`.", variant.ident),
        tags => {
            tags.iter()
                .map(|tag| format!("`{}`", tag.replace(['`', '\n', '\r'], " ")))
                .collect::<Vec<_>>()
                .join(", ")
                + "."
        }
    };
    let docs = Doc::from_docs(&variant.docs).or(fallback).tokens();
    let name = ident(&variant.ident);
    match payload(plan, &variant.ty, imports) {
        Some(ty) => quote!(#docs #name(#ty)),
        None => quote!(#docs #name),
    }
}

/// Returns the type of a payload, or `None` for `null`.
pub(super) fn payload(
    plan: &Plan<'_>,
    rust: &RustType,
    imports: &mut Imports,
) -> Option<TokenStream> {
    (*rust != RustType::Unit).then(|| type_tokens(plan, rust, imports))
}

fn decode(name: &Ident, union: &UnionPlan, imports: &mut Imports) -> TokenStream {
    imports.codec(&["Decode", "DecodeError", "Encode", "Reader", "Writer"]);
    let body = match &union.matching {
        VariantMatching::Discriminator(matching) => match_discriminator(matching, union, imports),
        VariantMatching::Untagged(predicates) => try_predicates(predicates, union, imports),
    };
    quote! {
        impl Decode for #name {
            fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let raw = r.raw()?;
                #body
            }
        }
    }
}

fn match_discriminator(
    matching: &DiscriminatorMatching,
    union: &UnionPlan,
    imports: &mut Imports,
) -> TokenStream {
    let mut arms: Vec<TokenStream> = Vec::with_capacity(matching.cases.len());
    for case in &matching.cases {
        let values = &case.values;
        let decode = match &case.selection {
            Selection::Variant(index) => union.variants.get(*index).map(render_nested),
            Selection::Predicates(predicates) => {
                Some(render_block(try_predicates(predicates, union, imports)))
            }
        };
        arms.extend(decode.map(|decode| quote!(Some(#(#values)|*) => #decode,)));
    }
    if !matching.absent.is_empty() {
        let decode = render_block(try_predicates(&matching.absent, union, imports));
        arms.push(quote!(None => #decode,));
    }
    let tag = match matching.path.as_direct().map(WireName::as_str) {
        Some(wire) => quote!(raw.discriminator(#wire)),
        None => {
            let names = matching.path.names().map(WireName::as_str);
            quote!(raw.discriminator_at(&[#(#names),*]))
        }
    };
    let rest = try_predicates(&matching.otherwise, union, imports);
    let rest = if matching.otherwise.is_empty() {
        rest
    } else {
        render_block(rest)
    };
    quote! {
        match #tag.as_deref() {
            #(#arms)*
            _ => #rest,
        }
    }
}

fn render_block(body: TokenStream) -> TokenStream {
    quote!({ #body })
}

fn try_predicates(
    predicates: &[VariantPredicate],
    union: &UnionPlan,
    imports: &mut Imports,
) -> TokenStream {
    let attempts = predicates.iter().filter_map(|it| {
        Some(render_attempt(
            &it.predicate,
            union.variants.get(it.variant)?,
            imports,
        ))
    });
    quote! {
        #(#attempts)*
        r.unknown(raw).map(Self::Unknown)
    }
}

fn render_nested(variant: &VariantPlan) -> TokenStream {
    let name = ident(&variant.ident);
    match variant.ty {
        RustType::Unit => quote!(r.nested(raw).map(|()| Self::#name)),
        _ => quote!(r.nested(raw).map(Self::#name)),
    }
}

fn render_attempt(
    predicate: &Predicate,
    variant: &VariantPlan,
    imports: &mut Imports,
) -> TokenStream {
    let name = ident(&variant.ident);
    let question = match predicate {
        Predicate::JsonType(json_type) => {
            imports.codec(&["JsonKind"]);
            let kind = format_ident!("{}", kind_name(*json_type));
            quote!(raw.kind() == JsonKind::#kind)
        }
        Predicate::Integer => quote!(raw.is_integer()),
        Predicate::Fraction => quote!(raw.is_fraction()),
        Predicate::HasAll(keys) => quote!(raw.has(&[#(#keys),*])),
        Predicate::HasAny { all, any } => {
            let all = (!all.is_empty()).then(|| quote!(raw.has(&[#(#all),*]) &&));
            quote!(#all raw.has_any(&[#(#any),*]))
        }
        Predicate::HasValues(members) => {
            let members = members
                .iter()
                .map(|(wire, values)| is(wire.as_str(), values));
            join_with_and(members.collect())
        }
    };
    match variant.ty {
        RustType::Unit => quote! {
            if #question {
                return Ok(Self::#name);
            }
        },
        _ => quote! {
            if #question && let Some(value) = r.attempt(raw) {
                return Ok(Self::#name(value));
            }
        },
    }
}

/// Returns the name of a JSON type in the runtime's `JsonKind`.
const fn kind_name(json_type: JsonType) -> &'static str {
    match json_type {
        JsonType::Null => "Null",
        JsonType::Bool => "Bool",
        JsonType::Number => "Number",
        JsonType::String => "String",
        JsonType::Array => "Array",
        JsonType::Object => "Object",
    }
}

/// Joins conditions with `&&` as a balanced tree, so that many conditions do not nest deeply.
fn join_with_and(conditions: Vec<TokenStream>) -> TokenStream {
    const GROUP: usize = 32;
    if conditions.len() <= GROUP {
        return quote!(#(#conditions)&&*);
    }
    let groups = conditions.chunks(GROUP).map(|group| quote!((#(#group)&&*)));
    join_with_and(groups.collect())
}

/// Renders the condition that a property has one of these values.
fn is(wire: &str, values: &[String]) -> TokenStream {
    match values {
        [only] => quote!(raw.discriminator_is(#wire, #only)),
        values => quote!(matches!(raw.discriminator(#wire).as_deref(), Some(#(#values)|*))),
    }
}

fn encode(name: &Ident, union: &UnionPlan, imports: &mut Imports) -> TokenStream {
    let arms = union.variants.iter().map(|variant| {
        let (name, shown) = (ident(&variant.ident), variant.ident.as_str());
        match variant.ty {
            RustType::Unit => quote!(Self::#name => w.variant(#shown, &()),),
            _ if let Some((wire, tag)) = &variant.added_discriminator => {
                let wire = wire.as_str();
                quote!(Self::#name(value) => w.tagged_variant(#shown, (#wire, #tag), value),)
            }
            _ if variant.is_fraction => {
                imports.codec(&["Fraction"]);
                quote!(Self::#name(value) => w.variant(#shown, &Fraction(*value)),)
            }
            _ => quote!(Self::#name(value) => w.variant(#shown, value),),
        }
    });
    quote! {
        impl Encode for #name {
            fn encode(&self, w: &mut Writer) {
                match self {
                    #(#arms)*
                    Self::Unknown(value) => w.variant("Unknown", value),
                }
            }
        }
    }
}

/// Renders the method that returns the discriminator value.
fn discriminator_method(name: &Ident, union: &UnionPlan) -> Option<TokenStream> {
    let VariantMatching::Discriminator(matching) = &union.matching else {
        return None;
    };
    let method = ident(union.discriminator_method.as_ref()?);
    let wire = matching.path.as_direct()?.as_str();
    let arms = union.variants.iter().map(|variant| {
        let (case, values) = (ident(&variant.ident), &variant.discriminator_values);
        quote!(Self::#case(_) => #(#values)*,)
    });
    let docs = format!(
        " Returns the value of {}, which selects the variant. It is empty if an unknown value has none.",
        code_span(wire)
    );
    Some(quote! {
        impl #name {
            #[doc = #docs]
            pub fn #method(&self) -> &str {
                match self {
                    #(#arms)*
                    Self::Unknown(value) => {
                        value.get(#wire).and_then(Value::as_str).unwrap_or_default()
                    }
                }
            }
        }
    })
}

/// Renders an accessor for each variant, which borrows the payload.
///
/// A method that takes the payload would cost too much in crates with thousands of variants. Users
/// write a `match` for it.
fn accessors(
    plan: &Plan<'_>,
    name: &Ident,
    union: &UnionPlan,
    imports: &mut Imports,
) -> TokenStream {
    let methods = union.variants.iter().map(|variant| {
        let (case, method) = (ident(&variant.ident), ident(&variant.accessor));
        let (held, _) = strip_box(&variant.ty);
        let Some(payload) = payload(plan, held, imports) else {
            let docs = format!(" Returns whether the value is `{}`.", variant.ident);
            return quote! {
                #[doc = #docs]
                pub fn #method(&self) -> bool {
                    matches!(self, Self::#case)
                }
            };
        };
        let (lent, value) = match held {
            RustType::String => (quote!(&str), quote!(value)),
            RustType::Vec(inner) => {
                let inner = type_tokens(plan, inner, imports);
                (quote!(&[#inner]), quote!(value))
            }
            held if is_copy(held) => (payload, quote!(*value)),
            _ => (quote!(&#payload), quote!(value)),
        };
        let docs = format!(" Returns the `{}`, if the value is one.", variant.ident);
        quote! {
            #[doc = #docs]
            pub fn #method(&self) -> Option<#lent> {
                match self {
                    Self::#case(value) => Some(#value),
                    _ => None,
                }
            }
        }
    });
    quote!(impl #name { #(#methods)* })
}

/// Whether an accessor copies the payload instead of borrowing it.
const fn is_copy(rust: &RustType) -> bool {
    matches!(
        rust,
        RustType::Bool
            | RustType::I32
            | RustType::I64
            | RustType::U32
            | RustType::U64
            | RustType::F64
    )
}

/// Returns a type without its `Box`, and whether it had one.
fn strip_box(rust: &RustType) -> (&RustType, bool) {
    match rust {
        RustType::Boxed(inner) => (inner, true),
        other => (other, false),
    }
}

fn conversion(
    plan: &Plan<'_>,
    name: &Ident,
    variant: &VariantPlan,
    imports: &mut Imports,
) -> TokenStream {
    let case = ident(&variant.ident);
    let (inner, boxed) = strip_box(&variant.ty);
    let payload = type_tokens(plan, inner, imports);
    let kept = if boxed {
        quote!(Box::new(value))
    } else {
        quote!(value)
    };
    let text = (*inner == RustType::String && !boxed).then(|| {
        quote! {
            impl From<&str> for #name {
                fn from(value: &str) -> Self {
                    Self::#case(value.to_owned())
                }
            }
        }
    });
    quote! {
        impl From<#payload> for #name {
            fn from(value: #payload) -> Self {
                Self::#case(#kept)
            }
        }
        #text
    }
}
