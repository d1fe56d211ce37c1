//! The document object: `info`, `servers`, `tags`, `components`, `paths`, `webhooks`.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{
    Contact, ExternalDocumentation, Info, License, OpenAPI, PathItem, ReferenceOr, RequestBody,
    Response, Tag,
};
use serde_json::{Map, Value};

use super::Parser;
use super::sse_event::StreamEvents;
use crate::diagnostics::Code;
use crate::load::OtherMethod;
use crate::load::internal_extensions::TAG_PARENT;
use crate::source::Pointer;
use crate::source::PointerPath;

/// The result of parsing.
#[derive(Debug)]
pub(crate) struct Built {
    /// The document.
    pub(crate) openapi: OpenAPI,
    /// Pointers of moved values: `(now, before)`.
    pub(crate) moves: Vec<(Pointer, Pointer)>,
    /// `webhooks`.
    pub(crate) webhooks: IndexMap<String, PathItem>,
    /// Operations with methods that 3.0 does not have, by path.
    pub(crate) other_methods: IndexMap<String, Vec<OtherMethod>>,
    /// Number of `callbacks`.
    pub(crate) callbacks: usize,
}

impl Parser<'_> {
    /// Parses the document. `title` is the default for `info.title`.
    pub(crate) fn parse_document(mut self, mut root: Map<String, Value>, title: &str) -> Built {
        if self.version.is_3_1() {
            self.events = StreamEvents::collect(&root);
        }
        let at = PointerPath::root();
        // Operations look up components, so the components come first.
        if let Some(components) = root.remove("components") {
            self.parse_components(components, &at.key("components"));
        }
        let mut openapi = OpenAPI {
            openapi: "3.0.3".to_owned(),
            info: self.parse_info(root.remove("info"), title),
            ..OpenAPI::default()
        };
        let mut webhooks = IndexMap::new();
        let mut has_paths = false;
        for (key, value) in root {
            let here = at.key(&key);
            match key.as_str() {
                "servers" => openapi.servers = self.parse_servers(value, &here),
                "security" => openapi.security = self.parse_requirements(value, &here),
                "tags" => openapi.tags = self.parse_tags(value, &here),
                "externalDocs" => openapi.external_docs = self.parse_external_docs(value, &here),
                "paths" => {
                    has_paths = true;
                    openapi.paths = self.parse_paths(value, &here);
                }
                "webhooks" | "x-webhooks" => {
                    webhooks.extend(self.parse_webhooks(value, &here));
                }
                _ if key.starts_with("x-") => {
                    openapi.extensions.insert(key, value);
                }
                _ => {}
            }
        }
        if !has_paths && webhooks.is_empty() {
            self.report(Code::MissingPaths, &at, "the document has no `paths`");
        }
        self.report_unknown();
        openapi.components = Some(self.components);
        Built {
            openapi,
            moves: self.moves,
            webhooks,
            other_methods: self.other_methods,
            callbacks: self.callbacks,
        }
    }

    fn parse_webhooks(&mut self, value: Value, at: &PointerPath<'_>) -> IndexMap<String, PathItem> {
        let mut webhooks = IndexMap::new();
        for (name, value) in self.read_object(value, at).unwrap_or_default() {
            let here = at.key(&name);
            if name.starts_with("x-") {
                continue;
            }
            if let Some(map) = self.read_object(value, &here) {
                let item = self.parse_path_item(map, None, &here);
                webhooks.insert(name, item);
            }
        }
        webhooks
    }

    fn parse_info(&mut self, value: Option<Value>, title: &str) -> Info {
        let root = PointerPath::root();
        let at = root.key("info");
        let mut info = Info::default();
        let map = value.and_then(|value| self.read_object(value, &at));
        if map.is_none() {
            self.report(Code::MissingInfo, &root, "the document has no `info`");
        }
        let (mut found_title, mut found_version) = (None, None);
        for (key, value) in map.unwrap_or_default() {
            let here = at.key(&key);
            match key.as_str() {
                "title" => found_title = self.read_string(value, &here),
                "version" => found_version = self.read_string(value, &here),
                "description" => info.description = self.read_string(value, &here),
                // `summary` (3.1) is a shorter `description`.
                "summary" if info.description.is_none() => {
                    info.description = self.read_string(value, &here);
                }
                "termsOfService" => info.terms_of_service = self.read_string(value, &here),
                "contact" => info.contact = self.parse_contact(value, &here),
                "license" => info.license = self.parse_license(value, &here),
                _ if key.starts_with("x-") => {
                    info.extensions.insert(key, value);
                }
                _ => {}
            }
        }
        info.title = found_title
            .filter(|t| !t.trim().is_empty())
            .unwrap_or_else(|| {
                let message = format!("the API has no title; `{title}` is used");
                self.report(Code::MissingTitle, &at, message);
                title.to_owned()
            });
        info.version = found_version.unwrap_or_else(|| {
            self.report(
                Code::MissingVersion,
                &at,
                "the API has no version; it is `0.0.0`",
            );
            "0.0.0".to_owned()
        });
        info
    }

    fn parse_contact(&mut self, value: Value, at: &PointerPath<'_>) -> Option<Contact> {
        let mut contact = Contact::default();
        for (key, value) in self.read_object(value, at)? {
            let here = at.key(&key);
            match key.as_str() {
                "name" => contact.name = self.read_string(value, &here),
                "url" => contact.url = self.read_string(value, &here),
                "email" => contact.email = self.read_string(value, &here),
                _ => {}
            }
        }
        Some(contact)
    }

    fn parse_license(&mut self, value: Value, at: &PointerPath<'_>) -> Option<License> {
        if let Value::String(name) = value {
            return Some(License {
                name,
                ..License::default()
            });
        }
        let mut license = License::default();
        for (key, value) in self.read_object(value, at)? {
            let here = at.key(&key);
            match key.as_str() {
                "name" => license.name = self.read_string(value, &here).unwrap_or_default(),
                "url" => license.url = self.read_string(value, &here),
                "identifier" => {
                    license.extensions.insert("x-identifier".to_owned(), value);
                }
                _ => {}
            }
        }
        Some(license)
    }

    fn parse_tags(&mut self, value: Value, at: &PointerPath<'_>) -> Vec<Tag> {
        self.report_tag_parents(&value, at);
        let items = self.read_list(value, at).into_iter().enumerate();
        items
            .filter_map(|(i, item)| self.parse_tag(item, &at.index(i)))
            .collect()
    }

    /// Reports parents of tags (3.2) that do not exist or are circular.
    fn report_tag_parents(&mut self, tags: &Value, at: &PointerPath<'_>) {
        let text = |tag: &'_ Value, key| tag.get(key).and_then(Value::as_str).map(str::to_owned);
        let tags = tags.as_array().map(Vec::as_slice).unwrap_or_default();
        let parents: HashMap<String, Option<String>> = tags
            .iter()
            .filter_map(|tag| Some((text(tag, "name")?, text(tag, "parent"))))
            .collect();
        for (i, tag) in tags.iter().enumerate() {
            let Some(parent) = text(tag, "parent") else {
                continue;
            };
            let here = at.index(i);
            let mut above = Some(&parent);
            let mut steps = 0;
            while let Some(name) = above.filter(|_| steps <= tags.len()) {
                steps += 1;
                above = parents.get(name).and_then(Option::as_ref);
            }
            if !parents.contains_key(&parent) {
                let message = format!("the tag `{parent}` does not exist");
                self.report(Code::InvalidTagParent, &here.key("parent"), message);
            } else if steps > tags.len() {
                let message = format!("the parents of `{parent}` form a cycle");
                self.report(Code::InvalidTagParent, &here.key("parent"), message);
            }
        }
    }

    fn parse_tag(&mut self, value: Value, at: &PointerPath<'_>) -> Option<Tag> {
        if let Value::String(name) = value {
            self.report(
                Code::WrongType,
                at,
                "expected a mapping, found a string; it is read as the tag's name",
            );
            return Some(Tag {
                name,
                ..Tag::default()
            });
        }
        let mut tag = Tag::default();
        for (key, value) in self.read_object(value, at)? {
            let here = at.key(&key);
            match key.as_str() {
                "name" => tag.name = self.read_string(value, &here).unwrap_or_default(),
                // `summary` (3.2) is separate from `description`.
                "description" => tag.description = self.read_string(value, &here),
                "summary" if tag.description.is_none() => {
                    tag.description = self.read_string(value, &here);
                }
                "externalDocs" => tag.external_docs = self.parse_external_docs(value, &here),
                "parent" => {
                    tag.extensions.insert(TAG_PARENT.to_owned(), value);
                }
                _ if key.starts_with("x-") => {
                    tag.extensions.insert(key, value);
                }
                _ => {}
            }
        }
        if tag.name.is_empty() {
            self.report(Code::MissingTagName, at, "a tag without a name is ignored");
            return None;
        }
        Some(tag)
    }

    pub(super) fn parse_external_docs(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Option<ExternalDocumentation> {
        if let Value::String(url) = value {
            return Some(ExternalDocumentation {
                url,
                ..ExternalDocumentation::default()
            });
        }
        let mut docs = ExternalDocumentation::default();
        for (key, value) in self.read_object(value, at)? {
            let here = at.key(&key);
            match key.as_str() {
                "url" => docs.url = self.read_string(value, &here).unwrap_or_default(),
                "description" => docs.description = self.read_string(value, &here),
                _ => {}
            }
        }
        (!docs.url.is_empty()).then_some(docs)
    }

    fn parse_components(&mut self, value: Value, at: &PointerPath<'_>) {
        let Some(map) = self.read_object(value, at) else {
            return;
        };
        for (key, value) in map {
            self.parse_section(key, value, at);
        }
    }

    /// Reports component names that OpenAPI does not allow. They keep their meaning.
    fn check_names(&mut self, section: &Value, at: &PointerPath<'_>) {
        // 2.0 allows every name.
        if self.version.is_swagger() {
            return;
        }
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        for name in section.as_object().into_iter().flat_map(Map::keys) {
            if name.is_empty() || !name.chars().all(allowed) {
                let message = format!(
                    "`{name}` is not a valid component name; a name has letters, digits, `.`, `-` and `_`"
                );
                self.report(Code::InvalidComponentName, &at.key(name), message);
            }
        }
    }

    fn parse_section(&mut self, key: String, value: Value, at: &PointerPath<'_>) {
        let here = at.key(&key);
        match key.as_str() {
            "schemas" => {
                self.check_names(&value, &here);
                self.components.schemas =
                    self.parse_map(value, &here, |r, v, at| Some(r.parse_schema(v, at)));
            }
            // References need their target, even if it is empty.
            "responses" => {
                self.components.responses = self.parse_map(value, &here, |r, v, at| {
                    let response = r.parse_referable(v, at, Self::parse_response);
                    Some(response.unwrap_or_else(|| ReferenceOr::Item(Response::default())))
                });
            }
            "parameters" => {
                let parameters = self.parse_map(value, &here, |r, v, at| {
                    r.parse_referable(v, at, Self::parse_parameter)
                });
                self.components.parameters =
                    collect_resolved_entries(parameters, "#/components/parameters/");
            }
            "examples" => self.components.examples = self.parse_examples(value, &here),
            "requestBodies" => {
                self.components.request_bodies = self.parse_map(value, &here, |r, v, at| {
                    let body = r.parse_referable(v, at, Self::parse_request_body);
                    Some(body.unwrap_or_else(|| ReferenceOr::Item(RequestBody::default())))
                });
            }
            "headers" => self.components.headers = self.parse_headers(value, &here),
            "securitySchemes" => {
                let value = self.take_mutual_tls(value, &here);
                let schemes = self.parse_map(value, &here, |r, v, at| {
                    r.parse_referable(v, at, Self::parse_security_scheme)
                });
                self.components.security_schemes =
                    collect_resolved_entries(schemes, "#/components/securitySchemes/");
            }
            _ if key.starts_with("x-") => {
                self.components.extensions.insert(key, value);
            }
            // The generator ignores `links` and `callbacks`. `pathItems` and `mediaTypes` are
            // already copied to where they are used.
            _ => {}
        }
    }
}

/// Returns the entries of a section without references that lead nowhere.
fn collect_resolved_entries<T>(
    mut section: IndexMap<String, ReferenceOr<T>>,
    prefix: &str,
) -> IndexMap<String, ReferenceOr<T>> {
    let adrift: Vec<String> = section
        .iter()
        .filter(|(_, item)| resolve(&section, prefix, item).is_none())
        .map(|(name, _)| name.clone())
        .collect();
    for name in adrift {
        section.shift_remove(&name);
    }
    section
}

/// Returns an item, or the target of a reference.
pub(super) fn resolve<'c, T>(
    section: &'c IndexMap<String, ReferenceOr<T>>,
    prefix: &str,
    item: &'c ReferenceOr<T>,
) -> Option<&'c T> {
    let mut item = item;
    // A chain of references is at most as long as the number of entries.
    for _ in 0..=section.len() {
        match item {
            ReferenceOr::Item(item) => return Some(item),
            ReferenceOr::Reference { reference } => {
                item = section.get(reference.strip_prefix(prefix)?)?;
            }
        }
    }
    None
}
