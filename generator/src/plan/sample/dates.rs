//! Dates and times in samples: strings that decoding and encoding preserve.

use serde_json::Value;

/// Returns an RFC 3339 date-time as it is encoded. Its fraction is encoded with three, six or nine
/// digits, and left out if it is zero.
pub(super) fn date_time(value: &Value) -> Option<String> {
    let text = value.as_str().filter(|text| is_date_time(text))?;
    let (seconds, rest) = text.split_at_checked(SECONDS)?;
    let offset = rest.find(|c: char| c != '.' && !c.is_ascii_digit())?;
    let (fraction, offset) = rest.split_at_checked(offset)?;
    let is_zero = fraction.bytes().all(|byte| matches!(byte, b'.' | b'0'));
    match fraction.len() {
        _ if is_zero => Some(format!("{seconds}{offset}")),
        4 | 7 | 10 => Some(text.to_owned()),
        _ => None,
    }
}

/// Whether a value contains a date-time that decoding accepts and [`date_time`] does not return.
pub(super) fn has_other_date_time(value: &Value) -> bool {
    match value {
        Value::String(text) => is_date_time(text) && date_time(value).is_none(),
        Value::Array(items) => items.iter().any(has_other_date_time),
        Value::Object(members) => members.values().any(has_other_date_time),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Length of a date-time up to its seconds.
const SECONDS: usize = "2026-01-02T03:04:05".len();

fn is_date_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let date = text.get(..10).map(Value::from);
    text.len() > SECONDS
        && bytes.get(4) == Some(&b'-')
        && bytes.get(10) == Some(&b'T')
        && bytes.get(13) == Some(&b':')
        && bytes.get(16) == Some(&b':')
        && (text.ends_with('Z') || bytes.get(text.len() - 3) == Some(&b':'))
        && date.is_some_and(|date| self::date(&date).is_some())
}

/// Returns a full-date of RFC 3339.
pub(super) fn date(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_shaped = (year.len(), month.len(), day.len()) == (4, 2, 2) && parts.next().is_none();
    let days = days_of_month(year.parse().ok()?, month.parse().ok()?)?;
    (is_shaped && (1..=days).contains(&day.parse().ok()?)).then(|| text.to_owned())
}

fn days_of_month(year: u16, month: u8) -> Option<u8> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => Some(29),
        2 => Some(28),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{date, date_time, has_other_date_time};

    #[test]
    fn dates_are_days_of_the_calendar() {
        for text in ["2026-01-31", "2024-02-29", "2000-02-29", "2026-04-30"] {
            assert_eq!(date(&json!(text)).as_deref(), Some(text));
        }
        for text in [
            "2026-02-29",
            "1900-02-29",
            "2026-04-31",
            "2026-13-01",
            "2026-1-01",
            "26-01-01",
        ] {
            assert_eq!(date(&json!(text)), None, "{text}");
        }
    }

    #[test]
    fn date_times_are_as_they_are_encoded() {
        for (text, encoded) in [
            ("2026-02-18T18:35:05Z", Some("2026-02-18T18:35:05Z")),
            ("2026-02-18T18:35:05.000Z", Some("2026-02-18T18:35:05Z")),
            (
                "2026-02-18T18:35:05.0+01:00",
                Some("2026-02-18T18:35:05+01:00"),
            ),
            ("2026-02-18T18:35:05.363Z", Some("2026-02-18T18:35:05.363Z")),
            (
                "2026-02-18T18:35:05.000123Z",
                Some("2026-02-18T18:35:05.000123Z"),
            ),
            ("2026-02-18T18:35:05.5Z", None),
            ("2026-02-18 18:35:05Z", None),
            ("soon", None),
        ] {
            assert_eq!(date_time(&json!(text)).as_deref(), encoded, "{text}");
        }
    }

    #[test]
    fn date_times_with_other_fractions_are_found() {
        assert!(has_other_date_time(
            &json!({"at": ["2026-02-18T18:35:05.5Z"]})
        ));
        assert!(!has_other_date_time(
            &json!({"at": ["2026-02-18T18:35:05.500Z", "soon", 1]})
        ));
    }
}
