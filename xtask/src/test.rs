//! `cargo xtask test`: every test.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use clap::Args;

use crate::heavy::heavy_command;
use crate::steps::Steps;
use xtask::process::{cargo, display, require, run};
use xtask::repo;

/// Runs every test.
#[derive(Args, Default)]
pub(crate) struct Test {
    /// Write the output of the tests to this file, for `cargo xtask conformance --recorded`
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

impl Test {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let mut steps = Steps::default();
        self.steps(&mut steps);
        steps.finish()
    }

    pub(crate) fn steps(&self, steps: &mut Steps) {
        // Generated crates of tests then use the dependencies that are compiled for the tests.
        steps.run("dependencies of the tests", || {
            run(&mut heavy_command("test-dependencies"))
        });
        // The compiler, the crates of all fixtures, the runtime, the generated crate with its wire
        // tests and examples, and the examples in all docs.
        steps.run("workspace tests", || {
            let mut tests = cargo(["test", "--workspace", "--no-fail-fast"]);
            tests.args(["--features", repo::TEST_FEATURES]);
            match &self.record {
                Some(record) => run_recorded(&mut tests, record),
                None => run(&mut tests),
            }
        });
    }
}

/// Runs a command, and copies its output to a file. Standard output and standard error share a
/// pipe: the one names the tests, and the other the programs that run them.
///
/// # Errors
///
/// The command fails, or the file cannot be written.
fn run_recorded(command: &mut Command, record: &Path) -> anyhow::Result<()> {
    let shown = display(command);
    let mut file = File::create(record).with_context(|| record.display().to_string())?;
    let (reader, writer) = io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot start `{shown}`"))?;
    // The pipe ends when the child does, and not while this process can write to it.
    command
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    let mut reader = BufReader::new(reader);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        io::stdout().write_all(&line)?;
        file.write_all(&line)?;
        line.clear();
    }
    require(child.wait()?, &shown)
}
