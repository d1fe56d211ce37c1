//! `models` of the configuration: schemas with an explicit name.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use indexmap::{IndexMap, IndexSet};

use super::builder::SchemaBuilder;
use super::type_name::TypeNamePath;
use crate::config::{Config, Model, ModelKind, Resource};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{ConfiguredType, Docs, Owner, Type, TypeAlias, TypeId, Types, WireName, Words};
use crate::lower::findings::Findings;
use crate::source::Pointer;

/// Explicit names of schemas, by JSON pointer.
#[derive(Debug, Default)]
pub(in crate::lower) struct ConfiguredModels {
    names: HashMap<Pointer, Words>,
    inner: Vec<(Pointer, Words, Pointer)>,
    /// The schemas of models, by dotted path.
    schemas: IndexMap<String, ModelSchema>,
    /// Second names of schemas.
    aliases: Vec<ModelAlias>,
    /// The dotted paths of the models that requests have in place of a schema.
    param_models: Vec<(String, Pointer)>,
}

/// A schema that the configuration names.
#[derive(Debug)]
struct ModelSchema {
    schema: Pointer,
    /// The JSON pointer of its entry in the configuration.
    pointer: Pointer,
}

/// A second name of a schema.
#[derive(Debug)]
struct ModelAlias {
    name: Words,
    schema: Pointer,
    deprecated: Option<String>,
}

impl ConfiguredModels {
    /// Reads the models of all resources.
    pub(in crate::lower) fn read(
        config: &Config,
        openapi: &openapiv3::OpenAPI,
        findings: &mut Findings,
    ) -> Self {
        let mut models = Self::default();
        for (name, resource) in &config.resources {
            models.add(name, resource, config, openapi, findings);
        }
        models.add_param_models();
        models
    }

    /// Adds the models that only requests have. Requests and responses share a type, so such a model
    /// is a second name, unless the configuration gives it a schema.
    fn add_param_models(&mut self) {
        for (path, schema) in std::mem::take(&mut self.param_models) {
            let name = path.rsplit('.').next().unwrap_or_default();
            if !self.schemas.contains_key(&path) {
                self.aliases.push(ModelAlias {
                    name: Words::split(name),
                    schema,
                    deprecated: None,
                });
            }
        }
    }

    fn add(
        &mut self,
        path: &str,
        resource: &Resource,
        config: &Config,
        openapi: &openapiv3::OpenAPI,
        findings: &mut Findings,
    ) {
        let like = config.target.like.as_ref().map(|like| like.value.as_str());
        let models = resource.models.iter();
        for (name, model) in models.filter(|(_, model)| model.filter.includes(like)) {
            match &model.kind {
                ModelKind::Schema(schema) => {
                    self.add_schema(path, name, schema.clone(), model, openapi, findings)
                }
                // The name of a component may look like a query.
                ModelKind::Query(query) if has_component(openapi, query) => {
                    let schema = component_pointer(query);
                    self.add_schema(path, name, schema, model, openapi, findings)
                }
                ModelKind::Query(_) => {
                    let message = "a query is not supported as the schema of a model; the schema keeps its own name";
                    let finding = Diagnostic::new(
                        Code::UnsupportedModelQuery,
                        model.pointer.clone(),
                        message,
                    );
                    findings.push(finding.in_config());
                }
                ModelKind::Alias(_) => {}
            }
        }
        for (name, model) in &resource.models {
            if let ModelKind::Alias(to) = &model.kind
                && model.filter.includes(like)
            {
                self.add_alias(path, name, to, model, findings);
            }
        }
        for (name, child) in &resource.subresources {
            self.add(&format!("{path}.{name}"), child, config, openapi, findings);
        }
    }

    fn add_schema(
        &mut self,
        path: &str,
        name: &str,
        schema: Pointer,
        model: &Model,
        openapi: &openapiv3::OpenAPI,
        findings: &mut Findings,
    ) {
        let words = Words::split(name);
        match component_name(&schema) {
            Some(component) => {
                if !has_component(openapi, &component) {
                    findings.push(unknown_schema_diagnostic(&component, &model.pointer));
                }
                match self.names.entry(schema.clone()) {
                    Entry::Vacant(entry) => {
                        entry.insert(words);
                    }
                    Entry::Occupied(_) => self.aliases.push(ModelAlias {
                        name: words,
                        schema: schema.clone(),
                        deprecated: model.deprecated.clone(),
                    }),
                }
            }
            None => self
                .inner
                .push((schema.clone(), words, model.pointer.clone())),
        }
        if let Some(twin) = &model.param_model {
            self.param_models.push((twin.clone(), schema.clone()));
        }
        let entry = ModelSchema {
            schema,
            pointer: model.pointer.clone(),
        };
        self.schemas.insert(format!("{path}.{name}"), entry);
    }

    /// Adds `{ type: alias, to }`: a second name of a model of the same resource.
    fn add_alias(
        &mut self,
        path: &str,
        name: &str,
        to: &str,
        model: &Model,
        findings: &mut Findings,
    ) {
        match self.schemas.get(&format!("{path}.{to}")) {
            Some(found) => self.aliases.push(ModelAlias {
                name: Words::split(name),
                schema: found.schema.clone(),
                deprecated: model.deprecated.clone(),
            }),
            None => findings.push(unknown_schema_diagnostic(to, &model.pointer)),
        }
    }

    /// The further names of types: aliases, and components without their own type, such as
    /// one that is only a `$ref`. Call it when all components are built.
    pub(in crate::lower) fn type_aliases(
        &mut self,
        schemas: &mut SchemaBuilder<'_>,
    ) -> Vec<TypeAlias> {
        let ids: HashMap<Pointer, TypeId> = schemas
            .types
            .iter()
            .map(|(id, def)| (def.pointer.clone(), id))
            .collect();
        let mut aliases = Vec::new();
        let own = self.schemas.values().map(|model| &model.schema);
        let own = own.filter(|schema| !ids.contains_key(*schema));
        let own: IndexSet<&Pointer> = own.collect();
        for schema in own {
            if let Some(name) = self.names.get(schema) {
                aliases.extend(alias_of_component(name, schema, None, schemas));
            }
        }
        self.inner.retain(|(schema, name, _)| {
            let alias = (!ids.contains_key(schema))
                .then(|| alias_of_inline_schema(name, schema, schemas))
                .flatten();
            let is_kept = alias.is_none();
            aliases.extend(alias);
            is_kept
        });
        for alias in &self.aliases {
            let note = alias.deprecated.as_ref();
            match ids.get(&alias.schema) {
                Some(id) => aliases.push(TypeAlias {
                    name: alias.name.clone(),
                    ty: Type::Named(*id),
                    docs: alias_docs(note),
                    owner: schemas.types.get(*id).owner.clone(),
                }),
                None => {
                    let (name, schema) = (&alias.name, &alias.schema);
                    let component = alias_of_component(name, schema, note, schemas);
                    aliases.extend(
                        component.or_else(|| alias_of_inline_schema(name, schema, schemas)),
                    );
                }
            }
        }
        aliases
    }

    /// Returns the JSON pointer of a model by its dotted path: `chat.completions.chunk`.
    pub(in crate::lower) fn schema_of(&self, path: &str) -> Option<&Pointer> {
        self.schemas.get(path).map(|model| &model.schema)
    }

    /// Returns the configured words of a component.
    pub(in crate::lower) fn words(&self, component: &str) -> Option<Words> {
        self.names.get(&component_pointer(component)).cloned()
    }

    /// The types of all schemas that are named here.
    pub(in crate::lower) fn types(&self, types: &Types) -> Vec<ConfiguredType> {
        let paths: HashMap<&Pointer, (&String, &ModelSchema)> = self
            .schemas
            .iter()
            .rev()
            .map(|(path, model)| (&model.schema, (path, model)))
            .collect();
        let types = types.iter();
        types
            .filter_map(|(id, def)| {
                let (path, model) = paths.get(&def.pointer)?;
                Some(ConfiguredType {
                    id,
                    path: (*path).clone(),
                    pointer: model.pointer.clone(),
                })
            })
            .collect()
    }

    /// Returns the type of error bodies that the configuration chooses: `errors.union.source`.
    pub(in crate::lower) fn error_body(
        &self,
        config: &Config,
        types: &Types,
        findings: &mut Findings,
    ) -> Option<Type> {
        let source = config.errors.source.as_ref()?;
        let (schema, name) = match &source.value {
            ModelKind::Schema(schema) => (Some(schema), schema.as_str()),
            ModelKind::Alias(name) | ModelKind::Query(name) => (None, name.as_str()),
        };
        let mut types = types.iter();
        let found = schema.and_then(|schema| types.find(|(_, def)| def.pointer == *schema));
        if found.is_none() {
            findings.push(unknown_schema_diagnostic(name, &source.pointer));
        }
        found.map(|(id, _)| Type::Named(id))
    }

    /// Names the types of inline schemas.
    pub(in crate::lower) fn name_inner(&self, types: &mut Types, findings: &mut Findings) {
        if self.inner.is_empty() {
            return;
        }
        let places: HashMap<Pointer, TypeId> = types
            .iter()
            .map(|(id, def)| (def.pointer.clone(), id))
            .collect();
        for (schema, name, at) in &self.inner {
            match places.get(schema) {
                Some(id) => types.get_mut(*id).name = name.clone(),
                None => findings.push(unknown_schema_diagnostic(schema.as_str(), at)),
            }
        }
    }
}

fn unknown_schema_diagnostic(schema: &str, at: &Pointer) -> Diagnostic {
    let message = format!("the schema `{schema}` does not exist or does not become a type");
    Diagnostic::new(Code::UnknownModel, at.clone(), message).in_config()
}

fn component_pointer(name: &str) -> Pointer {
    let components = Pointer::root().child("components");
    components.child("schemas").child(name)
}

/// The name of the component that stands at a pointer.
fn component_name(schema: &Pointer) -> Option<String> {
    let mut segments = schema.segments();
    let is_component = segments.next()? == "components" && segments.next()? == "schemas";
    let name = segments.next().filter(|_| is_component)?;
    segments.next().is_none().then_some(name)
}

fn has_component(openapi: &openapiv3::OpenAPI, name: &str) -> bool {
    let components = openapi.components.as_ref();
    components.is_some_and(|components| components.schemas.contains_key(name))
}

/// Another name for the type of a component.
fn alias_of_component(
    name: &Words,
    schema: &Pointer,
    deprecated: Option<&String>,
    schemas: &mut SchemaBuilder<'_>,
) -> Option<TypeAlias> {
    let component = component_name(schema)?;
    let id = schemas.table.find(&component)?;
    Some(TypeAlias {
        name: name.clone(),
        ty: schemas.build_component(id).with_null(),
        docs: alias_docs(deprecated),
        owner: Owner::Component(WireName::new(component)),
    })
}

/// A name for the type of an inline schema that has no type of its own, such as a scalar, a list or a
/// reference.
fn alias_of_inline_schema(
    name: &Words,
    schema: &Pointer,
    schemas: &mut SchemaBuilder<'_>,
) -> Option<TypeAlias> {
    let (component, schema_ref) = schemas.table.find_inline(schema)?;
    let owner = Owner::Component(WireName::new(component));
    let resolved = schemas.resolve(&schema_ref);
    let name_path = TypeNamePath::root(name, &owner);
    let built = schemas.build_once(&schema_ref, &resolved, &name_path);
    Some(TypeAlias {
        name: name.clone(),
        ty: built.with_null(),
        docs: alias_docs(None),
        owner,
    })
}

fn alias_docs(deprecated: Option<&String>) -> Docs {
    Docs {
        deprecated: deprecated.is_some(),
        deprecation: deprecated.filter(|note| !note.trim().is_empty()).cloned(),
        ..Docs::default()
    }
}
