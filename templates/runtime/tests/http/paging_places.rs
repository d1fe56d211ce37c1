//! Where a list is: what a page was asked for with, and what names the next one.

use sdkwright_runtime::runtime::{Client, Error, Method, PageMark, PageStyle, Request, Value};

use crate::server::{Server, json, reply};
use crate::support::{builder, client};

/// The targets of the requests that the pages of a list take, and the error that ends them.
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
async fn a_link_may_be_in_any_of_several_headers() {
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
async fn the_client_and_the_path_can_say_where_a_list_begins() {
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
async fn integers_are_cursors_digit_by_digit() {
    let style = PageStyle::cursor_id("after", &["id"]);
    let pages = [
        json(200, r#"[{"id":18446744073709551615}]"#),
        json(200, "[]"),
    ];
    let server = Server::start(pages).await;
    let (seen, error) = targets(&server, &client(&server), "/pets", style).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(seen[1], "/pets?after=18446744073709551615");
    for id in ["18446744073709551616", "-12345678901234567890123"] {
        let server = Server::start([json(200, &format!(r#"[{{"id":{id}}}]"#))]).await;
        let (seen, error) = targets(&server, &client(&server), "/pets", style).await;
        assert_eq!(seen.len(), 1, "{id}");
        let error = error.unwrap().to_string();
        assert!(error.contains("digit by digit"), "{error}");
    }
}
