//! Pairs of a method or a type in one crate and the same item in the other.
//!
//! For users, an item with an unchanged name is the same item. Otherwise the operation identifies a
//! method. The JSON pointer of its schema, a position that uses it, or its shape identifies a type.

mod methods;
mod similarity;
mod types;

pub(super) use methods::{MethodPair, pair_methods};
pub(super) use types::{ItemPairs, pair_items};
