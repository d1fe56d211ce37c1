//! The SDK as its users have it: the examples, uploads, and receivers of webhooks.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod examples;
mod support;
mod uploads;
mod webhooks;
