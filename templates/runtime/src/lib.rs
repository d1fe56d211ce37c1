//! The runtime of every SDK that sdkwright makes.
//!
//! The [`runtime`] folder is copied as it stands into each generated crate, so
//! everything in it names its neighbours by `crate::runtime`, and is compiled,
//! tested and measured here.

pub mod runtime;

#[cfg(test)]
mod tests;
