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
        // The compiler, the runtime, the generated crate with its wire tests and examples, and the
        // examples in all docs.
        let skip = COMPILING.iter().flat_map(|(_, test)| ["--skip", test]);
        let tests = test_command(&[], skip);
        steps.run("workspace tests", || {
            self.run_tests(tests, |path| File::create(path))
        });
        // The crates of all fixtures, and programs that use them. Each of their commands waits until no
        // other command of cargo builds, so they come when most of a gate has ended.
        let targets = COMPILING.map(|(target, _)| ["--test", target]);
        let tests = test_command(&targets.concat(), COMPILING.iter().map(|(_, test)| *test));
        steps.run("tests that compile crates", || {
            self.run_tests(tests, |path| File::options().append(true).open(path))
        });
    }

    /// Runs tests. If their output is recorded, `open` opens the file.
    fn run_tests(
        &self,
        mut tests: Command,
        open: impl FnOnce(&Path) -> io::Result<File>,
    ) -> anyhow::Result<()> {
        let Some(record) = &self.record else {
            return run(&mut tests);
        };
        let file = open(record).with_context(|| record.display().to_string())?;
        run_recorded(&mut tests, file)
    }
}

/// The tests that compile hundreds of crates: the target of each, and its name.
const COMPILING: [(&str, &str); 2] = [
    ("accept", "each_idea_compiles"),
    (
        "agreement",
        "programs_compile_exactly_if_the_verdict_says_so",
    ),
];

/// The command that runs tests of the workspace, in these targets or in all, with these arguments of
/// the test programs.
fn test_command<'a>(targets: &[&str], arguments: impl Iterator<Item = &'a str>) -> Command {
    let mut tests = cargo(["test", "--workspace", "--no-fail-fast"]);
    tests.args(["--features", repo::TEST_FEATURES]);
    tests.args(targets).arg("--").args(arguments);
    tests
}

/// Runs a command, and copies its output to a file. Standard output and standard error share a
/// pipe: the one names the tests, and the other the programs that run them.
///
/// # Errors
///
/// The command fails, or the file cannot be written.
fn run_recorded(command: &mut Command, mut file: File) -> anyhow::Result<()> {
    let shown = display(command);
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
