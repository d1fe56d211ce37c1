//! `cargo xtask ci`: all that a change must pass.

use clap::Args;

use crate::lint::Lint;
use crate::steps::Steps;
use crate::test::Test;

/// Runs all that a change must pass.
#[derive(Args)]
pub(crate) struct Ci {}

impl Ci {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let mut steps = Steps::default();
        Test::default().steps(&mut steps);
        Lint::default().steps(&mut steps);
        steps.finish()
    }
}
