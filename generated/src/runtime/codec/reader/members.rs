//! Going through the members of objects and the elements of arrays.

use jiter::Peek;

use super::Reader;
use crate::runtime::codec::{Decode, DecodeError, Raw, Rest, Seen, locate};

impl Reader<'_> {
    /// Enters an object.
    ///
    /// # Errors
    ///
    /// Fails on any other value, and on the 129th level of nesting.
    #[inline(never)]
    pub fn begin_object(&mut self) -> Result<(), DecodeError> {
        match self.peek()? {
            Peek::Object => self.enter(),
            peek => Err(self.unexpected(peek, "an object")),
        }
    }

    /// Goes to the next member of an object that is one of `names`, and returns its index in
    /// `names`; its value comes next. Members of other names are put into `extra` on the way.
    /// `None` at the end of the object.
    ///
    /// # Errors
    ///
    /// Fails if the text is not JSON.
    #[inline(never)]
    pub fn field(
        &mut self,
        names: &[&str],
        extra: &mut dyn Rest,
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
            extra.read(name, self)?;
        }
    }

    /// Goes to the next member of an object, whatever its name; its value comes next. `None` at the
    /// end of the object.
    ///
    /// # Errors
    ///
    /// Fails if the text is not JSON.
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

    /// Reads the value of a member that the object must have, into its place.
    ///
    /// # Errors
    ///
    /// Fails as [`Decode::decode`] of the type does.
    #[inline(never)]
    pub fn read<T: Decode>(&mut self, place: &mut Option<T>) -> Result<(), DecodeError> {
        *place = Some(T::decode(self)?);
        Ok(())
    }

    /// Reads the value of a member into its place, which holds something already: what it is when the
    /// member is absent, or what stands there until it is read.
    ///
    /// # Errors
    ///
    /// Fails as [`Decode::decode`] of the type does.
    #[inline(never)]
    pub fn fill<T: Decode>(&mut self, place: &mut T) -> Result<(), DecodeError> {
        *place = T::decode(self)?;
        Ok(())
    }

    /// Makes sure that the object which was just read had the members at these places.
    ///
    /// # Errors
    ///
    /// Fails if one of them was not seen, and names it.
    #[inline(never)]
    pub fn require(
        &self,
        known: &[&str],
        seen: &Seen,
        needed: &[usize],
    ) -> Result<(), DecodeError> {
        match needed.iter().find(|place| !seen.has(**place)) {
            None => Ok(()),
            Some(place) => Err(self.missing(known.get(*place).copied().as_slice())),
        }
    }

    /// The error that the object which was just read lacks one of the members that it must have.
    #[cold]
    #[inline(never)]
    pub fn missing(&self, required: &[&str]) -> DecodeError {
        let text = self.json.slice_to_current(0);
        let end = text.len().saturating_sub(1);
        let object = locate::object_start(text, end).and_then(|start| text.get(start..));
        let object = Raw::new(object.unwrap_or_default(), self.base);
        let missing = required.iter().find(|name| !object.has(&[name]));
        let message = format!("missing field `{}`", missing.copied().unwrap_or_default());
        DecodeError::new(message, self.base.saturating_add(end))
    }

    /// Enters an array.
    ///
    /// # Errors
    ///
    /// Fails on any other value, and on the 129th level of nesting.
    #[inline(never)]
    pub fn begin_array(&mut self) -> Result<(), DecodeError> {
        match self.peek()? {
            Peek::Array => self.enter(),
            peek => Err(self.unexpected(peek, "an array")),
        }
    }

    /// Goes to the next element of an array. `false` at the end of the array.
    ///
    /// # Errors
    ///
    /// Fails if the text is not JSON.
    #[inline(never)]
    pub fn element(&mut self) -> Result<bool, DecodeError> {
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

    /// Goes to the next element of an array that must have at least `length` of them.
    pub(in crate::runtime::codec) fn known_element(
        &mut self,
        length: usize,
    ) -> Result<(), DecodeError> {
        if self.element()? {
            Ok(())
        } else {
            Err(self.too_short(length))
        }
    }

    /// Goes to the end of an array.
    pub(in crate::runtime::codec) fn skip_elements(&mut self) -> Result<(), DecodeError> {
        while self.element()? {
            self.raw()?;
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn too_short(&self, length: usize) -> DecodeError {
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

/// The index of a name. Servers write members in one order, so the search starts where the last one
/// ended.
fn find(names: &[&str], key: &str, expected: usize) -> Option<usize> {
    let (before, after) = names.split_at_checked(expected).unwrap_or((names, &[]));
    match after.iter().position(|name| *name == key) {
        Some(index) => Some(index.wrapping_add(before.len())),
        None => before.iter().position(|name| *name == key),
    }
}
