//! Conversion of JSON number text to values.
//!
//! The parser has already validated the grammar. This module converts the digits exactly.

use serde_json::Number;

use super::{Encode, Writer};

/// A float that is always encoded as a float: `7.0`, where an `f64` would be encoded as `7`.
///
/// It is used in unions that also have an integer variant, which would otherwise match `7`.
#[derive(Debug, Clone, Copy)]
pub struct Fraction(pub f64);

impl Encode for Fraction {
    fn encode(&self, w: &mut Writer) {
        w.fraction(self.0);
    }
}

/// Message for numbers that do not fit any type.
pub(super) const OUT_OF_RANGE: &str = "number out of range";

/// Returns the exact value of an integer in any spelling: `12`, `12.0` and `1.2e1` are equal.
///
/// # Errors
///
/// Returns a message if the number is not an integer, or exceeds 127 bits.
pub(super) fn integer(text: &[u8]) -> Result<i128, &'static str> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let magnitude = match digits {
        // At most 19 digits cannot overflow.
        short if short.len() <= 19 && short.iter().all(u8::is_ascii_digit) => {
            i128::from(plain(short))
        }
        long => i128::try_from(scaled(long)?).map_err(|_| OUT_OF_RANGE)?,
    };
    Ok(if negative { -magnitude } else { magnitude })
}

/// Parses at most 19 digits.
fn plain(digits: &[u8]) -> u64 {
    digits
        .iter()
        .fold(0, |value, digit| value * 10 + u64::from(digit & 0x0f))
}

/// Parses a number without its sign.
fn scaled(text: &[u8]) -> Result<u128, &'static str> {
    let mut parts = text.splitn(2, |byte| matches!(byte, b'e' | b'E'));
    let mantissa = parts.next().unwrap_or_default();
    let mut scale = parts.next().map_or(0, exponent);
    let mut value: u128 = 0;
    // Zeros are counted here until another digit follows, so that trailing zeros do not overflow.
    let mut zeros: u32 = 0;
    let mut fraction = false;
    for byte in mantissa {
        match byte {
            b'.' => {
                fraction = true;
                continue;
            }
            b'0' => zeros = zeros.saturating_add(1),
            digit => {
                value = shifted(value, zeros.saturating_add(1)).ok_or(OUT_OF_RANGE)?;
                value = value
                    .checked_add(u128::from(digit & 0x0f))
                    .ok_or(OUT_OF_RANGE)?;
                zeros = 0;
            }
        }
        scale = scale.saturating_sub(i64::from(fraction));
    }
    let power = scale.saturating_add(i64::from(zeros));
    if power < 0 && value != 0 {
        return Err("expected an integer, found a number with a fraction");
    }
    shifted(value, u32::try_from(power).unwrap_or(u32::MAX)).ok_or(OUT_OF_RANGE)
}

/// Appends `zeros` zeros to `value`.
fn shifted(value: u128, zeros: u32) -> Option<u128> {
    if value == 0 {
        Some(0)
    } else {
        value.checked_mul(10_u128.checked_pow(zeros)?)
    }
}

/// Parses an exponent. Values outside the range of `i64` saturate.
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

/// Converts a number to an untyped value: an integer if it is written as one and fits 64 bits, and
/// a float otherwise.
///
/// Returns `None` if it exceeds the range of a float.
pub(super) fn value(text: &[u8]) -> Option<Number> {
    let text = std::str::from_utf8(text).ok()?;
    let number = if let Ok(integer) = text.parse::<u64>() {
        Number::from(integer)
    } else if let Some(integer) = text.parse::<i64>().ok().filter(|integer| *integer != 0) {
        Number::from(integer)
    } else {
        // Negative zero also takes this branch and keeps its sign.
        Number::from_f64(text.parse().ok()?)?
    };
    Some(number)
}

/// Returns `true` if `number` is less precise than its text. This concerns integers of more than 64
/// bits, and floats with more digits than an `f64` holds.
pub(super) fn is_rounded(number: &Number, text: &[u8]) -> bool {
    /// Numbers with at most this many digits all map to different floats.
    const DIGITS: usize = 15;
    let Some(value) = number.as_f64().filter(|_| number.is_f64()) else {
        return false;
    };
    text.len() > DIGITS
        && (text.iter().all(|byte| matches!(byte, b'-' | b'0'..=b'9'))
            || !std::str::from_utf8(text).is_ok_and(|text| is_exact(text, value)))
}

/// Returns `true` if a float has exactly the value of this text, when written by
/// [`Writer::fraction`].
///
/// Halfway between two shortest spellings, the standard library may choose the other one.
pub(super) fn is_exact(text: &str, value: f64) -> bool {
    let written = serde_json::to_string(&value);
    value.is_finite()
        && written.is_ok_and(|written| Decimal::parse(text) == Decimal::parse(&written))
}

/// A number independent of its spelling: `digits` without surrounding zeros, times a power of ten.
#[derive(PartialEq)]
struct Decimal {
    digits: Vec<u8>,
    power: i64,
    negative: bool,
}

impl Decimal {
    fn parse(text: &str) -> Self {
        let (negative, text) = match text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut power = self::exponent(exponent.as_bytes());
        power = power.saturating_sub(i64::try_from(fraction.len()).unwrap_or(i64::MAX));
        let digits = [whole, fraction].concat();
        let digits = digits.trim_start_matches('0');
        let significant = digits.trim_end_matches('0');
        power = match significant {
            "" => 0,
            _ => power.saturating_add_unsigned((digits.len() - significant.len()) as u64),
        };
        Self {
            digits: significant.as_bytes().to_vec(),
            power,
            negative,
        }
    }
}
