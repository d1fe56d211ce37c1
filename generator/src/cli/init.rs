//! `sdkwright init`: writes the `sdk.yaml` of a description.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::failure::{print_failure, print_write_error};
use super::generate::package_name;
use super::input::{ReadingArgs, SpecArgs};
use super::outcome::Outcome;
use super::progress::show_phases;
use super::verbosity::{Verbosity, VerbosityArgs};
use crate::load::Location;
use crate::output::{Context as _, Replacement};
use crate::pipeline::{
    ConfigFile, Failure, InitialConfig, Inputs, Options, WorkflowOptions, init, workflows,
};

/// Arguments of `sdkwright init`.
#[derive(Args)]
pub(super) struct InitArgs {
    #[command(flatten)]
    spec: SpecArgs,
    /// Path of the written configuration, or its folder; `-` is standard output [default: `sdk.yaml`
    /// next to SPEC]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The name of the crate
    #[arg(long, value_name = "NAME", value_parser = package_name)]
    package: Option<String>,
    #[command(flatten)]
    reading: ReadingArgs,
    /// Replace files that exist
    #[arg(long)]
    force: bool,
    /// Write workflows that update, check and publish the crate. An existing configuration stays
    #[arg(long, value_enum, value_name = "SERVICE")]
    ci: Option<CiService>,
    /// The directory of the crate, for the workflows
    #[arg(long, value_name = "DIR", default_value = "generated", requires = "ci")]
    crate_dir: PathBuf,
    /// The URL from which the workflows download the description
    #[arg(long, value_name = "URL", requires = "ci")]
    url: Option<String>,
    /// The branch of the repository that the workflows update
    #[arg(long, value_name = "BRANCH", default_value = "main", requires = "ci")]
    branch: String,
    #[command(flatten)]
    verbosity: VerbosityArgs,
}

/// A service that runs workflows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CiService {
    /// GitHub Actions.
    Github,
}

impl InitArgs {
    /// Runs the command. Prints results to `out`, and problems to `err`.
    ///
    /// # Errors
    ///
    /// `out` or `err` cannot be written to.
    pub(super) fn run(self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
        match self.spec.find("init") {
            Ok(Inputs { spec, .. }) => InitCommand { spec, args: self }.run(out, err),
            Err(message) => writeln!(err, "error: {message}").map(|()| Outcome::Bad),
        }
    }
}

/// The command with the description that it is about.
struct InitCommand {
    spec: PathBuf,
    args: InitArgs,
}

impl InitCommand {
    fn run(&self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
        let is_configured = self.args.ci.is_some() && self.path().exists();
        if !is_configured && self.write_config(out, err)? == Outcome::Bad {
            return Ok(Outcome::Bad);
        }
        match self.args.ci {
            Some(CiService::Github) => self.write_workflows(out, err),
            None => Ok(Outcome::Good),
        }
    }

    /// Writes the workflows. An existing file needs `--force`.
    fn write_workflows(&self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
        let files = match workflows(&WorkflowOptions {
            spec: self.spec.clone(),
            config: self.path(),
            crate_dir: self.args.crate_dir.clone(),
            url: self.args.url.clone(),
            branch: self.args.branch.clone(),
        }) {
            Ok(files) => files,
            Err(error) => return print_failure(&error, error.help(), err),
        };
        let existing = files.iter().find(|(path, _)| path.exists());
        if let Some((path, _)) = existing.filter(|_| !self.args.force) {
            writeln!(err, "error: `{}` exists", path.display())?;
            writeln!(err, "  help: `--force` replaces it")?;
            return Ok(Outcome::Bad);
        }
        let verbosity = Verbosity::from(self.args.verbosity);
        for (path, text) in files {
            let folder = path.parent().unwrap_or(Path::new("."));
            let created = fs::create_dir_all(folder).context("create", folder);
            if let Err(error) = created.and_then(|()| Replacement::write(&path, &text)) {
                return print_write_error(&error, err);
            }
            verbosity.print_result(out, &path.display().to_string())?;
        }
        Ok(Outcome::Good)
    }

    /// Writes the configuration.
    fn write_config(&self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
        let options = Options {
            config: ConfigFile::None,
            package: self.args.package.clone(),
            ..self.args.reading.to_options(Inputs::new(&self.spec))
        };
        let verbosity = Verbosity::from(self.args.verbosity);
        match show_phases(&options.progress, verbosity, || init(&options)) {
            Ok(config) => self.deliver(&config, out, err),
            Err(Failure::Input(diagnostics)) => {
                verbosity.print_counted_findings(&diagnostics, err)?;
                Ok(Outcome::Bad)
            }
            Err(failure) => print_failure(&failure, failure.help(), err),
        }
    }

    fn deliver(
        &self,
        config: &InitialConfig,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> io::Result<Outcome> {
        let verbosity = Verbosity::from(self.args.verbosity);
        verbosity.print_counted_findings(&config.diagnostics, err)?;
        for section in &config.left_out {
            let key = section.as_str();
            writeln!(
                err,
                "note: `{key}` is left to inference, because the crate would differ with it"
            )?;
        }
        if !config.is_same {
            let spec = Location::parse(&self.spec).name();
            writeln!(
                err,
                "warning: the names of `{spec}` cannot all be written down"
            )?;
            writeln!(
                err,
                "  help: the crate differs from the one without a configuration; compare the two with `sdkwright diff`"
            )?;
        }
        let path = self.path();
        if path.as_os_str() == "-" {
            out.write_all(config.text.as_bytes())?;
            return Ok(Outcome::Good);
        }
        if path.exists() && !self.args.force {
            writeln!(err, "error: `{}` exists", path.display())?;
            writeln!(
                err,
                "  help: `sdkwright sync` adds to it; `--force` replaces it"
            )?;
            return Ok(Outcome::Bad);
        }
        if let Err(error) = Replacement::write(&path, &config.text) {
            return print_write_error(&error, err);
        }
        verbosity.print_result(out, &path.display().to_string())?;
        Ok(Outcome::Good)
    }

    /// Path of the written configuration.
    fn path(&self) -> PathBuf {
        let default = || Location::parse(&self.spec).folder().join("sdk.yaml");
        match &self.args.out {
            Some(folder) if folder.is_dir() => folder.join("sdk.yaml"),
            Some(file) => file.clone(),
            None => default(),
        }
    }
}
