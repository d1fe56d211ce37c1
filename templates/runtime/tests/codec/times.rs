//! Dates and times: RFC 3339 in and out.

use sdkwright_runtime::runtime::codec::{from_slice, to_vec};
use sdkwright_runtime::runtime::{Date, DateTime};

fn time(text: &str) -> Result<DateTime, String> {
    from_slice(format!("\"{text}\"").as_bytes()).map_err(|error| error.to_string())
}

fn date(text: &str) -> Result<Date, String> {
    from_slice(format!("\"{text}\"").as_bytes()).map_err(|error| error.to_string())
}

#[test]
fn times_survive() {
    for text in [
        "2025-01-15T10:30:00Z",
        "2025-01-15T10:30:00.250Z",
        "2025-01-15T10:30:00.000001Z",
        "2025-01-15T10:30:00.123456789+05:30",
        "1969-12-31T23:59:59-08:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:60Z",
    ] {
        let json = format!("\"{text}\"");
        assert_eq!(
            String::from_utf8(to_vec(&time(text).unwrap())).unwrap(),
            json
        );
    }
}

#[test]
fn utc_is_written_as_z_and_fractions_in_threes() {
    let json = to_vec(&time("2025-01-15T10:30:00.5+00:00").unwrap());
    assert_eq!(json, b"\"2025-01-15T10:30:00.500Z\"");
}

#[test]
fn what_is_not_rfc_3339_is_refused() {
    for text in [
        "",
        "2025-01-15",
        "2025-01-15T10:30:00",
        "2025-01-15T10:30Z",
        "2025-13-15T10:30:00Z",
        "2025-02-30T10:30:00Z",
        "2025-01-15T24:30:00Z",
        "15/01/2025 10:30",
        "2025-01-15T10:30:00Zx",
        " 2025-01-15T10:30:00Z",
        "1736937000",
    ] {
        let message = time(text).unwrap_err();
        assert_eq!(
            message, "expected a date and time (RFC 3339), found another string",
            "{text}"
        );
    }
    assert_eq!(
        from_slice::<DateTime>(b"1736937000")
            .unwrap_err()
            .to_string(),
        "expected a string, found a number"
    );
}

#[test]
fn dates_survive() {
    for text in ["2025-01-15", "2024-02-29", "0001-01-01", "9999-12-31"] {
        assert_eq!(
            to_vec(&date(text).unwrap()),
            format!("\"{text}\"").as_bytes()
        );
    }
}

#[test]
fn dates_have_ten_characters() {
    for text in [
        "2025-1-15",
        "2025-01-15T00:00:00Z",
        "+2025-01-15",
        "2025-02-29",
        "2025-00-10",
        "20250115",
        "2025-01-1a",
        "２025-01-15",
    ] {
        assert_eq!(
            date(text).unwrap_err(),
            "expected a date (YYYY-MM-DD), found another string",
            "{text}"
        );
    }
}
