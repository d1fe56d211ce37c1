//! The items of a response: the property with the requested list.

use super::known_names::{ASIDE, ENVELOPE, ITEMS};
use super::list_operation::ListOperation;
use crate::ir::{Field, FieldPath, Type, WireName, Words};

/// Returns the path to the items, if it is unambiguous.
pub(super) fn items(view: &ListOperation<'_>) -> Option<FieldPath> {
    if matches!(view.response_type, Type::Array(_)) {
        return Some(FieldPath::new());
    }
    let resource = resource(&view.operation.path);
    if let Some(name) = main_list(view.fields(), &resource) {
        return Some(vec![name.clone()]);
    }
    if view.fields().iter().any(is_list) {
        return None;
    }
    let is_only = view.fields().len() == 1;
    let mut envelopes = view.fields().iter().filter_map(|field| {
        let inner = view.object(&field.ty)?;
        let name = field.wire.as_str();
        let is_named = is_one_of(name, ENVELOPE) || Words::split(name).snake() == resource;
        let is_envelope = is_named || is_only;
        is_envelope.then_some((&field.wire, inner))
    });
    let (Some((outer, inner)), None) = (envelopes.next(), envelopes.next()) else {
        return None;
    };
    Some(vec![
        outer.clone(),
        main_list(&inner.fields, &resource)?.clone(),
    ])
}

/// Returns the resource name of a path: its last segment that is not a parameter.
fn resource(path: &str) -> String {
    let mut segments = path.rsplit('/');
    let segment = segments.find(|segment| !segment.is_empty() && !segment.contains('{'));
    Words::split(segment.unwrap_or_default()).snake()
}

/// Returns the only list of an object, or the one whose name marks the items.
fn main_list<'f>(fields: &'f [Field], resource: &str) -> Option<&'f WireName> {
    let arrays = fields
        .iter()
        .filter(|field| matches!(field.ty, Type::Array(_)));
    let arrays: Vec<&Field> = arrays.collect();
    let lists: Vec<&Field> = arrays
        .iter()
        .copied()
        .filter(|field| is_list(field))
        .collect();
    if let [only] = lists.as_slice() {
        return Some(&only.wire);
    }
    // A list that is usually auxiliary can be the requested one.
    let lists = if lists.is_empty() { arrays } else { lists };
    let is_named = |field: &&&Field| {
        let name = field.wire.as_str();
        is_one_of(name, ITEMS) || Words::split(name).snake() == resource
    };
    let mut named = lists.iter().filter(is_named);
    match (named.next(), named.next()) {
        (Some(list), None) => Some(&list.wire),
        _ => None,
    }
}

fn is_list(field: &Field) -> bool {
    matches!(field.ty, Type::Array(_)) && !is_one_of(field.wire.as_str(), ASIDE)
}

/// Whether a name is one of these, in any case.
pub(super) fn is_one_of(name: &str, known: &[&str]) -> bool {
    known.contains(&Words::split(name).snake().as_str())
}

/// Returns a path as in diagnostics: `meta.next`.
pub(super) fn dotted(path: &[WireName]) -> String {
    let names: Vec<&str> = path.iter().map(WireName::as_str).collect();
    names.join(".")
}
