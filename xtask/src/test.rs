//! `cargo xtask test`: every test there is.

use clap::Args;

use crate::heavy::heavy;
use crate::steps::Steps;
use xtask::process::{cargo, run};

/// Runs every test.
#[derive(Args, Default)]
pub(crate) struct Test {}

impl Test {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let mut steps = Steps::default();
        self.steps(&mut steps);
        steps.finish()
    }

    pub(crate) fn steps(&self, steps: &mut Steps) {
        // The compiler and what it makes of each fixture, which is compiled, the
        // runtime, the generated crate with its wire tests and its examples, and
        // the examples in all docs.
        steps.run("workspace tests", || {
            run(&mut cargo(["test", "--workspace", "--no-fail-fast"]))
        });
        // And without the client, with one resource, and with all that can be on.
        steps.run("the features of the SDK", || run(&mut heavy("features")));
    }
}
