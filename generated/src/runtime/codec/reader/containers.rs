//! Reads the properties of objects and the elements of arrays.

use jiter::Peek;

use super::Reader;
use crate::runtime::codec::field_set::FieldSet;
use crate::runtime::codec::{Decode, DecodeError, RawJson, UnknownFields, error_path};

impl Reader<'_> {
    /// Enters an object.
    ///
    /// # Errors
    ///
    /// Returns an error if the next value is not an object, or if it is nested more than 128 levels
    /// deep.
    #[inline(never)]
    pub fn begin_object(&mut self) -> Result<(), DecodeError> {
        match self.peek()? {
            Peek::Object => self.enter(),
            peek => Err(self.unexpected(peek, "an object")),
        }
    }

    /// Reads an object.
    ///
    /// The value of a property in `names` goes to the variable with the same index. Other
    /// properties go to `rest`, which also records optional fields that are `null`. Of duplicate
    /// properties the last one wins. `required` holds the indices of the required properties.
    ///
    /// # Errors
    ///
    /// Returns an error if the next value is not an object, if a property is not of its type, or if
    /// a required property is missing.
    #[inline(never)]
    pub fn object(
        &mut self,
        names: &[&str],
        fields: &mut [&mut dyn DecodeInto],
        rest: &mut dyn UnknownFields,
        required: &[usize],
    ) -> Result<(), DecodeError> {
        self.begin_object()?;
        let mut seen = FieldSet::new();
        while let Some(index) = self.field(names, rest)? {
            seen.insert(index);
            if let Some(field) = fields.get_mut(index) {
                let forgets_null = field.decode_into(self)?;
                // No other value ends like `null`.
                if forgets_null
                    && self.json.slice_to_current(0).ends_with(b"null")
                    && !required.contains(&index)
                    && let Some(name) = names.get(index)
                {
                    rest.note_null(name);
                }
            }
        }
        match required.iter().find(|index| !seen.contains(**index)) {
            None => Ok(()),
            Some(index) => Err(self.missing(names.get(*index).copied().as_slice())),
        }
    }

    /// Advances to the next property in `names` and returns its index. Its value can be read next.
    ///
    /// Other properties on the way are added to `rest`. Returns `None` at the end of the object.
    fn field(
        &mut self,
        names: &[&str],
        rest: &mut dyn UnknownFields,
    ) -> Result<Option<usize>, DecodeError> {
        loop {
            let key = if self.opening {
                self.json.known_object()
            } else {
                self.json.next_key()
            };
            self.opening = false;
            let name = match key {
                Ok(Some(key)) => {
                    let expected = self.expected.get_mut(self.depth.wrapping_sub(1));
                    let hint = expected.as_deref().copied().unwrap_or_default();
                    if let Some(index) = find(names, key, usize::from(hint)) {
                        if let Some(expected) = expected {
                            *expected = u8::try_from(index.wrapping_add(1)).unwrap_or(u8::MAX);
                        }
                        return Ok(Some(index));
                    }
                    key.to_owned()
                }
                Ok(None) => {
                    self.leave();
                    return Ok(None);
                }
                Err(error) => return Err(DecodeError::syntax(&error, self.base)),
            };
            rest.read(name, self)?;
        }
    }

    /// Advances to the next property and returns its name. Its value can be read next. Returns
    /// `None` at the end of the object.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not valid JSON.
    #[inline(never)]
    pub fn key(&mut self) -> Result<Option<String>, DecodeError> {
        let key = if self.opening {
            self.json.known_object()
        } else {
            self.json.next_key()
        };
        self.opening = false;
        match key {
            Ok(Some(key)) => Ok(Some(key.to_owned())),
            Ok(None) => {
                self.leave();
                Ok(None)
            }
            Err(error) => Err(DecodeError::syntax(&error, self.base)),
        }
    }

    /// Creates the error for a missing required property of the last object.
    #[cold]
    #[inline(never)]
    pub fn missing(&self, required: &[&str]) -> DecodeError {
        let text = self.json.slice_to_current(0);
        let end = text.len().saturating_sub(1);
        let object = error_path::object_start(text, end).and_then(|start| text.get(start..));
        let object = RawJson::new(object.unwrap_or_default(), self.base);
        let missing = required.iter().find(|name| !object.has(&[name]));
        let message = format!("missing field `{}`", missing.copied().unwrap_or_default());
        DecodeError::new(message, self.base.saturating_add(end))
    }

    /// Enters an array.
    ///
    /// # Errors
    ///
    /// Returns an error if the next value is not an array, or if it is nested more than 128 levels
    /// deep.
    #[inline(never)]
    pub(crate) fn begin_array(&mut self) -> Result<(), DecodeError> {
        match self.peek()? {
            Peek::Array => self.enter(),
            peek => Err(self.unexpected(peek, "an array")),
        }
    }

    /// Advances to the next element of an array. Returns `false` at the end of the array.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not valid JSON.
    #[inline(never)]
    pub(crate) fn element(&mut self) -> Result<bool, DecodeError> {
        let next = if self.opening {
            self.json.known_array()
        } else {
            self.json.array_step()
        };
        self.opening = false;
        match next {
            Ok(Some(_)) => Ok(true),
            Ok(None) => {
                self.leave();
                Ok(false)
            }
            Err(error) => Err(DecodeError::syntax(&error, self.base)),
        }
    }

    /// Advances to the end of an array, which must not have another element.
    pub(in crate::runtime::codec) fn no_element(&mut self) -> Result<(), DecodeError> {
        if self.element()? {
            let found = self.peek()?;
            return Err(self.unexpected(found, "the end of the array"));
        }
        Ok(())
    }

    /// Creates the error for an array that ends before its required elements.
    #[cold]
    #[inline(never)]
    pub(in crate::runtime::codec) fn too_short(&self, needed: &[bool]) -> DecodeError {
        let length = needed.iter().filter(|needed| **needed).count();
        let bracket = self
            .base
            .saturating_add(self.json.current_index())
            .saturating_sub(1);
        DecodeError::new(
            format!("expected an array of at least {length} elements"),
            bracket,
        )
    }
}

/// A destination for the value of a property.
pub trait DecodeInto {
    /// Reads the value and replaces the current one. Returns whether it was a `null` that the type
    /// cannot represent.
    ///
    /// # Errors
    ///
    /// Returns the error of [`Decode::decode`].
    fn decode_into(&mut self, r: &mut Reader<'_>) -> Result<bool, DecodeError>;
}

impl<T: Decode> DecodeInto for T {
    #[inline(never)]
    fn decode_into(&mut self, r: &mut Reader<'_>) -> Result<bool, DecodeError> {
        *self = T::decode(r)?;
        Ok(T::OMITS_NULL)
    }
}

/// A destination for the value of a required property.
#[derive(Debug)]
pub struct RequiredField<'v, T>(pub &'v mut Option<T>);

impl<T: Decode> DecodeInto for RequiredField<'_, T> {
    #[inline(never)]
    fn decode_into(&mut self, r: &mut Reader<'_>) -> Result<bool, DecodeError> {
        *self.0 = Some(T::decode(r)?);
        Ok(false)
    }
}

/// Returns the index of a name. Servers write properties in a stable order, so the search starts
/// after the previous one.
fn find(names: &[&str], key: &str, expected: usize) -> Option<usize> {
    let (before, after) = names.split_at_checked(expected).unwrap_or((names, &[]));
    match after.iter().position(|name| *name == key) {
        Some(index) => Some(index.wrapping_add(before.len())),
        None => before.iter().position(|name| *name == key),
    }
}
