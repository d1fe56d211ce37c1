//! The facts about a whole document that decide its names.

use std::collections::HashSet;

use super::document_style::DocumentStyle;
use super::facts::OperationFacts;
use super::path_tree::PathTree;
use super::vocabulary::letters;

/// The operations of a document, its paths as a tree, and its habits.
#[derive(Debug)]
pub(super) struct Survey<'s> {
    pub(super) operations: &'s [OperationFacts],
    pub(super) tree: PathTree,
    pub(super) style: DocumentStyle,
    /// The letters of each noun that owns other resources: tags, and segments with items.
    pub(super) owners: HashSet<String>,
}

impl<'s> Survey<'s> {
    pub(super) fn new(operations: &'s [OperationFacts]) -> Self {
        let tree = PathTree::new(operations);
        Self {
            operations,
            owners: find_owners(operations, &tree),
            style: DocumentStyle::detect(operations, &tree),
            tree,
        }
    }
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
