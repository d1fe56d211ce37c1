//! Build: the order in which the decisions are taken.
//!
//! First what travels where, then what is emitted, then names, then items.
//! Schemas of the document are named before what operations need, so that a
//! new operation renames nothing.

mod emitted;
mod reserved;
mod responses;

use std::collections::HashMap;

use self::emitted::emitted;
use self::reserved::{RESERVED_BUILDER_METHODS, RESERVED_TYPES};
use super::boxing::Rings;
use super::direction::Directions;
use super::features;
use super::fields;
use super::item::{AliasPlan, EnumPlan, ExtraPlan, Item, ItemId, ItemKind, RustType, StructPlan};
use super::layout::{self, ResourceMembers};
use super::methods::{self, ResourcePlan, WebhookPlan};
use super::names::{Case, RustIdent, Scope};
use super::pagination::{self, Pages};
use super::resolve::Resolver;
use super::{Plan, deduplicate, options, params, undeclared, unions};
use crate::diagnostics::Diagnostics;
use crate::ir::{
    AdditionalProperties, Api, Docs, Enum, OperationId, Owner, Pagination, Scalar, Shape, Struct,
    TypeDef, TypeId, WireName, Words,
};

/// Everything that is known while items are made.
pub(super) struct Builder<'a> {
    pub(super) api: &'a Api,
    pub(super) directions: Directions,
    pub(super) resolver: Resolver,
    pub(super) body_wire: &'a WireName,
    items: Vec<Item<'a>>,
    owners: Vec<Owner>,
    params: HashMap<OperationId, ItemId>,
    returns: HashMap<OperationId, (RustType, Option<String>)>,
    pages: Pages,
    scope: Scope,
}

/// The wire name of a body that is a field of its own: it has none.
static NO_NAME: std::sync::LazyLock<WireName> = std::sync::LazyLock::new(WireName::default);

pub(super) fn build<'a>(api: &'a Api, diagnostics: &mut Diagnostics) -> Plan<'a> {
    let directions = Directions::trace(api);
    let emitted = emitted(api, &directions);
    let mut items = vec![None; api.types.len()];
    let mut order: Vec<TypeId> = Vec::new();
    for (id, _) in api
        .types
        .iter()
        .filter(|(id, _)| emitted.get(id.index()).copied().unwrap_or_default())
    {
        if let Some(item) = items.get_mut(id.index()) {
            *item = Some(ItemId::new(order.len()));
            order.push(id);
        }
    }
    let mut builder = Builder {
        api,
        directions,
        resolver: Resolver {
            items,
            rings: Rings::find(&api.types),
            byte_format: api.package.byte_format,
        },
        body_wire: &NO_NAME,
        items: Vec::new(),
        owners: Vec::new(),
        params: HashMap::new(),
        returns: HashMap::new(),
        pages: Pages::default(),
        scope: Scope::reserving(RESERVED_TYPES),
    };
    builder.plan_types(&order);
    builder.plan_operations();
    params::warn_of_headers(&builder, diagnostics);
    params::warn_of_files(&builder, diagnostics);
    unions::warn_of_unreachable(&builder, diagnostics);
    undeclared::warn_of_undeclared(&builder, diagnostics);
    builder.pages = pagination::plan_pages(&builder, diagnostics);
    let mut resources = methods::plan_resources(&mut builder);
    let webhooks = builder.plan_webhooks(&mut resources);
    builder.finish(resources, webhooks)
}

impl<'a> Builder<'a> {
    /// Names all types, schemas first, then makes their items in order.
    fn plan_types(&mut self, order: &[TypeId]) {
        let api = self.api;
        let mut names: HashMap<TypeId, RustIdent> = HashMap::new();
        for pass in [is_schema, is_below_schema, is_elsewhere] {
            for &id in order.iter().filter(|id| pass(api.types.get(**id))) {
                names.insert(id, self.scope.claim(&api.types.get(id).name, Case::Type));
            }
        }
        for &id in order {
            let def = api.types.get(id);
            let ident = names
                .remove(&id)
                .expect("each type is of one of the three kinds");
            let kind = self.plan_kind(id, def);
            self.push(
                Item {
                    ident,
                    docs: def.docs.clone(),
                    source: Some(id),
                    alias_of: None,
                    kind,
                },
                def.owner.clone(),
            );
        }
    }

    /// The item behind an id, if it is made already.
    pub(super) fn item(&self, id: ItemId) -> Option<&Item<'a>> {
        self.items.get(id.index())
    }

    /// The items that are made already, those of types first.
    pub(super) fn items(&self) -> &[Item<'a>] {
        &self.items
    }

    fn push(&mut self, item: Item<'a>, owner: Owner) -> ItemId {
        let id = ItemId::new(self.items.len());
        self.items.push(item);
        self.owners.push(owner);
        id
    }

    fn plan_kind(&self, id: TypeId, def: &'a TypeDef) -> ItemKind<'a> {
        match &def.shape {
            Shape::Struct(object) => ItemKind::Struct(self.plan_struct(id, object)),
            Shape::Enum(list) => ItemKind::Enum(plan_enum(list)),
            Shape::Union(union) => ItemKind::Union(unions::plan_union(self, id, union)),
            Shape::Alias(ty) => ItemKind::Alias(AliasPlan {
                ty: self.resolver.resolve_within(ty, id),
            }),
        }
    }

    fn plan_struct(&self, id: TypeId, object: &'a Struct) -> StructPlan<'a> {
        let sent = self.directions.is_sent(id);
        let two_way = sent && self.directions.is_received(id);
        let mut scope = Scope::reserving(fields::RESERVED_FIELDS);
        let mut fields: Vec<_> = object
            .fields
            .iter()
            .map(|field| {
                fields::plan_field(
                    field,
                    self.resolver.resolve_within(&field.ty, id),
                    two_way,
                    &mut scope,
                )
            })
            .collect();
        fields::name_null_setters(&mut fields, &mut scope);
        let extra = match &object.additional {
            AdditionalProperties::Kept => ExtraPlan::kept(),
            AdditionalProperties::Typed(ty) => ExtraPlan {
                ty: Some(self.resolver.resolve(ty)),
                ..ExtraPlan::kept()
            },
        };
        let constructor = sent.then(|| fields::plan_constructor(&fields));
        StructPlan {
            fields,
            extra,
            constructor,
        }
    }

    fn plan_operations(&mut self) {
        for (index, operation) in self.api.operations.iter().enumerate() {
            let id = OperationId::new(index);
            if let Some(usual) = operation.takes_params_of() {
                let params = self.params_of(usual);
                self.params.extend(params.map(|params| (id, params)));
            } else if let Some(plan) = params::plan_params(self, operation) {
                let own = operation.stream.as_ref();
                let wished = own.and_then(|stream| stream.params_name.clone());
                let name = wished.unwrap_or_else(|| operation.name.with("params"));
                let ident = self.scope.claim(&name, Case::Type);
                let docs = Docs {
                    deprecated: operation.docs.deprecated,
                    ..Docs::default()
                };
                let item = Item {
                    ident,
                    docs,
                    source: None,
                    alias_of: None,
                    kind: ItemKind::Params(plan),
                };
                let item = self.push(item, Owner::Operation(id));
                self.params.insert(id, item);
            }
            let returns = self.plan_returns(id, operation);
            self.returns.insert(id, returns);
        }
    }

    /// The parameters of an operation.
    pub(super) fn params_of(&self, id: OperationId) -> Option<ItemId> {
        self.params.get(&id).copied()
    }

    /// What an operation answers, and the `Accept` header that asks for it.
    pub(super) fn returns(&self, id: OperationId) -> (RustType, Option<String>) {
        self.returns
            .get(&id)
            .cloned()
            .unwrap_or((RustType::Unit, None))
    }

    /// How the answer of an operation is a page of a list, where it is.
    pub(super) fn paging(&self, id: OperationId) -> Option<&'a Pagination> {
        let paged = self.pages.operations.contains(&id);
        self.api.operation(id).pagination.as_ref().filter(|_| paged)
    }

    fn plan_webhooks(&mut self, resources: &mut Vec<ResourcePlan<'a>>) -> Option<WebhookPlan> {
        let webhooks = self.api.webhooks.as_ref()?;
        let event = self.resolver.item(webhooks.event)?;
        let accessor = Scope::default().claim(&webhooks.resource, Case::Snake);
        let found = resources
            .iter()
            .position(|r| r.path.len() == 1 && r.path.first() == Some(&accessor));
        let resource = found.unwrap_or(resources.len());
        if found.is_none() {
            let mut scope = Scope::default();
            resources.push(ResourcePlan {
                ident: scope.claim(&webhooks.resource, Case::Type),
                module: scope.claim(&webhooks.resource, Case::Module),
                feature: None,
                path: vec![accessor.clone()],
                description: None,
                methods: Vec::new(),
                own_file: ResourceMembers::default(),
                files: Vec::new(),
                children: Vec::new(),
            });
            if let Some(root) = resources.first_mut() {
                root.own_file.children.push(root.children.len());
                root.children.push((accessor, resource));
            }
        }
        let method = Scope::default().claim(&webhooks.method, Case::Snake);
        Some(WebhookPlan {
            resource,
            method,
            event,
        })
    }

    /// Finds the types that are the same in all but name. Those that the document
    /// names are not, nor those that the client knows by their names.
    fn find_equal_types(&mut self, webhooks: Option<&WebhookPlan>) -> Vec<bool> {
        let own: Vec<bool> = self
            .items
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let id = ItemId::new(index);
                let def = item.source.map(|source| self.api.types.get(source));
                def.is_none_or(is_schema)
                    || self.pages.structs.contains_key(&id)
                    || webhooks.is_some_and(|webhooks| webhooks.event == id)
            })
            .collect();
        deduplicate::alias_equal_types(&mut self.items, &self.owners, &own)
    }

    fn finish(
        mut self,
        mut resources: Vec<ResourcePlan<'a>>,
        webhooks: Option<WebhookPlan>,
    ) -> Plan<'a> {
        let shared = self.find_equal_types(webhooks.as_ref());
        let error_body = self
            .api
            .error_body
            .as_ref()
            .map(|ty| self.resolver.resolve(ty));
        let mut type_modules =
            layout::group_into_modules(self.api, &self.owners, &self.items, &shared);
        features::assign_names(&mut resources);
        features::assign_gates(
            &mut type_modules,
            &self.items,
            &resources,
            webhooks.as_ref(),
            error_body.as_ref(),
        );
        Plan {
            api: self.api,
            folders: layout::group_into_folders(&mut type_modules),
            homes: layout::index_by_type(&type_modules, &self.items),
            type_modules,
            items: self.items,
            pages: self.pages.structs,
            resources,
            environment: options::plan_environment(self.api, &mut self.scope),
            options: options::plan_options(
                &self.api.package.options,
                RESERVED_BUILDER_METHODS,
                &mut self.scope,
            ),
            webhooks,
            error_body,
            crate_ident: self.api.package.name.replace('-', "_"),
            resolver: self.resolver,
        }
    }
}

impl ExtraPlan {
    /// Undeclared members, as they are.
    pub(super) fn kept() -> Self {
        Self {
            ident: Scope::default().claim(&Words::split("extra"), Case::Snake),
            ty: None,
        }
    }
}

fn is_schema(def: &TypeDef) -> bool {
    matches!(&def.owner, Owner::Component(name)
        if def.pointer.segments().eq(["components", "schemas", name.as_str()]))
}

fn is_below_schema(def: &TypeDef) -> bool {
    matches!(def.owner, Owner::Component(_)) && !is_schema(def)
}

fn is_elsewhere(def: &TypeDef) -> bool {
    !matches!(def.owner, Owner::Component(_))
}

fn plan_enum(list: &Enum) -> EnumPlan<'_> {
    let mut scope = Scope::reserving(&["Unknown"]);
    EnumPlan {
        variants: list
            .values
            .iter()
            .map(|value| (scope.claim(&value.name, Case::Variant), value))
            .collect(),
        integers: list
            .values
            .iter()
            .all(|value| matches!(value.value, Scalar::Integer(_))),
    }
}
