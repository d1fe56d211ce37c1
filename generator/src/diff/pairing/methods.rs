//! Pairs the methods of two crates.

use std::collections::HashMap;
use std::hash::Hash;

use crate::diff::change::Confidence;
use crate::diff::surface::{MethodSurface, Surface};

/// A method of one crate or of both, by their indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::diff) struct MethodPair {
    /// The method of the old crate.
    pub(in crate::diff) base: Option<usize>,
    /// The method of the new crate.
    pub(in crate::diff) head: Option<usize>,
    /// The confidence that both are the same.
    pub(in crate::diff) confidence: Confidence,
}

/// Pairs the methods of two crates: those of the old one in order, then the new ones.
pub(in crate::diff) fn pair_methods(base: &Surface, head: &Surface) -> Vec<MethodPair> {
    let mut pairing = Pairing {
        head_of: vec![None; base.methods.len()],
        is_taken: vec![false; head.methods.len()],
        base,
        head,
    };
    let name = |surface: &Surface, method: &MethodSurface| Some(surface.method_path(method));
    let endpoint = |method: &MethodSurface| method.endpoint.clone();
    let pattern = |method: &MethodSurface| {
        let endpoint = &method.endpoint;
        (
            endpoint.verb.clone(),
            endpoint.path_pattern(),
            endpoint.variant.clone(),
        )
    };
    let certain = Confidence::Certain;
    pairing.pair_by(certain, |surface, method| {
        Some((surface.method_path(method), pattern(method)))
    });
    pairing.pair_by(certain, |_, method| Some(endpoint(method)));
    pairing.pair_by(certain, |_, method| Some(pattern(method)));
    pairing.pair_by(Confidence::Likely, name);
    pairing.pair_by(Confidence::Likely, |_, method| {
        let id = method.operation_id.clone()?;
        Some((id, method.endpoint.variant.clone()))
    });
    pairing.finish()
}

struct Pairing<'s> {
    head_of: Vec<Option<(usize, Confidence)>>,
    is_taken: Vec<bool>,
    base: &'s Surface,
    head: &'s Surface,
}

impl Pairing<'_> {
    /// Pairs methods that are not paired yet, if only they have a key.
    fn pair_by<K: Hash + Eq>(
        &mut self,
        confidence: Confidence,
        key: impl Fn(&Surface, &MethodSurface) -> Option<K>,
    ) {
        let mut heads: HashMap<K, Vec<usize>> = HashMap::new();
        let free = self.head.methods.iter().zip(&self.is_taken).enumerate();
        for (index, (method, _)) in free.filter(|(_, (_, taken))| !**taken) {
            if let Some(key) = key(self.head, method) {
                heads.entry(key).or_default().push(index);
            }
        }
        let mut bases: HashMap<K, Vec<usize>> = HashMap::new();
        for (index, method) in self.base.methods.iter().enumerate() {
            let is_free = self.head_of.get(index).is_some_and(Option::is_none);
            if let Some(key) = key(self.base, method).filter(|_| is_free) {
                bases.entry(key).or_default().push(index);
            }
        }
        for (key, bases) in bases {
            if let ([base], Some([head])) = (bases.as_slice(), heads.get(&key).map(Vec::as_slice)) {
                self.add(*base, *head, confidence);
            }
        }
    }

    fn add(&mut self, base: usize, head: usize, confidence: Confidence) {
        if let Some(slot) = self.head_of.get_mut(base) {
            *slot = Some((head, confidence));
        }
        if let Some(taken) = self.is_taken.get_mut(head) {
            *taken = true;
        }
    }

    fn finish(self) -> Vec<MethodPair> {
        let bases = self.head_of.iter().enumerate();
        let bases = bases.map(|(base, found)| MethodPair {
            base: Some(base),
            head: found.map(|(head, _)| head),
            confidence: found.map_or(Confidence::Certain, |(_, confidence)| confidence),
        });
        let new = self.is_taken.iter().enumerate();
        let new = new
            .filter(|(_, taken)| !**taken)
            .map(|(head, _)| MethodPair {
                base: None,
                head: Some(head),
                confidence: Confidence::Certain,
            });
        bases.chain(new).collect()
    }
}
