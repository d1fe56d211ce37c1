//! `sdkwright check`: the findings about a description, without a crate.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use super::input::InputArgs;
use super::outcome::Outcome;
use super::progress::show_phases;
use super::verbosity::{Verbosity, VerbosityArgs};
use crate::diagnostics::{Code, CodeCount, Denied, Diagnostics, Severity};
use crate::diagnostics::{render_counts, suggest_codes, to_json_lines};
use crate::pipeline::check;

/// Arguments of `sdkwright check`.
#[derive(Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Turn the warnings with this code into errors. Can be repeated
    #[arg(long, value_name = "CODE", value_parser = parse_code)]
    deny: Vec<Code>,
    /// Turn all warnings into errors
    #[arg(long)]
    deny_warnings: bool,
    /// Print the counts as a line of JSON, and each finding as a line of JSON on standard error
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    verbosity: VerbosityArgs,
}

/// Parses the code of a diagnostic.
fn parse_code(name: &str) -> Result<Code, String> {
    match (Code::find(name), Code::find_renamed(name)) {
        (Some(code), _) | (None, &[code]) => Ok(code),
        (None, []) => Err(format!(
            "it is not the code of a diagnostic; {}",
            suggest_codes(name)
        )),
        (None, codes) => {
            let codes: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
            Err(format!("the code is now {}", codes.join(" and ")))
        }
    }
}

/// The counts as JSON. The names of the fields are part of the interface.
#[derive(Serialize)]
struct Counts {
    errors: usize,
    warnings: usize,
    codes: Vec<JsonCount>,
}

#[derive(Serialize)]
struct JsonCount {
    code: &'static str,
    severity: &'static str,
    count: usize,
}

impl From<CodeCount> for JsonCount {
    fn from(count: CodeCount) -> Self {
        Self {
            code: count.code.as_str(),
            severity: count.severity.as_str(),
            count: count.count,
        }
    }
}

impl CheckArgs {
    /// Runs the command. The counts go to `out`, findings to `err`.
    ///
    /// # Errors
    ///
    /// `out` or `err` cannot be written to.
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
        let verbosity = match self.json {
            true => Verbosity::Quiet,
            false => self.verbosity.into(),
        };
        let Some(options) = self.input.to_options_or_print("check", err)? else {
            return Ok(Outcome::Bad);
        };
        let progress = &options.progress;
        let mut diagnostics = show_phases(progress, verbosity, || check(&options));
        diagnostics.deny(&Denied {
            codes: self.deny,
            warnings: self.deny_warnings,
        });
        if self.json {
            err.write_all(to_json_lines(&diagnostics).as_bytes())?;
            print_json(&diagnostics, out)?;
        } else {
            verbosity.print_findings(&diagnostics, err)?;
            if verbosity != Verbosity::Quiet {
                print_counts(&diagnostics, out)?;
            }
        }
        Ok(match diagnostics.has_errors() {
            true => Outcome::Bad,
            false => Outcome::Good,
        })
    }
}

fn print_json(diagnostics: &Diagnostics, out: &mut dyn Write) -> io::Result<()> {
    let codes = diagnostics.count_codes().into_iter();
    let counts = Counts {
        errors: diagnostics.count(Severity::Error),
        warnings: diagnostics.count(Severity::Warning),
        codes: codes.map(JsonCount::from).collect(),
    };
    writeln!(out, "{}", serde_json::to_string(&counts)?)
}

fn print_counts(diagnostics: &Diagnostics, out: &mut dyn Write) -> io::Result<()> {
    if diagnostics.is_empty() {
        return writeln!(out, "no findings");
    }
    for CodeCount {
        severity,
        code,
        count,
    } in diagnostics.count_codes()
    {
        writeln!(out, "{count:>6}  {:<7}  {code}", severity.as_str())?;
    }
    out.write_all(render_counts(diagnostics).as_bytes())
}
