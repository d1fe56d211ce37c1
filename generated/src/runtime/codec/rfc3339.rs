//! Strict parsing and formatting of RFC 3339 text, independent of the date library.

use std::fmt::Write as _;

use super::{DecodeError, Reader};

/// The textual form of a date, or of a date and time.
pub trait Form: Sized {
    /// Parses text. The date library checks whether the date or the time exists.
    fn read(text: &str) -> Option<Self>;

    /// Formats the value so that [`read`](Self::read) accepts it.
    fn text(self) -> String;

    /// Creates the error for text that is not of this form.
    fn invalid(r: &Reader<'_>) -> DecodeError;
}

/// A type of a date library, with its textual form.
pub trait DateTimeType: Sized {
    /// Textual form of the type.
    type Form: Form;

    /// Converts from the textual form, if the library supports the value.
    fn from_form(form: Self::Form) -> Option<Self>;

    /// Converts to the textual form.
    fn form(&self) -> Self::Form;

    /// Returns an arbitrary value that serves as a placeholder.
    fn placeholder() -> Self;
}

/// Implements `Decode` and `Encode` for types of a date library.
macro_rules! date_time_type {
    ($($type:ty),+ $(,)?) => {$(
        impl $crate::runtime::codec::Decode for $type {
            #[inline(never)]
            fn decode(
                r: &mut $crate::runtime::codec::Reader<'_>,
            ) -> Result<Self, $crate::runtime::codec::DecodeError> {
                $crate::runtime::codec::rfc3339::decode(r)
            }
        }

        impl $crate::runtime::codec::Encode for $type {
            #[inline(never)]
            fn encode(&self, w: &mut $crate::runtime::codec::Writer) {
                w.str(&$crate::runtime::codec::rfc3339::text(self));
            }
        }
    )+};
}

pub(crate) use date_time_type;

/// Returns a date or a time for a field that is not read yet.
#[must_use]
pub fn placeholder<T: DateTimeType>() -> T {
    T::placeholder()
}

pub(crate) fn decode<T: DateTimeType>(r: &mut Reader<'_>) -> Result<T, DecodeError> {
    let value = T::Form::read(r.str()?).and_then(T::from_form);
    value.ok_or_else(|| T::Form::invalid(r))
}

pub(crate) fn text<T: DateTimeType>(value: &T) -> String {
    value.form().text()
}

/// A date as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub(crate) year: i32,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

/// A date and time as written: local time at an offset of `offset` minutes ahead of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub(crate) day: Day,
    pub(crate) hour: u8,
    pub(crate) minute: u8,
    /// 60 in a leap second.
    pub(crate) second: u8,
    pub(crate) nanosecond: u32,
    pub(crate) offset: i16,
}

impl Form for Day {
    /// Parses exactly `YYYY-MM-DD`.
    fn read(text: &str) -> Option<Self> {
        match text.as_bytes() {
            &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] => {
                let digits = [y1, y2, y3, y4, m1, m2, d1, d2];
                are_digits(&digits).then(|| Self::from_digits(digits))
            }
            _ => None,
        }
    }

    /// Formats the date. Years of more than four digits have a sign, as in ISO 8601.
    fn text(self) -> String {
        let mut out = String::with_capacity(10);
        self.push(&mut out);
        out
    }

    fn invalid(r: &Reader<'_>) -> DecodeError {
        r.invalid("expected a date (YYYY-MM-DD), found another string")
    }
}

impl Day {
    fn from_digits([y1, y2, y3, y4, m1, m2, d1, d2]: [u8; 8]) -> Self {
        Self {
            year: i32::from(number(y1, y2)) * 100 + i32::from(number(y3, y4)),
            month: number(m1, m2),
            day: number(d1, d2),
        }
    }

    fn push(self, out: &mut String) {
        let century = u8::try_from(self.year / 100).ok();
        match century.filter(|century| self.year >= 0 && *century < 100) {
            Some(century) => {
                push(out, century);
                push(out, u8::try_from(self.year % 100).unwrap_or_default());
            }
            // Writing to a string cannot fail.
            None => drop(write!(out, "{:+05}", self.year)),
        }
        out.push('-');
        push(out, self.month);
        out.push('-');
        push(out, self.day);
    }
}

impl Form for Moment {
    /// Parses a date and time with its offset, and checks the offset.
    fn read(text: &str) -> Option<Self> {
        let (head, rest) = text.as_bytes().split_first_chunk::<19>()?;
        let &[
            y1,
            y2,
            y3,
            y4,
            b'-',
            m1,
            m2,
            b'-',
            d1,
            d2,
            b'T' | b't' | b' ',
            h1,
            h2,
            b':',
            n1,
            n2,
            b':',
            s1,
            s2,
        ] = head
        else {
            return None;
        };
        let day = [y1, y2, y3, y4, m1, m2, d1, d2];
        if !(are_digits(&day) & are_digits(&[h1, h2, n1, n2, s1, s2])) {
            return None;
        }
        let (nanosecond, rest) = fraction(rest)?;
        Some(Self {
            day: Day::from_digits(day),
            hour: number(h1, h2),
            minute: number(n1, n2),
            second: number(s1, s2),
            nanosecond,
            offset: offset(rest)?,
        })
    }

    /// Formats UTC as `Z`, and fractions in groups of three digits.
    fn text(self) -> String {
        let mut out = String::with_capacity(35);
        self.day.push(&mut out);
        for (mark, part) in [('T', self.hour), (':', self.minute), (':', self.second)] {
            out.push(mark);
            push(&mut out, part);
        }
        if self.nanosecond > 0 {
            out.push('.');
            push_fraction(&mut out, self.nanosecond);
        }
        if self.offset == 0 {
            out.push('Z');
        } else {
            out.push(if self.offset < 0 { '-' } else { '+' });
            let minutes = self.offset.unsigned_abs();
            // An offset is less than a day.
            push(&mut out, u8::try_from(minutes / 60).unwrap_or_default());
            out.push(':');
            push(&mut out, u8::try_from(minutes % 60).unwrap_or_default());
        }
        out
    }

    fn invalid(r: &Reader<'_>) -> DecodeError {
        r.invalid("expected a date and time (RFC 3339), found another string")
    }
}

/// Parses an optional fraction to nanoseconds, and returns the rest. Digits after the ninth are
/// dropped, because no library keeps them.
fn fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let Some((b'.', text)) = text.split_first() else {
        return Some((0, text));
    };
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (own, rest) = text.split_at_checked(length).filter(|_| length > 0)?;
    let (mut value, mut unit) = (0, 1_000_000_000);
    for byte in own.iter().take(9) {
        unit /= 10;
        value += u32::from(byte & 0x0f) * unit;
    }
    Some((value, rest))
}

/// Parses an offset to minutes.
fn offset(text: &[u8]) -> Option<i16> {
    let (sign, h1, h2, m1, m2) = match *text {
        [b'Z' | b'z'] => return Some(0),
        [b'+', h1, h2, b':', m1, m2] => (1, h1, h2, m1, m2),
        [b'-', h1, h2, b':', m1, m2] => (-1, h1, h2, m1, m2),
        _ => return None,
    };
    let (hours, minutes) = (number(h1, h2), number(m1, m2));
    (are_digits(&[h1, h2, m1, m2]) && hours < 24 && minutes < 60)
        .then(|| sign * (i16::from(hours) * 60 + i16::from(minutes)))
}

/// Returns `true` if all bytes are digits. One check for all is cheaper than one for each.
fn are_digits(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .fold(true, |all, byte| all & byte.is_ascii_digit())
}

/// Combines two digits into a number.
fn number(tens: u8, ones: u8) -> u8 {
    (tens & 0x0f) * 10 + (ones & 0x0f)
}

/// Appends a number of two digits.
fn push(out: &mut String, number: u8) {
    out.push(char::from(b'0' + number / 10 % 10));
    out.push(char::from(b'0' + number % 10));
}

/// Appends a fraction in groups of three digits, without groups of trailing zeros.
fn push_fraction(out: &mut String, nanosecond: u32) {
    let mut rest = nanosecond;
    while rest > 0 {
        let digits = rest / 1_000_000;
        for place in [100, 10, 1] {
            let digit = u8::try_from(digits / place % 10).unwrap_or_default();
            out.push(char::from(b'0' + digit));
        }
        rest = rest % 1_000_000 * 1_000;
    }
}
