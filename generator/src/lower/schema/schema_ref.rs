//! Schemas where they stand: references and inline ones alike.

use std::borrow::{Borrow, Cow};

use openapiv3::{ReferenceOr, Schema};

use super::keywords::View;
use crate::source::Pointer;

/// The place of a schema in `components.schemas`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::lower) struct ComponentId(pub(in crate::lower) usize);

/// A schema of the document, or a reference to one.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Node<'a> {
    /// What stands there.
    pub(in crate::lower) target: Target<'a>,
    /// Where it stands.
    pub(in crate::lower) at: Pointer,
}

/// What stands where a schema can.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) enum Target<'a> {
    /// A reference to a component.
    Component(ComponentId),
    /// The schema itself.
    Schema(&'a Schema),
    /// A reference to nothing that we know.
    Missing,
}

impl<'a> Node<'a> {
    /// The component that this is a reference to.
    pub(in crate::lower) const fn component(&self) -> Option<ComponentId> {
        match self.target {
            Target::Component(id) => Some(id),
            _ => None,
        }
    }

    /// The schema, if it stands here itself.
    pub(in crate::lower) const fn schema(&self) -> Option<&'a Schema> {
        match self.target {
            Target::Schema(schema) => Some(schema),
            _ => None,
        }
    }

    /// Its keywords, if it stands here itself.
    pub(in crate::lower) fn view(&self) -> Option<View<'a>> {
        self.schema().map(View::new)
    }

    /// Whether both are the same place of the document, or lead to it.
    pub(in crate::lower) fn is_same(&self, other: &Self) -> bool {
        match (self.target, other.target) {
            (Target::Component(a), Target::Component(b)) => a == b,
            (Target::Schema(a), Target::Schema(b)) => std::ptr::eq(a, b),
            _ => false,
        }
    }
}

/// A schema or a reference, with the pair of them made the same for boxed and
/// plain schemas.
pub(in crate::lower) fn target<'a, S: Borrow<Schema>>(
    schema: &'a ReferenceOr<S>,
    resolve: impl Fn(&str) -> Option<ComponentId>,
) -> Target<'a> {
    match schema {
        ReferenceOr::Item(schema) => Target::Schema(schema.borrow()),
        ReferenceOr::Reference { reference } => component_name(reference, "schemas")
            .and_then(|name| resolve(&name))
            .map_or(Target::Missing, Target::Component),
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
