//! List operations: the inputs and outputs of an operation that concern pagination.

use serde_json::Value;

use crate::ir::{
    Content, Field, FieldPath, Operation, PageParamLocation, ParamLocation, ParamStyle, Parameter,
    Payload, Response, ResponseHeader, Shape, StringKind, Struct, Type, Types, WireName,
};

/// An input: its name, its type and its default.
pub(super) type Taken<'a> = (WireName, &'a Type, Option<&'a Value>);

/// An operation with one kind of JSON response.
pub(super) struct ListOperation<'a> {
    types: &'a Types,
    pub(super) operation: &'a Operation,
    /// The response type.
    pub(super) response_type: &'a Type,
    headers: &'a [ResponseHeader],
}

impl<'a> ListOperation<'a> {
    pub(super) fn new(operation: &'a Operation, types: &'a Types) -> Option<Self> {
        // A response without content is an empty list.
        let has_content = |response: &&Response| matches!(response.payload, Payload::Content(_));
        let mut responses = operation.successes().filter(has_content);
        let first = responses.next()?;
        let response_type = json(first)?;
        responses
            .all(|other| json(other) == Some(response_type))
            .then_some(Self {
                types,
                operation,
                response_type,
                headers: &first.headers,
            })
    }

    /// Returns the object that a type is, if it is not an alias of one.
    pub(super) fn object(&self, ty: &Type) -> Option<&'a Struct> {
        match ty {
            Type::Named(id) => match &self.types.get(*id).shape {
                Shape::Struct(object) => Some(object),
                _ => None,
            },
            _ => None,
        }
    }

    /// Returns the properties of the response.
    pub(super) fn fields(&self) -> &'a [Field] {
        self.object(self.response_type)
            .map_or(&[], |object| object.fields.as_slice())
    }

    /// Returns the property at a path.
    pub(super) fn field(&self, path: &[WireName]) -> Option<&'a Field> {
        let (last, above) = path.split_last()?;
        let mut object = self.object(self.response_type)?;
        for name in above {
            object = self.object(&find(object, name.as_str())?.ty)?;
        }
        find(object, last.as_str())
    }

    /// Returns the type of the items at a path.
    pub(super) fn items(&self, path: &[WireName]) -> Option<&'a Type> {
        let list = match path {
            [] => self.response_type,
            path => &self.field(path)?.ty,
        };
        match list {
            Type::Array(item) => Some(item),
            _ => None,
        }
    }

    /// Whether each item has a scalar at this path.
    pub(super) fn items_have(&self, item: &Type, path: &[WireName]) -> bool {
        /// A union can contain itself.
        const MAX_TYPE_DEPTH: usize = 8;

        self.has(item, path, MAX_TYPE_DEPTH)
    }

    fn has(&self, item: &Type, path: &[WireName], depth: usize) -> bool {
        let Some((name, below)) = path.split_first() else {
            return is_scalar(item);
        };
        let (Type::Named(id), Some(depth)) = (item, depth.checked_sub(1)) else {
            return false;
        };
        match &self.types.get(*id).shape {
            Shape::Struct(object) => {
                find(object, name.as_str()).is_some_and(|field| self.has(&field.ty, below, depth))
            }
            Shape::Union(union) => {
                let mut variants = union.variants.iter();
                variants.all(|variant| self.has(&variant.ty, path, depth))
            }
            Shape::Enum(_) | Shape::Alias(_) => false,
        }
    }

    /// Whether the response has a header of this name.
    pub(super) fn has_header(&self, name: &str) -> bool {
        let mut headers = self.headers.iter();
        headers.any(|header| header.wire.as_str().eq_ignore_ascii_case(name))
    }

    /// Returns the inputs of a location.
    pub(super) fn takes(&self, location: PageParamLocation) -> Vec<Taken<'a>> {
        match location {
            PageParamLocation::Query => {
                let params = self.operation.params.iter();
                params
                    .filter(|param| param.location == ParamLocation::Query)
                    .flat_map(|param| self.taken(param))
                    .collect()
            }
            PageParamLocation::Body => {
                let members = self.members().unwrap_or_default().iter();
                members
                    .map(|field| (field.wire.clone(), &field.ty, field.default.as_ref()))
                    .collect()
            }
        }
    }

    /// Returns the names that a query parameter is sent under: one, or one for each property of an
    /// object (`page[number]`).
    fn taken(&self, param: &'a Parameter) -> Vec<Taken<'a>> {
        let ty = strip_nullable(&param.ty);
        match self
            .object(ty)
            .filter(|_| param.style == ParamStyle::DeepObject)
        {
            Some(object) => {
                let fields = object.fields.iter();
                fields
                    .map(|field| {
                        let name = format!("{}[{}]", param.wire, field.wire);
                        (WireName::new(name), &field.ty, field.default.as_ref())
                    })
                    .collect()
            }
            None => vec![(param.wire.clone(), ty, param.default.as_ref())],
        }
    }

    fn members(&self) -> Option<&'a [Field]> {
        let body = self.operation.body.as_ref()?;
        let Content::Json(ty) = &body.content.first()?.content else {
            return None;
        };
        Some(self.object(ty)?.fields.as_slice())
    }

    /// Returns all properties of the response, and of inner objects that `enter` accepts, with
    /// their paths.
    pub(super) fn all_fields(&self, enter: &dyn Fn(&str) -> bool) -> Vec<(FieldPath, &'a Field)> {
        let mut found = Vec::new();
        if let Some(object) = self.object(self.response_type) {
            self.collect(object, &[], enter, &mut found);
        }
        found
    }

    fn collect(
        &self,
        object: &'a Struct,
        above: &[WireName],
        enter: &dyn Fn(&str) -> bool,
        found: &mut Vec<(FieldPath, &'a Field)>,
    ) {
        const MAX_PATH_LENGTH: usize = 3;

        for field in &object.fields {
            let mut path = above.to_vec();
            path.push(field.wire.clone());
            let below = self.object(&field.ty);
            found.push((path.clone(), field));
            if let Some(below) = below.filter(|_| path.len() < MAX_PATH_LENGTH)
                && enter(field.wire.as_str())
            {
                self.collect(below, &path, enter, found);
            }
        }
    }
}

fn find<'a>(object: &'a Struct, name: &str) -> Option<&'a Field> {
    object
        .fields
        .iter()
        .find(|field| field.wire.as_str() == name)
}

fn json(response: &Response) -> Option<&Type> {
    let Payload::Content(contents) = &response.payload else {
        return None;
    };
    let content = contents.first()?;
    match &content.content {
        Content::Json(ty) if content.stream.is_none() => Some(ty),
        _ => None,
    }
}

fn strip_nullable(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => inner,
        ty => ty,
    }
}

/// Whether a value can be sent as a cursor.
pub(super) fn is_scalar(ty: &Type) -> bool {
    is_integer(ty) || is_text(ty)
}

/// Whether a value is an integer; numbers of no format count too.
pub(super) fn is_integer(ty: &Type) -> bool {
    matches!(strip_nullable(ty), Type::Integer(_) | Type::Number(_))
}

/// Whether a value is text.
pub(super) fn is_text(ty: &Type) -> bool {
    matches!(strip_nullable(ty), Type::String(StringKind::Text))
}
