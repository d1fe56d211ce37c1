//! The state of a run, and its phases before rendering.

use std::time::{Duration, Instant};

use super::options::Options;
use super::progress::Phase;
use crate::config::{self, At, Config};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Strictness};
use crate::ir::Api;
use crate::load::{self, Access, Document, Location};
use crate::lower::lower;
use crate::plan::{Plan, plan};
use crate::source::Pointer;
use crate::transform;

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

/// The state of a run.
pub(super) struct Run {
    pub(super) diagnostics: Diagnostics,
    pub(super) stats: Stats,
}

impl Run {
    pub(super) fn new(strictness: Strictness) -> Self {
        Self {
            diagnostics: Diagnostics::with_strictness(strictness),
            stats: Stats::default(),
        }
    }

    /// Reads both files, so that the errors of both are reported. `None` means that one of them is
    /// too broken to find more errors.
    pub(super) fn load(&mut self, options: &Options) -> Option<(Config, Document)> {
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

    /// Builds the model of a document.
    pub(super) fn lower(&mut self, options: &Options, document: &Document, config: &Config) -> Api {
        options.progress.start(Phase::Lower);
        let Self { diagnostics, stats } = self;
        clock(&mut stats.lower, || lower(document, config, diagnostics))
    }

    /// Plans the crate of a model.
    pub(super) fn plan<'a>(&mut self, options: &Options, api: &'a Api) -> Plan<'a> {
        options.progress.start(Phase::Plan);
        let Self { diagnostics, stats } = self;
        clock(&mut stats.plan, || plan(api, diagnostics))
    }

    /// Reads the document, with the changes that the configuration makes to it.
    pub(super) fn load_document(&mut self, options: &Options, config: &Config) -> Option<Document> {
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

/// Does some work, and stores its time.
pub(super) fn clock<T>(into: &mut Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    *into = start.elapsed();
    result
}
