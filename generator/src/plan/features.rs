//! Features: which parts of the crate its users can leave out.
//!
//! Each resource below the client is a feature, with the resources below it. A
//! file of types is compiled where one of the resources that reach it is, so
//! that a build pays for what it uses. What speaks HTTP is behind the runtime's
//! own feature, `client`.

use std::collections::{BTreeSet, HashSet};

use super::files::Family;
use super::item::{FieldPlan, Item, ItemId, ItemKind, RustType};
use super::methods::{MethodPlan, ResourcePlan, WebhookPlan};
use crate::ir::Words;

/// The feature that is all resources at once.
pub const ALL: &str = "resources";

/// The features that the runtime has or may get, and what else must not be the
/// name of a resource's.
pub(crate) const OURS: &[&str] = &[
    ALL,
    "blocking",
    "brotli",
    "client",
    "default",
    "fs",
    "full",
    "gzip",
    "http",
    "mock",
    "native-tls",
    "reqwest",
    "rustls",
    "serde",
    "std",
    "stream",
    "test",
    "tokio",
    "tower",
    "tracing",
    "types",
    "wasm",
    "webhook",
    "zstd",
];

/// As many as leave room for the runtime's own: crates.io takes 300 at most.
const MOST: usize = 250;

/// What more resources than this reach is worth no condition: it is too long to
/// be read, and seldom false.
const LONGEST: usize = 12;

/// When a part of the crate is compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Only with the feature `client`.
    pub client: bool,
    /// Only with one of these features; always if there is none.
    pub any: Vec<String>,
}

impl Gate {
    /// Always.
    pub(super) const fn open() -> Self {
        Self {
            client: false,
            any: Vec::new(),
        }
    }

    /// When any of several parts is compiled.
    pub(super) fn of_any(gates: &[&Self]) -> Self {
        let mut any = Vec::new();
        for feature in gates.iter().flat_map(|gate| &gate.any) {
            if !any.contains(feature) {
                any.push(feature.clone());
            }
        }
        if any.len() > LONGEST || gates.iter().any(|gate| gate.any.is_empty()) {
            any.clear();
        }
        Self {
            client: gates.iter().all(|gate| gate.client),
            any,
        }
    }

    /// The predicate of a `cfg`, unless it is always true.
    #[must_use]
    pub fn predicate(&self) -> Option<String> {
        let any: Vec<String> = self.any.iter().map(|name| feature(name)).collect();
        let any = match any.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            several => Some(format!("any({})", several.join(", "))),
        };
        let client = self.client.then(|| feature("client"));
        match (client, any) {
            (Some(client), Some(any)) => Some(format!("all({client}, {any})")),
            (client, any) => client.or(any),
        }
    }
}

fn feature(name: &str) -> String {
    format!("feature = \"{name}\"")
}

/// Gives each resource below the client the name of its feature, and those
/// below it the same. One resource alone is what the crate is for.
pub(super) fn name(resources: &mut [ResourcePlan<'_>]) {
    let top: Vec<usize> = match resources.first() {
        Some(root) => root.children.iter().map(|(_, index)| *index).collect(),
        None => return,
    };
    if top.len() < 2 || top.len() > MOST {
        return;
    }
    let mut taken: HashSet<String> = HashSet::new();
    for index in top {
        let Some(accessor) = resources.get(index).and_then(|r| r.path.first()).cloned() else {
            continue;
        };
        let feature = claim(&Words::split(accessor.as_str()), &mut taken);
        for resource in resources.iter_mut() {
            if resource.path.first() == Some(&accessor) {
                resource.feature = Some(feature.clone());
            }
        }
    }
}

/// A name that Cargo takes and nothing else has.
fn claim(words: &Words, taken: &mut HashSet<String>) -> String {
    let text = words.snake();
    let text = text.trim_matches('_');
    let mut name: String = text
        .chars()
        .map(|c| match c {
            '_' => "-".to_owned(),
            c if c.is_ascii_alphanumeric() => c.to_string(),
            c => format!("u{:x}", u32::from(c)),
        })
        .collect();
    if name.is_empty() || OURS.contains(&name.as_str()) {
        name.push_str("-resource");
    }
    let name = name.trim_start_matches('-').to_owned();
    let mut unique = name.clone();
    let mut number = 2_u32;
    while !taken.insert(unique.clone()) {
        unique = format!("{name}-{number}");
        number += 1;
    }
    unique
}

/// Decides when each file of types is compiled.
///
/// A file that is, has all that its types mention: what reaches a file reaches
/// those that it mentions, and the more reach it, the sooner the condition falls.
pub(super) fn gate(
    families: &mut [Family],
    items: &[Item<'_>],
    resources: &[ResourcePlan<'_>],
    webhooks: Option<&WebhookPlan>,
    always: Option<&RustType>,
) {
    let mut order: Vec<&str> = Vec::new();
    for feature in resources.iter().filter_map(|r| r.feature.as_deref()) {
        if !order.contains(&feature) {
            order.push(feature);
        }
    }
    let mut reach = Reach::new(families, items);
    reach.visit(always, None);
    for (index, resource) in resources.iter().enumerate() {
        let feature = resource.feature.as_deref();
        resource
            .methods
            .iter()
            .for_each(|m| reach.method(m, feature));
        let event = webhooks.filter(|webhooks| webhooks.resource == index);
        reach.visit(event.map(|w| RustType::Item(w.event)).as_ref(), feature);
    }
    for (family, found) in families.iter_mut().zip(reach.found) {
        family.gate = Gate {
            client: family.items.iter().all(|id| {
                items
                    .get(id.index())
                    .is_some_and(|item| item.is_of_client())
            }),
            any: found.condition(&order),
        };
    }
}

/// What reaches a file.
#[derive(Default, Clone)]
struct Found<'a> {
    always: bool,
    features: BTreeSet<&'a str>,
}

impl Found<'_> {
    /// The features in the order of their resources; none if it is compiled always.
    fn condition(&self, order: &[&str]) -> Vec<String> {
        if order.is_empty() || self.always || self.is_common(order.len()) {
            return Vec::new();
        }
        if self.features.is_empty() {
            return vec![ALL.to_owned()];
        }
        let found = order.iter().filter(|name| self.features.contains(*name));
        found.map(|name| (*name).to_owned()).collect()
    }

    /// Whether three of four resources reach it, or more than can be listed.
    fn is_common(&self, of: usize) -> bool {
        self.features.len() > LONGEST || self.features.len() * 4 > of * 3
    }
}

/// A walk from what resources mention to all that they reach.
struct Reach<'a, 'i> {
    items: &'i [Item<'i>],
    /// The place of each item's file.
    places: Vec<usize>,
    members: Vec<Vec<ItemId>>,
    found: Vec<Found<'a>>,
}

impl<'a, 'i> Reach<'a, 'i> {
    fn new(families: &[Family], items: &'i [Item<'i>]) -> Self {
        let mut places = vec![0; items.len()];
        for (place, family) in families.iter().enumerate() {
            for id in &family.items {
                if let Some(slot) = places.get_mut(id.index()) {
                    *slot = place;
                }
            }
        }
        Self {
            items,
            places,
            members: families.iter().map(|family| family.items.clone()).collect(),
            found: vec![Found::default(); families.len()],
        }
    }

    fn method(&mut self, method: &MethodPlan<'_>, feature: Option<&'a str>) {
        self.visit(Some(&method.returns), feature);
        self.visit(method.params.map(RustType::Item).as_ref(), feature);
        for arg in &method.path_args {
            self.visit(Some(&arg.ty), feature);
        }
        for failure in &method.failures {
            self.visit(failure.body.as_ref(), feature);
        }
    }

    /// Marks all files that a type reaches; without a feature, for good.
    fn visit(&mut self, ty: Option<&RustType>, feature: Option<&'a str>) {
        let mut open = Vec::new();
        ty.into_iter().for_each(|ty| mentioned(ty, &mut open));
        while let Some(id) = open.pop() {
            let Some(&place) = self.places.get(id.index()) else {
                continue;
            };
            let is_new = self
                .found
                .get_mut(place)
                .is_some_and(|found| match feature {
                    Some(feature) => found.features.insert(feature),
                    None => !std::mem::replace(&mut found.always, true),
                });
            if is_new {
                for id in self.members.get(place).into_iter().flatten() {
                    if let Some(item) = self.items.get(id.index()) {
                        match item.twin {
                            Some(twin) => open.push(twin),
                            None => held(&item.kind, &mut open),
                        }
                    }
                }
            }
        }
    }
}

/// The items that a type mentions.
fn mentioned(ty: &RustType, into: &mut Vec<ItemId>) {
    match ty {
        RustType::Item(id) => into.push(*id),
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Nullable(inner)
        | RustType::Boxed(inner) => mentioned(inner, into),
        RustType::Tuple(types) => types.iter().for_each(|ty| mentioned(ty, into)),
        RustType::OpenTuple(types, rest) => {
            types.iter().for_each(|ty| mentioned(ty, into));
            mentioned(rest, into);
        }
        _ => {}
    }
}

/// The items that an item is made of.
pub(super) fn held(kind: &ItemKind<'_>, into: &mut Vec<ItemId>) {
    let fields = |fields: &[FieldPlan<'_>], into: &mut Vec<ItemId>| {
        fields.iter().for_each(|field| mentioned(&field.ty, into));
    };
    match kind {
        ItemKind::Struct(object) => {
            fields(&object.fields, into);
            object.extra.ty.iter().for_each(|ty| mentioned(ty, into));
        }
        ItemKind::Params(params) => {
            fields(&params.fields, into);
            let extra = params.extra.as_ref().and_then(|extra| extra.ty.as_ref());
            extra.into_iter().for_each(|ty| mentioned(ty, into));
        }
        ItemKind::Union(union) => union.variants.iter().for_each(|v| mentioned(&v.ty, into)),
        ItemKind::Outcome(outcome) => {
            outcome.variants.iter().for_each(|v| mentioned(&v.ty, into));
        }
        ItemKind::Alias(alias) => mentioned(&alias.ty, into),
        ItemKind::Enum(_) => {}
    }
}
