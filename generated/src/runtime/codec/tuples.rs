//! The codec of arrays with a type for each place.

use std::ops::{Deref, DerefMut};

use super::{Decode, DecodeError, Encode, Reader, Value, Writer};

/// An array with a type for each place, and whatever follows them.
///
/// Where an API does not say that nothing follows, what does is kept here, so that to read, to
/// change and to send such an array loses nothing. It is made of a tuple, by [`From`], and its
/// places are those of the tuple: `point.0` is the first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct OpenTuple<T, R = Value> {
    /// The places that have types of their own.
    pub places: T,
    /// What follows them.
    pub rest: Vec<R>,
}

impl<T, R> OpenTuple<T, R> {
    /// These places, and what follows them.
    pub fn new(places: T, rest: impl IntoIterator<Item = R>) -> Self {
        Self {
            places,
            rest: rest.into_iter().collect(),
        }
    }
}

impl<T, R> From<T> for OpenTuple<T, R> {
    fn from(places: T) -> Self {
        Self::new(places, [])
    }
}

impl<T, R> Deref for OpenTuple<T, R> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.places
    }
}

impl<T, R> DerefMut for OpenTuple<T, R> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.places
    }
}

impl<T: DecodeElements, R: Decode> Decode for OpenTuple<T, R> {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.begin_array()?;
        let (places, more) = T::read(r)?;
        let mut rest = Vec::new();
        while more && r.element()? {
            rest.push(R::decode(r)?);
        }
        Ok(Self { places, rest })
    }
}

impl<T: EncodeElements, R: Encode> Encode for OpenTuple<T, R> {
    fn encode(&self, w: &mut Writer) {
        w.begin_array();
        self.places.write(w, !self.rest.is_empty());
        for element in &self.rest {
            w.element(element);
        }
        w.end_array();
    }
}

/// A tuple that the start of an array is read as.
pub trait DecodeElements: Sized {
    /// Reads the elements, and returns whether the array may go on.
    ///
    /// # Errors
    ///
    /// Fails if one is not of its type, or missing where it must not be.
    fn read(r: &mut Reader<'_>) -> Result<(Self, bool), DecodeError>;
}

/// A tuple that the start of an array is written from.
pub trait EncodeElements {
    /// Writes the elements; those that are left out at the end only if others follow.
    fn write(&self, w: &mut Writer, others_follow: bool);
}

/// Nothing follows the elements of a tuple: a longer array is another type's, or would be written
/// without its end.
macro_rules! tuples {
    ($($($element:ident $name:ident),+;)+) => {$(
        impl<$($element: Decode),+> DecodeElements for ($($element,)+) {
            fn read(r: &mut Reader<'_>) -> Result<(Self, bool), DecodeError> {
                let needed = [$($element::missing().is_none()),+];
                let mut more = true;
                let places = ($({
                    more = more && r.element()?;
                    if more {
                        $element::decode(r)?
                    } else {
                        $element::missing().ok_or_else(|| r.too_short(&needed))?
                    }
                },)+);
                Ok((places, more))
            }
        }

        impl<$($element: Encode),+> EncodeElements for ($($element,)+) {
            fn write(&self, w: &mut Writer, others_follow: bool) {
                let ($($name,)+) = self;
                let needed = [$(others_follow || !$name.is_missing()),+];
                let last = needed.iter().rposition(|needed| *needed);
                let mut places = 0..last.map_or(0, |last| last.saturating_add(1));
                $(if places.next().is_some() {
                    w.element($name);
                })+
            }
        }

        impl<$($element: Decode),+> Decode for ($($element,)+) {
            fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
                r.begin_array()?;
                let (places, more) = Self::read(r)?;
                if more {
                    r.no_element()?;
                }
                Ok(places)
            }
        }

        impl<$($element: Encode),+> Encode for ($($element,)+) {
            fn encode(&self, w: &mut Writer) {
                w.begin_array();
                self.write(w, false);
                w.end_array();
            }
        }
    )+};
}

tuples! {
    A a;
    A a, B b;
    A a, B b, C c;
    A a, B b, C c, D d;
    A a, B b, C c, D d, E e;
    A a, B b, C c, D d, E e, F f;
    A a, B b, C c, D d, E e, F f, G g;
    A a, B b, C c, D d, E e, F f, G g, H h;
}
