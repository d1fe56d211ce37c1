//! `cargo xtask corpus`: the compiler over many real documents.
//!
//! Each document gets a process of its own, with limits on its time and memory,
//! so that one that crashes, hangs or runs away is a row of the report and not
//! its end. The documents are read from where they are; none is kept.

mod document;
mod report;
mod rustc;

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::process::{cargo, run};
use document::Document;
use report::{Report, Row};
use rustc::Rustc;

/// Runs the compiler over many documents, and reports what became of each.
#[derive(Args)]
pub(crate) struct Corpus {
    /// Documents, and folders that are searched for them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Take only this many, spread evenly over all
    #[arg(long, value_name = "N")]
    sample: Option<NonZeroUsize>,
    /// As many at a time [default: one for each processor]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Type-check each crate, with warnings denied
    #[arg(long)]
    check: bool,
    /// Seconds that the compiler may take for one document
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    timeout: u64,
    /// Mebibytes that one process may use
    #[arg(long, value_name = "MIB", default_value_t = 16_384)]
    memory: u64,
    /// Write the figures here, as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Write the table here, as Markdown
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
}

/// Where the crates are made.
const CRATES: &str = "target/corpus/crates";

impl Corpus {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let documents = self.documents()?;
        run(&mut cargo([
            "build",
            "--release",
            "--quiet",
            "--package",
            "sdkwright",
        ]))?;
        fs::create_dir_all(CRATES).with_context(|| format!("cannot make `{CRATES}`"))?;
        let rustc = self
            .check
            .then(|| Rustc::prepare(Path::new("target/corpus/seed")))
            .transpose()?;
        let rows = self.rows(&documents, rustc.as_ref());
        let report = Report::new(rows);
        print!("{report}");
        if let Some(path) = &self.json {
            fs::write(path, report.json()?)
                .with_context(|| format!("cannot write `{}`", path.display()))?;
        }
        if let Some(path) = &self.markdown {
            fs::write(path, report.markdown())
                .with_context(|| format!("cannot write `{}`", path.display()))?;
        }
        if !report.is_good() {
            bail!("not every document came through");
        }
        Ok(())
    }

    fn documents(&self) -> anyhow::Result<Vec<Document>> {
        let mut documents = Vec::new();
        for path in &self.paths {
            document::find(path, path, &mut documents)?;
        }
        documents.sort();
        documents.dedup();
        if let Some(sample) = self.sample {
            let all = documents.len();
            let step = all.div_ceil(sample.get()).max(1);
            documents = documents
                .into_iter()
                .step_by(step)
                .take(sample.get())
                .collect();
        }
        if documents.is_empty() {
            bail!("no document was found: they end in .json, .yaml or .yml");
        }
        Ok(documents)
    }

    fn rows(&self, documents: &[Document], rustc: Option<&Rustc>) -> Vec<Row> {
        let available = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let jobs = self.jobs.map_or(available, NonZeroUsize::get);
        let bar = progress(documents.len());
        let (next, rows) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        std::thread::scope(|scope| {
            for _ in 0..jobs.min(documents.len()) {
                scope.spawn(|| {
                    while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                        bar.set_message(document.name.clone());
                        let row = document.run(self.timeout, self.memory, rustc);
                        if bar.is_hidden() {
                            println!("{row}");
                        }
                        rows.lock()
                            .expect("no thread panics while it holds the lock")
                            .push(row);
                        bar.inc(1);
                    }
                });
            }
        });
        bar.finish_and_clear();
        let mut rows = rows
            .into_inner()
            .expect("no thread panics while it holds the lock");
        rows.sort_by(|a, b| a.name.cmp(&b.name));
        rows
    }
}

/// A bar at a terminal, and nothing elsewhere.
fn progress(documents: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta} {msg}");
    ProgressBar::new(documents as u64)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
