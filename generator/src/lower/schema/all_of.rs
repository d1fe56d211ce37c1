//! `allOf`: the keywords of all schemas that a value must satisfy.

use std::collections::HashSet;

use openapiv3::{AdditionalProperties, Schema};
use serde_json::Value;

use super::all_of_member::AllOfMember;
use super::annotations::Annotations;
use super::builder::SchemaBuilder;
use super::keywords::Keywords;
use super::schema_ref::{ComponentId, RefTarget, SchemaRef};
use super::shape::{ObjectShape, PropertyShape, PropertySource, ResolvedSchema, SchemaShape};
use crate::diagnostics::Code;
use crate::load::internal_extensions;
use crate::source::Pointer;

/// An `allOf` while it is flattened.
#[derive(Debug, Default)]
struct FlattenedAllOf<'a> {
    members: Vec<AllOfMember<'a>>,
    annotations: Annotations<'a>,
    seen: HashSet<ComponentId>,
    stack: Vec<ComponentId>,
}

/// Maximum number of components that inherit from each other in a chain.
const MAX_ALL_OF_DEPTH: usize = 64;

impl<'a> SchemaBuilder<'a> {
    /// Resolves a schema with `allOf`.
    pub(in crate::lower) fn resolve_all_of(
        &mut self,
        schema_ref: &SchemaRef<'a>,
        keywords: &Keywords<'a>,
        root: Option<ComponentId>,
    ) -> ResolvedSchema<'a> {
        match self.table.only_branch(schema_ref, keywords) {
            Some(branch) if branch.component().is_none_or(|id| Some(id) != root) => {
                self.resolve_annotated(schema_ref, keywords, &branch, root)
            }
            _ => {
                let (members, annotations) = self.flatten(std::slice::from_ref(schema_ref), root);
                self.resolve_members(members, root, annotations)
            }
        }
    }

    pub(in crate::lower) fn resolve_annotated(
        &mut self,
        schema_ref: &SchemaRef<'a>,
        keywords: &Keywords<'a>,
        branch: &SchemaRef<'a>,
        root: Option<ComponentId>,
    ) -> ResolvedSchema<'a> {
        let mut resolved = self.resolve_branch(branch, root);
        let mut annotations = Annotations::default();
        annotations.push(keywords.data);
        resolved.allow_null_of(keywords.data);
        resolved.constraints = keywords.constraints.narrow(resolved.constraints);
        for other in self
            .table
            .branches(keywords.all_of, &schema_ref.at, "allOf")
        {
            let annotation = other.schema().filter(|_| !other.is_same(branch));
            if let Some(schema) = annotation {
                annotations.push(&schema.schema_data);
                resolved.allow_null_of(&schema.schema_data);
                let constraints = Keywords::new(schema).constraints;
                resolved.constraints = resolved.constraints.narrow(constraints);
            }
        }
        annotations.extend(&resolved.annotations);
        resolved.annotations = annotations;
        resolved
    }

    fn resolve_branch(
        &mut self,
        schema_ref: &SchemaRef<'a>,
        root: Option<ComponentId>,
    ) -> ResolvedSchema<'a> {
        match schema_ref.target {
            RefTarget::Schema(_) => self.resolve_inline(schema_ref, root),
            _ => self.resolve(schema_ref),
        }
    }

    /// Flattens schemas into the members that a value must satisfy.
    pub(in crate::lower) fn flatten(
        &mut self,
        schema_refs: &[SchemaRef<'a>],
        root: Option<ComponentId>,
    ) -> (Vec<AllOfMember<'a>>, Annotations<'a>) {
        let mut flat = FlattenedAllOf::default();
        flat.stack.extend(root);
        flat.seen.extend(root);
        for schema_ref in schema_refs {
            self.flatten_node(schema_ref, None, &mut flat);
        }
        (flat.members, flat.annotations)
    }

    fn flatten_node(
        &mut self,
        schema_ref: &SchemaRef<'a>,
        origin: Option<ComponentId>,
        flat: &mut FlattenedAllOf<'a>,
    ) {
        match schema_ref.target {
            RefTarget::Component(id) => self.flatten_component(id, &schema_ref.at, flat),
            RefTarget::Schema(schema) => self.flatten_schema(schema, schema_ref, origin, flat),
            RefTarget::Missing => {
                self.findings.warn(
                    Code::UnresolvedRef,
                    &schema_ref.at,
                    "this reference does not resolve to a schema; it is ignored",
                );
            }
        }
    }

    fn flatten_component(&mut self, id: ComponentId, at: &Pointer, flat: &mut FlattenedAllOf<'a>) {
        if flat.stack.contains(&id) {
            let message =
                "this schema contains itself through `allOf`; the inner reference is ignored";
            self.findings.warn(Code::CircularAllOf, at, message);
        } else if flat.stack.len() > MAX_ALL_OF_DEPTH {
            self.findings.warn(
                Code::AllOfTooDeep,
                at,
                "this chain of `allOf` is too long; the schemas beyond the limit are ignored",
            );
        } else if flat.seen.insert(id) {
            flat.stack.push(id);
            let schema_ref = self.table.definition(id);
            self.flatten_node(&schema_ref, Some(id), flat);
            flat.stack.pop();
        }
    }

    fn flatten_schema(
        &mut self,
        schema: &'a Schema,
        schema_ref: &SchemaRef<'a>,
        origin: Option<ComponentId>,
        flat: &mut FlattenedAllOf<'a>,
    ) {
        let keywords = Keywords::new(schema);
        let branches: Vec<SchemaRef<'a>> = self
            .table
            .branches(keywords.all_of, &schema_ref.at, "allOf")
            .collect();
        for branch in &branches {
            self.flatten_node(branch, origin, flat);
        }
        let own = keywords.without_all_of();
        // A parent can list its children as subschemas; they do not concern the child itself.
        let is_parent = self
            .table
            .union_branches(&own, &schema_ref.at)
            .iter()
            .any(|branch| {
                branch
                    .component()
                    .is_some_and(|id| flat.stack.contains(&id))
            });
        let keywords = if is_parent { own.without_unions() } else { own };
        if origin.is_none() {
            flat.annotations.push(keywords.data);
        }
        flat.members.push(AllOfMember {
            keywords,
            at: schema_ref.at.clone(),
            origin,
        });
    }

    /// Returns the shape of an object with the properties of all members.
    pub(in crate::lower) fn shape_object(
        &mut self,
        members: &[AllOfMember<'a>],
    ) -> SchemaShape<'a> {
        let mut object = ObjectShape::default();
        for member in members {
            self.add_members(member, &mut object);
            self.add_additional(member, &mut object.additional);
        }
        for name in members.iter().flat_map(|member| member.keywords.required) {
            if let Some(property_shape) = object.properties.get_mut(name.as_str()) {
                property_shape.required = true;
            }
        }
        self.required.note(members, &object);
        let closed = members.iter().any(|member| {
            matches!(
                member.keywords.additional,
                Some(AdditionalProperties::Any(false))
            )
        });
        match object.properties.is_empty() {
            true if closed && object.additional.is_empty() => SchemaShape::Struct(object),
            true => SchemaShape::Map(object.additional),
            false => SchemaShape::Struct(object),
        }
    }

    fn add_members(&mut self, member: &AllOfMember<'a>, object: &mut ObjectShape<'a>) {
        let Some(properties) = member.keywords.properties else {
            return;
        };
        let at = member.at.child("properties");
        for (name, schema) in properties {
            let schema_ref = self.schema_ref(schema, at.child(name));
            if schema_ref
                .keywords()
                .is_some_and(|keywords| keywords.has(internal_extensions::NEVER))
            {
                continue;
            }
            let property_shape: &mut PropertyShape<'a> = object.properties.entry(name).or_default();
            if !property_shape
                .sources
                .iter()
                .any(|source| source.schema_ref.is_same(&schema_ref))
            {
                property_shape.sources.push(PropertySource {
                    schema_ref,
                    origin: member.origin,
                });
            }
        }
    }

    fn add_additional(&mut self, member: &AllOfMember<'a>, additional: &mut Vec<SchemaRef<'a>>) {
        if let Some(AdditionalProperties::Schema(schema)) = member.keywords.additional {
            let schema_ref = self.schema_ref(schema, member.at.child("additionalProperties"));
            push_new(additional, schema_ref);
        }
        let patterns = member
            .keywords
            .extension(internal_extensions::PATTERN_PROPERTIES)
            .and_then(Value::as_object);
        for (pattern, schema) in patterns.into_iter().flatten() {
            let at = member.at.child("patternProperties").child(pattern);
            if let Some(schema_ref) = self.parse(schema, at) {
                push_new(additional, schema_ref);
            }
        }
    }
}

fn push_new<'a>(schema_refs: &mut Vec<SchemaRef<'a>>, schema_ref: SchemaRef<'a>) {
    if !schema_refs.iter().any(|other| other.is_same(&schema_ref)) {
        schema_refs.push(schema_ref);
    }
}
