//! `sdkwright inspect`: the calls and types of a crate, before it is generated.

mod describe;
mod find;

use std::io::{self, Write};

use clap::Args;

use self::describe::{Description, describe_item, describe_method};
use self::find::{Found, find, find_similar, list_calls};
use super::failure::print_failure;
use super::input::InputArgs;
use super::outcome::Outcome;
use super::progress::show_phases;
use super::verbosity::{Verbosity, VerbosityArgs};
use crate::load::Location;
use crate::pipeline::{Failure, ReadSide, inspect};

/// Arguments of `sdkwright inspect`. A name follows a description.
#[derive(Args)]
#[command(override_usage = "sdkwright inspect [OPTIONS] [SPEC [NAME]]")]
pub(super) struct InspectArgs {
    #[command(flatten)]
    input: InputArgs,
    /// A call (`chats.messages.send`), an endpoint in quotes (`"POST /chats"`), an operation id, or
    /// a type. Follows SPEC, which is `.` for the description of this folder [default: all calls]
    name: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    verbosity: VerbosityArgs,
}

impl InspectArgs {
    /// Runs the command. The result goes to `out`, errors to `err`.
    ///
    /// # Errors
    ///
    /// `out` or `err` cannot be written to.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
        if let Some(name) = self.find_misplaced_name() {
            let message = format!("`{name}` is not a description");
            let help =
                format!("a name follows the description, as in `sdkwright inspect . {name}`");
            return print_failure(&message, Some(&help), err);
        }
        let Some(options) = self.input.to_options_or_print("inspect", err)? else {
            return Ok(Outcome::Bad);
        };
        let verbosity = match self.json {
            true => Verbosity::Quiet,
            false => self.verbosity.into(),
        };
        match show_phases(&options.progress, verbosity, || inspect(&options)) {
            Ok(read) => self.print(&read, out, err),
            Err(Failure::Input(diagnostics)) => {
                verbosity.print_counted_findings(&diagnostics, err)?;
                Ok(Outcome::Bad)
            }
            Err(failure) => print_failure(&failure, failure.help(), err),
        }
    }

    /// Returns the only argument, if it is neither a file nor has the extension of one.
    fn find_misplaced_name(&self) -> Option<String> {
        let argument = self
            .input
            .spec
            .spec
            .as_ref()
            .filter(|_| self.name.is_none())?;
        let Location::File(path) = Location::parse(argument) else {
            return None;
        };
        let extension = path.extension().and_then(|extension| extension.to_str());
        let is_file = path.exists() || matches!(extension, Some("yaml" | "yml" | "json" | "gz"));
        (!is_file).then(|| path.display().to_string())
    }

    fn print(
        &self,
        read: &ReadSide,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> io::Result<Outcome> {
        let surface = &read.side.surface;
        let Some(name) = &self.name else {
            let calls = list_calls(surface);
            if self.json {
                writeln!(out, "{}", serde_json::to_string_pretty(&calls)?)?;
                return Ok(Outcome::Good);
            }
            let width = calls.iter().map(|call| call.name.len()).max().unwrap_or(0);
            for call in calls {
                writeln!(out, "{:width$}  {}", call.name, call.endpoint)?;
            }
            return Ok(Outcome::Good);
        };
        let found = find(surface, name);
        if found.is_empty() {
            let message = format!("the crate has neither a call nor a type `{name}`");
            let similar = find_similar(surface, name);
            let similar: Vec<String> = similar.iter().map(|it| format!("`{it}`")).collect();
            let help = match similar.as_slice() {
                [] => "without a name, `sdkwright inspect` lists all calls".to_owned(),
                names => format!("did you mean {}?", names.join(" or ")),
            };
            return print_failure(&message, Some(&help), err);
        }
        let mut described: Vec<Description> = Vec::new();
        for found in found {
            described.push(match found {
                Found::Method(method) => describe_method(surface, &read.side.source, method),
                Found::Item(item) => describe_item(surface, &read.side.source, item),
            });
        }
        if self.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&described)?)?;
            return Ok(Outcome::Good);
        }
        for (index, description) in described.iter().enumerate() {
            let gap = if index > 0 { "\n" } else { "" };
            write!(out, "{gap}{description}")?;
        }
        Ok(Outcome::Good)
    }
}
