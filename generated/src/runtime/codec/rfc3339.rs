//! RFC 3339 as text, strictly: the part of dates and times that no library has a say in.

use std::fmt::Write as _;

use super::{DecodeError, Reader};

/// A date as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) year: i32,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

/// A date and time as it is written: what a clock shows that is `offset` minutes ahead of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) day: Day,
    pub(crate) hour: u8,
    pub(crate) minute: u8,
    /// 60 in a leap second.
    pub(crate) second: u8,
    pub(crate) nanosecond: u32,
    pub(crate) offset: i16,
}

impl Day {
    /// Reads exactly `YYYY-MM-DD`. Whether there is such a day is for the library to say.
    pub(crate) fn read(text: &str) -> Option<Self> {
        Self::of_bytes(text.as_bytes())
    }

    fn of_bytes(text: &[u8]) -> Option<Self> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
            return None;
        };
        Some(Self {
            year: i32::from(digits(y1, y2)?) * 100 + i32::from(digits(y3, y4)?),
            month: digits(m1, m2)?,
            day: digits(d1, d2)?,
        })
    }

    /// Writes what [`Day::read`] reads; years of more than four digits get a sign, as ISO 8601 has it.
    pub(crate) fn text(self) -> String {
        let mut out = String::with_capacity(10);
        self.push(&mut out);
        out
    }

    fn push(self, out: &mut String) {
        if let Some(year) = u16::try_from(self.year).ok().filter(|year| *year <= 9999) {
            push(out, u32::from(year), 4);
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "{:+05}", self.year);
        }
        out.push('-');
        push(out, self.month.into(), 2);
        out.push('-');
        push(out, self.day.into(), 2);
    }

    /// What is said of a text that is no date.
    pub(crate) fn invalid(r: &Reader<'_>) -> DecodeError {
        r.invalid("expected a date (YYYY-MM-DD), found another string")
    }
}

impl Moment {
    /// Reads a date and time with its offset. Whether there is such a moment is for the library to
    /// say, except for its offset.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (day, rest) = text.as_bytes().split_at_checked(10)?;
        let &[
            b'T' | b't' | b' ',
            h1,
            h2,
            b':',
            m1,
            m2,
            b':',
            s1,
            s2,
            ref rest @ ..,
        ] = rest
        else {
            return None;
        };
        let (nanosecond, rest) = fraction(rest)?;
        Some(Self {
            day: Day::of_bytes(day)?,
            hour: digits(h1, h2)?,
            minute: digits(m1, m2)?,
            second: digits(s1, s2)?,
            nanosecond,
            offset: offset(rest)?,
        })
    }

    /// Writes what [`Moment::read`] reads: UTC as `Z`, and a fraction in threes of digits.
    pub(crate) fn text(self) -> String {
        let mut out = String::with_capacity(35);
        self.day.push(&mut out);
        for (mark, part) in [('T', self.hour), (':', self.minute), (':', self.second)] {
            out.push(mark);
            push(&mut out, part.into(), 2);
        }
        match self.nanosecond {
            0 => {}
            n if n % 1_000_000 == 0 => push_fraction(&mut out, n / 1_000_000, 3),
            n if n % 1_000 == 0 => push_fraction(&mut out, n / 1_000, 6),
            n => push_fraction(&mut out, n, 9),
        }
        if self.offset == 0 {
            out.push('Z');
        } else {
            out.push(if self.offset < 0 { '-' } else { '+' });
            let minutes = u32::from(self.offset.unsigned_abs());
            push(&mut out, minutes / 60, 2);
            out.push(':');
            push(&mut out, minutes % 60, 2);
        }
        out
    }

    /// What is said of a text that is no date and time.
    pub(crate) fn invalid(r: &Reader<'_>) -> DecodeError {
        r.invalid("expected a date and time (RFC 3339), found another string")
    }
}

/// The nanoseconds of a fraction, if there is one, and what follows it. Digits after the ninth are
/// of no use to any library.
fn fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let Some((b'.', text)) = text.split_first() else {
        return Some((0, text));
    };
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (own, rest) = text.split_at_checked(length).filter(|_| length > 0)?;
    let all = own.iter().chain(std::iter::repeat(&b'0')).take(9);
    Some((all.fold(0, |n, byte| n * 10 + u32::from(byte & 0x0f)), rest))
}

/// The minutes of an offset.
fn offset(text: &[u8]) -> Option<i16> {
    let (sign, &[h1, h2, b':', m1, m2]) = (match text {
        b"Z" | b"z" => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    }) else {
        return None;
    };
    let (hours, minutes) = (digits(h1, h2)?, digits(m1, m2)?);
    (hours < 24 && minutes < 60).then(|| sign * (i16::from(hours) * 60 + i16::from(minutes)))
}

fn digits(tens: u8, ones: u8) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens & 0x0f) * 10 + (ones & 0x0f))
}

fn push_fraction(out: &mut String, value: u32, width: u32) {
    out.push('.');
    push(out, value, width);
}

/// Writes a number with zeros before it.
fn push(out: &mut String, value: u32, width: u32) {
    for place in (0..width).rev() {
        let digit = value / 10_u32.pow(place) % 10;
        out.push(char::from_digit(digit, 10).unwrap_or('0'));
    }
}
