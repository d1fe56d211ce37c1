//! Pairs the types of two crates.

use std::collections::HashMap;
use std::hash::Hash;

use super::MethodPair;
use super::similarity::{shape_key, similarity};
use crate::diff::change::Confidence;
use crate::diff::surface::{ItemShape, ItemSurface, MethodSurface, Surface, VariantSurface};
use crate::plan::{ItemId, RustType};

/// Lowest similarity of two types that are paired only because of their use.
const MIN_SIMILARITY: f64 = 0.5;

/// The paired types of two crates.
#[derive(Debug, Clone)]
pub(in crate::diff) struct ItemPairs {
    head_of: Vec<Option<(ItemId, Confidence)>>,
    base_of: Vec<Option<ItemId>>,
}

impl ItemPairs {
    /// Returns the type of the new crate that is paired with a type of the old crate.
    pub(in crate::diff) fn head_of(&self, base: ItemId) -> Option<ItemId> {
        Some(self.head_of.get(base.index()).copied().flatten()?.0)
    }

    /// Returns the type of the old crate that is paired with a type of the new crate.
    pub(in crate::diff) fn base_of(&self, head: ItemId) -> Option<ItemId> {
        self.base_of.get(head.index()).copied().flatten()
    }

    /// Returns the confidence in the pair of a type of the old crate.
    pub(in crate::diff) fn confidence(&self, base: ItemId) -> Option<Confidence> {
        let pair = self.head_of.get(base.index()).copied().flatten()?;
        Some(pair.1)
    }

    fn add(&mut self, base: ItemId, head: ItemId, confidence: Confidence) {
        if let Some(slot) = self.head_of.get_mut(base.index()) {
            *slot = Some((head, confidence));
        }
        if let Some(slot) = self.base_of.get_mut(head.index()) {
            *slot = Some(base);
        }
    }

    fn is_free(&self, base: ItemId, head: ItemId) -> bool {
        self.head_of(base).is_none() && self.base_of(head).is_none()
    }
}

/// Pairs the types of two crates whose methods are paired already.
pub(in crate::diff) fn pair_items(
    base: &Surface,
    head: &Surface,
    methods: &[MethodPair],
) -> ItemPairs {
    let mut pairing = Pairing {
        pairs: ItemPairs {
            head_of: vec![None; base.items.len()],
            base_of: vec![None; head.items.len()],
        },
        base,
        head,
    };
    pairing.pair_former_names();
    pairing.pair_by(Confidence::Certain, |_, item| Some(item.name.clone()));
    pairing.pair_by(Confidence::Certain, |_, item| {
        let kind = item.shape.kind();
        item.pointer.clone().map(|pointer| (kind, pointer))
    });
    pairing.pair_by_use(methods);
    pairing.pair_by(Confidence::Possible, shape_key);
    pairing.pairs
}

struct Pairing<'s> {
    pairs: ItemPairs,
    base: &'s Surface,
    head: &'s Surface,
}

impl Pairing<'_> {
    /// Pairs types that are not paired yet, if only they have a key.
    fn pair_by<K: Hash + Eq>(
        &mut self,
        confidence: Confidence,
        key: impl Fn(&Surface, &ItemSurface) -> Option<K>,
    ) {
        let mut heads: HashMap<K, Vec<ItemId>> = HashMap::new();
        for (id, item) in self.head.items() {
            if self.pairs.base_of(id).is_none()
                && let Some(key) = key(self.head, item)
            {
                heads.entry(key).or_default().push(id);
            }
        }
        let mut bases: HashMap<K, Vec<ItemId>> = HashMap::new();
        for (id, item) in self.base.items() {
            if self.pairs.head_of(id).is_none()
                && let Some(key) = key(self.base, item)
            {
                bases.entry(key).or_default().push(id);
            }
        }
        for (key, bases) in bases {
            if let ([base], Some([head])) = (bases.as_slice(), heads.get(&key).map(Vec::as_slice)) {
                self.pairs.add(*base, *head, confidence);
            }
        }
    }

    /// Pairs the types of the old crate with those that keep their names as aliases.
    fn pair_former_names(&mut self) {
        for (_, former) in self.head.items().filter(|(_, item)| item.is_former_name) {
            let ItemShape::TypeAlias(RustType::Item(head)) = former.shape else {
                continue;
            };
            let mut bases = self.base.items();
            let base = bases.find(|(_, item)| item.name == former.name && !item.is_former_name);
            if let Some((base, _)) = base.filter(|(base, _)| self.pairs.is_free(*base, head)) {
                self.pairs.add(base, head, Confidence::Certain);
            }
        }
    }

    /// Pairs types that are used in the same position, from the methods down.
    fn pair_by_use(&mut self, methods: &[MethodPair]) {
        let mut open: Vec<(ItemId, ItemId)> = Vec::new();
        let bodies = (&self.base.client.error_body, &self.head.client.error_body);
        if let (Some(base), Some(head)) = bodies {
            collect_types(base, head, &mut open);
        }
        let webhooks = (&self.base.client.webhooks, &self.head.client.webhooks);
        if let (Some(base), Some(head)) = webhooks {
            open.push((base.event, head.event));
        }
        for pair in methods {
            let base = pair.base.and_then(|index| self.base.methods.get(index));
            let head = pair.head.and_then(|index| self.head.methods.get(index));
            if let (Some(base), Some(head)) = (base, head) {
                collect_method(base, head, &mut open);
            }
        }
        let items = self.base.items();
        open.extend(items.filter_map(|(id, _)| Some((id, self.pairs.head_of(id)?))));
        open.reverse();
        let mut seen = std::collections::HashSet::new();
        while let Some((base, head)) = open.pop() {
            if !seen.insert((base, head)) {
                continue;
            }
            if self.pairs.is_free(base, head) {
                self.pair_similar(base, head);
            }
            let shapes = self.base.item(base).zip(self.head.item(head));
            if let Some((old, new)) = shapes.filter(|_| self.pairs.head_of(base) == Some(head)) {
                collect_shapes(&old.shape, &new.shape, &mut open);
            }
        }
    }

    fn pair_similar(&mut self, base: ItemId, head: ItemId) {
        let Some((old, new)) = self.base.item(base).zip(self.head.item(head)) else {
            return;
        };
        let similarity = similarity(&old.shape, &new.shape);
        if similarity >= MIN_SIMILARITY {
            self.pairs.add(base, head, Confidence::Likely);
        }
    }
}

fn collect_method(base: &MethodSurface, head: &MethodSurface, into: &mut Vec<(ItemId, ItemId)>) {
    into.extend(base.params.zip(head.params));
    collect_types(&base.returns, &head.returns, into);
    for (old, new) in base.args.iter().zip(&head.args) {
        collect_types(&old.ty, &new.ty, into);
    }
    for (status, old) in &base.failures {
        let new = head.failures.iter().find(|(other, _)| other == status);
        if let (Some(old), Some((_, Some(new)))) = (old, new) {
            collect_types(old, new, into);
        }
    }
}

/// The types in the same positions of two types of the same kind.
fn collect_shapes(base: &ItemShape, head: &ItemShape, into: &mut Vec<(ItemId, ItemId)>) {
    if let Some((base, head)) = base.as_struct().zip(head.as_struct()) {
        let heads: HashMap<&str, _> = head.fields.iter().map(|f| (f.wire.as_str(), f)).collect();
        for old in &base.fields {
            if let Some(new) = heads.get(old.wire.as_str()) {
                collect_types(&old.ty, &new.ty, into);
            }
        }
        let extra = |object: &super::super::surface::StructSurface| object.extra.clone()?.ty;
        if let Some((old, new)) = extra(base).zip(extra(head)) {
            collect_types(&old, &new, into);
        }
    }
    match (base, head) {
        (ItemShape::Union(base), ItemShape::Union(head)) => {
            let is_same = |old: &VariantSurface, new: &VariantSurface| {
                new.name == old.name || !old.values.is_empty() && new.values == old.values
            };
            for old in &base.variants {
                if let Some(new) = head.variants.iter().find(|new| is_same(old, new)) {
                    collect_types(&old.ty, &new.ty, into);
                }
            }
            // Many variants are named after their types. A renamed one stays where it was.
            if base.variants.len() == head.variants.len() {
                for (old, new) in base.variants.iter().zip(&head.variants) {
                    let is_kept = head.variants.iter().any(|other| is_same(old, other));
                    let is_known = base.variants.iter().any(|other| is_same(other, new));
                    if !is_kept && !is_known {
                        collect_types(&old.ty, &new.ty, into);
                    }
                }
            }
        }
        (ItemShape::Outcome(base), ItemShape::Outcome(head)) => {
            for (_, status, old) in &base.variants {
                let mut heads = head.variants.iter();
                if let Some((.., new)) = heads.find(|(_, other, _)| other == status) {
                    collect_types(old, new, into);
                }
            }
        }
        (ItemShape::Wrapper(old), ItemShape::Wrapper(new))
        | (ItemShape::TypeAlias(old), ItemShape::TypeAlias(new)) => collect_types(old, new, into),
        _ => {}
    }
}

/// The types in the same positions of two types, whatever wraps them.
fn collect_types(base: &RustType, head: &RustType, into: &mut Vec<(ItemId, ItemId)>) {
    match (unwrap(base), unwrap(head)) {
        (RustType::Item(base), RustType::Item(head)) => into.push((*base, *head)),
        (RustType::Vec(base), RustType::Vec(head)) | (RustType::Map(base), RustType::Map(head)) => {
            collect_types(base, head, into);
        }
        (RustType::Tuple(bases), RustType::Tuple(heads)) => {
            for (base, head) in bases.iter().zip(heads) {
                collect_types(base, head, into);
            }
        }
        _ => {}
    }
}

fn unwrap(ty: &RustType) -> &RustType {
    match ty {
        RustType::Option(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => {
            unwrap(inner)
        }
        ty => ty,
    }
}
