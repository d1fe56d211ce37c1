//! `cargo xtask corpus`: the compiler over many real documents.
//!
//! Each document has its own process, with limits on its time and memory. A
//! document that crashes or hangs is therefore a row of the report. The
//! documents are read in place, and none is kept.

mod document;
mod list;
mod misleading_names;
mod own_tests;
mod report;
mod round_trip;
mod rustc;
mod signatures;

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::names;
use crate::process::{Limits, cargo, run};
use document::{Document, Tasks};
use report::{Report, Row};
use rustc::{Depth, Rustc};

/// Runs the compiler over many documents, and reports what became of each.
#[derive(Args)]
pub(crate) struct Corpus {
    /// Documents, and folders that are searched for them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Take only what this list names, in its order: a JSON file whose arrays
    /// hold paths below the folders. Documents that are given as such are taken
    /// as well
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// Take only this array of the list; may be given several times
    #[arg(long, value_name = "NAME", requires = "list")]
    group: Vec<String>,
    /// Take only this many, spread evenly over all
    #[arg(long, value_name = "N")]
    sample: Option<NonZeroUsize>,
    /// As many at a time [default: one for each processor]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Type-check each crate, with warnings denied
    #[arg(long)]
    check: bool,
    /// Check the runtime, which is the same in each crate, by its signatures
    /// only: most of the time that many small crates take goes into its bodies
    #[arg(long, requires = "check")]
    signatures: bool,
    /// Decode and encode each example that is valid by its schema, and compare
    #[arg(long)]
    round_trip: bool,
    /// Run the tests of each crate, of its types and of its calls
    #[arg(long)]
    test: bool,
    /// Seconds that the compiler may take for one document
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    timeout: u64,
    /// Mebibytes that one process may use
    #[arg(long, value_name = "MIB", default_value_t = 20_480)]
    memory: u64,
    /// Write the figures here, as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Write the table here, as Markdown
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
    /// Write the figures that do not depend on the machine to `summary.json` and `summary.md` in
    /// this folder
    #[arg(long, value_name = "DIR")]
    summary: Option<PathBuf>,
    /// Compare inferred call names with the official ones in this folder, and write `names.md` to
    /// the folder of the summary
    #[arg(long, value_name = "DIR", requires = "summary")]
    names: Option<PathBuf>,
}

/// Folder of the generated crates.
const CRATES: &str = "target/corpus/crates";

/// The stack of a thread: schemas are walked on it, and some nest deeply.
const STACK: usize = 64 * 1024 * 1024;

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
        let rustc = self.rustc()?;
        let tasks = Tasks {
            limits: Limits {
                seconds: self.timeout,
                mebibytes: self.memory,
            },
            check: rustc.as_ref().filter(|_| self.check),
            round_trip: rustc.as_ref().filter(|_| self.round_trip),
            test: rustc.as_ref().filter(|_| self.test),
        };
        let report = Report::new(self.rows(&documents, tasks));
        print!("{report}");
        self.write(&report)?;
        if !report.is_good() {
            bail!("not every document came through");
        }
        Ok(())
    }

    /// The calls of rustc, if there are any.
    fn rustc(&self) -> anyhow::Result<Option<Rustc>> {
        let depth = match (self.check, self.round_trip, self.test) {
            (_, _, true) => Depth::Tests,
            (_, true, false) => Depth::Code,
            (true, false, false) => Depth::Metadata,
            (false, false, false) => return Ok(None),
        };
        let mut rustc = Rustc::prepare(Path::new("target/corpus/seed"), depth)?;
        if self.signatures {
            rustc.runtime = Some(signatures::write(Path::new("target/corpus/runtime"))?);
        }
        Ok(Some(rustc))
    }

    fn write(&self, report: &Report) -> anyhow::Result<()> {
        if let Some(path) = &self.json {
            write(path, report.json()?)?;
        }
        if let Some(path) = &self.markdown {
            write(path, report.markdown())?;
        }
        if let Some(folder) = &self.summary {
            let summary = report.summary();
            write(&folder.join("summary.json"), summary.json()?)?;
            write(&folder.join("summary.md"), summary.to_string())?;
            if let Some(names) = &self.names {
                names::write_table(names, &folder.join("names.md"))?;
            }
        }
        Ok(())
    }

    fn documents(&self) -> anyhow::Result<Vec<Document>> {
        let mut documents = self.listed()?;
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
        document::tell_apart(&mut documents);
        Ok(documents)
    }

    /// All documents, or those of the list.
    fn listed(&self) -> anyhow::Result<Vec<Document>> {
        if let Some(list) = &self.list {
            return list::documents(list, &self.group, &self.paths);
        }
        let mut documents = Vec::new();
        for path in &self.paths {
            document::find(path, path, &mut documents)?;
        }
        documents.sort();
        documents.dedup();
        Ok(documents)
    }

    fn rows(&self, documents: &[Document], tasks: Tasks<'_>) -> Vec<Row> {
        let available = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let jobs = self.jobs.map_or(available, NonZeroUsize::get);
        let bar = progress_bar(documents.len());
        let (next, rows) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let work = || {
            while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                bar.set_message(document.name.clone());
                let row = document.run(tasks);
                if bar.is_hidden() {
                    println!("{row}");
                }
                rows.lock()
                    .expect("no thread panics while it holds the lock")
                    .push(row);
                bar.inc(1);
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..jobs.min(documents.len()) {
                std::thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, work)
                    .expect("the system has room for a thread");
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

fn write(path: &Path, text: String) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
}

/// A bar at a terminal, and nothing elsewhere.
fn progress_bar(documents: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta} {msg}");
    ProgressBar::new(documents as u64)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
