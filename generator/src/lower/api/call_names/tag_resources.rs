//! Tags as resources: the words of their names, and the tags above them.

use std::collections::{HashMap, HashSet};

use openapiv3::OpenAPI;

use crate::ir::Words;
use crate::load::internal_extensions::TAG_PARENT;

/// Endings of tags that are class names, or that only name an API.
const CLASS_SUFFIXES: [&str; 5] = ["api", "controller", "ctrl", "endpoint", "endpoints"];

/// The tags of a document, with their parents (3.2).
#[derive(Debug)]
pub(in crate::lower) struct TagResources<'t> {
    parents: HashMap<&'t str, &'t str>,
}

impl<'t> TagResources<'t> {
    pub(in crate::lower) fn new(openapi: &'t OpenAPI) -> Self {
        let names: HashSet<&str> = openapi.tags.iter().map(|tag| tag.name.as_str()).collect();
        let parents = openapi.tags.iter().filter_map(|tag| {
            let parent = tag.extensions.get(TAG_PARENT)?.as_str()?;
            Some((tag.name.as_str(), parent))
        });
        Self {
            parents: parents
                .filter(|(_, parent)| names.contains(parent))
                .collect(),
        }
    }

    /// Returns the resources of a tag, the outermost first. A tag is below its parent. Circular
    /// parents are ignored, with the warning `invalid-tag-parent`.
    pub(in crate::lower) fn list_resources(&self, tag: &str) -> Vec<Words> {
        let own = split_tag(tag);
        let mut resources = own.clone();
        let mut above = self.parents.get(tag);
        let mut depth = 0;
        while let Some(parent) = above {
            depth += 1;
            if depth > self.parents.len() {
                return own;
            }
            let mut path = split_tag(parent);
            // `orders/lines` below `orders` has its parent in its name.
            if !resources.starts_with(&path) {
                path.append(&mut resources);
                resources = path;
            }
            above = self.parents.get(parent);
        }
        resources
    }
}

/// The resources in the name of a tag.
///
/// `beta.conversations` and `orders/lines` are nested. `users` is the resource of `UsersController`
/// and `Users API`.
fn split_tag(tag: &str) -> Vec<Words> {
    let tag = without_parentheses(tag);
    let is_dotted = tag.contains(['.', '/', '>']) && !tag.contains(". ");
    let parts: Vec<&str> = if is_dotted && !tag.contains(" / ") {
        tag.split(['.', '/', '>']).collect()
    } else {
        vec![tag]
    };
    let words = parts.into_iter().map(read_name);
    words.filter(|words| !words.is_empty()).collect()
}

/// The text before a note in parentheses: `Asset Management (AM)`.
fn without_parentheses(tag: &str) -> &str {
    let before = tag.split_once('(').map_or(tag, |(before, _)| before.trim());
    if before.is_empty() { tag } else { before }
}

/// The words of a name, without those of a class or a title. A tag in lower case, such as
/// `webhook_endpoints`, is neither.
fn read_name(name: &str) -> Words {
    let words = Words::split(name);
    let is_identifier = !name.contains(|c: char| c.is_ascii_uppercase() || c.is_whitespace());
    if is_identifier {
        words
    } else {
        without_class(&words)
    }
}

fn without_class(words: &Words) -> Words {
    let list: Vec<&String> = words.iter().collect();
    let ends = list.iter().rev();
    let count = ends
        .take_while(|last| CLASS_SUFFIXES.contains(&last.as_str()))
        .count();
    match list.len().saturating_sub(count) {
        0 => words.clone(),
        length => words.iter().take(length).collect(),
    }
}
