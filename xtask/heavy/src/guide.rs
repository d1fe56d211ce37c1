//! `cargo xtask guide`: the guide as a book.
//!
//! The sources are copied under `target/guide`, with a picture of the review page if there is a
//! browser. mdBook comes from crates.io. If it is not installed, it is installed under `target/tools`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use clap::Args;

use crate::process::{cargo, run};
use crate::review::find_browser;

/// Folder of the sources.
const SOURCES: &str = "generator/guide";
/// Folder of the copy, and of the book.
const FOLDER: &str = "target/guide";
/// Folder of the installed program.
const TOOLS: &str = "target/tools";
/// The tested version of mdBook.
const VERSION: &str = "0.5.4";

/// The page that shows the review page, and the line in it that the picture replaces.
const PICTURE_PAGE: &str = "reviewing-and-releasing.md";
const PICTURE_LINE: &str = "<!-- `cargo xtask guide` puts a picture of the review page here. -->\n";
const PICTURE: &str = "review-page.png";

/// Builds the guide.
#[derive(Args)]
pub(crate) struct Guide {}

impl Guide {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let Some(mdbook) = install_mdbook()? else {
            println!("skipped: mdBook cannot be installed");
            return Ok(());
        };
        let sources = copy_sources()?;
        if let Some(browser) = find_browser() {
            add_picture(&browser, &sources.join("src"))?;
        } else {
            println!("note: chromium is not installed; the book has no picture of the review page");
        }
        let book = Path::new(FOLDER).join("book");
        let _ = fs::remove_dir_all(&book);
        let mut build = Command::new(mdbook);
        build
            .arg("build")
            .arg(&sources)
            .arg("--dest-dir")
            .arg(&book);
        run(&mut build)?;
        let page = book.join("getting-started.html");
        ensure!(page.exists(), "{} is missing", page.display());
        println!("the guide is in {}", book.display());
        Ok(())
    }
}

/// Returns the path of mdBook, and installs it if it is missing.
fn install_mdbook() -> anyhow::Result<Option<PathBuf>> {
    let installed = Path::new("mdbook");
    if has_version(installed) {
        return Ok(Some(installed.to_owned()));
    }
    let program = Path::new(TOOLS).join("bin/mdbook");
    if !has_version(&program) {
        let mut install = cargo(["install", "mdbook", "--locked", "--version", VERSION]);
        // Without the search and the server, which are most of it.
        install.args(["--no-default-features", "--debug", "--root", TOOLS]);
        install.env("CARGO_PROFILE_DEV_DEBUG", "0");
        let build = Path::new(TOOLS).join("build");
        let status = install.arg("--target-dir").arg(&build).status();
        if !status.context("cannot start cargo")?.success() {
            return Ok(None);
        }
        let _ = fs::remove_dir_all(build);
    }
    Ok(Some(fs::canonicalize(program).context("mdBook")?))
}

/// Returns whether a program is the tested version of mdBook.
fn has_version(program: &Path) -> bool {
    let output = Command::new(program).arg("--version").output();
    output.is_ok_and(|output| {
        String::from_utf8_lossy(&output.stdout).trim() == format!("mdbook v{VERSION}")
    })
}

/// Copies the sources of the guide.
fn copy_sources() -> anyhow::Result<PathBuf> {
    let sources = Path::new(FOLDER).join("source");
    let _ = fs::remove_dir_all(&sources);
    for (from, to) in [("src", "src"), ("", "")] {
        let to = sources.join(to);
        fs::create_dir_all(&to).context(FOLDER)?;
        for entry in fs::read_dir(Path::new(SOURCES).join(from)).context(SOURCES)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                fs::copy(entry.path(), to.join(entry.file_name())).context(FOLDER)?;
            }
        }
    }
    Ok(sources)
}

/// Takes a picture of the review page, and adds it to its page of the book.
fn add_picture(browser: &Path, pages: &Path) -> anyhow::Result<()> {
    let review = Path::new(FOLDER).join("review.html");
    let api = "generator/guide/bookshop";
    let mut compiler = cargo(["run", "--quiet", "--bin", "sdkwright", "--", "diff"]);
    compiler.args([
        &format!("{api}/openapi.yaml"),
        &format!("{api}/openapi.yaml"),
    ]);
    compiler.args(["--base-config", &format!("{api}/sdk.yaml")]);
    compiler.args(["--config", &format!("{api}/next.yaml")]);
    compiler.args(["--format", "html", "--out"]).arg(&review);
    run(&mut compiler)?;
    let review = fs::canonicalize(review).context("the review page")?;
    let picture = pages.join(PICTURE);
    let mut chromium = Command::new(browser);
    chromium.args(["--headless", "--no-sandbox", "--hide-scrollbars"]);
    chromium.args(["--window-size=1100,640", "--force-device-scale-factor=1"]);
    chromium.arg(format!("--screenshot={}", picture.display()));
    chromium.arg(format!("file://{}", review.display()));
    run(chromium.stdout(Stdio::null()).stderr(Stdio::null()))?;
    ensure!(picture.exists(), "chromium took no picture");
    let page = pages.join(PICTURE_PAGE);
    let text = fs::read_to_string(&page).context(PICTURE_PAGE)?;
    ensure!(
        text.contains(PICTURE_LINE),
        "{PICTURE_PAGE} has no line for the picture"
    );
    let image = format!("![The review page of a change of the bookshop]({PICTURE})\n");
    fs::write(page, text.replace(PICTURE_LINE, &image)).context(PICTURE_PAGE)
}
