//! Multipart bodies.

use http::Method;
use proptest::prelude::*;

use crate::runtime::__private::{Multipart, RequestParts};
use crate::runtime::Upload;

/// Returns the media type and the body of a form, with `B` as the boundary.
fn sent(write: impl FnOnce(&mut Multipart)) -> (String, String) {
    let (media_type, boundary, text) = written(write);
    (media_type, text.replace(&boundary, "B"))
}

/// Returns the media type, the boundary and the body of a form.
fn written(write: impl FnOnce(&mut Multipart)) -> (String, String, String) {
    let mut request = RequestParts::new(Method::POST, "/".into());
    request.multipart_with(write);
    let media_type = request.content_type.expect("a content type");
    let media_type = media_type.to_str().expect("ASCII").to_owned();
    let body = request.body.as_bytes().expect("bytes in memory").to_vec();
    let boundary = media_type.split("boundary=").nth(1).expect("a boundary");
    let text = String::from_utf8(body).expect("UTF-8");
    let essence = media_type.split(';').next().expect("a type").to_owned();
    (essence, boundary.to_owned(), text)
}

#[test]
fn values_and_files_are_parts() {
    let upload = Upload::new("bytes")
        .file_name("a\"b.txt")
        .content_type("text/plain");
    let (media_type, text) = sent(|parts| {
        parts
            .part("name", &"x".to_owned())
            .part("tag", &vec![1_i64, 2])
            .part("none", &None::<String>)
            .file("file", &Some(upload));
    });
    assert_eq!(media_type, "multipart/form-data");
    assert_eq!(
        text,
        "--B\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx\r\n\
         --B\r\nContent-Disposition: form-data; name=\"tag\"\r\n\r\n1\r\n\
         --B\r\nContent-Disposition: form-data; name=\"tag\"\r\n\r\n2\r\n\
         --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b.txt\"\r\n\
         Content-Type: text/plain\r\n\r\nbytes\r\n--B--\r\n"
    );
}

#[test]
fn a_string_instead_of_a_file_has_no_file_name() {
    let texts = [
        Upload::text("file-1"),
        Upload::text("{}").content_type("application/json"),
        Upload::new("bytes"),
    ];
    let (_, text) = sent(|parts| {
        parts.file("file", &texts.to_vec());
    });
    assert_eq!(
        text,
        "--B\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nfile-1\r\n\
         --B\r\nContent-Disposition: form-data; name=\"file\"\r\n\
         Content-Type: application/json\r\n\r\n{}\r\n\
         --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\
         Content-Type: application/octet-stream\r\n\r\nbytes\r\n--B--\r\n"
    );
    assert_ne!(Upload::text("a"), Upload::new("a"));
}

#[test]
fn values_with_a_style_are_split_into_parts() {
    use crate::runtime::__private::QueryStyle::{
        DeepObject, Form, FormExplode, PipeDelimited, SpaceDelimited,
    };

    let list = vec!["a".to_owned(), "b c".to_owned()];
    let object = serde_json::json!({ "k": 1, "l": "m&n" });
    let (_, text) = sent(|parts| {
        parts
            .part_styled("form", &list, Form)
            .part_styled("each", &list, FormExplode)
            .part_styled("pipes", &list, PipeDelimited)
            .part_styled("spaces", &["a".to_owned(), "b".to_owned()], SpaceDelimited)
            .part_styled("deep", &object, DeepObject)
            .part_styled("form", &object, Form)
            .part_styled("gone", &object, FormExplode)
            .part_styled("none", &None::<String>, Form)
            .part_styled("null", &serde_json::Value::Null, Form);
    });
    let parts: Vec<String> = text
        .split("--B\r\nContent-Disposition: form-data; name=")
        .skip(1)
        .map(|part| part.trim_end_matches("--B--\r\n").replace("\r\n", "~"))
        .collect();
    assert_eq!(
        parts,
        [
            "\"form\"~~a,b c~",
            "\"each\"~~a~",
            "\"each\"~~b c~",
            "\"pipes\"~~a|b c~",
            "\"spaces\"~~a b~",
            "\"deep[k]\"~~1~",
            "\"deep[l]\"~~m&n~",
            "\"form\"~~k,1,l,m&n~",
            "\"k\"~~1~",
            "\"l\"~~m&n~",
        ]
    );
}

/// Parts are not percent-encoded, so a comma within an item would look like a separator.
#[test]
fn a_part_that_contains_the_boundary_is_refused() {
    use crate::runtime::__private::QueryStyle;

    for (style, item) in [
        (QueryStyle::Form, "a,b"),
        (QueryStyle::PipeDelimited, "a|b"),
        (QueryStyle::SpaceDelimited, "a b"),
    ] {
        let mut request = RequestParts::new(Method::POST, "/".into());
        request.multipart_with(|parts| {
            parts.part_styled("n", &[item.to_owned(), "c".to_owned()], style);
        });
        assert!(request.failure.is_some(), "{item}");
    }
}

#[test]
fn parts_may_have_headers() {
    use crate::runtime::__private::ValueStyle;

    let files = vec![
        Upload::new("a").header("X-Part", "1"),
        Upload::new("b").file_name("b.txt"),
    ];
    let (_, text) = sent(|parts| {
        parts
            .header("X-Ids", &vec![1_i64, 2])
            .header("X-None", &None::<String>)
            .file("file", &files)
            .header_as("X-Kind", &serde_json::json!({ "k": "é" }), ValueStyle::Json)
            .part("name", &"x".to_owned())
            .header("X-Gone", &1_i64)
            .file("gone", &None::<Upload>)
            .part("last", &1_i64);
    });
    let file = |name: &str, own: &str, content: &str| {
        format!(
            "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\nx-ids: 1,2\r\n{own}\r\n{content}\r\n"
        )
    };
    assert_eq!(
        text,
        [
            file("file", "x-part: 1\r\n", "a"),
            file("b.txt", "", "b"),
            "--B\r\nContent-Disposition: form-data; name=\"name\"\r\n\
             x-kind: {\"k\":\"\\u00e9\"}\r\n\r\nx\r\n\
             --B\r\nContent-Disposition: form-data; name=\"last\"\r\n\r\n1\r\n--B--\r\n"
                .to_owned(),
        ]
        .concat()
    );
}

#[test]
fn part_headers_cannot_contain_line_ends() {
    for (name, value) in [
        ("X-A", "a\r\nb: c"),
        ("X A", "a"),
        ("Content-Type", "text/html"),
        ("content-disposition", "inline"),
    ] {
        for by_file in [true, false] {
            let mut request = RequestParts::new(Method::POST, "/".into());
            let upload = Upload::new("x").header(name, value);
            request.multipart_with(|parts| {
                if by_file {
                    parts.file("file", &upload);
                } else {
                    parts.header(name, &value.to_owned()).part("a", &1_i64);
                }
            });
            assert!(request.failure.is_some(), "{name}: {value}");
        }
    }
}

#[test]
fn media_types_cannot_contain_line_ends() {
    let mut request = RequestParts::new(Method::POST, "/".into());
    let upload = Upload::new("x").content_type("a\r\nb: c");
    request.multipart_with(|parts| {
        parts.file("file", &upload);
    });
    assert!(request.failure.is_some());
}

/// Splits a body into parts: the headers and the content of each.
fn read(boundary: &str, body: &str) -> Option<Vec<(String, String)>> {
    let body = body.strip_prefix(&format!("--{boundary}\r\n"))?;
    let body = body.strip_suffix(&format!("\r\n--{boundary}--\r\n"))?;
    let separator = format!("\r\n--{boundary}\r\n");
    let parts = body.split(&separator);
    let halves = parts.map(|part| part.split_once("\r\n\r\n"));
    halves
        .map(|halves| halves.map(|(head, text)| (head.to_owned(), text.to_owned())))
        .collect()
}

proptest! {
    #[test]
    fn texts_cannot_leave_their_part(
        parts in prop::collection::vec((".{1,8}|[\"\r\n;]{1,4}", "(\r\n|-|B|\\PC){0,12}"), 1..5),
    ) {
        let (_, boundary, text) = written(|body| {
            for (name, value) in &parts {
                body.part(name, value);
            }
        });
        let read = read(&boundary, &text).expect("a body of parts");
        prop_assert_eq!(read.len(), parts.len());
        for ((head, text), (_, value)) in read.iter().zip(&parts) {
            prop_assert_eq!(text, value);
            prop_assert_eq!(head.lines().count(), 1, "{}", head);
        }
    }
}
