//! Dates and times, by the crate `chrono`.

use chrono::{Datelike, FixedOffset, NaiveDate, Timelike};

use crate::runtime::codec::rfc3339::{DateTimeType, Day, Moment, date_time_type};

/// A date and time with its offset from UTC. In JSON, a string as in RFC 3339, such as
/// `2025-01-31T09:30:00Z`.
pub type DateTime = chrono::DateTime<FixedOffset>;

/// A date. In JSON, a string such as `2025-01-31`.
pub type Date = NaiveDate;

/// Nanoseconds per second. In a leap second, `chrono` counts up to twice as many.
const SECOND: u32 = 1_000_000_000;

date_time_type!(DateTime, Date);

impl DateTimeType for DateTime {
    type Form = Moment;

    fn from_form(moment: Moment) -> Option<Self> {
        let leap = moment.second / 60;
        let local = Date::from_form(moment.day)?.and_hms_nano_opt(
            moment.hour.into(),
            moment.minute.into(),
            u32::from(moment.second - leap),
            moment.nanosecond + SECOND * u32::from(leap),
        )?;
        let offset = FixedOffset::east_opt(i32::from(moment.offset) * 60)?;
        local.and_local_timezone(offset).single()
    }

    fn placeholder() -> Self {
        Self::default()
    }

    fn form(&self) -> Moment {
        let seconds = self.offset().local_minus_utc();
        if seconds % 60 != 0 {
            // RFC 3339 has no offsets with seconds.
            return self.to_utc().fixed_offset().form();
        }
        let (local, leap) = (self.naive_local(), self.nanosecond() / SECOND);
        Moment {
            day: local.date().form(),
            hour: byte(local.hour()),
            minute: byte(local.minute()),
            second: byte(local.second() + leap),
            nanosecond: local.nanosecond() % SECOND,
            offset: i16::try_from(seconds / 60).unwrap_or_default(),
        }
    }
}

impl DateTimeType for Date {
    type Form = Day;

    fn from_form(day: Day) -> Option<Self> {
        Self::from_ymd_opt(day.year, day.month.into(), day.day.into())
    }

    fn placeholder() -> Self {
        Self::default()
    }

    fn form(&self) -> Day {
        Day {
            year: self.year(),
            month: byte(self.month()),
            day: byte(self.day()),
        }
    }
}

/// Converts a date or time component, which is never above 60.
fn byte(part: u32) -> u8 {
    u8::try_from(part).unwrap_or_default()
}
