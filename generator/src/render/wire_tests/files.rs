//! Test files: the tests of a top-level resource and its nested resources, split into files of moderate
//! length.
//!
//! The length of a test depends on the examples of the document, so it is known only after formatting.

use std::collections::BTreeSet;

use super::{MethodTests, TestModule};
use crate::ir::Words;
use crate::plan::{Case, FileLimits, LayoutEntry, Plan, ResourcePlan, Scope, split_by_words};
use crate::render::Files;
use crate::render::code::use_declaration;
use crate::render::imports::Imports;
use crate::render::rust_file::RustFile;

/// Adds the test files of a top-level resource, and returns their modules.
pub(super) fn add_files(
    plan: &Plan<'_>,
    top: &ResourcePlan<'_>,
    tests: Vec<MethodTests>,
    scope: &mut Scope,
    files: &mut Files,
) -> Vec<TestModule> {
    let top_words = Words::split(top.module.as_str());
    let entries = tests.into_iter().map(|tests| LayoutEntry {
        words: top_words.join(&tests.words).iter().cloned().collect(),
        lines: tests
            .texts
            .iter()
            .map(|text| text.lines().count() + 1)
            .sum(),
        value: tests,
    });
    let mut modules = Vec::new();
    for group in split_by_words(&top_words, entries.collect(), FileLimits::TESTS) {
        let module = scope.claim(&group.name, Case::Module).to_string();
        files.insert(
            format!("tests/wire/{module}.rs"),
            test_file(plan, group.parts),
        );
        modules.push(TestModule {
            module,
            cfg: top.gate().predicate(),
        });
    }
    modules
}

/// Renders a test file.
fn test_file(plan: &Plan<'_>, tests: Vec<MethodTests>) -> String {
    let mut file = RustFile::new();
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
