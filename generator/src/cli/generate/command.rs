//! The command `generate` without its arguments: generates, writes or checks, and reports the
//! result.

use std::io::{self, Write};
use std::path::PathBuf;

use crate::cli::Summary;
use crate::cli::failure::{print_failure, print_write_error};
use crate::cli::outcome::Outcome;
use crate::cli::progress::show_phases;
use crate::cli::verbosity::Verbosity;
use crate::diagnostics::{Diagnostics, to_json_lines};
use crate::load::Location;
use crate::output::{Changes, Existing, WriteError};
use crate::pipeline::{Failure, Generated, Options, Phase, generate};

/// The input of the command.
#[derive(Debug, Clone)]
pub struct Command {
    /// The input of the pipeline.
    pub options: Options,
    /// The directory of the crate.
    pub out: PathBuf,
    /// The mode of the run.
    pub mode: Mode,
    /// The format of the report.
    pub format: Format,
    /// The amount of output.
    pub verbosity: Verbosity,
    /// The command line that brings the directory up to date.
    pub remedy: String,
}

/// The mode of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Write the crate to the directory.
    Write(Existing),
    /// Compare only, and fail if the directory differs.
    Check,
}

/// The format of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Lines for people and for a log.
    #[default]
    Text,
    /// JSON: one object per line, for each diagnostic and for the result.
    Json,
}

impl Command {
    /// Runs the command. The result goes to `out`, diagnostics to `err`.
    ///
    /// # Errors
    ///
    /// Only if `out` or `err` cannot be written to.
    pub fn run(&self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
        match self.show_phases(|| generate(&self.options)) {
            Ok(mut generated) => {
                if self.mode == Mode::Check {
                    let drift = generated.drift.diagnostic(&self.options.sync_command());
                    generated.diagnostics.extend(drift);
                }
                let custom = generated.custom_module.diagnostic(&self.out);
                generated.diagnostics.extend(custom);
                self.print_findings(&generated.diagnostics, err)?;
                self.deliver(&generated, out, err)
            }
            Err(failure) => {
                self.report_failure(&failure, out, err)?;
                Ok(Outcome::Bad)
            }
        }
    }

    /// Runs work, and shows its phase on standard error. Scripts that read JSON do not see it.
    fn show_phases<T>(&self, work: impl FnOnce() -> T) -> T {
        let verbosity = match self.format {
            Format::Json => Verbosity::Quiet,
            Format::Text => self.verbosity,
        };
        show_phases(&self.options.progress, verbosity, work)
    }

    fn report_failure(
        &self,
        failure: &Failure,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> io::Result<()> {
        match failure {
            Failure::Input(diagnostics) => {
                match self.format {
                    Format::Json => self.print_findings(diagnostics, err)?,
                    Format::Text => self.verbosity.print_counted_findings(diagnostics, err)?,
                }
                self.print(&Summary::for_failure(diagnostics), out)
            }
            other => {
                print_failure(other, other.help(), err)?;
                self.print(&Summary::default(), out)
            }
        }
    }

    fn deliver(
        &self,
        generated: &Generated,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> io::Result<Outcome> {
        let delivered = match self.mode {
            Mode::Write(existing) => self.write(generated, existing, out),
            Mode::Check => self.check(generated, out, err),
        };
        match delivered {
            Ok(outcome) => outcome,
            Err(error) => print_write_error(&error, err),
        }
    }

    fn write(
        &self,
        generated: &Generated,
        existing: Existing,
        out: &mut dyn Write,
    ) -> Result<io::Result<Outcome>, WriteError> {
        self.options.progress.start(Phase::Write);
        let report = self.show_phases(|| generated.output.write(&self.out, existing))?;
        let summary = Summary::new(generated).with_written(&report);
        Ok(self.print(&summary, out).map(|()| Outcome::Good))
    }

    fn check(
        &self,
        generated: &Generated,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> Result<io::Result<Outcome>, WriteError> {
        let changes = generated.output.diff(&self.out)?;
        let summary = Summary::new(generated).with_checked(&changes);
        Ok(self.report_check(&changes, &summary, out, err))
    }

    fn report_check(
        &self,
        changes: &Changes<'_>,
        summary: &Summary,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> io::Result<Outcome> {
        if self.format == Format::Text && self.verbosity != Verbosity::Quiet {
            for change in changes {
                writeln!(out, "{}", change.diff())?;
            }
        }
        self.print(summary, out)?;
        if changes.is_empty() {
            return Ok(Outcome::Good);
        }
        let spec = Location::parse(&self.options.spec).name();
        let dir = self.out.display();
        writeln!(
            err,
            "error: `{dir}` differs from the crate that `{spec}` generates"
        )?;
        writeln!(err, "  help: run `{}`", self.remedy)?;
        Ok(Outcome::Bad)
    }

    fn print_findings(&self, diagnostics: &Diagnostics, err: &mut dyn Write) -> io::Result<()> {
        match self.format {
            Format::Text => self.verbosity.print_findings(diagnostics, err),
            Format::Json => err.write_all(to_json_lines(diagnostics).as_bytes()),
        }
    }

    fn print(&self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let text = match (self.format, self.verbosity) {
            (Format::Json, _) => format!("{}\n", summary.to_json()),
            (Format::Text, Verbosity::Quiet) => String::new(),
            (Format::Text, Verbosity::Short) => format!("{summary}"),
            (Format::Text, Verbosity::Verbose) => format!("{summary:#}"),
        };
        // Written at once, because standard output makes a system call for each line.
        out.write_all(text.as_bytes())
    }
}
