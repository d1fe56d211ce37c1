//! Comparison with other installed generators on real documents: the cost to generate a crate, and
//! to build it.
//!
//! `cargo install openapi-to-rust ploidy` installs them. Each figure is compared with the better of
//! theirs, in one run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, bail};
use indicatif::ProgressBar;

use super::table::Row;
use crate::process::{Limits, Used, cargo, run, run_limited};

const DIR: &str = "target/bench/peers";
/// Limits that only a runaway reaches.
const LIMITS: Limits = Limits {
    seconds: 3600,
    mebibytes: 65_536,
};

/// A generator.
struct Generator {
    name: &'static str,
    /// The command that generates a crate of a document, in a folder.
    generate: fn(&Path, &Path) -> Command,
    /// Makes a package of the generated files.
    finish: fn(&Path) -> anyhow::Result<()>,
}

const OURS: Generator = Generator {
    name: "sdkwright",
    generate: |document, folder| {
        let mut command = Command::new("target/release/sdkwright");
        command.args(["generate", "--force", "--package", "measured"]);
        command.arg("--out").arg(folder).arg(document);
        command
    },
    finish: |_| Ok(()),
};

const PEERS: [Generator; 2] = [
    Generator {
        name: "openapi-to-rust",
        generate: |document, folder| {
            let mut command = Command::new("openapi-to-rust");
            command.arg("generate").arg(document).arg("--output-dir");
            command.arg(folder.join("src/generated"));
            command
        },
        finish: |folder| {
            let needed = folder.join("src/generated/REQUIRED_DEPS.toml");
            let needed = fs::read_to_string(needed).context("its dependencies")?;
            let package = "[package]\nname = \"measured\"\nversion = \"0.0.0\"\nedition = \"2024\"";
            fs::write(folder.join("Cargo.toml"), format!("{package}\n\n{needed}"))?;
            fs::write(folder.join("src/lib.rs"), "pub mod generated;\n")?;
            Ok(())
        },
    },
    Generator {
        name: "ploidy",
        generate: |document, folder| {
            let mut command = Command::new("ploidy");
            command.args(["generate", "rust", "--name", "measured", "--output"]);
            command.arg(folder).arg(document);
            command
        },
        finish: |_| Ok(()),
    },
];

/// Cost of a generator for one document, and cost of its crate.
struct Costs {
    generate: Cost,
    /// Not known of a crate that does not compile.
    build: Option<Built>,
}

/// The building of a crate, its dependencies aside.
struct Built {
    check: Cost,
    release: Cost,
    /// Millions of bytes.
    library: f64,
}

struct Cost {
    /// CPU seconds, user and system.
    seconds: f64,
    /// The most memory at a time, in mebibytes.
    mebibytes: f64,
}

impl Cost {
    fn from_usage(used: &Used) -> Self {
        let mebibytes = used.peak as f64;
        Self {
            seconds: used.cpu.as_secs_f64(),
            mebibytes,
        }
    }
}

/// Measures every document.
pub(super) fn run_all(documents: &[PathBuf], progress: &ProgressBar) -> anyhow::Result<Vec<Row>> {
    progress.set_message("release build of the compiler");
    run(&mut cargo([
        "build",
        "--quiet",
        "--release",
        "--package",
        "sdkwright",
    ]))?;
    remove_earlier_crates()?;
    let mut rows = Vec::new();
    for document in documents {
        let name = document.file_stem().unwrap_or_default().to_string_lossy();
        let ours = measure_costs(&OURS, &name, document, progress)?;
        let mut theirs = Vec::new();
        for peer in &PEERS {
            match measure_costs(peer, &name, document, progress) {
                Ok(costs) => theirs.push(costs),
                Err(error) => progress.println(format!("{name}: {}: {error:#}", peer.name)),
            }
        }
        rows.extend(compare(&name, &ours, &theirs));
    }
    Ok(rows)
}

/// Time that a file system needs after files were removed. For five seconds, ext4 searches the removed
/// files for each one that is created, which can cost more than generating.
const SETTLING: Duration = Duration::from_secs(6);

/// Removes the crates of an earlier run. A generator creates its files in a new folder.
fn remove_earlier_crates() -> anyhow::Result<()> {
    if Path::new(DIR).exists() {
        fs::remove_dir_all(DIR).context(DIR)?;
        thread::sleep(SETTLING);
    }
    Ok(())
}

/// Our figures, with the better ones of the other generators.
fn compare(name: &str, ours: &Costs, theirs: &[Costs]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut row = |what: &str, unit, goal, figure: fn(&Costs) -> Option<f64>| {
        let best = theirs.iter().filter_map(figure).min_by(f64::total_cmp);
        if let Some((ours, theirs)) = figure(ours).zip(best) {
            let name = format!("{name}: {what}");
            rows.push(Row::at_most(&name, unit, ours, theirs, goal));
        }
    };
    row("generate, CPU", "s", 1.0, |c| Some(c.generate.seconds));
    row("generate, memory", "MiB", 1.0, |c| {
        Some(c.generate.mebibytes)
    });
    row("check, CPU", "s", 0.25, |c| {
        Some(c.build.as_ref()?.check.seconds)
    });
    row("check, memory", "MiB", 0.4, |c| {
        Some(c.build.as_ref()?.check.mebibytes)
    });
    row("release, CPU", "s", 0.5, |c| {
        Some(c.build.as_ref()?.release.seconds)
    });
    row("release rlib", "MB", 0.4, |c| {
        Some(c.build.as_ref()?.library)
    });
    rows
}

fn measure_costs(
    generator: &Generator,
    name: &str,
    document: &Path,
    progress: &ProgressBar,
) -> anyhow::Result<Costs> {
    let folder = Path::new(DIR).join(name).join(generator.name);
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    progress.set_message(format!("{name}: {} generates", generator.name));
    let generated = measure_command(&(generator.generate)(document, &folder))?;
    (generator.finish)(&folder)?;
    let build = build(&folder, &format!("{name}: {}", generator.name), progress);
    Ok(Costs {
        generate: generated,
        build: build
            .map_err(|error| progress.println(format!("{name}: {}: {error:#}", generator.name)))
            .ok(),
    })
}

/// Builds the package in a folder, after its dependencies.
fn build(folder: &Path, what: &str, progress: &ProgressBar) -> anyhow::Result<Built> {
    let manifest = folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).with_context(|| manifest.display().to_string())?;
    fs::write(&manifest, format!("{text}\n[workspace]\n"))?;
    let build = |args: &[&str]| {
        progress.set_message(format!("{what}: {}", args.join(" ")));
        // The crate itself is left out: its library is nothing.
        let library = folder.join("src/lib.rs");
        let text = fs::read_to_string(&library)?;
        fs::write(&library, "")?;
        run(&mut folder_command(folder, args))?;
        fs::write(&library, text)?;
        measure_command(&folder_command(folder, args))
    };
    let check = build(&["check", "--quiet", "--lib"])?;
    let release = build(&["build", "--quiet", "--release", "--lib"])?;
    let library = folder.join("target/release/libmeasured.rlib");
    let bytes = fs::metadata(&library)
        .with_context(|| library.display().to_string())?
        .len();
    let library = bytes as f64 / 1e6;
    Ok(Built {
        check,
        release,
        library,
    })
}

fn folder_command(folder: &Path, args: &[&str]) -> Command {
    let mut command = cargo(args);
    command
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS");
    command
}

fn measure_command(command: &Command) -> anyhow::Result<Cost> {
    let used = run_limited(command, LIMITS, Stdio::null(), Stdio::null())?;
    if !used.status.success() {
        let last = used.errors.lines().last().unwrap_or_default();
        bail!("it ended with {}: {last}", used.status);
    }
    Ok(Cost::from_usage(&used))
}
