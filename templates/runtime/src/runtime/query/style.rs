//! The styles of queries and forms: what becomes of arrays, of objects, and of what is nested in them.

/// How an array or object is written in a query. Scalars are `name=value` in each style.
///
/// No two values are written alike. In the styles with brackets and dots, arrays have indices where their
/// items are not scalars. A name or an item with a character that separates them is refused where it
/// cannot be escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryStyle {
    /// OpenAPI's `form`, not exploded: `n=a,b`, and `n=k,1` for an object.
    Form,
    /// OpenAPI's `form`, exploded: `n=a&n=b`, and `k=1` for an object. Of both, parts that are arrays
    /// or objects themselves are JSON, save for arrays of an object's members, which are repeated.
    FormExplode,
    /// A member of a form of which the document says nothing: `n=a&n=b` for an array, and `n={"k":1}`
    /// for an object, as for items that are arrays or objects themselves.
    FormMember,
    /// OpenAPI's `spaceDelimited`: `n=a%20b`.
    SpaceDelimited,
    /// OpenAPI's `pipeDelimited`: `n=a%7Cb`.
    PipeDelimited,
    /// `collectionFormat: tsv` of OpenAPI 2.0: `n=a%09b`.
    TabDelimited,
    /// OpenAPI's `deepObject`: `n[k]=1`. It says nothing of arrays; servers that read brackets take
    /// `n[]=a&n[]=b`, and `n[0][k]=1` where the items are objects.
    DeepObject,
    /// Arrays as `n=a,b`; objects as `n[k]=1`.
    Comma,
    /// Arrays as `n=a,b`; objects as `n.k=1`.
    CommaDots,
    /// Arrays as `n=a&n=b`; objects as `n[k]=1`.
    Repeat,
    /// Arrays as `n=a&n=b`; objects as `n.k=1`.
    RepeatDots,
    /// Arrays as `n[]=a&n[]=b`; objects as `n[k]=1`.
    Brackets,
    /// Arrays as `n[]=a&n[]=b`; objects as `n.k=1`.
    BracketsDots,
    /// Arrays as `n[0]=a&n[1]=b`; objects as `n[k]=1`.
    Indices,
    /// Arrays as `n[0]=a&n[1]=b`; objects as `n.k=1`.
    IndicesDots,
    /// The value's JSON text.
    Json,
    /// The value as a form, which is the value of one pair: `n=k%3D1%26l%3D2`.
    Pairs,
    /// The value is the query, without a name: a text as it is, anything else as its JSON text.
    Whole,
}

/// What joins or tells apart the items of an array.
#[derive(Clone, Copy)]
pub(super) enum Items {
    /// One key, the items joined by this text, which is encoded already.
    Joined(&'static str),
    Repeated,
    Brackets,
    Indices,
}

/// What a value is written as that is nested in another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Nested {
    /// Its JSON text.
    Json,
    /// Pairs of its own, under longer keys.
    Keys,
}

/// How the name of an object's member follows the name of the object.
#[derive(Clone, Copy)]
pub(super) enum Members {
    Brackets,
    Dots,
}

impl QueryStyle {
    #[inline]
    pub(super) fn items(self) -> Items {
        match self {
            Self::Form | Self::Comma | Self::CommaDots => Items::Joined(","),
            Self::SpaceDelimited => Items::Joined("%20"),
            Self::PipeDelimited => Items::Joined("%7C"),
            Self::TabDelimited => Items::Joined("%09"),
            Self::FormExplode
            | Self::FormMember
            | Self::Repeat
            | Self::RepeatDots
            | Self::Json
            | Self::Pairs
            | Self::Whole => Items::Repeated,
            Self::DeepObject | Self::Brackets | Self::BracketsDots => Items::Brackets,
            Self::Indices | Self::IndicesDots => Items::Indices,
        }
    }

    #[inline]
    pub(super) fn members(self) -> Members {
        match self {
            Self::CommaDots | Self::RepeatDots | Self::BracketsDots | Self::IndicesDots => {
                Members::Dots
            }
            _ => Members::Brackets,
        }
    }

    #[inline]
    pub(super) fn nested(self) -> Nested {
        match self {
            Self::Form
            | Self::FormExplode
            | Self::FormMember
            | Self::SpaceDelimited
            | Self::PipeDelimited
            | Self::TabDelimited => Nested::Json,
            _ => Nested::Keys,
        }
    }

    /// The character that separates the items of an array and that no item can have, since encoding
    /// it makes no difference.
    #[inline]
    pub(super) fn separator(self) -> Option<char> {
        match self {
            Self::SpaceDelimited => Some(' '),
            Self::PipeDelimited => Some('|'),
            Self::TabDelimited => Some('\t'),
            _ => None,
        }
    }

    /// The character between the items of an array, where they are in one text.
    #[inline]
    pub(crate) fn joins_by(self) -> Option<char> {
        match self.items() {
            Items::Joined(_) => Some(self.separator().unwrap_or(',')),
            _ => None,
        }
    }
}
