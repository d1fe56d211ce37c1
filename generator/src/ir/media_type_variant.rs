//! Alternatives: operations that are other ways to call one of the document.

use super::{MediaType, Operation, OperationId};

/// How an operation is called that can be called in several ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaTypeVariant {
    /// It sends a body of another media type than this one.
    RequestBody(OperationId),
    /// It takes the parameters of this one, and asks for an answer of this media type.
    Response(OperationId, MediaType),
}

impl Operation {
    /// The operation whose parameters it takes, if these are not its own.
    #[must_use]
    pub const fn takes_params_of(&self) -> Option<OperationId> {
        match &self.media_type_variant {
            Some(MediaTypeVariant::Response(usual, _)) => Some(*usual),
            _ => None,
        }
    }
}
