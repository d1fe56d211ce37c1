//! A list of steps that all run, even if others fail.

use std::time::{Duration, Instant};

use anyhow::bail;

/// Runs steps one after the other, and remembers which failed.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<Done>,
}

struct Done {
    name: &'static str,
    took: Duration,
    error: Option<anyhow::Error>,
}

impl Steps {
    /// Runs a step under a heading of its own.
    pub(crate) fn run(&mut self, name: &'static str, step: impl FnOnce() -> anyhow::Result<()>) {
        println!("\n==> {name}");
        let start = Instant::now();
        let error = step().err();
        if let Some(error) = &error {
            eprintln!("error: {error:#}");
        }
        self.done.push(Done {
            name,
            took: start.elapsed(),
            error,
        });
    }

    /// Prints the outcome of each step.
    ///
    /// # Errors
    ///
    /// A step failed.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        println!();
        for Done { name, took, error } in &self.done {
            let outcome = if error.is_some() { "FAILED" } else { "ok" };
            println!("{outcome:<7}{name} ({:.1} s)", took.as_secs_f64());
        }
        let failed = self.done.iter().filter(|done| done.error.is_some());
        match failed.count() {
            0 => Ok(()),
            1 => bail!("one step failed"),
            count => bail!("{count} steps failed"),
        }
    }
}
