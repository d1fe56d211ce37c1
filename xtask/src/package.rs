//! The packages of the generated crate and of the compiler, as crates.io and docs.rs expect them.

use anyhow::{Context, ensure};
use xtask::process::{cargo, read};
use xtask::repo;

/// Files that the package must have.
const REQUIRED: [&str; 7] = [
    "CHANGELOG.md",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "api.md",
    "src/lib.rs",
];

/// Files that cargo adds.
const ADDED: [&str; 3] = [".cargo_vcs_info.json", "Cargo.lock", "Cargo.toml.orig"];

/// Folders of the package.
const FOLDERS: [&str; 3] = ["examples/", "src/", "tests/"];

/// Entries that the manifest must have.
const ENTRIES: [&str; 10] = [
    "description = ",
    "license = ",
    "readme = \"README.md\"",
    "repository = ",
    "keywords = ",
    "categories = ",
    "rust-version = ",
    "include = ",
    "[package.metadata.docs.rs]",
    "all-features = true",
];

/// Checks the files and the manifest of the package.
pub(crate) fn check_package() -> anyhow::Result<()> {
    let mut list = cargo(["package", "--list", "--allow-dirty", "--package"]);
    let files = read(list.arg(repo::PACKAGE))?;
    check_files(&files)?;
    let text = |name: &str| {
        let path = format!("{}/{name}", repo::GENERATED);
        std::fs::read_to_string(&path).context(path)
    };
    let manifest = text("Cargo.toml")?;
    for entry in ENTRIES {
        ensure!(manifest.contains(entry), "the manifest has no `{entry}`");
    }
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = "))
        .context("a version")?;
    let heading = format!("## {}", version.trim_matches('"'));
    let changelog = text("CHANGELOG.md")?;
    let has_entry = changelog.lines().any(|line| line.starts_with(&heading));
    ensure!(has_entry, "the changelog has no entry `{heading}`");
    let readme = text("README.md")?;
    for badge in ["https://img.shields.io/crates/v/", "https://docs.rs/"] {
        ensure!(readme.contains(badge), "the README has no badge of {badge}");
    }
    println!("{} files", files.lines().count());
    check_compiler_package()
}

/// Checks that the package of the compiler has the templates, which are links in the repository.
fn check_compiler_package() -> anyhow::Result<()> {
    let mut list = cargo(["package", "--list", "--allow-dirty", "--package"]);
    let files = read(list.arg(repo::COMPILER))?;
    let mut templates = cargo(["package", "--list", "--allow-dirty", "--package"]);
    let runtime = read(templates.arg(repo::RUNTIME))?;
    let runtime = runtime
        .lines()
        .filter_map(|file| file.strip_prefix("src/runtime/"))
        .map(|file| format!("embedded/runtime/{file}"));
    let others = ["README.md", "LICENSE-MIT", "embedded/review/page.html"];
    for required in runtime.chain(others.map(str::to_owned)) {
        let is_there = files.lines().any(|file| file == required);
        ensure!(is_there, "the package of the compiler has no `{required}`");
    }
    Ok(())
}

fn check_files(files: &str) -> anyhow::Result<()> {
    for required in REQUIRED {
        let is_there = files.lines().any(|file| file == required);
        ensure!(is_there, "the package has no `{required}`");
    }
    for file in files.lines() {
        let is_known = REQUIRED.contains(&file)
            || ADDED.contains(&file)
            || FOLDERS.iter().any(|folder| file.starts_with(folder));
        ensure!(
            is_known,
            "the package has `{file}`, which users do not need"
        );
    }
    Ok(())
}
