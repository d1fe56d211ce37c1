//! Numbers: decoded exactly, or refused.

use crate::sample::Priority;
use sdkwright_runtime::Value;
use sdkwright_runtime::codec::{Decode, from_slice, to_vec};
use serde_json::json;

fn read<T: Decode>(json: &str) -> Result<T, String> {
    from_slice(json.as_bytes()).map_err(|error| error.to_string())
}

fn encode<T: sdkwright_runtime::codec::Encode>(value: T) -> String {
    String::from_utf8(to_vec(&value)).expect("JSON is UTF-8")
}

#[test]
fn integers_may_have_a_fraction_or_an_exponent() {
    let twelve = [
        "12",
        "12.0",
        "12.000",
        "1.2e1",
        "1.2E+1",
        "120e-1",
        "0.12e2",
        "1200.00e-2",
    ];
    for spelling in twelve {
        assert_eq!(read::<i64>(spelling), Ok(12), "{spelling}");
        assert_eq!(read::<u32>(spelling), Ok(12), "{spelling}");
    }
    for zero in [
        "0",
        "-0",
        "0.0",
        "-0.0e5",
        "0e999999999999999999999",
        "0.000e-999999999999999999999",
    ] {
        assert_eq!(read::<i32>(zero), Ok(0), "{zero}");
    }
    assert_eq!(read::<i64>("1e3"), Ok(1000));
    assert_eq!(read::<i64>("9007199254740993.0"), Ok(9_007_199_254_740_993));
    assert_eq!(
        read::<u64>("1000000000000000000e1"),
        Ok(10_000_000_000_000_000_000)
    );
}

#[test]
fn integers_out_of_range_are_refused() {
    assert_eq!(read::<i32>("2147483647"), Ok(i32::MAX));
    assert_eq!(read::<i32>("-2147483648"), Ok(i32::MIN));
    assert_eq!(read::<i64>("9223372036854775807"), Ok(i64::MAX));
    assert_eq!(read::<i64>("-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(read::<u32>("4294967295"), Ok(u32::MAX));
    assert_eq!(read::<u64>("18446744073709551615"), Ok(u64::MAX));
    assert!(
        read::<i32>("2147483648")
            .unwrap_err()
            .contains("out of range (32 bits)")
    );
    assert!(
        read::<i64>("9223372036854775808")
            .unwrap_err()
            .contains("out of range")
    );
    assert!(
        read::<u64>("18446744073709551616")
            .unwrap_err()
            .contains("out of range")
    );
    assert!(read::<u32>("-1").unwrap_err().contains("out of range"));
    for huge in [
        "1e400",
        "1e99999999999999999999",
        &"9".repeat(39),
        &"9".repeat(400),
    ] {
        assert!(
            read::<i64>(huge).unwrap_err().contains("out of range"),
            "{huge}"
        );
    }
    for fraction in ["1.5", "1e-1", "0.1", "12.01", "1e-99999999999999999999"] {
        assert!(
            read::<i64>(fraction).unwrap_err().contains("fraction"),
            "{fraction}"
        );
    }
}

#[test]
fn floats_accept_any_number() {
    assert_eq!(read::<f64>("1"), Ok(1.0));
    assert_eq!(read::<f64>("1.0"), Ok(1.0));
    assert_eq!(read::<f64>("-2.5e-3"), Ok(-0.0025));
    assert_eq!(read::<f64>("5e-324"), Ok(5e-324));
    assert_eq!(read::<f64>("1.7976931348623157e308"), Ok(f64::MAX));
    assert_eq!(
        read::<f64>("123456789012345678901234567890"),
        Ok(123_456_789_012_345_678_901_234_567_890.0)
    );
    assert!(read::<f64>("1e309").unwrap_err().contains("out of range"));
    assert!(
        read::<f64>(&"9".repeat(400))
            .unwrap_err()
            .contains("out of range")
    );
    assert!(
        read::<f64>(&"9".repeat(9000))
            .unwrap_err()
            .contains("out of range")
    );
    assert_eq!(
        read::<f64>("\"1\"").unwrap_err(),
        "expected a number, found a string"
    );
}

#[test]
fn invalid_numbers_are_refused() {
    for text in [
        "NaN",
        "Infinity",
        "-Infinity",
        "-",
        "+1",
        "01",
        "-01",
        ".5",
        "1.",
        "1e",
        "1e+",
        "0x10",
        "1_000",
        "--1",
    ] {
        assert!(read::<f64>(text).is_err(), "{text}");
        assert!(read::<i64>(text).is_err(), "{text}");
        assert!(read::<Value>(text).is_err(), "{text}");
        assert!(read::<Vec<Value>>(&format!("[{text}]")).is_err(), "{text}");
    }
}

#[test]
fn untyped_numbers_stay_integers_or_floats() {
    for (text, value) in [
        ("0", json!(0)),
        ("-0", json!(-0.0)),
        ("1.0", json!(1.0)),
        ("18446744073709551615", json!(u64::MAX)),
        ("-9223372036854775808", json!(i64::MIN)),
        ("18446744073709551616", json!(18_446_744_073_709_551_616.0)),
        ("1e2", json!(100.0)),
    ] {
        assert_eq!(read::<Value>(text), Ok(value.clone()), "{text}");
        assert_eq!(read::<Value>(&encode(&value)), Ok(value), "{text}");
    }
    assert!(read::<Value>("1e400").unwrap_err().contains("out of range"));
    assert!(
        read::<Value>(&"9".repeat(400))
            .unwrap_err()
            .contains("out of range")
    );
}

#[test]
fn numbers_are_encoded_in_their_shortest_form() {
    assert_eq!(encode(i64::MIN), "-9223372036854775808");
    assert_eq!(encode(u64::MAX), "18446744073709551615");
    assert_eq!(encode(1.0), "1");
    assert_eq!(encode(-3.0), "-3");
    assert_eq!(encode(0.1), "0.1");
    assert_eq!(encode(-0.0), "-0.0");
    assert_eq!(encode(5e-324), "5e-324");
    assert_eq!(encode(9_007_199_254_740_991.0), "9007199254740991");
    assert_eq!(read::<f64>(&encode(1e300)), Ok(1e300));
}

#[test]
fn nan_and_infinity_are_encoded_as_null() {
    assert_eq!(encode(f64::NAN), "null");
    assert_eq!(encode(f64::INFINITY), "null");
    assert_eq!(encode(vec![f64::NEG_INFINITY, 1.5]), "[null,1.5]");
}

#[test]
fn integer_enums_keep_unknown_values() {
    assert_eq!(read::<Priority>("10"), Ok(Priority::High));
    assert_eq!(read::<Priority>("1e1"), Ok(Priority::High));
    assert_eq!(read::<Priority>("-7"), Ok(Priority::Unknown(-7)));
    assert_eq!(encode(Priority::Unknown(-7)), "-7");
    assert_eq!(Priority::High.to_string(), "10");
    assert!(read::<Priority>("\"10\"").is_err());
}
