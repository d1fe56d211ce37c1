//! JSON pointers into the document.
//!
//! Every fact of the model keeps one, and every diagnostic prints one.

use std::fmt;

/// A JSON Pointer ([RFC 6901]) into the document as its author wrote it.
///
/// The empty pointer means the whole document. Segments stay escaped (`~` as
/// `~0`, `/` as `~1`), so that the text can be printed without conversion.
///
/// [RFC 6901]: https://www.rfc-editor.org/rfc/rfc6901
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// Returns the pointer to the whole document.
    #[must_use]
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// Parses a pointer, with or without the leading `#` of a URI fragment.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self(text.strip_prefix('#').unwrap_or(text).to_owned())
    }

    /// Returns the pointer to the property `segment` of this value.
    #[must_use]
    pub fn child(&self, segment: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + segment.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        for c in segment.chars() {
            match c {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                other => text.push(other),
            }
        }
        Self(text)
    }

    /// Returns the pointer to the element `index` of this array.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// Returns the pointer to the enclosing value, or `None` at the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Self(parent.to_owned()))
    }

    /// Returns the last segment, unescaped, or `None` at the root.
    #[must_use]
    pub fn last(&self) -> Option<String> {
        let (_, segment) = self.0.rsplit_once('/')?;
        Some(unescape(segment))
    }

    /// Iterates over the unescaped segments, from the root down.
    pub fn segments(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(unescape)
    }

    /// Returns the pointer's text, without a leading `#`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns the text of a segment ([RFC 6901, section
/// 4](https://www.rfc-editor.org/rfc/rfc6901#section-4)).
pub(crate) fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn segments_are_escaped_and_unescaped() {
        let pointer = Pointer::root().child("paths").child("/v3/a~b").index(2);
        assert_eq!(pointer.to_string(), "#/paths/~1v3~1a~0b/2");
        assert_eq!(
            pointer.segments().collect::<Vec<_>>(),
            ["paths", "/v3/a~b", "2"]
        );
        assert_eq!(
            pointer.parent().and_then(|p| p.last()).as_deref(),
            Some("/v3/a~b")
        );
    }
}
