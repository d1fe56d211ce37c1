//! Calls where nobody named them: which resource an operation is found under, and what its method
//! is called.
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

mod api_path;
mod collisions;
mod document_style;
mod facts;
mod glued_words;
mod operation_id;
mod path_calls;
mod path_tree;
mod phrases;
mod response_list;
mod segment_text;
mod structured_ids;
mod tag_calls;
mod tag_segments;
mod verbs;
mod vocabulary;

use std::collections::HashSet;

pub(in crate::lower) use self::collisions::distinguish_calls;
use self::document_style::DocumentStyle;
pub(in crate::lower) use self::facts::{OperationFacts, read_operations, split_tag};
use self::path_tree::PathTree;
use self::vocabulary::letters;
use crate::ir::Words;

/// Where a method is found, and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lower) struct Call {
    /// The resources, each below the one before. None means the client itself.
    pub(in crate::lower) resources: Vec<Words>,
    /// The method.
    pub(in crate::lower) method: Words,
}

impl Call {
    fn new(resources: Vec<Words>, method: Words) -> Self {
        Self { resources, method }
    }
}

/// What the rules know of a document: its operations, its paths as a tree, and its habits.
#[derive(Debug)]
struct Survey<'s> {
    operations: &'s [OperationFacts],
    tree: PathTree,
    style: DocumentStyle,
    /// The letters of what other things belong to: tags, and segments with items.
    owners: HashSet<String>,
}

/// Infers the calls of all operations, in their order. Two may still have one name:
/// [`distinguish_calls`] gives each its own.
pub(in crate::lower) fn infer_calls(operations: &[OperationFacts]) -> Vec<Call> {
    let tree = PathTree::new(operations);
    let style = DocumentStyle::detect(operations, &tree);
    let survey = Survey {
        operations,
        owners: find_owners(operations, &tree),
        tree,
        style,
    };
    if let Some(calls) = structured_ids::read_calls(&survey) {
        return calls;
    }
    let infer = |operation: &OperationFacts| {
        tag_calls::call_by_tag(operation, &survey)
            .unwrap_or_else(|| path_calls::call_by_path(operation, &survey))
    };
    operations.iter().map(infer).collect()
}

fn find_owners(operations: &[OperationFacts], tree: &PathTree) -> HashSet<String> {
    let mut owners: HashSet<String> = HashSet::new();
    for operation in operations {
        owners.extend(operation.tags.iter().flatten().map(letters));
        let shape = operation.path.shape();
        if tree.has_items(&shape) {
            owners.extend(operation.path.literals().last().map(letters));
        }
    }
    owners
}
