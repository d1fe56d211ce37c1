//! A description and the official SDK of its vendor.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use anyhow::Context;
use sdkwright::pipeline::{ConfigFile, Options, outline};
use serde::Deserialize;

/// A method and a path, with `{}` for each parameter.
type Endpoint = (String, String);

/// Calls of each endpoint, as names compare: `chat.completions.create`.
type Calls = BTreeMap<Endpoint, BTreeSet<String>>;

/// The calls of an official SDK, and the style that its vendor's SDKs have.
#[derive(Debug, Deserialize)]
struct Official {
    style: String,
    calls: BTreeMap<String, Vec<String>>,
}

/// The comparison of the calls of a pair.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) style: String,
    /// Number of endpoints that both have.
    pub(super) calls: usize,
    pub(super) same: usize,
    pub(super) same_resource: usize,
    pub(super) same_method: usize,
    /// Number of calls whose name another operation has.
    pub(super) shared: usize,
    /// The endpoints whose calls differ, with ours and the official ones.
    differences: Vec<String>,
}

impl Pair {
    /// Compares the pair of a folder.
    pub(super) fn compare(folder: &Path) -> anyhow::Result<Self> {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(folder.join("official.json"))?;
        let official: Official = serde_json::from_str(&text).with_context(|| name.to_string())?;
        let inferred =
            infer_calls(&folder.join("openapi.json")).with_context(|| name.to_string())?;
        let mut pair = Self {
            name: name.into_owned(),
            style: official.style.clone(),
            calls: 0,
            same: 0,
            same_resource: 0,
            same_method: 0,
            shared: count_shared(&inferred),
            differences: Vec::new(),
        };
        for (endpoint, theirs) in &official.read_calls() {
            if let Some(ours) = inferred.get(endpoint) {
                pair.add(endpoint, ours, theirs);
            }
        }
        Ok(pair)
    }

    fn add(&mut self, endpoint: &Endpoint, ours: &BTreeSet<String>, theirs: &BTreeSet<String>) {
        let share = |part: fn(&str) -> &str| {
            let theirs: BTreeSet<&str> = theirs.iter().map(|call| part(call)).collect();
            ours.iter().any(|call| theirs.contains(part(call)))
        };
        let is_same = share(|call| call);
        self.calls += 1;
        self.same += usize::from(is_same);
        self.same_resource += usize::from(share(|call| split_call(call).0));
        self.same_method += usize::from(share(|call| split_call(call).1));
        if !is_same {
            let list =
                |calls: &BTreeSet<String>| calls.iter().cloned().collect::<Vec<_>>().join(" ");
            let (method, path) = endpoint;
            let (ours, theirs) = (list(ours), list(theirs));
            self.differences
                .push(format!("{method:6} {path:60} {ours}   official {theirs}"));
        }
    }

    /// Prints the calls that differ.
    pub(super) fn print_differences(&mut self) {
        println!("{}", self.name);
        for difference in &self.differences {
            println!("  {difference}");
        }
    }
}

impl Official {
    fn read_calls(&self) -> Calls {
        let mut calls = Calls::new();
        for (endpoint, names) in &self.calls {
            let (method, path) = endpoint.split_once(' ').unwrap_or(("", endpoint));
            let names = names.iter().map(|name| normalize(name));
            calls.entry(key(method, path)).or_default().extend(names);
        }
        calls
    }
}

/// The calls that the compiler infers for a document.
fn infer_calls(document: &Path) -> anyhow::Result<Calls> {
    let mut options = Options::new(document);
    options.config = ConfigFile::None;
    let outline = outline(&options).map_err(|failure| anyhow::anyhow!("{failure}"))?;
    let mut calls = Calls::new();
    for call in &outline.calls {
        let names = calls.entry(key(&call.http_method, &call.path)).or_default();
        names.insert(normalize(&call.name));
    }
    Ok(calls)
}

/// The resources of a call, and its method.
fn split_call(call: &str) -> (&str, &str) {
    call.rsplit_once('.').unwrap_or(("", call))
}

/// A call without case and underscores. `get` is `retrieve` and `new` is `create`.
fn normalize(call: &str) -> String {
    let kept = call
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '.');
    let call: String = kept.map(|c| c.to_ascii_lowercase()).collect();
    let (resources, method) = split_call(&call);
    let method = match method {
        "get" => "retrieve",
        "new" => "create",
        other => other,
    };
    if resources.is_empty() {
        method.to_owned()
    } else {
        format!("{resources}.{method}")
    }
}

fn key(method: &str, path: &str) -> Endpoint {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let mut parts = path.split('{');
    let mut shape = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shape.push_str("{}");
        shape.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    let shape = shape.trim_end_matches('/').to_owned();
    (method.to_ascii_lowercase(), shape)
}

/// Number of calls that have a name which another endpoint has.
fn count_shared(calls: &Calls) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in calls.values().flatten() {
        *counts.entry(name).or_default() += 1;
    }
    counts.values().map(|count| count - 1).sum()
}

#[cfg(test)]
mod tests {
    use super::{key, normalize};

    #[test]
    fn names_compare_without_case_and_synonyms() {
        for (call, normal) in [
            ("chat.completions.create", "chat.completions.create"),
            ("emailDomains.get", "emaildomains.retrieve"),
            ("pay_outs.new", "payouts.create"),
            ("me", "me"),
        ] {
            assert_eq!(normalize(call), normal);
        }
    }

    #[test]
    fn paths_compare_without_names_of_parameters() {
        let (method, path) = key("GET", "/files/{file_id}/parts/{id}.pdf?x=1");
        assert_eq!(
            (method.as_str(), path.as_str()),
            ("get", "/files/{}/parts/{}.pdf")
        );
    }
}
