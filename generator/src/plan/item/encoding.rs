//! The wire: where each parameter is sent, and how it and the body are written.

use crate::ir::{
    Delimiter, MediaType, ParamStyle, PartEncoding, QueryArrayFormat, QueryObjectFormat, WireName,
};

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldLocation {
    /// In the query, written and escaped in this way.
    Query(QueryWire, QueryEscaping),
    /// In a header.
    Header(HeaderStyle),
    /// In a cookie.
    Cookie(HeaderStyle),
    /// In a header of a part of the body.
    PartHeader(HeaderStyle),
    /// As a member of the body.
    Member,
    /// As the body.
    Body,
}

/// How a value is written in a header or a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderStyle {
    /// As its text, or its parts with commas.
    Joined,
    /// `k=1,l=2` in a header, and a cookie for each part.
    Exploded,
    /// As JSON.
    Json,
    /// As a form.
    Pairs,
    /// As its parts with this between them.
    Delimited(Delimiter),
}

impl HeaderStyle {
    /// How a style is written; without parts there is nothing to explode.
    pub(in crate::plan) const fn new(style: ParamStyle, has_parts: bool) -> Self {
        match style {
            ParamStyle::Json => Self::Json,
            ParamStyle::Pairs => Self::Pairs,
            ParamStyle::Delimited(delimiter) => Self::Delimited(delimiter),
            ParamStyle::Simple { explode: true } | ParamStyle::Form { explode: true }
                if has_parts =>
            {
                Self::Exploded
            }
            _ => Self::Joined,
        }
    }
}

/// Which characters of a value are percent-encoded in the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryEscaping {
    /// All that could mean something.
    All,
    /// Not the reserved ones: `allowReserved`.
    AllowReserved,
}

impl QueryEscaping {
    pub(in crate::plan) const fn new(allow_reserved: bool) -> Self {
        if allow_reserved {
            Self::AllowReserved
        } else {
            Self::All
        }
    }
}

/// How a value is written in the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryWire {
    /// `a=1,2`.
    Form,
    /// `a=1&a=2`.
    FormExplode,
    /// `a=1%202`.
    SpaceDelimited,
    /// `a=1|2`.
    PipeDelimited,
    /// `a=1%092`.
    TabDelimited,
    /// `a[b]=1`.
    DeepObject,
    /// `a=1,2`, and `a[b]=1` for objects.
    Comma,
    /// `a=1&a=2`, and `a[b]=1` for objects.
    Repeat,
    /// `a[]=1&a[]=2`.
    Brackets,
    /// `a[0]=1&a[1]=2`.
    Indices,
    /// As [`Comma`](Self::Comma), and `a.b=1` for objects.
    CommaDots,
    /// As [`Repeat`](Self::Repeat), and `a.b=1` for objects.
    RepeatDots,
    /// As [`Brackets`](Self::Brackets), and `a.b=1` for objects.
    BracketsDots,
    /// As [`Indices`](Self::Indices), and `a.b=1` for objects.
    IndicesDots,
    /// As JSON.
    Json,
    /// As a form, escaped once more.
    Pairs,
    /// As the whole query.
    Whole,
}

impl QueryWire {
    /// How a style is written, where the configuration says how arrays are
    /// written unless the document says it.
    pub(in crate::plan) const fn new(
        style: ParamStyle,
        arrays: QueryArrayFormat,
        members: QueryObjectFormat,
    ) -> Self {
        if let (ParamStyle::Form { explode: true }, QueryObjectFormat::Dots) = (style, members) {
            return match arrays {
                QueryArrayFormat::Comma => Self::CommaDots,
                QueryArrayFormat::Declared | QueryArrayFormat::Repeat => Self::RepeatDots,
                QueryArrayFormat::Brackets => Self::BracketsDots,
                QueryArrayFormat::Indices => Self::IndicesDots,
            };
        }
        match (style, arrays) {
            (ParamStyle::Form { explode: true }, QueryArrayFormat::Comma) => Self::Comma,
            (ParamStyle::Form { explode: true }, QueryArrayFormat::Repeat) => Self::Repeat,
            (ParamStyle::Form { explode: true }, QueryArrayFormat::Brackets) => Self::Brackets,
            (ParamStyle::Form { explode: true }, QueryArrayFormat::Indices) => Self::Indices,
            (ParamStyle::Form { explode: true }, _) => Self::FormExplode,
            (ParamStyle::SpaceDelimited | ParamStyle::Delimited(Delimiter::Space), _) => {
                Self::SpaceDelimited
            }
            (ParamStyle::PipeDelimited | ParamStyle::Delimited(Delimiter::Pipe), _) => {
                Self::PipeDelimited
            }
            (ParamStyle::Delimited(Delimiter::Tab), _) => Self::TabDelimited,
            (ParamStyle::DeepObject, _) => Self::DeepObject,
            (ParamStyle::Json, _) => Self::Json,
            (ParamStyle::Pairs, _) => Self::Pairs,
            (ParamStyle::Whole, _) => Self::Whole,
            _ => Self::Form,
        }
    }
}

/// What the parameters send as the body.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyPlan {
    /// Nothing.
    None,
    /// All fields, as one object.
    Whole(BodyEncoding),
    /// The fields whose place is [`FieldLocation::Member`], as one object.
    Properties(BodyEncoding),
    /// The field whose place is [`FieldLocation::Body`].
    Field(BodyEncoding),
}

/// How a body is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyEncoding {
    /// The format.
    pub format: BodyFormat,
    /// The media type, where it is not the format's usual one.
    pub content_type: Option<String>,
    /// How parts are written, where it is not as usual.
    pub parts: Vec<(WireName, PartEncodingPlan)>,
    /// The members of a form whose reserved characters are sent as they are.
    pub reserved: Vec<WireName>,
}

impl BodyEncoding {
    /// How a part is written, where it is not as usual.
    #[must_use]
    pub fn part(&self, name: &WireName) -> Option<&PartEncodingPlan> {
        let mut parts = self.parts.iter();
        let found = parts.find(|(part, _)| part == name);
        found.map(|(_, wire)| wire)
    }

    /// The styles of the members of a form in pairs that have one.
    pub fn styles(&self) -> impl Iterator<Item = (&WireName, QueryWire)> {
        self.parts.iter().filter_map(|(name, wire)| match wire {
            PartEncodingPlan::Style(style) => Some((name, *style)),
            PartEncodingPlan::MediaType(kind) => {
                let is_json = MediaType::new(kind.as_str()).is_json();
                is_json.then_some((name, QueryWire::Json))
            }
        })
    }
}

/// How a part of a form is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartEncodingPlan {
    /// As a value of this media type.
    MediaType(String),
    /// As a value in a query.
    Style(QueryWire),
}

impl PartEncodingPlan {
    pub(in crate::plan) fn new(encoding: &PartEncoding) -> Self {
        match encoding {
            PartEncoding::MediaType(kind) => Self::MediaType(kind.as_str().to_owned()),
            PartEncoding::Style(style) => Self::Style(QueryWire::new(
                *style,
                QueryArrayFormat::Declared,
                QueryObjectFormat::Brackets,
            )),
        }
    }
}

/// The format of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFormat {
    /// JSON.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}
