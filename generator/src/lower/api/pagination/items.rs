//! The list of a response: which of its properties holds what was asked for.

use super::known_names::{ASIDE, ENVELOPE, ITEMS};
use super::list_operation::View;
use crate::ir::{Field, FieldPath, Type, WireName, Words};

/// The way to the list that was asked for, if there is no doubt which one that is.
pub(super) fn items(view: &View<'_>) -> Option<FieldPath> {
    if matches!(view.answer, Type::Array(_)) {
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

/// The name of the resource at a path: that of its last segment that is no parameter.
fn resource(path: &str) -> String {
    let mut segments = path.rsplit('/');
    let segment = segments.find(|segment| !segment.is_empty() && !segment.contains('{'));
    Words::split(segment.unwrap_or_default()).snake()
}

/// The only list of an object, or the one among several whose name says that it holds what was
/// asked for.
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
    // What is usually said aside may be what was asked for.
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

/// Whether a name is one of these, in whatever case it is written.
pub(super) fn is_one_of(name: &str, known: &[&str]) -> bool {
    known.contains(&Words::split(name).snake().as_str())
}

/// A way to a property, as messages spell it: `meta.next`.
pub(super) fn dotted(path: &[WireName]) -> String {
    let names: Vec<&str> = path.iter().map(WireName::as_str).collect();
    names.join(".")
}
