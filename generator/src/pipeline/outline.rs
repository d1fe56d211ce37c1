//! The outline of a crate: which schema of the document became which type.

use indexmap::IndexSet;

use super::{Failure, Options, Run};
use crate::load::Document;
use crate::lower::lower;
use crate::plan::{TypedNodeKind, plan};
use crate::render::type_path;
use crate::source::Pointer;

/// A document, and the types that its schemas become.
#[derive(Debug)]
pub struct Outline {
    /// The document as it was loaded: what pointers point into.
    pub document: Document,
    /// The places of the document whose values are of a type of the crate.
    pub types: Vec<TypePath>,
}

/// A place of a document, and the type of its values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TypePath {
    /// Where it is.
    pub pointer: Pointer,
    /// What stands there.
    pub kind: TypedNodeKind,
    /// The type, as code in the crate can name it: `Vec<crate::types::Pet>`.
    pub path: String,
}

/// Outlines the crate that [`generate`](super::generate) makes of the same options.
///
/// # Errors
///
/// As [`generate`](super::generate), but for templates: none are rendered.
pub fn outline(options: &Options) -> Result<Outline, Failure> {
    let mut run = Run::new(options.strictness);
    let Some((config, document)) = run.load(options) else {
        return Err(Failure::Input(run.diagnostics));
    };
    let api = lower(&document, &config, &mut run.diagnostics);
    let plan = plan(&api, &mut run.diagnostics);
    run.diagnostics.accept(&config.ignored);
    if run.diagnostics.has_errors() {
        return Err(Failure::Input(run.diagnostics));
    }
    // What operations share is found once for each of them.
    let types: IndexSet<TypePath> = plan
        .typed_nodes()
        .into_iter()
        .map(|place| TypePath {
            pointer: place.pointer,
            kind: place.kind,
            path: type_path(&plan, &place.ty),
        })
        .collect();
    Ok(Outline {
        document,
        types: types.into_iter().collect(),
    })
}
