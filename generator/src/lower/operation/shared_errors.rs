//! Bodies of errors that several operations describe inline with equal schemas.
//!
//! Frameworks repeat the same error in hundreds of operations. All of them share one type, whose name
//! says the error and no operation: `NotFoundError`. A type of one operation keeps its own name.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use openapiv3::{ReferenceOr, Response, Schema};
use serde_json::Value;

use crate::ir::{Owner, Payload, StatusPattern, TypeDef, Types, WireName, Words};
use crate::source::Pointer;

/// Maximum number of words of a title that serves as a name.
const MAX_TITLE_WORDS: usize = 5;

/// The inline bodies of errors, by their schemas.
#[derive(Debug, Default)]
pub(in crate::lower) struct SharedErrors {
    errors: Vec<SharedError>,
    by_schema: HashMap<String, usize>,
}

/// An error body that operations describe with equal schemas.
#[derive(Debug)]
struct SharedError {
    payload: Payload,
    /// The JSON pointer of the first response that describes it.
    pointer: Pointer,
    /// The words that its types are named with, and the operation.
    words: Words,
    operation: Words,
    uses: Vec<ErrorUse>,
}

/// A response with an error body.
#[derive(Debug)]
pub(in crate::lower) struct ErrorUse {
    /// The operation.
    pub(in crate::lower) owner: Owner,
    /// Its status.
    pub(in crate::lower) status: StatusPattern,
    /// The title of its schema.
    title: Option<String>,
    /// The description of its schema.
    description: Option<String>,
}

impl ErrorUse {
    /// Returns the use of an error body by an operation.
    pub(in crate::lower) fn new(owner: &Owner, status: StatusPattern, response: &Response) -> Self {
        let data = inline_schema(response).map(|schema| &schema.schema_data);
        Self {
            owner: owner.clone(),
            status,
            title: data.and_then(|data| data.title.clone()),
            description: data.and_then(|data| data.description.clone()),
        }
    }
}

/// The text by which equal bodies are found: the content without annotations.
pub(in crate::lower) fn describe_content(response: &Response) -> Option<String> {
    inline_schema(response)?;
    let media = response.content.iter();
    let schemas =
        media.map(|(name, media)| Some((name, serde_json::to_value(&media.schema).ok()?)));
    let mut schemas: Vec<(&String, Value)> = schemas.collect::<Option<_>>()?;
    schemas
        .iter_mut()
        .for_each(|(_, schema)| remove_annotations(schema));
    serde_json::to_string(&schemas).ok()
}

/// The first schema of a response, if it is inline.
fn inline_schema(response: &Response) -> Option<&Schema> {
    response
        .content
        .values()
        .find_map(|media| match &media.schema {
            Some(ReferenceOr::Item(schema)) => Some(schema),
            _ => None,
        })
}

/// Removes the keywords without effect on validation from a schema and those in it.
fn remove_annotations(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            for annotation in [
                "title",
                "description",
                "example",
                "examples",
                "externalDocs",
            ] {
                keywords.remove(annotation);
            }
            for (keyword, value) in keywords {
                match (keyword.as_str(), value) {
                    // The names below are those of properties.
                    ("properties", Value::Object(properties)) => {
                        properties.values_mut().for_each(remove_annotations);
                    }
                    ("enum" | "default", _) => {}
                    (keyword, _) if keyword.starts_with("x-") => {}
                    (_, value) => remove_annotations(value),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(remove_annotations),
        _ => {}
    }
}

impl SharedErrors {
    /// Returns the body of an equal error, if an operation described one before.
    pub(in crate::lower) fn find(
        &mut self,
        schema: &str,
        error_use: ErrorUse,
    ) -> Result<Payload, ErrorUse> {
        let index = self.by_schema.get(schema);
        match index.and_then(|index| self.errors.get_mut(*index)) {
            Some(error) => {
                error.uses.push(error_use);
                Ok(error.payload.clone())
            }
            None => Err(error_use),
        }
    }

    /// Adds the body of an error whose types are named with `words`.
    pub(in crate::lower) fn add(
        &mut self,
        schema: String,
        error_use: ErrorUse,
        payload: &Payload,
        pointer: &Pointer,
        (operation, words): (&Words, Words),
    ) {
        self.by_schema.insert(schema, self.errors.len());
        self.errors.push(SharedError {
            payload: payload.clone(),
            pointer: pointer.clone(),
            words,
            operation: operation.clone(),
            uses: vec![error_use],
        });
    }

    /// Names the types of each body that several responses have. Of bodies that have one name, the one
    /// with the most responses gets it, and the others keep the name of their first operation.
    pub(in crate::lower) fn name_types(mut self, types: &mut Types) {
        let mut taken: HashSet<String> = types.iter().map(|(_, def)| def.name.pascal()).collect();
        self.errors.retain(|error| error.uses.len() > 1);
        self.errors.sort_by_key(|error| Reverse(error.uses.len()));
        for error in &self.errors {
            let mut candidates = error.list_names().into_iter();
            let name = candidates.find(|name| !taken.contains(&name.pascal()));
            if let Some(name) = name {
                taken.insert(name.pascal());
                error.rename_types(&name, types);
            }
        }
    }
}

impl SharedError {
    /// Returns the possible names of the body, the best first.
    fn list_names(&self) -> Vec<Words> {
        let Some(first) = self.uses.first() else {
            return Vec::new();
        };
        let is_shared = self.uses.iter().any(|other| other.owner != first.owner);
        if !is_shared {
            return vec![self.operation.with("error")];
        }
        let title = first
            .title
            .as_ref()
            .filter(|_| self.agree_on(|it| it.title.as_ref()));
        let title = title.map(|title| Words::split(title)).filter(|title| {
            let count = title.iter().count();
            (2..=MAX_TITLE_WORDS).contains(&count)
        });
        let status = if self.agree_on(|it| Some(it.status)) {
            name_error(first.status)
        } else {
            Words::split("error")
        };
        let is_bare = status.iter().count() == 1;
        let names = [status.with("response"), status.with("body")];
        title
            .into_iter()
            .chain((!is_bare).then_some(status))
            .chain(names)
            .collect()
    }

    fn agree_on<'s, T: PartialEq>(&'s self, read: impl Fn(&'s ErrorUse) -> Option<T>) -> bool {
        let mut values = self.uses.iter().map(read);
        let first = values.next().flatten();
        values.all(|value| value == first)
    }

    /// Gives the types of the body another name, and a file of their own.
    fn rename_types(&self, name: &Words, types: &mut Types) {
        let below = format!("{}/", self.pointer.as_str());
        let Some(Owner::Operation(first)) = self.uses.first().map(|first| &first.owner) else {
            return;
        };
        let is_shared = self
            .uses
            .iter()
            .any(|other| other.owner != Owner::Operation(*first));
        let is_described = self.agree_on(|it| it.description.as_ref());
        let is_own = |def: &TypeDef| {
            def.owner == Owner::Operation(*first) && def.pointer.as_str().starts_with(&below)
        };
        let count = self.words.iter().count();
        for def in types.iter_mut().filter(|def| is_own(def)) {
            if !def.name.iter().take(count).eq(self.words.iter()) {
                continue;
            }
            let rest: Words = def.name.iter().skip(count).collect();
            if rest.is_empty() && !is_described {
                def.docs.description = None;
            }
            def.name = name.join(&rest);
            def.distinct_name = None;
            if is_shared {
                def.owner = Owner::Component(WireName::new(name.pascal()));
            }
        }
    }
}

/// Returns the name of an error by its status, by its reason phrase.
fn name_error(status: StatusPattern) -> Words {
    let reason = match status {
        StatusPattern::Code(400) => "bad request",
        StatusPattern::Code(401) => "unauthorized",
        StatusPattern::Code(402) => "payment required",
        StatusPattern::Code(403) => "forbidden",
        StatusPattern::Code(404) => "not found",
        StatusPattern::Code(405) => "method not allowed",
        StatusPattern::Code(406) => "not acceptable",
        StatusPattern::Code(408) => "request timeout",
        StatusPattern::Code(409) => "conflict",
        StatusPattern::Code(410) => "gone",
        StatusPattern::Code(412) => "precondition failed",
        StatusPattern::Code(413) => "content too large",
        StatusPattern::Code(415) => "unsupported media type",
        StatusPattern::Code(422) => "unprocessable entity",
        StatusPattern::Code(423) => "locked",
        StatusPattern::Code(424) => "failed dependency",
        StatusPattern::Code(428) => "precondition required",
        StatusPattern::Code(429) => "too many requests",
        StatusPattern::Code(500) => "internal server",
        StatusPattern::Code(501) => "not implemented",
        StatusPattern::Code(502) => "bad gateway",
        StatusPattern::Code(503) => "service unavailable",
        StatusPattern::Code(504) => "gateway timeout",
        StatusPattern::Range(4) => "client",
        StatusPattern::Range(5) => "server",
        StatusPattern::Code(code) => {
            return Words::split("status").with(&code.to_string()).with("error");
        }
        StatusPattern::Range(_) | StatusPattern::Default => "",
    };
    Words::split(reason).with("error")
}
