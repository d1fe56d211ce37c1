//! Load: from bytes to a document in one form.

mod pointer;

pub use pointer::Pointer;
