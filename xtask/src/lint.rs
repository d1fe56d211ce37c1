//! `cargo xtask lint`: the checks that are not tests.

use std::process::Command;

use clap::Args;

use crate::codegen::Codegen;
use crate::heavy::heavy_command;
use crate::package::check_package;
use crate::steps::Steps;
use xtask::process::{cargo, read, run};
use xtask::repo;

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
        // The generated crate without the client, with one resource, and with every feature.
        steps.run("the features of the SDK", || {
            run(&mut heavy_command("features"))
        });
        steps.run("codegen --check", check_codegen);
        steps.run("the SDK in a browser", browser);
        steps.run("package", check_package);
        steps.run("publish dry run", publish);
    }
}

fn check_codegen() -> anyhow::Result<()> {
    let codegen = Codegen {
        check: true,
        ..Codegen::default()
    };
    codegen.run()
}

fn clippy() -> anyhow::Result<()> {
    let mut command = cargo(["clippy", "--workspace", "--all-targets"]);
    run(command.args(["--", "--deny", "warnings"]))
}

fn doc() -> anyhow::Result<()> {
    let mut command = cargo(["doc", "--workspace", "--no-deps"]);
    run(command.env("RUSTDOCFLAGS", "--deny warnings"))
}

/// The target of browsers.
const BROWSER: &str = "wasm32-unknown-unknown";

/// Checks the generated crate for browsers, where there is a standard library for them.
fn browser() -> anyhow::Result<()> {
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "list", "--installed"]);
    let installed = read(&mut rustup).unwrap_or_default();
    if !installed.lines().any(|target| target == BROWSER) {
        println!("skipped: rustup has no target {BROWSER} here");
        return Ok(());
    }
    for features in [
        "resources",
        "resources,webhook",
        "default,mock,tower,tracing",
    ] {
        let mut check = cargo(["check", "--package", repo::PACKAGE, "--lib"]);
        check.args(["--target", BROWSER, "--no-default-features"]);
        check.args(["--features", features]);
        run(&mut check)?;
    }
    Ok(())
}

/// Packs the generated crate and compiles it from its package, as publishing
/// would. Uncommitted changes are allowed, with a note.
fn publish() -> anyhow::Result<()> {
    let mut command = cargo(["publish", "--dry-run", "--package", repo::PACKAGE]);
    command.args(["--package", repo::RUNTIME, "--package", repo::COMPILER]);
    let mut status = Command::new("git");
    status.args(["status", "--porcelain", "--", repo::GENERATED]);
    if read(&mut status).is_ok_and(|changes| !changes.is_empty()) {
        println!(
            "note: `{}` has changes that are not committed",
            repo::GENERATED
        );
        command.arg("--allow-dirty");
    }
    // The profiles of the workspace do not apply outside of it. With the same setting, cargo uses
    // the dependencies that it has compiled already.
    run(command.env("CARGO_PROFILE_DEV_DEBUG", "0"))
}
