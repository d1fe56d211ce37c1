//! Dates and times, by the crate `time`.
//!
//! A leap second becomes the second before it, because `time` does not represent leap seconds.

use time::{Month, PrimitiveDateTime, Time, UtcOffset};

use crate::runtime::codec::rfc3339::{DateTimeType, Day, Moment, date_time_type};

/// A date and time with its offset from UTC. In JSON, a string as in RFC 3339, such as
/// `2025-01-31T09:30:00Z`.
pub type DateTime = time::OffsetDateTime;

/// A date. In JSON, a string such as `2025-01-31`.
pub type Date = time::Date;

date_time_type!(DateTime, Date);

impl DateTimeType for DateTime {
    type Form = Moment;

    fn from_form(moment: Moment) -> Option<Self> {
        let time = Time::from_hms_nano(
            moment.hour,
            moment.minute,
            moment.second - moment.second / 60,
            moment.nanosecond,
        );
        let local = PrimitiveDateTime::new(Date::from_form(moment.day)?, time.ok()?);
        let offset = UtcOffset::from_whole_seconds(i32::from(moment.offset) * 60).ok()?;
        Some(local.assume_offset(offset))
    }

    fn placeholder() -> Self {
        Self::UNIX_EPOCH
    }

    fn form(&self) -> Moment {
        let seconds = self.offset().whole_seconds();
        if seconds % 60 != 0 {
            // RFC 3339 has no offsets with seconds.
            return self.to_offset(UtcOffset::UTC).form();
        }
        Moment {
            day: self.date().form(),
            hour: self.hour(),
            minute: self.minute(),
            second: self.second(),
            nanosecond: self.nanosecond(),
            offset: i16::try_from(seconds / 60).unwrap_or_default(),
        }
    }
}

impl DateTimeType for Date {
    type Form = Day;

    fn from_form(day: Day) -> Option<Self> {
        Self::from_calendar_date(day.year, Month::try_from(day.month).ok()?, day.day).ok()
    }

    fn placeholder() -> Self {
        Self::MIN
    }

    fn form(&self) -> Day {
        Day {
            year: self.year(),
            month: self.month().into(),
            day: self.day(),
        }
    }
}
