//! Codec implementations for untyped values.

use serde_json::{Map, Number, Value};

use super::{Decode, DecodeError, Encode, JsonKind, Reader, Writer, number};

impl Decode for Value {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match r.kind()? {
            JsonKind::Null => r.null().map(|_| Self::Null),
            JsonKind::Bool => r.bool().map(Self::Bool),
            JsonKind::Number => {
                let text = r.number("a number")?;
                let number = number::value(text);
                let number = number.ok_or_else(|| r.invalid(number::OUT_OF_RANGE))?;
                r.note_rounding(&number, text);
                Ok(Self::Number(number))
            }
            JsonKind::String => r.str().map(|text| Self::String(text.to_owned())),
            JsonKind::Array => Vec::decode(r).map(Self::Array),
            JsonKind::Object => Map::decode(r).map(Self::Object),
        }
    }
}

impl Encode for Value {
    fn encode(&self, w: &mut Writer) {
        match self {
            Self::Null => w.null(),
            Self::Bool(value) => w.bool(*value),
            Self::Number(value) => encode_number(value, w),
            Self::String(value) => w.str(value),
            Self::Array(elements) => elements.encode(w),
            Self::Object(properties) => properties.encode(w),
        }
    }
}

/// Writes a number. Whole floats stay floats, because integers and floats are different values
/// here.
fn encode_number(number: &Number, w: &mut Writer) {
    match (number.as_u64(), number.as_i64()) {
        (Some(integer), _) => w.unsigned(integer),
        (None, Some(integer)) => w.signed(integer),
        (None, None) => w.json(&number.to_string()),
    }
}

impl Decode for Map<String, Value> {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut properties = Self::new();
        r.begin_object()?;
        while let Some(name) = r.key()? {
            properties.insert(name, Value::decode(r)?);
        }
        Ok(properties)
    }
}

impl Encode for Map<String, Value> {
    fn encode(&self, w: &mut Writer) {
        w.begin_object();
        for (name, value) in self {
            w.member(name, value);
        }
        w.end_object();
    }
}
