//! `sdkwright explain`: the meaning of a diagnostic, and its remedy.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use super::outcome::Outcome;
use crate::diagnostics::{Code, Strictness, explain, suggest_codes};

/// Arguments of `sdkwright explain`.
#[derive(Args)]
pub(super) struct ExplainArgs {
    /// Code of the diagnostic, such as `unresolved-ref`
    #[arg(value_name = "CODE", required_unless_present = "list")]
    code: Option<String>,
    /// List all codes
    #[arg(long, conflicts_with = "code")]
    list: bool,
    /// Print JSON: an object for each code, one on a line
    #[arg(long)]
    json: bool,
}

/// A code as JSON. The names of the fields are part of the interface.
#[derive(Serialize)]
struct CodeInfo {
    code: &'static str,
    severity: &'static str,
    strict_severity: &'static str,
    summary: &'static str,
    explanation: &'static str,
}

impl From<Code> for CodeInfo {
    fn from(code: Code) -> Self {
        Self {
            code: code.as_str(),
            severity: code.severity(Strictness::Lenient).as_str(),
            strict_severity: code.severity(Strictness::Strict).as_str(),
            summary: code.summary(),
            explanation: code.explanation(),
        }
    }
}

impl ExplainArgs {
    /// Runs the command. Explanations go to `out`, errors to `err`.
    ///
    /// # Errors
    ///
    /// `out` or `err` cannot be written to.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
        let Some(name) = &self.code else {
            for code in Code::ALL {
                self.print_row(*code, out)?;
            }
            return Ok(Outcome::Good);
        };
        let renamed = Code::find_renamed(name);
        let codes = match Code::find(name) {
            Some(code) => vec![code],
            None => renamed.to_vec(),
        };
        if codes.is_empty() {
            print_unknown(name, err)?;
            return Ok(Outcome::Bad);
        }
        if !renamed.is_empty() {
            writeln!(err, "note: `{name}` has a new name")?;
        }
        for code in codes {
            self.print_explanation(code, out)?;
        }
        Ok(Outcome::Good)
    }

    /// Prints a code on one line.
    fn print_row(&self, code: Code, out: &mut dyn Write) -> io::Result<()> {
        if self.json {
            return print_json(code, out);
        }
        let severity = match code.is_raised_by_strict() {
            true => "strict",
            false => code.severity(Strictness::Lenient).as_str(),
        };
        writeln!(out, "{code:<32} {severity:<7}  {}", code.summary())
    }

    /// Prints the explanation of a code.
    fn print_explanation(&self, code: Code, out: &mut dyn Write) -> io::Result<()> {
        if self.json {
            return print_json(code, out);
        }
        out.write_all(explain(code).as_bytes())
    }
}

fn print_json(code: Code, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", serde_json::to_string(&CodeInfo::from(code))?)
}

fn print_unknown(name: &str, err: &mut dyn Write) -> io::Result<()> {
    writeln!(err, "error: `{name}` is not the code of a diagnostic")?;
    writeln!(err, "  help: {}", suggest_codes(name))
}
