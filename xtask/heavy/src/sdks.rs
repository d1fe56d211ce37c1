//! `cargo xtask sdks`: SDKs of large third-party documents, compiled and called.
//!
//! The documents are not part of the repository. They are read from a folder; without one there is
//! nothing to do. Each document becomes a crate, which is compiled with its features off and on.
//! Then our tests in `xtask/fixtures/sdks` call a server on loopback with it.

use std::env;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use clap::Args;
use wait4::Wait4;

use crate::features::{self, Features};
use crate::generated_crate::{self, share_dependencies, sharing_command};
use crate::process::{display, run};

/// The variable that names the folder of the documents if the option does not.
const DOCUMENTS: &str = "SDKWRIGHT_SDKS_DOCUMENTS";
/// Folder of the generated crates.
const FOLDER: &str = "target/sdks";
/// Folder of our tests.
const TESTS: &str = "xtask/fixtures/sdks";

/// A document, and the package that is generated from it.
struct Subject {
    document: &'static str,
    package: &'static str,
    /// The file of its tests.
    tests: &'static str,
    /// Features of the crate that our tests need. TLS is left out to build less.
    uses: &'static [&'static str],
}

const SUBJECTS: [Subject; 2] = [
    Subject {
        document: "openai.json",
        package: "openai-sdk",
        tests: "openai.rs",
        uses: &["blocking", "chat", "files", "fs", "reqwest"],
    },
    Subject {
        document: "discord.json",
        package: "discord-sdk",
        tests: "discord.rs",
        uses: &["blocking", "guilds", "reqwest"],
    },
];

/// Compiles and calls SDKs of large documents of others.
#[derive(Args)]
pub(crate) struct Sdks {
    /// The folder with `openai.json` and `discord.json`, or one of them
    #[arg(value_name = "FOLDER")]
    documents: Option<PathBuf>,
    /// Compile with every feature and with every resource by itself, which takes long, and not
    /// only with features that stand for the rest
    #[arg(long)]
    every_feature: bool,
}

impl Sdks {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let named = env::var_os(DOCUMENTS).filter(|path| !path.is_empty());
        let Some(folder) = self.documents.clone().or(named.map(PathBuf::from)) else {
            println!("skipped: {DOCUMENTS} names no folder of documents");
            return Ok(());
        };
        let subjects: Vec<&Subject> = SUBJECTS
            .iter()
            .filter(|subject| folder.join(subject.document).is_file())
            .collect();
        for subject in &SUBJECTS {
            if !folder.join(subject.document).is_file() {
                println!("skipped: {} has no {}", folder.display(), subject.document);
            }
        }
        if subjects.is_empty() {
            return Ok(());
        }
        lay_out(&folder, &subjects)?;
        // Cheap mistakes come first: the tests need the least of the crates.
        let mut tests = sharing_command(Path::new(FOLDER), &["test"], &["calls"]);
        run(tests.args(["--test", "*"]))?;
        for combination in list_combinations(&subjects, self.every_feature)? {
            combination.check()?;
        }
        Ok(())
    }
}

/// Makes the crates and the tests.
fn lay_out(documents: &Path, subjects: &[&Subject]) -> anyhow::Result<()> {
    let folder = Path::new(FOLDER);
    let calls = folder.join("calls");
    // A test for a document that no longer exists would not compile.
    let _ = std::fs::remove_dir_all(calls.join("tests"));
    let mut manifest = MANIFEST.to_owned();
    let mut members = vec!["calls"];
    for subject in subjects {
        let Subject {
            package,
            tests,
            uses,
            ..
        } = subject;
        generated_crate::generate(
            &documents.join(subject.document),
            package,
            &folder.join(package),
        )?;
        manifest += &format!(
            "{package} = {{ path = \"../{package}\", default-features = false, features = {uses:?} }}\n"
        );
        members.push(package);
        copy(tests, &calls.join("tests").join(tests))?;
    }
    copy("server/mod.rs", &calls.join("tests/server/mod.rs"))?;
    generated_crate::write(&calls.join("Cargo.toml"), &manifest)?;
    generated_crate::write(&calls.join("src/lib.rs"), "//! Calls.\n")?;
    members.extend(share_dependencies(Path::new("."), folder)?);
    generated_crate::workspace(folder, &members)
}

const MANIFEST: &str = r#"[package]
name = "calls"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
axum = { version = "0.8", features = ["multipart"] }
futures-util = { version = "0.3", default-features = false }
serde_json = "1"
tokio = { version = "1", features = ["fs", "macros", "net", "rt-multi-thread", "sync", "time"] }
"#;

fn copy(from: &str, to: &Path) -> anyhow::Result<()> {
    let from = Path::new(TESTS).join(from);
    let text = std::fs::read_to_string(&from).with_context(|| from.display().to_string())?;
    generated_crate::write(to, &text)
}

/// Features to compile packages with, all of them in one go: they share their dependencies, and
/// the processors.
struct Combination {
    name: String,
    packages: Vec<(&'static str, Vec<String>)>,
}

impl Combination {
    /// Compiles, and takes a warning for an error.
    fn check(&self) -> anyhow::Result<()> {
        let args = ["check", "--no-default-features"];
        let packages: Vec<&str> = self.packages.iter().map(|(package, _)| *package).collect();
        let mut command = sharing_command(Path::new(FOLDER), &args, &packages);
        for (package, features) in &self.packages {
            for feature in features {
                command
                    .arg("--features")
                    .arg(format!("{package}/{feature}"));
            }
        }
        let shown = display(&command);
        let (cpu, said) = run_watched(&mut command)?;
        println!("{}: {} ({cpu:.1} s of CPU)", packages.join(", "), self.name);
        if said.contains("warning: ") {
            bail!("`{shown}` has warnings");
        }
        Ok(())
    }
}

/// Runs a command, and returns its CPU time and its warnings and errors.
fn run_watched(command: &mut Command) -> anyhow::Result<(f64, String)> {
    let shown = display(command);
    let mut child = command
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{shown}`"))?;
    let mut said = Vec::new();
    if let Some(mut pipe) = child.stderr.take() {
        pipe.read_to_end(&mut said)?;
    }
    let used = child.wait4().with_context(|| shown.clone())?;
    let said = String::from_utf8_lossy(&said).into_owned();
    if !used.status.success() || said.contains("warning: ") {
        eprintln!("{said}");
    }
    if !used.status.success() {
        bail!("`{shown}` failed: {}", used.status);
    }
    Ok(((used.rusage.utime + used.rusage.stime).as_secs_f64(), said))
}

/// Features that represent all combinations: none, all types without the client, and everything.
/// The client with some of the resources was already compiled for the tests.
fn list_combinations(subjects: &[&Subject], every: bool) -> anyhow::Result<Vec<Combination>> {
    let mut all = Vec::new();
    for subject in subjects {
        let manifest = Path::new(FOLDER).join("Cargo.toml");
        all.push((
            subject.package,
            Features::read_features(Some(&manifest), subject.package)?,
        ));
    }
    let together = |name: &str, features: fn(&Features) -> Vec<String>| Combination {
        name: name.to_owned(),
        packages: all
            .iter()
            .map(|(package, known)| (*package, features(known)))
            .collect(),
    };
    let mut combinations = vec![
        together("nothing", |_| Vec::new()),
        together("the types alone", |_| vec![features::ALL.to_owned()]),
        together("everything", |known| known.everything()),
    ];
    if every {
        combinations.push(together("the default features", |known| {
            known.on("default")
        }));
        for (package, known) in &all {
            combinations.extend(list_single_features(package, known));
        }
    }
    Ok(combinations)
}

/// Each feature of the runtime with one resource, and each resource alone, without and with the
/// client.
fn list_single_features(package: &'static str, known: &Features) -> Vec<Combination> {
    let resources = known.on(features::ALL);
    let first = resources.first().cloned();
    let mut lists: Vec<Vec<String>> = Vec::new();
    for name in known.names() {
        if name == "default" || name == features::ALL {
            continue;
        }
        if resources.contains(name) {
            lists.push(vec![name.clone()]);
            lists.push(vec!["client".to_owned(), name.clone()]);
        } else if name != features::OF_THE_SYSTEM || has_openssl() {
            lists.push(first.iter().chain([name]).cloned().collect());
        }
    }
    lists
        .into_iter()
        .map(|features| Combination {
            name: features.join(", "),
            packages: vec![(package, features)],
        })
        .collect()
}

/// Returns whether the library for the platform's TLS is installed.
fn has_openssl() -> bool {
    let mut command = Command::new("pkg-config");
    command.args(["--exists", "openssl"]);
    command.status().is_ok_and(|status| status.success())
}
