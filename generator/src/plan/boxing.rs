//! Boxing: the fields that need a `Box`, so that no type is infinitely large.
//!
//! A struct that contains itself, directly or through other types, needs a pointer somewhere in the
//! cycle. Every by-value step of a cycle is boxed. To box only the first step would make the types
//! depend on the order of the document.

use crate::ir::{AdditionalProperties, Shape, Type, TypeId, Types};

/// The cycles of types, as a cycle number for each type.
#[derive(Debug)]
pub(super) struct Rings {
    ring: Vec<usize>,
    loops: Vec<bool>,
}

impl Rings {
    /// Finds the cycles: the strongly connected components of the relation "holds by value".
    pub(super) fn find(types: &Types) -> Self {
        let edges: Vec<Vec<usize>> = types
            .iter()
            .map(|(_, def)| collect_types_held_by_value(&def.shape))
            .collect();
        let loops = edges
            .iter()
            .enumerate()
            .map(|(i, to)| to.contains(&i))
            .collect();
        Self {
            ring: strongly_connected_components(&edges),
            loops,
        }
    }

    /// Whether `outer` must hold `inner` in a `Box`.
    pub(super) fn needs_box(&self, outer: TypeId, inner: TypeId) -> bool {
        if outer == inner {
            return self.loops.get(outer.index()).copied().unwrap_or_default();
        }
        self.ring.get(outer.index()) == self.ring.get(inner.index())
    }
}

/// Returns the types that a value of this shape holds by value.
fn collect_types_held_by_value(shape: &Shape) -> Vec<usize> {
    let mut held = Vec::new();
    match shape {
        Shape::Struct(object) => {
            object
                .fields
                .iter()
                .for_each(|field| collect_by_value(&field.ty, &mut held));
            // Typed additional properties are a map, which is a pointer.
            debug_assert!(matches!(
                object.additional,
                AdditionalProperties::Kept | AdditionalProperties::Typed(_)
            ));
        }
        Shape::Union(union) => union
            .variants
            .iter()
            .for_each(|v| collect_by_value(&v.ty, &mut held)),
        Shape::Alias(ty) => collect_by_value(ty, &mut held),
        Shape::Enum(_) => {}
    }
    held
}

fn collect_by_value(ty: &Type, into: &mut Vec<usize>) {
    match ty {
        Type::Named(id) => into.push(id.index()),
        Type::Nullable(inner) => collect_by_value(inner, into),
        Type::Tuple(tuple) => tuple
            .elements
            .iter()
            .for_each(|ty| collect_by_value(ty, into)),
        _ => {}
    }
}

/// Computes strongly connected components by Tarjan's algorithm. It does not recurse, because a document
/// may nest types deeper than the stack.
fn strongly_connected_components(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut state = Tarjan {
        index: vec![usize::MAX; edges.len()],
        low: vec![0; edges.len()],
        component: vec![usize::MAX; edges.len()],
        path: Vec::new(),
        next: 0,
        found: 0,
    };
    for root in 0..edges.len() {
        state.search(root, edges);
    }
    state.component
}

struct Tarjan {
    index: Vec<usize>,
    low: Vec<usize>,
    component: Vec<usize>,
    path: Vec<usize>,
    next: usize,
    found: usize,
}

#[expect(
    clippy::indexing_slicing,
    reason = "every index is a node, and every list has one entry for each node"
)]
impl Tarjan {
    fn search(&mut self, root: usize, edges: &[Vec<usize>]) {
        if self.index[root] != usize::MAX {
            return;
        }
        self.enter(root);
        let mut work = vec![(root, 0)];
        while let Some((node, step)) = work.pop() {
            let Some(&to) = edges[node].get(step) else {
                self.leave(node);
                if let Some(&(parent, _)) = work.last() {
                    self.low[parent] = self.low[parent].min(self.low[node]);
                }
                continue;
            };
            work.push((node, step + 1));
            if self.index[to] == usize::MAX {
                self.enter(to);
                work.push((to, 0));
            } else if self.component[to] == usize::MAX {
                self.low[node] = self.low[node].min(self.index[to]);
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.index[node] = self.next;
        self.low[node] = self.next;
        self.next += 1;
        self.path.push(node);
    }

    fn leave(&mut self, node: usize) {
        if self.low[node] != self.index[node] {
            return;
        }
        while let Some(member) = self.path.pop() {
            self.component[member] = self.found;
            if member == node {
                break;
            }
        }
        self.found += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::strongly_connected_components;

    #[test]
    fn cycles_share_a_component_and_chains_do_not() {
        let found = strongly_connected_components(&[vec![1], vec![2], vec![0, 3], vec![4], vec![]]);
        assert_eq!(found[0], found[1]);
        assert_eq!(found[1], found[2]);
        assert_ne!(found[2], found[3]);
        assert_ne!(found[3], found[4]);
    }
}
