//! The codec as generated types use it.

#[allow(unreachable_pub, reason = "generated types are public")]
#[path = "../support/sample.rs"]
mod sample;

use sdkwright_runtime as runtime;

mod base64;
mod debug;
mod equal;
mod errors;
mod exact;
mod hostile;
mod members;
mod numbers;
mod properties;
mod secrets;
#[cfg(feature = "serde")]
mod shims;
mod strings;
mod unions;

/// A page of chats with every kind of field, and with members and values that the types do not
/// know.
const PAGE: &str = include_str!("../support/page.json");
