//! Plan: every decision that rendering needs.
//!
//! It chooses the Rust names and the types of fields and arguments. It decides
//! which recursion is boxed, which types users can create, and how a decoder
//! selects the variant of a union. It assigns each item to a file. It reads the
//! model, and never the document. [`render`](crate::render) decides nothing.

mod aliases;
mod boxing;
mod configured_params;
mod context;
mod deduplicate;
mod direction;
mod distinct_names;
mod emitted_types;
mod feature_gate;
mod features;
mod fields;
mod former_features;
mod former_names;
mod former_paths;
mod item;
mod item_table;
mod layout;
mod methods;
mod names;
mod numbered_names;
mod operations;
mod options;
mod owner_graph;
mod pagination;
mod params;
mod params_names;
mod planning_steps;
mod reserved_names;
mod responses;
mod rust_types;
mod sample;
mod streams;
mod type_items;
mod type_references;
mod types_by_pointer;
mod undeclared_properties;
mod unions;
mod webhooks;

pub(crate) use configured_params::response_field;
pub(crate) use direction::collect_held_types;
pub use feature_gate::FeatureGate;
pub use features::ALL_RESOURCES;
pub use former_paths::{
    FormerAccessor, FormerOwner, FormerPaths, FormerResource, FormerStruct, MovedMethod,
};
pub use item::{
    AliasPlan, BodyEncoding, BodyPlan, ConstructorPlan, EnumPlan, ExtraPlan, FieldInit,
    FieldLocation, FieldPlan, FieldWrapper, HeaderStyle, Item, ItemId, ItemKind, OutcomePlan,
    OutcomeVariant, ParamsPlan, QueryEscaping, QueryStyle, RustType, StructPlan, UnionPlan,
    VariantPlan,
};
pub(crate) use layout::{FileLimits, LayoutEntry, MAX_FILE_LINES, split_by_words};
pub use layout::{OwnerItems, ResourceFile, ResourceMembers, TypeFolder, TypeModule};
pub use methods::{FailurePlan, FormerMethod, MethodPlan, PathArg, ResourcePlan};
pub use names::{Case, RustIdent, Scope};
pub use options::{ChoicePlan, OptionPlan};
pub use pagination::{FieldStep, PagePlan};
pub(crate) use sample::{SampleExpr, full_sample_value, sample_value};
pub use streams::{StreamPlan, SwitchLocation, SwitchPlan};
pub(crate) use type_references::collect_type_refs;
pub use types_by_pointer::{TypeAtPointer, TypedObject};
pub use webhooks::{WebhookMethodPlan, WebhookPlan};

use std::collections::{BTreeMap, HashMap};

use crate::diagnostics::Diagnostics;
use crate::ir::{Api, OptionRole, TypeId};
use rust_types::Resolver;

/// An API with every decision taken.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The model that the decisions are about.
    pub api: &'a Api,
    /// The items of the `types` module.
    pub items: Vec<Item<'a>>,
    /// The files of the `types` module, in the order of their names.
    pub type_modules: Vec<TypeModule>,
    /// The folders of these files, if they are many.
    pub folders: Vec<TypeFolder>,
    /// The resources, parents before children; the first is the client itself.
    pub resources: Vec<ResourcePlan<'a>>,
    /// The paths of earlier versions that the crate keeps.
    pub former_paths: FormerPaths,
    /// The page types, by the type of their items.
    pub pages: BTreeMap<ItemId, PagePlan>,
    /// The setters of the client's builder, in the order of the options.
    pub options: Vec<OptionPlan<'a>>,
    /// The type of the names of environments, if there are several.
    pub environment: Option<ChoicePlan>,
    /// The verification of webhooks, if the API has any.
    pub webhooks: Option<WebhookPlan>,
    /// The type of an error's body, if all operations have the same.
    pub error_body: Option<RustType>,
    /// The crate's name as code spells it: `linq_sdk`.
    pub crate_ident: String,
    /// Number of names that have a number because another name is the same, by kind of name.
    pub numbered_names: BTreeMap<&'static str, usize>,
    resolver: Resolver,
    homes: HashMap<RustIdent, usize>,
    methods_of_params: HashMap<RustIdent, (usize, usize)>,
}

impl<'a> Plan<'a> {
    /// The item behind an id.
    #[must_use]
    pub fn item(&self, id: ItemId) -> &Item<'a> {
        self.items
            .get(id.index())
            .expect("an ItemId is an index into its own plan")
    }

    /// The item that a type of the model became, unless it is spread over the
    /// parameters of an operation.
    #[must_use]
    pub fn item_of(&self, id: TypeId) -> Option<ItemId> {
        self.resolver.item(id)
    }

    /// The file that the type of this name stands in.
    #[must_use]
    pub fn home(&self, name: &RustIdent) -> Option<&TypeModule> {
        self.homes
            .get(name)
            .and_then(|index| self.type_modules.get(*index))
    }

    /// The method that takes the parameters of this name, with its resource. Of several methods, it is
    /// the first.
    #[must_use]
    pub fn method_of_params(
        &self,
        name: &RustIdent,
    ) -> Option<(&ResourcePlan<'a>, &MethodPlan<'a>)> {
        let (resource, method) = self.methods_of_params.get(name)?;
        let resource = self.resources.get(*resource)?;
        Some((resource, resource.methods.get(*method)?))
    }

    /// The files of types that stand in a folder, or in none.
    pub fn type_modules_in(&self, folder: Option<&RustIdent>) -> impl Iterator<Item = &TypeModule> {
        let type_modules = self.type_modules.iter();
        type_modules.filter(move |type_module| type_module.folder.as_ref() == folder)
    }

    /// Whether clients receive webhooks: the API sends some, or its webhooks have a secret.
    #[must_use]
    pub fn receives_webhooks(&self) -> bool {
        let mut options = self.api.package.options.iter();
        self.webhooks.is_some() || options.any(|option| option.role == OptionRole::WebhookSecret)
    }

    /// The methods of all resources.
    pub fn methods(&self) -> impl Iterator<Item = &MethodPlan<'a>> {
        self.resources.iter().flat_map(|resource| &resource.methods)
    }
}

/// Takes every decision about an API.
#[must_use]
pub fn plan<'a>(api: &'a Api, diagnostics: &mut Diagnostics) -> Plan<'a> {
    planning_steps::build_plan(api, diagnostics)
}
