//! Schemas that the parser leaves as JSON.
//!
//! Some keywords of later versions hold schemas. They are parsed on demand and kept here, so that
//! they live as long as the document and can be referenced like all others.

use std::cell::{Cell, OnceCell};

use openapiv3::{ReferenceOr, Schema};

/// A list that grows while its elements are borrowed.
#[derive(Debug, Default)]
pub(in crate::lower) struct ParsedSchemas {
    first: OnceCell<Box<Link>>,
}

#[derive(Debug)]
struct Link {
    schema: ReferenceOr<Schema>,
    next: OnceCell<Box<Link>>,
}

impl Drop for ParsedSchemas {
    /// Drops the list link by link, because the derived drop would recurse.
    fn drop(&mut self) {
        let mut next = self.first.take();
        while let Some(mut link) = next {
            next = link.next.take();
        }
    }
}

/// The end of an [`ParsedSchemas`], where new schemas are added.
#[derive(Debug)]
pub(in crate::lower) struct ParsedSchemasEnd<'a>(Cell<&'a OnceCell<Box<Link>>>);

impl<'a> ParsedSchemasEnd<'a> {
    /// Returns the end of an empty list.
    pub(in crate::lower) fn new(list: &'a ParsedSchemas) -> Self {
        Self(Cell::new(&list.first))
    }

    /// Adds a schema.
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
