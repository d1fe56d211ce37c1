//! A call: the resources that lead to a method, and the method.

use crate::ir::Words;

/// The name of an operation in the SDK.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lower) struct Call {
    /// The resources, each below the one before. None means the client itself.
    pub(in crate::lower) resources: Vec<Words>,
    /// The method.
    pub(in crate::lower) method: Words,
}

impl Call {
    pub(in crate::lower) fn new(resources: Vec<Words>, method: Words) -> Self {
        Self { resources, method }
    }
}
