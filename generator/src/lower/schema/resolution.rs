//! Resolution: the shape of a schema from its keywords.

use super::all_of_member::AllOfMember;
use super::annotations::Annotations;
use super::builder::SchemaBuilder;
use super::keywords::SchemaType;
use super::nullability::is_null_allowed_by_members;
use super::schema_ref::{ComponentId, RefTarget, SchemaRef};
use super::shape::{
    MAX_ALIAS_CHAIN, ResolvedSchema, ResolvedTarget, SchemaShape, TupleRest, TupleShape,
};
use super::value_constraints::ValueConstraints;
use crate::diagnostics::Code;
use crate::load::internal_extensions;

impl<'a> SchemaBuilder<'a> {
    /// Resolves a schema or a reference.
    pub(in crate::lower) fn resolve(&mut self, schema_ref: &SchemaRef<'a>) -> ResolvedSchema<'a> {
        match schema_ref.target {
            RefTarget::Component(id) => ResolvedSchema::new(SchemaShape::Component(id)),
            RefTarget::Schema(_) => self.resolve_inline(schema_ref, None),
            RefTarget::Missing => {
                self.findings.warn(
                    Code::UnresolvedRef,
                    &schema_ref.at,
                    "this reference does not resolve to a schema; it is ignored",
                );
                ResolvedSchema::new(SchemaShape::UNSUPPORTED)
            }
        }
    }

    /// Resolves an inline schema. `root` is the component that it defines, if any.
    pub(in crate::lower) fn resolve_inline(
        &mut self,
        schema_ref: &SchemaRef<'a>,
        root: Option<ComponentId>,
    ) -> ResolvedSchema<'a> {
        let Some(keywords) = schema_ref.keywords() else {
            return self.resolve(schema_ref);
        };
        if keywords.all_of.is_empty() {
            let mut annotations = Annotations::default();
            annotations.push(keywords.data);
            let member = AllOfMember {
                keywords,
                at: schema_ref.at.clone(),
                origin: None,
            };
            return self.resolve_members(vec![member], root, annotations);
        }
        self.resolve_all_of(schema_ref, &keywords, root)
    }

    /// Resolves a value that satisfies all of these members.
    pub(in crate::lower) fn resolve_members(
        &mut self,
        members: Vec<AllOfMember<'a>>,
        root: Option<ComponentId>,
        annotations: Annotations<'a>,
    ) -> ResolvedSchema<'a> {
        let nullable = is_null_allowed_by_members(&members);
        let constraints = members
            .iter()
            .rev()
            .map(|member| member.keywords.constraints);
        let constraints = constraints.fold(ValueConstraints::default(), ValueConstraints::narrow);
        // An `enum` is more specific than a union next to it.
        let resolved = self
            .resolve_enum(&members)
            .or_else(|| self.resolve_union(&members, root))
            .unwrap_or_else(|| ResolvedSchema::new(self.shape_by_type(&members, &annotations)));
        ResolvedSchema {
            shape: resolved.shape,
            nullable: resolved.nullable || nullable,
            annotations,
            constraints,
        }
    }

    /// Resolves references until a schema that is not a reference.
    pub(in crate::lower) fn resolve_target<'f>(
        &mut self,
        resolved: &'f ResolvedSchema<'a>,
    ) -> Option<ResolvedTarget<'f, 'a>> {
        let SchemaShape::Component(id) = resolved.shape else {
            return Some(ResolvedTarget::Here(resolved));
        };
        let mut target = self.resolve_component(id)?;
        for _ in 0..MAX_ALIAS_CHAIN {
            let SchemaShape::Component(id) = target.shape else {
                return Some(ResolvedTarget::There(target));
            };
            target = self.resolve_component(id)?;
        }
        None
    }

    /// Returns the annotations of a schema, with those of its target if it has no type of its own.
    pub(in crate::lower) fn with_target_annotations(
        &mut self,
        resolved: &ResolvedSchema<'a>,
    ) -> Annotations<'a> {
        let mut annotations = resolved.annotations.clone();
        if resolved.shape.is_same_everywhere()
            && let Some(target) = self.resolve_target(resolved)
        {
            annotations.extend(&target.annotations);
        }
        annotations
    }

    /// Returns the restrictions of a schema, with those of its target if it has no type of its own.
    pub(in crate::lower) fn with_target_constraints(
        &mut self,
        resolved: &ResolvedSchema<'a>,
    ) -> ValueConstraints<'a> {
        let own = resolved.constraints;
        if !resolved.shape.is_same_everywhere() {
            return own;
        }
        let target = self.resolve_target(resolved);
        target.map_or(own, |target| own.narrow(target.constraints))
    }

    fn shape_by_type(
        &mut self,
        members: &[AllOfMember<'a>],
        annotations: &Annotations<'a>,
    ) -> SchemaShape<'a> {
        match self.merge_types(members) {
            Some(SchemaType::Object) => self.shape_object(members),
            Some(SchemaType::Array) => self.shape_array(members),
            Some(kind) => {
                SchemaShape::Type(super::scalar_formats::scalar(kind, members, annotations))
            }
            None => self.shape_untyped(members),
        }
    }

    /// Returns the type that all members agree on, or else the last one.
    pub(in crate::lower) fn merge_types(
        &mut self,
        members: &[AllOfMember<'a>],
    ) -> Option<SchemaType> {
        let mut agreed: Option<SchemaType> = None;
        for member in members {
            let Some(kind) = member.keywords.schema_type() else {
                continue;
            };
            agreed = Some(match agreed {
                Some(SchemaType::Integer) if kind == SchemaType::Number => SchemaType::Integer,
                Some(SchemaType::Number) if kind == SchemaType::Integer => SchemaType::Integer,
                Some(before) if before != kind => {
                    let message = "the subschemas of this `allOf` have different types; the last type is used";
                    self.findings
                        .warn(Code::ConflictingTypes, &member.at, message);
                    kind
                }
                _ => kind,
            });
        }
        agreed
    }

    fn shape_untyped(&mut self, members: &[AllOfMember<'a>]) -> SchemaShape<'a> {
        for member in members {
            match member.keywords.ty {
                None | Some("any" | "object") => {}
                Some(other) => {
                    let message = format!(
                        "`{other}` is not a JSON Schema type; values are exposed as raw JSON"
                    );
                    self.findings.warn(Code::InvalidType, &member.at, message);
                    return SchemaShape::UNSUPPORTED;
                }
            }
        }
        SchemaShape::ANYTHING
    }

    fn shape_array(&mut self, members: &[AllOfMember<'a>]) -> SchemaShape<'a> {
        let prefix: Vec<SchemaRef<'a>> = members
            .iter()
            .rev()
            .find_map(|member| {
                Some((
                    member,
                    member
                        .keywords
                        .extension(internal_extensions::PREFIX_ITEMS)?
                        .as_array()?,
                ))
            })
            .map(|(member, list)| self.parse_list(list, &member.at.child("prefixItems")))
            .unwrap_or_default();
        let rest = members.iter().rev().find_map(|member| {
            Some(self.schema_ref(member.keywords.items?, member.at.child("items")))
        });
        let never = |schema_ref: &SchemaRef<'_>| {
            schema_ref
                .keywords()
                .is_some_and(|keywords| keywords.has(internal_extensions::NEVER))
        };
        let most = members
            .iter()
            .filter_map(|member| member.keywords.constraints.max_items)
            .min();
        let most = if rest.as_ref().is_some_and(never) {
            Some(most.unwrap_or(prefix.len()).min(prefix.len()))
        } else {
            most
        };
        let rest = rest.filter(|schema_ref| !never(schema_ref));
        if prefix.is_empty() {
            return SchemaShape::Array(rest.into_iter().collect());
        }
        if prefix.len() > MAX_TUPLE_LENGTH {
            return SchemaShape::Array(prefix.into_iter().chain(rest).collect());
        }
        // Without `minItems`, an array can end before any of its elements (JSON Schema 2020-12,
        // section 10.3.1.1).
        let least = members
            .iter()
            .filter_map(|member| member.keywords.constraints.min_items)
            .max();
        let required = [least.unwrap_or(0), most.unwrap_or(usize::MAX)].into_iter();
        SchemaShape::Tuple(TupleShape {
            required: required.fold(prefix.len(), usize::min),
            end: match rest {
                _ if most.is_some_and(|most| most <= prefix.len()) => TupleRest::Closed,
                Some(schema_ref) => TupleRest::Items(schema_ref),
                None => TupleRest::Unspecified,
            },
            list: prefix,
        })
    }
}

/// Maximum length of a tuple that the runtime decodes.
const MAX_TUPLE_LENGTH: usize = 8;
