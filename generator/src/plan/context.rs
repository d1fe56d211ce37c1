//! Context: the model, and the facts about its types that every planner reads.
//!
//! It is complete before the first item is planned, and nothing changes it afterwards.

use super::boxing::Rings;
use super::direction::Directions;
use super::emitted_types::find_emitted;
use super::rust_types::Resolver;
use crate::ir::{Api, Operation, Shape, Struct, TypeDef, TypeId};

/// Read-only facts about an API.
#[derive(Debug)]
pub(super) struct PlanContext<'a> {
    /// The model.
    pub(super) api: &'a Api,
    /// The directions in which types travel.
    pub(super) directions: Directions,
    /// The Rust types of the model's types.
    pub(super) resolver: Resolver,
}

impl<'a> PlanContext<'a> {
    /// Collects the facts about an API.
    pub(super) fn new(api: &'a Api) -> Self {
        let directions = Directions::trace(api);
        let emitted = find_emitted(api, &directions);
        Self {
            api,
            directions,
            resolver: Resolver::new(&emitted, Rings::find(&api.types), api.package.byte_format),
        }
    }

    /// Returns the types that become items, in the order of their items.
    pub(super) fn emitted_types(&self) -> impl Iterator<Item = (TypeId, &'a TypeDef)> {
        let types = self.api.types.iter();
        types.filter(|(id, _)| self.resolver.item(*id).is_some())
    }

    /// Returns the struct whose properties are parameters of this operation.
    pub(super) fn spread_struct(&self, operation: &Operation) -> Option<&'a Struct> {
        let id = self.directions.spread_struct(self.api, operation)?;
        match &self.api.types.get(id).shape {
            Shape::Struct(object) => Some(object),
            _ => None,
        }
    }
}
