//! The paths of a document as a tree: which segments have one operation, and which have items.

use std::collections::{HashMap, HashSet};

use super::facts::OperationFacts;
use crate::ir::Method;

/// The number of operations at and below each path.
#[derive(Debug, Default)]
pub(super) struct PathTree {
    below: HashMap<String, usize>,
    methods: HashMap<String, Vec<Method>>,
    /// The paths whose GET returns an object that is not a list.
    objects: HashSet<String>,
}

impl PathTree {
    pub(super) fn new(operations: &[OperationFacts]) -> Self {
        let mut tree = Self::default();
        let mut seen = HashSet::new();
        for operation in operations {
            let shape = operation.path.shape();
            let key = (
                operation.method.as_str().to_owned(),
                shape.join("/"),
                operation.path.action.clone(),
            );
            let is_object = operation.response.is_object && !operation.returns_list();
            if operation.method == Method::Get && is_object {
                tree.objects.insert(join(&shape));
            }
            // Operations that differ only in a version or a query are counted once.
            if !seen.insert(key) {
                continue;
            }
            for length in 1..=shape.len() {
                let prefix = join(shape.get(..length).unwrap_or_default());
                *tree.below.entry(prefix).or_default() += 1;
            }
            let here = tree.methods.entry(join(&shape)).or_default();
            here.push(operation.method.clone());
        }
        tree
    }

    /// The number of operations at a path or below it.
    pub(super) fn count_below(&self, shape: &[&str]) -> usize {
        self.below.get(&join(shape)).copied().unwrap_or_default()
    }

    /// Whether a path has items below it: `/users` with `/users/{id}`.
    pub(super) fn has_items(&self, shape: &[&str]) -> bool {
        self.below.contains_key(&format!("{}/{{}}", join(shape)))
    }

    /// Whether a GET of a path returns an object that is not a list.
    pub(super) fn is_read_as_object(&self, shape: &[&str]) -> bool {
        self.objects.contains(&join(shape))
    }

    /// The HTTP methods of a path.
    pub(super) fn methods(&self, shape: &[&str]) -> &[Method] {
        self.methods.get(&join(shape)).map_or(&[], Vec::as_slice)
    }
}

fn join(shape: &[&str]) -> String {
    shape.join("/")
}
