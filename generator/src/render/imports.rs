//! Types where they are used, and the imports that they need.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::ident;
use crate::plan::{Plan, RustIdent, RustType, TypeModule};

/// The names that a file imports: its own are left out at the end.
#[derive(Debug, Default)]
pub(super) struct Imports {
    /// What is needed with the client only.
    client: Option<Box<Imports>>,
    codec: BTreeSet<&'static str>,
    runtime: BTreeSet<&'static str>,
    maps: bool,
    items: BTreeSet<RustIdent>,
    declared: BTreeSet<RustIdent>,
    hidden: Option<RustIdent>,
}

impl Imports {
    /// Collects the imports of something that is compiled with the client only.
    pub(super) fn of_client(&mut self, add: impl FnOnce(&mut Self)) {
        let mut client = self.client.take().unwrap_or_default();
        client.hidden.clone_from(&self.hidden);
        add(&mut client);
        self.client = Some(client);
    }

    /// Imports names of the codec.
    pub(super) fn codec(&mut self, names: &[&'static str]) {
        self.codec.extend(names);
    }

    /// Imports names of the runtime.
    pub(super) fn runtime(&mut self, names: &[&'static str]) {
        self.runtime.extend(names);
    }

    /// Imports a type of the crate.
    pub(super) fn item(&mut self, name: &RustIdent) {
        self.items.insert(name.clone());
    }

    /// Says that the file declares this name itself.
    pub(super) fn declared(&mut self, name: &RustIdent) {
        self.declared.insert(name.clone());
    }

    /// Says that the file gives this name another meaning: a type of the crate
    /// that has it too is written with its path.
    pub(super) fn hidden(&mut self, name: &RustIdent) {
        self.hidden = Some(name.clone());
    }

    /// A type of the crate, where it is used.
    pub(super) fn use_item(&mut self, name: &RustIdent) -> TokenStream {
        let ident = ident(name);
        if self.hidden.as_ref() == Some(name) {
            return quote!(crate::types::#ident);
        }
        self.item(name);
        quote!(#ident)
    }

    /// The types of the crate and the names of the runtime.
    pub(super) fn into_names(self) -> (BTreeSet<RustIdent>, BTreeSet<&'static str>) {
        (
            self.items,
            self.codec.into_iter().chain(self.runtime).collect(),
        )
    }

    /// The `use` declarations.
    pub(super) fn tokens(&self, plan: &Plan<'_>) -> TokenStream {
        let own = self.declarations(plan);
        let client = self
            .client
            .as_ref()
            .map(|client| client.without(self).declarations(plan));
        let client = client.into_iter().flatten();
        quote!(#(#own)* #(#[cfg(feature = "client")] #client)*)
    }

    fn declarations(&self, plan: &Plan<'_>) -> Vec<TokenStream> {
        let maps = self.maps.then(|| {
            quote!(
                use std::collections::BTreeMap;
            )
        });
        let codec = list(
            quote!(crate::runtime::codec),
            self.codec.iter().map(|name| token(name)).collect(),
        );
        let runtime = list(
            quote!(crate::runtime),
            self.runtime.iter().map(|name| token(name)).collect(),
        );
        maps.into_iter()
            .chain(codec)
            .chain(runtime)
            .chain(self.item_declarations(plan))
            .collect()
    }

    /// Each type is imported from the file that it stands in, not from the module that
    /// exports all of them: to find a name among a thousand files costs the compiler
    /// more than all types of the file together.
    fn item_declarations(&self, plan: &Plan<'_>) -> Vec<TokenStream> {
        let mut homes: BTreeMap<Option<String>, Vec<Ident>> = BTreeMap::new();
        for name in self.items.difference(&self.declared) {
            let home = plan.home(name).map(TypeModule::path);
            homes.entry(home).or_default().push(ident(name));
        }
        let homes = homes.into_iter();
        homes
            .filter_map(|(home, names)| {
                let modules = home.iter().flat_map(|home| home.split('/').map(token));
                list(quote!(crate::types #(::#modules)*), names)
            })
            .collect()
    }

    /// What `others` do not import or declare.
    fn without(&self, others: &Self) -> Self {
        Self {
            client: None,
            codec: self.codec.difference(&others.codec).copied().collect(),
            runtime: self.runtime.difference(&others.runtime).copied().collect(),
            maps: self.maps && !others.maps,
            items: self.items.difference(&others.items).cloned().collect(),
            declared: others.declared.clone(),
            hidden: None,
        }
    }
}

fn token(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

fn list(path: TokenStream, names: Vec<Ident>) -> Option<TokenStream> {
    match names.as_slice() {
        [] => None,
        [one] => Some(quote!(use #path::#one;)),
        names => Some(quote!(use #path::{#(#names),*};)),
    }
}

/// A type where it is used.
pub(super) fn type_tokens(plan: &Plan<'_>, rust: &RustType, imports: &mut Imports) -> TokenStream {
    match rust {
        RustType::Unit => quote!(()),
        RustType::Bool => quote!(bool),
        RustType::I32 => quote!(i32),
        RustType::I64 => quote!(i64),
        RustType::U32 => quote!(u32),
        RustType::U64 => quote!(u64),
        RustType::F64 => quote!(f64),
        RustType::ExactNumber => named("ExactNumber", imports),
        RustType::Base64 => named("Base64Bytes", imports),
        RustType::String => quote!(String),
        RustType::DateTime => named("DateTime", imports),
        RustType::Date => named("Date", imports),
        RustType::Secret => named("Secret", imports),
        RustType::Bytes => named("Bytes", imports),
        RustType::Upload => named("Upload", imports),
        RustType::Value => named("Value", imports),
        RustType::Vec(inner) => wrap(quote!(Vec), plan, inner, imports),
        RustType::Option(inner) => wrap(quote!(Option), plan, inner, imports),
        RustType::Boxed(inner) => wrap(quote!(Box), plan, inner, imports),
        RustType::Nullable(inner) => {
            imports.codec(&["Nullable"]);
            wrap(quote!(Nullable), plan, inner, imports)
        }
        RustType::Map(inner) => {
            imports.maps = true;
            let inner = type_tokens(plan, inner, imports);
            quote!(BTreeMap<String, #inner>)
        }
        RustType::Tuple(types) => {
            let types = types.iter().map(|one| type_tokens(plan, one, imports));
            quote!((#(#types,)*))
        }
        RustType::OpenTuple(types, rest) => {
            let types = types.iter().map(|one| type_tokens(plan, one, imports));
            let places = quote!((#(#types,)*));
            let name = named("OpenTuple", imports);
            if **rest == RustType::Value {
                return quote!(#name<#places>);
            }
            let rest = type_tokens(plan, rest, imports);
            quote!(#name<#places, #rest>)
        }
        RustType::Item(id) => imports.use_item(&plan.item(*id).ident),
    }
}

fn named(name: &'static str, imports: &mut Imports) -> TokenStream {
    imports.runtime(&[name]);
    let name = token(name);
    quote!(#name)
}

fn wrap(
    outer: TokenStream,
    plan: &Plan<'_>,
    inner: &RustType,
    imports: &mut Imports,
) -> TokenStream {
    let inner = type_tokens(plan, inner, imports);
    quote!(#outer<#inner>)
}
