//! Collections whose items and list have the segment in another number: `/order/{id}` and `/orders`.
//!
//! Both are one resource. Its name is the plural.

use std::collections::{BTreeMap, BTreeSet};

use super::api_path::{ApiPath, Segment};
use super::facts::OperationFacts;
use super::vocabulary::is_plural;
use crate::ir::{Method, Words};

/// The path before a segment, and the text of the segment.
type SegmentKey = (Vec<String>, String);

/// The operations on a literal segment.
#[derive(Debug)]
struct SegmentUse {
    words: Words,
    /// The methods of operations whose path ends with the segment.
    methods: BTreeSet<Method>,
    /// Whether a parameter follows the segment.
    has_items: bool,
}

/// Gives the items of a collection the segment of its list.
pub(super) fn unite_collections(operations: &mut [OperationFacts]) {
    let segments = list_segments(operations);
    let plurals: BTreeMap<SegmentKey, Segment> = segments
        .iter()
        .filter_map(|(key, segment)| Some((key.clone(), find_list(key, segment, &segments)?)))
        .collect();
    if plurals.is_empty() {
        return;
    }
    for operation in operations {
        let shape = own_shape(&operation.path);
        for (index, segment) in operation.path.segments.iter_mut().enumerate() {
            if let (Some(before), Some(text)) = (shape.get(..index), shape.get(index))
                && let Some(plural) = plurals.get(&(before.to_vec(), text.clone()))
            {
                *segment = plural.clone();
            }
        }
    }
}

fn own_shape(path: &ApiPath) -> Vec<String> {
    path.shape().into_iter().map(ToOwned::to_owned).collect()
}

fn list_segments(operations: &[OperationFacts]) -> BTreeMap<SegmentKey, SegmentUse> {
    let mut found = BTreeMap::new();
    for operation in operations {
        let shape = own_shape(&operation.path);
        let mut segments = operation.path.segments.iter().enumerate().peekable();
        while let Some((index, segment)) = segments.next() {
            let Segment::Literal(text, words) = segment else {
                continue;
            };
            let before = shape.get(..index).unwrap_or_default().to_vec();
            let entry = found.entry((before, text.clone()));
            let segment_use: &mut SegmentUse = entry.or_insert_with(|| SegmentUse {
                words: words.clone(),
                methods: BTreeSet::new(),
                has_items: false,
            });
            match segments.peek() {
                Some((_, next)) => segment_use.has_items |= next.is_parameter(),
                None => _ = segment_use.methods.insert(operation.method.clone()),
            }
        }
    }
    found
}

/// The segment of the list next to a singular with items.
///
/// If the plural has items as well, they are other items: `/team/{key}` and `/teams/{page}`.
fn find_list(
    (before, _): &SegmentKey,
    singular: &SegmentUse,
    segments: &BTreeMap<SegmentKey, SegmentUse>,
) -> Option<Segment> {
    let is_many = |words: &Words| words.iter().next_back().is_some_and(|it| is_plural(it));
    if !singular.has_items || is_many(&singular.words) {
        return None;
    }
    let mut siblings = segments.iter().filter(|((other, _), _)| other == before);
    let ((_, text), list) = siblings.find(|(_, other)| {
        is_many(&other.words) && other.words.singulars() == singular.words.singulars()
    })?;
    let is_list = list.methods.contains(&Method::Get)
        && !list.has_items
        && list.methods.is_disjoint(&singular.methods);
    is_list.then(|| Segment::Literal(text.clone(), list.words.clone()))
}
