//! The command `diff` without its arguments: compares, prints the report, and fails on request.

use std::fs;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use super::{FailOn, ReportFormat};
use crate::cli::failure::{print_failure, print_write_error};
use crate::cli::outcome::Outcome;
use crate::cli::progress::show_phases;
use crate::cli::verbosity::Verbosity;
use crate::diagnostics::Strictness;
use crate::diff::format::{
    render_github, render_html, render_json, render_markdown, render_terminal,
};
use crate::diff::{Compile, Report};
use crate::load::network::NetworkAccess;
use crate::output::Context as _;
use crate::pipeline::{
    ConfigFile, Failure, Options, RevisionError, SideOptions, compare_sides, read_revision,
};

/// The input of the command.
#[derive(Debug, Clone)]
pub struct DiffCommand {
    /// The new description.
    pub spec: PathBuf,
    /// The old description. At a revision, it has the path of the new one.
    pub base_spec: Option<PathBuf>,
    /// The git revision of the old description.
    pub revision: Option<String>,
    /// The configuration of the new description.
    pub config: Option<PathBuf>,
    /// The configuration of the old description.
    pub base_config: Option<PathBuf>,
    /// The format of the report.
    pub format: ReportFormat,
    /// The file of the report. The default is standard output.
    pub out: Option<PathBuf>,
    /// The changes that make the command fail.
    pub fail_on: Vec<FailOn>,
    /// The treatment of mistakes in the descriptions that can be repaired.
    pub strictness: Strictness,
    /// The folder that references to other files must not leave.
    pub root: Option<PathBuf>,
    /// The permission to fetch documents by URL.
    pub network: Option<NetworkAccess>,
    /// The amount of output.
    pub verbosity: Verbosity,
}

impl DiffCommand {
    /// Runs the command. The report goes to `out`, errors to `err`.
    ///
    /// # Errors
    ///
    /// Only if `out` or `err` cannot be written to.
    pub fn run(&self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
        let mut base = match self.base_options() {
            Ok(base) => base,
            Err(error) => return print_failure(&error, error.help(), err),
        };
        let mut head = SideOptions::new(self.options(&self.spec, self.config.as_ref()), None);
        // Only the page shows code.
        base.with_files = self.format == ReportFormat::Html;
        head.with_files = base.with_files;
        let progress = head.options.progress.clone();
        base.options.progress = progress.clone();
        let compared = show_phases(&progress, self.verbosity, || compare_sides(&base, &head));
        let (report, findings) = match compared {
            Ok(compared) => compared,
            Err(Failure::Input(diagnostics)) => {
                self.verbosity.print_counted_findings(&diagnostics, err)?;
                return Ok(Outcome::Bad);
            }
            Err(failure) => return print_failure(&failure, failure.help(), err),
        };
        self.verbosity.print_counted_findings(&findings, err)?;
        if !self.print(&report, out, err)? {
            return Ok(Outcome::Bad);
        }
        let is_bad = self.fail_on.iter().any(|fail_on| fails(&report, *fail_on));
        Ok(if is_bad { Outcome::Bad } else { Outcome::Good })
    }

    fn options(&self, spec: &Path, config: Option<&PathBuf>) -> Options {
        Options {
            config: config.map_or(ConfigFile::NextToDocument, |path| {
                ConfigFile::At(path.clone())
            }),
            strictness: self.strictness,
            root: self.root.clone(),
            network: self.network.clone(),
            ..Options::new(spec)
        }
    }

    fn base_options(&self) -> Result<SideOptions, RevisionError> {
        let Some(revision) = &self.revision else {
            let spec = self.base_spec.as_ref().unwrap_or(&self.spec);
            let options = self.options(spec, self.base_config.as_ref());
            return Ok(SideOptions::new(options, None));
        };
        // A configuration on disk replaces the one of the revision.
        let config = match self.base_config {
            Some(_) => None,
            None => self.config.as_deref(),
        };
        let revision = read_revision(revision, &self.spec, config)?;
        let config = match (&self.base_config, &revision.config) {
            (Some(path), _) | (None, Some(path)) => ConfigFile::At(path.clone()),
            (None, None) => ConfigFile::None,
        };
        let options = Options {
            config,
            strictness: self.strictness,
            root: Some(revision.root().to_owned()),
            ..Options::new(revision.spec.clone())
        };
        Ok(SideOptions::new(options, Some(revision)))
    }

    /// Prints the report. Returns whether this succeeded.
    fn print(&self, report: &Report, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<bool> {
        let text = match self.format {
            ReportFormat::Terminal => render_terminal(report, self.is_in_color()),
            ReportFormat::Markdown => render_markdown(report),
            ReportFormat::Json => render_json(report),
            ReportFormat::Github => render_github(report),
            ReportFormat::Html => render_html(report),
        };
        let Some(path) = &self.out else {
            // Other formats are for programs, which ask for them.
            let is_for_people = self.format == ReportFormat::Terminal;
            if is_for_people && self.verbosity == Verbosity::Quiet {
                return Ok(true);
            }
            return out.write_all(text.as_bytes()).map(|()| true);
        };
        if let Err(error) = fs::write(path, text).context("write", path) {
            return print_write_error(&error, err).map(|_| false);
        }
        Ok(true)
    }

    /// Whether the report goes to a terminal with colours.
    fn is_in_color(&self) -> bool {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        self.out.is_none() && io::stdout().is_terminal() && !is_dumb && !is_set("NO_COLOR")
    }
}

/// Whether a report has a change that makes the command fail.
fn fails(report: &Report, fail_on: FailOn) -> bool {
    let mut changes = report.changes.iter().map(|located| &located.change);
    match fail_on {
        FailOn::Any => changes.next().is_some(),
        FailOn::Breaking => {
            changes.any(|change| change.compile == Compile::Breaking && change.accepted.is_none())
        }
        FailOn::Wire => changes.any(|change| change.wire.breaks() && change.accepted.is_none()),
    }
}
