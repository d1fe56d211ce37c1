//! `sdkwright schema`: the JSON Schema of `sdk.yaml`.

use std::io::{self, Write};

use clap::Args;

use super::outcome::Outcome;
use crate::config::render_json_schema;

/// Arguments of `sdkwright schema`.
#[derive(Args)]
pub(super) struct SchemaArgs {}

impl SchemaArgs {
    /// Prints the schema to `out`.
    ///
    /// # Errors
    ///
    /// `out` cannot be written to.
    pub(super) fn run(&self, out: &mut dyn Write) -> io::Result<Outcome> {
        out.write_all(render_json_schema().as_bytes())?;
        Ok(Outcome::Good)
    }
}
