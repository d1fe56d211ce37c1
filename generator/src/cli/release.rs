//! `sdkwright release`: its arguments, and the command that runs it.

mod json;

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::Args;
use semver::Version;

use self::json::print_json;
use super::failure::{print_failure, print_write_error};
use super::input::InputArgs;
use super::outcome::Outcome;
use super::progress::show_phases;
use super::verbosity::{Verbosity, VerbosityArgs};
use crate::diagnostics::{Diagnostics, Strictness, to_json_lines};
use crate::pipeline::{
    ConfigFile, Failure, Options, PreparedRelease, ReleaseError, ReleaseOptions, SideOptions,
    find_published, package_name, prepare_release, read_revision,
};
use crate::source::text::count_noun;

/// Arguments of `sdkwright release`.
#[derive(Args)]
pub(super) struct ReleaseArgs {
    #[command(flatten)]
    input: InputArgs,
    /// The directory of the crate
    #[arg(long, value_name = "DIR", default_value = "generated")]
    out: PathBuf,
    /// The git revision of the last release [default: the tag with the highest version, or else
    /// the release that the crate's `.sdkwright` names]
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// Make the first release
    #[arg(long, conflicts_with_all = ["base", "reason"])]
    first: bool,
    /// The version [default: that of the configuration if it is high enough, or else the lowest
    /// one that the changes allow]
    #[arg(long, value_name = "VERSION")]
    version: Option<Version>,
    /// The reason why the version is lower than the changes demand, for the changelog
    #[arg(long, value_name = "TEXT", requires = "version", value_parser = parse_reason)]
    reason: Option<String>,
    /// The date in the changelog [default: today, or that of `SOURCE_DATE_EPOCH`]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    date: Option<String>,
    /// Write nothing. Show the version, and the entry of the changelog
    #[arg(long)]
    dry_run: bool,
    /// Print the result as JSON, and findings as an object on each line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    verbosity: VerbosityArgs,
}

fn parse_reason(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("say why, for the readers of the changelog".to_owned()),
        reason => Ok(reason.to_owned()),
    }
}

fn parse_date(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let is_number = |part: &str, digits: usize| {
        part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    match parts.as_slice() {
        [year, month, day] if is_number(year, 4) && is_number(month, 2) && is_number(day, 2) => {
            Ok(text.to_owned())
        }
        _ => Err("write a date such as 2026-01-31".to_owned()),
    }
}

impl ReleaseArgs {
    /// Runs the command. The result goes to `out`, errors to `err`.
    ///
    /// # Errors
    ///
    /// `out` or `err` cannot be written to.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
        let Some(options) = self.input.to_options_or_print("release", err)? else {
            return Ok(Outcome::Bad);
        };
        let progress = options.progress.clone();
        let prepared = show_phases(&progress, self.verbosity(), || self.prepare(options));
        match prepared {
            Ok(release) => self.deliver(&release, out, err),
            Err(ReleaseError::Input(Failure::Input(diagnostics))) => {
                self.print_findings(&diagnostics, err)?;
                Ok(Outcome::Bad)
            }
            Err(error) => print_failure(&error, error.help().as_deref(), err),
        }
    }

    fn prepare(&self, options: Options) -> Result<PreparedRelease, ReleaseError> {
        let base = match self.first {
            true => None,
            false => Some(self.read_base(&options)?),
        };
        prepare_release(&ReleaseOptions {
            options,
            base,
            out: self.out.clone(),
            version: self.version.clone(),
            reason: self.reason.clone(),
            date: self.date.clone().unwrap_or_else(today),
        })
    }

    /// Returns the state of the last release.
    fn read_base(&self, options: &Options) -> Result<SideOptions, ReleaseError> {
        let revision = match &self.base {
            Some(revision) => revision.clone(),
            None => self.find_revision(options)?,
        };
        let config = options.config_path();
        let revision = read_revision(&revision, &options.spec, config.as_deref())?;
        let options = Options {
            config: match &revision.config {
                Some(path) => ConfigFile::At(path.clone()),
                None => ConfigFile::None,
            },
            // A published description may have mistakes that the new one has not.
            strictness: Strictness::Lenient,
            root: Some(revision.root().to_owned()),
            ..Options::new(revision.spec.clone())
        };
        Ok(SideOptions::new(options, Some(revision)))
    }

    /// Returns the revision of the last release.
    fn find_revision(&self, options: &Options) -> Result<String, ReleaseError> {
        let package = package_name(options)?;
        let found = find_published(&options.spec, &self.out, &package)?;
        let published = found.ok_or(ReleaseError::UnknownRelease)?;
        Ok(published.revision)
    }

    fn deliver(
        &self,
        release: &PreparedRelease,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> io::Result<Outcome> {
        self.print_findings(&release.diagnostics, err)?;
        let written = match self.dry_run {
            true => Vec::new(),
            false => match release.write(&self.out) {
                Ok(report) => report.written,
                Err(error) => return print_write_error(&error, err),
            },
        };
        match self.json {
            true => print_json(release, &self.out, &written, out)?,
            false => self.print_release(release, &written, out)?,
        }
        Ok(Outcome::Good)
    }

    /// Prints the version with the entry of a dry run, or with the written files.
    fn print_release(
        &self,
        release: &PreparedRelease,
        written: &[String],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let verbosity = self.verbosity();
        verbosity.print_result(out, &describe_version(release))?;
        if self.dry_run {
            return verbosity.print_result(out, &format!("\n{}", release.entry.render()));
        }
        if verbosity == Verbosity::Verbose {
            for path in written {
                writeln!(out, "written   {path}")?;
            }
        }
        let version = &release.choice.version;
        let (dir, config) = (self.out.display(), release.config.display());
        let files = count_noun(written.len(), "file");
        verbosity.print_result(out, &format!("{config}: version {version}"))?;
        verbosity.print_result(out, &format!("{dir}: {files} written, with CHANGELOG.md"))?;
        let next = format!("next: commit them, and tag the commit `v{version}`");
        verbosity.print_result(out, &next)
    }

    fn print_findings(&self, diagnostics: &Diagnostics, err: &mut dyn Write) -> io::Result<()> {
        match self.json {
            true => err.write_all(to_json_lines(diagnostics).as_bytes()),
            false => self.verbosity().print_counted_findings(diagnostics, err),
        }
    }

    /// Returns the amount of output. Scripts that read JSON see no phases.
    fn verbosity(&self) -> Verbosity {
        match self.json {
            true => Verbosity::Quiet,
            false => self.verbosity.into(),
        }
    }
}

/// Returns a line about the version of a release.
fn describe_version(release: &PreparedRelease) -> String {
    let version = &release.choice.version;
    let Some(report) = &release.report else {
        return format!("{version}: the first release");
    };
    let verdict = &report.verdict;
    let (old, count) = (&verdict.old_version, report.changes.len());
    format!("{old} -> {version}: {} (changes: {count})", verdict.bump)
}

/// Returns the date of today, or of `SOURCE_DATE_EPOCH`, in UTC.
fn today() -> String {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok();
    let fixed = fixed.and_then(|seconds| seconds.parse().ok());
    let elapsed = match fixed {
        Some(seconds) => Duration::from_secs(seconds),
        None => SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default(),
    };
    date_of_day(elapsed.as_secs() / (24 * 60 * 60))
}

/// Returns the date of a day, which is counted from 1970-01-01.
///
/// The algorithm counts years from the first of March, so that a leap day is the last one of its
/// year.
fn date_of_day(day: u64) -> String {
    const DAYS_TO_1970: u64 = 719_468;
    const DAYS_IN_400_YEARS: u64 = 146_097;
    let day = day + DAYS_TO_1970;
    let (era, day) = (day / DAYS_IN_400_YEARS, day % DAYS_IN_400_YEARS);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (year, month) = match month {
        0..=9 => (year, month + 3),
        _ => (year + 1, month - 9),
    };
    format!("{:04}-{month:02}-{day:02}", era * 400 + year)
}

#[cfg(test)]
mod tests {
    use super::date_of_day;

    #[test]
    fn days_have_dates() {
        for (day, date) in [
            (0, "1970-01-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_483, "2026-01-30"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(date_of_day(day), date);
        }
    }
}
