//! Items of `components`, and references to them.

use std::borrow::{Borrow, Cow};

use indexmap::IndexMap;
use openapiv3::ReferenceOr;

use crate::source::{Pointer, unescape};

/// A section of `components`.
pub(super) type Section<T> = IndexMap<String, ReferenceOr<T>>;

/// Maximum length of a chain of references.
const MAX_REFERENCE_CHAIN: usize = 64;

/// An item of `components` or an inline item, with its JSON pointer.
#[derive(Debug, Clone)]
pub(super) struct Resolved<'a, T> {
    /// The item.
    pub(super) item: &'a T,
    /// Its JSON pointer.
    pub(super) at: Pointer,
    /// Its name in `components`.
    pub(super) name: Option<&'a str>,
}

/// Returns an item at a position, or the component that it refers to. Returns `None` if the reference
/// does not resolve.
pub(super) fn resolve<'a, T>(
    item: &'a ReferenceOr<T>,
    at: &Pointer,
    section_name: &str,
    section: Option<&'a Section<T>>,
) -> Option<Resolved<'a, T>> {
    match item {
        ReferenceOr::Item(item) => Some(Resolved {
            item,
            at: at.clone(),
            name: None,
        }),
        ReferenceOr::Reference { reference } => {
            let (name, item) = follow_references(reference, section_name, section?)?;
            Some(Resolved {
                item,
                at: Pointer::root()
                    .child("components")
                    .child(section_name)
                    .child(name),
                name: Some(name),
            })
        }
    }
}

/// Returns an item, or the component that it refers to. Returns `None` if the reference does not
/// resolve.
pub(super) fn resolve_item<'a, T, S: Borrow<T>>(
    item: &'a ReferenceOr<S>,
    section_name: &str,
    section: Option<&'a Section<T>>,
) -> Option<&'a T> {
    match item {
        ReferenceOr::Item(item) => Some(item.borrow()),
        ReferenceOr::Reference { reference } => {
            follow_references(reference, section_name, section?).map(|(_, item)| item)
        }
    }
}

/// Follows references between components to an item. Returns the item with its name.
fn follow_references<'a, T>(
    reference: &'a str,
    section_name: &str,
    section: &'a Section<T>,
) -> Option<(&'a str, &'a T)> {
    let mut reference = reference;
    for _ in 0..MAX_REFERENCE_CHAIN {
        let name = component_name(reference, section_name)?;
        match section.get_key_value(&*name)? {
            (name, ReferenceOr::Item(item)) => return Some((name, item)),
            (_, ReferenceOr::Reference { reference: next }) => reference = next,
        }
    }
    None
}

/// Returns the name in a reference to a component of this section.
pub(super) fn component_name<'r>(reference: &'r str, section_name: &str) -> Option<Cow<'r, str>> {
    let name = reference
        .strip_prefix("#/components/")?
        .strip_prefix(section_name)?
        .strip_prefix('/')?;
    if name.contains('~') {
        return Some(Cow::Owned(unescape(name)));
    }
    Some(Cow::Borrowed(name))
}

#[cfg(test)]
mod tests {
    use openapiv3::ReferenceOr;

    use super::{Section, resolve, resolve_item};
    use crate::source::Pointer;

    fn reference(name: &str) -> ReferenceOr<u8> {
        ReferenceOr::ref_(&format!("#/components/headers/{name}"))
    }

    #[test]
    fn references_are_followed_to_the_item() {
        let section: Section<u8> = [
            ("First", reference("Second~1")),
            ("Second/", reference("Third")),
            ("Third", ReferenceOr::Item(3)),
        ]
        .map(|(name, item)| (name.to_owned(), item))
        .into();
        let first = reference("First");
        let found = resolve(&first, &Pointer::root(), "headers", Some(&section));
        let found = found.expect("an item");
        assert_eq!((found.item, found.name), (&3, Some("Third")));
        assert_eq!(found.at.as_str(), "/components/headers/Third");
        assert_eq!(resolve_item(&first, "headers", Some(&section)), Some(&3));
        assert_eq!(resolve_item(&first, "links", Some(&section)), None);
    }

    #[test]
    fn cycles_and_missing_components_have_no_item() {
        let section: Section<u8> = [("A", reference("B")), ("B", reference("A"))]
            .map(|(name, item)| (name.to_owned(), item))
            .into();
        for name in ["A", "Missing"] {
            let item = reference(name);
            assert_eq!(resolve_item(&item, "headers", Some(&section)), None);
        }
        assert_eq!(
            resolve_item::<u8, u8>(&reference("A"), "headers", None),
            None
        );
    }
}
