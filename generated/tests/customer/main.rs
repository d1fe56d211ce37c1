//! The SDK as its users have it: the examples, uploads, and receivers of webhooks.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod examples;
mod support;
mod uploads;
mod webhooks;
