//! Cost for a program that uses one resource of a large API. Three crates are compared: one with
//! the feature of that resource alone, one with all features, and one generated with only that
//! resource.
//!
//! The program is the crate's own example.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, ensure};
use indicatif::ProgressBar;
use sdkwright::output::{Existing, Output};
use sdkwright::pipeline::{self, ConfigFile, Options};
use serde_json::Value;

use super::table::Row;
use crate::features::ALL;
use crate::generated_crate;
use crate::process::{cargo, measure, run};

const DIR: &str = "target/bench/one-resource";
/// The name of the crates.
const PACKAGE: &str = "measured";
/// The features of a crate and its program in addition to the resource.
const BASE: &str = "rustls";

/// A crate, and its features.
struct Subject {
    folder: PathBuf,
    features: Vec<String>,
}

/// The measured cost.
struct Costs {
    /// CPU seconds of checking the crate.
    check: f64,
    /// CPU seconds of building the crate and the program, the dependencies aside.
    build: f64,
    /// The bytes of the program, in millions.
    program: f64,
}

/// Measures every document.
pub(super) fn run_all(documents: &[PathBuf], progress: &ProgressBar) -> anyhow::Result<Vec<Row>> {
    let mut rows = Vec::new();
    for document in documents {
        let name = document.file_stem().unwrap_or_default().to_string_lossy();
        rows.extend(measure_document(&name, document, progress)?);
    }
    Ok(rows)
}

fn measure_document(
    name: &str,
    document: &Path,
    progress: &ProgressBar,
) -> anyhow::Result<Vec<Row>> {
    progress.set_message(format!("{name}: generate"));
    let folder = Path::new(DIR).join(name);
    let whole = generate(document)?;
    let example = Example::find_in(&whole)?;
    let rest = folder.join("rest.json");
    generated_crate::write(&rest, &remove_other_operations(document, &whole, &example)?)?;
    let alone = generate(&rest)?;
    ensure!(
        alone.get(&example.path).is_some(),
        "{name}: the resource by itself has another example"
    );
    let lay_out_with = |kind: &str, output: &Output, features: &[&str]| {
        lay_out(&folder.join(kind), output, &example, features)
    };
    let on = example.feature.as_str();
    let measure = |subject: Subject| measure_costs(name, &subject, progress);
    let used = measure(lay_out_with("used", &whole, &[BASE, on])?)?;
    let alone = measure(lay_out_with("alone", &alone, &[BASE])?)?;
    let all = measure(lay_out_with("all", &whole, &[BASE, ALL])?)?;
    let mut rows = Vec::new();
    let mut row = |what: &str, unit, goal, figure: fn(&Costs) -> f64| {
        let name = |other: &str| format!("{name}: {what}, {other}");
        let (used, alone, all) = (figure(&used), figure(&alone), figure(&all));
        rows.push(Row::at_most(&name("or alone"), unit, used, alone, goal));
        rows.push(Row::compared(&name("or all"), unit, used, all));
    };
    row("check", "s", 1.1, |costs| costs.check);
    row("release", "s", 1.1, |costs| costs.build);
    row("program", "MB", 1.02, |costs| costs.program);
    Ok(rows)
}

fn generate(document: &Path) -> anyhow::Result<Output> {
    let generated = pipeline::generate(&Options {
        config: ConfigFile::None,
        package: Some(PACKAGE.to_owned()),
        ..Options::new(document)
    });
    let generated = generated.map_err(|failure| anyhow::anyhow!("{failure}"))?;
    Ok(generated.output)
}

/// The program that a crate has as its example.
struct Example {
    path: String,
    /// The feature of the resource that it uses.
    feature: String,
}

impl Example {
    fn find_in(output: &Output) -> anyhow::Result<Self> {
        let manifest = output.get("Cargo.toml").unwrap_or_default();
        let manifest: toml::Table = toml::from_str(manifest).context("the crate's manifest")?;
        let examples = manifest.get("example").and_then(toml::Value::as_array);
        let first = examples.and_then(|list| list.first()?.as_table());
        let first = first.context("the crate has no example")?;
        let name = first.get("name").and_then(toml::Value::as_str);
        let path = format!("examples/{}.rs", name.unwrap_or_default());
        ensure!(output.get(&path).is_some(), "the crate has no `{path}`");
        let features = first
            .get("required-features")
            .and_then(toml::Value::as_array);
        let mut features = features.into_iter().flatten().filter_map(|f| f.as_str());
        let feature = features.find(|feature| *feature != "client");
        Ok(Self {
            path,
            feature: feature.context("no resource has a feature")?.to_owned(),
        })
    }
}

/// Returns the document without the operations of other resources.
///
/// The docs of the methods say which operations belong to the resource.
fn remove_other_operations(
    document: &Path,
    whole: &Output,
    example: &Example,
) -> anyhow::Result<String> {
    let module = example.feature.replace('-', "_");
    let module = format!("src/resources/{module}.rs");
    let text = whole.get(&module).with_context(|| format!("no {module}"))?;
    let kept: Vec<(String, &str)> = text
        .lines()
        .filter_map(|line| {
            let line = line.trim().strip_prefix("/// `")?.strip_suffix('`')?;
            let (method, path) = line.split_once(' ')?;
            Some((method.to_lowercase(), path))
        })
        .collect();
    let text = fs::read_to_string(document).with_context(|| document.display().to_string())?;
    let mut document: Value = serde_json::from_str(&text).context("a document that is no JSON")?;
    if let Some(document) = document.as_object_mut() {
        document.remove("webhooks");
    }
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            let is_kept = kept.iter().any(|(m, p)| m == method && p == path);
            if let (false, Some(operation)) = (is_kept, operation.as_object_mut()) {
                operation.insert("x-stainless-skip".to_owned(), true.into());
            }
        }
    }
    Ok(document.to_string())
}

/// Writes a workspace of a crate and of the program.
fn lay_out(
    folder: &Path,
    output: &Output,
    example: &Example,
    features: &[&str],
) -> anyhow::Result<Subject> {
    output.write(&folder.join("crate"), Existing::Refuse)?;
    let program = output.get(&example.path).unwrap_or_default();
    generated_crate::write(&folder.join("program/src/main.rs"), program)?;
    let manifest = format!(
        "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         {PACKAGE} = {{ path = \"../crate\", default-features = false, features = {features:?} }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n"
    );
    generated_crate::write(&folder.join("program/Cargo.toml"), &manifest)?;
    let workspace = "[workspace]\nresolver = \"3\"\nmembers = [\"crate\", \"program\"]\n\n\
                     [profile.release]\nstrip = true\n";
    generated_crate::write(&folder.join("Cargo.toml"), workspace)?;
    fs::copy("Cargo.lock", folder.join("Cargo.lock")).context("Cargo.lock")?;
    Ok(Subject {
        folder: folder.to_owned(),
        features: features.iter().map(|&name| name.to_owned()).collect(),
    })
}

fn measure_costs(name: &str, subject: &Subject, progress: &ProgressBar) -> anyhow::Result<Costs> {
    let features = subject.features.join(", ");
    let cheapest = |args: &[&str], rounds: usize| {
        progress.set_message(format!("{name} ({features}): {}", args.join(" ")));
        run(&mut subject.cargo(args))?;
        let mut least = f64::INFINITY;
        for _ in 0..rounds {
            subject.touch()?;
            least = least.min(measure(&mut subject.cargo(args))?.as_secs_f64());
        }
        anyhow::Ok(least)
    };
    let check = cheapest(&["check", "--quiet"], 2)?;
    let build = cheapest(&["build", "--quiet", "--release"], 1)?;
    let program = Path::new(DIR).join("target/release/program");
    let bytes = fs::metadata(&program).with_context(|| program.display().to_string())?;
    let program = bytes.len() as f64 / 1e6;
    Ok(Costs {
        check,
        build,
        program,
    })
}

impl Subject {
    /// A cargo command about the program. All crates share the dependencies.
    fn cargo(&self, args: &[&str]) -> Command {
        let mut command = cargo(args);
        command.args(["--package", "program", "--manifest-path"]);
        command.arg(self.folder.join("Cargo.toml"));
        command
            .env("CARGO_TARGET_DIR", Path::new(DIR).join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS");
        command
    }

    /// Has the crate and the program compiled again.
    fn touch(&self) -> anyhow::Result<()> {
        for file in ["crate/src/lib.rs", "program/src/main.rs"] {
            let path = self.folder.join(file);
            let file = fs::File::options().append(true).open(&path);
            file.and_then(|file| file.set_modified(SystemTime::now()))
                .with_context(|| path.display().to_string())?;
        }
        Ok(())
    }
}
