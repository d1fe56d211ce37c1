//! The whole way, from a document's path to the files of a crate, in one
//! function: [`generate`].
//!
//! It is what every front end calls. It reads files and writes none: what
//! becomes of the [`Output`] is the caller's business.

mod discovery;
mod outline;
mod revision;
mod side;

use discovery::find_config;
pub use discovery::{Inputs, find_inputs};
pub use outline::{Outline, TypePath, outline};
pub use revision::{Revision, RevisionError, read_revision};
pub use side::{ReadSide, SideOptions, compare_sides, read_side};

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use std::{fmt, io, thread};

use crate::config::{self, At, Config};
use crate::diagnostics::{self, Code, Diagnostic, Diagnostics, Strictness, Style};
use crate::ir::{TypeCoverage, Unpaginated};
use crate::load::{self, Document};
use crate::lower::lower;
use crate::output::Output;
use crate::plan::plan;
use crate::render::{Templates, render};
use crate::source::Pointer;
use crate::transform;

/// What to generate from.
#[derive(Debug, Clone)]
pub struct Options {
    /// The OpenAPI document.
    pub spec: PathBuf,
    /// Where our decisions about it are.
    pub config: ConfigFile,
    /// The name of the crate. Overrides the configuration.
    pub package: Option<String>,
    /// A folder with templates in place of ours.
    pub templates: Option<PathBuf>,
    /// What becomes of mistakes in the document that can be repaired.
    pub strictness: Strictness,
    /// The folder that references to other files do not leave. Without it, it
    /// is the root of the repository that the document is in, or else the
    /// folder of the document.
    pub root: Option<PathBuf>,
}

/// Where the configuration is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ConfigFile {
    /// In `sdk.yaml` or `stainless.yml` next to the document, if there is one.
    #[default]
    Beside,
    /// In this file.
    At(PathBuf),
    /// Nowhere: names are inferred from the document.
    None,
}

impl Options {
    /// The options that need no saying, for this document.
    #[must_use]
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self {
            spec: spec.into(),
            config: ConfigFile::default(),
            package: None,
            templates: None,
            strictness: Strictness::default(),
            root: None,
        }
    }

    fn config_path(&self) -> Option<PathBuf> {
        match &self.config {
            ConfigFile::None => None,
            ConfigFile::At(path) => Some(path.clone()),
            ConfigFile::Beside => find_config(&self.spec),
        }
    }
}

/// A crate that was generated, and is not on disk yet.
#[derive(Debug)]
pub struct Generated {
    /// The files of the crate.
    pub output: Output,
    /// What there is to say about the input: warnings only.
    pub diagnostics: Diagnostics,
    /// The crate in figures.
    pub stats: Stats,
    /// The places that have a type, and those that are raw JSON.
    pub places: TypeCoverage,
    /// The operations that take a parameter like those of pages, and are not paged.
    pub unpaged: Vec<Unpaginated>,
}

/// A crate in figures.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Stats {
    /// The named types of the model.
    pub types: usize,
    /// The operations that methods were generated for.
    pub operations: usize,
    /// The operations that the document declares.
    pub declared_operations: usize,
    /// The `callbacks` of the document, of which no code is made.
    pub callbacks: usize,
    /// Reading the document and the configuration.
    pub load: Duration,
    /// Building the model.
    pub lower: Duration,
    /// Deciding.
    pub plan: Duration,
    /// Writing the text.
    pub render: Duration,
}

impl Stats {
    /// The time from the first byte read to the last one rendered.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.load + self.lower + self.plan + self.render
    }
}

/// Why no crate was generated.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// The input has errors.
    Input(Diagnostics),
    /// The folder of templates cannot be read.
    Templates {
        /// The folder.
        path: PathBuf,
        /// Why not.
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
/// The document or the configuration has errors, all of which are in the
/// [`Failure`]; or a template of the user's own does not work.
pub fn generate(options: &Options) -> Result<Generated, Failure> {
    // Each recursion over schemas has a limit, which the stack of a usual thread has room for. A
    // larger one is a margin.
    let large = thread::Builder::new().stack_size(STACK_BYTES);
    thread::scope(|scope| match large.spawn_scoped(scope, || run(options)) {
        Ok(handle) => handle
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        Err(_) => run(options),
    })
}

/// The stack of the thread that generates.
const STACK_BYTES: usize = 64 << 20;

fn run(options: &Options) -> Result<Generated, Failure> {
    let templates = templates(options)?;
    let mut run = Run::new(options.strictness);
    let Some((config, document)) = run.load(options) else {
        return Err(Failure::Input(run.diagnostics));
    };
    let Run { diagnostics, stats } = &mut run;
    let api = clock(&mut stats.lower, || lower(&document, &config, diagnostics));
    let plan = clock(&mut stats.plan, || plan(&api, diagnostics));
    diagnostics.accept(&config.ignored);
    if diagnostics.has_errors() {
        return Err(Failure::Input(run.diagnostics));
    }
    let files = clock(&mut stats.render, || render(&plan, &templates));
    stats.types = api.types.len();
    // A method that streams or sends files beside another is one more of the same operation.
    let methods = plan.methods();
    let operations: HashSet<_> = methods.map(|method| &method.operation.pointer).collect();
    stats.operations = operations.len();
    stats.declared_operations = declared(&document);
    stats.callbacks = document.callbacks;
    Ok(Generated {
        output: files.map_err(Failure::Render)?.into(),
        diagnostics: run.diagnostics,
        stats: run.stats,
        places: api.type_coverage(),
        unpaged: api.unpaginated.clone(),
    })
}

/// As many operations as there are, those with methods of their own among them.
fn declared(document: &Document) -> usize {
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

    /// Reads both files, so that the errors of both are reported. `None` means
    /// that one of them is not even fit to find more errors with.
    fn load(&mut self, options: &Options) -> Option<(Config, Document)> {
        let start = Instant::now();
        let config = self.config(options);
        let root = options.root.as_deref();
        let transforms = config.iter().flat_map(|config| &config.transforms);
        let transforms: Vec<_> = transforms.cloned().collect();
        let edit = &mut |document: &mut _| transform::apply(&transforms, document);
        let document = load::load_edited(root, &options.spec, edit, &mut self.diagnostics);
        self.stats.load = start.elapsed();
        config.zip(document)
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
        Some(config)
    }
}

fn clock<T>(into: &mut Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    *into = start.elapsed();
    result
}
