//! `sdkwright sync`: brings an `sdk.yaml` up to date with its description.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::failure::{print_failure, print_write_error};
use super::input::InputArgs;
use super::outcome::Outcome;
use super::progress::show_phases;
use super::verbosity::{Verbosity, VerbosityArgs};
use crate::config::Endpoint;
use crate::diagnostics::{Diagnostics, Origin};
use crate::load::Location;
use crate::output::Replacement;
use crate::pipeline::{
    ConfigFile, Failure, LostEntries, Options, SyncedConfig, suggest_reading_remedy, sync,
};
use crate::source::text::count_noun;

/// Arguments of `sdkwright sync`.
#[derive(Args)]
pub(super) struct SyncArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Remove entries for operations and models that the description no longer has
    #[arg(long)]
    remove: bool,
    /// Change nothing, and fail if the file would change, or if it names something that the
    /// description does not have
    #[arg(long)]
    check: bool,
    /// Print the changes as a line of JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    verbosity: VerbosityArgs,
}

/// Number of additions that are listed without `--verbose`.
const MAX_LISTED: usize = 20;

/// The changes as JSON. The names of the fields are part of the interface.
#[derive(Serialize)]
struct JsonChanges<'a> {
    methods: Vec<JsonMethod>,
    models: &'a [String],
    renamed: Vec<JsonRename>,
    removed: &'a [String],
    /// Endpoints and models that the description does not have, and that are still in the file.
    lost: &'a [String],
    sha256: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonMethod {
    call: String,
    endpoint: String,
}

#[derive(Serialize)]
struct JsonRename {
    from: String,
    to: String,
}

fn print_json(synced: &SyncedConfig, out: &mut dyn Write) -> io::Result<()> {
    let show = |endpoint: &Endpoint| format!("{} {}", endpoint.method, endpoint.path);
    let methods = synced.methods.iter().map(|method| JsonMethod {
        call: format!("{}.{}", method.resource.join("."), method.name),
        endpoint: show(&method.endpoint),
    });
    let renamed = synced.renamed.iter().map(|renamed| JsonRename {
        from: show(&renamed.from),
        to: show(&renamed.to),
    });
    let changes = JsonChanges {
        methods: methods.collect(),
        models: &synced.models,
        renamed: renamed.collect(),
        removed: &synced.removed,
        lost: &synced.lost,
        sha256: synced.sha256.as_deref(),
    };
    writeln!(out, "{}", serde_json::to_string(&changes)?)
}

/// Names the file of the configuration, whose text alone was read.
fn name_config(diagnostics: &mut Diagnostics, path: &Path) {
    let source = diagnostics.source(Origin::Config).cloned();
    if let Some(source) = source {
        let name = path.display().to_string();
        diagnostics.set_source(Origin::Config, source.with_names(|_| name.clone()));
    }
}

impl SyncArgs {
    /// Runs the command. Prints additions to `out`, and problems to `err`.
    ///
    /// # Errors
    ///
    /// `out` or `err` cannot be written to.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
        let Some(options) = self.input.to_options_or_print("sync", err)? else {
            return Ok(Outcome::Bad);
        };
        let default = || Location::parse(&options.spec).folder().join("sdk.yaml");
        let path = options.config_path().unwrap_or_else(default);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                let help = match error.kind() {
                    io::ErrorKind::NotFound => Some("`sdkwright init` writes it"),
                    kind => suggest_reading_remedy(kind),
                };
                let message = format!("`{}` cannot be read: {error}", path.display());
                return print_failure(&message, help, err);
            }
        };
        let options = Options {
            config: ConfigFile::None,
            ..options
        };
        let lost = match self.remove {
            true => LostEntries::Remove,
            false => LostEntries::Keep,
        };
        let verbosity = match self.json {
            true => Verbosity::Quiet,
            false => self.verbosity.into(),
        };
        match show_phases(&options.progress, verbosity, || sync(&options, &text, lost)) {
            Ok(mut synced) => {
                name_config(&mut synced.diagnostics, &path);
                self.deliver(&synced, &path, &text, out, err)
            }
            Err(Failure::Input(mut diagnostics)) => {
                name_config(&mut diagnostics, &path);
                verbosity.print_counted_findings(&diagnostics, err)?;
                Ok(Outcome::Bad)
            }
            Err(failure) => print_failure(&failure, failure.help(), err),
        }
    }

    /// Reports the additions, and writes them.
    fn deliver(
        &self,
        synced: &SyncedConfig,
        path: &Path,
        text: &str,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> io::Result<Outcome> {
        match self.json {
            true => print_json(synced, out)?,
            false => self.print_additions(synced, path, out)?,
        }
        self.print_problems(synced, err)?;
        let is_good = match self.check {
            true => synced.is_current(),
            false => synced.closed.is_empty(),
        };
        if !self.check
            && synced.text != text
            && let Err(error) = Replacement::write(path, &synced.text)
        {
            return print_write_error(&error, err);
        }
        Ok(if is_good { Outcome::Good } else { Outcome::Bad })
    }

    fn print_additions(
        &self,
        synced: &SyncedConfig,
        path: &Path,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let verbosity = Verbosity::from(self.verbosity);
        if verbosity == Verbosity::Quiet {
            return Ok(());
        }
        let methods = synced.methods.iter().map(|method| {
            let (resource, endpoint) = (method.resource.join("."), &method.endpoint);
            format!(
                "+ {resource}.{}: {} {}",
                method.name, endpoint.method, endpoint.path
            )
        });
        let others = synced.models.iter().chain(&synced.settings);
        let others = others.map(|added| format!("+ {added}"));
        let hash = synced
            .sha256
            .iter()
            .map(|hash| format!("~ openapi.sha256: {hash}"));
        let renamed = synced.renamed.iter().map(|renamed| {
            let (from, to) = (&renamed.from, &renamed.to);
            format!("~ {} {} -> {}", from.method, from.path, to.path)
        });
        let removed = synced.removed.iter().map(|entry| format!("- {entry}"));
        let additions: Vec<String> = hash
            .chain(renamed)
            .chain(removed)
            .chain(methods)
            .chain(others)
            .collect();
        let listed = match verbosity {
            Verbosity::Verbose => additions.len(),
            Verbosity::Quiet | Verbosity::Short => MAX_LISTED,
        };
        if additions.is_empty() {
            return writeln!(out, "{}: nothing to add", path.display());
        }
        for addition in additions.iter().take(listed) {
            writeln!(out, "{addition}")?;
        }
        if let more @ 1.. = additions.len().saturating_sub(listed) {
            writeln!(out, "  and {more} more")?;
        }
        write!(
            out,
            "{}: {}, {} and {} {}",
            path.display(),
            count_noun(synced.methods.len(), "method"),
            count_noun(synced.models.len(), "model"),
            count_noun(synced.settings.len(), "setting"),
            if self.check { "missing" } else { "added" }
        )?;
        match synced.removed.len() {
            0 => writeln!(out),
            1 => writeln!(out, ", 1 entry {}", self.describe_removal()),
            count => writeln!(out, ", {count} entries {}", self.describe_removal()),
        }
    }

    const fn describe_removal(&self) -> &'static str {
        match self.check {
            true => "to remove",
            false => "removed",
        }
    }

    fn print_problems(&self, synced: &SyncedConfig, err: &mut dyn Write) -> io::Result<()> {
        let is_shown = !self.json && Verbosity::from(self.verbosity) != Verbosity::Quiet;
        if is_shown && !synced.lost.is_empty() {
            for lost in &synced.lost {
                writeln!(err, "warning: the description does not have `{lost}`")?;
            }
            let help = match self.remove {
                true => "correct these entries by hand",
                false => "correct these entries, or remove them with `--remove`",
            };
            writeln!(err, "  help: {help}")?;
        }
        for closed in &synced.closed {
            writeln!(
                err,
                "error: `{closed}` is not a mapping, so no entries can be added to it"
            )?;
        }
        Ok(())
    }
}
