//! `cargo xtask lint`: the checks that are not tests.

use std::path::Path;
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
pub(crate) struct Lint {
    /// Skip clippy, because it has compiled the tests
    #[arg(long)]
    skip_clippy: bool,
}

impl Lint {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let mut steps = Steps::default();
        self.steps(&mut steps);
        steps.finish()
    }

    pub(crate) fn steps(&self, steps: &mut Steps) {
        steps.run("fmt", || run(&mut cargo(["fmt", "--all", "--check"])));
        steps.run("fmt of our own code of the SDK", check_custom_format);
        if !self.skip_clippy {
            steps.run("clippy", clippy);
        }
        steps.run("doc", doc);
        // A publish dry run, and the generated crate without the client, with one resource, and with
        // every feature.
        steps.run("packages and features", || {
            run(&mut heavy_command("features"))
        });
        steps.run("codegen --check", check_codegen);
        steps.run("the SDK in a browser", browser);
        steps.run("package", check_package);
    }
}

/// Checks the format of the sources in `spec/custom`. They belong to no package, so `cargo fmt` does not
/// find them.
fn check_custom_format() -> anyhow::Result<()> {
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--check", "--edition", "2024"]);
    run(rustfmt.args(repo::list_sources(Path::new(repo::CUSTOM))?))
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

/// Documents all packages. The SDK with its runtime, and the compiler, come first, without the features
/// that other packages ask for, as docs.rs does it. `packages and features` then uses the same
/// dependencies.
fn doc() -> anyhow::Result<()> {
    let sdk = [repo::PACKAGE, repo::RUNTIME].map(|package| ["--package", package]);
    let compiler = [repo::COMPILER, "xtask"].map(|package| ["--package", package]);
    let documented = sdk.iter().chain(&compiler);
    let others = documented.flat_map(|[_, package]| ["--exclude", package]);
    let others = ["--workspace"].into_iter().chain(others);
    for packages in [sdk.concat(), compiler.concat(), others.collect()] {
        let mut command = cargo(["doc", "--no-deps"]);
        command.args(packages);
        run(command.env("RUSTDOCFLAGS", "--deny warnings"))?;
    }
    Ok(())
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
