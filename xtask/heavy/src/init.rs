//! `cargo xtask init`: `sdkwright init` on many documents.
//!
//! A crate must be the same with the configuration as without it. `sdkwright init` compares the two,
//! so this command counts its notes.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, ensure};
use clap::Args;

use crate::process::{Limits, cargo, run, run_limited};

/// Resource limits of a document.
const LIMITS: Limits = Limits {
    seconds: 300,
    mebibytes: 8_192,
};

/// Writes a configuration for each document, and checks that its crate stays the same.
#[derive(Args)]
pub(crate) struct Init {
    /// Documents, and folders that are searched for them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

/// The documents by the result of `sdkwright init`.
#[derive(Default)]
struct Counts {
    same: usize,
    partial: usize,
    invalid: usize,
    different: Vec<String>,
}

impl Init {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let build = ["build", "--quiet", "--release", "--bin", "sdkwright"];
        run(&mut cargo(build))?;
        let mut documents = Vec::new();
        for path in &self.paths {
            find_documents(path, &mut documents)?;
        }
        ensure!(!documents.is_empty(), "no document was found");
        let mut counts = Counts::default();
        for document in &documents {
            counts.add(document)?;
        }
        let Counts {
            same,
            partial,
            invalid,
            different,
        } = counts;
        println!(
            "{same} the same, {partial} the same with a section left to inference, {invalid} invalid"
        );
        ensure!(
            different.is_empty(),
            "{} crates differ: {}",
            different.len(),
            different.join(", ")
        );
        Ok(())
    }
}

impl Counts {
    fn add(&mut self, document: &Path) -> anyhow::Result<()> {
        let mut command = std::process::Command::new("target/release/sdkwright");
        command.arg("init").arg(document).args(["--out", "-"]);
        let used = run_limited(&command, LIMITS, Stdio::null(), Stdio::piped())?;
        let name = document.display().to_string();
        if used.status.code() == Some(1) {
            println!("{name}: invalid");
            self.invalid += 1;
        } else if !used.status.success() || used.errors.contains("cannot all be written down") {
            println!("{name}: different, {}", used.status);
            self.different.push(name);
        } else if used.errors.contains("is left to inference") {
            println!("{name}: the same with a section left to inference");
            self.partial += 1;
        } else {
            self.same += 1;
        }
        Ok(())
    }
}

/// Finds documents in a folder and below it, in order.
fn find_documents(path: &Path, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if path.is_file() {
        found.push(path.to_owned());
        return Ok(());
    }
    let entries = std::fs::read_dir(path).with_context(|| path.display().to_string())?;
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry?.path());
    }
    paths.sort();
    for path in paths {
        let extension = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() || matches!(extension, Some("json" | "yaml" | "yml")) {
            find_documents(&path, found)?;
        }
    }
    Ok(())
}
