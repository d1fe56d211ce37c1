//! Dates and times in samples: strings that decoding and encoding preserve.

use serde_json::Value;

/// Returns an RFC 3339 date-time that decoding and encoding preserve.
pub(super) fn date_time(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let bytes = text.as_bytes();
    let shaped = text.len() >= 20
        && bytes.get(4) == Some(&b'-')
        && bytes.get(10) == Some(&b'T')
        && bytes.get(13) == Some(&b':')
        && bytes.get(16) == Some(&b':')
        && (text.ends_with('Z') || bytes.get(text.len() - 3) == Some(&b':'))
        && date(&Value::from(text.get(..10)?)).is_some();
    let fraction = text.get(19..).map(|rest| {
        rest.chars()
            .take_while(|c| *c == '.' || c.is_ascii_digit())
            .count()
    });
    // Fractions are encoded with three, six or nine digits.
    (shaped && matches!(fraction, Some(0 | 4 | 7 | 10)) && !text.contains(".000"))
        .then(|| text.to_owned())
}

pub(super) fn date(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let valid = year.len() == 4
        && year.parse::<u16>().is_ok()
        && month.len() == 2
        && (1..=12).contains(&month.parse::<u8>().ok()?)
        && day.len() == 2
        && (1..=28).contains(&day.parse::<u8>().ok()?)
        && parts.next().is_none();
    valid.then(|| text.to_owned())
}
