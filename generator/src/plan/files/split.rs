//! Split: which parts of a long family get files of their own.
//!
//! What is moved out is the type of a property with everything below it, the
//! longest first and no more than must be: a property that the API adds moves
//! nothing else.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::lines::lines;
use crate::plan::item::{Item, ItemId, ItemKind, RustType};

/// A file that is longer than this, as far as can be foreseen, is split.
const LONGEST: usize = 4_000;

/// A part of a family: the item that it is named for, unless it is what the
/// family itself is named for, and its items.
pub(super) type Part = (Option<ItemId>, Vec<ItemId>);

/// Splits a family; the first part is what stays with its name.
pub(super) fn split(items: &[Item<'_>], family: Vec<ItemId>) -> Vec<Part> {
    let tree = Tree::of(items, &family);
    if tree.nodes.iter().map(|node| node.own).sum::<usize>() <= LONGEST {
        return vec![(None, family)];
    }
    let mut parts = Vec::new();
    match tree.roots.as_slice() {
        [only] => tree.headed(None, *only, &mut parts),
        roots => tree.cut(None, Vec::new(), roots, &mut parts),
    }
    parts
}

/// The items of a family, each below the first that holds it.
struct Tree {
    nodes: Vec<Node>,
    roots: Vec<usize>,
}

struct Node {
    item: ItemId,
    /// The lines of its own, and those of all below it as well.
    own: usize,
    whole: usize,
    below: Vec<usize>,
}

impl Tree {
    fn of(items: &[Item<'_>], family: &[ItemId]) -> Self {
        let mut free: HashMap<ItemId, bool> = family.iter().map(|id| (*id, true)).collect();
        let mut tree = Self {
            nodes: Vec::with_capacity(family.len()),
            roots: Vec::new(),
        };
        for &root in family {
            let mut open = vec![(None, root)];
            while let Some((above, id)) = open.pop() {
                let Some(item) = items.get(id.index()).filter(|_| free.remove(&id).is_some())
                else {
                    continue;
                };
                let node = tree.add(above, id, lines(item));
                let mut held = Vec::new();
                hold(item, &mut held);
                open.extend(held.into_iter().rev().map(|id| (Some(node), id)));
            }
        }
        // A node stands after the one that it is below.
        for index in (0..tree.nodes.len()).rev() {
            let below = tree.nodes.get(index).map(|node| node.below.clone());
            let sum: usize = below.iter().flatten().map(|&node| tree.whole(node)).sum();
            if let Some(node) = tree.nodes.get_mut(index) {
                node.whole = node.own + sum;
            }
        }
        tree
    }

    fn add(&mut self, above: Option<usize>, item: ItemId, own: usize) -> usize {
        let index = self.nodes.len();
        match above.and_then(|above| self.nodes.get_mut(above)) {
            Some(above) => above.below.push(index),
            None => self.roots.push(index),
        }
        self.nodes.push(Node {
            item,
            own,
            whole: own,
            below: Vec::new(),
        });
        index
    }

    fn whole(&self, node: usize) -> usize {
        self.nodes.get(node).map_or(0, |node| node.whole)
    }

    /// The part that is headed by a node.
    fn headed(&self, name: Option<ItemId>, head: usize, into: &mut Vec<Part>) {
        if let Some(node) = self.nodes.get(head) {
            self.cut(name, vec![(node.item, node.own)], &node.below, into);
        }
    }

    /// The part that has these items, and of these nodes as many as have room.
    fn cut(
        &self,
        name: Option<ItemId>,
        own: Vec<(ItemId, usize)>,
        nodes: &[usize],
        into: &mut Vec<Part>,
    ) {
        let mut left: usize = own.iter().map(|(_, lines)| lines).sum();
        left += nodes.iter().map(|&node| self.whole(node)).sum::<usize>();
        let mut order = nodes.to_vec();
        order.sort_by_key(|&node| Reverse(self.whole(node)));
        let moved: Vec<usize> = order
            .into_iter()
            .take_while(|&node| {
                let too_long = left > LONGEST;
                left -= if too_long { self.whole(node) } else { 0 };
                too_long
            })
            .collect();
        let mut items: Vec<ItemId> = own.into_iter().map(|(item, _)| item).collect();
        for &node in nodes.iter().filter(|node| !moved.contains(node)) {
            self.collect(node, &mut items);
        }
        items.sort_unstable();
        into.push((name, items));
        for &node in nodes.iter().filter(|node| moved.contains(node)) {
            self.headed(self.nodes.get(node).map(|node| node.item), node, into);
        }
    }

    fn collect(&self, node: usize, into: &mut Vec<ItemId>) {
        let mut open = vec![node];
        while let Some(node) = open.pop().and_then(|node| self.nodes.get(node)) {
            into.push(node.item);
            open.extend(&node.below);
        }
    }
}

/// The items that an item holds.
fn hold(item: &Item<'_>, into: &mut Vec<ItemId>) {
    match &item.kind {
        ItemKind::Struct(object) => {
            object.fields.iter().for_each(|f| mention(&f.ty, into));
            object.extra.ty.iter().for_each(|ty| mention(ty, into));
        }
        ItemKind::Params(params) => params.fields.iter().for_each(|f| mention(&f.ty, into)),
        ItemKind::Union(union) => union.variants.iter().for_each(|v| mention(&v.ty, into)),
        ItemKind::Outcome(outcome) => outcome.variants.iter().for_each(|v| mention(&v.ty, into)),
        ItemKind::Alias(alias) => mention(&alias.ty, into),
        ItemKind::Enum(_) => {}
    }
}

fn mention(ty: &RustType, into: &mut Vec<ItemId>) {
    match ty {
        RustType::Item(id) => into.push(*id),
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Nullable(inner)
        | RustType::Boxed(inner) => mention(inner, into),
        RustType::Tuple(types) => types.iter().for_each(|ty| mention(ty, into)),
        _ => {}
    }
}
