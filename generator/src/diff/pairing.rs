//! Pairs: which method and which type of one crate is which of the other.
//!
//! A name that stays is the same item for users. Of the rest, a method is known by its operation, and a
//! type by the JSON pointer of its schema, by the position that it is used in, or by its shape.

mod methods;
mod similarity;
mod types;

pub(super) use methods::{MethodPair, pair_methods};
pub(super) use types::{ItemPairs, pair_items};
