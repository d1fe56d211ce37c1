//! The whole pipeline, from the path of a document to the files of a crate, in one function:
//! [`generate`].
//!
//! Every front end calls it. It reads files and writes none: the caller decides what to do with the
//! [`Output`].

mod check;
mod custom_files;
mod diff;
mod discovery;
mod git;
mod init;
mod inspect;
mod outline;
mod progress;
mod published;
mod release;
mod revision;
mod sync;
mod workflows;

pub use check::check;
pub use custom_files::{CustomFiles, read_custom_files};
pub use diff::{ReadSide, SideOptions, compare_sides, read_side};
use discovery::find_config;
pub use discovery::{Inputs, find_inputs};
pub use git::RevisionError;
pub use init::{InitialConfig, init};
pub use inspect::inspect;
pub use outline::{CallPath, Outline, TypePath, outline};
pub use progress::{Phase, Progress};
pub use published::{Published, find_published};
pub use release::{PreparedRelease, ReleaseError, ReleaseOptions, prepare_release};
pub use revision::{Revision, read_revision};
pub use sync::{LostEntries, RenamedEndpoint, SyncedConfig, sync, sync_text};
pub use workflows::{WorkflowOptions, workflows};

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use std::{fmt, io, thread};

use crate::config::{self, At, Config};
use crate::diagnostics::{self, Code, Diagnostic, Diagnostics, Strictness, Style};
use crate::ir::{Api, TypeCoverage, Unpaginated};
use crate::load::network::NetworkAccess;
use crate::load::{self, Access, Document, Location};
use crate::lower::lower;
use crate::output::Output;
use crate::plan::{Plan, plan};
use crate::render::{Templates, render};
use crate::source::Pointer;
use crate::sync::Drift;
use crate::transform;

/// The input of a run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The OpenAPI document.
    pub spec: PathBuf,
    /// The configuration.
    pub config: ConfigFile,
    /// Name of the crate. Overrides the configuration.
    pub package: Option<String>,
    /// Version of the crate. Overrides the configuration.
    pub version: Option<semver::Version>,
    /// Folder of templates that replace the built-in ones.
    pub templates: Option<PathBuf>,
    /// Handling of mistakes in the document that can be repaired.
    pub strictness: Strictness,
    /// The folder that references to other files must not leave. The default is the root of the
    /// document's repository, or else the folder of the document.
    pub root: Option<PathBuf>,
    /// The permission to fetch documents by URL.
    pub network: Option<NetworkAccess>,
    /// The phase of the run, for those who wait for it.
    pub progress: Progress,
}

/// The source of the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ConfigFile {
    /// `sdk.yaml` or `stainless.yml` next to the document, if it exists.
    #[default]
    NextToDocument,
    /// In this file.
    At(PathBuf),
    /// No configuration: all names are inferred from the document.
    None,
}

impl Options {
    /// Returns the default options for this document.
    #[must_use]
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self {
            spec: spec.into(),
            config: ConfigFile::default(),
            package: None,
            version: None,
            templates: None,
            strictness: Strictness::default(),
            root: None,
            network: None,
            progress: Progress::default(),
        }
    }

    /// Returns the command that brings the configuration up to date.
    #[must_use]
    pub fn sync_command(&self) -> String {
        let mut command = format!("sdkwright sync {}", self.spec.display());
        if let ConfigFile::At(config) = &self.config {
            command.push_str(&format!(" --config {}", config.display()));
        }
        if let Some(network) = &self.network {
            command.push_str(&format!(" {}", network.to_flags()));
        }
        command
    }

    /// Returns the path of the configuration, if there is one.
    #[must_use]
    pub fn config_path(&self) -> Option<PathBuf> {
        match &self.config {
            ConfigFile::None => None,
            ConfigFile::At(path) => Some(path.clone()),
            ConfigFile::NextToDocument => find_config(&self.spec),
        }
    }
}

/// A generated crate, which is not on disk yet.
#[derive(Debug)]
pub struct Generated {
    /// The files of the crate.
    pub output: Output,
    /// Diagnostics about the input, without errors.
    pub diagnostics: Diagnostics,
    /// Statistics of the crate.
    pub stats: Stats,
    /// Number of typed values, and the values that are raw JSON.
    pub places: TypeCoverage,
    /// The operations in which the document and the configuration differ.
    pub drift: Drift,
    /// Operations without pagination that have a parameter with a name of pagination.
    pub unpaged: Vec<Unpaginated>,
    /// Number of names that have a number because another name is the same, by kind of name.
    pub numbered_names: BTreeMap<&'static str, usize>,
}

/// Statistics of a crate.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Stats {
    /// Number of named types of the model.
    pub types: usize,
    /// Number of operations with generated methods.
    pub operations: usize,
    /// Number of operations of the document.
    pub declared_operations: usize,
    /// Number of `callbacks` of the document, which the generator ignores.
    pub callbacks: usize,
    /// Time of reading the document and the configuration.
    pub load: Duration,
    /// Time of building the model.
    pub lower: Duration,
    /// Time of planning.
    pub plan: Duration,
    /// Time of rendering.
    pub render: Duration,
}

impl Stats {
    /// Returns the total time, from the first byte read to the last one rendered.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.load + self.lower + self.plan + self.render
    }
}

/// The reason why no crate was generated.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// The input has errors.
    Input(Diagnostics),
    /// The folder of templates cannot be read.
    Templates {
        /// The folder.
        path: PathBuf,
        /// The error.
        source: io::Error,
    },
    /// A template cannot be rendered.
    Render(minijinja::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(diagnostics) => {
                f.write_str(&diagnostics::render(diagnostics, Style::Plain))
            }
            Self::Templates { path, source } => {
                write!(
                    f,
                    "cannot read the templates in `{}`: {source}",
                    path.display()
                )
            }
            Self::Render(error) => write!(f, "a template cannot be rendered: {error:#}"),
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Input(_) => None,
            Self::Templates { source, .. } => Some(source),
            Self::Render(error) => Some(error),
        }
    }
}

/// Generates a crate.
///
/// # Errors
///
/// The document or the configuration has errors, which the [`Failure`] lists, or a template of the
/// user cannot be rendered.
pub fn generate(options: &Options) -> Result<Generated, Failure> {
    with_large_stack(|| run(options))
}

/// Returns the name of the crate that [`generate`] would make.
///
/// # Errors
///
/// As [`generate`].
pub fn package_name(options: &Options) -> Result<String, Failure> {
    with_large_stack(|| {
        let mut run = Run::new(options.strictness);
        let Some((config, document)) = run.load(options) else {
            return Err(Failure::Input(run.diagnostics));
        };
        Ok(lower(&document, &config, &mut run.diagnostics).package.name)
    })
}

/// Runs in a thread with a large stack.
///
/// Each recursion over schemas has a limit, which the stack of a usual thread has room for. A
/// larger one is a margin.
fn with_large_stack<T: Send>(run: impl Fn() -> T + Sync) -> T {
    let large = thread::Builder::new().stack_size(STACK_BYTES);
    thread::scope(|scope| match large.spawn_scoped(scope, &run) {
        Ok(handle) => handle
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        Err(_) => run(),
    })
}

/// Stack size of the thread that generates.
const STACK_BYTES: usize = 64 << 20;

fn run(options: &Options) -> Result<Generated, Failure> {
    let templates = templates(options)?;
    let mut run = Run::new(options.strictness);
    let Some((config, document)) = run.load(options) else {
        return Err(Failure::Input(run.diagnostics));
    };
    let mut api = run_lower(&mut run, options, &document, &config);
    let mut custom_files = options
        .config_path()
        .and_then(|path| read_custom_files(&path, &config, &mut run.diagnostics));
    if let (Some(files), Some(custom)) = (&mut custom_files, &mut api.package.custom) {
        custom.readme = files.remove(custom_files::README);
    }
    let plan = run_plan(&mut run, options, &api);
    run.diagnostics.accept(&config.ignored);
    if run.diagnostics.has_errors() {
        return Err(Failure::Input(run.diagnostics));
    }
    options.progress.start(Phase::Render);
    let stats = &mut run.stats;
    let files = clock(&mut stats.render, || render(&plan, &templates));
    stats.types = api.types.len();
    // An operation with a second method for streams or files counts once.
    let methods = plan.methods();
    let operations: HashSet<_> = methods.map(|method| &method.operation.pointer).collect();
    stats.operations = operations.len();
    stats.declared_operations = count_operations(&document);
    stats.callbacks = document.callbacks;
    let mut output = Output::from(files.map_err(Failure::Render)?);
    if let (Some(files), Some(custom)) = (custom_files, &config.target.custom) {
        custom_files::check_distinct(&files, &output, custom, &mut run.diagnostics);
        if run.diagnostics.has_errors() {
            return Err(Failure::Input(run.diagnostics));
        }
        output.insert_custom_files(files);
    }
    Ok(Generated {
        output,
        diagnostics: run.diagnostics,
        stats: run.stats,
        places: api.type_coverage(),
        drift: Drift::find(&config, &api),
        unpaged: api.unpaginated.clone(),
        numbered_names: plan.numbered_names,
    })
}

/// Builds the model of a document.
fn run_lower(run: &mut Run, options: &Options, document: &Document, config: &Config) -> Api {
    options.progress.start(Phase::Lower);
    let Run { diagnostics, stats } = run;
    clock(&mut stats.lower, || lower(document, config, diagnostics))
}

/// Plans the crate of a model.
fn run_plan<'a>(run: &mut Run, options: &Options, api: &'a Api) -> Plan<'a> {
    options.progress.start(Phase::Plan);
    let Run { diagnostics, stats } = run;
    clock(&mut stats.plan, || plan(api, diagnostics))
}

/// Number of distinct operations. Several methods may belong to one operation.
fn count_operations(document: &Document) -> usize {
    let others = document.other_methods.values().map(|others| others.len());
    document.openapi.operations().count() + others.sum::<usize>()
}

fn templates(options: &Options) -> Result<Templates, Failure> {
    let Some(path) = &options.templates else {
        return Ok(Templates::default());
    };
    Templates::overridden_by(path).map_err(|source| Failure::Templates {
        path: path.clone(),
        source,
    })
}

/// The state of a run.
struct Run {
    diagnostics: Diagnostics,
    stats: Stats,
}

impl Run {
    fn new(strictness: Strictness) -> Self {
        Self {
            diagnostics: Diagnostics::with_strictness(strictness),
            stats: Stats::default(),
        }
    }

    /// Reads both files, so that the errors of both are reported. `None` means that one of them is
    /// too broken to find more errors.
    fn load(&mut self, options: &Options) -> Option<(Config, Document)> {
        options.progress.start(Phase::Load);
        let start = Instant::now();
        let config = self.config(options);
        let default = Config::default();
        let document = self.load_document(options, config.as_ref().unwrap_or(&default));
        self.stats.load = start.elapsed();
        let (config, document) = config.zip(document)?;
        self.check_hash(options, &config, &document);
        Some((config, document))
    }

    /// Reads the document, with the changes that the configuration makes to it.
    fn load_document(&mut self, options: &Options, config: &Config) -> Option<Document> {
        let access = Access {
            root: options.root.as_deref(),
            network: options.network.as_ref(),
        };
        let transforms: Vec<_> = config.document.transforms.to_vec();
        let edit = &mut |document: &mut _| transform::apply(&transforms, document);
        load::load_edited(&access, &options.spec, edit, &mut self.diagnostics)
    }

    /// Reports a fetched document that is not the recorded one.
    fn check_hash(&mut self, options: &Options, config: &Config, document: &Document) {
        let (Some(recorded), Some(found)) = (&config.document.sha256, &document.sha256) else {
            return;
        };
        if recorded.value.eq_ignore_ascii_case(found) {
            return;
        }
        let name = Location::parse(&options.spec).name();
        let message = format!("`{name}` has changed since the last `sync`: its SHA-256 is {found}");
        let help = format!(
            "review the change, and run `{}`, which records it",
            options.sync_command()
        );
        let error = Diagnostic::new(Code::DocumentChanged, recorded.pointer.clone(), message);
        self.diagnostics.push(error.help(help).in_config());
    }

    fn config(&mut self, options: &Options) -> Option<Config> {
        let mut config = match options.config_path() {
            Some(path) => config::read(&path, &mut self.diagnostics)?.0,
            None => Config::default(),
        };
        if let Some(name) = &options.package {
            if let Err(message) = config::check_package_name(name) {
                let error = Diagnostic::new(Code::InvalidPackageName, Pointer::root(), message);
                let error = error.help(config::NAME_HELP).in_config();
                self.diagnostics.push(error);
            }
            config.target.package_name = Some(At::new(name.clone(), Pointer::root()));
        }
        if let Some(version) = &options.version {
            config.target.version = Some(At::new(version.to_string(), Pointer::root()));
        }
        Some(config)
    }
}

fn clock<T>(into: &mut Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    *into = start.elapsed();
    result
}
