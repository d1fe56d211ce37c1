//! References to schemas, and inline schemas, with their JSON pointers.

use std::borrow::Borrow;

use openapiv3::{ReferenceOr, Schema};

use super::keywords::Keywords;
use crate::lower::components::component_name;
use crate::source::Pointer;

/// The index of a schema in `components.schemas`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::lower) struct ComponentId(pub(in crate::lower) usize);

/// An inline schema, or a reference to a component.
#[derive(Debug, Clone)]
pub(in crate::lower) struct SchemaRef<'a> {
    /// The schema or the reference.
    pub(in crate::lower) target: RefTarget<'a>,
    /// Its JSON pointer.
    pub(in crate::lower) at: Pointer,
}

/// The target of a [`SchemaRef`].
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) enum RefTarget<'a> {
    /// A reference to a component.
    Component(ComponentId),
    /// An inline schema.
    Schema(&'a Schema),
    /// A reference that does not resolve.
    Missing,
}

impl<'a> SchemaRef<'a> {
    /// Returns the referenced component.
    pub(in crate::lower) const fn component(&self) -> Option<ComponentId> {
        match self.target {
            RefTarget::Component(id) => Some(id),
            _ => None,
        }
    }

    /// Returns the inline schema.
    pub(in crate::lower) const fn schema(&self) -> Option<&'a Schema> {
        match self.target {
            RefTarget::Schema(schema) => Some(schema),
            _ => None,
        }
    }

    /// Returns the keywords of the inline schema.
    pub(in crate::lower) fn keywords(&self) -> Option<Keywords<'a>> {
        self.schema().map(Keywords::new)
    }

    /// Whether both are the same inline schema or refer to the same component.
    pub(in crate::lower) fn is_same(&self, other: &Self) -> bool {
        match (self.target, other.target) {
            (RefTarget::Component(a), RefTarget::Component(b)) => a == b,
            (RefTarget::Schema(a), RefTarget::Schema(b)) => std::ptr::eq(a, b),
            _ => false,
        }
    }
}

/// Resolves a schema or a reference, boxed or not.
pub(in crate::lower) fn resolve_ref_target<'a, S: Borrow<Schema>>(
    schema: &'a ReferenceOr<S>,
    resolve: impl Fn(&str) -> Option<ComponentId>,
) -> RefTarget<'a> {
    match schema {
        ReferenceOr::Item(schema) => RefTarget::Schema(schema.borrow()),
        ReferenceOr::Reference { reference } => component_name(reference, "schemas")
            .and_then(|name| resolve(&name))
            .map_or(RefTarget::Missing, RefTarget::Component),
    }
}
