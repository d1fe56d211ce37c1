//! Survival: each type reads what the document shows of it, and writes it again
//! without loss, with members and values that it does not know.

use proc_macro2::TokenStream;
use quote::quote;

use super::file::RustFile;
use super::ty::Imports;
use super::{Files, each, expr, ident};
use crate::plan::{Family, Item, ItemKind, Plan, RustType, sample_value};

/// One file for each family of types.
pub(super) fn tests(plan: &Plan<'_>, files: &mut Files) {
    each(&plan.families, files, |family| {
        let path = format!("tests/types/{}.rs", family.module);
        one(plan, family).map(|text| (path, text))
    });
}

/// Whether a family has a type that can be tested.
pub(super) fn is_tested(plan: &Plan<'_>, family: &Family) -> bool {
    family.items.iter().any(|id| has_codec(plan.item(*id)))
}

fn has_codec(item: &Item<'_>) -> bool {
    match &item.kind {
        ItemKind::Struct(_) | ItemKind::Enum(_) | ItemKind::Union(_) | ItemKind::Alias(_) => true,
        ItemKind::Params(params) => params.extra.is_some(),
        ItemKind::Outcome(_) => false,
    }
}

fn one(plan: &Plan<'_>, family: &Family) -> Option<String> {
    let items: Vec<_> = family
        .items
        .iter()
        .copied()
        .filter(|id| has_codec(plan.item(*id)))
        .collect();
    if items.is_empty() {
        return None;
    }
    let krate = quote::format_ident!("{}", plan.crate_ident);
    let names: Vec<_> = items
        .iter()
        .map(|id| ident(&plan.item(*id).ident))
        .collect();
    let calls: Vec<TokenStream> = items.iter().flat_map(|id| calls(plan, *id)).collect();
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
    Some(file.finish(&Imports::default()))
}

/// A call for each example of the document that is of the type, or one for a
/// value that is made up.
fn calls(plan: &Plan<'_>, id: crate::plan::ItemId) -> Vec<TokenStream> {
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
    values.retain(|value| plan.sample(&ty, value).is_some());
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
    values.retain(|value| plan.sample(&ty, value).is_some());
    let known = matches!(item.kind, ItemKind::Struct(ref object) if object.extra.ty.is_none())
        || matches!(item.kind, ItemKind::Params(_));
    values
        .iter()
        .map(|value| {
            let text = expr::json_text(value);
            quote!(survives::<#name>(#text, #known);)
        })
        .collect()
}
