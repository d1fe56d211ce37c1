//! The guide: its samples compile and run, its commands work, its YAML is read, and its links lead
//! to a page and a heading.
//!
//! The samples are compiled against the crate of `guide/bookshop`. The language of a block decides
//! what is tested. A block without a language that a test knows is an error.

#![expect(
    clippy::indexing_slicing,
    reason = "helpers of tests may panic, as tests may"
)]

mod generated_workspace;
mod workspace;

#[path = "guide/blocks.rs"]
mod blocks;
#[path = "guide/commands.rs"]
mod commands;
#[path = "guide/documents.rs"]
mod documents;
#[path = "guide/links.rs"]
mod links;
#[path = "guide/samples.rs"]
mod samples;

use std::path::{Path, PathBuf};

/// The folder of the guide.
fn guide() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("guide")
}

/// The API of the samples.
fn bookshop() -> PathBuf {
    guide().join("bookshop/openapi.yaml")
}
