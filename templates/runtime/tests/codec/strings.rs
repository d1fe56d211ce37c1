//! Strings: escapes, Unicode, and enums of strings.

use crate::sample::ServiceType;
use sdkwright_runtime::Value;
use sdkwright_runtime::codec::{from_slice, to_vec};

fn read(json: &[u8]) -> Result<String, String> {
    from_slice(json).map_err(|error| error.to_string())
}

#[test]
fn every_escape_is_decoded() {
    let text = read(br#""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83c\udfd4\u0000""#);
    assert_eq!(
        text.as_deref(),
        Ok("\"\\/\u{8}\u{c}\n\r\tA\u{e9}\u{1f3d4}\0")
    );
}

#[test]
fn control_characters_and_quotes_are_escaped() {
    let text: String = (0_u8..0x80).map(char::from).collect();
    let json = to_vec(&text);
    assert_eq!(serde_json::to_vec(&text).unwrap(), json);
    assert_eq!(read(&json), Ok(text));
    assert_eq!(
        to_vec("é🏔️\u{7f}\u{2028}"),
        "\"é🏔️\u{7f}\u{2028}\"".as_bytes()
    );
}

#[test]
fn escapes_are_found_at_every_offset() {
    for length in 0..40 {
        for place in 0..=length {
            for special in ["\"", "\\", "\n", "\u{1f}", "é", " ", "!", "#", "[", "]"] {
                let text = format!(
                    "{}{special}{}",
                    "x".repeat(place),
                    "y".repeat(length - place)
                );
                assert_eq!(to_vec(&text), serde_json::to_vec(&text).unwrap());
            }
        }
    }
}

#[test]
fn half_a_surrogate_pair_is_an_error() {
    for json in [
        r#""\ud800""#,
        r#""\udc00""#,
        r#""\ud800x""#,
        r#""\ud800\n""#,
        r#""\ud800\ud800""#,
        r#""\ud83c"#,
    ] {
        assert!(read(json.as_bytes()).is_err(), "{json}");
        assert!(from_slice::<Value>(json.as_bytes()).is_err(), "{json}");
    }
}

#[test]
fn invalid_utf8_is_an_error() {
    for bytes in [
        &b"\"\xff\""[..],
        b"\"\xc3\"",
        b"\"\xed\xa0\x80\"",
        b"\"a\\n\xf0\x9f\"",
        b"{\"\xff\":1}",
    ] {
        assert!(from_slice::<Value>(bytes).is_err(), "{bytes:?}");
    }
    assert_eq!(
        read(b"\"\xff\"").unwrap_err(),
        "invalid UTF-8 in a string at line 1 column 2"
    );
}

#[test]
fn control_characters_are_an_error() {
    assert_eq!(
        read(b"\"a\nb\"").unwrap_err(),
        "control character in a string at line 1 column 3"
    );
}

#[test]
fn string_enums_keep_unknown_values() {
    let service: ServiceType = from_slice(b"\"iMessage\"").unwrap();
    assert_eq!(service, ServiceType::IMessage);
    let service: ServiceType = from_slice(b"\"pigeon \\\"post\\\"\"").unwrap();
    assert_eq!(service, ServiceType::Unknown("pigeon \"post\"".to_owned()));
    assert_eq!(to_vec(&service), b"\"pigeon \\\"post\\\"\"");
    assert!(from_slice::<ServiceType>(b"null").is_err());
}

#[test]
fn string_enums_convert_from_and_to_strings() {
    let rcs = "RCS".to_owned();
    assert_eq!(ServiceType::from(&rcs), ServiceType::Rcs);
    assert_eq!(ServiceType::from(rcs), ServiceType::Rcs);
    assert_eq!("SMS".parse(), Ok(ServiceType::Sms));
    assert_eq!(AsRef::<str>::as_ref(&ServiceType::Sms), "SMS");
    assert_eq!(format!("{:>5}", ServiceType::Sms), "  SMS");
}
