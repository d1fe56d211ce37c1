//! What the benchmarks of the runtime share.

#[path = "../tests/support/bare.rs"]
mod bare;
pub mod cpu;
#[path = "../tests/support/sample.rs"]
pub mod sample;

pub use sdkwright_runtime as runtime;

pub use bare::API;
