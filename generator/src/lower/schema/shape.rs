//! The shape of a schema: which kind of type it is, before the types that it is
//! built of are looked at.
//!
//! Deciding is apart from making, because a reference must know whether its
//! target is a named type without lowering all that the target refers to.

use std::ops::Deref;
use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::Value;

use super::all_of::AllOfMember;
use super::annotations::Annotations;
use super::keywords::{Keywords, SchemaType};
use super::schema_ref::{ComponentId, RefTarget, SchemaRef};
use super::schemas::Schemas;
use crate::diagnostics::Code;
use crate::ir::{EnumValue, PropertyPath, Type, UntypedReason, Words};
use crate::load::keys;
use crate::lower::operation::multipart_files::FilePart;
use crate::source::Pointer;

/// The shape of a schema, with what it says beside.
#[derive(Debug, Clone)]
pub(in crate::lower) struct ResolvedSchema<'a> {
    /// Its shape.
    pub(in crate::lower) shape: SchemaShape<'a>,
    /// Whether `null` is one of its values, its target's own say apart.
    pub(in crate::lower) nullable: bool,
    /// What it says beside its shape.
    pub(in crate::lower) annotations: Annotations<'a>,
}

/// What a shape is in the end: itself, or that of a component.
#[derive(Debug)]
pub(in crate::lower) enum ResolvedTarget<'f, 'a> {
    /// The shape itself.
    Here(&'f ResolvedSchema<'a>),
    /// The shape of the component that it is the same as.
    There(Rc<ResolvedSchema<'a>>),
}

impl<'a> Deref for ResolvedTarget<'_, 'a> {
    type Target = ResolvedSchema<'a>;

    fn deref(&self) -> &ResolvedSchema<'a> {
        match self {
            Self::Here(resolved) => resolved,
            Self::There(resolved) => resolved,
        }
    }
}

/// Which kind of type a schema is.
#[derive(Debug, Clone)]
pub(in crate::lower) enum SchemaShape<'a> {
    /// Exactly that component.
    Component(ComponentId),
    /// A type that needs no further look.
    Type(Type),
    /// Always this value.
    Constant(Type, Value),
    /// One of these values.
    Enum(Vec<EnumValue>),
    /// A list of elements of (any of) these schemas.
    Array(Vec<SchemaRef<'a>>),
    /// A list with a schema for each place.
    Tuple(TupleShape<'a>),
    /// An object whose values are of (any of) these schemas, under any key.
    Map(Vec<SchemaRef<'a>>),
    /// An object with declared properties.
    Struct(ObjectShape<'a>),
    /// One of several.
    Union(UnionShape<'a>),
}

/// A list with a schema for each place.
#[derive(Debug, Clone)]
pub(in crate::lower) struct TupleShape<'a> {
    /// The schemas of the places.
    pub(in crate::lower) list: Vec<SchemaRef<'a>>,
    /// How many of them are always there.
    pub(in crate::lower) required: usize,
    /// What follows them.
    pub(in crate::lower) end: TupleRest<'a>,
}

/// What follows the places of a tuple.
#[derive(Debug, Clone)]
pub(in crate::lower) enum TupleRest<'a> {
    /// Nothing.
    Closed,
    /// The document does not say.
    Unspecified,
    /// Values of this schema.
    Items(SchemaRef<'a>),
}

/// An object with declared properties.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct ObjectShape<'a> {
    /// The properties.
    pub(in crate::lower) properties: IndexMap<&'a str, PropertyShape<'a>>,
    /// The schemas of values under any other key; none if the document says
    /// nothing of them.
    pub(in crate::lower) additional: Vec<SchemaRef<'a>>,
}

/// A property of an object.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct PropertyShape<'a> {
    /// The schemas that its value fulfils, all of them.
    pub(in crate::lower) sources: Vec<PropertySource<'a>>,
    /// Whether it must be there.
    pub(in crate::lower) required: bool,
    /// The files that it is, as a member of a shape.
    pub(in crate::lower) files: Option<FilePart>,
}

/// A schema of a property, with the component that declares it.
#[derive(Debug, Clone)]
pub(in crate::lower) struct PropertySource<'a> {
    /// The schema.
    pub(in crate::lower) schema_ref: SchemaRef<'a>,
    /// The component, if it is not the schema that is being resolved.
    pub(in crate::lower) origin: Option<ComponentId>,
}

/// The variants of a union.
#[derive(Debug, Clone)]
pub(in crate::lower) struct UnionShape<'a> {
    /// The variants, in the order of the document.
    pub(in crate::lower) variants: Vec<VariantShape<'a>>,
    /// The property that tells them apart, if there is one.
    pub(in crate::lower) discriminator: Option<PropertyPath>,
    /// The place of the variant that is meant where the tag says nothing.
    pub(in crate::lower) fallback: Option<usize>,
}

/// An variant of a union.
#[derive(Debug, Clone)]
pub(in crate::lower) struct VariantShape<'a> {
    /// Its shape.
    pub(in crate::lower) resolved: ResolvedSchema<'a>,
    /// The component that it is named for.
    pub(in crate::lower) component: Option<ComponentId>,
    /// The values of the tag that select it.
    pub(in crate::lower) discriminator_values: Vec<String>,
    /// The words of its name.
    pub(in crate::lower) name: Words,
    /// Where it stands.
    pub(in crate::lower) at: Pointer,
}

impl<'a> ResolvedSchema<'a> {
    /// A shape that is never null and says nothing else.
    pub(in crate::lower) fn new(shape: SchemaShape<'a>) -> Self {
        Self {
            shape,
            nullable: false,
            annotations: Annotations::default(),
        }
    }
}

impl SchemaShape<'_> {
    /// Any JSON, as the document says.
    pub(in crate::lower) const ANYTHING: Self = Self::Type(Type::Untyped(UntypedReason::Declared));
    /// Any JSON, for want of a better type.
    pub(in crate::lower) const UNSUPPORTED: Self =
        Self::Type(Type::Untyped(UntypedReason::Unsupported));

    /// Whether the shape becomes a type with a name.
    pub(in crate::lower) const fn is_named(&self) -> bool {
        matches!(self, Self::Enum(_) | Self::Struct(_) | Self::Union(_))
    }

    /// Whether nothing is known of its values but that they may be objects.
    pub(in crate::lower) fn is_free(&self) -> bool {
        match self {
            Self::Type(ty) => matches!(ty, Type::Untyped(_) | Type::Null),
            Self::Map(values) => values.is_empty(),
            Self::Struct(object) => object.properties.is_empty() && object.additional.is_empty(),
            _ => false,
        }
    }

    /// Whether the type of this shape is the same wherever it stands.
    pub(in crate::lower) const fn is_same_everywhere(&self) -> bool {
        matches!(
            self,
            Self::Component(_) | Self::Type(_) | Self::Constant(..)
        )
    }
}

impl<'a> Schemas<'a> {
    /// The shape of a schema.
    pub(in crate::lower) fn resolve(&mut self, schema_ref: &SchemaRef<'a>) -> ResolvedSchema<'a> {
        match schema_ref.target {
            RefTarget::Component(id) => ResolvedSchema::new(SchemaShape::Component(id)),
            RefTarget::Schema(_) => self.resolve_inline(schema_ref, None),
            RefTarget::Missing => {
                self.findings.warn(
                    Code::UnresolvedRef,
                    &schema_ref.at,
                    "this reference leads to no schema",
                );
                ResolvedSchema::new(SchemaShape::UNSUPPORTED)
            }
        }
    }

    /// The shape of a schema that stands in place; `root` is the component that
    /// it is the definition of.
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

    /// The shape of a value that fulfils all of these members.
    pub(in crate::lower) fn resolve_members(
        &mut self,
        members: Vec<AllOfMember<'a>>,
        root: Option<ComponentId>,
        mut annotations: Annotations<'a>,
    ) -> ResolvedSchema<'a> {
        let nullable = is_nullable(&members);
        annotations.set_format(
            members
                .iter()
                .rev()
                .find_map(|member| member.keywords.format),
        );
        // A list of values says more than any variants beside it.
        let resolved = self
            .resolve_enum(&members)
            .or_else(|| self.resolve_union(&members, root))
            .unwrap_or_else(|| ResolvedSchema::new(self.shape_by_type(&members, &annotations)));
        ResolvedSchema {
            shape: resolved.shape,
            nullable: resolved.nullable || nullable,
            annotations,
        }
    }

    fn shape_by_type(
        &mut self,
        members: &[AllOfMember<'a>],
        annotations: &Annotations<'a>,
    ) -> SchemaShape<'a> {
        match self.merge_types(members) {
            Some(SchemaType::Object) => self.shape_object(members),
            Some(SchemaType::Array) => self.shape_array(members),
            Some(kind) => SchemaShape::Type(super::scalar::scalar(kind, members, annotations)),
            None => self.shape_untyped(members),
        }
    }

    /// The type that all members agree on. Where they do not, the last one wins.
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
                    let message =
                        "the schemas of this `allOf` have different types; the last one is taken";
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
                    let message = format!("`{other}` is not a type; the value is left as raw JSON");
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
                    member.keywords.extension(keys::PREFIX_ITEMS)?.as_array()?,
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
                .is_some_and(|keywords| keywords.has(keys::NEVER))
        };
        let most = members
            .iter()
            .filter_map(|member| member.keywords.max_items)
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
        if prefix.len() > LONGEST_TUPLE {
            return SchemaShape::Array(prefix.into_iter().chain(rest).collect());
        }
        // Without `minItems`, an array may end before any of its places (JSON Schema 2020-12,
        // section 10.3.1.1).
        let least = members
            .iter()
            .filter_map(|member| member.keywords.min_items)
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

/// The longest tuple that the runtime reads.
const LONGEST_TUPLE: usize = 8;

fn is_nullable(members: &[AllOfMember<'_>]) -> bool {
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
