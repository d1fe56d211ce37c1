//! Numbers keep each digit through the codec, through `serde` and in unknown properties.

use std::fmt::Debug;

use crate::sample::Message;
use proptest::prelude::*;
use sdkwright_runtime::__private::{Reader, Writer};
use sdkwright_runtime::codec::{Decode, Encode, from_slice, to_vec};
use sdkwright_runtime::{DecodeError, ExactNumber, Extra, Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Numbers as servers spell them, many of them near the limits of 64 bits and of a double.
fn numbers() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|integer| integer.to_string()),
        any::<u64>().prop_map(|integer| integer.to_string()),
        any::<f64>()
            .prop_filter("JSON has no other", |float| float.is_finite())
            .prop_map(|float| format!("{float:e}")),
        (-90.0..90.0).prop_map(|degrees: f64| degrees.to_string()),
        "-?(0|[1-9][0-9]{0,40})",
        "-?(0|[1-9][0-9]{0,18})\\.0{1,3}",
        "-?(0|[1-9][0-9]{0,18})\\.[0-9]{1,20}",
        "-?[1-9](\\.[0-9]{1,20})?[eE][+-]?[0-9]{1,2}",
    ]
}

/// A type that implements `serde`'s traits by the codec, as generated types do.
#[derive(Debug, PartialEq)]
struct Shim<T>(T);

impl<T: Decode> Decode for Shim<T> {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::decode(r).map(Self)
    }
}

impl<T: Encode> Encode for Shim<T> {
    fn encode(&self, w: &mut Writer) {
        self.0.encode(w);
    }
}

impl<T: Encode> Serialize for Shim<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        sdkwright_runtime::__private::serialize(self, serializer)
    }
}

impl<'de, T: Decode> Deserialize<'de> for Shim<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        sdkwright_runtime::__private::deserialize(deserializer)
    }
}

/// Checks that both decode the same value or none, and encode the same text.
fn check_against_serde<T: Decode + Encode + Debug + PartialEq>(json: &str) {
    let ours = from_slice::<T>(json.as_bytes()).ok();
    let theirs = serde_json::from_str::<Shim<T>>(json).ok();
    let theirs = theirs.map(|shim| shim.0);
    assert_eq!(ours, theirs, "{json}");
    let by_reader = serde_json::from_reader::<_, Shim<T>>(json.as_bytes()).ok();
    assert_eq!(ours, by_reader.map(|shim| shim.0), "{json}");
    if let Some(value) = ours {
        let written = to_vec(&value);
        if let Ok(text) = serde_json::to_string(&Shim(value)) {
            let read: ExactNumber = text.parse().expect("a number");
            let expected: ExactNumber =
                String::from_utf8_lossy(&written).parse().expect("a number");
            assert_eq!(read.to_f64(), expected.to_f64(), "{json}");
            assert_eq!(read.to_i128(), expected.to_i128(), "{json}");
        }
    }
}

proptest! {
    #[test]
    fn an_exact_number_keeps_its_digits(text in numbers()) {
        let number: ExactNumber = from_slice(text.as_bytes()).unwrap();
        prop_assert_eq!(number.as_str(), &text);
        prop_assert_eq!(to_vec(&number), text.as_bytes());
        prop_assert_eq!(text.parse::<ExactNumber>().unwrap(), number);
    }

    #[test]
    fn serde_agrees_with_the_codec_about_each_number(text in numbers()) {
        check_against_serde::<i32>(&text);
        check_against_serde::<i64>(&text);
        check_against_serde::<u64>(&text);
        check_against_serde::<f64>(&text);
        check_against_serde::<Value>(&text);
        check_against_serde::<ExactNumber>(&text);
    }

    #[test]
    fn a_number_in_an_unknown_property_keeps_its_digits(text in numbers()) {
        let json = format!(r#"{{"id":"a","parts":[],"status":"read","new":[{{"n":{text}}}]}}"#);
        let message: Message = from_slice(json.as_bytes()).unwrap();
        let written = String::from_utf8(to_vec(&message)).unwrap();
        let new: String = written.split(r#""new":[{"n":"#).nth(1).unwrap().trim_end_matches(['}', ']']).into();
        let (read, expected): (ExactNumber, ExactNumber) = (new.parse().unwrap(), text.parse().unwrap());
        prop_assert_eq!(read.to_f64(), expected.to_f64());
        prop_assert_eq!(read.to_i128(), expected.to_i128());
        let is_integer = |text: &str| !text.contains(['.', 'e', 'E']);
        prop_assert_eq!(is_integer(&new), is_integer(&text) && text != "-0", "{}", new);
    }
}

#[test]
fn serde_does_not_turn_integers_into_floats() {
    let read = |json| serde_json::from_str::<Shim<i64>>(json).unwrap().0;
    assert_eq!(read("9007199254740993.0"), 9_007_199_254_740_993);
    assert_eq!(read("9223372036854775807e0"), i64::MAX);
    let number: ExactNumber = serde_json::from_str(&"9".repeat(78)).unwrap();
    assert_eq!(number.as_str(), "9".repeat(78));
}

/// A number without a serde type is an error, and not another number.
#[test]
fn numbers_are_not_rounded_for_other_formats() {
    let number = |text: &str| text.parse::<ExactNumber>().unwrap();
    let value = |text| serde_json::to_value(number(text));
    assert_eq!(value("18446744073709551615").unwrap(), u64::MAX);
    assert_eq!(value("1.50").unwrap(), 1.5);
    assert_eq!(value("1e2").unwrap(), 100.0);
    assert!(value("18446744073709551616").is_err());
    assert!(value("0.12345678901234567890").is_err());
    assert_eq!(
        serde_json::to_string(&number("18446744073709551616")).unwrap(),
        "18446744073709551616"
    );
}

/// If a float has two shortest spellings, only the spelling that the codec encodes is decoded as a
/// float. The other one keeps its text.
#[test]
fn a_number_with_two_shortest_spellings_keeps_its_digits() {
    let message = |text: &str| format!(r#"{{"id":"a","parts":[],"status":"read","new":[{text}]}}"#);
    let read = |text: &str| from_slice::<Message>(message(text).as_bytes()).unwrap();
    for text in ["1516914723899915.2", "1516914723899915.3"] {
        let written = String::from_utf8(to_vec(&read(text))).unwrap();
        assert!(written.contains(&format!(r#""new":[{text}]"#)), "{written}");
    }
    let float = serde_json::to_value(read("1516914723899915.2")).unwrap();
    assert_eq!(float["new"][0].as_f64(), Some(1_516_914_723_899_915.2));
}

#[test]
fn exact_numbers_have_values() {
    let number = |text: &str| text.parse::<ExactNumber>().unwrap();
    assert_eq!(number("1.2e1").to_i64(), Some(12));
    assert_eq!(number("-1").to_u64(), None);
    assert_eq!(ExactNumber::from(u128::MAX).to_u128(), Some(u128::MAX));
    assert_eq!(number("1.5").to_i64(), None);
    assert_eq!(number("1.5").to_f64(), Some(1.5));
    assert_eq!(number("1e999").to_f64(), None);
    assert_eq!(ExactNumber::try_from(1.5).unwrap().as_str(), "1.5");
    assert!(ExactNumber::try_from(f64::NAN).is_err());
    assert_eq!(ExactNumber::default().to_string(), "0");
    for text in ["", " 1", "1 ", "+1", "01", "1.", "NaN", "\"1\"", "1,2"] {
        assert!(text.parse::<ExactNumber>().is_err(), "{text}");
    }
}

/// A new value replaces the digits.
#[test]
fn a_new_value_replaces_exact_digits() {
    let mut message: Message =
        from_slice(br#"{"id":"a","parts":[],"status":"read","n":18446744073709551616}"#).unwrap();
    let extra: &mut Extra = &mut message.extra;
    extra.insert("n", 1);
    assert!(
        String::from_utf8(to_vec(&message))
            .unwrap()
            .ends_with(r#""n":1}"#)
    );
}
