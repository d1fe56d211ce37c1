//! A release: everything that it writes, decided before anything is written.

use std::path::PathBuf;
use std::{fmt, fs, io};

use semver::Version;

use super::diff::{ComparedSides, read_side, read_sides};
use super::failure::suggest_reading_remedy;
use super::{ConfigFile, Failure, Options, RevisionError, SideOptions, find_published, generate};
use crate::config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::diff::Report;
use crate::output::{
    self, CHANGELOG, Existing, Output, ReleaseRecord, Replacement, WriteError, read_release,
};
use crate::release::{
    Entry, UnpublishedEntry, VersionChoice, VersionRefusal, choose_version, hash_items,
    insert_entry, write_entry,
};
use crate::sync::set_version;

/// The input of a release.
#[derive(Debug)]
pub struct ReleaseOptions {
    /// The document and its configuration.
    pub options: Options,
    /// The state of the last release, or `None` for the first one.
    pub base: Option<SideOptions>,
    /// The directory of the crate.
    pub out: PathBuf,
    /// The requested version.
    pub version: Option<Version>,
    /// The reason why a version is lower than the changes demand.
    pub reason: Option<String>,
    /// The date of the release: `2026-01-31`.
    pub date: String,
}

/// A release that is ready to be written.
#[derive(Debug)]
pub struct PreparedRelease {
    /// The version, with the reason if it is lower than the changes demand.
    pub choice: VersionChoice,
    /// The changes since the last release, unless it is the first one.
    pub report: Option<Report>,
    /// The entry of the changelog.
    pub entry: Entry,
    /// The whole changelog.
    pub changelog: String,
    /// The configuration.
    pub config: PathBuf,
    /// Its text with the version.
    pub config_text: String,
    /// The crate.
    pub output: Output,
    /// Diagnostics about the configuration.
    pub diagnostics: Diagnostics,
}

/// The reason why a release is not prepared.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReleaseError {
    /// A document or a configuration has errors.
    Input(Failure),
    /// There is no configuration.
    NoConfig(PathBuf),
    /// The version cannot be set in the configuration.
    Config(PathBuf),
    /// The version is refused.
    Version(VersionRefusal),
    /// A file cannot be read.
    Read(PathBuf, io::Error),
    /// The state of the last release cannot be read.
    Revision(RevisionError),
    /// Neither a tag nor the record of the crate names the last release.
    UnknownRelease,
    /// The record of the crate cannot be read.
    Record(WriteError),
}

impl ReleaseError {
    /// Returns a suggestion.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::NoConfig(_) => Some("run `sdkwright init` first".to_owned()),
            Self::Config(_) => Some("make `targets` and `targets.rust` mappings".to_owned()),
            Self::Version(refusal) => Some(refusal.help()),
            Self::Revision(error) => error.help().map(ToOwned::to_owned),
            Self::UnknownRelease => {
                Some("name its revision with `--base REV`, or pass `--first`".to_owned())
            }
            Self::Read(_, error) => suggest_reading_remedy(error.kind()).map(ToOwned::to_owned),
            Self::Input(failure) => failure.help().map(ToOwned::to_owned),
            Self::Record(error) => error.help(),
        }
    }
}

impl fmt::Display for ReleaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(failure) => failure.fmt(f),
            Self::NoConfig(spec) => write!(f, "`{}` has no configuration", spec.display()),
            Self::Config(path) => {
                write!(f, "the version cannot be set in `{}`", path.display())
            }
            Self::Version(refusal) => refusal.fmt(f),
            Self::Revision(error) => error.fmt(f),
            Self::UnknownRelease => f.write_str("the last release is unknown"),
            Self::Record(error) => error.fmt(f),
            Self::Read(path, error) => write!(f, "cannot read `{}`: {error}", path.display()),
        }
    }
}

impl std::error::Error for ReleaseError {}

impl From<RevisionError> for ReleaseError {
    fn from(error: RevisionError) -> Self {
        Self::Revision(error)
    }
}

impl From<Failure> for ReleaseError {
    fn from(failure: Failure) -> Self {
        Self::Input(failure)
    }
}

/// Prepares a release. Nothing is written.
///
/// # Errors
///
/// The input has errors, or the version is refused.
pub fn prepare_release(release: &ReleaseOptions) -> Result<PreparedRelease, ReleaseError> {
    let options = &release.options;
    let config = options
        .config_path()
        .ok_or_else(|| ReleaseError::NoConfig(options.spec.clone()))?;
    let text = read(&config)?;
    let decided = match &release.base {
        Some(base) => decide(release, base)?,
        None => decide_first(release)?,
    };
    let version = decided.choice.version.to_string();
    let config_text = set_version(&text, &version)
        .filter(|text| declares(text, &version))
        .ok_or_else(|| ReleaseError::Config(config.clone()))?;
    let generated = generate(&Options {
        config: ConfigFile::At(config.clone()),
        version: Some(decided.choice.version.clone()),
        ..options.clone()
    })?;
    let path = release.out.join(CHANGELOG);
    let initial = generated.output.get(CHANGELOG).unwrap_or_default();
    let changelog = match path.exists() {
        true => read(&path)?,
        false if decided.report.is_none() => initial.to_owned(),
        // The template speaks of a first version.
        false => initial.split("\n## ").next().unwrap_or_default().to_owned(),
    };
    let released = &decided.choice.version;
    let changelog = insert_entry(
        &changelog.replace("\r\n", "\n"),
        released,
        &release.date,
        &decided.entry,
        find_unpublished(release, decided.report.as_ref())?.as_ref(),
    );
    let record = ReleaseRecord {
        version,
        digests: hash_items(&decided.entry),
    };
    let mut diagnostics = with_due_aliases(decided.diagnostics, &config_text, released);
    diagnostics.extend(generated.custom_module.diagnostic(&release.out));
    Ok(PreparedRelease {
        output: generated.output.release(record, changelog.clone()),
        choice: decided.choice,
        report: decided.report,
        entry: decided.entry,
        changelog,
        config,
        config_text,
        diagnostics,
    })
}

/// Returns the entry of an earlier release of the crate that nobody published.
fn find_unpublished(
    release: &ReleaseOptions,
    report: Option<&Report>,
) -> Result<Option<UnpublishedEntry>, ReleaseError> {
    let Some(record) = read_release(&release.out).map_err(ReleaseError::Record)? else {
        return Ok(None);
    };
    let Ok(version) = Version::parse(&record.version) else {
        return Ok(None);
    };
    let package = super::package_name(&release.options)?;
    let published = match find_published(&release.options.spec, &release.out, &package) {
        Ok(published) => published.map(|published| published.version),
        // The first release needs no repository.
        Err(_) if release.base.is_none() => None,
        Err(error) => return Err(error.into()),
    };
    let base = report.and_then(|report| Version::parse(&report.verdict.old_version).ok());
    let is_unpublished = Some(&version) > published.max(base).as_ref();
    Ok(is_unpublished.then_some(UnpublishedEntry {
        version,
        digests: record.digests,
    }))
}

/// Adds a warning for each alias that the released version should not have any more.
fn with_due_aliases(
    mut diagnostics: Diagnostics,
    config_text: &str,
    version: &Version,
) -> Diagnostics {
    let config = config::read_str("sdk.yaml", config_text, &mut Diagnostics::new());
    let names = config.map(|(config, _)| config.former_names);
    let names = names.unwrap_or_default();
    let is_due = |until: &str| Version::parse(until).is_ok_and(|until| until <= *version);
    let due = names.iter().filter(|name| is_due(&name.until));
    diagnostics.extend(due.map(|name| {
        let message = format!("version {} removes the alias `{}`", name.until, name.former);
        let warning = Diagnostic::new(Code::DueAlias, name.pointer.clone(), message);
        let help = "remove the alias from the configuration";
        warning.help(help).on_key().in_config()
    }));
    diagnostics
}

fn read(path: &PathBuf) -> Result<String, ReleaseError> {
    fs::read_to_string(path).map_err(|error| ReleaseError::Read(path.clone(), error))
}

/// Whether a configuration declares a version.
fn declares(text: &str, version: &str) -> bool {
    let config = config::read_str("sdk.yaml", text, &mut Diagnostics::new());
    let version_of = |config: config::Config| config.target.version.map(|at| at.value);
    config.is_some_and(|(config, _)| version_of(config).as_deref() == Some(version))
}

/// The decisions of a release.
struct Decided {
    choice: VersionChoice,
    report: Option<Report>,
    entry: Entry,
    diagnostics: Diagnostics,
}

/// Decides on the changes since the last release.
fn decide(release: &ReleaseOptions, base: &SideOptions) -> Result<Decided, ReleaseError> {
    let head = SideOptions::new(release.options.clone(), None);
    let ComparedSides {
        base,
        head,
        report,
        diagnostics,
    } = read_sides(base, &head)?;
    let (requested, reason) = (release.version.as_ref(), release.reason.as_deref());
    let choice =
        choose_version(&report.verdict, requested, reason).map_err(ReleaseError::Version)?;
    let exception = choice.exception.as_deref();
    Ok(Decided {
        entry: write_entry(&report, &base.surface, &head.surface, exception),
        choice,
        report: Some(report),
        diagnostics,
    })
}

/// Decides on the first release. It has the requested version or that of the configuration.
fn decide_first(release: &ReleaseOptions) -> Result<Decided, ReleaseError> {
    let head = SideOptions::new(release.options.clone(), None);
    let read = super::with_large_stack(|| read_side(&head))?;
    let declared = &read.side.surface.package.version;
    let declared = Version::parse(declared).unwrap_or_else(|_| Version::new(0, 1, 0));
    let version = release.version.clone().unwrap_or(declared);
    Ok(Decided {
        choice: VersionChoice {
            version,
            exception: None,
        },
        report: None,
        entry: Entry {
            introduction: Some("The first version.".to_owned()),
            sections: Vec::new(),
        },
        diagnostics: Diagnostics::new(),
    })
}

impl PreparedRelease {
    /// Writes the configuration and the crate. After an error, both are as they were.
    ///
    /// # Errors
    ///
    /// A file cannot be written, or the directory has files of others.
    pub fn write(&self, out: &std::path::Path) -> Result<output::Report, WriteError> {
        let replaced = Replacement::write(&self.config, &self.config_text)?;
        let written = self.output.write(out, Existing::Refuse);
        if written.is_err() {
            replaced.undo()?;
        }
        written
    }
}
