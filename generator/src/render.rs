//! Render: from a plan to the text of every file.
//!
//! It asks and never decides. Wherever a type is involved it builds tokens with
//! `quote!`, which [`prettyplease`] formats; whole files of prose and the
//! manifest are minijinja templates; the runtime is copied as it stands.

mod aliases;
mod call;
mod client;
mod date_times;
mod docs;
mod enums;
mod expr;
mod fields;
mod file;
mod manifest;
mod outcome;
mod paging;
mod params;
mod path;
mod prose;
mod resources;
mod structs;
mod survival;
mod template;
mod tests;
mod ty;
mod unions;
mod vacant;

pub use path::type_path;
pub use template::Templates;

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span};
use rayon::ThreadPoolBuilder;
use rayon::iter::{IntoParallelRefIterator, ParallelExtend, ParallelIterator};

use crate::plan::{Gate, Item, ItemKind, Plan, RustIdent};
use file::RustFile;
use ty::Imports;

/// The files of a crate: their paths, with `/` between the parts, and their text.
pub type Files = BTreeMap<String, String>;

/// Writes every file of the crate.
///
/// # Errors
///
/// If a template of the user's own cannot be rendered.
pub fn render(plan: &Plan<'_>, templates: &Templates) -> Result<Files, minijinja::Error> {
    // Parsers and formatters of Rust take many steps of the stack for each level of a type or an
    // expression, and the threads of the usual pool have little of it.
    let pool = ThreadPoolBuilder::new().stack_size(STACK_BYTES).build();
    match pool {
        Ok(pool) => pool.install(|| render_files(plan, templates)),
        Err(_) => render_files(plan, templates),
    }
}

/// The stack of a thread that renders: a margin over what the deepest type takes.
const STACK_BYTES: usize = 64 << 20;

fn render_files(plan: &Plan<'_>, templates: &Templates) -> Result<Files, minijinja::Error> {
    let mut files = Files::new();
    types(plan, &mut files);
    files.insert("src/client.rs".to_owned(), client::client(plan));
    client::further(plan, &mut files);
    resources::resources(plan, &mut files);
    tests::tests(plan, &mut files);
    survival::tests(plan, &mut files);
    template::runtime(plan.api.package.date_times, &mut files);
    let facts = manifest::facts(plan);
    templates.render(&facts, &mut files)?;
    // An example is found by what it does.
    if let Some((name, text)) = facts.example().zip(files.remove("examples/quick_start.rs")) {
        files.insert(name, text);
    }
    Ok(files)
}

/// One file for each family of types, and the module that lists them.
fn types(plan: &Plan<'_>, files: &mut Files) {
    each(&plan.families, files, |family| {
        let mut file = RustFile::of_client(family.gate.client);
        let mut imports = Imports::default();
        for &id in &family.items {
            let item = plan.item(id);
            if item.is_of_client() {
                file.for_client(&mut imports, |file, imports| one(plan, item, imports, file));
            } else {
                one(plan, item, &mut imports, &mut file);
            }
            if let Some(page) = plan.pages.get(&id) {
                file.for_client(&mut imports, |file, imports| {
                    file.push(paging::page(plan, &item.ident, page, imports));
                });
            }
            imports.declared(&item.ident);
        }
        let path = format!("src/types/{}.rs", family.path());
        Some((path, file.finish(plan, &imports)))
    });
    each(&plan.folders, files, |folder| {
        let docs = format!(
            "The types in files whose names begin with `{}`.",
            folder.module
        );
        let path = format!("src/types/{}.rs", folder.module);
        Some((
            path,
            file::module(&docs, &listed(plan, Some(&folder.module))),
        ))
    });
    let mut modules = listed(plan, None);
    let folders = plan.folders.iter();
    modules.extend(folders.map(|folder| (&folder.module, folder.gate.clone())));
    modules.sort_by_key(|(module, _)| *module);
    files.insert(
        "src/types.rs".to_owned(),
        file::module(
            "The types of the API, each named for its schema or for the operation that needs it.",
            &modules,
        ),
    );
}

/// The files of types in a folder, or in none, each with its condition.
fn listed<'p>(plan: &'p Plan<'_>, folder: Option<&RustIdent>) -> Vec<(&'p RustIdent, Gate)> {
    let families = plan.families_in(folder);
    families
        .map(|family| (&family.module, family.gate.clone()))
        .collect()
}

/// A type with its codec.
fn one(plan: &Plan<'_>, item: &Item<'_>, imports: &mut Imports, file: &mut RustFile) {
    if let Some(twin) = item.twin {
        return aliases::twin(plan, item, twin, imports, file);
    }
    match &item.kind {
        ItemKind::Struct(object) => structs::render(plan, item, object, imports, file),
        ItemKind::Enum(list) => enums::render(item, list, imports, file),
        ItemKind::Union(union) => unions::render(plan, item, union, imports, file),
        ItemKind::Alias(alias) => aliases::newtype(plan, item, alias, imports, file),
        ItemKind::Params(params) => params::render(plan, item, params, imports, file),
        ItemKind::Outcome(outcome) => outcome::render(plan, item, outcome, imports, file),
    }
}

/// Renders one file for each part of the plan that has one, side by side: to
/// format the text is most of what a crate costs, and no file needs another.
fn each<T: Sync>(
    parts: &[T],
    files: &mut Files,
    one: impl Fn(&T) -> Option<(String, String)> + Sync + Send,
) {
    files.par_extend(parts.par_iter().filter_map(one));
}

/// The token of a planned name.
fn ident(name: &RustIdent) -> Ident {
    Ident::new(name.as_str(), Span::call_site())
}
