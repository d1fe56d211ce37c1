//! Tests of the codec with types like generated ones.

#[expect(unreachable_pub, reason = "generated types are public")]
#[path = "../support/sample.rs"]
mod sample;

use sdkwright_runtime as runtime;

mod base64;
mod debug;
mod equality;
mod errors;
mod exact_numbers;
mod invariants;
mod malformed;
mod numbers;
mod objects;
mod secrets;
#[cfg(feature = "serde")]
mod serde_traits;
mod strings;
mod unions;

/// A page of chats with every kind of field, and with properties and values that the types do not
/// know.
const PAGE: &str = include_str!("../support/page.json");
