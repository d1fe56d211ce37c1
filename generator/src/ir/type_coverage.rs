//! Type coverage: the number of values with a type, and the values that are raw JSON.

use super::{
    AdditionalProperties, Api, Body, BodyContent, Content, Payload, Shape, Type, UntypedReason,
};
use crate::source::Pointer;

/// The values of an API, by whether the model gives them a type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypeCoverage {
    /// Number of values with a type of their own.
    pub typed: usize,
    /// The values that are raw JSON.
    pub raw: Vec<RawValue>,
}

/// A value that is raw JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawValue {
    /// The reason.
    pub reason: RawReason,
    /// The JSON pointer of its schema, or of the item around it.
    pub pointer: Pointer,
}

/// The reason why a value is raw JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RawReason {
    /// The document allows any value: `{}`, `true`, or no constraint on its shape.
    AnyValue,
    /// The value is in an object without declared properties.
    FreeForm,
    /// The value is in an array without `items`.
    AnyList,
    /// The schema is not supported; a diagnostic names it.
    Unsupported,
}

impl RawReason {
    /// Returns the reason as reports show it.
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
    /// Number of raw values because the document gives no type.
    #[must_use]
    pub fn declared(&self) -> usize {
        self.raw.len() - self.unsupported()
    }

    /// Number of raw values because the model does not support their type.
    #[must_use]
    pub fn unsupported(&self) -> usize {
        let raw = self.raw.iter();
        raw.filter(|value| value.reason == RawReason::Unsupported)
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
        content.item().into_iter().for_each(|ty| self.count(ty, at));
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
    /// Returns the coverage of all types and operations.
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
