//! `cargo xtask compare-versions`: the changes between versions of real documents, in figures.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use clap::Args;
use serde_json::Value;

use crate::process::{Limits, cargo, run, run_limited};

/// Resource limits of a comparison.
const LIMITS: Limits = Limits {
    seconds: 120,
    mebibytes: 8_192,
};

/// Maximum time of a comparison, as a factor of the phases before rendering for the larger side.
const MAX_TIME_RATIO: f64 = 2.2;

/// Maximum memory of a comparison, as a factor of the generation of the larger side.
const MAX_MEMORY_RATIO: f64 = 2.0;

/// Compares each document with the one before it.
#[derive(Args)]
pub(crate) struct CompareVersions {
    /// The versions of a document, the oldest first
    #[arg(value_name = "DOCUMENT", num_args = 2.., required = true)]
    documents: Vec<PathBuf>,
    /// Fail where a comparison takes more than 2.2 times the time of one side, from loading to
    /// planning, or more than twice its memory
    #[arg(long)]
    strict: bool,
}

impl CompareVersions {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        run(&mut cargo([
            "build",
            "--quiet",
            "--release",
            "--bin",
            "sdkwright",
        ]))?;
        for pair in self.documents.windows(2) {
            if let [base, head] = pair {
                self.compare(base, head)?;
            }
        }
        Ok(())
    }

    fn compare(&self, base: &Path, head: &Path) -> anyhow::Result<()> {
        let mut command = compiler();
        command
            .arg("diff")
            .args([base, head])
            .args(["--format", "json"]);
        let used = run_limited(&command, LIMITS, Stdio::null(), Stdio::piped())?;
        ensure!(used.status.success(), "{}", used.errors);
        let report: Value = serde_json::from_str(&used.output).context("the report is JSON")?;
        let (one_side, memory) =
            [base, head]
                .iter()
                .try_fold((0.0, 0), |(time, peak), document| {
                    let side = measure_side(document)?;
                    anyhow::Ok((f64::max(time, side.0), peak.max(side.1)))
                })?;
        let seconds = used.cpu.as_secs_f64();
        let (time_ratio, memory_ratio) = (seconds / one_side, ratio(used.peak, memory));
        println!("{} -> {}", base.display(), head.display());
        print_counts(&report);
        println!(
            "  time {seconds:.2} s, {time_ratio:.2} of one side; memory {} MiB, {memory_ratio:.2} of one side",
            used.peak
        );
        let is_cheap = time_ratio <= MAX_TIME_RATIO && memory_ratio <= MAX_MEMORY_RATIO;
        ensure!(is_cheap || !self.strict, "the comparison costs too much");
        Ok(())
    }
}

fn compiler() -> Command {
    Command::new("target/release/sdkwright")
}

/// The seconds from loading to planning, and the peak of memory in mebibytes, of a document whose
/// crate is generated.
fn measure_side(document: &Path) -> anyhow::Result<(f64, u64)> {
    let folder = Path::new("target/compare-versions");
    let mut command = compiler();
    command
        .arg("generate")
        .arg(document)
        .arg("--json")
        .arg("--out")
        .arg(folder);
    let used = run_limited(&command, LIMITS, Stdio::null(), Stdio::piped())?;
    let removed = std::fs::remove_dir_all(folder);
    ensure!(used.status.success(), "{}", used.errors);
    removed.context("the generated crate")?;
    let summary: Value = serde_json::from_str(&used.output).context("the summary is JSON")?;
    let phases = ["load", "lower", "plan"].iter();
    let micros = phases.map(|phase| summary.get("micros").and_then(|m| m.get(phase)?.as_f64()));
    let micros: f64 = micros
        .sum::<Option<f64>>()
        .context("the time of each phase")?;
    Ok((micros / 1e6, used.peak))
}

fn ratio(part: u64, whole: u64) -> f64 {
    let float = |value: u64| f64::from(u32::try_from(value).unwrap_or(u32::MAX));
    float(part) / float(whole.max(1))
}

fn print_counts(report: &Value) {
    let changes = report.get("changes").and_then(Value::as_array);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for change in changes.into_iter().flatten() {
        if let Some(code) = change.get("code").and_then(Value::as_str) {
            *counts.entry(code).or_default() += 1;
        }
    }
    let verdict = report
        .get("verdict")
        .and_then(|verdict| verdict.get("bump"));
    let verdict = verdict.and_then(Value::as_str).unwrap_or_default();
    let total: usize = counts.values().sum();
    println!("  {verdict}: {total} changes");
    for (code, count) in counts {
        println!("  {count:>6} {code}");
    }
}
