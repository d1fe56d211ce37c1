//! Codec implementations for arrays with a type for each position (`prefixItems`).

use std::ops::{Deref, DerefMut};

use super::{Decode, DecodeError, Encode, Reader, Value, Writer};

/// An array with a type for each of its first elements, followed by any further elements.
///
/// Unless a schema forbids further elements, they are kept in `rest`, so that reading, changing and
/// sending an array loses no data. Create one from a tuple with [`From`]. It dereferences to the
/// tuple: `point.0` is the first element.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct OpenTuple<T, R = Value> {
    /// Elements that have types of their own.
    pub elements: T,
    /// Further elements.
    pub rest: Vec<R>,
}

impl<T, R> OpenTuple<T, R> {
    /// Creates an array from its first elements and any further elements.
    pub fn new(elements: T, rest: impl IntoIterator<Item = R>) -> Self {
        Self {
            elements,
            rest: rest.into_iter().collect(),
        }
    }
}

impl<T, R> From<T> for OpenTuple<T, R> {
    fn from(elements: T) -> Self {
        Self::new(elements, [])
    }
}

impl<T, R> Deref for OpenTuple<T, R> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.elements
    }
}

impl<T, R> DerefMut for OpenTuple<T, R> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.elements
    }
}

impl<T: DecodeElements, R: Decode> Decode for OpenTuple<T, R> {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.begin_array()?;
        let (elements, more) = T::read(r)?;
        let mut rest = Vec::new();
        while more && r.element()? {
            rest.push(R::decode(r)?);
        }
        Ok(Self { elements, rest })
    }
}

impl<T: EncodeElements, R: Encode> Encode for OpenTuple<T, R> {
    fn encode(&self, w: &mut Writer) {
        w.begin_array();
        self.elements.write(w, !self.rest.is_empty());
        for element in &self.rest {
            w.element(element);
        }
        w.end_array();
    }
}

/// A tuple that can be decoded from the start of an array.
pub trait DecodeElements: Sized {
    /// Reads the elements, and returns whether the array may continue.
    ///
    /// # Errors
    ///
    /// Returns an error if an element is not of its type, or if a required element is missing.
    fn read(r: &mut Reader<'_>) -> Result<(Self, bool), DecodeError>;
}

/// A tuple that can be encoded as the start of an array.
pub trait EncodeElements {
    /// Writes the elements. Missing elements at the end are written only if others follow.
    fn write(&self, w: &mut Writer, others_follow: bool);
}

/// No further elements are allowed after a plain tuple. A longer array belongs to another type, or
/// would lose elements when it is encoded.
macro_rules! tuples {
    ($($($element:ident $name:ident),+;)+) => {$(
        impl<$($element: Decode),+> DecodeElements for ($($element,)+) {
            fn read(r: &mut Reader<'_>) -> Result<(Self, bool), DecodeError> {
                let needed = [$($element::missing().is_none()),+];
                let mut more = true;
                let elements = ($({
                    more = more && r.element()?;
                    if more {
                        $element::decode(r)?
                    } else {
                        $element::missing().ok_or_else(|| r.too_short(&needed))?
                    }
                },)+);
                Ok((elements, more))
            }
        }

        impl<$($element: Encode),+> EncodeElements for ($($element,)+) {
            fn write(&self, w: &mut Writer, others_follow: bool) {
                let ($($name,)+) = self;
                let needed = [$(others_follow || !$name.is_missing()),+];
                let last = needed.iter().rposition(|needed| *needed);
                let mut elements = 0..last.map_or(0, |last| last.saturating_add(1));
                $(if elements.next().is_some() {
                    w.element($name);
                })+
            }
        }

        impl<$($element: Decode),+> Decode for ($($element,)+) {
            fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
                r.begin_array()?;
                let (elements, more) = Self::read(r)?;
                if more {
                    r.no_element()?;
                }
                Ok(elements)
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
