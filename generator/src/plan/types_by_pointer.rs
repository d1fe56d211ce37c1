//! Types by pointer: the schemas and bodies of the document, and their types.
//!
//! Rendering does not use them. They are for programs that compare the values of a document with the
//! types of its schemas.

use std::collections::HashSet;

use super::direction::collect_named_types;
use super::{ItemKind, MethodPlan, Plan, RustType};
use crate::ir::{BodyContent, Content, Field, Payload, Shape, Struct, Type, TypeDef};
use crate::source::Pointer;

/// A type of the generated crate, and the position in the document that it is for.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeAtPointer {
    /// The pointer within the loaded document.
    pub pointer: Pointer,
    /// The object at the pointer.
    pub object: TypedObject,
    /// The type.
    pub ty: RustType,
}

/// An object of the document whose values have a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TypedObject {
    /// A Schema Object.
    Schema,
    /// A Media Type Object, which has a schema and examples of its own.
    MediaType,
}

impl Plan<'_> {
    /// Returns the positions whose values are decoded or encoded as JSON, each with its type: schemas with a
    /// type of their own, the properties that they declare, and the bodies of requests and responses.
    ///
    /// Inherited properties are listed at their declarations.
    #[must_use]
    pub fn types_by_pointer(&self) -> Vec<TypeAtPointer> {
        let mut types: Vec<TypeAtPointer> = self
            .api
            .types
            .iter()
            .filter_map(|(_, def)| match &def.shape {
                Shape::Struct(object) => Some(self.own_fields(def, object)),
                _ => None,
            })
            .flatten()
            .collect();
        // The node of a property replaces that of its schema, because only the property determines
        // whether the value may be `null`.
        let fields: HashSet<Pointer> = types.iter().map(|node| node.pointer.clone()).collect();
        let defs = self.api.types.iter();
        types.extend(
            defs.filter(|(_, def)| !fields.contains(&def.pointer) && is_whole(&def.pointer))
                .filter_map(|(id, def)| {
                    Some(TypeAtPointer {
                        pointer: def.pointer.clone(),
                        object: TypedObject::Schema,
                        ty: RustType::Item(self.item_of(id)?),
                    })
                }),
        );
        for method in self.methods() {
            self.bodies(method, &mut types);
        }
        types
    }

    fn own_fields(&self, def: &TypeDef, object: &Struct) -> impl Iterator<Item = TypeAtPointer> {
        let properties = def.pointer.child("properties");
        object
            .fields
            .iter()
            .filter(move |field| field.pointer.parent().as_ref() == Some(&properties))
            .filter_map(|field| self.field(field))
    }

    fn field(&self, field: &Field) -> Option<TypeAtPointer> {
        let inner = self.typed(&field.ty)?;
        let ty = if field.presence.is_nullable() {
            RustType::Option(Box::new(inner))
        } else {
            inner
        };
        Some(TypeAtPointer {
            pointer: field.pointer.clone(),
            object: TypedObject::Schema,
            ty,
        })
    }

    fn bodies(&self, method: &MethodPlan<'_>, into: &mut Vec<TypeAtPointer>) {
        let operation = method.operation;
        if let Some(body) = &operation.body {
            let params = self.whole_params(method);
            for (index, content) in body.content.iter().enumerate() {
                // The properties of the first content are the parameters.
                let params = params.clone().filter(|_| index == 0);
                into.extend(self.content(content, &body.pointer, params));
            }
        }
        for response in &operation.responses {
            if let Payload::Content(contents) = &response.payload {
                for content in contents {
                    into.extend(self.content(content, &response.pointer, None));
                }
            }
        }
    }

    /// Returns the parameters of a method, if they are exactly its body.
    fn whole_params(&self, method: &MethodPlan<'_>) -> Option<RustType> {
        let id = method.params?;
        match &self.item(id).kind {
            ItemKind::Params(params) if params.extra.is_some() => Some(RustType::Item(id)),
            _ => None,
        }
    }

    fn content(
        &self,
        content: &BodyContent,
        at: &Pointer,
        params: Option<RustType>,
    ) -> Option<TypeAtPointer> {
        let (Content::Json(ty) | Content::Form(ty)) = &content.content else {
            return None;
        };
        Some(TypeAtPointer {
            pointer: at.child("content").child(content.media_type.as_str()),
            object: TypedObject::MediaType,
            ty: params.or_else(|| self.typed(ty))?,
        })
    }

    /// Returns the Rust type of a type of the model, unless it contains a type whose properties are
    /// parameters of an operation.
    fn typed(&self, ty: &Type) -> Option<RustType> {
        let mut named = Vec::new();
        collect_named_types(ty, &mut named);
        named
            .iter()
            .all(|id| self.item_of(*id).is_some())
            .then(|| self.resolver.resolve(ty))
    }
}

/// Whether the schema at this pointer describes the whole type. A subschema within an `allOf` also has
/// the properties of its siblings.
fn is_whole(pointer: &Pointer) -> bool {
    let segments: Vec<String> = pointer.segments().collect();
    let mut above = segments
        .iter()
        .rev()
        .map(String::as_str)
        .take_while(|&step| {
            matches!(step, "oneOf" | "anyOf" | "allOf") || step.bytes().all(|b| b.is_ascii_digit())
        });
    !above.any(|step| step == "allOf")
}
