//! Other media types of a body, which get their own methods.
//!
//! A media type with the schema of the preferred one needs no method. Text or bytes need no method if
//! the preferred body is text or bytes. A media type with another schema and the same encoding is
//! ignored with a warning.

use super::encoding::BodyEncoding;
use super::{Contents, Declared, Entry, Side, is_same, schema_ref};
use crate::diagnostics::Code;
use crate::ir::{MediaType, Words};
use crate::lower::media_type::rank;
use crate::lower::operation::context::LoweringContext;
use crate::lower::operation::problem_details::ProblemDetails;
use crate::lower::schema::schema_ref::SchemaRef;
use crate::lower::schema::shape::{ResolvedSchema, SchemaShape};
use crate::source::Pointer;

/// A media type with a method of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lower) struct OtherMediaType {
    /// The media type as the document spells it.
    pub(in crate::lower) media_type: String,
    /// The suffix of the method's name.
    pub(in crate::lower) suffix: Words,
    /// Whether it is a form with files.
    pub(in crate::lower) files: bool,
}

/// A media type, and the properties that are compared.
struct ComparedContent<'a> {
    name: &'a str,
    schema_ref: Option<SchemaRef<'a>>,
    resolved: Option<ResolvedSchema<'a>>,
    encoding: BodyEncoding,
    stream: bool,
    files: bool,
}

impl<'a> LoweringContext<'a> {
    /// Returns the other media types of a request.
    pub(in crate::lower) fn sent_otherwise(
        &mut self,
        content: &'a Declared,
        at: &Pointer,
    ) -> Vec<OtherMediaType> {
        Contents::new(self, Side::Request, at.child("content")).alternatives(content)
    }

    /// Returns the other media types of a successful response.
    pub(in crate::lower) fn read_otherwise(
        &mut self,
        content: &'a Declared,
        at: &Pointer,
    ) -> Vec<OtherMediaType> {
        let mut contents = Contents::new(self, Side::Response, at.child("content"));
        contents.problems = ProblemDetails::choose_for_success(content);
        contents.alternatives(content)
    }
}

impl<'a> Contents<'_, 'a> {
    fn alternatives(&mut self, content: &'a Declared) -> Vec<OtherMediaType> {
        if content.len() < 2 {
            return Vec::new();
        }
        let mut entries = self.ranked(content).into_iter();
        let Some(first) = entries.next().map(|entry| self.describe_entry(entry)) else {
            return Vec::new();
        };
        let looks = entries.map(|entry| self.describe_entry(entry));
        let (streams, mut others): (Vec<_>, Vec<_>) = looks.partition(|entry| entry.stream);
        self.warn_of_streams(&first, &streams);
        // Of forms with equal schemas, the one with files is offered.
        others.sort_by_key(|other| (!other.files, rank(other.name)));
        let mut offered: Vec<(ComparedContent<'a>, OtherMediaType)> = Vec::new();
        for other in others {
            let is_offered =
                |(entry, _): &(ComparedContent<'a>, OtherMediaType)| entry.has_structure_of(&other);
            if !self.differs(&first, &other) || offered.iter().any(is_offered) {
                continue;
            }
            let is_alike = other.encoding == first.encoding && other.encoding.is_opaque();
            if is_alike || !is_media_type(other.name) {
                self.warn_of_same_way(&first, &other);
                continue;
            }
            if let Some(suffix) = suffix(&other, &offered) {
                let alternate = OtherMediaType {
                    media_type: other.name.to_owned(),
                    suffix,
                    files: other.files,
                };
                offered.push((other, alternate));
            }
        }
        offered
            .into_iter()
            .map(|(_, alternate)| alternate)
            .collect()
    }

    fn describe_entry(&mut self, (name, media): Entry<'a>) -> ComparedContent<'a> {
        let schema_ref = schema_ref(&self.context.schemas, media, &self.at.child(name));
        let resolved = schema_ref
            .as_ref()
            .map(|schema_ref| self.context.schemas.resolve(schema_ref));
        let encoding = match (self.side, self.choose_encoding(name, resolved.as_ref())) {
            // The client encodes forms but does not decode them.
            (Side::Response, BodyEncoding::Form | BodyEncoding::Multipart) => BodyEncoding::Binary,
            (_, encoding) => encoding,
        };
        let schemas = &mut self.context.schemas;
        let files = encoding == BodyEncoding::Multipart
            && (resolved.as_ref())
                .is_some_and(|resolved| schemas.files_of(media, resolved).is_some());
        ComparedContent {
            name,
            schema_ref,
            resolved,
            encoding,
            stream: self.side == Side::Response && MediaType::new(name).is_stream(),
            files,
        }
    }

    /// Whether a media type differs from the preferred one.
    fn differs(&mut self, first: &ComparedContent<'a>, other: &ComparedContent<'a>) -> bool {
        if other.files && first.encoding != BodyEncoding::Multipart {
            return true;
        }
        match (&first.schema_ref, &other.schema_ref) {
            (Some(a), Some(b)) => !is_same(a, b) && !self.is_same_scalar(first, other),
            (None, Some(_)) => true,
            // A range does not describe its content.
            (_, None) => {
                other.encoding.is_opaque()
                    && (self.side == Side::Request || !other.name.contains('*'))
            }
        }
    }

    /// Whether both are the same scalar type with other annotations.
    fn is_same_scalar(&mut self, a: &ComparedContent<'a>, b: &ComparedContent<'a>) -> bool {
        let schemas = &mut self.context.schemas;
        let mut scalar = |entry: &ComparedContent<'a>| {
            let target = schemas.resolve_target(entry.resolved.as_ref()?)?;
            match &target.shape {
                SchemaShape::Type(ty) => Some(ty.clone()),
                _ => None,
            }
        };
        scalar(a).is_some_and(|ty| Some(ty) == scalar(b))
    }

    /// Warns of streams apart from the stream of the operation.
    fn warn_of_streams(&mut self, first: &ComparedContent<'a>, streams: &[ComparedContent<'a>]) {
        let mut streams = first.stream.then_some(first).into_iter().chain(streams);
        let Some(taken) = streams.next() else {
            return;
        };
        for other in streams {
            if self.differs(taken, other) {
                self.warn_of_same_way(taken, other);
            }
        }
    }

    /// Warns of a media type with the same encoding and another schema.
    fn warn_of_same_way(&mut self, first: &ComparedContent<'a>, other: &ComparedContent<'a>) {
        let is_lost = match self.side {
            Side::Request => other.schema_ref.is_some(),
            Side::Response => {
                other.schema_ref.is_some() && (other.encoding == BodyEncoding::Json || other.stream)
            }
        };
        if !is_lost {
            return;
        }
        let done = match self.side {
            Side::Request => "sent",
            Side::Response => "read",
        };
        let message = format!(
            "this media type has another schema and is ignored; the body is {done} as `{}`",
            first.name
        );
        let findings = &mut self.context.schemas.findings;
        findings.warn(Code::IgnoredMediaType, &self.at.child(other.name), message);
    }
}

impl<'a> ComparedContent<'a> {
    /// Whether a body of the other has the same schema.
    fn has_structure_of(&self, other: &Self) -> bool {
        let same = match (&self.schema_ref, &other.schema_ref) {
            (Some(a), Some(b)) => is_same(a, b),
            _ => false,
        };
        same && !other.encoding.is_opaque()
    }
}

/// Returns the suffix for a media type, or `None` if one of the same encoding has it already.
fn suffix(
    entry: &ComparedContent<'_>,
    offered: &[(ComparedContent<'_>, OtherMediaType)],
) -> Option<Words> {
    let essence = MediaType::new(entry.name).essence();
    let short = name_briefly(entry.encoding, &essence);
    let mut offered = offered.iter();
    match offered.find(|(_, other)| other.suffix == short) {
        // `text/xml` and `application/xml` are the same.
        Some((other, _)) if other.encoding == entry.encoding && entry.encoding.is_opaque() => None,
        Some(_) => Some(Words::split(&essence)),
        None => Some(short),
    }
}

/// Whether a name is a media type. Some documents have names of examples instead.
fn is_media_type(name: &str) -> bool {
    let halves = name.split_once('/');
    halves.is_some_and(|(family, rest)| !family.is_empty() && !rest.is_empty())
}

fn name_briefly(encoding: BodyEncoding, essence: &str) -> Words {
    let (family, subtype) = essence.split_once('/').unwrap_or((essence, ""));
    let bare = subtype.strip_prefix("x-").unwrap_or(subtype);
    let bare = bare.strip_prefix("vnd.").unwrap_or(bare);
    let bare = bare.strip_suffix("+json").unwrap_or(bare);
    Words::split(match (encoding, family, subtype) {
        (_, "multipart", _) => "multipart",
        (_, _, "x-www-form-urlencoded") => "form",
        (BodyEncoding::Text, "text", "plain" | "*") => "text",
        (_, "*" | "application", "octet-stream" | "*") => match encoding {
            BodyEncoding::Text => "text",
            BodyEncoding::Json => "json",
            _ => "bytes",
        },
        (_, family, "*" | "") => family,
        _ => bare,
    })
}
