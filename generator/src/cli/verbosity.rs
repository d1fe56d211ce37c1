//! The amount of output: `--verbose` and `--quiet`.

use std::io::{self, Write};

use clap::Args;

use crate::diagnostics::{Detail, Diagnostics, Severity, Style, render_counts, render_findings};

/// Arguments about the amount of output.
#[derive(Args, Debug, Clone, Copy, Default)]
pub(super) struct VerbosityArgs {
    /// List each finding and each file
    #[arg(short, long, conflicts_with = "quiet")]
    verbose: bool,
    /// Print errors only
    #[arg(short, long)]
    quiet: bool,
}

/// The amount of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verbosity {
    /// Errors only.
    Quiet,
    /// The first finding of each code, and one line about the result.
    #[default]
    Short,
    /// Each finding and each file.
    Verbose,
}

impl From<VerbosityArgs> for Verbosity {
    fn from(args: VerbosityArgs) -> Self {
        match (args.quiet, args.verbose) {
            (true, _) => Self::Quiet,
            (_, true) => Self::Verbose,
            _ => Self::Short,
        }
    }
}

impl Verbosity {
    /// Prints findings of a run that goes on to a result.
    pub(super) fn print_findings(
        self,
        diagnostics: &Diagnostics,
        err: &mut dyn Write,
    ) -> io::Result<()> {
        let detail = match self {
            Self::Quiet => Detail::Errors,
            Self::Short => Detail::Grouped,
            Self::Verbose => Detail::Full,
        };
        let text = render_findings(diagnostics, Style::for_stderr(), detail);
        err.write_all(text.as_bytes())
    }

    /// Prints findings, and a line that counts them.
    pub(super) fn print_counted_findings(
        self,
        diagnostics: &Diagnostics,
        err: &mut dyn Write,
    ) -> io::Result<()> {
        self.print_findings(diagnostics, err)?;
        if self == Self::Quiet && diagnostics.count(Severity::Error) == 0 {
            return Ok(());
        }
        err.write_all(render_counts(diagnostics).as_bytes())
    }

    /// Prints a line about the result, unless only errors are printed.
    pub(super) fn print_result(self, out: &mut dyn Write, line: &str) -> io::Result<()> {
        match self {
            Self::Quiet => Ok(()),
            Self::Short | Self::Verbose => writeln!(out, "{line}"),
        }
    }
}
