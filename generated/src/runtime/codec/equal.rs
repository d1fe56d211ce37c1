//! `PartialEq` for objects and unions, used by the macro `impl_value_traits!`.
//!
//! Deriving it would take a tenth of the compile time of each type. Comparing the codec's output
//! gives the same result.

use super::writer::Purpose;
use super::{Encode, Reader, Value, Writer};

/// Returns `true` if two values of a type are equal.
///
/// Values are equal if they have the same JSON and, in unions, the same variant. The order of
/// unknown properties does not matter.
#[must_use]
pub fn equal(value: &dyn Encode, other: &dyn Encode) -> bool {
    let (value, other) = (written(value), written(other));
    let (value, other) = (value.as_slice(), other.as_slice());
    value == other || value.len() == other.len() && same(value, other)
}

/// Returns `true` if two JSON texts are equal except for the order of properties.
///
/// The order of unknown properties can differ, because any crate of a program may enable
/// `serde_json`'s feature that preserves it.
fn same(value: &[u8], other: &[u8]) -> bool {
    match (untyped(value), untyped(other)) {
        (Some(value), Some(other)) => value == other,
        _ => false,
    }
}

/// Parses a text as an untyped value. Returns `None` if that would lose digits of a number.
fn untyped(json: &[u8]) -> Option<Value> {
    match Reader::new(json).exact_value() {
        Ok((value, None)) => Some(value),
        _ => None,
    }
}

fn written(value: &dyn Encode) -> Writer {
    let mut writer = Writer::internal(Purpose::Compare);
    value.encode(&mut writer);
    writer
}
