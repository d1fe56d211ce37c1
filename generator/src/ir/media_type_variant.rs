//! Media type variants: operations that call a declared operation with another media type.

use super::{MediaType, Operation, OperationId};

/// The difference between a media type variant and the declared operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaTypeVariant {
    /// It sends a request body of another media type than this operation.
    RequestBody(OperationId),
    /// It has the parameters of this operation, and requests a response of this media type.
    Response(OperationId, MediaType),
}

impl Operation {
    /// Returns the operation that declares its parameters, if it does not declare its own.
    #[must_use]
    pub const fn takes_params_of(&self) -> Option<OperationId> {
        match &self.media_type_variant {
            Some(MediaTypeVariant::Response(usual, _)) => Some(*usual),
            _ => None,
        }
    }
}
