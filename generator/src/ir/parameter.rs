//! Parameters: the inputs of a call apart from its body, and their styles.

use super::{Docs, Type, WireName, Words};
use crate::source::Pointer;

/// A parameter of an operation.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name on the wire.
    pub wire: WireName,
    /// The words of its name in code.
    pub name: Words,
    /// Its location.
    pub location: ParamLocation,
    /// The multipart part whose header it is, if it is not a parameter of the call.
    pub part: Option<WireName>,
    /// Its style.
    pub style: ParamStyle,
    /// Whether reserved characters are sent unescaped: `allowReserved`.
    pub allow_reserved: bool,
    /// Whether it is required.
    pub required: bool,
    /// Its type.
    pub ty: Type,
    /// Its only value, for a constant.
    pub constant: Option<serde_json::Value>,
    /// The description.
    pub docs: Docs,
    /// An example of its value.
    pub example: Option<serde_json::Value>,
    /// A value for samples without an example. It fits the name and the keywords. `None` if they say no
    /// more than the type.
    pub sample: Option<serde_json::Value>,
    /// `default`: the value that the server assumes when it is absent.
    pub default: Option<serde_json::Value>,
    /// The JSON pointer.
    pub pointer: Pointer,
}

/// The location of a parameter: `in`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ParamLocation {
    /// In a segment of the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// The serialization of a parameter: `style`, `explode`, or `content`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParamStyle {
    /// `simple`: `1,2`.
    Simple {
        /// `a=1,b=2` rather than `a,1,b,2`.
        explode: bool,
    },
    /// `label`: `.1.2`.
    Label {
        /// A dot between the values rather than a comma.
        explode: bool,
    },
    /// `matrix`: `;a=1,2`.
    Matrix {
        /// `;a=1;a=2`.
        explode: bool,
    },
    /// `form`: `a=1,2`.
    Form {
        /// `a=1&a=2`.
        explode: bool,
    },
    /// `spaceDelimited`: `a=1%202`.
    SpaceDelimited,
    /// `pipeDelimited`: `a=1|2`.
    PipeDelimited,
    /// `collectionFormat` of 2.0 where 3.0 has no style for it.
    Delimited(Delimiter),
    /// `deepObject`: `a[b]=1`.
    DeepObject,
    /// `content`: the value as JSON.
    Json,
    /// `content`: the value as a form (`a=1&a=2`), escaped as one text.
    Pairs,
    /// `in: querystring`: the value is the whole query, without a name; JSON, unless it is text.
    Whole,
}

/// The delimiter of array items in one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Delimiter {
    /// `ssv`: a space.
    Space,
    /// `tsv`: a tab.
    Tab,
    /// `pipes`: `|`.
    Pipe,
}

impl Delimiter {
    /// Returns the delimiter of a `collectionFormat` without a style in 3.0.
    #[must_use]
    pub fn from_collection_format(format: &str) -> Option<Self> {
        Some(match format {
            "ssv" => Self::Space,
            "tsv" => Self::Tab,
            "pipes" => Self::Pipe,
            _ => return None,
        })
    }
}
