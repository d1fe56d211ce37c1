//! Serialization styles of queries and forms, for arrays, objects and nested values.

/// The serialization of an array or object in a query. Scalars are `name=value` in each style.
///
/// Different values never have the same serialization. In styles with brackets and dots, arrays
/// have indices if their items are not scalars. A name or an item that contains the separator is
/// rejected if the style cannot escape it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryStyle {
    /// OpenAPI's `form` without `explode`: `n=a,b`, and `n=k,1` for an object.
    Form,
    /// OpenAPI's `form` with `explode`: `n=a&n=b`, and `k=1` for an object. NestedStyle arrays and
    /// objects are JSON, except for arrays in an object, which are repeated.
    FormExplode,
    /// A form property without a documented style: `n=a&n=b` for an array, and `n={"k":1}` for an
    /// object. ArrayStyle that are arrays or objects are JSON too.
    FormMember,
    /// OpenAPI's `spaceDelimited`: `n=a%20b`.
    SpaceDelimited,
    /// OpenAPI's `pipeDelimited`: `n=a%7Cb`.
    PipeDelimited,
    /// `collectionFormat: tsv` of OpenAPI 2.0: `n=a%09b`.
    TabDelimited,
    /// OpenAPI's `deepObject`: `n[k]=1`. OpenAPI does not define arrays in this style. Servers that
    /// support brackets accept `n[]=a&n[]=b`, and `n[0][k]=1` for items that are objects.
    DeepObject,
    /// Arrays as `n=a,b`, objects as `n[k]=1`.
    Comma,
    /// Arrays as `n=a,b`, objects as `n.k=1`.
    CommaDots,
    /// Arrays as `n=a&n=b`, objects as `n[k]=1`.
    Repeat,
    /// Arrays as `n=a&n=b`, objects as `n.k=1`.
    RepeatDots,
    /// Arrays as `n[]=a&n[]=b`, objects as `n[k]=1`.
    Brackets,
    /// Arrays as `n[]=a&n[]=b`, objects as `n.k=1`.
    BracketsDots,
    /// Arrays as `n[0]=a&n[1]=b`, objects as `n[k]=1`.
    Indices,
    /// Arrays as `n[0]=a&n[1]=b`, objects as `n.k=1`.
    IndicesDots,
    /// JSON text.
    Json,
    /// A form as the value of one pair: `n=k%3D1%26l%3D2`.
    Pairs,
    /// The whole query, without a name: a string as is, and other values as JSON text.
    Whole,
}

/// The serialization of an array's items.
#[derive(Clone, Copy)]
pub(super) enum ArrayStyle {
    /// One key, with the items joined by this encoded text.
    Joined(&'static str),
    Repeated,
    Brackets,
    Indices,
}

/// The serialization of a nested array or object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NestedStyle {
    /// JSON text.
    Json,
    /// Separate pairs under longer keys.
    Keys,
}

/// The position of a property name after the name of its object.
#[derive(Clone, Copy)]
pub(super) enum PropertyStyle {
    Brackets,
    Dots,
}

impl QueryStyle {
    #[inline]
    pub(super) fn items(self) -> ArrayStyle {
        match self {
            Self::Form | Self::Comma | Self::CommaDots => ArrayStyle::Joined(","),
            Self::SpaceDelimited => ArrayStyle::Joined("%20"),
            Self::PipeDelimited => ArrayStyle::Joined("%7C"),
            Self::TabDelimited => ArrayStyle::Joined("%09"),
            Self::FormExplode
            | Self::FormMember
            | Self::Repeat
            | Self::RepeatDots
            | Self::Json
            | Self::Pairs
            | Self::Whole => ArrayStyle::Repeated,
            Self::DeepObject | Self::Brackets | Self::BracketsDots => ArrayStyle::Brackets,
            Self::Indices | Self::IndicesDots => ArrayStyle::Indices,
        }
    }

    #[inline]
    pub(super) fn members(self) -> PropertyStyle {
        match self {
            Self::CommaDots | Self::RepeatDots | Self::BracketsDots | Self::IndicesDots => {
                PropertyStyle::Dots
            }
            _ => PropertyStyle::Brackets,
        }
    }

    #[inline]
    pub(super) fn nested(self) -> NestedStyle {
        match self {
            Self::Form
            | Self::FormExplode
            | Self::FormMember
            | Self::SpaceDelimited
            | Self::PipeDelimited
            | Self::TabDelimited => NestedStyle::Json,
            _ => NestedStyle::Keys,
        }
    }

    /// Returns the separator that items must not contain, because encoding it would not make a
    /// difference.
    #[inline]
    pub(super) fn separator(self) -> Option<char> {
        match self {
            Self::SpaceDelimited => Some(' '),
            Self::PipeDelimited => Some('|'),
            Self::TabDelimited => Some('\t'),
            _ => None,
        }
    }

    /// Returns the separator of an array's items, if they are joined in one text.
    #[inline]
    pub(crate) fn joins_by(self) -> Option<char> {
        match self.items() {
            ArrayStyle::Joined(_) => Some(self.separator().unwrap_or(',')),
            _ => None,
        }
    }
}
