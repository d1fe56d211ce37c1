//! The compiler at work on the description of this repository.

use std::process::Command;
use std::time::Instant;

use anyhow::Context;
use indicatif::ProgressBar;
use serde::Deserialize;

use super::table::Row;
use crate::process::{cargo, read, run};
use xtask::repo;

const ROUNDS: usize = 25;

/// The fields of the output of `sdkwright generate --json` that the benchmark reads.
#[derive(Deserialize)]
struct Summary {
    micros: Micros,
}

#[derive(Deserialize)]
struct Micros {
    total: f64,
}

/// Measures the compiler's own work, in processes of their own as users have
/// it, and the command of this repository around it.
pub(super) fn run_all(progress: &ProgressBar) -> anyhow::Result<Vec<Row>> {
    progress.set_message("release build of the compiler");
    run(&mut cargo([
        "build",
        "--quiet",
        "--release",
        "--package",
        "sdkwright",
    ]))?;
    progress.set_message("the compiler's own work");
    let work = measure_rounds(own_work)?;
    progress.set_message("cargo xtask codegen");
    let warm = measure_rounds(warm_codegen)?;
    Ok(vec![
        Row::within("compiler's own work, least", "ms", take_least(&work), 20.0),
        Row::within("compiler's own work, median", "ms", median(&work), 20.0),
        Row::within("codegen unchanged, least", "ms", take_least(&warm), 500.0),
        Row::within("codegen unchanged, median", "ms", median(&warm), 500.0),
    ])
}

fn measure_rounds(measure: fn() -> anyhow::Result<f64>) -> anyhow::Result<Vec<f64>> {
    let mut times = (0..ROUNDS)
        .map(|_| measure())
        .collect::<anyhow::Result<Vec<_>>>()?;
    times.sort_by(f64::total_cmp);
    Ok(times)
}

fn take_least(sorted: &[f64]) -> f64 {
    sorted.first().copied().unwrap_or_default()
}

fn median(sorted: &[f64]) -> f64 {
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// From the first byte read to the last one rendered, in milliseconds.
fn own_work() -> anyhow::Result<f64> {
    let mut command = Command::new("target/release/sdkwright");
    command.args(["generate", repo::SPEC, "--config", repo::CONFIG]);
    command.args(["--out", repo::GENERATED, "--check", "--json"]);
    let summary: Summary = serde_json::from_str(&read(&mut command)?).context("its summary")?;
    Ok(summary.micros.total / 1000.0)
}

/// `cargo xtask codegen` with nothing to do, in milliseconds.
fn warm_codegen() -> anyhow::Result<f64> {
    let start = Instant::now();
    read(&mut cargo(["xtask", "codegen", "--check"]))?;
    Ok(start.elapsed().as_secs_f64() * 1000.0)
}
