//! `cargo xtask fuzz`: the property tests, with as many cases as time allows.
//!
//! The test command runs a short slice of each, mostly the same in every run. This command
//! continues from new seeds. A failing case is reduced and printed with its seed.

use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Args;

use crate::process::{cargo, run};

/// Runs the property tests with new cases, as many as there is time for.
#[derive(Args)]
pub(crate) struct Fuzz {
    /// Number of minutes to run
    #[arg(long, value_name = "MINUTES", default_value_t = 10)]
    minutes: u64,
    /// Take only these targets; may be given several times
    #[arg(long, value_name = "TARGET")]
    only: Vec<String>,
    /// A folder of real documents, which are spoilt and edited as our own are
    #[arg(long, value_name = "DIR")]
    corpus: Option<std::path::PathBuf>,
}

/// Property tests that are run together.
struct FuzzTest {
    name: &'static str,
    /// The tests, as arguments of cargo.
    args: &'static [&'static str],
    /// Number of cases that take about a second.
    cases: u64,
}

const FUZZ_TESTS: [FuzzTest; 4] = [
    FuzzTest {
        name: "documents",
        args: &["test", "--workspace", "--test", "fuzz"],
        cases: 50,
    },
    // Edits of documents, which must rename nothing else in a synced `sdk.yaml`.
    FuzzTest {
        name: "names",
        args: &["test", "--workspace", "--test", "sync", "--", "edits"],
        cases: 50,
    },
    FuzzTest {
        name: "codec",
        args: &[
            "test",
            "--workspace",
            "--test",
            "codec",
            "--",
            "properties",
            "exact",
        ],
        cases: 500,
    },
    // Queries, forms, multipart bodies, streams of events, and the headers of webhooks.
    FuzzTest {
        name: "wire",
        args: &["test", "--workspace", "--lib", "--", "tests::"],
        cases: 500,
    },
];

/// Factor by which each round is longer than the one before.
const GROWTH: u64 = 4;

impl Fuzz {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let known = |name: &String| FUZZ_TESTS.iter().any(|target| target.name == name);
        if let Some(unknown) = self.only.iter().find(|name| !known(name)) {
            let names = FUZZ_TESTS.map(|target| target.name).join("`, `");
            anyhow::bail!("`{unknown}` is not a target; there are `{names}`");
        }
        let end = Instant::now() + Duration::from_secs(self.minutes.saturating_mul(60));
        let mut factor = 1;
        while Instant::now() < end {
            for target in FUZZ_TESTS.iter().filter(|target| self.takes(target)) {
                self.round(target, target.cases.saturating_mul(factor))?;
            }
            factor = factor.saturating_mul(GROWTH).min(self.longest());
        }
        Ok(())
    }

    fn takes(&self, target: &FuzzTest) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == target.name)
    }

    /// The factor of a round that takes about a quarter of the time.
    fn longest(&self) -> u64 {
        let targets = u64::try_from(FUZZ_TESTS.len()).unwrap_or(1);
        (self.minutes.saturating_mul(60) / 4 / targets).max(1)
    }

    fn round(&self, target: &FuzzTest, cases: u64) -> anyhow::Result<()> {
        let start = Instant::now();
        let mut command = cargo(target.args);
        command.env("PROPTEST_CASES", cases.to_string());
        if let Some(corpus) = &self.corpus {
            command.env("SDKWRIGHT_CORPUS", corpus);
        }
        run(&mut command).with_context(|| format!("fuzz {}: a case fails", target.name))?;
        let seconds = start.elapsed().as_secs();
        println!(
            "fuzz {}: {cases} cases of each property in {seconds} s",
            target.name
        );
        Ok(())
    }
}
