//! Parameters that request a page, and cursors that name the next one.

use sdkwright_runtime::__private::Reader;
use sdkwright_runtime::__private::{Params, RequestParts};
use sdkwright_runtime::codec::{Decode, DecodeError, Encode};
use sdkwright_runtime::{Client, Error, ListPage, Method, PageMark, PageStyle, Request, Value};

use crate::pagination::read;
use crate::server::{Server, json, reply};
use crate::support::{With, builder, client};

/// Reads a list. Returns the targets of its requests, and the error that ends it.
async fn targets(
    server: &Server,
    client: &Client,
    path: &'static str,
    style: PageStyle,
) -> (Vec<String>, Option<Error>) {
    let request = Request::<Vec<Value>>::new(client, Method::GET, path).paged(style);
    let mut pages = request.pages();
    let mut error = None;
    while let Some(page) = pages.next().await {
        error = page.err();
    }
    let seen = server.seen().into_iter().map(|seen| seen.target);
    (seen.collect(), error)
}

#[tokio::test]
async fn any_of_several_link_headers_may_lead_to_the_next_page() {
    let links = [
        ("link", r#"</pets?page=1>; rel="first""#),
        ("link", r#"</pets?page=2>; rel="next""#),
    ];
    let server = Server::start([reply(200, &links, "[1]"), reply(200, &links[..1], "[2]")]).await;
    let style = PageStyle::cursor_url().headers(&[(PageMark::Url, "link")]);
    let (targets, error) = targets(&server, &client(&server), "/pets", style).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(targets, ["/pets", "/pets?page=2"]);
}

#[tokio::test]
async fn the_client_or_the_path_can_set_the_first_page() {
    let style = PageStyle::page_number("page");
    let server = Server::start([json(200, "[1]"), json(200, "[]")]).await;
    let client = builder().base_url(server.url()).default_query("page", 5);
    let (seen, _) = targets(&server, &client.build().unwrap(), "/pets", style).await;
    assert_eq!(seen, ["/pets?page=5", "/pets?page=6"]);
    let server = Server::start([json(200, "[1]"), json(200, "[]")]).await;
    let client = builder().base_url(server.url()).build().unwrap();
    let (seen, _) = targets(&server, &client, "/pets?page=7", style).await;
    assert_eq!(seen, ["/pets?page=7", "/pets?page=8"]);
}

#[tokio::test]
async fn integer_cursors_keep_their_digits() {
    let style = PageStyle::cursor_id("after", &["id"]);
    let pages = [
        json(200, r#"[{"id":18446744073709551615}]"#),
        json(200, "[]"),
    ];
    let server = Server::start(pages).await;
    let (seen, error) = targets(&server, &client(&server), "/pets", style).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(seen[1], "/pets?after=18446744073709551615");
    for id in [
        "18446744073709551616",
        "-12345678901234567890123",
        "7.50",
        "1e3",
    ] {
        let first = json(
            200,
            &format!(r#"[{{"id":1e3}},{{"to":{{}},"id": {id} ,"id\"":2}}]"#),
        );
        let server = Server::start([first, json(200, "[]")]).await;
        let (seen, error) = targets(&server, &client(&server), "/pets", style).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(seen[1], format!("/pets?after={id}"));
    }
}

#[derive(Debug)]
struct Pets {
    next: Option<f64>,
    pets: Vec<Value>,
}

impl Decode for Pets {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let (mut next, mut pets) = (None, Vec::new());
        r.begin_object()?;
        while let Some(name) = r.key()? {
            match name.as_str() {
                "next" => next = r.value()?,
                "pets" => pets = r.value()?,
                _ => drop(r.value::<Value>()?),
            }
        }
        Ok(Self { next, pets })
    }
}

impl ListPage for Pets {
    type Item = Value;

    fn items(&self) -> Option<&[Value]> {
        Some(&self.pets)
    }

    fn into_items(self) -> Option<Vec<Value>> {
        Some(self.pets)
    }

    fn mark(&self, mark: PageMark) -> Option<&dyn Encode> {
        match mark {
            PageMark::Cursor => self.next.as_ref().map(|next| next as _),
            _ => None,
        }
    }
}

/// Returns the request for the second page, or its error.
async fn request_second_page(page: &str, style: PageStyle) -> Result<(String, String), String> {
    let server = Server::start([json(200, page), json(200, r#"{"pets":[]}"#)]).await;
    let client = client(&server);
    let describe = With(|request: &mut RequestParts| {
        request.json_with(|w| w.member("limit", &1_i64));
    });
    let first = Request::<Pets>::new(&client, Method::POST, "/pets").params(&describe);
    let first = first.paged(style).await.unwrap();
    let next = first.next_page().unwrap().await;
    next.map_err(|error| error.to_string())?;
    let seen = server.seen().pop().unwrap();
    Ok((seen.target, String::from_utf8(seen.body).unwrap()))
}

#[tokio::test]
async fn numbers_keep_their_spelling() {
    let query = PageStyle::cursor("after");
    for next in ["9007199254740993", "5", "0.1000", "18446744073709551617"] {
        let page = format!(r#"{{"pets":[{{"id":9007199254740992}}],"next":{next}}}"#);
        let (target, _) = request_second_page(&page, query).await.unwrap();
        assert_eq!(target, format!("/pets?after={next}"));
        let (_, body) = request_second_page(&page, query.in_body()).await.unwrap();
        assert_eq!(body, format!(r#"{{"limit":1,"after":{next}}}"#));
    }
    let unclear = r#"{"pets":[1],"before":9007199254740992,"next":9007199254740993}"#;
    let error = request_second_page(unclear, query).await.unwrap_err();
    assert!(
        error.contains("more digits than can be read exactly"),
        "{error}"
    );
}

struct Search;

impl Params for Search {
    fn apply(&self, request: &mut RequestParts) {
        request.json_with(|w| {
            w.field("kind", "cat");
            w.field("from", &0_i64);
        });
    }
}

#[tokio::test]
async fn the_cursor_can_be_in_the_body() {
    let server = Server::start([
        json(200, r#"{"pets":[1,2]}"#),
        json(200, r#"{"pets":[3],"total":3}"#),
    ])
    .await;
    let client = client(&server);
    let request = Request::new(&client, Method::POST, "/pets/search")
        .params(&Search)
        .paged(PageStyle::offset("from").in_body());
    let (items, error) = read(request.idempotency_key("once")).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items, [1, 2, 3]);
    let bodies: Vec<Value> = server
        .seen()
        .iter()
        .map(|seen| serde_json::from_slice(&seen.body).unwrap())
        .collect();
    assert_eq!(
        bodies,
        [
            serde_json::json!({"kind": "cat", "from": 0}),
            serde_json::json!({"kind": "cat", "from": 2})
        ]
    );
    assert_eq!(
        server.headers("idempotency-key"),
        [Some("once".to_owned()), None]
    );
}
