//! `models` of the configuration: schemas with an explicit name.

use std::collections::HashMap;

use crate::config::{Config, ModelKind, Resource};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{TypeId, Types, Words};
use crate::lower::findings::Findings;
use crate::source::Pointer;

/// Explicit names of schemas, by JSON pointer.
#[derive(Debug, Default)]
pub(in crate::lower) struct ConfiguredModels {
    names: HashMap<Pointer, Words>,
    inner: Vec<(Pointer, Words, Pointer)>,
    /// JSON pointers of models, by dotted path.
    schemas: HashMap<String, Pointer>,
}

impl ConfiguredModels {
    /// Reads the models of all resources.
    pub(in crate::lower) fn of(
        config: &Config,
        openapi: &openapiv3::OpenAPI,
        findings: &mut Findings,
    ) -> Self {
        let mut models = Self::default();
        for (name, resource) in &config.resources {
            models.add(name, resource, openapi, findings);
        }
        models
    }

    fn add(
        &mut self,
        path: &str,
        resource: &Resource,
        openapi: &openapiv3::OpenAPI,
        findings: &mut Findings,
    ) {
        for (name, model) in &resource.models {
            match &model.kind {
                ModelKind::Schema(schema) => {
                    self.schemas
                        .insert(format!("{path}.{name}"), schema.clone());
                    self.schema(schema, name, &model.pointer, openapi, findings)
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
        for (name, child) in &resource.subresources {
            self.add(&format!("{path}.{name}"), child, openapi, findings);
        }
    }

    fn schema(
        &mut self,
        schema: &Pointer,
        name: &str,
        at: &Pointer,
        openapi: &openapiv3::OpenAPI,
        findings: &mut Findings,
    ) {
        let segments: Vec<String> = schema.segments().collect();
        match segments.as_slice() {
            [components, schemas, component]
                if components == "components" && schemas == "schemas" =>
            {
                let known = openapi
                    .components
                    .as_ref()
                    .is_some_and(|c| c.schemas.contains_key(component));
                if !known {
                    findings.push(unknown(component, at));
                }
                self.names.insert(schema.clone(), Words::split(name));
            }
            _ => self
                .inner
                .push((schema.clone(), Words::split(name), at.clone())),
        }
    }

    /// Returns the JSON pointer of a model by its dotted path: `chat.completions.chunk`.
    pub(in crate::lower) fn schema_of(&self, path: &str) -> Option<&Pointer> {
        self.schemas.get(path)
    }

    /// Returns the words of a component: its explicit name, or its own.
    pub(in crate::lower) fn words(&self, component: &str) -> Words {
        let at = Pointer::root()
            .child("components")
            .child("schemas")
            .child(component);
        self.names
            .get(&at)
            .cloned()
            .unwrap_or_else(|| Words::split(component))
    }

    /// Returns the types with explicit names.
    pub(in crate::lower) fn types(&self, types: &Types) -> Vec<TypeId> {
        let inner = |at: &Pointer| self.inner.iter().any(|(schema, ..)| schema == at);
        types
            .iter()
            .filter(|(_, def)| self.names.contains_key(&def.pointer) || inner(&def.pointer))
            .map(|(id, _)| id)
            .collect()
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
                None => findings.push(unknown(schema.as_str(), at)),
            }
        }
    }
}

fn unknown(schema: &str, at: &Pointer) -> Diagnostic {
    let message = format!("the schema `{schema}` does not exist or does not become a type");
    Diagnostic::new(Code::UnknownModel, at.clone(), message).in_config()
}
