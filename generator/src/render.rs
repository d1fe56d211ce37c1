//! Render: from a plan to the text of every file.
//!
//! It asks and never decides. Wherever a type is involved it builds tokens with
//! `quote!`, which [`prettyplease`] formats; whole files of prose and the
//! manifest are minijinja templates; the runtime is copied as it stands.

mod aliases;
mod client;
mod code;
mod custom_requirements;
mod date_times;
mod docs;
mod enums;
mod fields;
mod imports;
mod json_literal;
mod methods;
mod outcome;
mod pagination;
mod parallel;
mod params;
mod placeholder;
mod prose;
mod resources;
mod round_trip_tests;
mod runtime_requirements;
mod rust_file;
mod sample_call;
mod sample_code;
mod sample_expr;
mod sample_layout;
mod sample_print;
mod struct_codec;
mod structs;
mod template_facts;
mod templates;
mod type_path;
mod unions;
mod wire_tests;

pub use templates::Templates;
pub use type_path::type_path;

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span};

use crate::ir::RuntimeSource;
use crate::plan::{FeatureGate, Item, ItemKind, Plan, RustIdent, RustType};
use imports::Imports;
use parallel::render_files_in_parallel;
use rust_file::RustFile;

/// The files of a crate: their paths, with `/` between the parts, and their text.
pub type Files = BTreeMap<String, String>;

/// Writes every file of the crate.
///
/// # Errors
///
/// If a template of the user's own cannot be rendered.
pub fn render(plan: &Plan<'_>, templates: &Templates) -> Result<Files, minijinja::Error> {
    let mut files = Files::new();
    render_types(plan, &mut files);
    files.insert("src/client.rs".to_owned(), client::render_client(plan));
    client::render_additional_files(plan, &mut files);
    resources::render_resources(plan, &mut files);
    let (mut wire_tests, mut type_tests) = (Vec::new(), Vec::new());
    if plan.api.package.has_tests {
        wire_tests = wire_tests::render(plan, &mut files);
        wire_tests::render_webhook_deliveries(plan, &mut files);
        type_tests = round_trip_tests::render(plan, &mut files);
    }
    if plan.api.package.runtime == RuntimeSource::Vendored {
        templates::copy_runtime(plan.api.package.date_times, &mut files);
    }
    let has_deliveries = wire_tests::has_webhook_deliveries(&files);
    let facts = template_facts::collect(plan, wire_tests, type_tests, has_deliveries);
    templates.render(&facts, &mut files)?;
    // An example has the name of its purpose.
    if let Some((name, text)) = facts.example().zip(files.remove("examples/quick_start.rs")) {
        files.insert(name, text);
    }
    if let Some(header) = &plan.api.package.file_header {
        rust_file::add_header(header, &mut files);
    }
    Ok(files)
}

/// One file for each type_module of types, and the module that lists them.
fn render_types(plan: &Plan<'_>, files: &mut Files) {
    render_files_in_parallel(&plan.type_modules, files, |type_module| {
        let mut file = RustFile::of_client(type_module.gate.client);
        let mut imports = Imports::default();
        for id in type_module.items() {
            let item = plan.item(id);
            if item.needs_client() {
                file.for_client(&mut imports, |file, imports| {
                    render_item(plan, item, imports, file)
                });
            } else {
                render_item(plan, item, &mut imports, &mut file);
            }
            if let Some(page) = plan.pages.get(&id) {
                file.for_client(&mut imports, |file, imports| {
                    file.push(pagination::list_page_impl(plan, &item.ident, page, imports));
                });
            }
            imports.declared(&item.ident);
        }
        let path = format!("src/types/{}.rs", type_module.path());
        Some((path, file.finish(plan, &imports)))
    });
    render_files_in_parallel(&plan.folders, files, |folder| {
        let docs = format!(
            "The types in files whose names begin with `{}`.",
            folder.module
        );
        let path = format!("src/types/{}.rs", folder.module);
        Some((
            path,
            rust_file::module(
                &docs,
                Some(&folder.module),
                &list_gated_modules(plan, Some(&folder.module)),
            ),
        ))
    });
    let mut modules = list_gated_modules(plan, None);
    let folders = plan.folders.iter();
    modules.extend(folders.map(|folder| (&folder.module, folder.gate.clone())));
    modules.sort_by_key(|(module, _)| *module);
    files.insert(
        "src/types.rs".to_owned(),
        rust_file::module(
            "The types of the API, each named for its schema or for the operation that needs it.",
            None,
            &modules,
        ),
    );
}

/// The files of types in a folder, or in none, each with its condition.
fn list_gated_modules<'p>(
    plan: &'p Plan<'_>,
    folder: Option<&RustIdent>,
) -> Vec<(&'p RustIdent, FeatureGate)> {
    let type_modules = plan.type_modules_in(folder);
    type_modules
        .map(|type_module| (&type_module.module, type_module.gate.clone()))
        .collect()
}

/// A type with its codec.
fn render_item(plan: &Plan<'_>, item: &Item<'_>, imports: &mut Imports, file: &mut RustFile) {
    if let Some(alias_of) = item.alias_of {
        let target = RustType::Item(alias_of);
        return aliases::render_alias(plan, item, &target, imports, file);
    }
    match &item.kind {
        ItemKind::Struct(object) => structs::render(plan, item, object, imports, file),
        ItemKind::Enum(list) => enums::render(item, list, imports, file),
        ItemKind::Union(union) => unions::render(plan, item, union, imports, file),
        ItemKind::Alias(alias) => aliases::render_newtype(plan, item, alias, imports, file),
        ItemKind::TypeAlias(ty) => aliases::render_alias(plan, item, ty, imports, file),
        ItemKind::Params(params) => params::render(plan, item, params, imports, file),
        ItemKind::Outcome(outcome) => outcome::render(plan, item, outcome, imports, file),
    }
}

/// The token of a planned name.
fn ident(name: &RustIdent) -> Ident {
    Ident::new(name.as_str(), Span::call_site())
}
