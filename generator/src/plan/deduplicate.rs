//! Deduplication of types that are equal except for their names.
//!
//! Documents repeat inline schemas: an address in each operation, or a list of states in each
//! property. Each of them keeps its own name, so that a change to one schema renames nothing. The
//! shortest name of several equal types is declared, and the others are aliases of it. Schemas that the
//! document names always have their own types.

use std::collections::HashMap;
use std::hash::Hash;

use super::item::{EnumPlan, Item, ItemId, ItemKind, RustType, StructPlan, UnionPlan};
use super::type_references::collect_item_refs;
use super::unions;
use crate::ir::Owner;

/// The structure of a type, without the items that it refers to.
#[derive(Debug, PartialEq, Eq, Hash)]
enum ItemStructure<'a> {
    Struct(StructPlan<'a>),
    Enum(EnumPlan<'a>),
    Union(UnionPlan),
}

/// The key by which equal items are found.
#[derive(Debug, PartialEq, Eq, Hash)]
enum ItemClass<'o, 'a> {
    /// An item that stays a type of its own.
    Distinct(ItemId),
    /// An item that equals others of the same structure.
    ///
    /// If it refers to a named schema, only items of the same owner are equal. An alias then never
    /// makes one part of the crate need another.
    Equal {
        within: Option<&'o Owner>,
        deprecated: bool,
        structure: Box<ItemStructure<'a>>,
    },
}

/// Makes each item an alias of the declared item that equals it. Items that have aliases of other owners
/// are marked as shared.
///
/// `distinct` states for each item whether it stays a type of its own.
pub(super) fn alias_equal_types(items: &mut [Item<'_>], distinct: &[bool]) {
    let refs: Vec<Vec<ItemId>> = items.iter().map(|item| item_refs(&item.kind)).collect();
    let is_distinct = |id: ItemId| distinct.get(id.index()).copied().unwrap_or(true);
    let leads = find_items_leading_to_distinct(&refs, &is_distinct);
    let classes = items.iter().zip(&leads).enumerate();
    let classes = classes.map(|(index, (item, leads))| {
        let id = ItemId::new(index);
        match extract_structure(&item.kind) {
            Some(structure) if !is_distinct(id) => ItemClass::Equal {
                within: leads.then_some(&item.owner),
                deprecated: item.docs.deprecated,
                structure: Box::new(structure),
            },
            _ => ItemClass::Distinct(id),
        }
    });
    let classes = refine_classes(number_equal(classes), &refs);
    let declared = choose_declared_items(items, &classes);
    for (index, class) in classes.iter().enumerate() {
        let Some(target_id) = declared.get(class).filter(|id| id.index() != index) else {
            continue;
        };
        let Some(item) = items.get_mut(index) else {
            continue;
        };
        item.alias_of = Some(*target_id);
        let owner = item.owner.clone();
        if let Some(target) = items.get_mut(target_id.index()) {
            target.is_shared |= target.owner != owner;
        }
    }
    mark_union_conversions(items);
}

/// Returns the item of each class that is declared.
fn choose_declared_items(items: &[Item<'_>], classes: &[usize]) -> HashMap<usize, ItemId> {
    let mut declared: HashMap<usize, (ItemId, &Item<'_>)> = HashMap::new();
    for (index, (class, item)) in classes.iter().zip(items).enumerate() {
        let id = ItemId::new(index);
        let (chosen_id, chosen) = declared.entry(*class).or_insert((id, item));
        if declaration_order(item) < declaration_order(chosen) {
            (*chosen_id, *chosen) = (id, item);
        }
    }
    let declared = declared.into_iter();
    declared.map(|(class, (id, _))| (class, id)).collect()
}

/// Returns the position of an item among those that equal it: one below a named schema precedes one
/// of an operation, and a short name a longer one. The order in the document does not decide, so that
/// a document that is sorted in another way gives the same crate.
fn declaration_order<'i>(item: &'i Item<'_>) -> (bool, usize, &'i str) {
    let name = item.ident.as_str();
    let is_elsewhere = !matches!(item.owner, Owner::Component(_));
    (is_elsewhere, name.len(), name)
}

/// Returns the structure of an item, without its references to other items and without the examples
/// that only tests and samples use.
fn extract_structure<'a>(kind: &ItemKind<'a>) -> Option<ItemStructure<'a>> {
    Some(match kind {
        ItemKind::Struct(object) => {
            let mut object = object.clone();
            for field in &mut object.fields {
                field.example = None;
                field.sample = None;
                erase_item_refs(&mut field.ty);
            }
            object.extra.ty.iter_mut().for_each(erase_item_refs);
            ItemStructure::Struct(object)
        }
        ItemKind::Enum(list) => ItemStructure::Enum(list.clone()),
        ItemKind::Union(union) => {
            let mut union = union.clone();
            union
                .variants
                .iter_mut()
                .for_each(|v| erase_item_refs(&mut v.ty));
            ItemStructure::Union(union)
        }
        ItemKind::Alias(_)
        | ItemKind::TypeAlias(_)
        | ItemKind::Params(_)
        | ItemKind::Outcome(_) => return None,
    })
}

fn item_refs(kind: &ItemKind<'_>) -> Vec<ItemId> {
    let mut refs = Vec::new();
    collect_item_refs(kind, &mut refs);
    refs
}

/// Replaces each item that a type mentions with the same item.
fn erase_item_refs(ty: &mut RustType) {
    map_item_refs(ty, &|_| ItemId::new(0));
}

fn map_item_refs(ty: &mut RustType, by: &impl Fn(ItemId) -> ItemId) {
    match ty {
        RustType::Item(id) => *id = by(*id),
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Nullable(inner)
        | RustType::Boxed(inner) => map_item_refs(inner, by),
        RustType::Tuple(types) => types.iter_mut().for_each(|ty| map_item_refs(ty, by)),
        RustType::OpenTuple(types, rest) => {
            types.iter_mut().for_each(|ty| map_item_refs(ty, by));
            map_item_refs(rest, by);
        }
        _ => {}
    }
}

/// Returns for each item whether it refers, directly or indirectly, to a distinct item.
fn find_items_leading_to_distinct(
    refs: &[Vec<ItemId>],
    is_distinct: &impl Fn(ItemId) -> bool,
) -> Vec<bool> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); refs.len()];
    for (index, refs) in refs.iter().enumerate() {
        for id in refs {
            if let Some(users) = users.get_mut(id.index()) {
                users.push(index);
            }
        }
    }
    let mut leads = vec![false; refs.len()];
    let own = (0..refs.len()).filter(|index| is_distinct(ItemId::new(*index)));
    let mut open: Vec<usize> = own.collect();
    while let Some(index) = open.pop() {
        for user in users.get(index).into_iter().flatten() {
            if let Some(leads) = leads.get_mut(*user)
                && !std::mem::replace(leads, true)
            {
                open.push(*user);
            }
        }
    }
    leads
}

/// Numbers values so that equal values have the same number.
fn number_equal<T: Hash + Eq>(things: impl Iterator<Item = T>) -> Vec<usize> {
    let mut numbers = HashMap::new();
    things
        .map(|thing| {
            let next = numbers.len();
            *numbers.entry(thing).or_insert(next)
        })
        .collect()
}

/// Splits classes until all items of a class refer to the same classes. The result is the coarsest
/// such partition, so that recursive types are deduplicated as well.
fn refine_classes(mut classes: Vec<usize>, refs: &[Vec<ItemId>]) -> Vec<usize> {
    let count = |classes: &[usize]| classes.iter().max().map_or(0, |last| last + 1);
    loop {
        let parts = classes.iter().zip(refs).map(|(class, refs)| {
            let refs = refs.iter().map(|id| classes.get(id.index()).copied());
            (*class, refs.collect::<Vec<_>>())
        });
        let finer = number_equal(parts);
        if count(&finer) == count(&classes) {
            return classes;
        }
        classes = finer;
    }
}

/// Decides which payloads convert into their unions. This depends on the aliases, because two variants
/// of the same type do not convert.
fn mark_union_conversions(items: &mut [Item<'_>]) {
    let firsts: Vec<Option<ItemId>> = items.iter().map(|item| item.alias_of).collect();
    let first = |id: ItemId| firsts.get(id.index()).copied().flatten().unwrap_or(id);
    for item in items {
        if let ItemKind::Union(union) = &mut item.kind {
            unions::mark_conversions(&mut union.variants, |ty| {
                let mut ty = ty.clone();
                map_item_refs(&mut ty, &first);
                ty
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_split_by_the_items_that_they_refer_to() {
        let refs = |ids: &[usize]| ids.iter().map(|id| ItemId::new(*id)).collect::<Vec<_>>();
        // 0 and 1 hold themselves, 2 holds 0, 3 holds 1, and 4 holds 5, which has another class.
        let held = [
            refs(&[0]),
            refs(&[1]),
            refs(&[0]),
            refs(&[1]),
            refs(&[5]),
            refs(&[]),
        ];
        let classes = refine_classes(vec![0, 0, 1, 1, 1, 2], &held);
        assert_eq!(classes.first(), classes.get(1));
        assert_eq!(classes.get(2), classes.get(3));
        assert_ne!(classes.get(3), classes.get(4));
    }
}
