//! Dates and times, by the crate `jiff`.
//!
//! A leap second becomes the second before it, because `jiff` does not represent leap seconds.
//! Times after the last supported instant, such as the end of the year 9999, become that instant.

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::{Offset, TimeZone};

use crate::runtime::codec::rfc3339::{DateTimeType, Day, Moment, date_time_type};

/// A date and time with its offset from UTC. In JSON, a string as in RFC 3339, such as
/// `2025-01-31T09:30:00Z`.
pub type DateTime = jiff::ZonedDateTime;

/// A date. In JSON, a string such as `2025-01-31`.
pub type Date = jiff::civil::Date;

date_time_type!(DateTime, Date);

impl DateTimeType for DateTime {
    type Form = Moment;

    fn from_form(moment: Moment) -> Option<Self> {
        let time = Time::new(
            i8::try_from(moment.hour).ok()?,
            i8::try_from(moment.minute).ok()?,
            i8::try_from(moment.second - moment.second / 60).ok()?,
            i32::try_from(moment.nanosecond).ok()?,
        );
        let local = Date::from_form(moment.day)?.to_datetime(time.ok()?);
        let offset = Offset::from_seconds(i32::from(moment.offset) * 60).ok()?;
        let zone = match offset {
            Offset::UTC => TimeZone::UTC,
            offset => TimeZone::fixed(offset),
        };
        let instant = offset.to_timestamp(local).unwrap_or(Timestamp::MAX);
        Some(instant.to_zoned_datetime(zone))
    }

    fn placeholder() -> Self {
        Self::default()
    }

    fn form(&self) -> Moment {
        let seconds = self.offset().seconds();
        if seconds % 60 != 0 {
            // RFC 3339 has no offsets with seconds.
            return self.with_time_zone(TimeZone::UTC).form();
        }
        Moment {
            day: self.date().form(),
            hour: byte(self.hour()),
            minute: byte(self.minute()),
            second: byte(self.second()),
            nanosecond: u32::try_from(self.subsec_nanosecond()).unwrap_or_default(),
            offset: i16::try_from(seconds / 60).unwrap_or_default(),
        }
    }
}

impl DateTimeType for Date {
    type Form = Day;

    fn from_form(day: Day) -> Option<Self> {
        Self::new(
            i16::try_from(day.year).ok()?,
            i8::try_from(day.month).ok()?,
            i8::try_from(day.day).ok()?,
        )
        .ok()
    }

    fn placeholder() -> Self {
        Self::default()
    }

    fn form(&self) -> Day {
        Day {
            year: self.year().into(),
            month: byte(self.month()),
            day: byte(self.day()),
        }
    }
}

/// Converts a date or time component, which is never negative.
fn byte(part: i8) -> u8 {
    u8::try_from(part).unwrap_or_default()
}
