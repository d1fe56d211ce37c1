//! Dates and times, by the crate `time`.
//!
//! A leap second is the second before it, which is all that `time` knows of them.

use time::{Month, PrimitiveDateTime, Time, UtcOffset};

use crate::runtime::codec::rfc3339::{Day, Moment};
use crate::runtime::codec::{Decode, DecodeError, Encode, Reader, Writer};

/// A date and time with its offset from UTC; in JSON a string as RFC 3339 has it, such as
/// `2025-01-31T09:30:00Z`.
pub type DateTime = time::OffsetDateTime;

/// A date; in JSON a string such as `2025-01-31`.
pub type Date = time::Date;

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
        let seconds = self.offset().whole_seconds();
        if seconds % 60 != 0 {
            // RFC 3339 has no offsets of seconds.
            return self.to_offset(UtcOffset::UTC).encode(w);
        }
        let moment = Moment {
            day: day(self.date()),
            hour: self.hour(),
            minute: self.minute(),
            second: self.second(),
            nanosecond: self.nanosecond(),
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
    let time = Time::from_hms_nano(
        moment.hour,
        moment.minute,
        moment.second - moment.second / 60,
        moment.nanosecond,
    );
    let local = PrimitiveDateTime::new(date(moment.day)?, time.ok()?);
    let offset = UtcOffset::from_whole_seconds(i32::from(moment.offset) * 60).ok()?;
    Some(local.assume_offset(offset))
}

fn date(day: Day) -> Option<Date> {
    Date::from_calendar_date(day.year, Month::try_from(day.month).ok()?, day.day).ok()
}

fn day(date: Date) -> Day {
    Day {
        year: date.year(),
        month: date.month().into(),
        day: date.day(),
    }
}
