//! Twins: types that are the same in all but name.
//!
//! Documents write the same inline schema in many places: an address in each
//! operation that takes one, a list of states below each field that has one.
//! Each has a name of its own, so that nothing is renamed when the document
//! changes one of them. But one type is enough for all: it is written once, and
//! the others are other names for it. Schemas that the document names are types
//! of their own, whatever they look like.

use std::collections::HashMap;
use std::hash::Hash;

use super::features::collect_item_refs;
use super::item::{EnumPlan, Item, ItemId, ItemKind, RustType, StructPlan, UnionPlan};
use super::unions;
use crate::ir::Owner;

/// What a type is, apart from the items that it is made of.
#[derive(Debug, PartialEq, Eq, Hash)]
enum ItemStructure<'a> {
    Struct(StructPlan<'a>),
    Enum(EnumPlan<'a>),
    Union(UnionPlan),
}

/// What makes an item the twin of another.
#[derive(Debug, PartialEq, Eq, Hash)]
enum ItemClass<'o, 'a> {
    /// Nothing: it is itself.
    Distinct(ItemId),
    /// Its look; where it leads to a schema that the document names, among those
    /// that belong to the same owner, so that no part of the crate needs another
    /// one for the sake of a name.
    Equal {
        within: Option<&'o Owner>,
        deprecated: bool,
        structure: Box<ItemStructure<'a>>,
    },
}

/// Makes each item an alias of the first item that equals it, and marks the items whose aliases belong
/// to other owners as shared.
///
/// `distinct` says for each item whether it stays a type of its own.
pub(super) fn alias_equal_types(items: &mut [Item<'_>], distinct: &[bool]) {
    let refs: Vec<Vec<ItemId>> = items.iter().map(|item| item_refs(&item.kind)).collect();
    let is_distinct = |id: ItemId| distinct.get(id.index()).copied().unwrap_or(true);
    let leads = find_items_leading_to_distinct(&refs, &is_distinct);
    let classes = items.iter().zip(&leads).enumerate();
    let classes = classes.map(|(index, (item, leads))| {
        let id = ItemId::new(index);
        match structure(&item.kind) {
            Some(structure) if !is_distinct(id) => ItemClass::Equal {
                within: leads.then_some(&item.owner),
                deprecated: item.docs.deprecated,
                structure: Box::new(structure),
            },
            _ => ItemClass::Distinct(id),
        }
    });
    let classes = refine_classes(number_equal(classes), &refs);
    let mut firsts: HashMap<usize, ItemId> = HashMap::new();
    for (index, class) in classes.into_iter().enumerate() {
        let first = *firsts.entry(class).or_insert(ItemId::new(index));
        if first.index() == index {
            continue;
        }
        let Some(item) = items.get_mut(index) else {
            continue;
        };
        item.alias_of = Some(first);
        let owner = item.owner.clone();
        if let Some(target) = items.get_mut(first.index()) {
            target.is_shared |= target.owner != owner;
        }
    }
    mark_union_conversions(items);
}

/// What an item looks like without the items that it is made of, and without
/// what only tests and samples are made of.
fn structure<'a>(kind: &ItemKind<'a>) -> Option<ItemStructure<'a>> {
    Some(match kind {
        ItemKind::Struct(object) => {
            let mut object = object.clone();
            for field in &mut object.fields {
                field.example = None;
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

/// Puts the same item in the place of each that a type mentions.
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

/// Which items lead to one that is itself.
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

/// Numbers things so that equal ones have the same number.
fn number_equal<T: Hash + Eq>(things: impl Iterator<Item = T>) -> Vec<usize> {
    let mut numbers = HashMap::new();
    things
        .map(|thing| {
            let next = numbers.len();
            *numbers.entry(thing).or_insert(next)
        })
        .collect()
}

/// Divides classes until the members of each are made of the same classes: the
/// coarsest such division, so that recursive types have twins as well.
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

/// Decides which payloads convert into their unions, now that it is known
/// which of them are the same type.
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
    fn classes_are_divided_by_what_their_members_are_made_of() {
        let refs = |ids: &[usize]| ids.iter().map(|id| ItemId::new(*id)).collect::<Vec<_>>();
        // 0 and 1 hold themselves; 2 holds 0 and 3 holds 1; 4 holds 5, which is another.
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
