//! Measures the compiler and its crates: `cargo xtask bench`.

mod baseline;
mod build_cost;
mod compiler;
mod one_resource;
mod peers;
mod race;
mod synthetic;
mod table;

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};

use crate::process::{cargo, run};
use table::Row;

/// Measures the compiler, and the crates that it makes.
#[derive(Args)]
pub(crate) struct Bench {
    /// Measure only this
    #[arg(long, value_enum)]
    only: Option<Part>,
    /// Real documents for the comparison with other installed generators (openapi-to-rust and
    /// ploidy), and for the cost of one resource against all
    #[arg(
        value_name = "DOCUMENT",
        required_if_eq_any([("only", "peers"), ("only", "one-resource")])
    )]
    documents: Vec<PathBuf>,
    /// Write the figures to this file, too
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The benchmarks of the runtime: the codec, and calls over HTTP
    Runtime,
    /// The cost of compiling 500 types, and their speed, compared with the same types
    /// with serde's derives
    BuildCost,
    /// The compiler at work on `spec/linq.yaml`
    Compiler,
    /// The named documents, compared with other generators
    Peers,
    /// A program that uses one resource of each document that is named
    OneResource,
}

impl Bench {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let mut rows = Vec::new();
        if self.includes(Part::Runtime) {
            run(&mut cargo([
                "bench",
                "--package",
                "sdkwright-runtime-benches",
            ]))?;
        }
        let progress = show_spinner();
        if self.includes(Part::Compiler) {
            rows.extend(compiler::run_all(&progress)?);
        }
        if self.includes(Part::BuildCost) {
            rows.extend(build_cost::run_all(&progress)?);
        }
        if self.includes(Part::Peers) {
            rows.extend(peers::run_all(&self.documents, &progress)?);
        }
        if self.includes(Part::OneResource) {
            rows.extend(one_resource::run_all(&self.documents, &progress)?);
        }
        progress.finish_and_clear();
        self.report(&rows)
    }

    fn includes(&self, part: Part) -> bool {
        self.only.is_none_or(|only| only == part)
    }

    fn report(&self, rows: &[Row]) -> anyhow::Result<()> {
        if !rows.is_empty() {
            println!("{}", table::HEADING);
        }
        for row in rows {
            println!("{row}");
        }
        if let Some(path) = &self.json {
            let text = serde_json::to_string_pretty(rows)? + "\n";
            fs::write(path, text).with_context(|| path.display().to_string())?;
        }
        Ok(())
    }
}

/// Shows the current measurement at a terminal, and nothing elsewhere.
fn show_spinner() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {elapsed} {msg}");
    let spinner = ProgressBar::new_spinner();
    spinner.enable_steady_tick(Duration::from_millis(200));
    style.map_or_else(
        |_| ProgressBar::new_spinner(),
        |style| spinner.with_style(style),
    )
}
