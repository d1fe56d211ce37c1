//! A compiler from an OpenAPI description to a Rust SDK crate.
//!
//! ```text
//! bytes ─load→ Document ─lower→ Api ─plan→ Plan ─render→ Output ─write→ disk
//! ```
//!
//! Each arrow is one function from one type to the next. Nothing reaches back,
//! and nothing touches the disk before the last arrow. Diagnostics are
//! collected on the way and shown together.

pub mod cli;
pub mod config;
pub mod diagnostics;
pub mod diff;
pub mod ir;
pub mod load;
pub mod lower;
pub mod output;
pub mod pipeline;
pub mod plan;
pub mod render;
pub mod source;
