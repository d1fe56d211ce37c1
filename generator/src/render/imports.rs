//! Imports: the names of types in a file, and their `use` declarations.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::code::use_declaration;
use super::{date_times, ident};
use crate::ir::{Package, RuntimeSource};
use crate::plan::{Plan, RustIdent, RustType, TypeModule};

/// The names that a file imports. Names that the file declares are removed at the end.
#[derive(Debug, Default)]
pub(super) struct Imports {
    /// The imports that only the client needs.
    client: Option<Box<Imports>>,
    codec: BTreeSet<&'static str>,
    runtime: BTreeSet<&'static str>,
    maps: bool,
    items: BTreeSet<RustIdent>,
    declared: BTreeSet<RustIdent>,
    hidden: BTreeSet<RustIdent>,
}

impl Imports {
    /// Collects the imports of items that are compiled only with the client.
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

    /// Registers a name that the file declares.
    pub(super) fn declared(&mut self, name: &RustIdent) {
        self.declared.insert(name.clone());
    }

    /// Registers a name that has another meaning in the file. A type of the crate with this name is
    /// written with its path.
    pub(super) fn hidden(&mut self, name: &RustIdent) {
        self.hidden.insert(name.clone());
    }

    /// Imports a type of the crate, and returns its name or path.
    pub(super) fn use_item(&mut self, name: &RustIdent) -> TokenStream {
        let ident = ident(name);
        if self.hidden.contains(name) {
            return quote!(crate::types::#ident);
        }
        self.item(name);
        quote!(#ident)
    }

    /// Imports a type of the crate, and returns its name or path as text.
    pub(super) fn use_item_text(&mut self, name: &RustIdent) -> String {
        if self.hidden.contains(name) {
            return format!("crate::types::{name}");
        }
        self.item(name);
        name.to_string()
    }

    /// Returns the types of the crate and the names of the runtime.
    pub(super) fn into_names(self) -> (BTreeSet<RustIdent>, BTreeSet<&'static str>) {
        (
            self.items,
            self.codec.into_iter().chain(self.runtime).collect(),
        )
    }

    /// Returns the `use` declarations.
    pub(super) fn declarations(&self, plan: &Plan<'_>) -> String {
        let maps = self.maps.then(|| vec!["BTreeMap".to_owned()]);
        let mut text = use_declaration("std::collections", &maps.unwrap_or_default());
        let mut declarations = self.list(plan);
        if let Some(client) = &self.client {
            let client = client.without(self);
            if client.maps {
                text.push_str(CLIENT_CFG);
                text.push_str("use std::collections::BTreeMap;\n");
            }
            let gated = client.list(plan).into_iter();
            declarations
                .extend(gated.map(|(module, text)| (module, format!("{CLIENT_CFG}{text}"))));
            // Sorting is stable: those without a condition come first.
            declarations.sort_by(|(a, _), (b, _)| a.cmp(b));
        }
        if !text.is_empty() && !declarations.is_empty() {
            text.push('\n');
        }
        text.extend(declarations.into_iter().map(|(_, text)| text));
        text
    }

    /// Returns the declarations, each with its module, in the order of the modules.
    fn list(&self, plan: &Plan<'_>) -> Vec<(ImportedModule, String)> {
        let mut modules: BTreeMap<RuntimeModule, Vec<String>> = BTreeMap::new();
        let codec = self.codec.iter().map(|name| (name, RuntimeModule::Codec));
        let root = self.runtime.iter().map(|name| (name, RuntimeModule::Root));
        for (name, public) in codec.chain(root) {
            let module = RuntimeModule::of_name(name, public, &plan.api.package);
            modules.entry(module).or_default().push((*name).to_owned());
        }
        let runtime = modules.into_iter().map(|(module, mut names)| {
            // Functions come before types, as rustfmt sorts them.
            names.sort_by_key(|name| !name.starts_with(|c: char| c.is_lowercase()));
            let declaration = use_declaration(&module.path(), &names);
            (ImportedModule::Runtime(module), declaration)
        });
        runtime.chain(self.item_declarations(plan)).collect()
    }

    /// Imports each type from the module that declares it, not from the module that re-exports all
    /// types. To resolve a name among a thousand modules costs the compiler more than all types of the
    /// file together.
    fn item_declarations(&self, plan: &Plan<'_>) -> Vec<(ImportedModule, String)> {
        let mut homes: BTreeMap<Option<String>, Vec<String>> = BTreeMap::new();
        for name in self.items.difference(&self.declared) {
            let home = plan.home(name).map(TypeModule::path);
            homes.entry(home).or_default().push(name.to_string());
        }
        let homes = homes.into_iter();
        homes
            .map(|(home, names)| {
                let path = home
                    .as_deref()
                    .map(|home| format!("::{}", home.replace('/', "::")));
                let path = format!("crate::types{}", path.unwrap_or_default());
                (ImportedModule::Types(home), use_declaration(&path, &names))
            })
            .collect()
    }

    /// Returns the imports without those that `others` import or declare.
    fn without(&self, others: &Self) -> Self {
        Self {
            client: None,
            codec: self.codec.difference(&others.codec).copied().collect(),
            runtime: self.runtime.difference(&others.runtime).copied().collect(),
            maps: self.maps && !others.maps,
            items: self.items.difference(&others.items).cloned().collect(),
            declared: others.declared.clone(),
            hidden: BTreeSet::new(),
        }
    }
}

/// Names in the runtime's hidden module for generated code.
const PRIVATE: &[&str] = &[
    "Api",
    "BodyExpectation",
    "Credential",
    "CredentialPart",
    "EventForm",
    "EventHandling",
    "EventRule",
    "Fraction",
    "Incoming",
    "JsonKind",
    "Params",
    "PathStyle",
    "QueryStyle",
    "Reader",
    "RequestParts",
    "RequiredField",
    "SecurityScheme",
    "SecuritySchemeKind",
    "ValueStyle",
    "Writer",
    "placeholder",
];

/// The condition of imports that only the client needs.
const CLIENT_CFG: &str = "#[cfg(feature = \"client\")]\n";

/// A module that names are imported from, in the order of the declarations.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum ImportedModule {
    Runtime(RuntimeModule),
    /// A file of types, or the module of all types.
    Types(Option<String>),
}

/// A module of the runtime that names are imported from, in the order of the declarations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum RuntimeModule {
    /// The crate's own client, which wraps that of a runtime that is a dependency.
    Client,
    Private,
    Codec,
    /// The types of a date and time library, in a runtime that is a dependency.
    DateTimes(&'static str),
    Root,
}

impl RuntimeModule {
    fn of_name(name: &str, public: Self, package: &Package) -> Self {
        let is_dependency = package.runtime == RuntimeSource::Dependency;
        match name {
            name if PRIVATE.contains(&name) => Self::Private,
            "Client" | "ClientBuilder" if is_dependency => Self::Client,
            "Date" | "DateTime" if is_dependency => {
                date_times::module(package.date_times).map_or(public, Self::DateTimes)
            }
            _ => public,
        }
    }

    fn path(self) -> String {
        match self {
            Self::Client => "crate::client".to_owned(),
            Self::Private => "crate::runtime::__private".to_owned(),
            Self::Codec => "crate::runtime::codec".to_owned(),
            Self::DateTimes(library) => format!("crate::runtime::{library}"),
            Self::Root => "crate::runtime".to_owned(),
        }
    }
}

fn token(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Returns a type as tokens, and imports its names.
pub(super) fn type_tokens(plan: &Plan<'_>, rust: &RustType, imports: &mut Imports) -> TokenStream {
    match rust {
        RustType::Unit => quote!(()),
        RustType::Bool => quote!(bool),
        RustType::I32 => quote!(i32),
        RustType::I64 => quote!(i64),
        RustType::U32 => quote!(u32),
        RustType::U64 => quote!(u64),
        RustType::F64 => quote!(f64),
        RustType::ExactNumber => import_named("ExactNumber", imports),
        RustType::Base64 => import_named("Base64Bytes", imports),
        RustType::String => quote!(String),
        RustType::DateTime => import_named("DateTime", imports),
        RustType::Date => import_named("Date", imports),
        RustType::Secret => import_named("Secret", imports),
        RustType::Bytes => import_named("Bytes", imports),
        RustType::Upload => import_named("Upload", imports),
        RustType::Value => import_named("Value", imports),
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
        RustType::Tuple(types) => tuple_tokens(plan, types, imports),
        RustType::OpenTuple(types, rest) => {
            let places = tuple_tokens(plan, types, imports);
            let name = import_named("OpenTuple", imports);
            if **rest == RustType::Value {
                return quote!(#name<#places>);
            }
            let rest = type_tokens(plan, rest, imports);
            quote!(#name<#places, #rest>)
        }
        RustType::Item(id) => imports.use_item(&plan.item(*id).ident),
    }
}

/// Returns a tuple type. Only one of a single type ends with a comma.
fn tuple_tokens(plan: &Plan<'_>, types: &[RustType], imports: &mut Imports) -> TokenStream {
    let types: Vec<_> = types
        .iter()
        .map(|ty| type_tokens(plan, ty, imports))
        .collect();
    match types.as_slice() {
        [only] => quote!((#only,)),
        types => quote!((#(#types),*)),
    }
}

fn import_named(name: &'static str, imports: &mut Imports) -> TokenStream {
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
