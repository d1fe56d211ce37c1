//! `cargo xtask faults`: many calls against a server that fails in ten ways.
//!
//! A test of the runtime has the calls, the server and the checks. `cargo test` runs a short
//! slice of it.

use clap::Args;

use crate::process::{cargo, run};

/// Makes many calls against a server that fails in ten ways.
#[derive(Args)]
pub(crate) struct Faults {
    /// Number of calls to make
    #[arg(long, value_name = "COUNT", default_value_t = 10_000)]
    calls: u32,
}

impl Faults {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let mut test = cargo(["test", "--workspace", "--test", "faults"]);
        test.args(["--", "--nocapture"]);
        run(test.env("SDKWRIGHT_FAULT_CALLS", self.calls.to_string()))
    }
}
