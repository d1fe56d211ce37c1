//! Dates and times for the date libraries other than `chrono`.
//!
//! An SDK with a copy of the runtime gets one of these files as `codec/date_time.rs`. An SDK that
//! depends on the runtime names one of these modules. All libraries pass the same tests.

#[cfg(any(test, feature = "jiff"))]
#[cfg_attr(
    not(feature = "jiff"),
    expect(unreachable_pub, reason = "it is public with its feature")
)]
pub mod jiff;
#[cfg(any(test, feature = "time"))]
#[cfg_attr(
    not(feature = "time"),
    expect(unreachable_pub, reason = "it is public with its feature")
)]
pub mod time;

#[cfg(test)]
mod tests {

    /// Strings that round-trip unchanged.
    const TIMES: &[&str] = &[
        "2025-01-15T10:30:00Z",
        "2025-01-15T10:30:00.250Z",
        "2025-01-15T10:30:00.000001Z",
        "2025-01-15T10:30:00.123456789+05:30",
        "2024-02-29T00:00:00-00:30",
        "1969-12-31T23:59:59-08:00",
        "0001-01-01T00:00:00Z",
        "2025-01-15T23:59:59+14:00",
    ];

    /// Other accepted spellings, and their normalized form.
    const SPELLINGS: &[(&str, &str)] = &[
        ("2025-01-15T10:30:00.5+00:00", "2025-01-15T10:30:00.500Z"),
        ("2025-01-15T10:30:00-00:00", "2025-01-15T10:30:00Z"),
        ("2025-01-15t10:30:00z", "2025-01-15T10:30:00Z"),
        ("2025-01-15 10:30:00Z", "2025-01-15T10:30:00Z"),
        (
            "2025-01-15T10:30:00.1234567899Z",
            "2025-01-15T10:30:00.123456789Z",
        ),
    ];

    const NO_TIMES: &[&str] = &[
        "",
        "2025-01-15",
        "2025-01-15T10:30:00",
        "2025-01-15T10:30Z",
        "2025-13-15T10:30:00Z",
        "2025-02-30T10:30:00Z",
        "2025-01-15T24:30:00Z",
        "2025-01-15T10:60:00Z",
        "2025-01-15T10:30:61Z",
        "2025-01-15T10:30:00.Z",
        "2025-01-15T10:30:00+24:00",
        "2025-01-15T10:30:00+01:60",
        "2025-01-15T10:30:00+0100",
        "2025-01-15T10:30:00+01",
        "15/01/2025 10:30",
        "2025-01-15T10:30:00Zx",
        " 2025-01-15T10:30:00Z",
        "2025-01-15T10:30:00Z[UTC]",
        "1736937000",
    ];

    const DATES: &[&str] = &["2025-01-15", "2024-02-29", "0001-01-01", "9999-12-31"];

    const NO_DATES: &[&str] = &[
        "2025-1-15",
        "2025-01-15T00:00:00Z",
        "+2025-01-15",
        "2025-02-29",
        "2025-00-10",
        "20250115",
        "2025-01-1a",
        "２025-01-15",
    ];

    macro_rules! tests_of {
        ($name:ident, $library:path) => {
            mod $name {
                use super::{DATES, NO_DATES, NO_TIMES, SPELLINGS, TIMES};
                use crate::runtime::codec::{Decode, Encode, from_slice, to_vec};
                use $library::{Date, DateTime};

                fn read<T: Decode>(text: &str) -> Result<T, String> {
                    from_slice(format!("\"{text}\"").as_bytes()).map_err(|error| error.to_string())
                }

                fn written<T: Encode>(value: &T) -> String {
                    String::from_utf8(to_vec(value))
                        .unwrap()
                        .trim_matches('"')
                        .to_owned()
                }

                #[test]
                fn times_round_trip_with_their_offsets() {
                    for text in TIMES {
                        let time: DateTime = read(text).unwrap();
                        assert_eq!(written(&time), **text);
                    }
                }

                #[test]
                fn utc_is_encoded_as_z_and_fractions_in_groups_of_three() {
                    for (text, spelling) in SPELLINGS {
                        let time: DateTime = read(text).unwrap();
                        assert_eq!(written(&time), **spelling, "{text}");
                    }
                }

                #[test]
                fn invalid_texts_are_refused() {
                    for text in NO_TIMES {
                        let message = read::<DateTime>(text).unwrap_err();
                        let expected = "expected a date and time (RFC 3339), found another string";
                        assert_eq!(message, expected, "{text}");
                    }
                    let number = from_slice::<DateTime>(b"1736937000").unwrap_err();
                    assert_eq!(number.to_string(), "expected a string, found a number");
                }

                #[test]
                fn the_last_second_of_the_last_year_is_read() {
                    for text in [
                        "9999-12-31T23:59:60Z",
                        "9999-12-31T23:59:59.999999999-23:59",
                    ] {
                        let time: DateTime = read(text).unwrap();
                        assert!(written(&time).starts_with("9999-12-"), "{time}");
                    }
                }

                #[test]
                fn dates_round_trip() {
                    for text in DATES {
                        let date: Date = read(text).unwrap();
                        assert_eq!(written(&date), **text);
                    }
                }

                #[test]
                fn dates_have_ten_characters() {
                    for text in NO_DATES {
                        let message = read::<Date>(text).unwrap_err();
                        let expected = "expected a date (YYYY-MM-DD), found another string";
                        assert_eq!(message, expected, "{text}");
                    }
                }
            }
        };
    }

    tests_of!(by_chrono, crate::runtime::codec);
    tests_of!(by_jiff, crate::date_times::jiff);
    tests_of!(by_time, crate::date_times::time);

    /// Values that a library cannot represent are encoded as the nearest value.
    mod limits {
        use ::chrono::{DateTime, FixedOffset};
        use ::jiff::tz::{Offset, TimeZone};

        use crate::runtime::codec::{from_slice, to_vec};

        /// RFC 3339 has no offsets with seconds. The instant is kept and the offset is dropped.
        #[test]
        fn offsets_with_seconds_are_encoded_as_utc() {
            let chrono = DateTime::from_timestamp(0, 0)
                .unwrap()
                .with_timezone(&FixedOffset::east_opt(3601).unwrap());
            let jiff = ::jiff::Timestamp::UNIX_EPOCH
                .to_zoned_datetime(TimeZone::fixed(Offset::from_seconds(3601).unwrap()));
            let time = ::time::OffsetDateTime::UNIX_EPOCH
                .to_offset(::time::UtcOffset::from_whole_seconds(3601).unwrap());
            for text in [to_vec(&chrono), to_vec(&jiff), to_vec(&time)] {
                assert_eq!(text, b"\"1970-01-01T00:00:00Z\"");
            }
        }

        #[test]
        fn leap_seconds_round_trip_if_the_library_supports_them() {
            let json = b"\"2016-12-31T23:59:60.500+01:00\"";
            let chrono: DateTime<FixedOffset> = from_slice(json).unwrap();
            assert_eq!(to_vec(&chrono), json);
            let before = b"\"2016-12-31T23:59:59.500+01:00\"";
            assert_eq!(
                to_vec(&from_slice::<::jiff::ZonedDateTime>(json).unwrap()),
                before
            );
            assert_eq!(
                to_vec(&from_slice::<::time::OffsetDateTime>(json).unwrap()),
                before
            );
        }

        #[test]
        fn years_without_four_digits_are_encoded_with_a_sign() {
            for (year, text) in [(-1, "\"-0001-03-01\""), (12_345, "\"+12345-03-01\"")] {
                let date = ::chrono::NaiveDate::from_ymd_opt(year, 3, 1).unwrap();
                assert_eq!(String::from_utf8(to_vec(&date)).unwrap(), text);
            }
        }
    }
}
