//! The operations of a document in their order, and after them those that stand beside one of them.

use super::context::Context;
use super::endpoints::Endpoint;
use super::operation::Naming;
use super::resources;
use super::streaming;
use crate::config::{At, Paginated};
use crate::ir::{Operation, OperationId, Resource};

/// What is added to the name of a method for the one beside it that sends a form with files.
const OF_FILES: &str = "multipart";

/// Operations, each with what the configuration wishes of it.
#[derive(Debug, Default)]
pub(super) struct Operations {
    pub(super) list: Vec<Operation>,
    pub(super) pages: Vec<Option<At<Paginated>>>,
    pub(super) streams: Vec<streaming::Wish>,
    /// How many endpoints of the document are among them.
    pub(super) endpoints: usize,
}

impl<'a> Context<'a> {
    /// Lowers the endpoints that have a method.
    pub(super) fn operations(
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
            self.add_with_files(&mut operations, place, endpoint, root);
        }
        operations
    }

    /// Adds the operation that sends a form with files, if there is one beside that of this place.
    fn add_with_files(
        &mut self,
        operations: &mut Operations,
        place: usize,
        endpoint: &Endpoint<'a>,
        root: &mut Resource,
    ) {
        let id = OperationId::new(operations.list.len());
        let usual = operations.list.get(place);
        let beside = usual.and_then(|usual| {
            let name = usual.name.with(OF_FILES);
            self.with_files(id, endpoint, usual, name)
        });
        if let Some(operation) = beside {
            resources::add_beside(root, OperationId::new(place), id, OF_FILES);
            let stream = operations.streams.get(place).cloned().flatten();
            operations.list.push(operation);
            operations.pages.push(None);
            operations.streams.push(stream);
        }
    }
}
