//! [`RawJson`]: a value that was stepped over, and the questions that unions ask of it before they read
//! it.

use std::borrow::Cow;
use std::fmt;

use jiter::Jiter;

/// The text of one JSON value, not read yet.
///
/// A union looks at it to choose its variant, and then reads it with
/// [`Reader::nested`](super::Reader::nested).
#[derive(Clone, Copy)]
pub struct RawJson<'j> {
    bytes: &'j [u8],
    offset: usize,
}

/// The six kinds of JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JsonKind {
    /// `null`
    Null,
    /// `true` or `false`
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
    /// The kind of the value that starts with this byte.
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

    /// The kind as messages call it.
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
    /// One valid value, without space around it, at an offset of the whole text.
    pub(super) fn new(bytes: &'j [u8], offset: usize) -> Self {
        Self { bytes, offset }
    }

    pub(super) fn bytes(self) -> &'j [u8] {
        self.bytes
    }

    /// The text of the value.
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

    /// The kind of the value.
    #[must_use]
    pub fn kind(&self) -> JsonKind {
        self.bytes
            .first()
            .and_then(|first| JsonKind::from_first_byte(*first))
            .unwrap_or(JsonKind::Null)
    }

    /// Whether the value is a number that is written as an integer: `7`, but not `7.0` or `7e0`,
    /// nor `-0`, whose sign no integer keeps.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        let digits = self.bytes.strip_prefix(b"-").unwrap_or(self.bytes);
        self.bytes != b"-0" && !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
    }

    /// Whether the value is a number that is not [written as an integer](Self::is_integer).
    #[must_use]
    pub fn is_fraction(&self) -> bool {
        self.kind() == JsonKind::Number && !self.is_integer()
    }

    /// The string that an object has under a name. A number or a boolean is given as it is written;
    /// anything else, and a member that is not there, as `None`.
    #[must_use]
    pub fn discriminator(&self, name: &str) -> Option<Cow<'j, str>> {
        let value = self.last_member(&mut |key| key == name)?;
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

    /// The [`tag`](Self::tag) that an object within the object has: the last of these names is
    /// that of the tag, and those before it lead to the object.
    #[must_use]
    pub fn discriminator_at(&self, path: &[&str]) -> Option<Cow<'j, str>> {
        let (name, parents) = path.split_last()?;
        let mut object = *self;
        for parent in parents {
            object = Self::new(object.last_member(&mut |key| key == *parent)?, 0);
        }
        object.discriminator(name)
    }

    /// Whether [`tag`](Self::tag) of a name is this value.
    #[must_use]
    pub fn discriminator_is(&self, name: &str, value: &str) -> bool {
        self.discriminator(name).is_some_and(|tag| tag == value)
    }

    /// Whether the value is an object that has a member of each of these names.
    #[must_use]
    pub fn has(&self, names: &[&str]) -> bool {
        let mut missing: Vec<&str> = names.to_vec();
        self.last_member(&mut |key| {
            missing.retain(|name| *name != key);
            false
        });
        missing.is_empty() && self.kind() == JsonKind::Object
    }

    /// Whether the value is an object that has a member of one of these names.
    #[must_use]
    pub fn has_any(&self, names: &[&str]) -> bool {
        self.last_member(&mut |key| names.contains(&key)).is_some()
    }

    /// The last member whose name is wanted: of several members of one name the last counts, as in
    /// `Reader::field`.
    fn last_member(&self, wanted: &mut dyn FnMut(&str) -> bool) -> Option<&'j [u8]> {
        let mut json = Jiter::new(self.bytes);
        let mut last = None;
        // The value was parsed when it was stepped over, so that no error but a wrong kind can end
        // the walk.
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
    /// Shows what kind of value it is, not the value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawJson")
            .field("kind", &self.kind())
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}
