//! The position of an operation among the paths of a document.

use super::facts::OperationFacts;
use super::survey::Survey;
use super::vocabulary::is_about_many;
use crate::ir::{Method, Words};

/// An operation, and the facts of its path.
pub(super) struct PathPosition<'p> {
    pub(super) operation: &'p OperationFacts,
    pub(super) survey: &'p Survey<'p>,
    /// The last literal segment, in the plural if a tag has its plural.
    pub(super) last: &'p Words,
    pub(super) shape: Vec<&'p str>,
}

impl<'p> PathPosition<'p> {
    pub(super) fn new(
        operation: &'p OperationFacts,
        last: &'p Words,
        survey: &'p Survey<'p>,
    ) -> Self {
        Self {
            operation,
            survey,
            last,
            shape: operation.path.shape(),
        }
    }

    pub(super) const fn method(&self) -> &Method {
        &self.operation.method
    }

    /// The last literal segment, as the path spells it.
    pub(super) fn segment(&self) -> &Words {
        self.operation.path.literals().last().unwrap_or(self.last)
    }

    pub(super) fn is_about_many(&self) -> bool {
        is_about_many(self.segment())
    }

    /// Whether the response is a list, or the id names a list.
    pub(super) fn is_called_list(&self) -> bool {
        let first = self.operation.id.iter().next();
        self.operation.returns_list() || first.is_some_and(|first| first == "list")
    }

    /// The path up to its last literal segment.
    pub(super) fn shape_to_last_literal(&self) -> Option<&[&'p str]> {
        let literal = self.shape.iter().rposition(|it| *it != "{}")?;
        self.shape.get(..=literal)
    }
}
