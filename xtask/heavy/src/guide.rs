//! `cargo xtask guide`: the guide as a book.
//!
//! The sources are copied under `target/guide`, with a picture of the review page if there is a
//! browser. mdBook makes the book.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use clap::Args;
use mdbook_driver::MDBook;

use crate::process::{cargo, run};
use crate::review::find_browser;

/// Folder of the sources.
const SOURCES: &str = "generator/guide";
/// Folder of the copy, and of the book.
const FOLDER: &str = "target/guide";

/// The page that shows the review page, and the line in it that the picture replaces.
const PICTURE_PAGE: &str = "reviewing-and-releasing.md";
const PICTURE_LINE: &str = "<!-- `cargo xtask guide` puts a picture of the review page here. -->\n";
const PICTURE: &str = "review-page.png";

/// Builds the guide.
#[derive(Args)]
pub(crate) struct Guide {}

impl Guide {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let sources = copy_sources()?;
        if let Some(browser) = find_browser() {
            add_picture(&browser, &sources.join("src"))?;
        } else {
            println!("note: chromium is not installed; the book has no picture of the review page");
        }
        let book = Path::new(FOLDER).join("book");
        let _ = fs::remove_dir_all(&book);
        build_book(&sources, &book)?;
        let page = book.join("getting-started.html");
        ensure!(page.exists(), "{} is missing", page.display());
        println!("the guide is in {}", book.display());
        Ok(())
    }
}

/// Builds the book of a folder.
fn build_book(sources: &Path, book: &Path) -> anyhow::Result<()> {
    // mdBook reads it relative to the sources.
    let book = std::path::absolute(book).context(FOLDER)?;
    let mut mdbook = MDBook::load(sources)?;
    mdbook.config.build.build_dir = book;
    mdbook.build()
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
