//! The whole pipeline, from the path of a document to the files of a crate, in one function:
//! [`generate`].
//!
//! Every front end calls it. It reads files and writes none: the caller decides what to do with the
//! [`Output`].

mod check;
mod custom_files;
mod custom_module;
mod diff;
mod discovery;
mod failure;
mod git;
mod init;
mod inspect;
mod options;
mod outline;
mod progress;
mod published;
mod release;
mod revision;
mod run;
mod sync;
mod workflows;

pub use check::check;
pub use custom_files::{CustomFiles, read_custom_files};
pub use custom_module::CustomModule;
pub use diff::{ReadSide, SideOptions, compare_sides, read_side};
pub use discovery::{Inputs, find_inputs};
pub use failure::Failure;
pub(crate) use failure::suggest_reading_remedy;
pub use git::RevisionError;
pub use init::{InitialConfig, init};
pub use inspect::inspect;
pub use options::{ConfigFile, Options};
pub use outline::{CallPath, Outline, TypePath, outline};
pub use progress::{Phase, Progress};
pub use published::{Published, find_published};
pub use release::{PreparedRelease, ReleaseError, ReleaseOptions, prepare_release};
pub use revision::{Revision, read_revision};
pub use run::Stats;
use run::{Run, clock};
pub use sync::{LostEntries, RenamedEndpoint, SyncedConfig, sync, sync_text};
pub use workflows::{WorkflowOptions, workflows};

use std::collections::{BTreeMap, HashSet};
use std::thread;

use crate::diagnostics::Diagnostics;
use crate::ir::{TypeCoverage, Unpaginated};
use crate::load::Document;
use crate::lower::lower;
use crate::output::Output;
use crate::render::{Templates, render};
use crate::sync::Drift;

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
    /// The origin of the module `custom`.
    pub custom_module: CustomModule,
    /// Operations without pagination that have a parameter with a name of pagination.
    pub unpaged: Vec<Unpaginated>,
    /// Number of names that have a number because another name is the same, by kind of name.
    pub numbered_names: BTreeMap<&'static str, usize>,
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
    let mut api = run.lower(options, &document, &config);
    let mut custom_files = options
        .config_path()
        .and_then(|path| read_custom_files(&path, &config, &mut run.diagnostics));
    if let (Some(files), Some(custom)) = (&mut custom_files, &mut api.package.custom) {
        custom.readme = files.remove(custom_files::README);
    }
    let plan = run.plan(options, &api);
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
        custom_module: CustomModule::find(&config),
        unpaged: api.unpaginated.clone(),
        numbered_names: plan.numbered_names,
    })
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
