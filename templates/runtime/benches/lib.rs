//! What the benchmarks of the runtime share.

#[path = "../tests/support/bare.rs"]
mod bare;
pub mod cpu;

pub use bare::API;
