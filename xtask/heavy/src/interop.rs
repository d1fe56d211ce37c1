//! `cargo xtask interop`: generated crates against other programs.
//!
//! [Prism](https://github.com/stoplightio/prism) serves a document and checks each call against it.
//! The `standardwebhooks` package signs and verifies deliveries. Both come from npm and are
//! installed under `target/`. The output has the form of test outcomes, so that `cargo xtask
//! conformance` can count it.

pub(crate) mod prism;
mod servers;
pub(crate) mod tools;

use std::env;
use std::path::PathBuf;

use anyhow::bail;
use clap::Args;

use crate::process::{cargo, run};
use prism::Subject;
use tools::Tools;
use xtask::repo;

/// The variable that names a further description if the option does not.
const FURTHER: &str = "SDKWRIGHT_INTEROP_DOCUMENT";

/// The checks that need these programs.
const PARTS: [&str; 4] = [
    "webhook_interop::the_runtime_verifies_signatures_of_the_package",
    "webhook_interop::the_package_verifies_signatures_of_the_runtime",
    "prism::spec",
    "prism::further",
];

/// Runs the generated crates against programs of others, which npm installs.
#[derive(Args)]
pub(crate) struct Interop {
    /// A description whose operations are called, in addition to the repository's own
    #[arg(value_name = "DOCUMENT")]
    document: Option<PathBuf>,
    /// Use real servers, which Debian and PyPI have, in place of all other checks. Without names,
    /// use all of them
    #[arg(long, value_name = "NAME", num_args = 0.., conflicts_with = "document")]
    servers: Option<Vec<String>>,
}

impl Interop {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        if let Some(names) = &self.servers {
            return match servers::use_servers(names)? {
                0 => Ok(()),
                count => bail!("{count} of the servers found something"),
            };
        }
        let tools = match Tools::install()? {
            Ok(tools) => tools,
            Err(why) => {
                for name in PARTS {
                    println!("test {name} ... ignored, {why}");
                }
                return Ok(());
            }
        };
        let further = env::var_os(FURTHER).filter(|path| !path.is_empty());
        let further = self.document.clone().or(further.map(PathBuf::from));
        let mut failed = 0;
        failed += u32::from(webhooks(&tools).is_err());
        let spec = Subject::own(repo::SPEC);
        failed += u32::from(!report("prism::spec", prism::call(&tools, &spec)));
        match further {
            Some(path) => {
                let result = Subject::generate(&path).and_then(|it| prism::call(&tools, &it));
                failed += u32::from(!report("prism::further", result));
            }
            None => println!("test prism::further ... ignored, {FURTHER} names no description"),
        }
        match failed {
            0 => Ok(()),
            count => bail!("{count} of the programs found something"),
        }
    }
}

/// Prints what became of a part, and whether it went well.
fn report(name: &str, result: anyhow::Result<()>) -> bool {
    if let Err(error) = &result {
        eprintln!("error: {error:#}");
    }
    let outcome = if result.is_ok() { "ok" } else { "FAILED" };
    println!("test {name} ... {outcome}");
    result.is_ok()
}

/// Verifies deliveries that the package signs, and lets the package verify ours.
fn webhooks(tools: &Tools) -> anyhow::Result<()> {
    let mut test = cargo(["test", "--workspace", "--features", repo::TEST_FEATURES]);
    test.args(["--test", "http"]);
    test.args(["--", "--ignored", "webhook_interop"]);
    run(test.env("SDKWRIGHT_STANDARDWEBHOOKS", tools.folder()))
}
