//! Multipart bodies.

use http::Method;

use crate::runtime::{Multipart, RequestParts, Upload};

fn sent(write: impl FnOnce(&mut Multipart)) -> (String, String) {
    let mut request = RequestParts::new(Method::POST, "/".into());
    request.multipart_with(write);
    let media_type = request.content_type.expect("a content type");
    let media_type = media_type.to_str().expect("ASCII").to_owned();
    let body = request.body.as_bytes().expect("bytes in memory").to_vec();
    let boundary = media_type.split("boundary=").nth(1).expect("a boundary");
    let text = String::from_utf8(body)
        .expect("UTF-8")
        .replace(boundary, "B");
    (
        media_type.split(';').next().expect("a type").to_owned(),
        text,
    )
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
fn values_with_a_style_are_parts_as_the_style_has_them() {
    use crate::runtime::QueryStyle::{
        DeepObject, Form, FormExplode, PipeDelimited, SpaceDelimited,
    };

    let list = vec!["a".to_owned(), "b c".to_owned()];
    let object = serde_json::json!({ "k": 1, "l": "m&n" });
    let (_, text) = sent(|parts| {
        parts
            .part_styled("form", &list, Form)
            .part_styled("each", &list, FormExplode)
            .part_styled("pipes", &list, PipeDelimited)
            .part_styled("spaces", &list, SpaceDelimited)
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
            "\"spaces\"~~a b c~",
            "\"deep[k]\"~~1~",
            "\"deep[l]\"~~m&n~",
            "\"form\"~~k,1,l,m&n~",
            "\"k\"~~1~",
            "\"l\"~~m&n~",
        ]
    );
}

#[test]
fn a_media_type_cannot_break_out_of_its_line() {
    let mut request = RequestParts::new(Method::POST, "/".into());
    let upload = Upload::new("x").content_type("a\r\nb: c");
    request.multipart_with(|parts| {
        parts.file("file", &upload);
    });
    assert!(request.failure.is_some());
}
