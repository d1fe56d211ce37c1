//! Items that are whole events: objects with the fields of an event.

use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{
    EventIdType, EventItemShape, MediaType, PropertyPath, Scalar, Shape, StringKind, Struct, Type,
    Types,
};

/// Returns which part of an event is an item. A type with exactly the fields of an event is the
/// whole event.
pub(super) fn item_shape(media_type: &MediaType, item: &Type, types: &Types) -> EventItemShape {
    if media_type.essence() != "text/event-stream" {
        return EventItemShape::Data;
    }
    let objects = event_objects(item, types);
    let data = objects.and_then(|objects| objects.into_iter().map(find_data_type).collect());
    let data: Option<Vec<&Type>> = data;
    match data {
        None => EventItemShape::Data,
        Some(data) if data.iter().all(|ty| **ty == Type::String(StringKind::Text)) => {
            EventItemShape::Object
        }
        Some(_) => EventItemShape::ObjectOfJson,
    }
}

/// Returns the objects that an item can be, if it is always an object.
fn event_objects<'t>(item: &Type, types: &'t Types) -> Option<Vec<&'t Struct>> {
    let Type::Named(id) = item else { return None };
    match &types.get(*id).shape {
        Shape::Union(union) => {
            let variants = union.variants.iter();
            variants
                .map(|variant| types.find_struct(&variant.ty))
                .collect()
        }
        _ => Some(vec![types.find_struct(item)?]),
    }
}

/// Returns the type of the ID in the objects of the fields of an event. It is a number if some IDs
/// are, because an ID that is not a number stays a string.
pub(super) fn find_event_id_type(item: &Type, types: &Types) -> EventIdType {
    match list_id_types(item, types).contains(&EventIdType::Number) {
        true => EventIdType::Number,
        false => EventIdType::Text,
    }
}

/// Returns the finding for events whose IDs have different types.
pub(super) fn check_event_ids(item: &Type, types: &Types) -> Option<Diagnostic> {
    let Type::Named(id) = item else { return None };
    let ids = list_id_types(item, types);
    if ids.iter().all(|id| Some(id) == ids.first()) {
        return None;
    }
    let message = "`id` is a number in some events of the stream, and a string in others; a string \
                   that is a number is not decoded";
    let at = types.get(*id).pointer.clone();
    let finding = Diagnostic::new(Code::ConflictingEventIds, at, message);
    Some(finding.help("declare `id` with the same type in all events"))
}

/// Returns the types of the IDs in the objects of the fields of an event.
fn list_id_types(item: &Type, types: &Types) -> Vec<EventIdType> {
    let objects = event_objects(item, types).unwrap_or_default();
    let fields = objects.into_iter().flat_map(|object| &object.fields);
    let ids = fields.filter(|field| field.wire.as_str() == "id");
    ids.filter_map(|id| find_id_type(&id.ty, types)).collect()
}

/// Returns the type of an ID. Returns `None` if its schema accepts numbers and strings.
fn find_id_type(ty: &Type, types: &Types) -> Option<EventIdType> {
    if let Type::Named(id) = ty
        && let Shape::Union(union) = &types.get(*id).shape
    {
        let variants = union.variants.iter();
        let ids = variants.map(|variant| find_scalar_id_type(&variant.ty, types));
        return ids.reduce(|a, b| a.filter(|_| a == b))?;
    }
    find_scalar_id_type(ty, types)
}

/// Returns the type of an ID that is not a union.
fn find_scalar_id_type(ty: &Type, types: &Types) -> Option<EventIdType> {
    match ty {
        Type::Integer(_) | Type::Number(_) => Some(EventIdType::Number),
        Type::String(_) => Some(EventIdType::Text),
        Type::Nullable(inner) => find_scalar_id_type(inner, types),
        Type::Named(id) => match &types.get(*id).shape {
            Shape::Alias(alias) if alias != ty => find_scalar_id_type(alias, types),
            Shape::Enum(list) => list.values.first().map(|value| match value.value {
                Scalar::Integer(_) => EventIdType::Number,
                Scalar::String(_) => EventIdType::Text,
            }),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the names of events in a union whose data is text.
pub(super) fn list_text_events(item: &Type, types: &Types) -> Vec<String> {
    let Type::Named(id) = item else {
        return Vec::new();
    };
    let Shape::Union(union) = &types.get(*id).shape else {
        return Vec::new();
    };
    // Only events with a name can be distinguished.
    let is_by_name = union
        .discriminator
        .as_ref()
        .and_then(PropertyPath::as_direct)
        .is_some_and(|wire| wire.as_str() == "event");
    let variants = union.variants.iter().filter(|_| is_by_name);
    let texts = variants.filter(|variant| {
        let data = types.find_struct(&variant.ty).and_then(find_data_type);
        data.is_some_and(|data| *data == Type::String(StringKind::Text))
    });
    texts
        .flat_map(|variant| variant.discriminator_values.clone())
        .collect()
}

/// Returns the type of the data field of an event object.
fn find_data_type(object: &Struct) -> Option<&Type> {
    const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

    let mut fields = object.fields.iter();
    let all = fields.all(|field| FIELDS.contains(&field.wire.as_str()));
    let data = object
        .fields
        .iter()
        .find(|field| field.wire.as_str() == "data")?;
    let named = object
        .fields
        .iter()
        .any(|field| field.wire.as_str() == "event");
    let text = data.ty == Type::String(StringKind::Text);
    (all && (named || text)).then_some(&data.ty)
}
