//! The preferred media type of a body, and warnings about the others.

use openapiv3::MediaType as Media;

use super::encoding::BodyEncoding;
use super::{Contents, Declared, Entry, Side};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{MediaType, Type};
use crate::lower::media_type::{MediaTypeClass, classify_media_type, rank};
use crate::lower::operation::problem_details::ProblemDetails;
use crate::lower::schema::builder::SchemaBuilder;
use crate::lower::schema::schema_ref::SchemaRef;
use crate::lower::schema::shape::SchemaShape;
use crate::source::Pointer;

impl<'a> Contents<'_, 'a> {
    /// Returns the media types, the preferred one first.
    pub(super) fn ranked(&mut self, content: &'a Declared) -> Vec<Entry<'a>> {
        let mut entries: Vec<Entry<'a>> = content.iter().collect();
        if self.problems == ProblemDetails::Ignored {
            entries.retain(|(name, _)| !MediaType::new(*name).is_problem());
        }
        let ranks: Vec<_> = entries
            .iter()
            .map(|entry| {
                let (unnamed, is_invalid_patch) =
                    (self.is_unnamed(*entry), self.is_patch_of_object(*entry));
                (unnamed, rank(entry.0), is_invalid_patch)
            })
            .collect();
        let best = (0..ranks.len()).min_by_key(|index| ranks.get(*index));
        if let Some(best) = best.map(|best| self.report_ignored(&entries, best)) {
            let first = entries.remove(best);
            entries.insert(0, first);
        }
        entries
    }

    /// Returns the index of JSON with a schema, if the best media type is JSON without one.
    fn report_ignored(&mut self, entries: &[Entry<'a>], best: usize) -> usize {
        let is_bare = |entry: &Entry<'a>| entry.1.schema.is_none();
        let best_is_bare = |entry: &Entry<'a>| {
            is_bare(entry) && classify_media_type(entry.0) == MediaTypeClass::Json
        };
        if !entries.get(best).is_some_and(best_is_bare) {
            return best;
        }
        let mut specific = (0..entries.len()).filter(|index| {
            let entry = entries.get(*index).filter(|entry| !is_bare(entry));
            entry.is_some_and(|entry| self.is_json(*entry))
        });
        specific.next().unwrap_or(best)
    }

    /// Whether bodies of a media type are JSON, by its name or by a range.
    fn is_json(&mut self, (name, media): Entry<'a>) -> bool {
        let kind = MediaType::new(name);
        if kind.is_stream() || !(kind.is_json() || name.contains('*')) {
            return false;
        }
        let schema_ref = schema_ref(&self.context.schemas, media, &self.at.child(name));
        let resolved = schema_ref.map(|schema_ref| self.context.schemas.resolve(&schema_ref));
        self.choose_encoding(name, resolved.as_ref()) == BodyEncoding::Json
    }

    /// Warns of a form whose schema is not an object.
    pub(super) fn warn_of_names(&mut self, at: &Pointer, first: Option<&Entry<'a>>) {
        if first.is_some_and(|first| self.is_unnamed(*first)) {
            let message = "the schema of this form is not an object; text is sent unchanged, and any other value as JSON";
            let findings = &mut self.context.schemas.findings;
            findings.warn(Code::FormNotObject, at, message);
        }
    }

    fn is_read_as_stream(&self, name: &str) -> bool {
        self.side == Side::Response && MediaType::new(name).is_stream()
    }

    /// Warns of an object or array in an unsupported format, whose text or bytes the caller gets.
    pub(super) fn warn_of_format(&mut self, (name, media): Entry<'a>) {
        let exposed = match classify_media_type(name) {
            MediaTypeClass::BinaryFormat => "bytes",
            MediaTypeClass::Text if self.is_read_as_stream(name) => return,
            MediaTypeClass::Text => "text",
            _ => return,
        };
        let at = self.at.child(name);
        let schemas = &mut self.context.schemas;
        let Some(schema_ref) = schema_ref(schemas, media, &at) else {
            return;
        };
        let resolved = schemas.resolve(&schema_ref);
        let target = schemas.resolve_target(&resolved);
        if target.is_some_and(|target| is_structure(&target.shape)) {
            let message = format!("`{name}` is not supported; the body is exposed as {exposed}");
            let help = "encode and decode the body with another library";
            let key = MediaType::new(name).essence();
            let warning = Diagnostic::new(Code::UnsupportedMediaType, at, message).help(help);
            schemas.findings.push_summarized(key, warning);
        }
    }

    /// Whether this is a form whose schema has no field names.
    fn is_unnamed(&mut self, entry: Entry<'a>) -> bool {
        matches!(
            classify_media_type(entry.0),
            MediaTypeClass::Form | MediaTypeClass::Multipart
        ) && self.has_shape(entry, has_no_names)
    }

    /// Whether this is a JSON Patch whose schema is an object. A JSON Patch is an array ([RFC
    /// 6902, section 3](https://www.rfc-editor.org/rfc/rfc6902#section-3)), so that the schema is
    /// that of another media type.
    fn is_patch_of_object(&mut self, entry: Entry<'a>) -> bool {
        let is_object =
            |shape: &SchemaShape<'_>| matches!(shape, SchemaShape::Map(_) | SchemaShape::Struct(_));
        MediaType::new(entry.0).essence() == "application/json-patch+json"
            && self.has_shape(entry, is_object)
    }

    /// Whether a media type has a schema, and its shape is accepted.
    fn has_shape(
        &mut self,
        (name, media): Entry<'a>,
        accepts: impl Fn(&SchemaShape<'a>) -> bool,
    ) -> bool {
        let schemas = &mut self.context.schemas;
        let Some(schema_ref) = schema_ref(schemas, media, &self.at.child(name)) else {
            return false;
        };
        let resolved = schemas.resolve(&schema_ref);
        let target = schemas.resolve_target(&resolved);
        target.is_some_and(|target| accepts(&target.shape))
    }
}

/// Whether values of a shape are objects or arrays.
fn is_structure(form: &SchemaShape<'_>) -> bool {
    match form {
        SchemaShape::Array(_)
        | SchemaShape::Tuple(_)
        | SchemaShape::Map(_)
        | SchemaShape::Struct(_)
        | SchemaShape::Union(_) => true,
        SchemaShape::Component(_)
        | SchemaShape::Type(_)
        | SchemaShape::Constant(..)
        | SchemaShape::Enum(_) => false,
    }
}

/// Returns the schema of a media type.
pub(in crate::lower) fn schema_ref<'a>(
    schemas: &SchemaBuilder<'a>,
    media: &'a Media,
    at: &Pointer,
) -> Option<SchemaRef<'a>> {
    let schema = media.schema.as_ref()?;
    Some(schemas.schema_ref(schema, at.child("schema")))
}

/// Whether two schemas are equal or the same component.
pub(in crate::lower) fn is_same(a: &SchemaRef<'_>, b: &SchemaRef<'_>) -> bool {
    match (a.schema(), b.schema()) {
        (Some(a), Some(b)) => a == b,
        _ => a.is_same(b),
    }
}

/// Whether values of a shape are not objects.
pub(super) const fn has_no_names(form: &SchemaShape<'_>) -> bool {
    match form {
        SchemaShape::Type(ty) => !matches!(ty, Type::Untyped(_)),
        SchemaShape::Constant(..)
        | SchemaShape::Enum(_)
        | SchemaShape::Array(_)
        | SchemaShape::Tuple(_) => true,
        SchemaShape::Component(_)
        | SchemaShape::Map(_)
        | SchemaShape::Struct(_)
        | SchemaShape::Union(_) => false,
    }
}
