//! Items of the model's types: structs, enums, unions and aliases.

use std::collections::{HashMap, HashSet};

use super::context::PlanContext;
use super::distinct_names::{SpelledName, claim_names, describe_spelling};
use super::item::{AliasPlan, EnumPlan, ExtraPlan, Item, ItemKind, StructPlan};
use super::item_table::ItemTable;
use super::names::{Case, RustIdent, Scope};
use super::{fields, unions};
use crate::ir::{AdditionalProperties, Enum, Owner, Scalar, Shape, Struct, TypeDef, TypeId, Words};
use crate::source::Pointer;

/// Plans an item for each emitted type.
///
/// Types with a configured name claim their names first. Other schemas of the document follow, so that
/// a new operation renames none of them. Among equals, the spelling decides, and not the order in the
/// document.
pub(super) fn plan_type_items<'a>(context: &PlanContext<'a>, names: &mut Scope) -> ItemTable<'a> {
    let configured = context.api.configured_types.iter();
    let configured: HashSet<TypeId> = configured.map(|model| model.id).collect();
    let mut idents: HashMap<TypeId, RustIdent> = HashMap::new();
    let mut claim = |is_in_pass: &dyn Fn(TypeId, &TypeDef) -> bool| {
        let types = context.emitted_types();
        let mut types: Vec<_> = types
            .filter(|(id, def)| is_in_pass(*id, def) && !idents.contains_key(id))
            .collect();
        types.sort_by_cached_key(|(_, def)| claim_order(def));
        for (id, def) in types {
            idents.insert(id, names.claim_first(&list_names(def), Case::Type));
        }
    };
    claim(&|id, _| configured.contains(&id));
    for is_in_pass in [is_schema, is_below_schema, is_elsewhere] {
        claim(&|_, def| is_in_pass(def));
    }
    let mut items = ItemTable::default();
    for (id, def) in context.emitted_types() {
        let ident = idents
            .remove(&id)
            .expect("each type is named in one of the three passes");
        items.push(Item {
            ident,
            docs: def.docs.clone(),
            source: Some(id),
            owner: def.owner.clone(),
            alias_of: None,
            is_shared: false,
            is_former_name: false,
            kind: plan_kind(context, id, def),
        });
    }
    items
}

/// Returns the position of a type among those that claim names: an exact name precedes one that is
/// converted, and a short path a longer one.
fn claim_order(def: &TypeDef) -> (bool, usize, &Pointer) {
    let is_exact = def
        .pointer
        .last()
        .is_some_and(|last| last == def.name.pascal());
    let depth = def.pointer.as_str().matches('/').count();
    (!is_exact, depth, &def.pointer)
}

/// Returns the possible names of a type, the best first. If its name is taken, it is named for its
/// position, or for its shape.
fn list_names(def: &TypeDef) -> Vec<Words> {
    let shape = match &def.shape {
        Shape::Struct(_) => "object",
        Shape::Enum(_) => "enum",
        Shape::Union(_) => "union",
        Shape::Alias(_) => "value",
    };
    let spellings = match &def.owner {
        Owner::Component(name) if is_schema(def) && def.name == name.words() => {
            Some(describe_spelling(&def.name, name.as_str()))
        }
        _ => None,
    };
    ([def.name.clone()].into_iter())
        .chain(def.distinct_name.clone())
        .chain(spellings.into_iter().flatten())
        .chain([def.name.with(shape)])
        .collect()
}

fn plan_kind<'a>(context: &PlanContext<'a>, id: TypeId, def: &'a TypeDef) -> ItemKind<'a> {
    match &def.shape {
        Shape::Struct(object) => ItemKind::Struct(plan_struct(context, id, object)),
        Shape::Enum(list) => ItemKind::Enum(plan_enum(list)),
        Shape::Union(union) => ItemKind::Union(unions::plan_union(context, id, union)),
        Shape::Alias(ty) => ItemKind::Alias(AliasPlan {
            ty: context.resolver.resolve_within(ty, id),
        }),
    }
}

fn plan_struct<'a>(context: &PlanContext<'a>, id: TypeId, object: &'a Struct) -> StructPlan<'a> {
    let is_sent = context.directions.is_sent(id);
    let mut scope = Scope::reserving(fields::RESERVED_FIELDS);
    let names: Vec<_> = (object.fields.iter())
        .map(|field| SpelledName::new(&field.name, field.wire.as_str()))
        .collect();
    let idents = claim_names(&mut scope, &names, Case::Snake);
    let mut fields: Vec<_> = (object.fields.iter().zip(idents))
        .map(|(field, ident)| {
            let ty = context.resolver.resolve_within(&field.ty, id);
            let presence = context.directions.presence(id, field);
            fields::plan_field(field, presence, ty, ident)
        })
        .collect();
    fields::name_null_setters(&mut fields, &mut scope);
    let extra = match &object.additional {
        AdditionalProperties::Kept => ExtraPlan::kept(),
        AdditionalProperties::Typed(ty) => ExtraPlan {
            ty: Some(context.resolver.resolve(ty)),
            ..ExtraPlan::kept()
        },
    };
    let constructor = is_sent.then(|| fields::plan_constructor(&fields));
    StructPlan {
        fields,
        extra,
        constructor,
    }
}

fn plan_enum(list: &Enum) -> EnumPlan<'_> {
    let mut scope = Scope::reserving(&["Unknown"]);
    let values = list.values.iter();
    let texts: Vec<String> = values.map(|value| value.value.to_string()).collect();
    let names: Vec<_> = (list.values.iter().zip(&texts))
        .map(|(value, text)| SpelledName::new(&value.name, text.as_str()))
        .collect();
    let idents = claim_names(&mut scope, &names, Case::Variant);
    EnumPlan {
        variants: idents.into_iter().zip(&list.values).collect(),
        integers: list
            .values
            .iter()
            .all(|value| matches!(value.value, Scalar::Integer(_))),
    }
}

impl ExtraPlan {
    /// Returns the field that keeps undeclared properties as JSON values.
    pub(super) fn kept() -> Self {
        Self {
            ident: Scope::default().claim(&Words::split("extra"), Case::Snake),
            ty: None,
        }
    }
}

/// Whether the document names this type as a schema under `components`.
pub(super) fn is_schema(def: &TypeDef) -> bool {
    matches!(&def.owner, Owner::Component(name)
        if def.pointer.segments().eq(["components", "schemas", name.as_str()]))
}

fn is_below_schema(def: &TypeDef) -> bool {
    matches!(def.owner, Owner::Component(_)) && !is_schema(def)
}

fn is_elsewhere(def: &TypeDef) -> bool {
    !matches!(def.owner, Owner::Component(_))
}
