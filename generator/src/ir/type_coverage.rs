//! TypeCoverage: how many values have a type, and which are raw JSON.

use super::{
    AdditionalProperties, Api, Body, BodyContent, Content, Payload, Shape, Type, UntypedReason,
};
use crate::source::Pointer;

/// The places where the model gives a value a type, by what it gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypeCoverage {
    /// As many places have a type of their own.
    pub typed: usize,
    /// The places that are raw JSON.
    pub raw: Vec<RawValue>,
}

/// A place whose value is raw JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawValue {
    /// Why it is.
    pub reason: RawReason,
    /// Where its schema stands, or what that belongs to.
    pub pointer: Pointer,
}

/// Why a value is raw JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RawReason {
    /// The document says that any value goes: `{}`, `true`, or nothing of its shape.
    AnyValue,
    /// It is in an object of which the document declares no members.
    FreeForm,
    /// It is in a list of which the document does not say what it holds.
    AnyList,
    /// The schema uses something that the model cannot hold; a diagnostic names it.
    Unsupported,
}

impl RawReason {
    /// The reason in a word, as reports have it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AnyValue => "any-value",
            Self::FreeForm => "free-form",
            Self::AnyList => "any-list",
            Self::Unsupported => "unsupported",
        }
    }
}

impl TypeCoverage {
    /// As many places are raw JSON because the document gives no type.
    #[must_use]
    pub fn declared(&self) -> usize {
        self.raw.len() - self.unsupported()
    }

    /// As many places are raw JSON because the model cannot hold their type.
    #[must_use]
    pub fn unsupported(&self) -> usize {
        let raw = self.raw.iter();
        raw.filter(|place| place.reason == RawReason::Unsupported)
            .count()
    }

    fn count(&mut self, ty: &Type, at: &Pointer) {
        self.count_in(ty, at, RawReason::AnyValue);
    }

    fn count_in(&mut self, ty: &Type, at: &Pointer, reason: RawReason) {
        match ty {
            Type::Untyped(UntypedReason::Declared) => self.push(at, reason),
            Type::Untyped(UntypedReason::Unsupported) => self.push(at, RawReason::Unsupported),
            Type::Array(inner) => self.count_in(inner, at, RawReason::AnyList),
            Type::Map(inner) => self.count_in(inner, at, RawReason::FreeForm),
            Type::Nullable(inner) => self.count_in(inner, at, reason),
            Type::Tuple(tuple) => tuple.types().for_each(|ty| self.count(ty, at)),
            _ => self.typed += 1,
        }
    }

    fn push(&mut self, at: &Pointer, reason: RawReason) {
        let pointer = at.clone();
        self.raw.push(RawValue { reason, pointer });
    }

    fn shape(&mut self, shape: &Shape, at: &Pointer) {
        match shape {
            Shape::Struct(object) => {
                for field in &object.fields {
                    self.count(&field.ty, &field.pointer);
                }
                if let AdditionalProperties::Typed(ty) = &object.additional {
                    self.count(ty, at);
                }
            }
            Shape::Union(union) => {
                for variant in &union.variants {
                    self.count(&variant.ty, &variant.pointer);
                }
            }
            Shape::Alias(ty) => self.count(ty, at),
            Shape::Enum(_) => {}
        }
    }

    fn content(&mut self, content: &BodyContent, at: &Pointer) {
        content.items.iter().for_each(|ty| self.count(ty, at));
        match &content.content {
            Content::Json(ty) | Content::Form(ty) | Content::Multipart(ty) => self.count(ty, at),
            Content::Text | Content::Binary => self.typed += 1,
        }
    }

    fn body(&mut self, body: &Body) {
        for content in &body.content {
            self.content(content, &body.pointer);
        }
    }
}

impl Api {
    /// The places of all types and operations.
    #[must_use]
    pub fn type_coverage(&self) -> TypeCoverage {
        let mut places = TypeCoverage::default();
        for (_, def) in self.types.iter() {
            places.shape(&def.shape, &def.pointer);
        }
        for operation in &self.operations {
            for param in &operation.params {
                places.count(&param.ty, &param.pointer);
            }
            operation.body.iter().for_each(|body| places.body(body));
            for response in &operation.responses {
                if let Payload::Content(contents) = &response.payload {
                    for content in contents {
                        places.content(content, &response.pointer);
                    }
                }
            }
        }
        places
    }
}
