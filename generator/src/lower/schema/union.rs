//! `oneOf` and `anyOf`: unions.

mod scalars;

use openapiv3::Discriminator;

use super::all_of_member::AllOfMember;
use super::builder::SchemaBuilder;
use super::keywords::SchemaType;
use super::nullability::is_null_branch;
use super::schema_ref::{ComponentId, SchemaRef};
use super::shape::{
    MAX_ALIAS_CHAIN, ResolvedSchema, SchemaShape, UnionShape, VariantShape, alias_target,
};
use crate::diagnostics::Code;
use crate::ir::{Type, UntypedReason, Words};
use crate::source::Pointer;

/// Maximum depth of inner unions that are merged with the properties around a union. Each level
/// multiplies the types.
const MAX_DISTRIBUTION_DEPTH: usize = 2;

/// Maximum number of subschemas that a document can merge with other properties. Many schemas can
/// inherit from one wide union.
const MAX_DISTRIBUTED: usize = 10_000;

/// Maximum number of subschemas that a later one is compared with.
const MAX_COMPARED: usize = 256;

/// A union among the members of an `allOf`.
#[derive(Debug)]
struct UnionSource<'a> {
    branches: Vec<SchemaRef<'a>>,
    /// The component that the union defines, in whole or in part.
    owner: Option<ComponentId>,
}

/// The code for unions that contain themselves.
pub(in crate::lower) const CIRCULAR: Code = Code::CircularUnion;

impl<'a> SchemaBuilder<'a> {
    /// Resolves a union, if a member has one.
    pub(in crate::lower) fn resolve_union(
        &mut self,
        members: &[AllOfMember<'a>],
        root: Option<ComponentId>,
    ) -> Option<ResolvedSchema<'a>> {
        let (found, mut base) = self.find_union(members, root)?;
        base.retain(|member| !member.keywords.is_constraint());
        if !base.is_empty() {
            self.distributed += found.branches.len();
            if self.distributed > MAX_DISTRIBUTED {
                let message = "too many subschemas of unions are merged with other properties; the subschemas of this union are ignored";
                let at = members
                    .last()
                    .map(|member| member.at.clone())
                    .unwrap_or_default();
                self.findings.warn(Code::UnionTooDeep, &at, message);
                return None;
            }
        }
        let discriminator = members.iter().rev().find_map(|member| {
            Some((
                member.keywords.data.discriminator.as_ref()?,
                member.at.child("discriminator"),
            ))
        });
        Some(self.resolve_union_source(&found, &base, discriminator))
    }

    /// Resolves a value that matches any of these schemas.
    pub(in crate::lower) fn resolve_any_of(
        &mut self,
        schema_refs: &[SchemaRef<'a>],
    ) -> ResolvedSchema<'a> {
        let found = UnionSource {
            branches: schema_refs.to_vec(),
            owner: None,
        };
        self.resolve_union_source(&found, &[], None)
    }

    fn resolve_union_source(
        &mut self,
        found: &UnionSource<'a>,
        base: &[AllOfMember<'a>],
        discriminator: Option<(&'a Discriminator, Pointer)>,
    ) -> ResolvedSchema<'a> {
        let (mut nullable, mut circular) = (false, false);
        let mut list = Vec::with_capacity(found.branches.len());
        let says_more = !found.branches.iter().all(is_null_branch);
        for (index, branch) in found.branches.iter().enumerate() {
            if is_repeated(branch, found.branches.get(..index).unwrap_or_default()) {
                continue;
            }
            if says_more && is_null_branch(branch) {
                nullable = true;
                continue;
            }
            let Some(variant) = self.variant(branch, base, found) else {
                continue;
            };
            if self.is_itself(&variant, found.owner) {
                self.findings.warn(
                    CIRCULAR,
                    &branch.at,
                    "this subschema is the union itself; it is ignored",
                );
                nullable |= variant.resolved.nullable;
                circular = true;
                continue;
            }
            nullable |= self.is_nullable(&variant.resolved);
            if !self.is_only_null(&variant.resolved) {
                list.push(variant);
            }
        }
        let mut resolved = if circular && list.is_empty() && !nullable {
            ResolvedSchema::new(SchemaShape::UNSUPPORTED)
        } else {
            self.resolve_variants(list, discriminator, found)
        };
        resolved.nullable |= nullable;
        resolved
    }

    /// Returns the union among the members, and the other members.
    fn find_union(
        &mut self,
        members: &[AllOfMember<'a>],
        root: Option<ComponentId>,
    ) -> Option<(UnionSource<'a>, Vec<AllOfMember<'a>>)> {
        let mut found: Option<UnionSource<'a>> = None;
        let mut base = Vec::new();
        for member in members {
            let branches = self.table.union_branches(&member.keywords, &member.at);
            base.push(AllOfMember {
                keywords: member.keywords.without_unions(),
                ..member.clone()
            });
            if branches.is_empty() {
                continue;
            }
            if found.is_none() {
                found = Some(UnionSource {
                    branches,
                    owner: member.origin.or(root),
                });
            } else {
                self.add_optional(&branches, member, root, &mut base);
            }
        }
        Some((found?, base))
    }

    /// Adds the properties of a second union, which become optional.
    fn add_optional(
        &mut self,
        branches: &[SchemaRef<'a>],
        member: &AllOfMember<'a>,
        root: Option<ComponentId>,
        base: &mut Vec<AllOfMember<'a>>,
    ) {
        let message = "this schema has two unions; the properties of the second are optional";
        self.findings
            .warn(Code::MultipleUnions, &member.at, message);
        let (members, _) = self.flatten(branches, member.origin.or(root));
        base.extend(members.into_iter().map(|member| {
            let keywords = member.keywords.without_unions().without_required();
            AllOfMember { keywords, ..member }
        }));
    }

    /// Resolves a subschema together with the members around the union. Returns `None` if they
    /// have no value in common.
    fn variant(
        &mut self,
        branch: &SchemaRef<'a>,
        base: &[AllOfMember<'a>],
        found: &UnionSource<'a>,
    ) -> Option<VariantShape<'a>> {
        let resolved = if base.is_empty() || self.has_base(branch, base, found.owner) {
            self.resolve_variant(branch, found.owner)
        } else if self.distributing >= MAX_DISTRIBUTION_DEPTH {
            let message = "these unions nest too deep to be merged with the properties around them; those properties are ignored";
            self.findings.warn(Code::UnionTooDeep, &branch.at, message);
            self.resolve_variant(branch, found.owner)
        } else {
            let (members, annotations) = self.flatten(std::slice::from_ref(branch), found.owner);
            if !may_meet(base, &members) {
                return None;
            }
            let members = base.iter().cloned().chain(members).collect();
            self.distributing += 1;
            let resolved = self.resolve_members(members, found.owner, annotations);
            self.distributing -= 1;
            resolved
        };
        Some(VariantShape {
            resolved,
            component: branch.component(),
            discriminator_values: Vec::new(),
            name: Words::new(),
            at: branch.at.clone(),
        })
    }

    fn resolve_variant(
        &mut self,
        branch: &SchemaRef<'a>,
        owner: Option<ComponentId>,
    ) -> ResolvedSchema<'a> {
        // Whether a variant is the union itself, which adds no value.
        let annotated = branch.keywords().and_then(|keywords| {
            let only = self.table.only_branch(branch, &keywords)?;
            Some((keywords, only)).filter(|(_, only)| owner.is_some() && only.component() == owner)
        });
        match annotated {
            Some((keywords, only)) => self.resolve_annotated(branch, &keywords, &only, owner),
            None if branch.component().is_some() => self.resolve(branch),
            None => self.resolve_inline(branch, owner),
        }
    }

    /// Whether an variant is the union itself, which adds no value to it.
    fn is_itself(&mut self, variant: &VariantShape<'a>, owner: Option<ComponentId>) -> bool {
        let mut next = alias_target(&variant.resolved.shape);
        for _ in 0..MAX_ALIAS_CHAIN {
            let Some(id) = next else {
                break;
            };
            if Some(id) == owner {
                return true;
            }
            next = self
                .resolve_component(id)
                .and_then(|resolved| alias_target(&resolved.shape));
        }
        false
    }

    /// Whether a subschema already has the properties around the union.
    fn has_base(
        &mut self,
        branch: &SchemaRef<'a>,
        base: &[AllOfMember<'a>],
        owner: Option<ComponentId>,
    ) -> bool {
        let Some(id) = branch.component() else {
            return false;
        };
        if owner.is_some_and(|owner| self.table.inherits(id, owner)) {
            return true;
        }
        let Some(resolved) = self.resolve_component(id) else {
            return true;
        };
        match &resolved.shape {
            SchemaShape::Struct(object) => base.iter().all(|member| {
                let mut names = member
                    .keywords
                    .properties
                    .into_iter()
                    .flat_map(|properties| properties.keys());
                names.all(|name| object.properties.contains_key(name.as_str()))
            }),
            SchemaShape::Component(_) | SchemaShape::Union(_) => false,
            _ => true,
        }
    }

    fn resolve_variants(
        &mut self,
        list: Vec<VariantShape<'a>>,
        discriminator: Option<(&'a Discriminator, Pointer)>,
        found: &UnionSource<'a>,
    ) -> ResolvedSchema<'a> {
        if let Some(reason) = self.untyped(&list).filter(|_| discriminator.is_none()) {
            return ResolvedSchema::new(SchemaShape::Type(Type::Untyped(reason)));
        }
        let mut list = self.merge_scalar_variants(list);
        if list.len() <= 1 {
            return list.pop().map_or_else(
                || ResolvedSchema::new(SchemaShape::Type(Type::Null)),
                |only| only.resolved,
            );
        }
        let fallback = discriminator
            .as_ref()
            .and_then(|(discriminator, at)| self.find_default_variant(&list, discriminator, at));
        let selected = self.select_discriminator(&mut list, discriminator, found.owner);
        self.name_variants(&mut list, selected.as_ref().map(|selected| &selected.path));
        ResolvedSchema::new(SchemaShape::Union(UnionShape {
            variants: list,
            discriminator: selected,
            fallback,
        }))
    }

    fn untyped(&mut self, list: &[VariantShape<'a>]) -> Option<UntypedReason> {
        list.iter().find_map(
            |variant| match self.resolve_target(&variant.resolved)?.shape {
                SchemaShape::Type(Type::Untyped(reason)) => Some(reason),
                _ => None,
            },
        )
    }
}

/// Whether an earlier subschema is equal. It accepts the same values.
fn is_repeated(branch: &SchemaRef<'_>, earlier: &[SchemaRef<'_>]) -> bool {
    earlier.len() < MAX_COMPARED
        && branch.schema().is_some_and(|schema| {
            let mut earlier = earlier.iter().filter_map(SchemaRef::schema);
            earlier.any(|other| other == schema)
        })
}

/// Whether a value can satisfy both: a number can be an integer, but not a string.
fn may_meet(a: &[AllOfMember<'_>], b: &[AllOfMember<'_>]) -> bool {
    let kinds = |members: &[AllOfMember<'_>]| -> Vec<SchemaType> {
        let numbers = |kind| {
            if kind == SchemaType::Integer {
                SchemaType::Number
            } else {
                kind
            }
        };
        members
            .iter()
            .filter_map(|member| member.keywords.schema_type())
            .map(numbers)
            .collect()
    };
    let (a, b) = (kinds(a), kinds(b));
    a.is_empty() || b.is_empty() || a.iter().any(|kind| b.contains(kind))
}
