//! The target of a reference.

use serde_json::Value;

use crate::load::document_structure::ObjectKind;
use crate::source::Pointer;

/// A value in a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct RefTarget {
    /// Number of the file; the root is 0.
    pub(super) file: usize,
    /// Position of the value in the file.
    pub(super) pointer: Pointer,
    /// The kind that the reference expects.
    pub(super) kind: ObjectKind,
}

/// A reference, split into its file and its fragment.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SplitRef<'r> {
    /// The text before the `#`.
    pub(super) file: &'r str,
    /// The text after the `#`, with `%xx` decoded.
    pub(super) fragment: String,
}

impl<'r> SplitRef<'r> {
    pub(super) fn parse(reference: &'r str) -> Self {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        Self {
            file,
            fragment: decode(fragment),
        }
    }

    /// Whether the file is a URL.
    pub(super) fn is_remote(&self) -> bool {
        let scheme = self.file.split(['/', '?']).next().unwrap_or_default();
        self.file.starts_with("//") || (scheme.len() > 2 && scheme.contains(':'))
    }
}

/// Decodes `%xx`. Invalid escapes, and text that is not UTF-8 then, stay as they are.
pub(super) fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = (byte == b'%')
            .then(|| after.split_at_checked(2))
            .flatten()
            .and_then(|(digits, after)| Some((hex(digits)?, after)));
        let (byte, after) = escaped.unwrap_or((byte, after));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    digits
        .bytes()
        .all(|b| b.is_ascii_hexdigit())
        .then(|| u8::from_str_radix(digits, 16).ok())
        .flatten()
}

/// Returns the child of a value that a segment of a pointer names.
pub(super) fn get_child<'v>(value: &'v Value, segment: &str) -> Option<&'v Value> {
    match value {
        Value::Object(map) => map.get(segment),
        Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
        _ => None,
    }
}

/// Returns the value at a pointer.
pub(super) fn get<'v>(root: &'v Value, pointer: &Pointer) -> Option<&'v Value> {
    pointer
        .segments()
        .try_fold(root, |value, segment| get_child(value, &segment))
}

/// Returns the value at a pointer, mutably.
pub(super) fn get_mut<'v>(root: &'v mut Value, pointer: &Pointer) -> Option<&'v mut Value> {
    pointer
        .segments()
        .try_fold(root, |value, segment| match value {
            Value::Object(map) => map.get_mut(&segment),
            Value::Array(items) => items.get_mut(segment.parse::<usize>().ok()?),
            _ => None,
        })
}

/// Returns the kind of the value at a pointer of a document.
pub(super) fn find_kind(root: &Value, pointer: &Pointer) -> ObjectKind {
    let mut value = Some(root);
    let mut kind = ObjectKind::Document;
    for segment in pointer.segments() {
        kind = match value {
            Some(Value::Array(_)) => kind.element_kind(),
            _ => kind.child_kind(&segment),
        };
        value = value.and_then(|value| get_child(value, &segment));
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::{SplitRef, decode};

    #[test]
    fn valid_escapes_are_decoded_and_others_kept() {
        assert_eq!(decode("/paths/~1a~1%7Bid%7D"), "/paths/~1a~1{id}");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%C3%A9"), "%zzé");
        assert_eq!(decode("%FF"), "%FF");
        assert_eq!(decode("%+1"), "%+1");
    }

    #[test]
    fn urls_differ_from_files() {
        for (reference, remote) in [
            ("https://example.com/a.yaml#/A", true),
            ("file:///etc/passwd", true),
            ("//example.com/a.yaml", true),
            ("a.yaml#/A", false),
            ("./a/b:c.yaml", false),
            ("#/a", false),
        ] {
            assert_eq!(
                SplitRef::parse(reference).is_remote(),
                remote,
                "{reference}"
            );
        }
    }
}
