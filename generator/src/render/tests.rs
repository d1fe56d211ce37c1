//! Tests: one call of each operation against a local server.
//!
//! The values are the document's own examples; where it has none of the right
//! type, values are made up from the schema.

mod path;
mod streams;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value};

use super::expr::{self, Use, Writer};
use super::file::RustFile;
use super::ty::Imports;
use super::{Files, each, ident};
use crate::ir::{BodyContent, Content, OptionRole, Payload, StatusPattern};
use crate::plan::{
    BodyFormat, BodyPlan, Expr, Holder, ItemId, ItemKind, MethodFile, MethodPlan, ParamsPlan,
    PathArg, Place, Plan, QueryWire, ResourcePlan, RustIdent, RustType, sample_value,
};

/// A file for each resource that has methods, divided as the resource is.
pub(super) fn tests(plan: &Plan<'_>, files: &mut Files) {
    each(&plan.resources, files, |resource| {
        let path = format!("tests/wire/{}.rs", resource.module);
        (!resource.methods.is_empty()).then(|| {
            (
                path,
                one(plan, resource, &resource.own_file, &resource.files),
            )
        })
    });
    let parts: Vec<_> = plan
        .resources
        .iter()
        .flat_map(|resource| resource.files.iter().map(move |part| (resource, part)))
        .collect();
    each(&parts, files, |(resource, part)| {
        let path = format!("tests/wire/{}/{}.rs", resource.module, part.module);
        Some((path, one(plan, resource, &part.methods, &[])))
    });
}

fn one(
    plan: &Plan<'_>,
    resource: &ResourcePlan<'_>,
    places: &[usize],
    below: &[MethodFile],
) -> String {
    let mut file = RustFile::new();
    if !below.is_empty() {
        let modules = below.iter().map(|part| ident(&part.module));
        file.push(quote!(#(mod #modules;)*));
    }
    let mut writer = Writer::new(plan);
    let tests: Vec<_> = resource
        .at(places)
        .map(|method| test(plan, resource, method, &mut writer))
        .collect();
    let (krate, items) = (
        quote::format_ident!("{}", plan.crate_ident),
        writer.items.iter().map(ident).collect::<Vec<_>>(),
    );
    let runtime: Vec<_> = writer
        .runtime
        .iter()
        .map(|name| quote::format_ident!("{name}"))
        .collect();
    if !items.is_empty() {
        file.push(quote!(use #krate::types::{#(#items),*};));
    }
    if !runtime.is_empty() {
        file.push(quote!(use #krate::{#(#runtime),*};));
    }
    if !tests.is_empty() {
        file.push(quote!(
            use crate::support::{Exchange, Sent};
        ));
    }
    tests.into_iter().for_each(|test| file.push(test));
    file.finish(&Imports::default())
}

fn test(
    plan: &Plan<'_>,
    resource: &ResourcePlan<'_>,
    method: &MethodPlan<'_>,
    writer: &mut Writer<'_, '_>,
) -> TokenStream {
    let mut call = Call::of(plan, method);
    if let Some(stream) = &method.stream {
        call.asks_for(stream);
    }
    let name = ident(&method.ident);
    let accessors: Vec<_> = resource.path.iter().map(ident).collect();
    let mut args: Vec<TokenStream> = call
        .path
        .iter()
        .map(|(expr, by_ref)| {
            let arg = writer.write(expr, if *by_ref { Use::Exact } else { Use::Argument });
            if *by_ref { quote!(&#arg) } else { arg }
        })
        .collect();
    args.extend(
        call.params
            .iter()
            .map(|expr| writer.write(expr, Use::Argument)),
    );
    let (verb, path, query) = (
        method.operation.method.as_str(),
        &call.target,
        call.query
            .iter()
            .map(|(name, value)| quote!((#name, #value))),
    );
    let body = match &call.body {
        Some(SentBody::Json(value)) => {
            let value = expr::json_text(value);
            quote!(Sent::Json(#value))
        }
        Some(SentBody::Other) => quote!(Sent::Other),
        None => quote!(Sent::Nothing),
    };
    let status = proc_macro2::Literal::u16_unsuffixed(answer_status(method));
    let (answer, check) = match &method.stream {
        Some(stream) => streams::answer(plan, method, stream, &status),
        None => {
            let (answer, check) = answer(plan, method, writer);
            (quote!(.answer(#status, #answer)), check)
        }
    };
    quote! {
        #[tokio::test]
        async fn #name() {
            let exchange = Exchange::new(#verb, #path, &[#(#query),*], #body)#answer.await;
            let answer = exchange.client().#(#accessors().)*#name(#(#args),*).await;
            #check
        }
    }
}

/// The arguments of a sample call: those of the path, and the parameters.
pub(super) fn arguments(
    plan: &Plan<'_>,
    method: &MethodPlan<'_>,
) -> (Vec<(Expr, bool)>, Option<Expr>) {
    let call = Call::of(plan, method);
    (call.path, call.params)
}

/// A call of a method with sample values, and what it sends.
struct Call {
    path: Vec<(Expr, bool)>,
    params: Option<Expr>,
    target: String,
    query: Vec<(String, String)>,
    body: Option<SentBody>,
}

enum SentBody {
    Json(Value),
    Other,
}

impl Call {
    fn of(plan: &Plan<'_>, method: &MethodPlan<'_>) -> Self {
        let mut call = Self {
            path: Vec::new(),
            params: None,
            target: method.operation.path.clone(),
            query: Vec::new(),
            body: None,
        };
        for arg in &method.path_args {
            call.path_arg(plan, arg);
        }
        call.path_options(plan);
        if let Some(id) = method.params
            && let ItemKind::Params(params) = &plan.item(id).kind
        {
            call.params(plan, method, id, params);
        }
        call
    }

    /// The path parameters that are options of the client are what its tests set them to.
    fn path_options(&mut self, plan: &Plan<'_>) {
        for option in &plan.api.package.options {
            if let OptionRole::Path(name) = &option.role
                && let Some(sample) = super::manifest::sample(option)
            {
                let written = sample.trim_matches('"');
                self.target = self.target.replace(&format!("{{{name}}}"), written);
            }
        }
    }

    fn path_arg(&mut self, plan: &Plan<'_>, arg: &PathArg<'_>) {
        let example = arg.example.filter(|value| plain(value)).cloned();
        let value = example
            .filter(|v| plan.sample(&arg.ty, v).is_some())
            .unwrap_or_else(|| sample_value(plan, &arg.ty));
        let Some((expr, value)) = plan.sample(&arg.ty, &value) else {
            return;
        };
        let by_ref = super::resources::by_reference(plan, arg);
        self.target = self.target.replace(
            &format!("{{{}}}", arg.wire),
            &path::written(arg.wire.as_str(), &value, arg.style),
        );
        self.path.push((expr, by_ref));
    }

    fn params(
        &mut self,
        plan: &Plan<'_>,
        method: &MethodPlan<'_>,
        id: ItemId,
        params: &ParamsPlan<'_>,
    ) {
        let example = method
            .operation
            .body
            .as_ref()
            .and_then(|body| body.content.first()?.examples.first())
            .map(|e| &e.value);
        let spread = matches!(params.body, BodyPlan::Whole(_) | BodyPlan::Members(_));
        let mut chosen = Map::new();
        for (field, place) in params.fields.iter().zip(&params.places) {
            let given = match place {
                Place::Member => example
                    .filter(|_| spread)
                    .and_then(|value| value.get(field.wire.as_str())),
                Place::Body => example,
                Place::Query(..) | Place::Header | Place::Cookie => {
                    field.example.filter(|value| plain(value))
                }
            };
            let given = given.filter(|value| plan.sample(&field.full_type(), value).is_some());
            let needed = matches!(field.holder, Holder::Plain | Holder::Null);
            let value = match given {
                Some(value) => value.clone(),
                None if needed => field
                    .example
                    .filter(|v| plan.sample(&field.ty, v).is_some())
                    .cloned()
                    .unwrap_or_else(|| sample_value(plan, &field.ty)),
                None => continue,
            };
            chosen.insert(field.ident.to_string(), value);
        }
        self.encode(plan, id, params, &chosen);
    }

    /// What the chosen values look like on the wire.
    fn encode(
        &mut self,
        plan: &Plan<'_>,
        id: ItemId,
        params: &ParamsPlan<'_>,
        chosen: &Map<String, Value>,
    ) {
        let Some((expr, sent)) = plan.params_sample(id, params, chosen) else {
            return;
        };
        self.params = Some(expr);
        let mut members = Map::new();
        for (field, place) in params.fields.iter().zip(&params.places) {
            let Some(value) = sent.get(field.ident.as_str()) else {
                continue;
            };
            match place {
                Place::Query(
                    QueryWire::Form | QueryWire::FormExplode | QueryWire::Comma | QueryWire::Repeat,
                    _,
                ) if plain(value) => self
                    .query
                    .push((field.wire.as_str().to_owned(), text(value))),
                Place::Member => {
                    members.insert(field.wire.as_str().to_owned(), value.clone());
                }
                Place::Body => self.body = Some(SentBody::Json(value.clone())),
                Place::Query(..) | Place::Header | Place::Cookie => {}
            }
        }
        let format = match &params.body {
            BodyPlan::None => return,
            BodyPlan::Whole(wire) | BodyPlan::Members(wire) => {
                self.body = Some(SentBody::Json(Value::Object(members)));
                wire.format
            }
            BodyPlan::Field(wire) => wire.format,
        };
        if format != BodyFormat::Json && self.body.is_some() {
            self.body = Some(SentBody::Other);
        }
    }
}

/// Whether a value is one piece of text that needs no escaping anywhere.
fn plain(value: &Value) -> bool {
    match value {
        Value::String(text) => {
            !text.is_empty()
                && text
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        }
        Value::Number(number) => number.is_i64() || number.is_u64(),
        Value::Bool(_) => true,
        _ => false,
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// The response that the server answers with.
fn success<'p>(method: &'p MethodPlan<'_>) -> Option<&'p crate::ir::Response> {
    let responses = &method.operation.responses;
    responses
        .iter()
        .find(|r| r.status.is_success())
        .or_else(|| {
            responses
                .iter()
                .find(|r| r.status == StatusPattern::Default)
        })
}

fn answer_status(method: &MethodPlan<'_>) -> u16 {
    match success(method).map(|response| response.status) {
        Some(StatusPattern::Code(code)) => code,
        Some(StatusPattern::Range(_) | StatusPattern::Default) => 200,
        None => 204,
    }
}

/// What the server answers, and what is checked of what the client makes of it.
fn answer(
    plan: &Plan<'_>,
    method: &MethodPlan<'_>,
    writer: &mut Writer<'_, '_>,
) -> (TokenStream, TokenStream) {
    let mut answer = quote!(answer.expect("the call succeeds"));
    if method.paging.is_some() {
        answer = quote!(#answer.into_inner());
    }
    let Some((response, Payload::Content(contents))) = success(method).map(|r| (r, &r.payload))
    else {
        return (quote!("", ""), quote!(#answer;));
    };
    let variant = outcome(plan, method, response.status);
    let returns = variant.as_ref().map_or(&method.returns, |(.., ty)| ty);
    let (sent, check) = match contents.first() {
        Some(content) if matches!(content.content, Content::Json(_)) => {
            let value = example(plan, content, returns);
            let (media_type, text) = (content.media_type.as_str(), expr::json_text(&value));
            (
                quote!(#media_type, #text),
                quote!(exchange.agrees(&answer);),
            )
        }
        Some(content) => {
            let media_type = content.media_type.as_str();
            (
                quote!(#media_type, "the body"),
                quote!(exchange.carries(&answer);),
            )
        }
        None => (quote!("", ""), quote!(drop(answer);)),
    };
    let Some((item, name, ty)) = variant else {
        return (sent, quote!(let answer = #answer; #check));
    };
    let (item, name) = (writer.item(item), ident(&name));
    let pattern = if ty == RustType::Unit {
        quote!(#item::#name)
    } else {
        quote!(#item::#name(answer))
    };
    (
        sent,
        quote! {
            let #pattern = #answer else { panic!("the answer is another one") };
            #check
        },
    )
}

/// The variant of an answer, where the operation has several.
fn outcome(
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

/// The document's example of a response, or a value that is made up.
fn example(plan: &Plan<'_>, content: &BodyContent, ty: &RustType) -> Value {
    let fits = |value: &Value| plan.sample(ty, value).is_some();
    let given = content
        .examples
        .iter()
        .map(|example| &example.value)
        .find(|value| fits(value));
    given.cloned().unwrap_or_else(|| sample_value(plan, ty))
}
