//! Boxing: the fields that need a `Box`, so that no type is infinitely large.
//!
//! A struct that contains itself, directly or through other types, needs a pointer somewhere in the
//! cycle. Every by-value step of a cycle is boxed. To box only the first step would make the types
//! depend on the order of the document.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

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

/// Numbers the strongly connected components of a graph, and returns the number of each node.
fn strongly_connected_components(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut graph: DiGraph<(), (), usize> = DiGraph::with_capacity(edges.len(), 0);
    for _ in edges {
        graph.add_node(());
    }
    for (from, to) in edges.iter().enumerate() {
        for &to in to {
            graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), ());
        }
    }
    let mut component = vec![0; edges.len()];
    // Tarjan's algorithm in `petgraph` recurses, and a document may nest types deeper than the stack.
    for (number, nodes) in kosaraju_scc(&graph).into_iter().enumerate() {
        for node in nodes {
            if let Some(slot) = component.get_mut(node.index()) {
                *slot = number;
            }
        }
    }
    component
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
