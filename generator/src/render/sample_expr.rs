//! Sample expressions: sample values as Rust code.

use std::collections::BTreeSet;

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use quote::quote;
use serde_json::Value;

use super::code::string_literal;
use super::date_times;
use super::ident;
use super::imports::{Imports, type_tokens};
use super::json_literal::{float, json};
use super::rust_file;
use crate::ir::Scalar;
use crate::plan::{Plan, RustIdent, RustType, SampleExpr};

/// A writer of samples, in the style of a user of the crate.
pub(super) struct Writer<'p, 'a> {
    pub(super) plan: &'p Plan<'a>,
    /// The types that the samples name.
    pub(super) items: BTreeSet<RustIdent>,
    /// The names of the runtime that the samples need.
    pub(super) runtime: BTreeSet<&'static str>,
    /// The path of the crate `serde_json`.
    serde_json: TokenStream,
}

/// The context of a sample value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SampleContext {
    /// An argument that converts its value.
    Argument,
    /// A position that needs the exact type.
    Exact,
}

impl<'p, 'a> Writer<'p, 'a> {
    /// Creates a writer for tests and examples, which depend on `serde_json`.
    pub(super) fn new(plan: &'p Plan<'a>) -> Self {
        Self {
            plan,
            items: BTreeSet::new(),
            runtime: BTreeSet::new(),
            serde_json: quote!(serde_json),
        }
    }

    /// Creates a writer for the library. If the runtime is a dependency, the library has `serde_json`
    /// only through the runtime.
    fn for_library(plan: &'p Plan<'a>) -> Self {
        Self {
            serde_json: quote!(crate::runtime::__private::serde_json),
            ..Self::new(plan)
        }
    }

    /// Returns the expression of a sample.
    pub(super) fn write(&mut self, expr: &SampleExpr, to: SampleContext) -> TokenStream {
        match expr {
            SampleExpr::Unit => quote!(()),
            SampleExpr::Bool(value) => quote!(#value),
            SampleExpr::Int(text) => text.parse().expect("the text of an integer is a literal"),
            SampleExpr::Float(value) => float(*value),
            SampleExpr::Exact(text) => {
                self.runtime("ExactNumber", |name| render_exact(&name, text))
            }
            SampleExpr::Base64(bytes) => self.runtime("Base64Bytes", |name| {
                let bytes = Literal::byte_string(bytes);
                quote!(#name::from(#bytes))
            }),
            SampleExpr::Str(text) if to == SampleContext::Argument => quote!(#text),
            SampleExpr::Str(text) => quote!(#text.to_owned()),
            SampleExpr::Secret(text) if to == SampleContext::Argument => quote!(#text),
            SampleExpr::Secret(text) => self.runtime("Secret", |name| quote!(#name::from(#text))),
            SampleExpr::DateTime(text) => {
                let library = self.plan.api.package.date_times;
                self.runtime("DateTime", |name| {
                    date_times::date_time(library, &name, text)
                })
            }
            SampleExpr::Date(text) => {
                let library = self.plan.api.package.date_times;
                self.runtime("Date", |name| date_times::date(library, &name, text))
            }
            SampleExpr::Bytes(text) => self.runtime("Bytes", |name| quote!(#name::from(#text))),
            SampleExpr::Upload(text) => self.runtime("Upload", |name| quote!(#name::new(#text))),
            SampleExpr::Json(value) => json(value, &self.serde_json),
            SampleExpr::None => quote!(None),
            SampleExpr::Null => self.runtime("Nullable", |name| quote!(#name::Null)),
            SampleExpr::Some(inner) => {
                let inner = self.write(inner, SampleContext::Exact);
                quote!(Some(#inner))
            }
            SampleExpr::Boxed(inner) if to == SampleContext::Argument => self.write(inner, to),
            SampleExpr::Boxed(inner) => {
                let inner = self.write(inner, SampleContext::Exact);
                quote!(Box::new(#inner))
            }
            SampleExpr::Array(items, inner) => self.array(items, inner, to),
            SampleExpr::Map(items, inner) => self.map(items, inner, to),
            SampleExpr::Tuple(items) => {
                let items: Vec<_> = items
                    .iter()
                    .map(|item| self.write(item, SampleContext::Exact))
                    .collect();
                quote!((#(#items,)*))
            }
            SampleExpr::Present(inner) => {
                let inner = self.write(inner, SampleContext::Exact);
                self.runtime("Nullable", |name| quote!(#name::Value(#inner)))
            }
            SampleExpr::Absent => self.runtime("Nullable", |name| quote!(#name::Absent)),
            SampleExpr::OpenTuple(places, rest) => {
                let places = self.write(places, SampleContext::Exact);
                match &**rest {
                    SampleExpr::Array(items, _)
                        if items.is_empty() && to == SampleContext::Argument =>
                    {
                        places
                    }
                    SampleExpr::Array(items, _) if items.is_empty() => {
                        self.runtime("OpenTuple", |name| quote!(#name::from(#places)))
                    }
                    rest => {
                        let rest = self.write(rest, SampleContext::Exact);
                        self.runtime("OpenTuple", |name| quote!(#name::new(#places, #rest)))
                    }
                }
            }
            SampleExpr::Variant(id, variant) => {
                let (name, variant) = (self.item(*id), ident(variant));
                quote!(#name::#variant)
            }
            SampleExpr::Unknown(id, value) => {
                let name = self.item(*id);
                match value {
                    Scalar::String(text) => quote!(#name::from(#text)),
                    Scalar::Integer(number) => {
                        let number = Literal::i64_suffixed(*number);
                        quote!(#name::from(#number))
                    }
                }
            }
            SampleExpr::Union(id, variant, payload) => self.union(*id, variant, payload),
            SampleExpr::Newtype(id, payload) => {
                let (name, payload) = (self.item(*id), self.write(payload, SampleContext::Exact));
                quote!(#name(#payload))
            }
            SampleExpr::New(id, args, setters) => {
                let name = self.item(*id);
                let args: Vec<_> = args
                    .iter()
                    .map(|arg| self.write(arg, SampleContext::Argument))
                    .collect();
                let setters: Vec<_> = setters
                    .iter()
                    .map(|(setter, value)| self.setter(setter, value))
                    .collect();
                render_chain(quote!(#name::new(#(#args),*)), &setters)
            }
        }
    }

    fn setter(&mut self, setter: &RustIdent, value: &SampleExpr) -> TokenStream {
        let setter = ident(setter);
        match value {
            SampleExpr::Null => quote!(.#setter()),
            value => {
                let value = self.write(value, SampleContext::Argument);
                quote!(.#setter(#value))
            }
        }
    }

    fn union(
        &mut self,
        id: crate::plan::ItemId,
        variant: &RustIdent,
        payload: &SampleExpr,
    ) -> TokenStream {
        let (name, variant) = (self.item(id), ident(variant));
        if *payload == SampleExpr::Unit {
            return quote!(#name::#variant);
        }
        let payload = self.write(payload, SampleContext::Exact);
        quote!(#name::#variant(#payload))
    }

    fn array(&mut self, items: &[SampleExpr], inner: &RustType, to: SampleContext) -> TokenStream {
        if items.is_empty() {
            let inner = self.type_tokens(inner);
            return quote!(Vec::<#inner>::new());
        }
        // Elements convert only if their type does.
        let each = if to == SampleContext::Argument && self.converts(inner) {
            SampleContext::Argument
        } else {
            SampleContext::Exact
        };
        let items: Vec<_> = items.iter().map(|item| self.write(item, each)).collect();
        if to == SampleContext::Argument {
            quote!([#(#items),*])
        } else {
            quote!(vec![#(#items),*])
        }
    }

    fn map(
        &mut self,
        items: &[(String, SampleExpr)],
        inner: &RustType,
        to: SampleContext,
    ) -> TokenStream {
        if items.is_empty() {
            let inner = self.type_tokens(inner);
            return quote!(std::collections::BTreeMap::<String, #inner>::new());
        }
        let pairs: Vec<_> = items
            .iter()
            .map(|(key, value)| {
                let value = self.write(value, SampleContext::Exact);
                if to == SampleContext::Argument {
                    quote!((#key, #value))
                } else {
                    quote!((#key.to_owned(), #value))
                }
            })
            .collect();
        if to == SampleContext::Argument {
            quote!([#(#pairs),*])
        } else {
            quote!(std::collections::BTreeMap::from([#(#pairs),*]))
        }
    }

    pub(super) fn converts(&self, inner: &RustType) -> bool {
        super::fields::is_converted(self.plan, inner)
    }

    fn type_tokens(&mut self, rust: &RustType) -> TokenStream {
        let mut imports = Imports::default();
        let tokens = type_tokens(self.plan, rust, &mut imports);
        let (items, runtime) = imports.into_names();
        self.items.extend(items);
        self.runtime.extend(runtime);
        qualified(tokens)
    }

    /// Returns the name of an item, and records its import.
    pub(super) fn item(&mut self, id: crate::plan::ItemId) -> proc_macro2::Ident {
        let name = &self.plan.item(id).ident;
        self.items.insert(name.clone());
        ident(name)
    }

    fn runtime(
        &mut self,
        name: &'static str,
        write: impl FnOnce(proc_macro2::Ident) -> TokenStream,
    ) -> TokenStream {
        self.runtime.insert(name);
        write(quote::format_ident!("{name}"))
    }
}

/// Most method calls in one expression.
const MAX_CHAINED_CALLS: usize = 100;

/// Returns a value with method calls. A long chain is split into statements, because compilers and
/// formatters recurse for each call of a chain.
fn render_chain(value: TokenStream, calls: &[TokenStream]) -> TokenStream {
    let mut parts = calls.chunks(MAX_CHAINED_CALLS);
    let first = parts.next().unwrap_or_default();
    let value = quote!(#value #(#first)*);
    if parts.len() == 0 {
        return value;
    }
    let last = parts.next_back().unwrap_or_default();
    let parts = parts.map(|part| quote!(let value = value #(#part)*;));
    quote!({
        let value = #value;
        #(#parts)*
        value #(#last)*
    })
}

/// Returns a number that keeps all its digits.
fn render_exact(name: &proc_macro2::Ident, text: &str) -> TokenStream {
    if let Ok(value) = text.parse::<i32>() {
        let literal = Literal::u32_unsuffixed(value.unsigned_abs());
        let sign = (value < 0).then(|| quote!(-));
        return quote!(#name::from(#sign #literal));
    }
    quote!(#text.parse::<#name>().expect("a number"))
}

/// Returns the constant of a field as tokens, for code in the crate.
pub(super) fn constant(
    plan: &Plan<'_>,
    rust: &RustType,
    value: &Value,
    imports: &mut Imports,
) -> TokenStream {
    let Some((expr, _)) = plan.sample(rust, value) else {
        return quote!(Default::default());
    };
    let mut writer = Writer::for_library(plan);
    let tokens = writer.write(&expr, SampleContext::Exact);
    writer.items.iter().for_each(|name| imports.item(name));
    imports.runtime(&Vec::from_iter(writer.runtime));
    tokens
}

/// Returns the constant of a field as text, for code in the crate.
pub(super) fn constant_text(
    plan: &Plan<'_>,
    rust: &RustType,
    value: &Value,
    imports: &mut Imports,
) -> String {
    match (rust, value) {
        (RustType::String, Value::String(text)) => format!("{}.to_owned()", string_literal(text)),
        (RustType::Bool, Value::Bool(value)) => value.to_string(),
        _ => rust_file::format_expr(constant(plan, rust, value, imports)),
    }
}

/// Writes maps with their full path, because tests and examples do not import them.
fn qualified(tokens: TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(name) if name == "BTreeMap" => quote!(std::collections::BTreeMap),
            TokenTree::Group(group) => {
                let inner = qualified(group.stream());
                TokenTree::Group(Group::new(group.delimiter(), inner)).into()
            }
            other => other.into(),
        })
        .collect()
}
