//! Bytes in base64.

use sdkwright_runtime::Base64Bytes;
use sdkwright_runtime::codec::{from_slice, to_vec};

fn read(text: &str) -> Result<Base64Bytes, String> {
    let json = serde_json::to_vec(text).expect("a text is JSON");
    from_slice(&json).map_err(|error| error.to_string())
}

#[test]
fn padding_is_encoded_and_optional_when_decoding() {
    for (bytes, text) in [
        (&b""[..], ""),
        (b"f", "Zg=="),
        (b"fo", "Zm8="),
        (b"foo", "Zm9v"),
        (b"\xff\xef\x00", "/+8A"),
    ] {
        let value = Base64Bytes::from(bytes);
        assert_eq!(to_vec(&value), format!("\"{text}\"").into_bytes());
        assert_eq!(value.to_string(), text);
        for spelling in [text.to_owned(), text.replace('=', "")] {
            assert_eq!(read(&spelling).as_ref(), Ok(&value), "{spelling}");
        }
        assert_eq!(&*value, bytes);
    }
    assert_eq!(read("_-8A").unwrap(), read("/+8A").unwrap());
    assert_eq!(&*read("Zm9v\r\nZm9v\n").unwrap(), b"foofoo");
}

#[test]
fn invalid_base64_is_an_error_with_its_path() {
    for text in ["a", "test!", "Zg==Zg==", "é"] {
        assert_eq!(
            read(text).unwrap_err(),
            "expected base64, found another string"
        );
    }
    let error = from_slice::<Vec<Base64Bytes>>(br#"["Zg==", "!"]"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "[1]: expected base64, found another string"
    );
    assert!(from_slice::<Base64Bytes>(b"1").is_err());
}

#[test]
fn debug_shows_bytes_and_serde_formats_get_base64() {
    assert_eq!(
        format!("{:?}", Base64Bytes::from(b"a\"\0")),
        r#"b"a\"\x00""#
    );
    let long = format!("{:?}", Base64Bytes::from(vec![b'x'; 100]));
    assert!(long.ends_with("x\"… and 36 more bytes"), "{long}");
    let json = serde_json::to_string(&Base64Bytes::from(b"foo")).unwrap();
    assert_eq!(json, "\"Zm9v\"");
    let read: Base64Bytes = serde_json::from_str(&json).unwrap();
    assert_eq!(read.into_vec(), b"foo");
    assert!(serde_json::from_str::<Base64Bytes>("\"?\"").is_err());
}
