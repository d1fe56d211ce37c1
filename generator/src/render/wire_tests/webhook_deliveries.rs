//! Tests of deliveries: each example of the document is signed, verified, decoded to its own variant, and
//! encoded again.

use std::collections::BTreeMap;

use super::{MAX_SAMPLE_VALUES, count_values};
use crate::ir::{WebhookSignature, Words};
use crate::plan::{Case, ItemId, Plan, RustIdent, RustType, SampleExpr, Scope};
use crate::render::code::call_statement;
use crate::render::round_trip_tests::without_nulls;
use crate::render::rust_file::HEADER;
use crate::render::{Files, json_literal};

const FILE: &str = "tests/wire/webhook_deliveries.rs";

/// Adds the tests, if the crate verifies deliveries by Standard Webhooks and the document has examples.
pub(in crate::render) fn render_webhook_deliveries(plan: &Plan<'_>, files: &mut Files) {
    let (Some(webhooks), Some(api)) = (&plan.webhooks, &plan.api.webhooks) else {
        return;
    };
    if !api.is_verified() || api.signature != WebhookSignature::Usual {
        return;
    }
    let ty = RustType::Item(webhooks.event);
    let mut variants: BTreeMap<RustIdent, Vec<String>> = BTreeMap::new();
    for example in &api.examples {
        if let Some((SampleExpr::Union(_, variant, _), written)) = plan.sample(&ty, &example.value)
            && count_values(&example.value) <= MAX_SAMPLE_VALUES
        {
            let value = without_nulls(example.value.clone(), &written);
            let text = json_literal::json_text(&value).to_string();
            variants.entry(variant).or_default().push(text);
        }
    }
    if !variants.is_empty() {
        files.insert(
            FILE.to_owned(),
            render_tests(plan, webhooks.event, variants),
        );
    }
}

fn render_tests(
    plan: &Plan<'_>,
    event: ItemId,
    variants: BTreeMap<RustIdent, Vec<String>>,
) -> String {
    let event = &plan.item(event).ident;
    let mut names = Scope::default();
    let mut text = format!(
        "{HEADER}\n//! Deliveries of webhooks, with examples from the API description.\n\n\
         use {}::types::{event};\n\nuse crate::support::assert_delivery;\n",
        plan.crate_ident
    );
    for (variant, deliveries) in variants {
        let name = names.claim(&Words::split(variant.as_str()), Case::Snake);
        text.push_str(&format!("\n#[test]\nfn {name}() {{\n"));
        let is_variant = format!("|event| matches!(event, {event}::{variant}(_))");
        for delivery in deliveries {
            let arguments = [delivery, is_variant.clone()];
            text.push_str(&call_statement("assert_delivery", &arguments));
        }
        text.push_str("}\n");
    }
    text
}

/// Whether the crate has tests of deliveries.
pub(in crate::render) fn has_webhook_deliveries(files: &Files) -> bool {
    files.contains_key(FILE)
}
