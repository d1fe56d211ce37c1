//! `cargo xtask test`: every test there is.

use clap::Args;

use crate::process::{cargo, run};
use crate::repo;
use crate::steps::Steps;

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
        steps.run("the SDK without its default features", || {
            let mut check = cargo(["check", "--package", repo::PACKAGE, "--all-targets"]);
            run(check.arg("--no-default-features"))
        });
    }
}
