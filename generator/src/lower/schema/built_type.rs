//! Types under construction, as plain data.

use std::mem::Discriminant;

use super::annotations::Annotations;
use super::shape::SchemaShape;
use super::type_name::TypeNamePath;
use crate::ir::{Type, TypeId};
use crate::source::Pointer;

/// The type of a schema where it is used.
#[derive(Debug, Clone)]
pub(in crate::lower) struct BuiltType {
    /// The type without its `null`.
    pub(in crate::lower) ty: Type,
    /// Whether `null` is one of its values.
    pub(in crate::lower) nullable: bool,
    /// Its only value, for a constant.
    pub(in crate::lower) constant: Option<serde_json::Value>,
}

impl BuiltType {
    pub(in crate::lower) const fn new(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            constant: None,
        }
    }
}

/// The context for the definition of a type under construction.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct TypeContext<'s, 'a> {
    pub(in crate::lower) name_path: &'s TypeNamePath<'s>,
    /// The JSON pointers of its schemas. The last one stands for the type.
    pub(in crate::lower) sources: &'s [Pointer],
    pub(in crate::lower) annotations: &'s Annotations<'a>,
}

impl TypeContext<'_, '_> {
    pub(in crate::lower) fn at(&self) -> Pointer {
        self.sources.last().cloned().unwrap_or_default()
    }
}

/// A type under construction that is not a component.
///
/// Its parts can lead back to its schemas, as in a property that extends its own object. They
/// refer to this type then.
#[derive(Debug)]
pub(in crate::lower) struct TypeInProgress<'a> {
    pub(in crate::lower) kind: Discriminant<SchemaShape<'a>>,
    pub(in crate::lower) sources: Vec<Pointer>,
    pub(in crate::lower) ty: TypeId,
}
