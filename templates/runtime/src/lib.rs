//! The runtime that sdkwright copies into each SDK.
//!
//! It is a crate of its own only so that it is compiled, tested and measured in place. What a
//! generated crate gets is the folder `runtime`, byte for byte, with a file of `date_times` in place of
//! `codec/date_time.rs` where it has another library for dates and times; everything else in this
//! crate (the sample types, the tests, the benchmarks) stays here. Code under `runtime` therefore names itself
//! `crate::runtime`, which is right in both crates.

pub mod runtime;

#[cfg(test)]
mod date_times;

#[doc(hidden)]
#[path = "../tests/support/sample.rs"]
pub mod sample;

#[cfg(test)]
#[cfg(feature = "client")]
mod tests;
