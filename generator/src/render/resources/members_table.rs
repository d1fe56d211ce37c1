//! The table of a resource's members in its docs: methods with their HTTP line, and nested resources.

use crate::ir::Docs;
use crate::plan::{Plan, ResourcePlan, RustIdent};
use crate::render::docs::Doc;
use crate::render::prose;

/// Adds the table, if the resource has any members.
pub(super) fn add_table(plan: &Plan<'_>, index: usize, resource: &ResourcePlan<'_>, doc: &mut Doc) {
    let methods = resource.methods.iter().map(|method| {
        let operation = method.operation;
        let line = format!("{} {}", operation.method, operation.path);
        let line = prose::cell_code(&line);
        let names = [Some(&method.ident), method.params_method.as_ref()];
        let names: Vec<String> = names.into_iter().flatten().map(link).collect();
        row(&names.join(", "), &line, &first_sentence(&operation.docs))
    });
    let webhooks = plan.webhooks.iter();
    let webhooks = webhooks.flat_map(|webhooks| webhooks.methods_of(index));
    let webhooks = webhooks.map(|method| {
        let text = match method.is_verified {
            true => "Verifies the signature of a delivery, then decodes its event.",
            false => "Decodes the event of a delivery without verifying its signature.",
        };
        row(&link(&method.ident), "", text)
    });
    let children = resource.children.iter().filter_map(|(accessor, child)| {
        let child = plan.resources.get(*child)?;
        let text = child.description.map(prose::cell).unwrap_or_default();
        Some(row(&link(accessor), "", &text))
    });
    let rows: Vec<String> = methods.chain(webhooks).chain(children).collect();
    if rows.is_empty() {
        return;
    }
    doc.paragraph("| method | request | description |");
    doc.line("| --- | --- | --- |");
    for row in rows {
        doc.line(row);
    }
}

fn row(names: &str, line: &str, text: &str) -> String {
    format!("| {names} | {line} | {text} |")
}

fn link(name: &RustIdent) -> String {
    format!("[`{name}`](Self::{name})")
}

/// Returns the first sentence of the summary, or else of the description.
fn first_sentence(docs: &Docs) -> String {
    let texts = [&docs.summary, &docs.description].into_iter().flatten();
    let mut sentences = texts.map(|text| prose::cell(text));
    let sentence = sentences
        .find(|sentence| !sentence.is_empty())
        .unwrap_or_default();
    if docs.deprecated {
        return format!("Deprecated. {sentence}").trim_end().to_owned();
    }
    sentence
}
