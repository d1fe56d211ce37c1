//! `cargo xtask lint`: what must hold and is not a test.

use std::process::Command;

use clap::Args;

use crate::codegen::Codegen;
use crate::process::{cargo, read, run};
use crate::repo;
use crate::steps::Steps;

/// Checks everything that is not a test.
#[derive(Args, Default)]
pub(crate) struct Lint {}

impl Lint {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let mut steps = Steps::default();
        self.steps(&mut steps);
        steps.finish()
    }

    pub(crate) fn steps(&self, steps: &mut Steps) {
        steps.run("fmt", || run(&mut cargo(["fmt", "--all", "--check"])));
        steps.run("clippy", clippy);
        steps.run("doc", doc);
        steps.run("codegen --check", || Codegen { check: true }.run());
        steps.run("publish dry run", publish);
    }
}

fn clippy() -> anyhow::Result<()> {
    let mut command = cargo(["clippy", "--workspace", "--all-targets"]);
    run(command.args(["--", "--deny", "warnings"]))
}

fn doc() -> anyhow::Result<()> {
    let mut command = cargo(["doc", "--workspace", "--no-deps"]);
    run(command.env("RUSTDOCFLAGS", "--deny warnings"))
}

/// Packs the generated crate and compiles it from its package, as publishing
/// would. Work that is not committed yet is let through, and said.
fn publish() -> anyhow::Result<()> {
    let mut command = cargo(["publish", "--dry-run", "--package", repo::PACKAGE]);
    let mut status = Command::new("git");
    status.args(["status", "--porcelain", "--", repo::GENERATED]);
    if read(&mut status).is_ok_and(|changes| !changes.is_empty()) {
        println!(
            "note: `{}` has changes that are not committed",
            repo::GENERATED
        );
        command.arg("--allow-dirty");
    }
    run(&mut command)
}
