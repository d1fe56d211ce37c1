//! Places: how many values have a type, and how many are raw JSON.

use super::{Additional, Api, Body, BodyContent, Content, Payload, Shape, Type, UntypedReason};

/// The places where the model gives a value a type, counted by what it gives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Places {
    /// Places with a type of their own.
    pub typed: usize,
    /// Places where the document says that anything goes.
    pub declared: usize,
    /// Places where the model cannot hold what the document says.
    pub unsupported: usize,
}

impl Places {
    fn count(&mut self, ty: &Type) {
        match ty {
            Type::Untyped(UntypedReason::Declared) => self.declared += 1,
            Type::Untyped(UntypedReason::Unsupported) => self.unsupported += 1,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => self.count(inner),
            Type::Tuple(types) => types.iter().for_each(|ty| self.count(ty)),
            _ => self.typed += 1,
        }
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Struct(object) => {
                object.fields.iter().for_each(|field| self.count(&field.ty));
                if let Additional::Typed(ty) = &object.additional {
                    self.count(ty);
                }
            }
            Shape::Union(union) => union.variants.iter().for_each(|v| self.count(&v.ty)),
            Shape::Alias(ty) => self.count(ty),
            Shape::Enum(_) => {}
        }
    }

    fn content(&mut self, content: &BodyContent) {
        content.items.iter().for_each(|ty| self.count(ty));
        match &content.content {
            Content::Json(ty) | Content::Form(ty) | Content::Multipart(ty) => self.count(ty),
            Content::Text | Content::Binary => self.typed += 1,
        }
    }

    fn body(&mut self, body: &Body) {
        body.content
            .iter()
            .for_each(|content| self.content(content));
    }
}

impl Api {
    /// Counts the places of all types and operations.
    #[must_use]
    pub fn places(&self) -> Places {
        let mut places = Places::default();
        self.types
            .iter()
            .for_each(|(_, def)| places.shape(&def.shape));
        for operation in &self.operations {
            operation
                .params
                .iter()
                .for_each(|param| places.count(&param.ty));
            operation.body.iter().for_each(|body| places.body(body));
            for response in &operation.responses {
                if let Payload::Content(content) = &response.payload {
                    content.iter().for_each(|content| places.content(content));
                }
            }
        }
        places
    }
}
