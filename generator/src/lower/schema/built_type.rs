//! Types under construction, as plain data.

use std::mem::Discriminant;

use super::annotations::Annotations;
use super::shape::SchemaShape;
use super::type_name::TypeNamePath;
use crate::ir::{Type, TypeId};
use crate::source::Pointer;

/// A type where a schema is used.
#[derive(Debug, Clone)]
pub(in crate::lower) struct BuiltType {
    /// The type, null apart.
    pub(in crate::lower) ty: Type,
    /// Whether `null` is one of its values.
    pub(in crate::lower) nullable: bool,
    /// What it always is.
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

/// A type that is being built, with what its definition needs.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct TypeContext<'s, 'a> {
    pub(in crate::lower) name_path: &'s TypeNamePath<'s>,
    /// Where the schemas stand that it is built of; the last of them stands for it.
    pub(in crate::lower) sources: &'s [Pointer],
    pub(in crate::lower) annotations: &'s Annotations<'a>,
}

impl TypeContext<'_, '_> {
    pub(in crate::lower) fn at(&self) -> Pointer {
        self.sources.last().cloned().unwrap_or_default()
    }
}

/// A type without a component that is being built. Its parts may lead back to its schemas, as where a
/// property is its own object and something more, and are this type then.
#[derive(Debug)]
pub(in crate::lower) struct TypeInProgress<'a> {
    pub(in crate::lower) kind: Discriminant<SchemaShape<'a>>,
    pub(in crate::lower) sources: Vec<Pointer>,
    pub(in crate::lower) ty: TypeId,
}
