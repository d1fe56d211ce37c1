//! Feature gates: the conditions under which parts of the crate are compiled.

/// Most features in the condition of a file. A longer one is hard to read and seldom false, so such
/// files are always compiled.
pub(super) const MAX_GATE_FEATURES: usize = 12;

/// The condition under which a part of the crate is compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureGate {
    /// Only with the feature `client`.
    pub client: bool,
    /// Only with one of these features; if the list is empty, always.
    pub any: Vec<String>,
}

impl FeatureGate {
    /// Returns a gate without a condition.
    #[must_use]
    pub const fn always() -> Self {
        Self {
            client: false,
            any: Vec::new(),
        }
    }

    /// Returns a gate that is open if any of these gates is.
    pub(super) fn any_of(gates: &[&Self]) -> Self {
        let mut any = Vec::new();
        for feature in gates.iter().flat_map(|gate| &gate.any) {
            if !any.contains(feature) {
                any.push(feature.clone());
            }
        }
        if any.len() > MAX_GATE_FEATURES || gates.iter().any(|gate| gate.any.is_empty()) {
            any.clear();
        }
        Self {
            client: gates.iter().all(|gate| gate.client),
            any,
        }
    }

    /// Returns the predicate of a `cfg`, unless it is always true.
    #[must_use]
    pub fn predicate(&self) -> Option<String> {
        let any: Vec<String> = self
            .any
            .iter()
            .map(|name| feature_predicate(name))
            .collect();
        let any = match any.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            several => Some(format!("any({})", several.join(", "))),
        };
        let client = self.client.then(|| feature_predicate("client"));
        match (client, any) {
            (Some(client), Some(any)) => Some(format!("all({client}, {any})")),
            (client, any) => client.or(any),
        }
    }
}

fn feature_predicate(name: &str) -> String {
    format!("feature = \"{name}\"")
}
