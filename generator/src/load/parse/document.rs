//! The root: `info`, `servers`, `tags`, `components`, `paths`, `webhooks`.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{
    Contact, ExternalDocumentation, Info, License, OpenAPI, PathItem, ReferenceOr, RequestBody,
    Response, Tag,
};
use serde_json::{Map, Value};

use super::Parser;
use super::event::StreamEvents;
use crate::diagnostics::Code;
use crate::load::OtherMethod;
use crate::source::Pointer;
use crate::source::PointerPath;

/// What the walk makes of a document.
#[derive(Debug)]
pub(crate) struct Built {
    /// The document.
    pub(crate) openapi: OpenAPI,
    /// Where what stands at a pointer now stood before: `(now, before)`.
    pub(crate) moves: Vec<(Pointer, Pointer)>,
    /// `webhooks`.
    pub(crate) webhooks: IndexMap<String, PathItem>,
    /// Operations of other methods, by their paths.
    pub(crate) other_methods: IndexMap<String, Vec<OtherMethod>>,
    /// How many `callbacks` there are.
    pub(crate) callbacks: usize,
}

impl Parser<'_> {
    /// Reads the whole document. `title` is its title if it has none.
    pub(crate) fn document(mut self, mut root: Map<String, Value>, title: &str) -> Built {
        if self.version.is_3_1() {
            self.events = StreamEvents::collect(&root);
        }
        let at = PointerPath::root();
        // Operations look into the components, so these come first.
        if let Some(components) = root.remove("components") {
            self.components(components, &at.key("components"));
        }
        let mut openapi = OpenAPI {
            openapi: "3.0.3".to_owned(),
            info: self.info(root.remove("info"), title),
            ..OpenAPI::default()
        };
        let mut webhooks = IndexMap::new();
        let mut has_paths = false;
        for (key, value) in root {
            let here = at.key(&key);
            match key.as_str() {
                "servers" => openapi.servers = self.servers(value, &here),
                "security" => openapi.security = self.requirements(value, &here),
                "tags" => openapi.tags = self.tags(value, &here),
                "externalDocs" => openapi.external_docs = self.external_docs(value, &here),
                "paths" => {
                    has_paths = true;
                    openapi.paths = self.paths(value, &here);
                }
                "webhooks" | "x-webhooks" => {
                    webhooks.extend(self.webhooks(value, &here));
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

    fn webhooks(&mut self, value: Value, at: &PointerPath<'_>) -> IndexMap<String, PathItem> {
        let mut webhooks = IndexMap::new();
        for (name, value) in self.object(value, at).unwrap_or_default() {
            let here = at.key(&name);
            if name.starts_with("x-") {
                continue;
            }
            if let Some(map) = self.object(value, &here) {
                let item = self.path_item(map, None, &here);
                webhooks.insert(name, item);
            }
        }
        webhooks
    }

    fn info(&mut self, value: Option<Value>, title: &str) -> Info {
        let root = PointerPath::root();
        let at = root.key("info");
        let mut info = Info::default();
        let map = value.and_then(|value| self.object(value, &at));
        if map.is_none() {
            self.report(Code::MissingInfo, &root, "the document has no `info`");
        }
        let (mut found_title, mut found_version) = (None, None);
        for (key, value) in map.unwrap_or_default() {
            let here = at.key(&key);
            match key.as_str() {
                "title" => found_title = self.text(value, &here),
                "version" => found_version = self.text(value, &here),
                "description" => info.description = self.text(value, &here),
                // 3.1's `summary` says the same in fewer words.
                "summary" if info.description.is_none() => {
                    info.description = self.text(value, &here);
                }
                "termsOfService" => info.terms_of_service = self.text(value, &here),
                "contact" => info.contact = self.contact(value, &here),
                "license" => info.license = self.license(value, &here),
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

    fn contact(&mut self, value: Value, at: &PointerPath<'_>) -> Option<Contact> {
        let mut contact = Contact::default();
        for (key, value) in self.object(value, at)? {
            let here = at.key(&key);
            match key.as_str() {
                "name" => contact.name = self.text(value, &here),
                "url" => contact.url = self.text(value, &here),
                "email" => contact.email = self.text(value, &here),
                _ => {}
            }
        }
        Some(contact)
    }

    fn license(&mut self, value: Value, at: &PointerPath<'_>) -> Option<License> {
        if let Value::String(name) = value {
            return Some(License {
                name,
                ..License::default()
            });
        }
        let mut license = License::default();
        for (key, value) in self.object(value, at)? {
            let here = at.key(&key);
            match key.as_str() {
                "name" => license.name = self.text(value, &here).unwrap_or_default(),
                "url" => license.url = self.text(value, &here),
                "identifier" => {
                    license.extensions.insert("x-identifier".to_owned(), value);
                }
                _ => {}
            }
        }
        Some(license)
    }

    fn tags(&mut self, value: Value, at: &PointerPath<'_>) -> Vec<Tag> {
        self.tag_parents(&value, at);
        let items = self.list(value, at).into_iter().enumerate();
        items
            .filter_map(|(i, item)| self.tag(item, &at.index(i)))
            .collect()
    }

    /// Looks at the parents of tags, since 3.2, of which no code is made.
    fn tag_parents(&mut self, tags: &Value, at: &PointerPath<'_>) {
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

    fn tag(&mut self, value: Value, at: &PointerPath<'_>) -> Option<Tag> {
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
        for (key, value) in self.object(value, at)? {
            let here = at.key(&key);
            match key.as_str() {
                "name" => tag.name = self.text(value, &here).unwrap_or_default(),
                // 3.2 has a `summary` beside the description.
                "description" => tag.description = self.text(value, &here),
                "summary" if tag.description.is_none() => {
                    tag.description = self.text(value, &here);
                }
                "externalDocs" => tag.external_docs = self.external_docs(value, &here),
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

    pub(super) fn external_docs(
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
        for (key, value) in self.object(value, at)? {
            let here = at.key(&key);
            match key.as_str() {
                "url" => docs.url = self.text(value, &here).unwrap_or_default(),
                "description" => docs.description = self.text(value, &here),
                _ => {}
            }
        }
        (!docs.url.is_empty()).then_some(docs)
    }

    fn components(&mut self, value: Value, at: &PointerPath<'_>) {
        let Some(map) = self.object(value, at) else {
            return;
        };
        for (key, value) in map {
            self.section(key, value, at);
        }
    }

    /// Names that OpenAPI does not allow mean what they would mean otherwise.
    fn check_names(&mut self, section: &Value, at: &PointerPath<'_>) {
        // 2.0 allows them all.
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

    fn section(&mut self, key: String, value: Value, at: &PointerPath<'_>) {
        let here = at.key(&key);
        match key.as_str() {
            "schemas" => {
                self.check_names(&value, &here);
                self.components.schemas =
                    self.members(value, &here, |r, v, at| Some(r.schema(v, at)));
            }
            // What is referred to has to be there, be it empty.
            "responses" => {
                self.components.responses = self.members(value, &here, |r, v, at| {
                    let response = r.referable(v, at, Self::response);
                    Some(response.unwrap_or_else(|| ReferenceOr::Item(Response::default())))
                });
            }
            "parameters" => {
                let parameters =
                    self.members(value, &here, |r, v, at| r.referable(v, at, Self::parameter));
                self.components.parameters = rooted(parameters, "#/components/parameters/");
            }
            "examples" => self.components.examples = self.examples(value, &here),
            "requestBodies" => {
                self.components.request_bodies = self.members(value, &here, |r, v, at| {
                    let body = r.referable(v, at, Self::request_body);
                    Some(body.unwrap_or_else(|| ReferenceOr::Item(RequestBody::default())))
                });
            }
            "headers" => self.components.headers = self.headers(value, &here),
            "securitySchemes" => {
                let value = self.without_mutual_tls(value, &here);
                let schemes = self.members(value, &here, |r, v, at| {
                    r.referable(v, at, Self::security_scheme)
                });
                self.components.security_schemes = rooted(schemes, "#/components/securitySchemes/");
            }
            _ if key.starts_with("x-") => {
                self.components.extensions.insert(key, value);
            }
            // `links` and `callbacks` say what else could be called, or what
            // the API calls; `pathItems` and `mediaTypes` stand where they are used.
            _ => {}
        }
    }
}

/// Those of a section that are something, or lead to something.
fn rooted<T>(
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

/// An item, or what a reference leads to.
pub(super) fn resolve<'c, T>(
    section: &'c IndexMap<String, ReferenceOr<T>>,
    prefix: &str,
    item: &'c ReferenceOr<T>,
) -> Option<&'c T> {
    let mut item = item;
    // A chain of references is not longer than there are entries.
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
