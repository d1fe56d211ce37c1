//! Entries of a configuration that name something that the document no longer has.
//!
//! An endpoint whose path variables have other names is the same endpoint, so its line follows the
//! document. Other entries are removed, if the caller asks for it.

use std::collections::HashSet;

use super::config_text::read;
use crate::config::{Config, Endpoint, MethodKind, Resource};
use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, Method};
use crate::load::Document;
use crate::lower::lower;
use crate::plan::plan;
use crate::source::Pointer;
use crate::source::yaml_edit::{find_scalar, remove_entry};

/// The treatment of entries for items that the document no longer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LostEntries {
    /// They stay.
    #[default]
    Keep,
    /// They are removed.
    Remove,
}

/// The codes of entries that name something that does not exist.
const LOST: [Code; 4] = [
    Code::UnknownEndpoint,
    Code::UnknownModel,
    Code::UnknownAlias,
    Code::UnknownMethodAlias,
];

/// An endpoint whose path variables have new names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenamedEndpoint {
    /// The endpoint in the configuration before.
    pub from: Endpoint,
    /// The endpoint of the document.
    pub to: Endpoint,
}

/// Writes the new names of path variables. No other text changes.
pub(super) fn rename_variables(
    api: &Api,
    config: &Config,
    text: &mut String,
) -> Vec<RenamedEndpoint> {
    let declared = declared_endpoints(api);
    let mut methods = Vec::new();
    list_endpoints(&config.resources, &mut methods);
    let named: HashSet<&Endpoint> = methods.iter().map(|(endpoint, _)| *endpoint).collect();
    let mut renamed = Vec::new();
    for (from, pointer) in &methods {
        if declared.contains(from) {
            continue;
        }
        let mut same = declared.iter().filter(|to| {
            to.method == from.method && !named.contains(to) && has_same_shape(&to.path, &from.path)
        });
        let (Some(to), None) = (same.next(), same.next()) else {
            continue;
        };
        if let Some(changed) = set_endpoint(text, pointer, to) {
            *text = changed;
            renamed.push(RenamedEndpoint {
                from: (*from).clone(),
                to: to.clone(),
            });
        }
    }
    renamed
}

/// Returns the endpoints of the document, in its order.
fn declared_endpoints(api: &Api) -> Vec<Endpoint> {
    let operations = api.operations.iter().map(|it| (&it.method, &it.path));
    let omitted = api.omitted.iter().map(|(method, path)| (method, path));
    let endpoint = |(method, path): (&Method, &String)| Endpoint {
        method: method.clone(),
        path: path.clone(),
    };
    operations.chain(omitted).map(endpoint).collect()
}

fn list_endpoints<'c>(
    resources: impl IntoIterator<Item = (&'c String, &'c Resource)>,
    found: &mut Vec<(&'c Endpoint, &'c Pointer)>,
) {
    for (_, resource) in resources {
        for method in resource.methods.values() {
            if let MethodKind::Http(endpoint) = &method.kind {
                found.push((endpoint, &method.pointer));
            }
        }
        list_endpoints(&resource.subresources, found);
    }
}

/// Whether two paths differ in the names of variables only.
fn has_same_shape(a: &str, b: &str) -> bool {
    fn is_variable(segment: &str) -> bool {
        segment.starts_with('{') && segment.ends_with('}')
    }
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split('/').collect(), b.split('/').collect());
    let mut segments = a.iter().zip(&b);
    a.len() == b.len() && segments.all(|(a, b)| a == b || (is_variable(a) && is_variable(b)))
}

/// Writes the endpoint of a method: its value, or the `endpoint` of its mapping.
fn set_endpoint(text: &str, method: &Pointer, endpoint: &Endpoint) -> Option<String> {
    let mut path: Vec<String> = method.segments().collect();
    let range = find_scalar(text, &path).or_else(|| {
        path.push("endpoint".to_owned());
        find_scalar(text, &path)
    })?;
    let old = text.get(range.clone())?;
    let verb = old.trim_matches(['"', '\'']).split_whitespace().next()?;
    let quote = old.get(..1).filter(|it| matches!(*it, "\"" | "'"));
    let quote = quote.unwrap_or_default();
    let written = format!("{quote}{verb} {}{quote}", endpoint.path);
    let mut text = text.to_owned();
    text.replace_range(range, &written);
    Some(text)
}

/// Removes entries that name something that the document does not have, and then those that name a
/// removed entry. Returns the paths of their keys.
pub(super) fn remove_lost(
    document: &Document,
    text: &mut String,
) -> Result<Vec<String>, Diagnostics> {
    let mut removed = Vec::new();
    loop {
        let count = removed.len();
        for pointer in find_lost(document, text)? {
            let mut path: Vec<String> = pointer.segments().collect();
            path.pop_if(|last| matches!(last.as_str(), "endpoint" | "openapi_uri"));
            if let Some(shorter) = remove_entry(text, &path) {
                *text = shorter;
                removed.push(path.join("."));
            }
        }
        if removed.len() == count {
            return Ok(removed);
        }
    }
}

/// Returns the entries that name something that the document does not have.
fn find_lost(document: &Document, text: &str) -> Result<Vec<Pointer>, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let config = read(text, &mut diagnostics)?;
    let api = lower(document, &config, &mut diagnostics);
    let _plan = plan(&api, &mut diagnostics);
    let found = diagnostics.iter().filter(|it| LOST.contains(&it.code));
    Ok(found.map(|it| it.pointer.clone()).collect())
}

#[cfg(test)]
mod tests {
    use super::has_same_shape;

    #[test]
    fn variables_are_equal_whatever_their_names() {
        for (a, b, expected) in [
            ("/pets/{petId}", "/pets/{id}", true),
            ("/pets/{id}/toys", "/pets/{id}/{toy}", false),
            ("/pets/{id}", "/pets", false),
            ("/a/{b}.json", "/a/{c}.json", false),
        ] {
            assert_eq!(has_same_shape(a, b), expected, "{a} {b}");
        }
    }
}
