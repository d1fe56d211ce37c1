//! Fields: their declaration, `new`, and the setters.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Doc;
use super::ident;
use super::imports::{Imports, type_tokens};
use super::sample_expr;
use crate::ir::Docs;
use crate::plan::{ConstructorPlan, FieldInit, FieldPlan, FieldWrapper, ItemKind, Plan, RustType};
use crate::source::text::{code_span, single_line};

/// The declaration of a field.
pub(super) fn declaration(
    plan: &Plan<'_>,
    field: &FieldPlan<'_>,
    imports: &mut Imports,
) -> TokenStream {
    let docs = docs(field).tokens();
    let deprecated = deprecated(field.docs);
    let name = ident(&field.ident);
    let ty = type_tokens(plan, &field.full_type(), imports);
    quote!(#docs #deprecated pub #name: #ty)
}

/// The `deprecated` attribute, if the document declares the item as deprecated.
pub(super) fn deprecated(docs: &Docs) -> Option<TokenStream> {
    docs.deprecated.then(|| match &docs.deprecation {
        Some(note) => deprecated_because(docs.deprecated_since.as_deref(), note),
        None => quote!(#[deprecated]),
    })
}

/// The `deprecated` attribute with a reason, and the version that deprecated the item.
pub(super) fn deprecated_because(since: Option<&str>, note: &str) -> TokenStream {
    let since = since.map(|since| quote!(since = #since,));
    let note = single_line(note);
    quote!(#[deprecated(#since note = #note)])
}

fn docs(field: &FieldPlan<'_>) -> Doc {
    let mut doc = Doc::from_docs(field.docs).or(if field.wire.as_str().is_empty() {
        "The body of the request.".to_owned()
    } else {
        format!("{}.", code_span(field.wire.as_str()))
    });
    default_docs(field, &mut doc);
    doc
}

/// Returns the docs of a setter: the first paragraph of the description, because the field has it all.
fn setter_docs(field: &FieldPlan<'_>) -> Doc {
    let mut doc = Doc::from_first_paragraph(field.docs).or(format!("Sets `{}`.", field.ident));
    default_docs(field, &mut doc);
    doc
}

/// Adds the server's default.
fn default_docs(field: &FieldPlan<'_>, doc: &mut Doc) {
    if let Some(default) = field.default {
        let text = default.to_string();
        if text.len() < 60 {
            doc.paragraph(format!("The server's default is {}.", code_span(&text)));
        }
    }
}

/// `new` and the setters, and `Default` if `new` takes no arguments.
pub(super) fn constructor(
    plan: &Plan<'_>,
    name: &TokenStream,
    fields: &[FieldPlan<'_>],
    constructor: &ConstructorPlan,
    extra: Option<&TokenStream>,
    imports: &mut Imports,
) -> impl Iterator<Item = TokenStream> + use<> {
    let new = new(plan, fields, constructor, extra, imports);
    let setters = fields
        .iter()
        .filter(|field| !matches!(field.initial, FieldInit::Constant(_)))
        .map(|field| setter(plan, field, imports))
        .collect::<TokenStream>();
    let default = (constructor.required.is_empty() && !constructor.derives_default).then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let methods = quote! {
        impl #name {
            #new
            #setters
        }
    };
    [methods].into_iter().chain(default)
}

/// The limit of `clippy::too_many_arguments`.
const MAX_ARGUMENTS: usize = 7;

/// Returns the attribute that a function with this number of arguments needs.
pub(super) fn allow_arguments(count: usize) -> Option<TokenStream> {
    (count > MAX_ARGUMENTS).then(
        || quote!(#[allow(clippy::too_many_arguments, reason = "the API requires each of them")]),
    )
}

fn new(
    plan: &Plan<'_>,
    fields: &[FieldPlan<'_>],
    constructor: &ConstructorPlan,
    extra: Option<&TokenStream>,
    imports: &mut Imports,
) -> TokenStream {
    let mut args = TokenStream::new();
    let mut inits = TokenStream::new();
    for (index, field) in fields.iter().enumerate() {
        let name = ident(&field.ident);
        if constructor.required.contains(&index) {
            let rust = argument_type(field);
            let (arg, value) = argument(plan, &rust, &quote!(#name), imports);
            args.extend(quote!(#name: #arg,));
            inits.extend(if is_itself(plan, &rust) {
                quote!(#name,)
            } else {
                quote!(#name: #value,)
            });
            continue;
        }
        let value = match (&field.initial, field.wrapper) {
            (FieldInit::Constant(value), _) => {
                sample_expr::constant(plan, &field.ty, value, imports)
            }
            (_, FieldWrapper::Nullable) => quote!(Nullable::Absent),
            _ => quote!(None),
        };
        inits.extend(quote!(#name: #value,));
    }
    let many = allow_arguments(constructor.required.len());
    let docs = if constructor.required.is_empty() {
        " Creates a value without optional fields."
    } else {
        " Creates a value with the required fields."
    };
    // `Default::default()` keeps `new` unchanged when the API adds an optional field. The path is not
    // `Self::default`, because a setter may have that name.
    let body = if constructor.derives_default {
        quote!(Default::default())
    } else {
        quote!(Self { #inits #extra })
    };
    quote! {
        #[doc = #docs]
        #many
        pub fn new(#args) -> Self {
            #body
        }
    }
}

fn argument_type(field: &FieldPlan<'_>) -> RustType {
    match field.wrapper {
        FieldWrapper::Null => field.full_type(),
        _ => field.ty.clone(),
    }
}

fn setter(plan: &Plan<'_>, field: &FieldPlan<'_>, imports: &mut Imports) -> TokenStream {
    let name = ident(&field.ident);
    let rust = argument_type(field);
    let (arg, value) = argument(plan, &rust, &quote!(#name), imports);
    let docs = setter_docs(field).tokens();
    let deprecated = deprecated(field.docs);
    let held = match field.wrapper {
        FieldWrapper::Nullable => quote!(Nullable::Value(#value)),
        FieldWrapper::Optional => quote!(Some(#value)),
        FieldWrapper::Plain | FieldWrapper::Null => value,
    };
    let to_null = field.null_setter.as_ref().map(|setter| {
        let docs = format!(" Sets `{}` to `null`.", field.ident);
        let setter = ident(setter);
        quote! {
            #[doc = #docs]
            pub fn #setter(mut self) -> Self {
                self.#name = Nullable::Null;
                self
            }
        }
    });
    quote! {
        #docs
        #deprecated
        pub fn #name(mut self, #name: #arg) -> Self {
            self.#name = #held;
            self
        }
        #to_null
    }
}

/// The type of an argument, and the expression that converts the argument to the field's type.
pub(super) fn argument(
    plan: &Plan<'_>,
    rust: &RustType,
    name: &TokenStream,
    imports: &mut Imports,
) -> (TokenStream, TokenStream) {
    let exact = type_tokens(plan, rust, imports);
    match rust {
        _ if is_converted(plan, rust) => (quote!(impl Into<#exact>), quote!(#name.into())),
        RustType::Boxed(inner) => {
            let (arg, value) = argument(plan, inner, name, imports);
            (arg, quote!(Box::new(#value)))
        }
        RustType::Vec(inner) => {
            let exact = type_tokens(plan, inner, imports);
            if is_converted(plan, inner) {
                (
                    quote!(impl IntoIterator<Item = impl Into<#exact>>),
                    quote!(#name.into_iter().map(Into::into).collect()),
                )
            } else {
                (
                    quote!(impl IntoIterator<Item = #exact>),
                    quote!(#name.into_iter().collect()),
                )
            }
        }
        RustType::Map(inner) => {
            let exact = type_tokens(plan, inner, imports);
            let (value, convert) = if is_converted(plan, inner) {
                (quote!(impl Into<#exact>), quote!(value.into()))
            } else {
                (exact, quote!(value))
            };
            (
                quote!(impl IntoIterator<Item = (impl Into<String>, #value)>),
                quote!(#name.into_iter().map(|(key, value)| (key.into(), #convert)).collect()),
            )
        }
        _ => (exact, name.clone()),
    }
}

/// Whether the argument is stored without a conversion.
fn is_itself(plan: &Plan<'_>, rust: &RustType) -> bool {
    !is_converted(plan, rust)
        && !matches!(
            rust,
            RustType::Vec(_) | RustType::Map(_) | RustType::Boxed(_)
        )
}

/// Whether the argument is an `impl Into<T>`.
pub(super) fn is_converted(plan: &Plan<'_>, rust: &RustType) -> bool {
    match rust {
        RustType::String
        | RustType::Secret
        | RustType::ExactNumber
        | RustType::Base64
        | RustType::DateTime
        | RustType::Bytes
        | RustType::Upload
        | RustType::OpenTuple(..)
        | RustType::Value => true,
        RustType::Item(id) => matches!(plan.item(*id).kind, ItemKind::Enum(_) | ItemKind::Union(_)),
        _ => false,
    }
}
