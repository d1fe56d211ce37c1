//! Types of the model, built from shapes.

mod components;
mod fields;

use std::mem;
use std::slice;

use super::builder::SchemaBuilder;
use super::built_type::{BuiltType, TypeContext, TypeInProgress};
use super::scalar_formats::infer_constant_type;
use super::schema_ref::SchemaRef;
use super::shape::{ResolvedSchema, SchemaShape, TupleRest, TupleShape, VariantShape};
use super::type_name::TypeNamePath;
use crate::ir::{
    Enum, EnumValue, Scalar, Shape, StringKind, Tuple, Type, TypeDef, TypeId, Union, UntypedReason,
    Variant, WireName,
};
use crate::lower::name_extensions::{NamedItem, read_name};
use crate::source::Pointer;

/// Maximum nesting of arrays, maps and tuples in a type without a name. Code that reads or writes
/// such a type takes one stack frame for each level.
const MAX_INLINE_DEPTH: usize = 16;

impl<'a> SchemaBuilder<'a> {
    /// Builds the type of a resolved schema, whose JSON pointers are `sources`.
    pub(in crate::lower) fn build_resolved(
        &mut self,
        resolved: &ResolvedSchema<'a>,
        name_path: &TypeNamePath<'_>,
        sources: &[Pointer],
    ) -> BuiltType {
        if let SchemaShape::Enum(values) = &resolved.shape
            && let [only] = values.as_slice()
            && name_path.is_property()
        {
            return BuiltType {
                nullable: resolved.nullable,
                ..single_value(only)
            };
        }
        let mut built = match &resolved.shape {
            SchemaShape::Component(id) => self.build_component(*id),
            SchemaShape::Type(ty) => BuiltType::new(to_json_type(ty)),
            SchemaShape::Constant(ty, value) => BuiltType {
                constant: Some(value.clone()),
                ..BuiltType::new(ty.clone())
            },
            shape => BuiltType::new(self.build_type(
                shape,
                TypeContext {
                    name_path,
                    sources,
                    annotations: &resolved.annotations,
                },
            )),
        };
        built.allow_null_of(resolved);
        built
    }

    /// Builds the type of a shape. A type that nests too deep gets a name.
    fn build_type(&mut self, shape: &SchemaShape<'a>, context: TypeContext<'_, 'a>) -> Type {
        let ty = self.build_inline_type(shape, context);
        if depth(&ty) <= MAX_INLINE_DEPTH {
            return ty;
        }
        let alias = self.reserve_type(context);
        self.types.get_mut(alias).shape = Shape::Alias(ty);
        Type::Named(alias)
    }

    fn build_inline_type(&mut self, shape: &SchemaShape<'a>, context: TypeContext<'_, 'a>) -> Type {
        match shape {
            SchemaShape::Array(elements) => Type::Array(Box::new(
                self.build_any_of(elements, &context.name_path.item()),
            )),
            SchemaShape::Tuple(places) => self.build_tuple(places, &context.name_path.item()),
            SchemaShape::Map(values) => Type::Map(Box::new(
                self.build_any_of(values, &context.name_path.value()),
            )),
            shape => self.build_named(shape, context),
        }
    }

    fn build_tuple(&mut self, places: &TupleShape<'a>, name_path: &TypeNamePath<'_>) -> Type {
        let list = places.list.iter().map(|element| {
            let resolved = self.resolve(element);
            self.build_once(element, &resolved, name_path).with_null()
        });
        let list = list.collect();
        let rest = match &places.end {
            TupleRest::Closed => None,
            TupleRest::Unspecified => Some(Type::Untyped(UntypedReason::Declared)),
            TupleRest::Items(schema_ref) => {
                Some(self.build_any_of(slice::from_ref(schema_ref), name_path))
            }
        };
        Type::Tuple(Tuple {
            elements: list,
            required: places.required,
            rest: rest.map(Box::new),
        })
    }

    fn build_named(&mut self, shape: &SchemaShape<'a>, context: TypeContext<'_, 'a>) -> Type {
        let kind = mem::discriminant(shape);
        let is_same =
            |open: &&TypeInProgress<'a>| open.kind == kind && open.sources == context.sources;
        if let Some(open) = self.open.iter().find(is_same) {
            return Type::Named(open.ty);
        }
        let ty = self.reserve_type(context);
        let declared = context.annotations.extensions().and_then(|extensions| {
            let item = NamedItem::InlineType;
            read_name(item, extensions, &context.at(), &mut self.findings)
        });
        if let Some(name) = declared {
            self.types.get_mut(ty).name = name;
        }
        self.open.push(TypeInProgress {
            kind,
            sources: context.sources.to_vec(),
            ty,
        });
        let shape = self.build_shape(shape, context);
        self.open.pop();
        match shape {
            Some(shape) => {
                self.types.get_mut(ty).shape = shape;
                Type::Named(ty)
            }
            None => Type::Untyped(UntypedReason::Unsupported),
        }
    }

    /// Builds the type of a value that matches any of these schemas; raw JSON without schemas.
    fn build_any_of(
        &mut self,
        schema_refs: &[SchemaRef<'a>],
        name_path: &TypeNamePath<'_>,
    ) -> Type {
        match schema_refs {
            [] => Type::Untyped(UntypedReason::Declared),
            [only] => {
                let resolved = self.resolve(only);
                self.build_once(only, &resolved, name_path).with_null()
            }
            many => {
                let resolved = self.resolve_any_of(many);
                let sources: Vec<_> = many
                    .iter()
                    .map(|schema_ref| schema_ref.at.clone())
                    .collect();
                self.build_resolved(&resolved, name_path, &sources)
                    .with_null()
            }
        }
    }

    /// Builds an inline schema once, however many schemas inherit it.
    pub(in crate::lower) fn build_once(
        &mut self,
        schema_ref: &SchemaRef<'a>,
        resolved: &ResolvedSchema<'a>,
        name_path: &TypeNamePath<'_>,
    ) -> BuiltType {
        let Some(schema) = schema_ref.schema() else {
            return self.build_resolved(resolved, name_path, slice::from_ref(&schema_ref.at));
        };
        let key = std::ptr::from_ref(schema);
        if let Some(built) = self.built.get(&key) {
            return built.clone();
        }
        let built = self.build_resolved(resolved, name_path, slice::from_ref(&schema_ref.at));
        if names_a_type(&built.ty) {
            self.built.insert(key, built.clone());
        }
        built
    }

    fn reserve_type(&mut self, context: TypeContext<'_, 'a>) -> TypeId {
        self.types.push(TypeDef {
            name: context.name_path.words(),
            distinct_name: context.name_path.distinct_words(),
            owner: context.name_path.owner(),
            docs: context.annotations.docs(),
            pointer: context.at(),
            shape: Shape::Alias(Type::Untyped(UntypedReason::Unsupported)),
            examples: context.annotations.examples(),
        })
    }

    fn build_shape(
        &mut self,
        shape: &SchemaShape<'a>,
        context: TypeContext<'_, 'a>,
    ) -> Option<Shape> {
        match shape {
            SchemaShape::Enum(values) => Some(Shape::Enum(Enum {
                values: values.clone(),
            })),
            SchemaShape::Struct(object) => Some(Shape::Struct(self.build_struct(object, context))),
            SchemaShape::Union(union) => {
                let variants = union
                    .variants
                    .iter()
                    .map(|variant| self.build_variant(variant, context))
                    .collect();
                let discriminator = union.discriminator.as_ref();
                let path = discriminator.map(|it| it.path.clone());
                Some(Shape::Union(Union {
                    discriminator_pointer: discriminator.and_then(|it| it.pointer.clone()),
                    ..Union::new(variants, path, union.fallback)
                }))
            }
            _ => None,
        }
    }

    fn build_variant(
        &mut self,
        variant: &VariantShape<'a>,
        context: TypeContext<'_, 'a>,
    ) -> Variant {
        let name_path = context.name_path.variant(&variant.name);
        // A variant is built together with the properties around its union.
        let mut sources = context.sources.to_vec();
        sources.push(variant.at.clone());
        let built = self.build_resolved(&variant.resolved, &name_path, &sources);
        Variant {
            name: variant.name.clone(),
            component: variant
                .component
                .map(|id| WireName::new(self.table.name(id))),
            ty: built.ty,
            discriminator_values: variant.discriminator_values.clone(),
            added_discriminator: None,
            docs: variant.resolved.annotations.docs(),
            pointer: variant.at.clone(),
        }
    }
}

/// Builds a property that lists one value: it has the type of the value, not an enum.
fn single_value(value: &EnumValue) -> BuiltType {
    let value = json(&value.value);
    BuiltType {
        constant: Some(value.clone()),
        ..BuiltType::new(infer_constant_type(&value))
    }
}

fn json(value: &Scalar) -> serde_json::Value {
    match value {
        Scalar::String(text) => text.as_str().into(),
        Scalar::Integer(number) => (*number).into(),
    }
}

/// Returns the type in JSON, in which bytes are text. Only a multipart part is raw bytes.
fn to_json_type(ty: &Type) -> Type {
    match ty {
        Type::String(StringKind::Binary) => Type::String(StringKind::Text),
        ty => ty.clone(),
    }
}

/// Returns the nesting depth of containers.
fn depth(ty: &Type) -> usize {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => 1 + depth(inner),
        Type::Tuple(tuple) => 1 + tuple.types().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

/// Whether a type has a declaration.
fn is_named_type(ty: &Type) -> bool {
    match ty {
        Type::Named(_) => true,
        Type::Nullable(inner) => is_named_type(inner),
        _ => false,
    }
}

/// Whether a type has a declaration, or contains one that has.
fn names_a_type(ty: &Type) -> bool {
    match ty {
        Type::Named(_) => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => names_a_type(inner),
        Type::Tuple(tuple) => tuple.types().any(names_a_type),
        _ => false,
    }
}
