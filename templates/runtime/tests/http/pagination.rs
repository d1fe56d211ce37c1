//! Pagination: each style, and the end of lists.

use std::time::Duration;

use sdkwright_runtime::__private::Reader;
use sdkwright_runtime::codec::{Decode, DecodeError, Encode};
use sdkwright_runtime::{
    Client, Error, ListPage, Method, Page, PageMark, PageStyle, Request, Value,
};

use crate::server::{Server, json, reply};
use crate::support::{KEY, client};

/// A page whose properties are named for their marks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pets(Value);

impl Decode for Pets {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.value().map(Self)
    }
}

impl ListPage for Pets {
    type Item = Value;

    fn items(&self) -> Option<&[Value]> {
        self.0.get("pets")?.as_array().map(Vec::as_slice)
    }

    fn into_items(mut self) -> Option<Vec<Value>> {
        match self.0.get_mut("pets")?.take() {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    fn mark(&self, mark: PageMark) -> Option<&dyn Encode> {
        let name = match mark {
            PageMark::Cursor => "next",
            PageMark::Url => "next_url",
            PageMark::HasNext => "has_more",
            PageMark::IsLast => "done",
            PageMark::Offset => "offset",
            PageMark::ItemCount => "total",
            PageMark::PageNumber => "page",
            PageMark::PageCount => "pages",
        };
        self.0.get(name).map(|value| value as _)
    }
}

pub(crate) const CURSOR: PageStyle = PageStyle::cursor("cursor");

pub(crate) fn list(client: &Client, style: PageStyle) -> Request<'_, Page<Pets>> {
    Request::new(client, Method::GET, "/pets").paged(style)
}

/// Reads all items. Returns them, and the targets of the requests.
async fn read_all(style: PageStyle, pages: &[&str]) -> (Vec<Value>, Vec<String>) {
    let server = Server::start(pages.iter().map(|page| json(200, page))).await;
    let client = client(&server);
    let (items, error) = read(list(&client, style)).await;
    assert!(error.is_none(), "{error:?}");
    (items, targets(&server))
}

/// Reads all items, and the error that ends them.
pub(crate) async fn read(request: Request<'_, Page<Pets>>) -> (Vec<Value>, Option<Error>) {
    let mut stream = request.items();
    let (mut items, mut error) = (Vec::new(), None);
    while let Some(item) = stream.next().await {
        assert!(error.is_none(), "nothing comes after an error");
        match item {
            Ok(item) => items.push(item),
            Err(found) => error = Some(found),
        }
    }
    assert!(stream.next().await.is_none());
    (items, error)
}

pub(crate) fn targets(server: &Server) -> Vec<String> {
    server.seen().into_iter().map(|seen| seen.target).collect()
}

#[tokio::test]
async fn awaiting_gives_one_page() {
    let server = Server::start([
        json(200, r#"{"pets":[1,2],"next":"a b&c"}"#),
        json(200, r#"{"pets":[3],"next":null}"#),
    ])
    .await;
    let client = client(&server);
    let page = list(&client, CURSOR).await.unwrap();
    assert_eq!(page.items(), [1, 2]);
    assert_eq!(page.0["next"], "a b&c");
    assert!(page.has_next_page());
    assert_eq!(server.seen().len(), 1);
    let last = page.next_page().unwrap().await.unwrap();
    assert!(!last.has_next_page());
    assert!(last.next_page().is_none());
    assert_eq!(last.clone().into_inner().0["pets"][0], 3);
    assert_eq!(last.into_items(), [3]);
    assert_eq!(targets(&server), ["/pets", "/pets?cursor=a%20b%26c"]);
}

#[tokio::test]
async fn a_loop_can_read_all_pages() {
    let server = Server::start([
        json(200, r#"{"pets":[1],"next":"a"}"#),
        json(200, r#"{"pets":[2],"next":"b"}"#),
        json(200, r#"{"pets":[3]}"#),
    ])
    .await;
    let client = client(&server);
    let mut page = list(&client, CURSOR).await.unwrap();
    let mut items = page.items().to_vec();
    while let Some(next) = page.next_page() {
        page = next.await.unwrap();
        items.extend_from_slice(page.items());
    }
    assert_eq!(items, [1, 2, 3]);
}

#[tokio::test]
async fn a_list_ends_without_a_cursor() {
    for end in [r#"null"#, r#""""#] {
        let last = format!(r#"{{"pets":[2],"next":{end}}}"#);
        let (items, targets) = read_all(CURSOR, &[r#"{"pets":[1],"next":"a"}"#, &last]).await;
        assert_eq!(items, [1, 2], "{end}");
        assert_eq!(targets, ["/pets", "/pets?cursor=a"]);
    }
    let (items, _) = read_all(CURSOR, &[r#"{"pets":[1]}"#]).await;
    assert_eq!(items, [1]);
}

#[tokio::test]
async fn a_list_ends_with_an_empty_page() {
    let pages = [
        r#"{"pets":[1],"next":"a"}"#,
        r#"{"pets":[2],"next":"b"}"#,
        r#"{"pets":[],"next":"c"}"#,
        r#"{"pets":[4]}"#,
    ];
    let (items, targets) = read_all(CURSOR, &pages).await;
    assert_eq!(items, [1, 2]);
    assert_eq!(targets, ["/pets", "/pets?cursor=a", "/pets?cursor=b"]);
    let (items, targets) = read_all(CURSOR.continue_on_empty(), &pages).await;
    assert_eq!(items, [1, 2, 4]);
    assert_eq!(targets.len(), 4);
    let (items, _) = read_all(CURSOR, &[r#"{"next":"a"}"#]).await;
    assert!(items.is_empty());
}

#[tokio::test]
async fn a_page_can_end_the_list() {
    let page = r#"{"pets":[1],"next":"a","has_more":false}"#;
    let (items, targets) = read_all(CURSOR, &[page]).await;
    assert_eq!((items.len(), targets.len()), (1, 1));
    let more = r#"{"pets":[1],"next":7,"has_more":true}"#;
    let (items, targets) = read_all(CURSOR, &[more, page]).await;
    assert_eq!(items.len(), 2);
    assert_eq!(targets, ["/pets", "/pets?cursor=7"]);
}

#[tokio::test]
async fn the_last_item_is_the_cursor() {
    let style = PageStyle::cursor_id("starting_after", &["ref", "id"]);
    let pages = [
        r#"{"pets":[{"ref":{"id":"a"}},{"ref":{"id":"b"}}],"has_more":true}"#,
        r#"{"pets":[{"ref":{"id":9}}],"has_more":true}"#,
        r#"{"pets":[{"ref":{}}],"has_more":true}"#,
    ];
    let (items, targets) = read_all(style, &pages).await;
    assert_eq!(items.len(), 4);
    assert_eq!(
        targets,
        ["/pets", "/pets?starting_after=b", "/pets?starting_after=9"]
    );
}

#[tokio::test]
async fn offsets_count_items() {
    let style = PageStyle::offset("skip");
    let (items, targets) = read_all(
        style,
        &[r#"{"pets":[1,2]}"#, r#"{"pets":[3]}"#, r#"{"pets":[]}"#],
    )
    .await;
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(targets, ["/pets", "/pets?skip=2", "/pets?skip=3"]);
    let (_, targets) = read_all(
        style,
        &[r#"{"pets":[1,2],"total":3}"#, r#"{"pets":[3],"total":3}"#],
    )
    .await;
    assert_eq!(targets.len(), 2);
    let (_, targets) = read_all(style, &[r#"{"pets":[1],"offset":"10"}"#, r#"{"pets":[]}"#]).await;
    assert_eq!(targets, ["/pets", "/pets?skip=11"]);
    let stuck = style.continue_on_empty();
    let (_, targets) = read_all(stuck, &[r#"{"pets":[],"has_more":true}"#]).await;
    assert_eq!(targets, ["/pets"]);
}

#[tokio::test]
async fn pages_can_have_numbers() {
    let style = PageStyle::page_number("page");
    let (items, targets) = read_all(
        style,
        &[r#"{"pets":[1]}"#, r#"{"pets":[2]}"#, r#"{"pets":[]}"#],
    )
    .await;
    assert_eq!(items, [1, 2]);
    assert_eq!(targets, ["/pets", "/pets?page=2", "/pets?page=3"]);
    let counted = [
        r#"{"pets":[1],"page":1,"pages":2}"#,
        r#"{"pets":[2],"page":2,"pages":2}"#,
    ];
    let (_, targets) = read_all(style, &counted).await;
    assert_eq!(targets, ["/pets", "/pets?page=2"]);
    let from_zero = [r#"{"pets":[1],"pages":2}"#, r#"{"pets":[2],"pages":2}"#];
    let (_, targets) = read_all(style.starting_at(0), &from_zero).await;
    assert_eq!(targets, ["/pets", "/pets?page=1"]);
    let empty = [r#"{"pets":[],"has_more":true}"#, r#"{"pets":[]}"#];
    let (_, targets) = read_all(style.continue_on_empty(), &empty).await;
    assert_eq!(targets, ["/pets", "/pets?page=2"]);
}

#[tokio::test]
async fn the_caller_can_set_the_first_page() {
    for (style, name, pages, next) in [
        (PageStyle::page_number("at"), "at", r#"{"pets":[1]}"#, "6"),
        (PageStyle::offset("at"), "at", r#"{"pets":[1,2]}"#, "7"),
        (
            PageStyle::cursor("at"),
            "at",
            r#"{"pets":[1],"next":"x"}"#,
            "x",
        ),
    ] {
        let server = Server::start([json(200, pages), json(200, r#"{"pets":[]}"#)]).await;
        let client = client(&server);
        let (_, error) = read(list(&client, style).query(name, 5)).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(
            targets(&server),
            ["/pets?at=5", &format!("/pets?at={next}")]
        );
    }
}

#[tokio::test]
async fn a_list_can_be_a_single_page() {
    let (items, targets) = read_all(PageStyle::single(), &[r#"{"pets":[1],"next":"a"}"#]).await;
    assert_eq!((items.len(), targets.len()), (1, 1));
}

#[tokio::test]
async fn the_body_can_be_the_array_of_items() {
    let server = Server::start([
        reply(200, &[("x-next", "a")], "[1,2]"),
        reply(200, &[], "[3]"),
    ])
    .await;
    let client = client(&server);
    let style = CURSOR.headers(&[(PageMark::Cursor, "X-Next")]);
    let request = Request::<Vec<i64>>::new(&client, Method::GET, "/pets").paged(style);
    let mut items = request.items();
    let mut sum = 0;
    while let Some(item) = items.next().await {
        sum += item.unwrap();
    }
    assert_eq!(sum, 6);
    assert_eq!(targets(&server), ["/pets", "/pets?cursor=a"]);
}

#[tokio::test]
async fn options_apply_to_every_page() {
    let server = Server::start([
        json(200, r#"{"pets":[1],"next":"a"}"#),
        reply(503, &[("retry-after-ms", "1")], ""),
        json(200, r#"{"pets":[2]}"#),
    ])
    .await;
    let client = client(&server);
    let request = list(&client, CURSOR)
        .header("x-tenant", "t1")
        .query("limit", 2)
        .query("cursor", "start")
        .remove_header("x-retry-count")
        .max_retries(1)
        .timeout(Duration::from_secs(5));
    let (items, error) = read(request).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items, [1, 2]);
    let next = "/pets?limit=2&cursor=a";
    assert_eq!(targets(&server), ["/pets?limit=2&cursor=start", next, next]);
    assert_eq!(server.headers("x-tenant"), vec![Some("t1".to_owned()); 3]);
    assert_eq!(server.headers("x-retry-count"), vec![None; 3]);
    let bearer = Some(format!("Bearer {KEY}"));
    assert_eq!(server.headers("authorization"), vec![bearer; 3]);
}

#[tokio::test]
async fn a_failed_page_ends_the_list() {
    let server = Server::start([
        json(200, r#"{"pets":[1],"next":"a"}"#),
        json(404, "{}"),
        json(200, r#"{"pets":[2]}"#),
    ])
    .await;
    let client = client(&server);
    let (items, error) = read(list(&client, CURSOR)).await;
    assert_eq!(items, [1]);
    assert_eq!(error.unwrap().status().unwrap(), 404);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_failed_page_can_be_requested_again() {
    let server = Server::start([
        json(200, r#"{"pets":[1],"next":"a"}"#),
        json(404, "{}"),
        json(200, r#"{"pets":[2],"next":"b"}"#),
        json(200, r#"{"pets":[3]}"#),
    ])
    .await;
    let client = client(&server);
    let page = list(&client, CURSOR).await.unwrap();
    page.next_page().unwrap().await.unwrap_err();
    let (items, error) = read(page.next_page().unwrap()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items, [2, 3]);
}

#[tokio::test]
async fn an_unexpected_response_ends_the_list() {
    let server = Server::start([json(200, r#"{"pets":[1],"next":"a"}"#), json(200, "{")]).await;
    let client = client(&server);
    let (items, error) = read(list(&client, CURSOR)).await;
    assert_eq!(items, [1]);
    assert!(matches!(error, Some(Error::Decode(_))), "{error:?}");
}

#[tokio::test]
async fn a_repeated_cursor_ends_the_list() {
    for (circle, sent) in [(vec!["a"], 2), (vec!["a", "b", "c"], 4)] {
        let pages = circle
            .iter()
            .cycle()
            .take(20)
            .map(|cursor| json(200, &format!(r#"{{"pets":[1],"next":"{cursor}"}}"#)));
        let server = Server::start(pages).await;
        let client = client(&server);
        let (items, error) = read(list(&client, CURSOR)).await;
        assert_eq!((items.len(), server.seen().len()), (sent, sent));
        let error = error.unwrap();
        assert!(matches!(error, Error::Build(_)), "{error:?}");
        assert!(error.to_string().contains("already read"), "{error}");
    }
}

#[tokio::test]
async fn a_wrong_page_number_ends_the_list() {
    let server = Server::start([json(200, r#"{"pets":[1],"page":1}"#)]).await;
    let client = client(&server);
    let (items, error) = read(list(&client, PageStyle::page_number("page"))).await;
    assert_eq!(items.len(), 2);
    assert!(matches!(error, Some(Error::Build(_))), "{error:?}");
}

#[tokio::test]
async fn a_repetition_of_the_callers_cursor_ends_the_list() {
    let server = Server::start([json(200, r#"{"pets":[1],"next":"mine"}"#)]).await;
    let client = client(&server);
    let page = list(&client, CURSOR).query("cursor", "mine").await.unwrap();
    assert!(page.has_next_page());
    let error = page.next_page().unwrap().await.unwrap_err();
    assert!(matches!(error, Error::Build(_)), "{error:?}");
    assert_eq!(server.seen().len(), 1);
}

/// Later requests have the parameter that the caller set, and never both.
#[tokio::test]
async fn a_list_that_starts_backwards_continues_backwards() {
    let style = PageStyle::cursor_id("starting_after", &["id"]).backwards_by("ending_before");
    let pages = [
        r#"{"pets":[{"id":"g"},{"id":"h"}],"has_more":true}"#,
        r#"{"pets":[{"id":"e"},{"id":"f"}],"has_more":false}"#,
    ];
    let server = Server::start(pages.map(|page| json(200, page))).await;
    let client = client(&server);
    let request = list(&client, style)
        .query("ending_before", "i")
        .query("limit", 2);
    let (items, error) = read(request).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items.len(), 4);
    assert_eq!(
        targets(&server),
        [
            "/pets?ending_before=i&limit=2",
            "/pets?limit=2&ending_before=g"
        ]
    );
    let (_, targets) = read_all(style, &pages).await;
    assert_eq!(targets, ["/pets", "/pets?starting_after=h"]);
}

/// A cursor of the next page does not continue backwards.
#[tokio::test]
async fn forward_cursors_do_not_lead_backwards() {
    let style = CURSOR.backwards_by("before");
    let server = Server::start([json(200, r#"{"pets":[1],"next":"a"}"#)]).await;
    let client = client(&server);
    let page = list(&client, style).query("before", "x").await.unwrap();
    assert!(!page.has_next_page());
}

#[tokio::test]
async fn a_flag_can_mark_the_last_page() {
    let pages = [
        r#"{"pets":[1],"next":"a","done":false}"#,
        r#"{"pets":[2],"next":"a","done":true}"#,
    ];
    let (items, targets) = read_all(CURSOR, &pages).await;
    assert_eq!(items, [1, 2]);
    assert_eq!(targets, ["/pets", "/pets?cursor=a"]);
}

#[tokio::test]
async fn a_repeated_page_with_another_number_ends_the_list() {
    let page = || json(200, r#"{"pets":[1]}"#);
    let server = Server::start([page(), page(), page()]).await;
    let client = client(&server);
    let (items, error) = read(list(&client, PageStyle::page_number("page"))).await;
    assert_eq!(items, [1, 1]);
    let error = error.expect("the list has no end").to_string();
    assert!(error.contains("repeatedly"), "{error}");
    assert_eq!(targets(&server), ["/pets", "/pets?page=2"]);
}
