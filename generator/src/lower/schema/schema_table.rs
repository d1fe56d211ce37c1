//! The table of a document's component schemas, which is only read.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use openapiv3::{AdditionalProperties, Components, ReferenceOr, Schema};
use serde_json::Value;

use super::all_of_member::AllOfMember;
use super::component_names::name_components;
use super::keywords::Keywords;
use super::schema_ref::{ComponentId, RefTarget, SchemaRef, resolve_ref_target};
use crate::ir::{Owner, WireName, Words};
use crate::lower::components::component_name;
use crate::lower::findings::Findings;
use crate::lower::name_extensions::{NamedItem, read_name};
use crate::source::Pointer;

/// Returns the name that the extensions of a component give it.
fn declared_name(
    schema: &ReferenceOr<Schema>,
    at: &Pointer,
    findings: &mut Findings,
) -> Option<Words> {
    let data = &schema.as_item()?.schema_data;
    read_name(NamedItem::Component, &data.extensions, at, findings)
}

/// The component schemas of a document, by id and by name.
#[derive(Debug)]
pub(in crate::lower) struct SchemaTable<'a> {
    components: Vec<Component<'a>>,
    index: HashMap<&'a str, ComponentId>,
}

/// A schema of `components.schemas`.
#[derive(Debug)]
struct Component<'a> {
    name: &'a str,
    words: Words,
    singular_is_taken: bool,
    owner: Rc<Owner>,
    schema_ref: SchemaRef<'a>,
}

impl<'a> SchemaTable<'a> {
    /// Collects the component schemas; `name` returns the configured words of a component's name.
    pub(in crate::lower) fn new(
        components: Option<&'a Components>,
        name: impl Fn(&str) -> Option<Words>,
        findings: &mut Findings,
    ) -> Self {
        let list = components.map(|components| &components.schemas);
        let index: HashMap<&str, ComponentId> = list
            .into_iter()
            .flat_map(|list| list.keys().enumerate())
            .map(|(i, name)| (name.as_str(), ComponentId(i)))
            .collect();
        let at = Pointer::root().child("components").child("schemas");
        let own_names: HashMap<String, &str> = (index.keys().copied())
            .map(|key| (Words::split(key).pascal(), key))
            .collect();
        // The name of another component stays with that component.
        let is_free =
            |words: &Words, key: &str| own_names.get(&words.pascal()).is_none_or(|own| *own == key);
        let find = |name: &str| index.get(name).copied();
        let (keys, fixed): (Vec<&str>, Vec<Option<Words>>) = list
            .into_iter()
            .flatten()
            .map(|(key, schema)| {
                let words = name(key).or_else(|| {
                    let declared = declared_name(schema, &at.child(key), findings);
                    declared.filter(|words| is_free(words, key))
                });
                (key.as_str(), words)
            })
            .unzip();
        let named = name_components(&keys, &fixed);
        let taken: HashSet<String> = named.iter().map(Words::pascal).collect();
        let components = list
            .into_iter()
            .flatten()
            .zip(named)
            .map(|((key, schema), words)| Component {
                name: key,
                singular_is_taken: taken.contains(&words.singular().pascal()),
                words,
                owner: Rc::new(Owner::Component(WireName::new(key))),
                schema_ref: SchemaRef {
                    target: resolve_ref_target(schema, find),
                    at: at.child(key),
                },
            })
            .collect();
        Self { components, index }
    }

    fn component(&self, id: ComponentId) -> &Component<'a> {
        self.components
            .get(id.0)
            .expect("a ComponentId is an index into its own table")
    }

    /// Returns the ids of all components.
    pub(in crate::lower) fn ids(&self) -> impl ExactSizeIterator<Item = ComponentId> + use<> {
        (0..self.components.len()).map(ComponentId)
    }

    /// Returns the component of this name.
    pub(in crate::lower) fn find(&self, name: &str) -> Option<ComponentId> {
        self.index.get(name).copied()
    }

    /// Finds the schema at a pointer below a component, and the name of the component. References on
    /// the way are followed.
    pub(in crate::lower) fn find_inline(&self, at: &Pointer) -> Option<(String, SchemaRef<'a>)> {
        let mut segments = at.segments().skip(2);
        let component = segments.next()?;
        let mut found = self.definition(self.find(&component)?);
        while let Some(keyword) = segments.next() {
            for _ in 0..self.components.len() {
                let Some(id) = found.component() else {
                    break;
                };
                found = self.definition(id);
            }
            let keywords = found.keywords()?;
            let here = found.at.child(&keyword);
            let list = match keyword.as_str() {
                "properties" => {
                    let name = segments.next()?;
                    let property = keywords.properties?.get(&name)?;
                    found = self.schema_ref(property, here.child(&name));
                    continue;
                }
                "items" => {
                    found = self.schema_ref(keywords.items?, here);
                    continue;
                }
                "additionalProperties" => {
                    let AdditionalProperties::Schema(values) = keywords.additional? else {
                        return None;
                    };
                    found = self.schema_ref(values.as_ref(), here);
                    continue;
                }
                "allOf" => keywords.all_of,
                "oneOf" => keywords.one_of,
                "anyOf" => keywords.any_of,
                _ => return None,
            };
            let index: usize = segments.next()?.parse().ok()?;
            found = self.schema_ref(list.get(index)?, here.index(index));
        }
        Some((component, found))
    }

    /// Returns the component that a mapping refers to, by reference or by its bare name. The load phase
    /// rewrites references of mappings first (`load/refs/rewrite.rs`).
    pub(in crate::lower) fn resolve_mapping(&self, reference: &str) -> Option<ComponentId> {
        let name = component_name(reference, "schemas");
        self.find(name.as_deref().unwrap_or(reference))
    }

    /// Returns the name of a component in the document.
    pub(in crate::lower) fn name(&self, id: ComponentId) -> &'a str {
        self.component(id).name
    }

    /// Returns the words for the name of a component's type.
    pub(in crate::lower) fn words(&self, id: ComponentId) -> &Words {
        &self.component(id).words
    }

    /// Whether the singular of a component's name is the name of another component.
    pub(in crate::lower) fn singular_is_taken(&self, id: ComponentId) -> bool {
        self.component(id).singular_is_taken
    }

    /// Returns the owner of the types inside a component.
    pub(in crate::lower) fn owner(&self, id: ComponentId) -> Rc<Owner> {
        Rc::clone(&self.component(id).owner)
    }

    /// Returns the definition of a component.
    pub(in crate::lower) fn definition(&self, id: ComponentId) -> SchemaRef<'a> {
        self.component(id).schema_ref.clone()
    }

    /// Returns a schema of the document with its JSON pointer.
    pub(in crate::lower) fn schema_ref<S: Borrow<Schema>>(
        &self,
        schema: &'a ReferenceOr<S>,
        at: Pointer,
    ) -> SchemaRef<'a> {
        SchemaRef {
            target: resolve_ref_target(schema, |name| self.find(name)),
            at,
        }
    }

    /// Returns the schemas under a keyword with their JSON pointers.
    pub(in crate::lower) fn branches(
        &self,
        list: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        keyword: &str,
    ) -> impl Iterator<Item = SchemaRef<'a>> {
        let at = at.child(keyword);
        list.iter()
            .enumerate()
            .map(move |(i, schema)| self.schema_ref(schema, at.index(i)))
    }

    /// Returns the subschemas of a `oneOf` or `anyOf`, unless they only say which properties go
    /// together.
    pub(in crate::lower) fn union_branches(
        &self,
        keywords: &Keywords<'a>,
        at: &Pointer,
    ) -> Vec<SchemaRef<'a>> {
        for (list, keyword) in [(keywords.one_of, "oneOf"), (keywords.any_of, "anyOf")] {
            let branches: Vec<SchemaRef<'a>> = self.branches(list, at, keyword).collect();
            let rules = branches.iter().all(|branch| {
                branch.keywords().is_some_and(|keywords| {
                    keywords.is_constraint() && !(keywords.is_annotation() && branches.len() == 1)
                })
            });
            if !rules {
                return branches;
            }
        }
        Vec::new()
    }

    /// Returns the only schema of an `allOf` with a shape, if all others only annotate it.
    pub(in crate::lower) fn only_branch(
        &self,
        schema_ref: &SchemaRef<'a>,
        keywords: &Keywords<'a>,
    ) -> Option<SchemaRef<'a>> {
        let own = keywords.without_all_of();
        if !own.adds_nothing() {
            return None;
        }
        let mut shaped = self
            .branches(keywords.all_of, &schema_ref.at, "allOf")
            .filter(|branch| {
                !branch
                    .keywords()
                    .is_some_and(|keywords| keywords.adds_nothing())
            });
        shaped.next().filter(|_| shaped.next().is_none())
    }

    /// Returns the schema that implies all others, if this is plain: the others say nothing, or it
    /// inherits from them.
    pub(in crate::lower) fn narrowest<'n>(
        &self,
        schema_refs: &'n [SchemaRef<'a>],
    ) -> Option<&'n SchemaRef<'a>> {
        let adds_nothing = |schema_ref: &SchemaRef<'a>| {
            schema_ref
                .keywords()
                .is_some_and(|keywords| keywords.adds_nothing())
        };
        let shaped: Vec<&SchemaRef<'a>> = schema_refs
            .iter()
            .filter(|schema_ref| !adds_nothing(schema_ref))
            .collect();
        match shaped.as_slice() {
            [] => schema_refs.last(),
            [only] => Some(only),
            many => many.iter().rev().copied().find(|schema_ref| {
                let Some(id) = schema_ref.component() else {
                    return false;
                };
                many.iter().all(|other| {
                    let other = other.component();
                    other.is_some_and(|other| other == id || self.inherits(id, other))
                })
            }),
        }
    }

    /// Returns the component whose `enum` has all these values, if the member is its definition.
    pub(in crate::lower) fn enum_component(
        &self,
        member: &AllOfMember<'a>,
        values: &[Value],
    ) -> Option<ComponentId> {
        let id = member
            .origin
            .filter(|_| member.keywords.values.len() == values.len())?;
        (self.definition(id).at == member.at).then_some(id)
    }

    /// Whether a component inherits from another through `allOf`.
    pub(in crate::lower) fn inherits(&self, id: ComponentId, from: ComponentId) -> bool {
        let mut seen = HashSet::from([id]);
        let mut open = vec![id];
        while let Some(next) = open.pop() {
            let schema_ref = self.definition(next);
            let parents = match schema_ref.keywords() {
                Some(keywords) => self.parents(&keywords),
                None => schema_ref.component().into_iter().collect(),
            };
            for parent in parents {
                if parent == from {
                    return true;
                }
                if seen.insert(parent) {
                    open.push(parent);
                }
            }
        }
        false
    }

    fn parents(&self, keywords: &Keywords<'a>) -> Vec<ComponentId> {
        keywords
            .all_of
            .iter()
            .filter_map(
                |schema| match resolve_ref_target(schema, |name| self.find(name)) {
                    RefTarget::Component(id) => Some(id),
                    _ => None,
                },
            )
            .collect()
    }
}
