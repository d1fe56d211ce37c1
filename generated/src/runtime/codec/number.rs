//! The values of JSON numbers, from their text.
//!
//! The parser has already checked the grammar; what is left is to read the digits exactly.

use serde_json::{Number, Value};

/// The exact value of an integer, however it is spelled: `12`, `12.0` and `1.2e1` are the same one.
///
/// `None` if the number has a fraction or does not fit.
pub(super) fn integer(text: &[u8]) -> Option<i128> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let magnitude = match digits {
        // At most 19 digits cannot overflow.
        short if short.len() <= 19 && short.iter().all(u8::is_ascii_digit) => {
            i128::from(plain(short))
        }
        long => i128::try_from(scaled(long)?).ok()?,
    };
    Some(if negative { -magnitude } else { magnitude })
}

/// At most 19 digits.
fn plain(digits: &[u8]) -> u64 {
    digits
        .iter()
        .fold(0, |value, digit| value * 10 + u64::from(digit & 0x0f))
}

/// Digits with a fraction or an exponent.
fn scaled(text: &[u8]) -> Option<u128> {
    let (mantissa, exponent) = match text.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (text.get(..at)?, exponent(text.get(at.saturating_add(1)..)?)),
        None => (text, 0),
    };
    let mut value: u128 = 0;
    let mut scale = exponent;
    // Zeros wait here until a digit follows, so that those at the end need no room.
    let mut zeros: u32 = 0;
    let mut fraction = false;
    for byte in mantissa {
        match byte {
            b'.' => fraction = true,
            b'0' => zeros = zeros.saturating_add(1),
            digit => {
                let shift = if value == 0 {
                    1
                } else {
                    10_u128.checked_pow(zeros.saturating_add(1))?
                };
                value = value
                    .checked_mul(shift)?
                    .checked_add(u128::from(digit & 0x0f))?;
                zeros = 0;
            }
        }
        if fraction && *byte != b'.' {
            scale = scale.saturating_sub(1);
        }
    }
    if value == 0 {
        return Some(0);
    }
    let power = u32::try_from(scale.saturating_add(i64::from(zeros))).ok()?;
    value.checked_mul(10_u128.checked_pow(power)?)
}

/// An exponent; one too large for `i64` stays as large as can be.
fn exponent(text: &[u8]) -> i64 {
    let (sign, digits) = match text {
        [b'-', digits @ ..] => (-1, digits),
        [b'+', digits @ ..] | digits => (1, digits),
    };
    let size = digits.iter().fold(0_i64, |value, digit| {
        value
            .saturating_mul(10)
            .saturating_add(i64::from(digit & 0x0f))
    });
    size.saturating_mul(sign)
}

/// A number as an untyped value: an integer if it is written as one and fits 64 bits, else a float.
///
/// `None` if it is too large for a float.
pub(super) fn value(text: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(text).ok()?;
    let number = if let Ok(integer) = text.parse::<u64>() {
        Number::from(integer)
    } else if let Some(integer) = text.parse::<i64>().ok().filter(|integer| *integer != 0) {
        Number::from(integer)
    } else {
        // Negative zero comes here too, and keeps its sign.
        Number::from_f64(text.parse().ok()?)?
    };
    Some(Value::Number(number))
}
