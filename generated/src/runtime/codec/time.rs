//! The codec of dates and times: RFC 3339, strictly.

use chrono::SecondsFormat;

use super::{Decode, DecodeError, Encode, Reader, Writer};

/// A date and time with its offset from UTC; in JSON a string as RFC 3339 has it, such as
/// `2025-01-31T09:30:00Z`.
pub type DateTime = chrono::DateTime<chrono::FixedOffset>;

/// A date; in JSON a string such as `2025-01-31`.
pub type Date = chrono::NaiveDate;

impl Decode for DateTime {
    #[inline(never)]
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let time = Self::parse_from_rfc3339(r.str()?).ok();
        time.ok_or_else(|| r.invalid("expected a date and time (RFC 3339), found another string"))
    }
}

impl Encode for DateTime {
    fn encode(&self, w: &mut Writer) {
        w.str(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    }
}

impl Decode for Date {
    #[inline(never)]
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let date = parse_date(r.str()?.as_bytes());
        date.ok_or_else(|| r.invalid("expected a date (YYYY-MM-DD), found another string"))
    }
}

impl Encode for Date {
    fn encode(&self, w: &mut Writer) {
        w.str(&self.to_string());
    }
}

/// Exactly `YYYY-MM-DD`; chrono's own parser takes more than that.
fn parse_date(text: &[u8]) -> Option<Date> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
        return None;
    };
    let year = digits(&[y1, y2, y3, y4])?;
    Date::from_ymd_opt(
        i32::try_from(year).ok()?,
        digits(&[m1, m2])?,
        digits(&[d1, d2])?,
    )
}

fn digits(text: &[u8]) -> Option<u32> {
    text.iter().try_fold(0, |value, byte| {
        byte.is_ascii_digit()
            .then(|| value * 10 + u32::from(byte & 0x0f))
    })
}
