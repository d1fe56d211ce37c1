//! Shared code of the runtime's benchmarks.

pub mod cpu;
#[path = "../tests/support/empty_api.rs"]
mod empty_api;
#[path = "../tests/support/sample.rs"]
pub mod sample;

pub use sdkwright_runtime as runtime;

pub use empty_api::API;
