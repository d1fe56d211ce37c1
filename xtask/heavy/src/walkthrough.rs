//! `cargo xtask walkthrough`: the first chapter of the guide, as a reader does it.
//!
//! The commands, the files and the expected output come from the chapter. They run in an empty
//! folder with an empty home, outside of the repository.

mod chapter;
mod server;
mod terminal;

use std::env;
use std::path::{Path, PathBuf};
use std::{fs, process};

use anyhow::{Context, bail, ensure};
use clap::Args;

use chapter::Block;
use terminal::Terminal;

/// The chapter.
const CHAPTER: &str = "generator/guide/src/getting-started.md";

/// Does the first chapter of the guide.
#[derive(Args)]
pub(crate) struct Walkthrough {
    /// Use the compiler and the dependencies that are built, in place of the chapter's installation
    #[arg(long)]
    short: bool,
    /// Download the registry and all dependencies again
    #[arg(long, conflicts_with = "short")]
    fresh: bool,
}

impl Walkthrough {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let text = fs::read_to_string(CHAPTER).context(CHAPTER)?;
        let folder = env::temp_dir().join(format!("sdkwright-walkthrough-{}", process::id()));
        let _ = fs::remove_dir_all(&folder);
        let result = self.walk(&chapter::parse(&text), &folder);
        let _ = fs::remove_dir_all(&folder);
        result
    }

    /// Does each step in a folder.
    fn walk(&self, blocks: &[Block], folder: &Path) -> anyhow::Result<()> {
        let mut terminal = self.open_terminal(folder)?;
        let mut checked = 0;
        for block in blocks {
            checked += self.walk_block(block, &mut terminal)?;
        }
        ensure!(checked >= 2, "the chapter shows no output to compare");
        terminal.print_cost();
        println!("the first chapter is as it should be");
        Ok(())
    }

    fn open_terminal(&self, folder: &Path) -> anyhow::Result<Terminal> {
        let repository = env::current_dir().context("the repository")?;
        let mut terminal = Terminal::open(folder, &repository)?;
        if self.short {
            terminal.share_builds(&repository);
        }
        if self.fresh {
            terminal.set("CARGO_HOME", folder.join("cargo"));
        }
        Ok(terminal)
    }

    /// Runs the commands of a block, saves its file, or compares its text with the last output.
    /// Returns the number of comparisons.
    fn walk_block(&self, block: &Block, terminal: &mut Terminal) -> anyhow::Result<usize> {
        if let Some(path) = block.value("file=") {
            terminal.save(path, &block.text)?;
        } else if let Some(path) = block.value("part=") {
            let found = terminal.read(path)?;
            compare(&found, &block.text).with_context(|| path.to_owned())?;
            return Ok(1);
        } else if block.has("output") {
            compare(terminal.output(), &block.text).context("the output")?;
            return Ok(1);
        } else if block.has("sh") {
            for line in block.text.lines() {
                self.run_line(line, terminal)?;
            }
        }
        Ok(0)
    }

    fn run_line(&self, line: &str, terminal: &mut Terminal) -> anyhow::Result<()> {
        let is_installation = ["git clone ", "cargo install "];
        if self.short && is_installation.iter().any(|start| line.starts_with(start)) {
            return Ok(());
        }
        terminal.run(line)
    }
}

/// Compares lines with a text that must have them in this order.
fn compare(found: &str, expected: &str) -> anyhow::Result<()> {
    let mut lines = found.lines();
    for line in expected.lines() {
        if !lines.any(|found| found == line) {
            bail!("`{line}` is not in:\n{found}");
        }
    }
    Ok(())
}

/// Returns the folder of the programs that cargo has built with this one.
fn built_programs() -> anyhow::Result<PathBuf> {
    let program = env::current_exe().context("this program")?;
    Ok(program.parent().context("its folder")?.to_owned())
}

#[test]
fn text_is_compared_line_by_line() {
    assert!(compare("a\nb\nc\n", "a\nc\n").is_ok());
    assert!(compare("a\nb\n", "b\na\n").is_err());
}
