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
fn a_media_type_cannot_break_out_of_its_line() {
    let mut request = RequestParts::new(Method::POST, "/".into());
    let upload = Upload::new("x").content_type("a\r\nb: c");
    request.multipart_with(|parts| {
        parts.file("file", &upload);
    });
    assert!(request.failure.is_some());
}
