//! `cargo xtask review`: the review page of `sdkwright diff` in a browser.
//!
//! The documents are hostile: every text of them tries to run as script. axe-core looks for what keeps
//! people from using the page. Screenshots are left under `target/review`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;
use clap::Args;

use crate::npm;
use crate::process::{cargo, read, run};

/// Folder of the page, the screenshots and the packages.
const FOLDER: &str = "target/review";

/// Packages that npm installs, with pinned versions.
const PACKAGES: [&str; 2] = ["puppeteer-core@24.43.1", "axe-core@4.14.1"];

/// Possible names of the browser's program.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Opens the review page of two hostile documents in a browser.
#[derive(Args)]
pub(crate) struct Review {
    /// The browser [default: `chromium`, if it is installed]
    #[arg(long, value_name = "PROGRAM")]
    browser: Option<PathBuf>,
}

impl Review {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        check_json()?;
        let Some(browser) = self.browser.clone().or_else(find_browser) else {
            println!("skipped: chromium is not installed");
            return Ok(());
        };
        if let Some(program) = npm::find_missing_program() {
            println!("skipped: there is no {program}");
            return Ok(());
        }
        fs::create_dir_all(FOLDER).context(FOLDER)?;
        let page = Path::new(FOLDER).join("review.html");
        let mut compiler = cargo(["run", "--quiet", "--bin", "sdkwright", "--", "diff"]);
        compiler.args([
            "xtask/fixtures/review/base.yaml",
            "xtask/fixtures/review/head.yaml",
        ]);
        compiler.args(["--format", "html", "--out"]).arg(&page);
        run(&mut compiler)?;
        let modules = npm::install_packages(FOLDER, &PACKAGES)?;
        let page = fs::canonicalize(page).context(FOLDER)?;
        let mut node = Command::new("node");
        node.arg("xtask/fixtures/review/check.mjs");
        run(node.arg(browser).arg(page).arg(FOLDER).arg(modules))
    }
}

/// The comparison of the two documents, in a format.
fn compare(format: &str) -> Command {
    let mut compiler = cargo(["run", "--quiet", "--bin", "sdkwright", "--", "diff"]);
    compiler.args([
        "xtask/fixtures/review/base.yaml",
        "xtask/fixtures/review/head.yaml",
    ]);
    compiler.args(["--format", format]);
    compiler
}

/// Holds the report for programs against its schema.
fn check_json() -> anyhow::Result<()> {
    let path = "templates/review/report.schema.json";
    let schema = fs::read_to_string(path).context(path)?;
    let schema = serde_json::from_str(&schema).context(path)?;
    let report = serde_json::from_str(&read(&mut compare("json"))?).context("the report")?;
    let result = jsonschema::validate(&schema, &report);
    result.map_err(|error| anyhow::anyhow!("the report is not as its schema says: {error}"))
}

pub(crate) fn find_browser() -> Option<PathBuf> {
    let browsers = BROWSERS.iter().map(PathBuf::from);
    let found = browsers.into_iter().find(|browser| is_there(browser))?;
    // The driver needs its path.
    let path = std::env::var_os("PATH")?;
    let mut files = std::env::split_paths(&path).map(|folder| folder.join(&found));
    files.find(|file| file.exists())
}

fn is_there(program: &Path) -> bool {
    let mut command = Command::new(program);
    command
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
