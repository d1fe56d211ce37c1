//! The properties of objects.

use super::{is_named_type, json};
use crate::ir::{AdditionalProperties, Field, Presence, Struct, Type, WireName, Words};
use crate::lower::name_extensions::{NamedItem, read_name};
use crate::lower::schema::builder::SchemaBuilder;
use crate::lower::schema::built_type::{BuiltType, TypeContext};
use crate::lower::schema::shape::{
    ObjectShape, PropertyShape, PropertySource, ResolvedSchema, SchemaShape,
};
use crate::lower::schema::type_name::TypeNamePath;

impl<'a> SchemaBuilder<'a> {
    pub(super) fn build_struct(
        &mut self,
        object: &ObjectShape<'a>,
        context: TypeContext<'_, 'a>,
    ) -> Struct {
        let fields = object
            .properties
            .iter()
            .map(|(name, property_shape)| self.build_field(name, property_shape, context.name_path))
            .collect();
        let additional = match object.additional.as_slice() {
            [] => AdditionalProperties::Kept,
            values => match self.build_any_of(values, &context.name_path.value()) {
                Type::Untyped(_) => AdditionalProperties::Kept,
                ty => AdditionalProperties::Typed(ty),
            },
        };
        Struct { fields, additional }
    }

    fn build_field(
        &mut self,
        name: &str,
        property_shape: &PropertyShape<'a>,
        name_path: &TypeNamePath<'_>,
    ) -> Field {
        let resolved = self.resolve_property(property_shape);
        let built = match property_shape.files {
            Some(files) => BuiltType::new(files.ty()),
            None => self.build_property(name, property_shape, &resolved, name_path),
        };
        let all = self.with_target_annotations(&resolved);
        // The annotations of a named type are shown at its declaration. A list has none.
        let own = if is_named_type(&built.ty) {
            &resolved.annotations
        } else {
            &all
        };
        let example = own.example();
        let sample = match (&example, property_shape.files) {
            (None, None) => self.sample_value(name, &resolved, &all),
            _ => None,
        };
        Field {
            wire: WireName::new(name),
            name: self.name_field(name, property_shape),
            presence: match property_shape.files {
                // A multipart part is never null.
                Some(_) => Presence::new(
                    property_shape.required && !self.is_nullable(&resolved),
                    false,
                ),
                None => Presence::new(property_shape.required, built.nullable),
            },
            constant: built.constant.or_else(|| self.single_value_of(&resolved)),
            ty: built.ty,
            access: all.access(),
            default: all.default_value().cloned(),
            docs: own.docs(),
            example,
            sample,
            pointer: property_shape
                .sources
                .last()
                .map(|source| source.schema_ref.at.clone())
                .unwrap_or_default(),
        }
    }

    /// Returns the words of a field: those that an extension gives, or those of the property.
    fn name_field(&mut self, name: &str, property_shape: &PropertyShape<'a>) -> Words {
        let sources = property_shape.sources.iter();
        let declared = sources
            .map(|source| &source.schema_ref)
            .find_map(|schema_ref| {
                let extensions = &schema_ref.schema()?.schema_data.extensions;
                let item = NamedItem::Property;
                read_name(item, extensions, &schema_ref.at, &mut self.findings)
            });
        declared.unwrap_or_else(|| Words::split(name))
    }

    /// Builds the type of a property. A property of a component names its type for that component,
    /// even in a schema that inherits it.
    fn build_property(
        &mut self,
        name: &str,
        property_shape: &PropertyShape<'a>,
        resolved: &ResolvedSchema<'a>,
        name_path: &TypeNamePath<'_>,
    ) -> BuiltType {
        match property_shape.sources.as_slice() {
            [
                PropertySource {
                    schema_ref,
                    origin: Some(origin),
                },
            ] if !resolved.shape.is_same_everywhere() => {
                let (words, owner) = (self.table.words(*origin).clone(), self.table.owner(*origin));
                let name_path = TypeNamePath::root(&words, &owner);
                self.build_once(schema_ref, resolved, &name_path.property(name))
            }
            [PropertySource { schema_ref, .. }] => {
                self.build_once(schema_ref, resolved, &name_path.property(name))
            }
            sources => {
                let sources = sources.iter().map(|source| source.schema_ref.at.clone());
                let sources: Vec<_> = sources.collect();
                self.build_resolved(resolved, &name_path.property(name), &sources)
            }
        }
    }

    /// Returns the only value of a schema that has one.
    pub(in crate::lower) fn single_value_of(
        &mut self,
        resolved: &ResolvedSchema<'a>,
    ) -> Option<serde_json::Value> {
        match &self.resolve_target(resolved)?.shape {
            SchemaShape::Constant(_, value) => Some(value.clone()),
            SchemaShape::Enum(values) => match values.as_slice() {
                [only] => Some(json(&only.value)),
                _ => None,
            },
            _ => None,
        }
    }
}
