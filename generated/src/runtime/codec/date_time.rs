//! Dates and times, by the crate `chrono`.

use chrono::{Datelike, FixedOffset, NaiveDate, Timelike};

use crate::runtime::codec::rfc3339::{Day, Moment};
use crate::runtime::codec::{Decode, DecodeError, Encode, Reader, Writer};

/// A date and time with its offset from UTC; in JSON a string as RFC 3339 has it, such as
/// `2025-01-31T09:30:00Z`.
pub type DateTime = chrono::DateTime<FixedOffset>;

/// A date; in JSON a string such as `2025-01-31`.
pub type Date = NaiveDate;

/// The nanoseconds of a second. A leap second has twice as many.
const SECOND: u32 = 1_000_000_000;

impl Decode for DateTime {
    #[inline(never)]
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let time = Moment::read(r.str()?).and_then(date_time);
        time.ok_or_else(|| Moment::invalid(r))
    }
}

impl Encode for DateTime {
    #[inline(never)]
    fn encode(&self, w: &mut Writer) {
        let seconds = self.offset().local_minus_utc();
        if seconds % 60 != 0 {
            // RFC 3339 has no offsets of seconds.
            return self.to_utc().fixed_offset().encode(w);
        }
        let (local, leap) = (self.naive_local(), self.nanosecond() / SECOND);
        let moment = Moment {
            day: day(local.date()),
            hour: byte(local.hour()),
            minute: byte(local.minute()),
            second: byte(local.second() + leap),
            nanosecond: local.nanosecond() % SECOND,
            offset: i16::try_from(seconds / 60).unwrap_or_default(),
        };
        w.str(&moment.text());
    }
}

impl Decode for Date {
    #[inline(never)]
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let date = Day::read(r.str()?).and_then(date);
        date.ok_or_else(|| Day::invalid(r))
    }
}

impl Encode for Date {
    fn encode(&self, w: &mut Writer) {
        w.str(&day(*self).text());
    }
}

fn date_time(moment: Moment) -> Option<DateTime> {
    let leap = moment.second / 60;
    let local = date(moment.day)?.and_hms_nano_opt(
        moment.hour.into(),
        moment.minute.into(),
        u32::from(moment.second - leap),
        moment.nanosecond + SECOND * u32::from(leap),
    )?;
    let offset = FixedOffset::east_opt(i32::from(moment.offset) * 60)?;
    local.and_local_timezone(offset).single()
}

fn date(day: Day) -> Option<Date> {
    Date::from_ymd_opt(day.year, day.month.into(), day.day.into())
}

fn day(date: Date) -> Day {
    Day {
        year: date.year(),
        month: byte(date.month()),
        day: byte(date.day()),
    }
}

/// A part of a date or of a time, none of which is above 60.
fn byte(part: u32) -> u8 {
    u8::try_from(part).unwrap_or_default()
}
