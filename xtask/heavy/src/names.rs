//! `cargo xtask names`: how many inferred calls are those of the vendor's official SDK.
//!
//! The folder has a folder for each pair: `openapi.json`, a description without names in
//! extensions, and `official.json` with the calls of the official SDK by `method path`.

mod pair;
mod table;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;

use pair::Pair;
use table::Table;

/// Compares inferred call names with those of official SDKs.
#[derive(Args)]
pub(crate) struct Names {
    /// The folder of the pairs
    folder: PathBuf,
    /// Compare only these pairs
    #[arg(long, value_name = "NAME")]
    pair: Vec<String>,
    /// Print each call that differs
    #[arg(long)]
    explain: bool,
    /// Write the table here, as Markdown
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
}

impl Names {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let mut pairs = compare_pairs(&self.folder, &self.pair)?;
        if self.explain {
            pairs.iter_mut().for_each(Pair::print_differences);
        }
        let table = Table::new(&pairs);
        print!("{table}");
        if let Some(path) = &self.markdown {
            fs::write(path, table.to_string())
                .with_context(|| format!("cannot write `{}`", path.display()))?;
        }
        Ok(())
    }
}

/// Writes the table of all pairs of a folder.
pub(crate) fn write_table(folder: &Path, into: &Path) -> anyhow::Result<()> {
    let pairs = compare_pairs(folder, &[])?;
    let table = Table::new(&pairs).to_string();
    fs::write(into, table).with_context(|| format!("cannot write `{}`", into.display()))
}

/// Compares the pairs of a folder, or those of these names, in the order of their names.
fn compare_pairs(folder: &Path, names: &[String]) -> anyhow::Result<Vec<Pair>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    let mut folders = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_wanted = names.is_empty() || names.iter().any(|it| *it == name);
        if is_wanted && path.join("official.json").exists() {
            folders.push(path);
        }
    }
    folders.sort();
    if folders.is_empty() {
        bail!("`{}` has no pair", folder.display());
    }
    let middle = folders.len().div_ceil(2);
    let (first, second) = folders.split_at(middle);
    let compare = |folders: &[PathBuf]| -> anyhow::Result<Vec<Pair>> {
        folders.iter().map(|path| Pair::compare(path)).collect()
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| compare(second));
        let mut pairs = compare(first)?;
        let more = other.join().unwrap_or_else(|_| bail!("a pair panics"))?;
        pairs.extend(more);
        Ok(pairs)
    })
}
