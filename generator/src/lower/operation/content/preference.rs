//! Which of the media types of a body is taken, and what is said of the others.

use openapiv3::MediaType as Media;

use super::encoding::Way;
use super::{Contents, Declared, Entry, Side};
use crate::diagnostics::Diagnostic;
use crate::ir::{MediaType, Type};
use crate::lower::media_type::{Writing, rank, writing};
use crate::lower::schema::schema_ref::Node;
use crate::lower::schema::schemas::Schemas;
use crate::lower::schema::shape::Form;
use crate::source::Pointer;

impl<'a> Contents<'_, 'a> {
    /// The media types, the preferred one first.
    pub(super) fn ranked(&mut self, content: &'a Declared) -> Vec<Entry<'a>> {
        let mut entries: Vec<Entry<'a>> = content.iter().collect();
        let ranks: Vec<_> = entries
            .iter()
            .map(|entry| (self.is_unnamed(*entry), rank(entry.0)))
            .collect();
        let best = (0..ranks.len()).min_by_key(|index| ranks.get(*index));
        if let Some(best) = best.map(|best| self.said(&entries, best)) {
            let first = entries.remove(best);
            entries.insert(0, first);
        }
        entries
    }

    /// The place of a media type of which the schema is known, if the one at this place is JSON of which
    /// nothing is said.
    fn said(&mut self, entries: &[Entry<'a>], best: usize) -> usize {
        let is_bare = |entry: &Entry<'a>| entry.1.schema.is_none();
        let best_is_bare = |entry: &Entry<'a>| is_bare(entry) && writing(entry.0) == Writing::Json;
        if !entries.get(best).is_some_and(best_is_bare) {
            return best;
        }
        let mut said = (0..entries.len()).filter(|index| {
            let entry = entries.get(*index).filter(|entry| !is_bare(entry));
            entry.is_some_and(|entry| self.is_json(*entry))
        });
        said.next().unwrap_or(best)
    }

    /// Whether bodies of a media type are JSON: by its name, or by a range that has it.
    fn is_json(&mut self, (name, media): Entry<'a>) -> bool {
        let kind = MediaType::new(name);
        if kind.is_stream() || !(kind.is_json() || name.contains('*')) {
            return false;
        }
        let node = node(&self.context.schemas, media, &self.at.child(name));
        let formed = node.map(|node| self.context.schemas.form(&node));
        self.way(name, formed.as_ref()) == Way::Json
    }

    /// Warns of a form that is no object.
    pub(super) fn warn_of_names(&mut self, at: &Pointer, first: Option<&Entry<'a>>) {
        if first.is_some_and(|first| self.is_unnamed(*first)) {
            let message = "this form is no object, whose properties would be its members; a text is sent as it is, and anything else as JSON";
            let findings = &mut self.context.schemas.findings;
            findings.warn("unnamed-members", at, message);
        }
    }

    fn is_read_as_stream(&self, name: &str) -> bool {
        self.side == Side::Response && MediaType::new(name).is_stream()
    }

    /// Warns of a structure in a format other than JSON and forms, of which the caller gets the
    /// text or the bytes.
    pub(super) fn warn_of_format(&mut self, (name, media): Entry<'a>) {
        let exposed = match writing(name) {
            Writing::Packed => "bytes",
            Writing::Text if self.is_read_as_stream(name) => return,
            Writing::Text => "text",
            _ => return,
        };
        let at = self.at.child(name);
        let schemas = &mut self.context.schemas;
        let Some(node) = node(schemas, media, &at) else {
            return;
        };
        let formed = schemas.form(&node);
        let target = schemas.underlying(&formed);
        if target.is_some_and(|target| is_structure(&target.form)) {
            let message = format!("`{name}` is not supported; the body is exposed as {exposed}");
            let help = "encode and decode it with a library of your own";
            let key = MediaType::new(name).essence();
            let warning = Diagnostic::warning("unsupported-media-type", at, message).help(help);
            schemas.findings.push_summarized(key, warning);
        }
    }

    /// Whether this is a form whose schema gives its members no names.
    fn is_unnamed(&mut self, (name, media): Entry<'a>) -> bool {
        if !matches!(writing(name), Writing::Form | Writing::Multipart) {
            return false;
        }
        let schemas = &mut self.context.schemas;
        let Some(node) = node(schemas, media, &self.at.child(name)) else {
            return false;
        };
        let formed = schemas.form(&node);
        let underlying = schemas.underlying(&formed);
        underlying.is_some_and(|target| has_no_names(&target.form))
    }
}

/// Whether values of a form are objects or arrays, of which a text shows nothing.
fn is_structure(form: &Form<'_>) -> bool {
    match form {
        Form::Array(_) | Form::Tuple(_) | Form::Map(_) | Form::Struct(_) | Form::Union(_) => true,
        Form::Same(_) | Form::Plain(_) | Form::Constant(..) | Form::Enum(_) => false,
    }
}

/// The schema of a body.
pub(in crate::lower) fn node<'a>(
    schemas: &Schemas<'a>,
    media: &'a Media,
    at: &Pointer,
) -> Option<Node<'a>> {
    let schema = media.schema.as_ref()?;
    Some(schemas.node(schema, at.child("schema")))
}

/// Whether two schemas are written out alike, or are one.
pub(in crate::lower) fn is_same(a: &Node<'_>, b: &Node<'_>) -> bool {
    match (a.schema(), b.schema()) {
        (Some(a), Some(b)) => a == b,
        _ => a.is_same(b),
    }
}

/// Whether values of a form are no objects, whose properties have names.
pub(super) const fn has_no_names(form: &Form<'_>) -> bool {
    match form {
        Form::Plain(ty) => !matches!(ty, Type::Untyped(_)),
        Form::Constant(..) | Form::Enum(_) | Form::Array(_) | Form::Tuple(_) => true,
        Form::Same(_) | Form::Map(_) | Form::Struct(_) | Form::Union(_) => false,
    }
}
