//! `cargo xtask conformance`: what an SDK does, and the tests that prove it.
//!
//! The table is `xtask/conformance.toml`. Its rows say what holds and name the
//! tests that show it; the command runs these, and a row without a test that
//! passes is a failure.

mod outcome;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use serde::Serialize;

use outcome::{Outcome, read_recorded, run, test_program};
use table::Table;

/// Path of the table.
const TABLE: &str = "xtask/conformance.toml";

/// Runs the tests that prove each behaviour of an SDK.
#[derive(Args)]
pub(crate) struct Conformance {
    /// Report as JSON
    #[arg(long)]
    json: bool,
    /// Take the outcomes from this file, which `cargo xtask test --record` wrote, and run only the
    /// tests that are not part of it
    #[arg(long, value_name = "FILE")]
    recorded: Option<PathBuf>,
    /// Take a test that was skipped for one that failed
    #[arg(long)]
    strict: bool,
}

/// A row of the report.
#[derive(Serialize)]
struct Line<'t> {
    group: &'t str,
    behaviour: &'t str,
    outcome: Outcome,
    tests: Vec<Test<'t>>,
}

/// A test that a row names.
#[derive(Serialize)]
struct Test<'t> {
    name: &'t str,
    outcome: Outcome,
}

impl Conformance {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let table = Table::read(TABLE)?;
        let recorded = match &self.recorded {
            Some(path) => {
                Some(fs::read_to_string(path).with_context(|| path.display().to_string())?)
            }
            None => None,
        };
        let mut outcomes = BTreeMap::new();
        for (target, arguments, names) in table.tests()? {
            if let (Some(text), Some(program)) = (&recorded, test_program(arguments)) {
                outcomes.extend(read_recorded(target, program, text));
                continue;
            }
            outcomes.extend(run(target, arguments, &names)?);
        }
        let lines = lines(&table, &outcomes);
        if self.json {
            println!("{}", serde_json::to_string_pretty(&lines)?);
        } else {
            show(&lines);
        }
        self.check_outcomes(&lines)
    }

    fn check_outcomes(&self, lines: &[Line<'_>]) -> anyhow::Result<()> {
        let bad = |line: &&Line<'_>| match line.outcome {
            Outcome::Passed => false,
            Outcome::Skipped => self.strict,
            Outcome::Failed | Outcome::Missing => true,
        };
        match lines.iter().filter(bad).count() {
            0 => Ok(()),
            count => bail!("{count} of {} behaviours are not proven", lines.len()),
        }
    }
}

fn lines<'t>(table: &'t Table, outcomes: &BTreeMap<String, Outcome>) -> Vec<Line<'t>> {
    let test = |name: &'t String| Test {
        name,
        outcome: outcomes.get(name).copied().unwrap_or(Outcome::Missing),
    };
    table
        .rows()
        .map(|(group, behaviour, tests)| {
            let tests: Vec<_> = tests.iter().map(test).collect();
            let worst = tests.iter().map(|test| test.outcome).max();
            Line {
                group,
                behaviour,
                outcome: worst.unwrap_or(Outcome::Missing),
                tests,
            }
        })
        .collect()
}

/// Prints a line for each row, and one for each test that did not pass.
fn show(lines: &[Line<'_>]) {
    let mut group = "";
    for line in lines {
        if line.group != group {
            group = line.group;
            println!("\n{group}");
        }
        println!("  {:<8}{}", line.outcome, line.behaviour);
        let tests = line.tests.iter();
        for test in tests.filter(|test| test.outcome != Outcome::Passed) {
            println!("          {}: {}", test.name, test.outcome);
        }
    }
    let count = |outcome| lines.iter().filter(|line| line.outcome == outcome).count();
    println!(
        "\n{} behaviours: {} passed, {} failed, {} missing, {} skipped",
        lines.len(),
        count(Outcome::Passed),
        count(Outcome::Failed),
        count(Outcome::Missing),
        count(Outcome::Skipped),
    );
}
