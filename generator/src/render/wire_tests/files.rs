//! Test files: the tests of a resource, split into files of moderate length.
//!
//! The length of a test depends on the examples of the document, so it is known only after formatting.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::quote;

use super::MethodTests;
use crate::ir::Words;
use crate::plan::{Case, LayoutEntry, MIN_FILE_LINES, Plan, ResourcePlan, Scope, split_by_words};
use crate::render::code::use_declaration;
use crate::render::ident;
use crate::render::imports::Imports;
use crate::render::rust_file::RustFile;

/// Returns the test files of a resource, as paths and texts.
pub(super) fn files(
    plan: &Plan<'_>,
    resource: &ResourcePlan<'_>,
    tests: Vec<MethodTests>,
) -> Vec<(String, String)> {
    if tests.is_empty() {
        return Vec::new();
    }
    let parts = resource.methods.iter().zip(tests).map(|(method, tests)| {
        let words = Words::split(method.ident.as_str());
        LayoutEntry {
            words: words.iter().cloned().collect(),
            lines: tests
                .texts
                .iter()
                .map(|text| text.lines().count() + 1)
                .sum(),
            value: tests,
        }
    });
    let folder = format!("tests/wire/{}", resource.module);
    let (mut own, mut files, mut modules) = (Vec::new(), Vec::new(), Vec::new());
    let mut scope = Scope::reserving(&["mod"]);
    for group in split_by_words(&Words::new(), parts.collect(), MIN_FILE_LINES) {
        if group.name.is_empty() {
            own = group.parts;
            continue;
        }
        let module = scope.claim(&group.name, Case::Module);
        files.push((
            format!("{folder}/{module}.rs"),
            test_file(plan, &[], group.parts),
        ));
        modules.push(module);
    }
    modules.sort();
    let modules: Vec<Ident> = modules.iter().map(ident).collect();
    files.push((format!("{folder}.rs"), test_file(plan, &modules, own)));
    files
}

/// Renders a test file with its submodules.
fn test_file(plan: &Plan<'_>, below: &[Ident], tests: Vec<MethodTests>) -> String {
    let mut file = RustFile::new();
    if !below.is_empty() {
        file.push(quote!(#(mod #below;)*));
    }
    let items: BTreeSet<_> = tests.iter().flat_map(|test| &test.items).collect();
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    let runtime: BTreeSet<_> = tests.iter().flat_map(|test| &test.runtime).collect();
    let runtime: Vec<String> = runtime.iter().map(ToString::to_string).collect();
    let types = format!("{}::types", plan.crate_ident);
    file.push_text(use_declaration(&types, &items) + &use_declaration(&plan.crate_ident, &runtime));
    if !tests.is_empty() {
        file.push_text("use crate::support::{Exchange, Sent};\n".to_owned());
    }
    let texts = tests.into_iter().flat_map(|test| test.texts);
    texts.for_each(|text| file.push_text(text));
    file.finish(plan, &Imports::default())
}
