//! [`RawJson`]: a value that has been skipped, and the predicates that unions evaluate before they
//! decode it.

use std::borrow::Cow;
use std::fmt;

use jiter::Jiter;

/// The text of one JSON value that has not been decoded yet.
///
/// A union uses it to choose its variant, and then decodes it with
/// [`Reader::nested`](super::Reader::nested).
#[derive(Clone, Copy)]
pub struct RawJson<'j> {
    bytes: &'j [u8],
    offset: usize,
}

/// The six types of JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JsonKind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl JsonKind {
    /// Returns the type of the value that starts with this byte.
    pub(super) fn from_first_byte(first: u8) -> Option<Self> {
        Some(match first {
            b'n' => Self::Null,
            b't' | b'f' => Self::Bool,
            b'-' | b'0'..=b'9' => Self::Number,
            b'"' => Self::String,
            b'[' => Self::Array,
            b'{' => Self::Object,
            _ => return None,
        })
    }

    /// Returns the description of the type in messages.
    pub(super) fn described(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

impl<'j> RawJson<'j> {
    /// Creates a valid value without surrounding whitespace, at an offset of the whole text.
    pub(super) fn new(bytes: &'j [u8], offset: usize) -> Self {
        Self { bytes, offset }
    }

    pub(super) fn bytes(self) -> &'j [u8] {
        self.bytes
    }

    /// Returns the text of the value.
    #[cfg(feature = "client")]
    pub(crate) fn text(self) -> Cow<'j, str> {
        String::from_utf8_lossy(self.bytes)
    }

    pub(super) fn offset(self) -> usize {
        self.offset
    }

    pub(super) fn len(self) -> usize {
        self.bytes.len()
    }

    /// Returns the type of the value.
    #[must_use]
    pub fn kind(&self) -> JsonKind {
        self.bytes
            .first()
            .and_then(|first| JsonKind::from_first_byte(*first))
            .unwrap_or(JsonKind::Null)
    }

    /// Returns `true` if the value is a number that is written as an integer: `7`, but not `7.0` or
    /// `7e0`. `-0` does not count, because integers cannot hold its sign.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        let digits = self.bytes.strip_prefix(b"-").unwrap_or(self.bytes);
        self.bytes != b"-0" && !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
    }

    /// Returns `true` if the value is a number that is not [written as an
    /// integer](Self::is_integer).
    #[must_use]
    pub fn is_fraction(&self) -> bool {
        self.kind() == JsonKind::Number && !self.is_integer()
    }

    /// Returns the discriminator value of an object: the string in the property `name`.
    ///
    /// Numbers and booleans are returned as written. Returns `None` for other values, and if the
    /// property is absent.
    #[must_use]
    pub fn discriminator(&self, name: &str) -> Option<Cow<'j, str>> {
        let value = self.last_property(&mut |key| key == name)?;
        match value {
            [b'"', text @ .., b'"'] if !text.contains(&b'\\') => {
                std::str::from_utf8(text).ok().map(Cow::Borrowed)
            }
            [b'"', ..] => Jiter::new(value)
                .next_str()
                .ok()
                .map(|text| Cow::Owned(text.to_owned())),
            [b'n' | b'[' | b'{', ..] => None,
            plain => std::str::from_utf8(plain).ok().map(Cow::Borrowed),
        }
    }

    /// Returns the [discriminator value](Self::discriminator) of a nested object. The last name in
    /// `path` is the discriminator property, and the names before it lead to the object.
    #[must_use]
    pub fn discriminator_at(&self, path: &[&str]) -> Option<Cow<'j, str>> {
        let (name, parents) = path.split_last()?;
        let mut object = *self;
        for parent in parents {
            object = Self::new(object.last_property(&mut |key| key == *parent)?, 0);
        }
        object.discriminator(name)
    }

    /// Returns `true` if the [discriminator value](Self::discriminator) in the property `name` is
    /// `value`.
    #[must_use]
    pub fn discriminator_is(&self, name: &str, value: &str) -> bool {
        self.discriminator(name).is_some_and(|tag| tag == value)
    }

    /// Returns `true` if the value is an object that has all of these properties.
    #[must_use]
    pub fn has(&self, names: &[&str]) -> bool {
        let mut missing: Vec<&str> = names.to_vec();
        self.last_property(&mut |key| {
            missing.retain(|name| *name != key);
            false
        });
        missing.is_empty() && self.kind() == JsonKind::Object
    }

    /// Returns `true` if the value is an object that has any of these properties.
    #[must_use]
    pub fn has_any(&self, names: &[&str]) -> bool {
        self.last_property(&mut |key| names.contains(&key))
            .is_some()
    }

    /// Returns the last property with a wanted name. Of duplicate properties the last one wins, as
    /// in `Reader::field`.
    fn last_property(&self, wanted: &mut dyn FnMut(&str) -> bool) -> Option<&'j [u8]> {
        let mut json = Jiter::new(self.bytes);
        let mut last = None;
        // The value was already validated when it was skipped. Only a value that is not an object
        // can end the walk early.
        let mut key = json.next_object().ok()?;
        while let Some(name) = key {
            let wanted = wanted(name);
            let peek = json.peek().ok()?;
            let start = json.current_index();
            json.known_skip(peek).ok()?;
            if wanted {
                last = Some(json.slice_to_current(start));
            }
            key = json.next_key().ok()?;
        }
        last
    }
}

impl fmt::Debug for RawJson<'_> {
    /// Formats the type of the value, but not the value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawJson")
            .field("kind", &self.kind())
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}
