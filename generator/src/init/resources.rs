//! `resources`: the tree with every method, its models and its subresources.

use std::collections::HashMap;

use super::draft::{Draft, Section};
use super::models::{self, ModelEntry};
use super::spelling::spell;
use super::yaml::{Entry, Node, make_entry};
use crate::config::Paginated;
use crate::ir::{
    MediaTypeVariant, Method, Operation, OperationId, OptionRole, Resource, ResourceMethod,
    StreamMode, UnpaginatedReason, Words,
};

/// The `type` of the method that verifies webhooks.
const UNWRAP_TYPE: &str = "webhook_unwrap";

type Models = HashMap<Vec<Words>, Vec<ModelEntry>>;

/// Writes the tree of resources.
pub(super) fn write_tree(draft: &Draft<'_>) -> Node {
    let models = models::group_by_resource(draft);
    let root = &draft.api.root;
    let mut entries = Vec::new();
    if let Some(shared) = model_map(models.get(&Vec::new())) {
        entries.push(make_entry("$shared", Node::Map(vec![shared])));
    }
    let mut methods = method_map(draft, root);
    methods.extend(write_unwraps(draft, &[]));
    if !methods.is_empty() {
        let methods = make_entry("methods", Node::Map(methods));
        entries.push(make_entry("$client", Node::Map(vec![methods])));
    }
    let children = root.children.iter();
    entries.extend(children.map(|child| resource(draft, &models, &[], child)));
    let methods = draft.api.webhooks.iter().flat_map(|it| &it.methods);
    let others = methods.filter(|method| find(root, &method.resource).is_none());
    for method in others {
        if let [name] = method.resource.as_slice() {
            let unwraps = make_entry("methods", Node::Map(write_unwraps(draft, &method.resource)));
            entries.push(make_entry(spell(name), Node::Map(vec![unwraps])));
        }
    }
    Node::Map(entries)
}

fn resource(draft: &Draft<'_>, models: &Models, above: &[Words], source: &Resource) -> Entry {
    let path: Vec<Words> = above.iter().chain([&source.name]).cloned().collect();
    let mut entries: Vec<Entry> = model_map(models.get(&path)).into_iter().collect();
    let mut methods = method_map(draft, source);
    methods.extend(write_unwraps(draft, &path));
    if !methods.is_empty() {
        entries.push(make_entry("methods", Node::Map(methods)));
    }
    let children = source.children.iter();
    let children: Vec<Entry> = children
        .map(|child| resource(draft, models, &path, child))
        .collect();
    if !children.is_empty() {
        entries.push(make_entry("subresources", Node::Map(children)));
    }
    make_entry(spell(&source.name), Node::Map(entries))
}

fn model_map(models: Option<&Vec<ModelEntry>>) -> Option<Entry> {
    let entries = models?.iter().map(|model| {
        let schema = format!("#/components/schemas/{}", escape(&model.component));
        make_entry(&model.name, Node::text(&schema))
    });
    Some(make_entry("models", Node::Map(entries.collect())))
}

/// Escapes a segment of a JSON pointer.
fn escape(segment: &str) -> String {
    segment.replace('~', "~0").replace('/', "~1")
}

/// Writes the methods that the document declares. Those of further media types follow from them.
fn method_map(draft: &Draft<'_>, source: &Resource) -> Vec<Entry> {
    let methods = source.methods.iter();
    let declared = methods.filter_map(|method| {
        let operation = draft.api.operation(method.operation);
        let is_own = operation.media_type_variant.is_none();
        is_own.then(|| method_entry(draft, method, operation))
    });
    declared.collect()
}

fn method_entry(draft: &Draft<'_>, method: &ResourceMethod, operation: &Operation) -> Entry {
    let name = spell(&method.name);
    let doubt = explain_doubt(draft, &name, operation);
    let node = method_node(draft, method.operation, operation);
    make_entry(name, node).comment(doubt)
}

/// Writes a method: its endpoint, and what else was decided about it.
fn method_node(draft: &Draft<'_>, id: OperationId, operation: &Operation) -> Node {
    let method = match &operation.method {
        Method::Other(name) => name.clone(),
        known => known.as_str().to_ascii_lowercase(),
    };
    let endpoint = Node::text(&format!("{method} {}", operation.path));
    let mut entries = Vec::new();
    match draft.pagination.methods.get(&id) {
        Some(Paginated::Never) => entries.push(make_entry("paginated", Node::plain(false))),
        Some(Paginated::Inferred) => entries.push(make_entry("paginated", Node::text("inferred"))),
        Some(Paginated::Scheme(name)) => entries.push(make_entry("paginated", Node::text(name))),
        _ => {}
    }
    let mode = operation.stream.as_ref().map(|stream| &stream.mode);
    match mode.filter(|_| draft.has(Section::Streaming) && !has_variants(draft, id)) {
        Some(StreamMode::Always) => {
            entries.push(make_entry("streaming", Node::Map(Vec::new())));
        }
        Some(StreamMode::OnRequest(Some(switch))) => {
            let switch = make_entry("param_discriminator", Node::text(switch.as_str()));
            entries.push(make_entry("streaming", Node::Map(vec![switch])));
        }
        Some(StreamMode::OnRequest(None)) | None => {}
    }
    if entries.is_empty() {
        return endpoint;
    }
    entries.insert(0, make_entry("endpoint", endpoint));
    Node::Map(entries)
}

/// Whether an operation has methods for further media types, whose streams follow from them.
fn has_variants(draft: &Draft<'_>, id: OperationId) -> bool {
    let mut operations = draft.api.operations.iter();
    operations.any(|operation| match &operation.media_type_variant {
        Some(MediaTypeVariant::RequestBody(of) | MediaTypeVariant::Response(of, _)) => *of == id,
        None => false,
    })
}

/// Says why a decision may be wrong.
fn explain_doubt(draft: &Draft<'_>, name: &str, operation: &Operation) -> Option<String> {
    let mut unpaginated = draft.api.unpaginated.iter();
    let unpaginated = unpaginated.find(|it| it.pointer == operation.pointer);
    let numbered = name.rsplit('_').next().unwrap_or_default();
    if name.contains('_') && numbered.parse::<u32>().is_ok() {
        return Some(
            "Only a number tells this name from another. Give it its own name.".to_owned(),
        );
    }
    match unpaginated?.reason {
        UnpaginatedReason::Configured => None,
        UnpaginatedReason::NotJson => {
            Some("Not paginated: the response is not one kind of JSON.".to_owned())
        }
        UnpaginatedReason::NoList => {
            Some("Not paginated: the response has no list, or several.".to_owned())
        }
        UnpaginatedReason::NoNext => {
            Some("Not paginated: the response does not tell how to get the next page.".to_owned())
        }
    }
}

/// Returns the resource at a path.
fn find<'r>(root: &'r Resource, path: &[Words]) -> Option<&'r Resource> {
    path.iter().try_fold(root, |resource, name| {
        resource.children.iter().find(|child| child.name == *name)
    })
}

/// Writes the methods of a resource that decode webhooks.
fn write_unwraps(draft: &Draft<'_>, path: &[Words]) -> Vec<Entry> {
    let mut options = draft.api.package.options.iter();
    let secret = options.find(|option| option.role == OptionRole::WebhookSecret);
    let methods = draft.api.webhooks.iter().flat_map(|it| &it.methods);
    let own = methods.filter(|method| method.resource == path);
    let entries = own.map(|method| {
        let mut entries = vec![make_entry("type", Node::text(UNWRAP_TYPE))];
        if let Some(secret) = secret.filter(|_| method.is_verified) {
            entries.push(make_entry(
                "webhook_key_opt",
                Node::text(&spell(&secret.name)),
            ));
        }
        make_entry(spell(&method.name), Node::Map(entries))
    });
    entries.collect()
}

/// Writes the endpoints that are left out.
pub(super) fn write_omitted(draft: &Draft<'_>) -> Option<Entry> {
    let endpoints = draft.api.omitted.iter().map(|(method, path)| {
        let method = method.as_str().to_ascii_lowercase();
        Node::text(&format!("{method} {path}"))
    });
    let list = Node::List(endpoints.collect());
    let is_any = !draft.api.omitted.is_empty();
    is_any.then(|| make_entry("unspecified_endpoints", list))
}
