//! Wire tests: calls of each operation against a server.
//!
//! One call sets the required fields. If there are optional fields, another call sets every field.
//! Values are the document's examples; if it has none of the right type, they are generated from the
//! schema.

mod call;
mod files;
mod path_text;
mod streams;
mod test_names;
mod webhook_deliveries;

use std::collections::BTreeSet;

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;
use serde::Serialize;
use serde_json::Value;

pub(super) use call::arguments;
use call::{Call, FieldSelection, SentBody};
use test_names::{TestNames, name_tests};
pub(super) use webhook_deliveries::{has_webhook_deliveries, render_webhook_deliveries};

use super::json_literal;
use super::parallel::map_in_parallel;
use super::sample_expr::{SampleContext, Writer};
use super::{Files, ident, rust_file};
use crate::ir::{BodyContent, Content, Payload, StatusPattern, Words};
use crate::plan::{
    ItemId, ItemKind, MethodPlan, Plan, ResourcePlan, RustIdent, RustType, SampleExpr, Scope,
    sample_value,
};

/// A file of tests.
#[derive(Debug, Serialize)]
pub(super) struct TestModule {
    module: String,
    /// The predicate of its `cfg`.
    cfg: Option<String>,
}

/// Adds a file per top-level resource, and further files if its tests are too long for one. Returns the
/// modules.
pub(super) fn render(plan: &Plan<'_>, files: &mut Files) -> Vec<TestModule> {
    let mut trees: IndexMap<Option<&RustIdent>, Vec<&ResourcePlan<'_>>> = IndexMap::new();
    for resource in &plan.resources {
        trees
            .entry(resource.path.first())
            .or_default()
            .push(resource);
    }
    let (mut calls, mut tops) = (Vec::new(), Vec::new());
    for resources in trees.into_values() {
        let methods = resources.iter().flat_map(|resource| {
            let methods = resource.methods.iter();
            methods.map(move |method| (*resource, method))
        });
        let methods: Vec<_> = methods.collect();
        if let Some(top) = resources.first().filter(|_| !methods.is_empty()) {
            tops.push((*top, methods.len()));
        }
        let names = name_tests(&methods);
        calls.extend(methods.into_iter().zip(names));
    }
    let tests = map_in_parallel(&calls, |((resource, method), names)| {
        MethodTests::render_calls(plan, resource, method, names)
    });
    let mut tests = tests.into_iter();
    let mut scope = Scope::reserving(RESERVED_MODULES);
    let modules = tops.into_iter().flat_map(|(top, count)| {
        let tests = tests.by_ref().take(count).collect();
        files::add_files(plan, top, tests, &mut scope, files)
    });
    modules.collect()
}

/// Names of modules that are not files of a resource.
const RESERVED_MODULES: &[&str] = &["mod", "main", "support", "webhook_deliveries"];

/// The formatted tests of a method, and the types that they import.
struct MethodTests {
    /// The accessors below the top-level resource, and the name of the method.
    words: Words,
    texts: Vec<String>,
    items: BTreeSet<RustIdent>,
    runtime: BTreeSet<&'static str>,
}

impl MethodTests {
    fn render_calls(
        plan: &Plan<'_>,
        resource: &ResourcePlan<'_>,
        method: &MethodPlan<'_>,
        names: &TestNames,
    ) -> Self {
        let mut writer = Writer::new(plan);
        let tests = method_tests(plan, resource, method, names, &mut writer);
        let path = resource.path.iter().skip(1).chain([&method.ident]);
        let words = path.map(|name| Words::split(name.as_str()));
        Self {
            words: words.fold(Words::new(), |path, words| path.join(&words)),
            texts: tests.into_iter().map(rust_file::format).collect(),
            items: writer.items,
            runtime: writer.runtime,
        }
    }
}

/// The tests of a method: a call with the required fields, and one with every field.
fn method_tests(
    plan: &Plan<'_>,
    resource: &ResourcePlan<'_>,
    method: &MethodPlan<'_>,
    names: &TestNames,
    writer: &mut Writer<'_, '_>,
) -> Vec<TokenStream> {
    let mut required = Call::build(plan, method, FieldSelection::Required);
    if required.lacks_params(method) {
        // All fields can have a value even if the required fields alone have none.
        required = Call::build(plan, method, FieldSelection::Every);
    }
    if required.lacks_params(method) {
        return Vec::new();
    }
    let mut every = Call::build(plan, method, FieldSelection::Every);
    required.switch(method);
    every.switch(method);
    let Some(first) = test(plan, resource, method, &required, &names.required, writer) else {
        return Vec::new();
    };
    let every = Some(every).filter(|every| every.params.is_some());
    let second = every
        .filter(|every| every.params != required.params)
        .and_then(|every| test(plan, resource, method, &every, &names.every, writer));
    [first].into_iter().chain(second).collect()
}

/// A test of a call. Returns `None` if the type of the response has no finite value.
fn test(
    plan: &Plan<'_>,
    resource: &ResourcePlan<'_>,
    method: &MethodPlan<'_>,
    call: &Call,
    name: &str,
    writer: &mut Writer<'_, '_>,
) -> Option<TokenStream> {
    let name = quote::format_ident!("{name}");
    let (call_name, params) = method_of_call(method, call.params.as_ref());
    let call_name = ident(call_name);
    let accessors: Vec<_> = resource.path.iter().map(ident).collect();
    let mut args: Vec<TokenStream> = call
        .path
        .iter()
        .map(|(expr, by_ref)| {
            let arg = writer.write(
                expr,
                if *by_ref {
                    SampleContext::Exact
                } else {
                    SampleContext::Argument
                },
            );
            if *by_ref { quote!(&#arg) } else { arg }
        })
        .collect();
    let params = params.map(|expr| writer.write(expr, SampleContext::Argument));
    args.extend(params);
    let (verb, path, query) = (
        method.operation.method.as_str(),
        &call.target,
        call.query
            .iter()
            .map(|(name, value)| quote!((#name, #value))),
    );
    let body = match &call.body {
        Some(SentBody::Json(value)) => {
            let value = json_literal::json_text(value);
            quote!(Sent::Json(#value))
        }
        Some(SentBody::Other) => quote!(Sent::Other),
        None => quote!(Sent::Nothing),
    };
    let status = proc_macro2::Literal::u16_unsuffixed(response_status(method));
    let (response, check) = match &method.stream {
        Some(stream) => streams::response_and_check(plan, method, stream, &status)?,
        None => {
            let (response, check) = response_and_check(plan, method, writer)?;
            (quote!(.respond(#status, #response)), check)
        }
    };
    Some(quote! {
        #[tokio::test]
        async fn #name() {
            let exchange = Exchange::new(#verb, #path, &[#(#query),*], #body)#response.await;
            let response = exchange.client().#(#accessors().)*#call_name(#(#args),*).await;
            #check
        }
    })
}

/// Returns the method for a call with these parameters, and the parameters that it takes.
pub(super) fn method_of_call<'c>(
    method: &'c MethodPlan<'_>,
    params: Option<&'c SampleExpr>,
) -> (&'c RustIdent, Option<&'c SampleExpr>) {
    let Some(params_method) = &method.params_method else {
        return (&method.ident, params);
    };
    match params.filter(|params| !params.is_empty_constructor()) {
        Some(params) => (params_method, Some(params)),
        None => (&method.ident, None),
    }
}

/// The first successful response of an operation.
fn find_success<'p>(method: &'p MethodPlan<'_>) -> Option<&'p crate::ir::Response> {
    method.operation.successes().next()
}

fn response_status(method: &MethodPlan<'_>) -> u16 {
    match find_success(method).map(|response| response.status) {
        Some(StatusPattern::Code(code)) => code,
        Some(StatusPattern::Range(_) | StatusPattern::Default) => 200,
        None => 204,
    }
}

/// The response of the server, and the assertion about the client's result.
fn response_and_check(
    plan: &Plan<'_>,
    method: &MethodPlan<'_>,
    writer: &mut Writer<'_, '_>,
) -> Option<(TokenStream, TokenStream)> {
    let mut value = quote!(response.expect("the call succeeds"));
    if method.paging.is_some() {
        value = quote!(#value.into_inner());
    }
    let Some((response, Payload::Content(contents))) =
        find_success(method).map(|r| (r, &r.payload))
    else {
        return Some((quote!("", ""), quote!(#value;)));
    };
    let variant = find_variant(plan, method, response.status);
    let returns = variant.as_ref().map_or(&method.returns, |(.., ty)| ty);
    let (sent, check) = match contents.first() {
        Some(content) if matches!(content.content, Content::Json(_)) => {
            if let Some(name) = method.property {
                let mut envelope = serde_json::Map::new();
                envelope.insert(name.as_str().to_owned(), sample_value(plan, returns));
                let text = json_literal::json_text(&Value::Object(envelope));
                let media_type = content.media_type.as_str();
                return Some((quote!(#media_type, #text), quote!(let _ = #value;)));
            }
            let value = example(plan, content, returns)?;
            let (media_type, text) = (content.media_type.as_str(), json_literal::json_text(&value));
            (
                quote!(#media_type, #text),
                quote!(exchange.assert_json(&response);),
            )
        }
        Some(content) => {
            let media_type = content.media_type.as_str();
            // A response of another status may have no body.
            let bytes = match returns {
                RustType::Option(_) => quote!(response.expect("the response has a body")),
                _ => quote!(response),
            };
            (
                quote!(#media_type, "the body"),
                quote!(exchange.assert_bytes(&#bytes);),
            )
        }
        None => (quote!("", ""), quote!(drop(response);)),
    };
    let Some((item, name, ty)) = variant else {
        return Some((sent, quote!(let response = #value; #check)));
    };
    let (item, name) = (writer.item(item), ident(&name));
    let pattern = if ty == RustType::Unit {
        quote!(#item::#name)
    } else {
        quote!(#item::#name(response))
    };
    let check = quote! {
        let #pattern = #value else { panic!("the response has another status") };
        #check
    };
    Some((sent, check))
}

/// The variant of a response, if the operation has several.
fn find_variant(
    plan: &Plan<'_>,
    method: &MethodPlan<'_>,
    status: StatusPattern,
) -> Option<(ItemId, RustIdent, RustType)> {
    let RustType::Item(id) = &method.returns else {
        return None;
    };
    let ItemKind::Outcome(outcome) = &plan.item(*id).kind else {
        return None;
    };
    let variant = outcome
        .variants
        .iter()
        .find(|variant| variant.status == status)?;
    Some((*id, variant.ident.clone(), variant.ty.clone()))
}

/// Most JSON values in a response of a test. Some documents have examples of tens of thousands of
/// lines, which would not improve a test.
pub(super) const MAX_SAMPLE_VALUES: usize = 500;

/// Counts the JSON values within a value, including the value itself.
pub(super) fn count_values(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count_values).sum(),
        Value::Object(properties) => properties.values().map(count_values).sum(),
        _ => 0,
    }
}

/// The document's first usable example of a response, or a generated value, as the client encodes it.
fn example(plan: &Plan<'_>, content: &BodyContent, ty: &RustType) -> Option<Value> {
    let written = |value: &Value| Some(plan.sample(ty, value)?.1);
    let shown = content.examples.iter().map(|example| &example.value);
    shown
        .filter(|value| count_values(value) <= MAX_SAMPLE_VALUES)
        .find_map(written)
        .or_else(|| written(&sample_value(plan, ty)))
}
