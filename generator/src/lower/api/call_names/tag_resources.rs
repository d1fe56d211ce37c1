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
    let is_dotted = tag.contains(['.', '/', '>']) && !tag.contains(". ");
    let parts: Vec<&str> = if is_dotted && !tag.contains(" / ") {
        tag.split(['.', '/', '>']).collect()
    } else {
        vec![tag]
    };
    let words = parts
        .into_iter()
        .map(|part| without_class(&Words::split(part)));
    words.filter(|words| !words.is_empty()).collect()
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
