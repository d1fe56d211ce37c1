//! The calls and types of a crate, before it is generated.

use super::diff::{ReadSide, SideOptions, read_side};
use super::{Failure, Options};

/// Reads the public interface of a crate, without rendering it.
///
/// # Errors
///
/// As [`generate`](super::generate).
pub fn inspect(options: &Options) -> Result<ReadSide, Failure> {
    super::with_large_stack(|| read_side(&SideOptions::new(options.clone(), None)))
}
