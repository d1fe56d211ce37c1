//! Codec implementations for the standard library's containers.

use std::collections::BTreeMap;

use super::{BodyExpectation, Decode, DecodeError, Encode, Reader, Writer};

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, w: &mut Writer) {
        (**self).encode(w);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn is_missing(&self) -> bool {
        (**self).is_missing()
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::decode(r).map(Self::new)
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, w: &mut Writer) {
        (**self).encode(w);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

/// Decodes `null` as `None`.
impl<T: Decode> Decode for Option<T> {
    const RESPONSE_BODY: BodyExpectation = match T::RESPONSE_BODY {
        BodyExpectation::Text => BodyExpectation::MaybeText,
        other => other,
    };

    const OMITS_NULL: bool = true;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if r.null()? {
            Ok(None)
        } else {
            T::decode(r).map(Some)
        }
    }
}

/// Encodes `None` as `null` in a required property, and omits it from an optional one.
impl<T: Encode> Encode for Option<T> {
    fn encode(&self, w: &mut Writer) {
        match self {
            Some(value) => value.encode(w),
            None => w.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut elements = Self::new();
        r.begin_array()?;
        while r.element()? {
            elements.push(T::decode(r)?);
        }
        Ok(elements)
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, w: &mut Writer) {
        self.as_slice().encode(w);
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, w: &mut Writer) {
        w.begin_array();
        for element in self {
            w.element(element);
        }
        w.end_array();
    }
}

impl<T: Encode, const N: usize> Encode for [T; N] {
    fn encode(&self, w: &mut Writer) {
        self.as_slice().encode(w);
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut properties = Self::new();
        r.begin_object()?;
        while let Some(name) = r.key()? {
            properties.insert(name, T::decode(r)?);
        }
        Ok(properties)
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, w: &mut Writer) {
        w.begin_object();
        for (name, value) in self {
            w.member(name, value);
        }
        w.end_object();
    }
}
