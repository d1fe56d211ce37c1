//! Round-trip tests: each type decodes the document's examples of it, encodes them without loss, and
//! keeps unknown properties and values.
//!
//! The types of each owner have one test. Tests are grouped into files by the first letter of their names,
//! or by the first word if a letter has too many. Only the name decides, so that a new type moves no
//! other test. Thousands of small files would cost more than all their text.

use std::collections::BTreeMap;

use serde_json::Value;

use super::code::{call_statement, use_declaration};
use super::parallel::map_in_parallel;
use super::rust_file::HEADER;
use super::{Files, json_literal};
use crate::ir::Words;
use crate::plan::{
    Case, Item, ItemId, ItemKind, MAX_FILE_LINES, OwnerItems, Plan, RustType, Scope, sample_value,
};

/// The test of the types of an owner.
struct OwnerTest {
    /// The words of the owner's name.
    words: Words,
    /// The formatted test.
    text: String,
}

/// Renders the files of tests, and returns the names of their modules in order.
pub(super) fn render(plan: &Plan<'_>, files: &mut Files) -> Vec<String> {
    let owners = plan.type_modules.iter();
    let mut owners: Vec<&OwnerItems> = owners.flat_map(|module| &module.owners).collect();
    owners.sort_by(|a, b| a.name.cmp(&b.name));
    let tests = map_in_parallel(&owners, |owner| render_test(plan, owner));
    let tests = tests.into_iter().flatten().collect();
    let mut names = Vec::new();
    for (name, tests) in group_by_name(tests) {
        let texts: Vec<String> = tests.into_iter().map(|test| test.text).collect();
        let text = format!("{HEADER}\n{}", texts.join("\n"));
        files.insert(format!("tests/types/{name}.rs"), text);
        names.push(name);
    }
    names.sort();
    names
}

/// Groups tests by the first letter of their names, or by the first word if a letter has too many.
fn group_by_name(tests: Vec<OwnerTest>) -> BTreeMap<String, Vec<OwnerTest>> {
    let mut letters: BTreeMap<String, Vec<OwnerTest>> = BTreeMap::new();
    for test in tests {
        let letter = first_word(&test).chars().take(1).collect();
        letters.entry(letter).or_default().push(test);
    }
    let mut groups: BTreeMap<String, Vec<OwnerTest>> = BTreeMap::new();
    for (letter, tests) in letters {
        let lines: usize = tests.iter().map(|test| test.text.lines().count()).sum();
        let is_long = lines > MAX_FILE_LINES;
        for test in tests {
            let name = if is_long {
                first_word(&test)
            } else {
                letter.as_str()
            };
            groups.entry(module_name(name)).or_default().push(test);
        }
    }
    groups
}

fn first_word(test: &OwnerTest) -> &str {
    test.words.iter().next().map_or("", String::as_str)
}

/// Returns a valid name for a module of tests. `main` and `support` are files of every crate.
fn module_name(word: &str) -> String {
    let mut scope = Scope::reserving(&["main", "mod", "support"]);
    scope.claim(&Words::split(word), Case::Module).to_string()
}

/// Whether the item has a codec of its own.
fn has_codec(item: &Item<'_>) -> bool {
    if item.alias_of.is_some() {
        return false;
    }
    match &item.kind {
        ItemKind::Struct(_) | ItemKind::Enum(_) | ItemKind::Union(_) | ItemKind::Alias(_) => true,
        ItemKind::Params(params) => params.extra.is_some(),
        ItemKind::Outcome(_) | ItemKind::TypeAlias(_) => false,
    }
}

/// Renders the test of an owner's types. It is `None` if no value of these types can be generated.
fn render_test(plan: &Plan<'_>, owner: &OwnerItems) -> Option<OwnerTest> {
    let mut left = MAX_TEST_VALUES;
    let (mut names, mut body) = (Vec::new(), String::new());
    for &id in &owner.items {
        let item = plan.item(id);
        if !has_codec(item) {
            continue;
        }
        let calls = round_trip_calls(plan, id, &mut left);
        if !calls.is_empty() {
            names.push(item.ident.to_string());
            body.push_str(&calls);
        }
    }
    if names.is_empty() {
        return None;
    }
    let mut text = String::new();
    if let Some(predicate) = owner.gate.predicate() {
        text.push_str(&format!("#[cfg({predicate})]\n"));
    }
    text.push_str(&format!("#[test]\nfn {}() {{\n", owner.name));
    names.sort();
    let types = format!("{}::types", plan.crate_ident);
    for line in use_declaration(&types, &names).lines() {
        text.push_str(&format!("    {line}\n"));
    }
    text.push_str(&format!("\n{body}}}\n"));
    Some(OwnerTest {
        words: Words::split(owner.name.as_str()),
        text,
    })
}

/// Maximum number of JSON values in the examples of a test. Each takes a line.
const MAX_TEST_VALUES: usize = 3000;

/// Returns a call per example that has the type and is not too large, or one for a generated value.
fn round_trip_calls(plan: &Plan<'_>, id: ItemId, left: &mut usize) -> String {
    let item = plan.item(id);
    let ty = RustType::Item(id);
    let examples = item
        .source
        .map(|source| plan.api.types.get(source).examples.as_slice())
        .unwrap_or_default();
    let mut values: Vec<_> = examples
        .iter()
        .map(|example| example.value.clone())
        .collect();
    values.retain(|value| {
        let size = super::wire_tests::count_values(value);
        let fits = size <= (*left).min(super::wire_tests::MAX_SAMPLE_VALUES)
            && plan.sample(&ty, value).is_some();
        *left -= if fits { size } else { 0 };
        fits
    });
    if values.is_empty() {
        values.push(sample_value(plan, &ty));
    }
    if let ItemKind::Enum(list) = &item.kind {
        values.push(if list.integers {
            (-987_654_321).into()
        } else {
            "an unknown value".into()
        });
    }
    let values: Vec<_> = values
        .into_iter()
        .filter_map(|value| {
            let (_, written) = plan.sample(&ty, &value)?;
            Some(without_nulls(value, &written))
        })
        .collect();
    let known = matches!(item.kind, ItemKind::Struct(ref object) if object.extra.ty.is_none())
        || matches!(item.kind, ItemKind::Params(_));
    let function = format!("crate::support::assert_round_trip::<{}>", item.ident);
    values
        .iter()
        .map(|value| {
            let text = json_literal::json_text(value).to_string();
            call_statement(&function, &[text, known.to_string()])
        })
        .collect()
}

/// Removes `null` properties that the type does not encode. If a type is not nullable, a `null` in an
/// example stands for an absent property.
pub(super) fn without_nulls(value: Value, written: &Value) -> Value {
    match (value, written) {
        (Value::Object(members), Value::Object(written)) => {
            let kept = members
                .into_iter()
                .filter(|(name, value)| !value.is_null() || written.contains_key(name));
            kept.map(|(name, value)| match written.get(&name) {
                Some(written) => (name, without_nulls(value, written)),
                None => (name, value),
            })
            .collect()
        }
        (Value::Array(values), Value::Array(written)) if values.len() == written.len() => {
            let pairs = values.into_iter().zip(written);
            pairs
                .map(|(value, written)| without_nulls(value, written))
                .collect()
        }
        (value, _) => value,
    }
}
