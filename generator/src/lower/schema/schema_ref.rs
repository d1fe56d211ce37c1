//! SchemaBuilder where they stand: references and inline ones alike.

use std::borrow::{Borrow, Cow};

use openapiv3::{ReferenceOr, Schema};

use super::keywords::Keywords;
use crate::source::Pointer;

/// The place of a schema in `components.schemas`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::lower) struct ComponentId(pub(in crate::lower) usize);

/// A schema of the document, or a reference to one.
#[derive(Debug, Clone)]
pub(in crate::lower) struct SchemaRef<'a> {
    /// What stands there.
    pub(in crate::lower) target: RefTarget<'a>,
    /// Where it stands.
    pub(in crate::lower) at: Pointer,
}

/// What stands where a schema can.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) enum RefTarget<'a> {
    /// A reference to a component.
    Component(ComponentId),
    /// The schema itself.
    Schema(&'a Schema),
    /// A reference to nothing that we know.
    Missing,
}

impl<'a> SchemaRef<'a> {
    /// The component that this is a reference to.
    pub(in crate::lower) const fn component(&self) -> Option<ComponentId> {
        match self.target {
            RefTarget::Component(id) => Some(id),
            _ => None,
        }
    }

    /// The schema, if it stands here itself.
    pub(in crate::lower) const fn schema(&self) -> Option<&'a Schema> {
        match self.target {
            RefTarget::Schema(schema) => Some(schema),
            _ => None,
        }
    }

    /// Its keywords, if it stands here itself.
    pub(in crate::lower) fn keywords(&self) -> Option<Keywords<'a>> {
        self.schema().map(Keywords::new)
    }

    /// Whether both are the same place of the document, or lead to it.
    pub(in crate::lower) fn is_same(&self, other: &Self) -> bool {
        match (self.target, other.target) {
            (RefTarget::Component(a), RefTarget::Component(b)) => a == b,
            (RefTarget::Schema(a), RefTarget::Schema(b)) => std::ptr::eq(a, b),
            _ => false,
        }
    }
}

/// A schema or a reference, with the pair of them built the same for boxed and
/// plain schemas.
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

/// The name that a reference to a component of this kind ends in.
pub(in crate::lower) fn component_name<'r>(reference: &'r str, kind: &str) -> Option<Cow<'r, str>> {
    let name = reference
        .strip_prefix("#/components/")?
        .strip_prefix(kind)?
        .strip_prefix('/')?;
    if name.contains('~') {
        return Some(Cow::Owned(name.replace("~1", "/").replace("~0", "~")));
    }
    Some(Cow::Borrowed(name))
}
