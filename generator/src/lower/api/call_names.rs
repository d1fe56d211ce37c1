//! Calls of operations that nobody named: their resources, and their methods.
//!
//! The rules are about the structure of APIs. They were measured over 44 pairs of a public
//! description and the official SDK of its vendor (about 7,000 operations). A comment "holds in
//! 98 %" is the share of those operations; "83 / 80" is that share and the mean over the pairs.
//!
//! In short:
//! 1. Ids that name a group and a method (`drive.files.list`, `repos/list-for-org`) are the call:
//!    holds in 98 %.
//! 2. Clean ids with a tag for each resource: the tag, and the id without the tag's words.
//! 3. Dotted tags (`beta.conversations`) are nested resources.
//! 4. Otherwise the path: all its literal segments, or all but the last: 67 / 76.
//!
//! This room reads paths, tags and ids. Of schemas it only asks whether a response is a list.

mod acts_in_paths;
mod api_path;
mod call;
mod claims;
mod collection_numbers;
mod collisions;
mod components;
mod document_style;
mod facts;
mod glued_words;
mod operation_id;
mod other_owners;
mod parent_methods;
mod path_calls;
mod path_position;
mod path_tree;
mod phrases;
mod read_by_post;
mod resource_methods;
mod response_list;
mod segment_text;
mod shared_prefixes;
mod structured_ids;
mod survey;
mod tag_calls;
mod tag_resources;
mod tag_segments;
mod verbs;
mod vocabulary;

pub(in crate::lower) use self::call::Call;
pub(in crate::lower) use self::collisions::distinguish_calls;
pub(in crate::lower) use self::facts::{OperationFacts, read_operations};
use self::survey::Survey;
pub(in crate::lower) use self::tag_resources::TagResources;

/// Infers the calls of all operations, in their order. Two may still have one name:
/// [`distinguish_calls`] gives each its own.
pub(in crate::lower) fn infer_calls(operations: &[OperationFacts]) -> Vec<Call> {
    let survey = Survey::new(operations);
    if let Some(calls) = structured_ids::read_calls(&survey) {
        return calls;
    }
    let infer = |operation: &OperationFacts| {
        tag_calls::call_by_tag(operation, &survey)
            .unwrap_or_else(|| path_calls::call_by_path(operation, &survey))
    };
    operations.iter().map(infer).collect()
}
