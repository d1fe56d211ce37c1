//! Bodies that are sent while they are read.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use futures_core::Stream;
use sdkwright_runtime::__private::{Multipart, Params, RequestParts};
use sdkwright_runtime::{Bytes, Client, Error, Method, Request, Upload};

use crate::server::{Reply, Server, json, redirect};
use crate::support::{builder, client};

/// Chunks that are ready, and an error after them if there is one.
struct Pieces(Vec<io::Result<Bytes>>);

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = (!self.0.is_empty()).then(|| self.0.remove(0));
        Poll::Ready(next)
    }
}

fn stream(pieces: &[&'static str]) -> Upload {
    let pieces = pieces
        .iter()
        .map(|piece| Ok(Bytes::from_static(piece.as_bytes())));
    Upload::stream(Pieces(pieces.collect()))
}

fn put(client: &Client, upload: Upload) -> Request<'_, ()> {
    client.put("/file").upload(upload).cast()
}

/// A form with a file and a value.
struct Form(Upload);

impl Params for Form {
    fn apply(&self, request: &mut RequestParts) {
        request.multipart_with(|parts: &mut Multipart| {
            parts.file_as("file", "image/png", &self.0);
            parts.part_as("note", "application/json", &"x".to_owned());
        });
    }
}

fn post<'c>(client: &'c Client, form: &Form) -> Request<'c, ()> {
    Request::new(client, Method::POST, "/form").params(form)
}

/// The body of the form, with a fixed boundary.
fn form_body(content: &str, name: &str) -> String {
    format!(
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: image/png\r\n\r\n{content}\r\n\
         --B\r\nContent-Disposition: form-data; name=\"note\"\r\n\
         Content-Type: application/json\r\n\r\n\"x\"\r\n--B--\r\n"
    )
}

fn without_boundary(seen: &crate::server::RecordedRequest) -> String {
    let kind = seen.header("content-type").unwrap();
    let boundary = kind.split("boundary=").nth(1).unwrap().to_owned();
    String::from_utf8(seen.body.clone())
        .unwrap()
        .replace(&boundary, "B")
}

/// Parts of a multipart type other than `form-data`.
struct Mixed;

impl Params for Mixed {
    fn apply(&self, request: &mut RequestParts) {
        request.multipart_with(|parts| {
            parts.part("note", &"x".to_owned());
        });
        request.content_type("multipart/mixed");
    }
}

#[tokio::test]
async fn other_multipart_types_have_a_boundary() {
    let server = Server::start([json(200, "null")]).await;
    let client = client(&server);
    let call: Request<'_, ()> = Request::new(&client, Method::POST, "/parts").params(&Mixed);
    call.await.unwrap();
    let seen = server.only();
    let kind = seen.header("content-type").unwrap();
    assert!(
        kind.starts_with("multipart/mixed; boundary=form-"),
        "{kind}"
    );
    let body = without_boundary(&seen);
    assert!(
        body.starts_with("--B\r\n") && body.ends_with("\r\n--B--\r\n"),
        "{body}"
    );
}

#[tokio::test]
async fn a_stream_of_known_length_has_a_content_length() {
    let server = Server::start([json(200, "null")]).await;
    let upload = stream(&["ab", "c"])
        .content_length(3)
        .content_type("text/csv");
    put(&client(&server), upload).await.unwrap();
    let seen = server.only();
    assert_eq!(seen.body, b"abc");
    assert_eq!(seen.header("content-length").unwrap(), "3");
    assert_eq!(seen.header("content-type").unwrap(), "text/csv");
}

#[tokio::test]
async fn a_stream_of_unknown_length_is_chunked() {
    let server = Server::start([json(200, "null")]).await;
    put(&client(&server), stream(&["ab", "", "c"]))
        .await
        .unwrap();
    let seen = server.only();
    assert_eq!(seen.body, b"abc");
    assert_eq!(seen.header("transfer-encoding").unwrap(), "chunked");
    assert_eq!(
        seen.header("content-type").unwrap(),
        "application/octet-stream"
    );
}

#[tokio::test]
async fn a_reader_is_streamed() {
    let server = Server::start([json(200, "null")]).await;
    let text = "0123456789".repeat(50_000);
    let upload = Upload::reader(io::Cursor::new(text.clone()));
    put(&client(&server), upload).await.unwrap();
    assert_eq!(server.only().body, text.as_bytes());
}

#[tokio::test]
async fn a_form_is_streamed() {
    let server = Server::start([json(200, "null")]).await;
    let client = client(&server);
    post(&client, &Form(stream(&["ab", "c"]).file_name("a.png")))
        .await
        .unwrap();
    let form = Form(stream(&["ab", "c"]).content_length(3).file_name("a.png"));
    post(&client, &form).await.unwrap();
    post(&client, &Form(Upload::new("abc").file_name("a.png")))
        .await
        .unwrap();
    let long = "x".repeat(100_000);
    post(&client, &Form(Upload::new(long.clone())))
        .await
        .unwrap();
    let seen = server.seen();
    for seen in seen.iter().take(3) {
        assert_eq!(without_boundary(seen), form_body("abc", "a.png"));
    }
    assert_eq!(without_boundary(&seen[3]), form_body(&long, "file"));
    assert_eq!(seen[0].header("transfer-encoding").unwrap(), "chunked");
    for seen in seen.iter().skip(1) {
        assert_eq!(
            seen.header("content-length").unwrap(),
            seen.body.len().to_string()
        );
    }
}

#[tokio::test]
async fn streams_are_not_retried() {
    for reply in [json(503, "{}"), Reply::Reset] {
        let server = Server::start([reply, json(200, "null")]).await;
        put(&client(&server), stream(&["abc"])).await.unwrap_err();
        assert_eq!(server.seen().len(), 1);
    }
    let server = Server::start([json(503, "{}"), json(200, "null")]).await;
    post(&client(&server), &Form(Upload::new("abc")))
        .await
        .unwrap();
    let seen = server.seen();
    assert_eq!((seen.len(), &seen[0].body), (2, &seen[1].body));
}

#[tokio::test]
async fn a_stream_is_sent_by_one_call_only() {
    let server = Server::start([json(200, "null")]).await;
    let client = client(&server);
    let upload = stream(&["abc"]);
    put(&client, upload.clone()).await.unwrap();
    let error = put(&client, upload).await.unwrap_err();
    assert!(matches!(error, Error::Io(_)), "{error:?}");
    assert!(error.to_string().contains("only once"));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn redirects_need_a_repeatable_body() {
    let server = Server::start([redirect(307, "/b"), json(200, "null")]).await;
    let error = put(&client(&server), stream(&["abc"])).await.unwrap_err();
    assert!(error.to_string().contains("sent only once"), "{error}");
    assert_eq!(server.seen().len(), 1);
    let server = Server::start([redirect(303, "/b"), json(200, "null")]).await;
    put(&client(&server), stream(&["abc"])).await.unwrap();
    assert_eq!(server.seen()[1].method, "GET");
}

#[tokio::test]
async fn a_failing_or_short_stream_fails_the_call() {
    let failing = Upload::stream(Pieces(vec![
        Ok(Bytes::from_static(b"ab")),
        Err(io::Error::other("the disk is gone")),
    ]));
    let short = stream(&["ab"]).content_length(100);
    for (upload, text) in [
        (failing, "the disk is gone"),
        (short, "98 bytes before its length"),
    ] {
        let server = Server::start([json(200, "null")]).await;
        let error = put(&client(&server), upload).await.unwrap_err();
        assert!(matches!(error, Error::Io(_)), "{error:?}");
        assert!(error.to_string().contains(text), "{error}");
    }
}

#[tokio::test]
async fn bytes_beyond_the_length_are_not_sent() {
    let server = Server::start([json(200, "null")]).await;
    put(&client(&server), stream(&["abc", "def"]).content_length(4))
        .await
        .unwrap();
    assert_eq!(server.only().body, b"abcd");
}

#[tokio::test]
async fn the_progress_of_an_upload_is_reported() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let server = Server::start([json(200, "null")]).await;
    for upload in [stream(&["ab", "c"]).content_length(3), Upload::new("abc")] {
        let log = Arc::clone(&seen);
        log.lock().unwrap().clear();
        put(&client(&server), upload)
            .on_upload(move |progress| log.lock().unwrap().push((progress.bytes, progress.total)))
            .await
            .unwrap();
        assert_eq!(seen.lock().unwrap().last(), Some(&(3, Some(3))));
    }
    assert!(server.seen().iter().all(|seen| seen.body == b"abc"));
}

#[tokio::test]
async fn extra_properties_cannot_be_added_to_a_stream() {
    let server = Server::start([json(200, "null")]).await;
    let client = client(&server);
    let error = put(&client, stream(&["abc"])).extra_body("a", 1_i64).await;
    assert!(matches!(error, Err(Error::Build(_))), "{error:?}");
}

#[test]
fn uploads_compare_by_identity() {
    let upload = stream(&["abc"]);
    assert_eq!(upload, upload.clone());
    assert_ne!(upload, stream(&["abc"]));
    assert_eq!(Upload::new("abc"), Upload::from("abc"));
    assert_ne!(Upload::new("abc"), Upload::new("abc").file_name("a"));
    assert_eq!(Upload::new("abc").bytes().unwrap(), "abc");
    assert!(upload.bytes().is_none());
    let shown = format!("{:?}", Upload::new("secret"));
    assert!(
        !shown.contains("secret") && shown.contains("6 bytes"),
        "{shown}"
    );
}

#[cfg(feature = "fs")]
mod files {
    use super::*;

    fn file(name: &str, text: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("uploads-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    #[tokio::test]
    async fn a_file_is_opened_for_each_attempt() {
        let text = "0123456789".repeat(20_000);
        let path = file("again.png", &text);
        let server = Server::start([json(503, "{}"), redirect(307, "/b"), json(200, "null")]).await;
        let client = builder().base_url(server.url()).build().unwrap();
        post(&client, &Form(Upload::path(&path))).await.unwrap();
        let seen = server.seen();
        assert_eq!(seen.len(), 3);
        for seen in seen {
            assert_eq!(without_boundary(&seen), form_body(&text, "again.png"));
            assert_eq!(
                seen.header("content-length").unwrap(),
                seen.body.len().to_string()
            );
        }
    }

    #[tokio::test]
    async fn a_missing_file_is_an_error() {
        let server = Server::start([json(200, "null")]).await;
        let error = put(&client(&server), Upload::path("/no/such/file"))
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Io(_)), "{error:?}");
        assert!(server.seen().is_empty());
    }

    #[tokio::test]
    async fn a_file_can_be_the_body() {
        let server = Server::start([json(200, "null")]).await;
        put(&client(&server), Upload::path(file("raw", "abc")))
            .await
            .unwrap();
        assert_eq!(server.only().header("content-length").unwrap(), "3");
        assert_eq!(server.only().body, b"abc");
    }
}

#[tokio::test]
async fn uploads_describe_themselves() {
    let folder = std::env::temp_dir().join(format!("described-uploads-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("a b.png");
    std::fs::write(&path, "12345").unwrap();
    let file = Upload::path(&path).content_type("image/png");
    assert_eq!(file.name(), Some("a b.png"));
    assert_eq!(file.media_type(), Some("image/png"));
    assert_eq!(file.size().await.unwrap(), Some(5));
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(file.size().await.is_err());
    let bytes = Upload::new("123");
    assert_eq!((bytes.name(), bytes.media_type()), (None, None));
    assert_eq!(bytes.size().await.unwrap(), Some(3));
    assert_eq!(stream(&["12"]).size().await.unwrap(), None);
    let announced = stream(&["12"]).content_length(2);
    assert_eq!(announced.size().await.unwrap(), Some(2));
}
