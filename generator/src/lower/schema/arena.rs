//! SchemaBuilder that are not in the document's own tree.
//!
//! Some keywords of later versions hold schemas, and the parser knows them only
//! as JSON. They are parsed when they are met, and kept here, so that they
//! live as long as the document and can be referred to like all others.

use std::cell::{Cell, OnceCell};

use openapiv3::{ReferenceOr, Schema};

/// A list that grows while its elements are borrowed.
#[derive(Debug, Default)]
pub(in crate::lower) struct Arena {
    first: OnceCell<Box<Link>>,
}

#[derive(Debug)]
struct Link {
    schema: ReferenceOr<Schema>,
    next: OnceCell<Box<Link>>,
}

impl Drop for Arena {
    /// Takes the list apart link by link, where the derived drop would recurse.
    fn drop(&mut self) {
        let mut next = self.first.take();
        while let Some(mut link) = next {
            next = link.next.take();
        }
    }
}

/// The end of an [`Arena`], where it grows.
#[derive(Debug)]
pub(in crate::lower) struct ArenaEnd<'a>(Cell<&'a OnceCell<Box<Link>>>);

impl<'a> ArenaEnd<'a> {
    /// The end of an arena that is still empty.
    pub(in crate::lower) fn new(arena: &'a Arena) -> Self {
        Self(Cell::new(&arena.first))
    }

    /// Keeps a schema.
    pub(in crate::lower) fn keep(&self, schema: ReferenceOr<Schema>) -> &'a ReferenceOr<Schema> {
        let link = self.0.get().get_or_init(|| {
            Box::new(Link {
                schema,
                next: OnceCell::new(),
            })
        });
        self.0.set(&link.next);
        &link.schema
    }
}
