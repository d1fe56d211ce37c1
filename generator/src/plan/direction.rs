//! Direction: the types that requests contain, and the types that responses contain.
//!
//! A type that users send has a constructor and setters. The properties of a body that is only sent
//! are parameters of its operation. A body that the API also returns is passed whole, because users
//! receive it, change it and send it back.

use crate::ir::{
    Access, AdditionalProperties, Api, Body, BodyContent, Content, Field, Operation, Payload,
    Presence, Shape, StringKind, Type, TypeId, Types,
};

/// The directions of each type, by its index in the arena.
#[derive(Debug)]
pub(super) struct Directions {
    sent: Vec<bool>,
    received: Vec<bool>,
    /// Whether each type is wanted, if the configuration omits operations.
    asked_for: Option<Vec<bool>>,
}

impl Directions {
    /// Collects the types of all requests and responses of the API.
    pub(super) fn trace(api: &Api) -> Self {
        let mut sent = Walk::new(&api.types);
        let mut received = Walk::new(&api.types);
        for operation in &api.operations {
            operation
                .params
                .iter()
                .for_each(|param| sent.visit(&param.ty));
            operation
                .body
                .iter()
                .flat_map(|body| &body.content)
                .for_each(|c| sent.visit_content(c));
            if let Some(stream) = &operation.stream {
                received.visit(&stream.item);
            }
            for response in &operation.responses {
                if let Payload::Content(content) = &response.payload {
                    content.iter().for_each(|c| received.visit_content(c));
                }
            }
        }
        api.error_body.iter().for_each(|ty| received.visit(ty));
        if let Some(webhooks) = &api.webhooks {
            received.visit(&Type::Named(webhooks.event));
        }
        Self {
            sent: sent.seen,
            received: received.seen,
            asked_for: api.requested_types.as_ref().map(|ids| {
                let mut asked_for = Walk::new(&api.types);
                ids.iter().for_each(|id| asked_for.visit(&Type::Named(*id)));
                asked_for.seen
            }),
        }
    }

    /// Whether users send values of this type.
    pub(super) fn is_sent(&self, id: TypeId) -> bool {
        self.sent.get(id.index()).copied().unwrap_or_default()
    }

    /// Whether the API returns values of this type.
    pub(super) fn is_received(&self, id: TypeId) -> bool {
        self.received.get(id.index()).copied().unwrap_or_default()
    }

    /// Returns the presence of a property in values of this type.
    ///
    /// Values that are both sent and received can lack what only one direction requires. A constant
    /// is always sent, and is known if a response lacks it.
    pub(super) fn presence(&self, id: TypeId, field: &Field) -> Presence {
        match field.access {
            _ if field.constant.is_some() && self.is_sent(id) => field.presence,
            Access::ReadOnly if self.is_sent(id) => field.presence_in_requests(),
            Access::WriteOnly if self.is_received(id) => field.presence_in_responses(),
            _ => field.presence,
        }
    }

    /// Whether a type is wanted. All are, unless the configuration omits operations and this type is
    /// used by none of the others.
    pub(super) fn is_wanted(&self, id: TypeId) -> bool {
        let Some(asked_for) = &self.asked_for else {
            return true;
        };
        self.is_sent(id)
            || self.is_received(id)
            || asked_for.get(id.index()).copied().unwrap_or_default()
    }

    /// Returns the body type whose properties are parameters of this operation.
    pub(super) fn spread_struct(&self, api: &Api, operation: &Operation) -> Option<TypeId> {
        let body = operation.body.as_ref()?;
        if body.argument.is_some() {
            return None;
        }
        let (id, multipart) = object_body(body)?;
        let Shape::Struct(object) = &api.types.get(id).shape else {
            return None;
        };
        // A call adds parts with undeclared names itself, whatever their type.
        let whole = multipart || object.additional == AdditionalProperties::Kept;
        let whole = whole && !object.fields.is_empty();
        // A multipart body is not JSON, so no response contains it.
        (whole && (multipart || !self.is_received(id))).then_some(id)
    }
}

/// Whether a part of this type is one or several files.
pub(super) fn is_file(ty: &Type) -> bool {
    match ty {
        Type::String(StringKind::Binary) => true,
        Type::Array(item) => is_file(item),
        _ => false,
    }
}

/// Returns the named type of a body that is an object, and whether the body is multipart.
fn object_body(body: &Body) -> Option<(TypeId, bool)> {
    match &body.content.first()?.content {
        Content::Json(Type::Named(id)) | Content::Form(Type::Named(id)) => Some((*id, false)),
        Content::Multipart(Type::Named(id)) => Some((*id, true)),
        _ => None,
    }
}

/// A traversal of the types that a type contains.
struct Walk<'a> {
    types: &'a Types,
    seen: Vec<bool>,
}

impl<'a> Walk<'a> {
    fn new(types: &'a Types) -> Self {
        Self {
            types,
            seen: vec![false; types.len()],
        }
    }

    fn visit_content(&mut self, content: &BodyContent) {
        content.item().into_iter().for_each(|ty| self.visit(ty));
        match &content.content {
            Content::Json(ty) | Content::Form(ty) | Content::Multipart(ty) => self.visit(ty),
            Content::Text | Content::Binary => {}
        }
    }

    fn visit(&mut self, ty: &Type) {
        let mut open = Vec::new();
        collect_named_types(ty, &mut open);
        while let Some(id) = open.pop() {
            match self.seen.get_mut(id.index()) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            collect_held_types(&self.types.get(id).shape, &mut open);
        }
    }
}

/// Collects the named types that a shape refers to.
pub(crate) fn collect_held_types(shape: &Shape, into: &mut Vec<TypeId>) {
    match shape {
        Shape::Struct(object) => {
            object
                .fields
                .iter()
                .for_each(|field| collect_named_types(&field.ty, into));
            if let AdditionalProperties::Typed(ty) = &object.additional {
                collect_named_types(ty, into);
            }
        }
        Shape::Union(union) => union
            .variants
            .iter()
            .for_each(|v| collect_named_types(&v.ty, into)),
        Shape::Alias(ty) => collect_named_types(ty, into),
        Shape::Enum(_) => {}
    }
}

/// Collects the named types that a type mentions.
pub(super) fn collect_named_types(ty: &Type, into: &mut Vec<TypeId>) {
    match ty {
        Type::Named(id) => into.push(*id),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => {
            collect_named_types(inner, into)
        }
        Type::Tuple(tuple) => tuple.types().for_each(|ty| collect_named_types(ty, into)),
        Type::Bool
        | Type::Integer(_)
        | Type::Number(_)
        | Type::String(_)
        | Type::Null
        | Type::Untyped(_) => {}
    }
}
