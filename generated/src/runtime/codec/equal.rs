//! `PartialEq` for objects and unions: what the macro `impl_value_traits!` refers to.
//!
//! To derive it is a tenth of what a type costs to compile, and what the codec writes tells as much.

use super::writer::Purpose;
use super::{Encode, Reader, Value, Writer};

/// Whether two values of a type are the same on the wire, and the same variant where they are of a
/// union. The order of members that their types do not name does not matter.
#[must_use]
pub fn equal(value: &dyn Encode, other: &dyn Encode) -> bool {
    let (value, other) = (written(value), written(other));
    let (value, other) = (value.as_slice(), other.as_slice());
    value == other || value.len() == other.len() && same(value, other)
}

/// Whether two texts differ in the order of members at most, as unknown ones can: `serde_json` may
/// be told, by any crate of a program, to keep the order in which they came.
fn same(value: &[u8], other: &[u8]) -> bool {
    match (untyped(value), untyped(other)) {
        (Some(value), Some(other)) => value == other,
        _ => false,
    }
}

/// The value of a text; nothing if one of its numbers has digits that an untyped one cannot hold.
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
