//! The outline of a crate: its calls, and the type of each schema of a document.

use indexmap::IndexSet;

use super::{Failure, Options, Run};
use crate::load::Document;
use crate::lower::lower;
use crate::plan::{Plan, TypedObject, plan};
use crate::render::type_path;
use crate::source::Pointer;

/// A document, the calls of its operations, and the types of its schemas.
#[derive(Debug)]
pub struct Outline {
    /// The loaded document, for resolving pointers.
    pub document: Document,
    /// The positions in the document whose values have a type of the crate.
    pub types: Vec<TypePath>,
    /// The methods of the crate.
    pub calls: Vec<CallPath>,
}

/// A method of a crate, and the endpoint that it calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallPath {
    /// The HTTP method.
    pub http_method: String,
    /// The path, as it stands in the document.
    pub path: String,
    /// The resources and the method, with dots: `chat.completions.create`.
    pub name: String,
}

/// A position in a document, and the type of its values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TypePath {
    /// The position.
    pub pointer: Pointer,
    /// The object at the position.
    pub object: TypedObject,
    /// The type, as code in the crate can name it: `Vec<crate::types::Pet>`.
    pub path: String,
}

/// Outlines the crate that [`generate`](super::generate) would make with the same options.
///
/// # Errors
///
/// As [`generate`](super::generate), except for errors of templates, which are not rendered.
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
    // Operations that share a value list it once each.
    let types: IndexSet<TypePath> = plan
        .types_by_pointer()
        .into_iter()
        .map(|node| TypePath {
            pointer: node.pointer,
            object: node.object,
            path: type_path(&plan, &node.ty),
        })
        .collect();
    let calls = list_calls(&plan);
    Ok(Outline {
        document,
        types: types.into_iter().collect(),
        calls,
    })
}

fn list_calls(plan: &Plan<'_>) -> Vec<CallPath> {
    let resources = plan.resources.iter();
    let calls = resources.flat_map(|resource| {
        resource.methods.iter().map(|method| {
            let names = resource.path.iter().chain([&method.ident]);
            let names: Vec<String> = names.map(ToString::to_string).collect();
            CallPath {
                http_method: method.operation.method.as_str().to_owned(),
                path: method.operation.path.clone(),
                name: names.join("."),
            }
        })
    });
    calls.collect()
}
