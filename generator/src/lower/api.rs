//! The API as a whole: everything that concerns more than one operation.
//!
//! This room arranges operations in resources and names their methods. It recognises pagination
//! and streams, and it decides how a client is configured. It refuses to look at schemas of the
//! document: it reads operations and types that are lowered already.

pub(in crate::lower) mod authentication;
pub(in crate::lower) mod call_names;
pub(in crate::lower) mod client_headers;
pub(in crate::lower) mod client_options;
pub(in crate::lower) mod custom_casings;
pub(in crate::lower) mod operation_list;
pub(in crate::lower) mod package;
pub(in crate::lower) mod pagination;
pub(in crate::lower) mod readme;
pub(in crate::lower) mod resources;
pub(in crate::lower) mod security;
pub(in crate::lower) mod servers;
pub(in crate::lower) mod streaming;
pub(in crate::lower) mod webhooks;
