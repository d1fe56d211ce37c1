//! Cost to compile 500 types and speed of their codec: generated code against the derived baseline,
//! in one run, with all dependencies built beforehand.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, ensure};
use indicatif::ProgressBar;
use sdkwright::output::Existing;
use sdkwright::pipeline::{self, ConfigFile, Options};

use super::synthetic::Api;
use super::table::Row;
use super::{baseline, race};
use crate::generated_crate::write;
use crate::process::{cargo, measure, run};

const DIR: &str = "target/bench/build-cost";
const TYPES: usize = 500;
/// The packages: our crate with a copy of the runtime, and with the runtime as a dependency. Then the
/// baseline, our crate without the types, and the program that runs our crate and the baseline.
const OURS: &str = "ours";
const DEPENDENT: &str = "dependent";
const BASELINE: &str = "baseline";
const BARE: &str = "bare";
const RACE: &str = "race";
/// Cargo always gets all of these packages. The features of the dependencies follow from them, and
/// no dependency may be built again during a measurement. None of the packages depends on another.
const MEASURED: [&str; 4] = [BARE, OURS, DEPENDENT, BASELINE];

/// A way to compile a crate.
struct Build {
    name: &'static str,
    args: &'static [&'static str],
    /// Largest share of the baseline's cost that generated code should have.
    goal: f64,
    /// It is measured so often, and the cheapest counts: what disturbs a
    /// measurement only ever makes it dearer.
    rounds: usize,
}

const BUILDS: [Build; 2] = [
    Build {
        name: "check, CPU",
        args: &["check", "--quiet"],
        goal: 0.35,
        rounds: 3,
    },
    Build {
        name: "release build, CPU",
        args: &["build", "--quiet", "--release"],
        goal: 0.5,
        rounds: 1,
    },
];

/// Measures everything.
pub(super) fn run_all(progress: &ProgressBar) -> anyhow::Result<Vec<Row>> {
    let api = Api::new(TYPES);
    lay_out(&api)?;
    let mut rows = Vec::new();
    for build in &BUILDS {
        progress.set_message(format!("{}: dependencies", build.name));
        run(&mut workspace_command(build.args, &MEASURED))?;
        progress.set_message(build.name);
        let cost = Cost::measure_with(|package| build.cheapest(package))?;
        rows.extend(cost.rows(build.name, "s", build.goal));
    }
    rows.extend(Cost::measure_with(rlib_size)?.rows("release rlib", "MB", 0.4));
    progress.set_message("decode and encode");
    let mut race = workspace_command(&["run", "--quiet", "--release"], &[RACE]);
    rows.extend(race::run(&mut race)?);
    Ok(rows)
}

/// A cost of each package.
struct Cost {
    ours: f64,
    dependent: f64,
    bare: f64,
    baseline: f64,
}

impl Cost {
    fn measure_with(measure: impl Fn(&str) -> anyhow::Result<f64>) -> anyhow::Result<Self> {
        Ok(Self {
            ours: measure(OURS)?,
            dependent: measure(DEPENDENT)?,
            bare: measure(BARE)?,
            baseline: measure(BASELINE)?,
        })
    }

    /// The baseline has only types, so the comparison leaves out the client. The whole crate is
    /// shown, too, with each source of the runtime.
    fn rows(&self, name: &str, unit: &'static str, goal: f64) -> [Row; 3] {
        let types = self.ours - self.bare;
        [
            Row::at_most(&format!("{name}: types"), unit, types, self.baseline, goal),
            Row::compared(
                &format!("{name}: with client"),
                unit,
                self.ours,
                self.baseline,
            ),
            Row::compared(
                &format!("{name}: with client, on a runtime that is built"),
                unit,
                self.dependent,
                self.baseline,
            ),
        ]
    }
}

/// Writes the workspace: the crates, and the program that races two of them.
fn lay_out(api: &Api) -> anyhow::Result<()> {
    let dir = Path::new(DIR);
    let members = [BARE, OURS, DEPENDENT, BASELINE, RACE];
    let runtime = fs::canonicalize("templates/runtime").context("templates/runtime")?;
    write(
        &dir.join("Cargo.toml"),
        &format!(
            "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[patch.crates-io]\nsdkwright-runtime = {{ path = {runtime:?} }}\n"
        ),
    )?;
    // The versions that were locked for this repository, so that both crates
    // are built on the same ones and nothing is looked up.
    fs::copy("Cargo.lock", dir.join("Cargo.lock")).context("Cargo.lock")?;
    lay_out_ours(OURS, api, dir, ConfigFile::None)?;
    lay_out_ours(BARE, &Api::new(0), dir, ConfigFile::None)?;
    let config = dir.join("dependent.yaml");
    let options = "targets: { rust: { options: { runtime: dependency } } }\n";
    write(&config, options)?;
    lay_out_ours(DEPENDENT, api, dir, ConfigFile::At(config))?;
    write(
        &dir.join("baseline/Cargo.toml"),
        &manifest(BASELINE, baseline::DEPENDENCIES),
    )?;
    write(&dir.join("baseline/src/lib.rs"), &baseline::render(api))?;
    write(
        &dir.join("race/Cargo.toml"),
        &manifest(RACE, race::DEPENDENCIES),
    )?;
    write(&dir.join("race/src/main.rs"), &race::render(api))
}

/// Writes the generated crate of an API, with the same functions at its end as the baseline.
fn lay_out_ours(package: &str, api: &Api, dir: &Path, config: ConfigFile) -> anyhow::Result<()> {
    let spec = dir.join(format!("{package}.json"));
    write(&spec, &serde_json::to_string_pretty(&api.document())?)?;
    let generated = pipeline::generate(&Options {
        config,
        package: Some(package.to_owned()),
        ..Options::new(spec)
    })
    .map_err(|failure| anyhow::anyhow!("{failure}"))?;
    let (types, wanted) = (generated.stats.types, api.objects.len() + api.enums.len());
    ensure!(types == wanted, "{types} types of {wanted}");
    let mut output = generated.output;
    let lib = output.get("src/lib.rs").unwrap_or_default().to_owned();
    output.insert(
        "src/lib.rs",
        lib + "\n#[allow(missing_docs)]\npub mod uses;\n",
    );
    output.insert("src/uses.rs", uses(api));
    output.write(&dir.join(package), Existing::Refuse)?;
    Ok(())
}

/// The counterpart of the functions at the end of the baseline.
fn uses(api: &Api) -> String {
    let mut text = String::new();
    if !api.objects.is_empty() {
        text.push_str("use crate::runtime::codec;\nuse crate::types::*;\n");
    }
    for object in &api.objects {
        let decode = "codec::from_slice(bytes).ok()";
        text.push_str(&baseline::uses(
            &object.name,
            decode,
            "codec::to_vec(value)",
        ));
    }
    text
}

fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
    )
}

/// A cargo command about packages of the workspace that is measured.
fn workspace_command(args: &[&str], packages: &[&str]) -> Command {
    let mut command = cargo(args);
    for package in packages {
        command.args(["--package", package]);
    }
    command
        .current_dir(DIR)
        .env("CARGO_TARGET_DIR", "target")
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS");
    command
}

impl Build {
    /// The CPU seconds that a package takes when nothing else is to be built.
    fn cheapest(&self, package: &str) -> anyhow::Result<f64> {
        let lib = Path::new(DIR).join(package).join("src/lib.rs");
        let mut least = f64::INFINITY;
        for _ in 0..self.rounds {
            let file = fs::File::options().append(true).open(&lib);
            file.and_then(|file| file.set_modified(SystemTime::now()))
                .with_context(|| lib.display().to_string())?;
            let cost = measure(&mut workspace_command(self.args, &MEASURED))?;
            least = least.min(cost.as_secs_f64());
        }
        Ok(least)
    }
}

/// The size of a crate's library in millions of bytes.
fn rlib_size(package: &str) -> anyhow::Result<f64> {
    let path = Path::new(DIR).join(format!("target/release/lib{package}.rlib"));
    let bytes = fs::metadata(&path)
        .with_context(|| path.display().to_string())?
        .len();
    let bytes = bytes as f64;
    Ok(bytes / 1e6)
}
