//! `cargo xtask semver-checks`: our verdicts on code compared with those of cargo-semver-checks.
//!
//! The crates are those of the test `agreement`, which has compiled a program that uses all of the old
//! crate against each new one. If the two tools disagree, that program decides. This
//! command lists the differences.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;
use clap::Args;

use crate::process::{cargo, run};

/// Folder with the crates of the test, and its verdicts.
const CRATES: &str = "target/agreement/crates";
const VERDICTS: &str = "target/agreement/verdicts.txt";

/// Folder in which pairs of crates are checked.
const FOLDER: &str = "target/semver-checks";

/// Checks pairs of crates with cargo-semver-checks, which must be installed.
#[derive(Args)]
pub(crate) struct SemverChecks {
    /// Check every edit of this distance
    #[arg(long, default_value_t = 4, value_name = "COUNT")]
    every: usize,
}

impl SemverChecks {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let mut version = cargo(["semver-checks", "--version"]);
        version.stdout(Stdio::null()).stderr(Stdio::null());
        if !version.status().is_ok_and(|status| status.success()) {
            println!(
                "skipped: cargo-semver-checks is not installed; run `cargo install cargo-semver-checks`"
            );
            return Ok(());
        }
        if !Path::new(VERDICTS).exists() {
            run(&mut cargo([
                "test",
                "--quiet",
                "-p",
                "sdkwright",
                "--test",
                "agreement",
            ]))?;
        }
        let verdicts = fs::read_to_string(VERDICTS).context(VERDICTS)?;
        let base = document("unedited", "base")?;
        let (mut checked, mut differences) = (0, 0);
        for line in verdicts.lines().step_by(self.every.max(1)) {
            let Some((name, ours)) = line.split_once(' ') else {
                continue;
            };
            let head = document(name, "head")?;
            let theirs = if check(&base, &head)? {
                "compatible"
            } else {
                "breaking"
            };
            checked += 1;
            if theirs == ours {
                println!("{name}: {ours}");
            } else {
                differences += 1;
                println!("{name}: we say {ours}, cargo-semver-checks says {theirs}");
            }
        }
        println!("{checked} checked, {differences} differences");
        Ok(())
    }
}

/// Writes the interface of a crate of the test as rustdoc's JSON. All crates share their dependencies.
fn document(name: &str, to: &str) -> anyhow::Result<PathBuf> {
    let folder = copy_crate(name, to)?;
    let mut rustdoc = cargo(["rustdoc", "--quiet", "--lib", "--manifest-path"]);
    rustdoc.arg(folder.join("Cargo.toml"));
    rustdoc.args([
        "--",
        "-Zunstable-options",
        "--output-format",
        "json",
        "--cap-lints",
        "allow",
    ]);
    // The JSON of rustdoc is not stable.
    rustdoc
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", "target");
    run(&mut rustdoc)?;
    let json = Path::new(FOLDER).join(format!("{to}.json"));
    fs::rename("target/doc/golden_shop.json", &json).context("the interface of the crate")?;
    Ok(json)
}

/// Copies a crate of the test, without the program in it, under the name that all share.
fn copy_crate(name: &str, to: &str) -> anyhow::Result<PathBuf> {
    let target = Path::new(FOLDER).join(to);
    let _ = fs::remove_dir_all(&target);
    copy_folder(&Path::new(CRATES).join(name), &target)?;
    let library = target.join("src/lib.rs");
    let text = fs::read_to_string(&library).context("the library")?;
    fs::write(&library, text.replace("\nmod consumer;\n", "\n"))?;
    fs::remove_file(target.join("src/consumer.rs")).context("the program")?;
    let manifest = target.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).context("the manifest")?;
    let name = format!("name = \"{name}\"");
    fs::write(
        &manifest,
        text.replacen(&name, "name = \"golden-shop\"", 1) + "\n[workspace]\n",
    )?;
    fs::copy("Cargo.lock", target.join("Cargo.lock"))?;
    Ok(target)
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Whether a crate is compatible with another, as far as a minor release may go.
fn check(base: &Path, head: &Path) -> anyhow::Result<bool> {
    let mut command: Command = cargo(["semver-checks", "--release-type", "minor"]);
    command.arg("--baseline-rustdoc").arg(base);
    command.arg("--current-rustdoc").arg(head);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let output = command.output().context("cargo-semver-checks")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    let is_verdict = errors.contains("Summary") || output.status.success();
    anyhow::ensure!(is_verdict, "{errors}");
    Ok(output.status.success())
}
