//! The operations of a document in their order, and after them the alternatives to them.

use super::context::LoweringContext;
use super::endpoint::Endpoint;
use crate::config::{At, Paginated};
use crate::ir::{Operation, OperationId, Resource};
use crate::lower::api::streaming;
use crate::lower::operation::Naming;

/// Operations, each with what the configuration wishes of it.
#[derive(Debug, Default)]
pub(in crate::lower) struct Operations {
    pub(in crate::lower) list: Vec<Operation>,
    pub(in crate::lower) pages: Vec<Option<At<Paginated>>>,
    pub(in crate::lower) streams: Vec<streaming::Wish>,
    /// How many endpoints of the document are among them.
    pub(in crate::lower) endpoints: usize,
}

impl Operations {
    /// Those that are the document's own.
    pub(in crate::lower) fn declared(&self) -> &[Operation] {
        self.list.get(..self.endpoints).unwrap_or(&self.list)
    }
}

impl<'a> LoweringContext<'a> {
    /// Lowers the endpoints that have a method.
    pub(in crate::lower) fn operations(
        &mut self,
        endpoints: &[Endpoint<'a>],
        named: Vec<(usize, Naming)>,
        root: &mut Resource,
    ) -> Operations {
        let mut operations = Operations::default();
        let mut lowered = Vec::with_capacity(named.len());
        for (place, mut naming) in named {
            if let Some(endpoint) = endpoints.get(place) {
                let id = OperationId::new(operations.list.len());
                operations.pages.push(naming.paginated.take());
                operations.streams.push(naming.streaming.take());
                operations.list.push(self.operation(id, endpoint, naming));
                lowered.push(endpoint);
            }
        }
        operations.endpoints = lowered.len();
        for (place, endpoint) in lowered.into_iter().enumerate() {
            self.add_alternatives(&mut operations, place, endpoint, root);
        }
        operations
    }
}
