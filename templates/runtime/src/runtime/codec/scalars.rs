//! Codec implementations for strings, booleans, numbers, `()` and secrets.

use super::{BodyExpectation, Decode, DecodeError, Encode, Reader, Writer};
use crate::runtime::secret::Secret;

impl Decode for String {
    const RESPONSE_BODY: BodyExpectation = BodyExpectation::Text;

    #[inline(never)]
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.str().map(str::to_owned)
    }
}

impl Encode for String {
    fn encode(&self, w: &mut Writer) {
        w.str(self);
    }
}

impl Encode for str {
    fn encode(&self, w: &mut Writer) {
        w.str(self);
    }
}

impl Decode for Secret {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.str().map(Self::from)
    }
}

impl Encode for Secret {
    fn encode(&self, w: &mut Writer) {
        w.secret(self.expose());
    }
}

impl Decode for bool {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.bool()
    }
}

impl Encode for bool {
    fn encode(&self, w: &mut Writer) {
        w.bool(*self);
    }
}

impl Decode for f64 {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.float()
    }
}

impl Encode for f64 {
    fn encode(&self, w: &mut Writer) {
        w.float(*self);
    }
}

/// Implements the codec for integer types. Each has a description for messages, and the writer's
/// method that encodes it.
macro_rules! integers {
    ($($integer:ident as $wide:ident: $range:literal),+) => {$(
        impl Decode for $integer {
            #[inline(never)]
            fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
                Self::try_from(r.integer()?).map_err(|_| r.invalid(concat!("integer out of range (", $range, ")")))
            }
        }

        impl Encode for $integer {
            fn encode(&self, w: &mut Writer) {
                w.$wide((*self).into());
            }
        }
    )+};
}

integers!(
    i32 as signed: "32 bits",
    i64 as signed: "64 bits",
    u32 as unsigned: "unsigned 32 bits",
    u64 as unsigned: "unsigned 64 bits"
);

/// Decodes `null`.
impl Decode for () {
    const RESPONSE_BODY: BodyExpectation = BodyExpectation::Ignored;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if r.null()? {
            Ok(())
        } else {
            Err(r.invalid("expected null"))
        }
    }
}

impl Encode for () {
    fn encode(&self, w: &mut Writer) {
        w.null();
    }
}
