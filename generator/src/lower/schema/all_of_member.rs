//! Members of `allOf`, as plain data.

use super::keywords::Keywords;
use super::schema_ref::ComponentId;
use crate::source::Pointer;

/// The keywords of one of the schemas that a value fulfils.
#[derive(Debug, Clone)]
pub(in crate::lower) struct AllOfMember<'a> {
    /// The keywords, without `allOf`.
    pub(in crate::lower) keywords: Keywords<'a>,
    /// Where they stand.
    pub(in crate::lower) at: Pointer,
    /// The component that they belong to, if it was reached by reference.
    pub(in crate::lower) origin: Option<ComponentId>,
}
