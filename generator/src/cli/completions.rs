//! `sdkwright completions`: a script that completes the command line of a shell.

use std::io::{self, Write};

use clap::{Args, Command};
use clap_complete::Shell;

use super::outcome::Outcome;

/// Arguments of `sdkwright completions`.
#[derive(Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

impl CompletionsArgs {
    /// Prints the script for a command to `out`.
    ///
    /// # Errors
    ///
    /// `out` cannot be written to.
    pub(super) fn run(&self, command: &mut Command, out: &mut dyn Write) -> io::Result<Outcome> {
        // The generator panics if its writer fails, so it writes to memory.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, command, "sdkwright", &mut script);
        out.write_all(&script)?;
        Ok(Outcome::Good)
    }
}
