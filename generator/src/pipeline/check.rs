//! The findings about a document and its configuration, without a crate.

use super::{Options, Run, read_custom_files};
use crate::diagnostics::Diagnostics;

/// Returns the diagnostics of all phases before rendering.
#[must_use]
pub fn check(options: &Options) -> Diagnostics {
    super::with_large_stack(|| {
        let mut run = Run::new(options.strictness);
        let Some((config, document)) = run.load(options) else {
            return run.diagnostics;
        };
        let api = run.lower(options, &document, &config);
        if let Some(path) = options.config_path() {
            // Their errors are findings, too.
            let _files = read_custom_files(&path, &config, &mut run.diagnostics);
        }
        let _plan = run.plan(options, &api);
        run.diagnostics.accept(&config.ignored);
        run.diagnostics
    })
}
