//! Members of `allOf`, as plain data.

use super::keywords::Keywords;
use super::schema_ref::ComponentId;
use crate::source::Pointer;

/// A schema that a value must satisfy, without its own `allOf`.
#[derive(Debug, Clone)]
pub(in crate::lower) struct AllOfMember<'a> {
    /// Its keywords, without `allOf`.
    pub(in crate::lower) keywords: Keywords<'a>,
    /// Its JSON pointer.
    pub(in crate::lower) at: Pointer,
    /// The component that it was reached through by reference, if any.
    pub(in crate::lower) origin: Option<ComponentId>,
}
