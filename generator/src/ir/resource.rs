//! The tree of resources.

use super::{OperationId, Words};

/// A resource: a namespace of methods.
#[derive(Debug, Clone, Default)]
pub struct Resource {
    /// Its own name, without those of its parents; empty at the root.
    pub name: Words,
    /// Its description.
    pub description: Option<String>,
    /// Its methods, in the order of the configuration or of the document.
    pub methods: Vec<ResourceMethod>,
    /// Its child resources.
    pub children: Vec<Resource>,
}

/// A method of a resource.
#[derive(Debug, Clone)]
pub struct ResourceMethod {
    /// Its name.
    pub name: Words,
    /// The operation that it calls.
    pub operation: OperationId,
}
