//! Owner graph: the owners of types that each resource of the client and each owner use.
//!
//! Features and files follow from it. A type is compiled if a resource that reaches it is enabled. A type
//! that the rest of the crate reaches only through one resource, or only through one other type, is in
//! the file of that one.

use std::collections::{BTreeSet, HashMap};

use petgraph::algo::dominators::{self, Dominators};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::Dfs;

use super::item::{Item, ItemId, RustType};
use super::layout::{OwnerItems, SoleUser};
use super::methods::{MethodPlan, ResourcePlan};
use super::names::RustIdent;
use super::type_references::{collect_item_refs, collect_type_refs};
use super::webhooks::WebhookPlan;

/// A user of types.
enum TypeUser<'a> {
    /// The crate: the start of the graph.
    Crate,
    /// A top-level resource with its nested resources, by its accessor.
    Resource(&'a RustIdent),
    /// An owner, by its index.
    Owner(usize),
}

/// The types that the parts of the crate use.
pub(super) struct OwnerGraph<'a> {
    graph: DiGraph<TypeUser<'a>, ()>,
    root: NodeIndex,
    /// The node of each owner, by its index.
    owners: Vec<NodeIndex>,
    /// The node of the owner of each item.
    owner_of_item: HashMap<ItemId, NodeIndex>,
    resources: HashMap<&'a RustIdent, NodeIndex>,
}

impl<'a> OwnerGraph<'a> {
    /// Builds the graph. `always` is a type that no resource is needed for.
    pub(super) fn build(
        owners: &[OwnerItems],
        items: &[Item<'_>],
        resources: &'a [ResourcePlan<'_>],
        webhooks: Option<&WebhookPlan>,
        always: Option<&RustType>,
    ) -> Self {
        let mut graph = Self::from_owners(owners);
        for owner in owners {
            for id in &owner.items {
                graph.add_references(*id, items);
            }
        }
        graph.add_uses(None, always);
        for (index, resource) in resources.iter().enumerate() {
            let top = resource.path.first();
            resource
                .methods
                .iter()
                .for_each(|method| graph.add_method(top, method));
            let event = webhooks.filter(|webhooks| webhooks.methods_of(index).next().is_some());
            let event = event.map(|webhooks| RustType::Item(webhooks.event));
            graph.add_uses(top, event.as_ref());
        }
        graph
    }

    fn from_owners(owners: &[OwnerItems]) -> Self {
        let mut graph = DiGraph::new();
        let root = graph.add_node(TypeUser::Crate);
        let nodes = (0..owners.len()).map(|index| graph.add_node(TypeUser::Owner(index)));
        let nodes: Vec<NodeIndex> = nodes.collect();
        let owner_of_item = owners.iter().zip(&nodes);
        let owner_of_item =
            owner_of_item.flat_map(|(owner, node)| owner.items.iter().map(|id| (*id, *node)));
        Self {
            owner_of_item: owner_of_item.collect(),
            resources: HashMap::new(),
            owners: nodes,
            graph,
            root,
        }
    }

    /// Adds what an item mentions to the uses of its owner.
    fn add_references(&mut self, id: ItemId, items: &[Item<'_>]) {
        let Some((item, &owner)) = items.get(id.index()).zip(self.owner_of_item.get(&id)) else {
            return;
        };
        let mut used = Vec::new();
        match item.alias_of {
            Some(original) => used.push(original),
            None => collect_item_refs(&item.kind, &mut used),
        }
        self.add_edges(owner, &used);
    }

    fn add_method(&mut self, resource: Option<&'a RustIdent>, method: &MethodPlan<'_>) {
        self.add_uses(resource, Some(&method.returns));
        self.add_uses(resource, method.params.map(RustType::Item).as_ref());
        for arg in &method.path_args {
            self.add_uses(resource, Some(&arg.ty));
        }
        for failure in &method.failures {
            self.add_uses(resource, failure.body.as_ref());
        }
    }

    /// Adds a type to the uses of a resource, or to those of the crate itself.
    fn add_uses(&mut self, resource: Option<&'a RustIdent>, ty: Option<&RustType>) {
        let user = resource.map_or(self.root, |resource| self.resource_node(resource));
        let mut used = Vec::new();
        ty.into_iter()
            .for_each(|ty| collect_type_refs(ty, &mut used));
        self.add_edges(user, &used);
    }

    fn resource_node(&mut self, resource: &'a RustIdent) -> NodeIndex {
        let (graph, root) = (&mut self.graph, self.root);
        *self.resources.entry(resource).or_insert_with(|| {
            let node = graph.add_node(TypeUser::Resource(resource));
            graph.add_edge(root, node, ());
            node
        })
    }

    fn add_edges(&mut self, user: NodeIndex, used: &[ItemId]) {
        for id in used {
            if let Some(&owner) = self.owner_of_item.get(id) {
                self.graph.update_edge(user, owner, ());
            }
        }
    }

    /// Returns the parts of the crate that reach each owner, by the owner's index.
    pub(super) fn reach_of_owners(&self) -> Vec<OwnerReach<'a>> {
        let mut found = vec![OwnerReach::default(); self.owners.len()];
        let direct = self.graph.neighbors(self.root);
        let direct =
            direct.filter(|node| matches!(self.graph.node_weight(*node), Some(TypeUser::Owner(_))));
        self.mark_reached(direct.collect(), &mut found, |reach| reach.always = true);
        for (&resource, &node) in &self.resources {
            self.mark_reached(vec![node], &mut found, |reach| {
                reach.resources.insert(resource);
            });
        }
        found
    }

    fn mark_reached(
        &self,
        start: Vec<NodeIndex>,
        found: &mut [OwnerReach<'a>],
        mark: impl Fn(&mut OwnerReach<'a>),
    ) {
        let mut walk = Dfs::empty(&self.graph);
        walk.stack = start;
        while let Some(node) = walk.next(&self.graph) {
            if let Some(TypeUser::Owner(index)) = self.graph.node_weight(node) {
                found.get_mut(*index).into_iter().for_each(&mark);
            }
        }
    }

    /// Finds the sole user of each owner: the resource or the owner on every path from the crate to it.
    /// If there are several, it is the first one of the path.
    ///
    /// In terms of graphs, this is the dominator below the root.
    pub(super) fn assign_sole_users(&self, owners: &mut [OwnerItems]) {
        let dominators = dominators::simple_fast(&self.graph, self.root);
        let users = self.owners.iter().map(|&node| {
            let user = self.first_dominator(&dominators, node)?;
            match self.graph.node_weight(user)? {
                TypeUser::Resource(resource) => Some(SoleUser::Resource((*resource).clone())),
                TypeUser::Owner(index) => Some(SoleUser::Owner(owners.get(*index)?.name.clone())),
                TypeUser::Crate => None,
            }
        });
        let users: Vec<Option<SoleUser>> = users.collect();
        for (owner, user) in owners.iter_mut().zip(users) {
            owner.sole_user = user;
        }
    }

    fn first_dominator(
        &self,
        dominators: &Dominators<NodeIndex>,
        node: NodeIndex,
    ) -> Option<NodeIndex> {
        let path = dominators.dominators(node)?;
        path.take_while(|node| *node != self.root).last()
    }
}

/// The parts of the crate that reach an owner.
#[derive(Debug, Default, Clone)]
pub(super) struct OwnerReach<'a> {
    /// Whether the crate itself does, without a resource.
    pub(super) always: bool,
    /// The accessors of the top-level resources that do.
    pub(super) resources: BTreeSet<&'a RustIdent>,
}
