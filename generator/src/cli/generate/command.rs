//! The command `generate` without its arguments: generates, writes or checks, and reports the
//! result.

use std::io::{self, Write};
use std::path::PathBuf;

use crate::cli::Summary;
use crate::diagnostics::{self, Diagnostics, Style};
use crate::output::{Changes, Existing, WriteError};
use crate::pipeline::{ConfigFile, Failure, Generated, Options, generate};

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
    /// Lines for `grep` and for a log.
    #[default]
    Text,
    /// A few lines for a person at a terminal.
    Terminal,
    /// JSON: one object per line, for each diagnostic and for the result.
    Json,
}

/// The result of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The directory is up to date.
    Good,
    /// The input has errors, the directory cannot be written, or a check failed.
    Bad,
}

impl Command {
    /// Runs the command. The result goes to `out`, diagnostics to `err`.
    ///
    /// # Errors
    ///
    /// Only if `out` or `err` cannot be written to.
    pub fn run(&self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
        match generate(&self.options) {
            Ok(mut generated) => {
                if self.mode == Mode::Check {
                    let drift = generated.drift.diagnostic(&self.sync_command());
                    generated.diagnostics.extend(drift);
                }
                self.print_findings(&generated.diagnostics, err)?;
                self.deliver(&generated, out, err)
            }
            Err(failure) => {
                self.report_failure(&failure, out, err)?;
                Ok(Outcome::Bad)
            }
        }
    }

    /// Returns the command that brings the configuration up to date.
    fn sync_command(&self) -> String {
        let mut command = format!("sdkwright sync {}", self.options.spec.display());
        if let ConfigFile::At(config) = &self.options.config {
            command.push_str(&format!(" --config {}", config.display()));
        }
        command
    }

    fn report_failure(
        &self,
        failure: &Failure,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> io::Result<()> {
        match failure {
            Failure::Input(diagnostics) => {
                self.print_findings(diagnostics, err)?;
                self.print(&Summary::for_failure(diagnostics), out)
            }
            other => {
                writeln!(err, "error: {other}")?;
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
            Err(error) => {
                writeln!(err, "error: {error}")?;
                if let Some(help) = error.help() {
                    writeln!(err, "  help: {help}")?;
                }
                Ok(Outcome::Bad)
            }
        }
    }

    fn write(
        &self,
        generated: &Generated,
        existing: Existing,
        out: &mut dyn Write,
    ) -> Result<io::Result<Outcome>, WriteError> {
        let report = generated.output.write(&self.out, existing)?;
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
        if self.format != Format::Json {
            for change in changes {
                writeln!(out, "{}", change.diff())?;
            }
        }
        self.print(summary, out)?;
        if changes.is_empty() {
            return Ok(Outcome::Good);
        }
        let spec = self.options.spec.display();
        let dir = self.out.display();
        writeln!(
            err,
            "error: `{dir}` differs from the crate that `{spec}` generates"
        )?;
        writeln!(err, "  help: run `{}`", self.remedy)?;
        Ok(Outcome::Bad)
    }

    fn print_findings(&self, diagnostics: &Diagnostics, err: &mut dyn Write) -> io::Result<()> {
        let text = match self.format {
            Format::Text | Format::Terminal => {
                diagnostics::render(diagnostics, Style::for_stderr())
            }
            Format::Json => diagnostics::to_json_lines(diagnostics),
        };
        err.write_all(text.as_bytes())
    }

    fn print(&self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let text = match self.format {
            Format::Text => format!("{summary}"),
            Format::Terminal => format!("{summary:#}"),
            Format::Json => format!("{}\n", summary.to_json()),
        };
        // Written at once, because standard output makes a system call for each line.
        out.write_all(text.as_bytes())
    }
}
