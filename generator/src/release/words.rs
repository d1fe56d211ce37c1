//! Changes in the words of users: `chats().list` takes `limit`.

use std::collections::HashMap;

use super::section::EntrySection;
use crate::diff::surface::Surface;
use crate::diff::{Change, Code};

/// The methods that take parameters, by the names of the types of the parameters.
pub(super) struct ParameterOwners(HashMap<String, String>);

impl ParameterOwners {
    /// Reads the methods of two crates. The new crate has precedence.
    pub(super) fn new(base: &Surface, head: &Surface) -> Self {
        let mut owners = HashMap::new();
        for surface in [head, base] {
            for method in &surface.methods {
                if let Some(params) = method.params {
                    let path = surface.method_path(method);
                    let name = surface.name(params).to_owned();
                    owners.entry(name).or_insert(path);
                }
            }
        }
        Self(owners)
    }

    /// Returns the method that takes parameters of a type.
    pub(super) fn find(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

/// Splits `types::Chat::name` into the type and its member.
pub(super) fn split_member(item: &str) -> Option<(&str, &str)> {
    item.strip_prefix("types::")?.split_once("::")
}

/// Describes a change in a sentence without a final period.
pub(super) fn describe(change: &Change, section: EntrySection, owners: &ParameterOwners) -> String {
    let sentence = describe_kept_name(change, section)
        .or_else(|| describe_member(change, owners))
        .or_else(|| describe_whole(change, section))
        .unwrap_or_else(|| change.summary.clone());
    capitalize(&shorten_items(&sentence))
}

/// Describes a rename whose old name is kept.
fn describe_kept_name(change: &Change, section: EntrySection) -> Option<String> {
    let renamed = change.renamed.as_ref()?;
    (section == EntrySection::Deprecated)
        .then(|| format!("`{}`: its new name is `{}`", renamed.from, change.item))
}

/// Describes an item that was added or removed: `The method …, with …`.
fn describe_whole(change: &Change, section: EntrySection) -> Option<String> {
    let noun = match change.code {
        Code::MethodAdded | Code::MethodRemoved => "method",
        Code::ResourceAdded | Code::ResourceRemoved => "resource",
        Code::TypeAdded | Code::TypeRemoved => "type",
        Code::ClientOptionAdded | Code::ClientOptionRemoved => "option",
        _ => return None,
    };
    if !matches!(section, EntrySection::Added | EntrySection::Removed) {
        return None;
    }
    let related: Vec<String> = change
        .related
        .iter()
        .filter(|item| noun != "resource" || !item.starts_with("types::"))
        .map(|item| format!("`{item}`"))
        .collect();
    let item = &change.item;
    Some(match related.as_slice() {
        [] => format!("the {noun} `{item}`"),
        related => format!("the {noun} `{item}` with {}", join_words(related)),
    })
}

/// Joins words: `a`, `b` and `c`.
fn join_words(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Describes a change of a field, a parameter or a variant.
fn describe_member(change: &Change, owners: &ParameterOwners) -> Option<String> {
    let (name, member) = split_member(&change.item)?;
    let old = change.renamed.as_ref().and_then(|renamed| {
        let (_, member) = split_member(&renamed.from)?;
        Some(member)
    });
    if let Some(method) = owners.find(name) {
        return describe_parameter(change.code, method, member, old);
    }
    let sentence = match (change.code, old) {
        (Code::FieldAdded, _) => format!("`{name}` has the field `{member}`"),
        (Code::RequiredFieldAdded, _) => format!("`{name}::new` needs `{member}`"),
        (Code::FieldRemoved, _) => format!("the field `{name}::{member}`"),
        (Code::FieldRenamed, Some(old)) => format!("`{name}::{member}` was `{name}::{old}`"),
        (Code::VariantAdded, _) => format!("`{name}` has the variant `{member}`"),
        (Code::VariantRemoved, _) => format!("the variant `{name}::{member}`"),
        _ => return None,
    };
    Some(sentence)
}

fn describe_parameter(code: Code, method: &str, name: &str, old: Option<&str>) -> Option<String> {
    let sentence = match (code, old) {
        (Code::ParameterAdded | Code::FieldAdded, _) => format!("`{method}` takes `{name}`"),
        (Code::RequiredParameterAdded | Code::RequiredFieldAdded, _) => {
            format!("`{method}` needs `{name}`")
        }
        (Code::ParameterRemoved | Code::FieldRemoved, _) => {
            format!("`{method}` does not take `{name}` any more")
        }
        (Code::ParameterRenamed | Code::FieldRenamed, Some(old)) => {
            format!("`{method}` takes `{name}` under this name, which was `{old}`")
        }
        (Code::ParameterBecameRequired | Code::FieldBecameRequired, _) => {
            format!("`{method}` needs `{name}`, which was optional")
        }
        (Code::ParameterBecameOptional | Code::FieldBecameOptional, _) => {
            format!("`{method}` does not need `{name}` any more")
        }
        _ => return None,
    };
    Some(sentence)
}

/// Shortens the items in the code spans of a sentence: `chats().list` for `Client::chats().list`.
pub(super) fn shorten_items(sentence: &str) -> String {
    let parts = sentence.split('`').enumerate();
    let parts: Vec<&str> = parts
        .map(|(index, part)| match index % 2 {
            0 => part,
            _ => shorten_item(part),
        })
        .collect();
    parts.join("`")
}

/// Shortens an item as users know it.
pub(super) fn shorten_item(item: &str) -> &str {
    match item.strip_prefix("Client::") {
        Some(call) if call.contains("()") => call,
        _ => item.strip_prefix("types::").unwrap_or(item),
    }
}

pub(super) fn capitalize(sentence: &str) -> String {
    let mut chars = sentence.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
