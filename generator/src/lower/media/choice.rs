//! Which of the media types of a body is taken, and what is said of the others.

use openapiv3::MediaType as Media;

use super::{Contents, Declared, Entry};
use crate::ir::Type;
use crate::load::Pointer;
use crate::lower::form::Form;
use crate::lower::node::Node;
use crate::lower::schemas::Schemas;
use crate::lower::writing::{Writing, is_binary, rank, writing};

impl<'a> Contents<'_, 'a> {
    /// The media types, the preferred one first.
    pub(super) fn ranked(&mut self, content: &'a Declared) -> Vec<Entry<'a>> {
        let mut entries: Vec<Entry<'a>> = content.iter().collect();
        let ranks: Vec<_> = entries
            .iter()
            .map(|entry| (self.is_unnamed(*entry), rank(entry.0)))
            .collect();
        let best = (0..ranks.len()).min_by_key(|index| ranks.get(*index));
        if let Some(best) = best {
            let first = entries.remove(best);
            entries.insert(0, first);
        }
        entries
    }

    /// The form with files that an operation can send beside what it usually does, which has none.
    pub(super) fn files_beside(&mut self, entries: &[Entry<'a>]) -> Option<Entry<'a>> {
        let is_parts = |entry: &Entry<'a>| writing(entry.0) == Writing::Multipart;
        let (first, others) = entries.split_first()?;
        let mut forms = others.iter().filter(|entry| is_parts(entry));
        let beside = forms.find(|entry| {
            let schemas = &mut self.context.schemas;
            let at = self.at.child(entry.0);
            let formed = node(schemas, entry.1, &at).map(|node| schemas.form(&node));
            formed.is_some_and(|formed| schemas.files_of(entry.1, &formed).is_some())
        });
        beside.copied().filter(|_| !is_parts(first))
    }

    /// Warns of media types that have a schema of their own, and in which nothing can be sent.
    pub(super) fn warn_of_others(&mut self, entries: &[Entry<'a>], files: Option<Entry<'a>>) {
        let Some((first, others)) = entries.split_first() else {
            return;
        };
        for other in others
            .iter()
            .filter(|other| Some(other.0) != files.map(|f| f.0))
        {
            let at = self.at.child(other.0);
            let schemas = &self.context.schemas;
            let own = node(schemas, other.1, &at);
            let mut offered = [Some(*first), files].into_iter().flatten();
            let differs = offered.all(|(name, media)| {
                let sent = node(schemas, media, &self.at.child(name));
                match (sent, &own) {
                    (Some(sent), Some(own)) => !is_same(&sent, own),
                    (Some(_), None) => is_binary(other.0),
                    (None, own) => own.is_some(),
                }
            });
            if differs {
                let message = format!(
                    "the body is sent as `{}`, and this media type, whose schema is another, is not offered",
                    first.0
                );
                let findings = &mut self.context.schemas.findings;
                findings.warn("media-type-not-offered", &at, message);
            }
        }
    }

    /// Warns of a form that is no object.
    pub(super) fn warn_of_names(&mut self, at: &Pointer, first: Option<&Entry<'a>>) {
        if first.is_some_and(|first| self.is_unnamed(*first)) {
            let message = "this form is no object, whose properties would be its members; a text is sent as it is, and anything else as JSON";
            let findings = &mut self.context.schemas.findings;
            findings.warn("unnamed-members", at, message);
        }
    }

    /// Warns of a structure that is written in a format that is not known here.
    pub(super) fn warn_of_packed(&mut self, (name, media): Entry<'a>) {
        let at = self.at.child(name);
        let schemas = &mut self.context.schemas;
        let packed = node(schemas, media, &at).filter(|_| writing(name) == Writing::Packed);
        let formed = packed.map(|node| schemas.form(&node));
        let is_structure = formed.is_some_and(|formed| {
            let is_bytes =
                |form: &Form<'a>| matches!(form, Form::Plain(Type::String(_) | Type::Untyped(_)));
            let target = schemas.underlying(&formed);
            target.is_some_and(|target| !is_bytes(&target.form))
        });
        if is_structure {
            let message = format!(
                "`{name}` is not read or written here: what has this schema is left as bytes"
            );
            schemas.findings.warn("packed-body", &at, message);
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
