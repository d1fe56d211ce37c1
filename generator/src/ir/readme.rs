//! Calls that the README of a crate shows.

use serde_json::{Map, Value};

use super::{OperationId, WireName};
use crate::source::Pointer;

/// The calls that the configuration chooses for the README.
#[derive(Debug, Clone, Default)]
pub struct ReadmeCalls {
    /// The call of the quick start.
    pub quick_start: Option<ReadmeCall>,
    /// The call that lists items.
    pub pagination: Option<ReadmeCall>,
}

/// A call that the configuration chooses.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadmeCall {
    /// The operation.
    pub operation: OperationId,
    /// The values of its parameters and of the properties of its body, by their names on the wire.
    pub params: Map<String, Value>,
    /// The JSON pointer of the values in the configuration.
    pub params_pointer: Pointer,
    /// The property of the response that is printed, with its JSON pointer in the configuration.
    pub response_property: Option<(WireName, Pointer)>,
}
