//! Survival: each type reads what the document shows of it, and writes it again
//! without loss, with members and values that it does not know.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::file::{self, RustFile};
use super::imports::Imports;
use super::{Files, ident, render_files_in_parallel, sample_expr};
use crate::plan::{Item, ItemId, ItemKind, Plan, RustIdent, RustType, TypeModule, sample_value};

/// One file for each type_module of types.
pub(super) fn render(plan: &Plan<'_>, files: &mut Files) {
    render_files_in_parallel(&plan.type_modules, files, |type_module| {
        let path = format!("tests/types/{}.rs", type_module.path());
        test_file(plan, type_module).map(|text| (path, text))
    });
    render_files_in_parallel(&plan.folders, files, |folder| {
        let tested = tested(plan, Some(&folder.module));
        let modules: Vec<_> = tested
            .map(|type_module| (&type_module.module, &type_module.gate))
            .collect();
        let path = format!("tests/types/{}.rs", folder.module);
        (!modules.is_empty()).then(|| (path, file::tests(&modules)))
    });
}

/// The type_modules in a folder, or in none, that have a type which can be tested.
pub(super) fn tested<'p>(
    plan: &'p Plan<'_>,
    folder: Option<&RustIdent>,
) -> impl Iterator<Item = &'p TypeModule> {
    let type_modules = plan.type_modules_in(folder);
    type_modules.filter(|type_module| {
        let (mut items, mut left) = (type_module.items.iter(), MAX_FILE_VALUES);
        items.any(|id| has_codec(plan.item(*id)) && !calls(plan, *id, &mut left).is_empty())
    })
}

/// Whether it has a codec of its own, to be tested.
fn has_codec(item: &Item<'_>) -> bool {
    if item.alias_of.is_some() {
        return false;
    }
    match &item.kind {
        ItemKind::Struct(_) | ItemKind::Enum(_) | ItemKind::Union(_) | ItemKind::Alias(_) => true,
        ItemKind::Params(params) => params.extra.is_some(),
        ItemKind::Outcome(_) => false,
    }
}

fn test_file(plan: &Plan<'_>, type_module: &TypeModule) -> Option<String> {
    // There are types of which no value can be made up.
    let mut left = MAX_FILE_VALUES;
    let (names, calls): (Vec<_>, Vec<_>) = type_module
        .items
        .iter()
        .filter(|id| has_codec(plan.item(**id)))
        .map(|id| (ident(&plan.item(*id).ident), calls(plan, *id, &mut left)))
        .filter(|(_, calls)| !calls.is_empty())
        .unzip();
    if names.is_empty() {
        return None;
    }
    let krate = quote::format_ident!("{}", plan.crate_ident);
    let calls = calls.iter().flatten();
    let mut file = RustFile::new();
    file.push(quote! {
        use #krate::types::{#(#names),*};
        use crate::support::survives;
    });
    file.push(quote! {
        #[test]
        fn survive() {
            #(#calls)*
        }
    });
    Some(file.finish(plan, &Imports::default()))
}

/// As many values the examples of a file may hold, each on a line of its own.
const MAX_FILE_VALUES: usize = 3000;

/// A call for each example of the document that is of the type and not too
/// large, or one for a value that is made up.
fn calls(plan: &Plan<'_>, id: ItemId, left: &mut usize) -> Vec<TokenStream> {
    let item = plan.item(id);
    let ty = RustType::Item(id);
    let name = ident(&item.ident);
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
            "a value of tomorrow".into()
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
    values
        .iter()
        .map(|value| {
            let text = sample_expr::json_text(value);
            quote!(survives::<#name>(#text, #known);)
        })
        .collect()
}

/// A value without the members that are `null` and are not written again: where a type has no
/// `null`, one in an example means that the member is absent.
fn without_nulls(value: Value, written: &Value) -> Value {
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
