//! Files of multipart forms: the parts that are file contents.

use std::slice;

use indexmap::IndexMap;
use indexmap::map::Entry;
use openapiv3::MediaType as Media;

use super::content::is_same;
use crate::diagnostics::Code;
use crate::ir::{StringKind, Type};
use crate::load::internal_extensions;
use crate::lower::media_type::is_binary;
use crate::lower::schema::builder::SchemaBuilder;
use crate::lower::schema::schema_ref::SchemaRef;
use crate::lower::schema::shape::{
    FilePart, ObjectShape, PropertyShape, ResolvedSchema, SchemaShape, UnionShape,
};
use crate::lower::schema::type_name::TypeNamePath;
use crate::source::Pointer;

/// A form with files.
#[derive(Debug)]
pub(in crate::lower) enum MultipartFiles<'a> {
    /// An object, whose properties know it.
    Object {
        object: ObjectShape<'a>,
        /// JSON pointers of parts with another schema than the one that is used.
        differing: Vec<Pointer>,
    },
    /// Files by their names.
    Map(Type),
}

/// Maximum depth of unions and arrays in the search for files.
const MAX_FILE_SEARCH_DEPTH: usize = 4;

impl<'a> SchemaBuilder<'a> {
    /// Builds the type of a form with files.
    pub(in crate::lower) fn build_multipart_type(
        &mut self,
        media: &'a Media,
        schema_ref: &SchemaRef<'a>,
        resolved: &ResolvedSchema<'a>,
        name_path: &TypeNamePath<'_>,
    ) -> Option<Type> {
        self.warn_of_nested(resolved);
        match self.files_of(media, resolved)? {
            MultipartFiles::Map(ty) => Some(ty),
            MultipartFiles::Object { object, differing } => {
                for at in &differing {
                    let message = "an earlier subschema of this form has another schema for this part; the earlier schema is used";
                    self.findings.warn(Code::ConflictingFormParts, at, message);
                }
                self.warn_of_undeclared(schema_ref, &object);
                let form = ResolvedSchema {
                    annotations: self.resolve_target(resolved)?.annotations.clone(),
                    ..ResolvedSchema::new(SchemaShape::Struct(object))
                };
                Some(
                    self.build_resolved(&form, name_path, slice::from_ref(&schema_ref.at))
                        .ty,
                )
            }
        }
    }

    /// Returns the form with its files marked, if it has any.
    pub(in crate::lower) fn files_of(
        &mut self,
        media: &'a Media,
        resolved: &ResolvedSchema<'a>,
    ) -> Option<MultipartFiles<'a>> {
        let mut differing = Vec::new();
        let mut object = match self.resolve_target(resolved)?.shape.clone() {
            SchemaShape::Struct(object) => object,
            SchemaShape::Map(values) => return self.map_of_files(&values).map(MultipartFiles::Map),
            SchemaShape::Union(union) => self.any_members(&union, &mut differing)?,
            _ => return None,
        };
        for (name, property_shape) in &mut object.properties {
            let resolved = self.resolve_property(property_shape);
            property_shape.files = (self.files(&resolved, MAX_FILE_SEARCH_DEPTH))
                .or_else(|| self.implied_files((media, name), property_shape, &resolved));
        }
        let has_files = object
            .properties
            .values()
            .any(|property_shape| property_shape.files.is_some());
        has_files.then_some(MultipartFiles::Object { object, differing })
    }

    /// Returns the files of a part whose schema accepts bytes, if its media types are binary or if
    /// nothing describes it.
    fn implied_files(
        &mut self,
        part: (&Media, &str),
        property_shape: &PropertyShape<'a>,
        resolved: &ResolvedSchema<'a>,
    ) -> Option<FilePart> {
        let sources = &property_shape.sources;
        let mut schemas = sources.iter().map(|source| &source.schema_ref);
        if self.is_encoded(part, resolved) || (is_undescribed(part) && schemas.all(is_bare)) {
            return Some(FilePart::One);
        }
        let SchemaShape::Array(elements) = self.resolve_target(resolved)?.shape.clone() else {
            return None;
        };
        let mut is_file = |element: &SchemaRef<'a>| {
            let resolved = self.resolve(element);
            self.is_encoded(part, &resolved) || (is_undescribed(part) && is_bare(element))
        };
        (!elements.is_empty() && elements.iter().all(&mut is_file)).then_some(FilePart::Many)
    }

    /// Warns of files inside a part, which are sent as text.
    fn warn_of_nested(&mut self, resolved: &ResolvedSchema<'a>) {
        let target = self
            .resolve_target(resolved)
            .map(|target| target.shape.clone());
        let Some(SchemaShape::Struct(object)) = target else {
            return;
        };
        for property_shape in object.properties.values() {
            let resolved = self.resolve_property(property_shape);
            if let Some(source) = property_shape.sources.last()
                && self.files(&resolved, MAX_FILE_SEARCH_DEPTH).is_none()
                && self.holds_files(&resolved)
            {
                let message = "this file is inside a part and is sent as text in the part's JSON; make it a part of its own";
                self.findings
                    .warn(Code::NestedFilePart, &source.schema_ref.at, message);
            }
        }
    }

    /// Whether a value has file properties.
    fn holds_files(&mut self, resolved: &ResolvedSchema<'a>) -> bool {
        let target = self
            .resolve_target(resolved)
            .map(|target| target.shape.clone());
        match target {
            Some(SchemaShape::Map(values)) => self.map_of_files(&values).is_some(),
            Some(SchemaShape::Struct(object)) => object.properties.values().any(|property_shape| {
                let resolved = self.resolve_property(property_shape);
                self.files(&resolved, MAX_FILE_SEARCH_DEPTH).is_some()
            }),
            _ => false,
        }
    }

    fn warn_of_undeclared(&mut self, schema_ref: &SchemaRef<'a>, object: &ObjectShape<'a>) {
        if self.map_of_files(&object.additional).is_some() {
            let message = "this form allows files under any name; only declared files can be sent";
            self.findings
                .warn(Code::UndeclaredFileParts, &schema_ref.at, message);
        }
    }

    /// Returns the files of a value. A value that can be a file or something else is a file, since
    /// a file has any content.
    fn files(&mut self, resolved: &ResolvedSchema<'a>, depth: usize) -> Option<FilePart> {
        let depth = depth.checked_sub(1)?;
        let target = self.resolve_target(resolved)?.clone();
        match target.shape {
            SchemaShape::Type(Type::String(StringKind::Binary)) => Some(FilePart::One),
            SchemaShape::Array(elements) => {
                let mut elements = elements.iter();
                let is_file = |element| {
                    let resolved = self.resolve(element);
                    self.files(&resolved, depth) == Some(FilePart::One)
                };
                elements.any(is_file).then_some(FilePart::Many)
            }
            SchemaShape::Union(union) => {
                let variants = union.variants.iter();
                let files = variants.filter_map(|one| self.files(&one.resolved, depth));
                files.max()
            }
            _ => None,
        }
    }

    /// Returns the type of files under any name.
    fn map_of_files(&mut self, values: &[SchemaRef<'a>]) -> Option<Type> {
        let mut files = None;
        for value in values {
            let resolved = self.resolve(value);
            files = files.max(self.files(&resolved, MAX_FILE_SEARCH_DEPTH));
        }
        files.map(|files| Type::Map(Box::new(files.ty())))
    }

    /// Whether the form declares binary media types for a part whose schema accepts bytes.
    fn is_encoded(&mut self, (media, name): (&Media, &str), resolved: &ResolvedSchema<'a>) -> bool {
        let encoding = media.encoding.get(name);
        let Some(types) = encoding.and_then(|encoding| encoding.content_type.as_deref()) else {
            return false;
        };
        let mut types = types.split(',').map(str::trim);
        let target = self.resolve_target(resolved);
        target.is_some_and(|target| match &target.shape {
            SchemaShape::Type(Type::Untyped(_)) => {
                types.all(|name| name == "*/*" || is_binary(name))
            }
            SchemaShape::Type(Type::String(StringKind::Text)) => {
                target.constraints.format.is_none() && types.all(is_binary)
            }
            _ => false,
        })
    }

    /// Returns an object with the properties of all variants, if they are objects.
    fn any_members(
        &mut self,
        union: &UnionShape<'a>,
        differing: &mut Vec<Pointer>,
    ) -> Option<ObjectShape<'a>> {
        let mut all = ObjectShape::default();
        let mut counts: IndexMap<&'a str, usize> = IndexMap::new();
        for variant in &union.variants {
            let SchemaShape::Struct(object) = self.resolve_target(&variant.resolved)?.shape.clone()
            else {
                return None;
            };
            all.additional.extend(object.additional);
            for (name, property_shape) in object.properties {
                *counts.entry(name).or_default() += usize::from(property_shape.required);
                match all.properties.entry(name) {
                    Entry::Vacant(vacant) => _ = vacant.insert(property_shape),
                    Entry::Occupied(known) => {
                        differing.extend(find_difference(known.get(), &property_shape))
                    }
                }
            }
        }
        for (name, property_shape) in &mut all.properties {
            property_shape.required = counts.get(name) == Some(&union.variants.len());
        }
        Some(all)
    }
}

/// Returns the JSON pointer of a part that differs from the known one.
fn find_difference(known: &PropertyShape<'_>, other: &PropertyShape<'_>) -> Option<Pointer> {
    let pairs = known.sources.iter().zip(&other.sources);
    let is_same = known.sources.len() == other.sources.len()
        && pairs
            .into_iter()
            .all(|(a, b)| is_same(&a.schema_ref, &b.schema_ref));
    let source = other.sources.last().filter(|_| !is_same)?;
    Some(source.schema_ref.at.clone())
}

/// Whether the form does not describe a part. Since OpenAPI 3.1, a part without a schema is
/// `application/octet-stream` then.
fn is_undescribed((media, name): (&Media, &str)) -> bool {
    let encoding = media.encoding.get(name);
    media
        .extensions
        .contains_key(internal_extensions::BARE_PARTS)
        && encoding.is_none_or(|encoding| encoding.content_type.is_none())
}

/// Whether a schema describes nothing. A schema with a title does not count, since some generators
/// write one for any value.
fn is_bare(schema_ref: &SchemaRef<'_>) -> bool {
    let keywords = schema_ref.keywords();
    keywords.is_some_and(|keywords| keywords.is_bare())
}
