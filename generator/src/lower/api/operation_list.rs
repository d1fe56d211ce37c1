//! The operations of an API, with the overrides of the configuration.

use std::collections::HashMap;

use super::resources;
use super::servers::Servers;
use crate::config::{self, At, Paginated};
use crate::ir::{MediaType, MediaTypeVariant, Operation, OperationId, Resource};
use crate::lower::operation::Naming;
use crate::lower::operation::context::LoweringContext;
use crate::lower::operation::endpoint::Endpoint;
use crate::lower::operation::media_type_variants::with_response_media_type;

/// Operations in the order of the document. Their media type variants follow them.
#[derive(Debug, Default)]
pub(in crate::lower) struct OperationList {
    /// The operations, by id.
    pub(in crate::lower) operations: Vec<Operation>,
    /// The overrides of the configuration.
    overrides: HashMap<OperationId, OperationOverrides>,
    /// Number of operations that the document declares.
    declared_count: usize,
}

/// Properties of an operation that the configuration overrides.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct OperationOverrides {
    /// Its pagination.
    pub(in crate::lower) pagination: Option<At<Paginated>>,
    /// Its stream.
    pub(in crate::lower) streaming: Option<At<config::Streaming>>,
}

impl OperationList {
    /// Returns the operations that the document declares, without their variants.
    pub(in crate::lower) fn declared(&self) -> &[Operation] {
        self.operations
            .get(..self.declared_count)
            .unwrap_or(&self.operations)
    }

    /// Returns all operations, each with its overrides if it has any.
    pub(in crate::lower) fn with_overrides(
        &mut self,
    ) -> impl Iterator<Item = (&mut Operation, Option<&OperationOverrides>)> {
        let overrides = &self.overrides;
        let operations = self.operations.iter_mut().enumerate();
        operations.map(|(index, operation)| (operation, overrides.get(&OperationId::new(index))))
    }

    fn next_id(&self) -> OperationId {
        OperationId::new(self.operations.len())
    }

    fn push(&mut self, operation: Operation, overrides: OperationOverrides) {
        self.overrides.insert(self.next_id(), overrides);
        self.operations.push(operation);
    }
}

/// Lowers the endpoints that have a method.
///
/// The methods of media type variants are added to `root` after all others, so that no declared
/// operation loses its name to a variant.
pub(in crate::lower) fn lower_operations<'a>(
    context: &mut LoweringContext<'a>,
    servers: &Servers,
    endpoints: &[Endpoint<'a>],
    named: Vec<(usize, Naming)>,
    root: &mut Resource,
) -> OperationList {
    let mut list = OperationList::default();
    let mut lowered = Vec::with_capacity(named.len());
    for (index, mut naming) in named {
        if let Some(endpoint) = endpoints.get(index) {
            let overrides = OperationOverrides {
                pagination: naming.paginated.take(),
                streaming: naming.streaming.take(),
            };
            let mut operation = context.operation(list.next_id(), endpoint, naming);
            operation.server = servers.own(endpoint, &mut context.schemas.findings);
            list.push(operation, overrides);
            lowered.push(endpoint);
        }
    }
    list.declared_count = lowered.len();
    for (index, endpoint) in lowered.into_iter().enumerate() {
        add_media_type_variants(context, &mut list, OperationId::new(index), endpoint, root);
    }
    list
}

/// Adds the variants of an operation that send or receive other media types.
fn add_media_type_variants<'a>(
    context: &mut LoweringContext<'a>,
    list: &mut OperationList,
    id: OperationId,
    endpoint: &Endpoint<'a>,
    root: &mut Resource,
) {
    let Some(original) = list.operations.get(id.index()).cloned() else {
        return;
    };
    let mut taken = Vec::new();
    for other in context.other_request_media_types(endpoint) {
        let variant_id = list.next_id();
        let name = original.name.join(&other.suffix);
        let variant =
            context.with_request_media_type(variant_id, endpoint, &original, &other, name);
        if let Some(mut variant) = variant {
            variant.media_type_variant = Some(MediaTypeVariant::RequestBody(id));
            let streaming = list
                .overrides
                .get(&id)
                .and_then(|overrides| overrides.streaming.clone());
            let overrides = OperationOverrides {
                streaming,
                ..OperationOverrides::default()
            };
            list.push(variant, overrides);
            resources::add_variant_method(root, id, variant_id, &other.suffix);
            taken.push(other.suffix);
        }
    }
    for other in context.other_response_media_types(endpoint) {
        let mut suffix = other.suffix.clone();
        if taken.contains(&suffix) {
            suffix = suffix.with("response");
        }
        if let Some(mut variant) = with_response_media_type(&original, &other, &suffix) {
            let variant_id = list.next_id();
            let media_type = MediaType::new(&other.media_type);
            variant.media_type_variant = Some(MediaTypeVariant::Response(id, media_type));
            list.push(variant, OperationOverrides::default());
            resources::add_variant_method(root, id, variant_id, &suffix);
        }
    }
}
