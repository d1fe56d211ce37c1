//! Encoding: parameter locations and styles, and the encoding of bodies.

use crate::ir::{
    BodyContent, Content, Delimiter, Package, ParamStyle, PartEncoding, QueryArrayFormat,
    QueryObjectFormat, WireName,
};

/// The location of a parameter in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldLocation<'a> {
    /// In the query, with this style and escaping.
    Query(QueryStyle, QueryEscaping),
    /// In a header.
    Header(HeaderStyle),
    /// In a cookie.
    Cookie(HeaderStyle),
    /// In a header of a part of the body.
    PartHeader {
        /// The part that the header belongs to.
        part: &'a WireName,
        /// The style of the header.
        style: HeaderStyle,
    },
    /// As a property of the body.
    Property,
    /// As the whole body.
    Body,
}

/// The style of a value in a header or a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeaderStyle {
    /// As text; elements are separated by commas.
    Joined,
    /// `k=1,l=2` in a header, and one cookie per element.
    Exploded,
    /// As JSON.
    Json,
    /// As a form.
    Pairs,
    /// As its elements with this delimiter.
    Delimited(Delimiter),
}

impl HeaderStyle {
    /// Returns the style of a parameter. A value without elements cannot be exploded.
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

/// The characters of a query value that are percent-encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QueryEscaping {
    /// All reserved characters.
    All,
    /// Reserved characters are sent as they are: `allowReserved`.
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

/// The style of a value in the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QueryStyle {
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
    /// As a urlencoded form, percent-encoded once more.
    Pairs,
    /// As the whole query.
    Whole,
}

impl QueryStyle {
    /// Returns the style of a parameter. The configuration decides the style of arrays if the document
    /// does not.
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

    /// Returns the style of a form's part, which no configuration changes.
    #[must_use]
    pub const fn of_part(style: ParamStyle) -> Self {
        Self::new(
            style,
            QueryArrayFormat::Declared,
            QueryObjectFormat::Brackets,
        )
    }
}

/// The fields of the parameters that are sent as the body.
#[derive(Debug, Clone)]
pub enum BodyPlan<'a> {
    /// No field.
    None,
    /// All fields, as one object.
    Whole(BodyEncoding<'a>),
    /// The fields at [`FieldLocation::Property`], as one object.
    Properties(BodyEncoding<'a>),
    /// The field at [`FieldLocation::Body`].
    Field(BodyEncoding<'a>),
}

/// Encoding of a body.
#[derive(Debug, Clone, Copy)]
pub struct BodyEncoding<'a> {
    /// The content that the model declares.
    pub body: &'a BodyContent,
    /// The media type, if it differs from the default of such content.
    pub content_type: Option<&'a str>,
    /// The style of parts for which the document declares none, if the configuration has one.
    pub part_style: Option<QueryStyle>,
}

impl<'a> BodyEncoding<'a> {
    /// Whether the body is JSON.
    #[must_use]
    pub const fn is_json(&self) -> bool {
        matches!(self.body.content, Content::Json(_))
    }

    /// Whether the body is a multipart form.
    #[must_use]
    pub const fn is_multipart(&self) -> bool {
        matches!(self.body.content, Content::Multipart(_))
    }

    /// Returns the encoding of a part, if the document declares one.
    #[must_use]
    pub fn part(&self, name: &WireName) -> Option<&'a PartEncoding> {
        let mut parts = self.body.parts.iter();
        let found = parts.find(|(part, _)| part == name);
        found.map(|(_, encoding)| encoding)
    }

    /// Returns the style that the configuration chooses for parts.
    pub(in crate::plan) fn configured_part_style(package: &Package) -> Option<QueryStyle> {
        let (arrays, objects) = package.part_formats?;
        let style = ParamStyle::Form { explode: true };
        Some(QueryStyle::new(style, arrays, objects))
    }

    /// Returns the properties of a urlencoded form that have a style, with their styles.
    pub fn property_styles(&self) -> impl Iterator<Item = (&'a WireName, QueryStyle)> {
        let parts = self.body.parts.iter();
        parts.filter_map(|(name, encoding)| match encoding {
            PartEncoding::Style(style) => Some((name, QueryStyle::of_part(*style))),
            PartEncoding::MediaType(media_type) => {
                media_type.is_json().then_some((name, QueryStyle::Json))
            }
        })
    }
}
