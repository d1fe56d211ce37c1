//! Resolve: the Rust type of each type of the model.

use super::boxing::Rings;
use super::item::{ItemId, RustType};
use crate::ir::{ByteFormat, IntegerKind, NumberKind, StringKind, Type, TypeId};

/// The facts about all types that are known before items are planned.
#[derive(Debug)]
pub(super) struct Resolver {
    /// The item of each type, by its index in the arena.
    items: Vec<Option<ItemId>>,
    /// The cycles of types, which need a `Box`.
    rings: Rings,
    /// The representation of strings with `format: byte`.
    byte_format: ByteFormat,
}

impl Resolver {
    /// Numbers the items of the emitted types, in the order of the arena.
    pub(super) fn new(emitted: &[bool], rings: Rings, byte_format: ByteFormat) -> Self {
        let mut next = 0;
        let items = emitted.iter().map(|is_emitted| {
            is_emitted.then(|| {
                let id = ItemId::new(next);
                next += 1;
                id
            })
        });
        Self {
            items: items.collect(),
            rings,
            byte_format,
        }
    }

    /// Returns the item of a type, unless its properties are parameters of an operation.
    pub(super) fn item(&self, id: TypeId) -> Option<ItemId> {
        self.items.get(id.index()).copied().flatten()
    }

    /// Returns the Rust type of a value outside of any cycle.
    pub(super) fn resolve(&self, ty: &Type) -> RustType {
        self.resolve_type(ty, None)
    }

    /// Returns the Rust type of a value within a value of type `outer`.
    pub(super) fn resolve_within(&self, ty: &Type, outer: TypeId) -> RustType {
        self.resolve_type(ty, Some(outer))
    }

    fn resolve_type(&self, ty: &Type, outer: Option<TypeId>) -> RustType {
        match ty {
            Type::Bool => RustType::Bool,
            Type::Integer(kind) => integer(*kind),
            Type::Number(NumberKind::F64) => RustType::F64,
            Type::Number(NumberKind::Exact) => RustType::ExactNumber,
            Type::String(StringKind::Base64) if self.byte_format == ByteFormat::Text => {
                RustType::String
            }
            Type::String(kind) => string(*kind),
            Type::Array(inner) => RustType::Vec(Box::new(self.resolve(inner))),
            Type::Map(inner) => RustType::Map(Box::new(self.resolve(inner))),
            Type::Tuple(tuple) => {
                let places = tuple.elements.iter().enumerate();
                let places = places.map(|(index, ty)| {
                    // An optional element that precedes others may still be `null`.
                    match ty {
                        ty if index < tuple.required => self.resolve_type(ty, outer),
                        Type::Nullable(ty) => {
                            RustType::Nullable(Box::new(self.resolve_type(ty, outer)))
                        }
                        ty => RustType::Nullable(Box::new(self.resolve_type(ty, outer))),
                    }
                });
                let places = places.collect();
                match &tuple.rest {
                    Some(rest) => RustType::OpenTuple(places, Box::new(self.resolve(rest))),
                    None => RustType::Tuple(places),
                }
            }
            Type::Nullable(inner) => option(self.resolve_type(inner, outer)),
            Type::Named(id) => self.resolve_named(*id, outer),
            Type::Null => RustType::Unit,
            Type::Untyped(_) => RustType::Value,
        }
    }

    fn resolve_named(&self, id: TypeId, outer: Option<TypeId>) -> RustType {
        // No other type mentions a type whose properties are parameters.
        let item = self.item(id).expect("a type that is mentioned has an item");
        let item = RustType::Item(item);
        match outer {
            Some(outer) if self.rings.needs_box(outer, id) => RustType::Boxed(Box::new(item)),
            _ => item,
        }
    }
}

/// Returns `Option<T>`, unless `T` has a `null` itself.
fn option(inner: RustType) -> RustType {
    match inner {
        RustType::Value | RustType::Unit | RustType::Option(_) => inner,
        inner => RustType::Option(Box::new(inner)),
    }
}

const fn integer(kind: IntegerKind) -> RustType {
    match kind {
        IntegerKind::I32 => RustType::I32,
        IntegerKind::I64 => RustType::I64,
        IntegerKind::U32 => RustType::U32,
        IntegerKind::U64 => RustType::U64,
    }
}

const fn string(kind: StringKind) -> RustType {
    match kind {
        StringKind::Text | StringKind::Binary => RustType::String,
        StringKind::DateTime => RustType::DateTime,
        StringKind::Date => RustType::Date,
        StringKind::Secret => RustType::Secret,
        StringKind::Base64 => RustType::Base64,
    }
}
