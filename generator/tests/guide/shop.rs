//! The API of the samples, without a server.

use bookshop_sdk::mock::{Mock, Reply};
use bookshop_sdk::{Client, HeaderName, HeaderValue, Method, StatusCode};

const BOOK: &str = r#"{"id": "book_1", "title": "Solaris", "author": "Stanisław Lem"}"#;

/// Two pieces of an answer.
const PIECES: &str = "id: 1\ndata: {\"delta\": \"Stanisław \"}\n\nid: 2\ndata: {\"delta\": \"Lem\"}\n\ndata: [DONE]\n\n";

/// Returns a client, and the mock that responds to it.
pub(crate) fn open() -> (Client, Mock) {
    let mock = Mock::new();
    let no_book = r#"{"code": "not_found", "message": "There is no such book."}"#;
    let no_book = Reply::json_text(no_book).status(StatusCode::NOT_FOUND).header(
        HeaderName::from_static("x-request-id"),
        HeaderValue::from_static("req_1"),
    );
    let first = format!(r#"{{"items": [{BOOK}, {BOOK}], "next_cursor": "2"}}"#);
    let token = r#"{"access_token": "from the token endpoint", "token_type": "bearer", "expires_in": 300}"#;
    mock.on(Method::GET, "/status", Reply::json_text(r#"{"open": true}"#))
        .on(Method::POST, "/token", Reply::json_text(token))
        .on(Method::GET, "/books/missing", no_book)
        .on(Method::GET, "/books/{id}", Reply::json_text(BOOK))
        .on(Method::PATCH, "/books/{id}", Reply::json_text(BOOK))
        .on(Method::DELETE, "/books/{id}", StatusCode::NO_CONTENT)
        .on(Method::POST, "/books", Reply::json_text(BOOK).status(StatusCode::CREATED))
        .on(Method::GET, "/books/{id}/cover", Reply::body(&b"\x89PNG\r\n\x1a\n"[..], "image/png"))
        .on(Method::POST, "/imports", Reply::json_text(r#"{"id": "import_1", "books": 1}"#))
        .on(Method::POST, "/answers", Reply::body(PIECES, "text/event-stream"));
    // The second page is the last one.
    let last = format!(r#"{{"items": [{BOOK}]}}"#);
    mock.once(Method::GET, "/books", Reply::json_text(first))
        .on(Method::GET, "/books", Reply::json_text(last));
    let client = Client::builder()
        .env(|_| None)
        .token("secret")
        .transport(mock.clone())
        .build()
        .expect("a client");
    (client, mock)
}
