//! Nullability: whether `null` is a value of a schema.
//!
//! OpenAPI 3.0 has `nullable`, and 3.1 has the type `null`. The parser writes both as `nullable`
//! (`load/parse/schema/typed_schema.rs`), and an `enum` that lists `null` allows it (`enums.rs`).
//! All other rules about `null` are here:
//!
//! - Members of an `allOf` allow `null` together ([`is_null_allowed_by_members`]).
//! - An `allOf` that only annotates one schema adds to the `null` of that schema
//!   ([`ResolvedSchema::allow_null_of`]).
//! - A variant of a union can stand for `null` ([`is_null_branch`]), or be `null` and nothing else
//!   (`is_only_null`).
//! - A reference is nullable if its target is (`is_nullable`).

use super::all_of_member::AllOfMember;
use super::builder::SchemaBuilder;
use super::built_type::BuiltType;
use super::keywords::Keywords;
use super::schema_ref::{ComponentId, SchemaRef};
use super::shape::{MAX_ALIAS_CHAIN, ResolvedSchema, SchemaShape, alias_target};
use crate::ir::Type;

/// Whether all members of an `allOf` allow `null`.
///
/// The last member decides, because it is the schema itself. A member that only annotates can
/// allow `null` for all of them.
pub(in crate::lower) fn is_null_allowed_by_members(members: &[AllOfMember<'_>]) -> bool {
    let nullable = |keywords: &Keywords<'_>| keywords.data.nullable;
    let mut typed = members
        .iter()
        .filter(|member| !member.keywords.is_annotation())
        .peekable();
    members
        .last()
        .is_some_and(|member| nullable(&member.keywords))
        || members
            .iter()
            .any(|member| member.keywords.is_annotation() && nullable(&member.keywords))
        || (typed.peek().is_some() && typed.all(|member| nullable(&member.keywords)))
}

/// Whether a branch of a union stands for `null`: OpenAPI 3.0 has no type `null`, and documents
/// write `{ nullable: true }` for it, or a nullable object that cannot have a property.
pub(in crate::lower) fn is_null_branch(branch: &SchemaRef<'_>) -> bool {
    let keywords = branch.keywords();
    keywords.is_some_and(|keywords| {
        keywords.data.nullable && (keywords.is_annotation() || keywords.is_empty_object())
    })
}

impl ResolvedSchema<'_> {
    /// Allows `null` if annotations around the schema do.
    pub(in crate::lower) const fn allow_null_of(&mut self, data: &openapiv3::SchemaData) {
        self.nullable |= data.nullable;
    }

    /// Whether the schema itself allows `null`, whatever its target allows.
    const fn allows_null_itself(&self) -> bool {
        self.nullable || matches!(self.shape, SchemaShape::Type(Type::Null))
    }
}

impl BuiltType {
    /// Adds the nullability of the schema that a type is built from. A type that is only `null`
    /// needs no second `null`.
    pub(in crate::lower) fn allow_null_of(&mut self, resolved: &ResolvedSchema<'_>) {
        self.nullable = (self.nullable || resolved.nullable) && self.ty != Type::Null;
    }

    /// Returns the type with its `null`.
    pub(in crate::lower) fn with_null(self) -> Type {
        match self.ty {
            Type::Null | Type::Untyped(_) => self.ty,
            ty if self.nullable => Type::Nullable(Box::new(ty)),
            ty => ty,
        }
    }
}

impl<'a> SchemaBuilder<'a> {
    /// Whether `null` is the only value of a schema.
    pub(in crate::lower) fn is_only_null(&mut self, resolved: &ResolvedSchema<'a>) -> bool {
        self.resolve_target(resolved)
            .is_some_and(|target| matches!(target.shape, SchemaShape::Type(Type::Null)))
    }

    /// Whether `null` is a value of a schema, or of the component that it refers to.
    pub(in crate::lower) fn is_nullable(&mut self, resolved: &ResolvedSchema<'a>) -> bool {
        let mut nullable = resolved.allows_null_itself();
        let mut next = alias_target(&resolved.shape);
        for _ in 0..MAX_ALIAS_CHAIN {
            let Some(target) = next.and_then(|id| self.resolve_component(id)) else {
                break;
            };
            nullable |= target.allows_null_itself();
            next = alias_target(&target.shape);
        }
        nullable
    }

    /// Whether `null` is a value of a component.
    pub(in crate::lower) fn is_component_nullable(&mut self, id: ComponentId) -> bool {
        self.is_nullable(&ResolvedSchema::new(SchemaShape::Component(id)))
    }
}
