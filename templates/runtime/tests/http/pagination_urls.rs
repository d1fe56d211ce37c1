//! Pagination by the URL of the next page.

use sdkwright_runtime::auth::AccessToken;
use sdkwright_runtime::{Error, PageMark, PageStyle};

use crate::fake_transport::Fake;
use crate::pagination::{list, read, targets};
use crate::server::{Server, json, reply};
use crate::support::{KEY, client};

#[tokio::test]
async fn the_next_page_has_a_url() {
    let server = Server::start([
        json(200, r#"{"pets":[1],"next_url":"/pets?token=a#top"}"#),
        json(200, r#"{"pets":[2],"next_url":"more?token=b"}"#),
        json(200, r#"{"pets":[3],"next_url":""}"#),
    ])
    .await;
    let client = crate::support::builder()
        .base_url(server.url())
        .default_query("version", "2")
        .build()
        .unwrap();
    let request = list(&client, PageStyle::cursor_url());
    let (items, error) = read(request.query("limit", 1).header("x-tenant", "t1")).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(
        targets(&server),
        [
            "/pets?version=2&limit=1",
            "/pets?token=a&version=2",
            "/more?token=b&version=2"
        ]
    );
    let bearer = Some(format!("Bearer {KEY}"));
    assert_eq!(server.headers("authorization"), vec![bearer; 3]);
    assert_eq!(server.headers("x-tenant"), vec![Some("t1".to_owned()); 3]);
}

#[tokio::test]
async fn removed_parameters_are_not_sent_for_the_next_page() {
    let server = Server::start([
        json(200, r#"{"pets":[1],"next_url":"/pets?token=a"}"#),
        json(200, r#"{"pets":[2],"next_url":""}"#),
    ])
    .await;
    let client = crate::support::builder()
        .base_url(server.url())
        .default_query("version", "2")
        .default_query("locale", "en")
        .build()
        .unwrap();
    let request = list(&client, PageStyle::cursor_url());
    let (items, _) = read(request.remove_query("version")).await;
    assert_eq!(items, [1, 2]);
    assert_eq!(
        targets(&server),
        ["/pets?locale=en", "/pets?token=a&locale=en"]
    );
}

#[tokio::test]
async fn a_url_on_another_origin_gets_no_credentials() {
    let token = || async { Ok(AccessToken::new("t-hush")) };
    for builder in [
        crate::support::builder(),
        crate::support::builder_of(&crate::support::API).token_provider(token),
    ] {
        let home = Server::start([]).await;
        let next = format!(r#"{{"pets":[2],"next_url":"{}/pets?page=3"}}"#, home.url());
        let other = Server::start([json(200, &next)]).await;
        let next = format!(r#"{{"pets":[1],"next_url":"{}/pets?page=2"}}"#, other.url());
        home.then([json(200, &next), json(200, r#"{"pets":[3]}"#)]);
        let client = builder.base_url(home.url()).build().unwrap();
        let request = list(&client, PageStyle::cursor_url()).header("x-secret", "s");
        let (items, error) = read(request).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(items, [1, 2, 3]);
        let seen = other.only();
        assert_eq!(seen.target, "/pets?page=2");
        assert_eq!(seen.header("authorization"), None);
        assert_eq!(seen.header("x-secret"), None);
        assert!(seen.header("user-agent").is_some());
        let at_home = home.headers("authorization");
        assert_eq!(at_home.iter().flatten().count(), 2);
    }
}

#[tokio::test]
async fn a_repeated_url_ends_the_list() {
    let server = Server::start([json(200, r#"{"pets":[1],"next_url":"?page=2"}"#)]).await;
    let client = client(&server);
    let (items, error) = read(list(&client, PageStyle::cursor_url())).await;
    assert_eq!(items.len(), 2);
    assert!(matches!(error, Some(Error::Build(_))), "{error:?}");
}

#[tokio::test]
async fn an_invalid_or_unencrypted_url_is_refused() {
    for next in [
        "http://pets.invalid/pets?page=2",
        "ftp://pets.invalid/",
        "http://",
    ] {
        let body = serde_json::json!({"pets": [1], "next_url": next}).to_string();
        let fake = Fake::new(move |_, _| {
            let body = body.clone();
            async move { Ok(http::Response::new(body.into())) }
        });
        let client = fake.client();
        let (items, error) = read(list(&client, PageStyle::cursor_url())).await;
        assert_eq!(items.len(), 1);
        assert!(matches!(error, Some(Error::Build(_))), "{next}: {error:?}");
        assert_eq!(fake.count(), 1);
    }
}

#[tokio::test]
async fn a_link_header_leads_to_the_next_page() {
    let link = r#"</pets?page=9>; rel="last", </pets?page=2>; rel="next""#;
    let server = Server::start([
        reply(200, &[("link", link)], r#"{"pets":[1]}"#),
        reply(200, &[("link", "</pets>; rel=prev")], r#"{"pets":[2]}"#),
    ])
    .await;
    let client = client(&server);
    let style = PageStyle::cursor_url().headers(&[(PageMark::Url, "link")]);
    let (items, error) = read(list(&client, style)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items, [1, 2]);
    assert_eq!(targets(&server), ["/pets", "/pets?page=2"]);
}

#[tokio::test]
async fn a_link_header_precedes_a_page_number() {
    let link = r#"</pets?page=x>; rel="next""#;
    let style = PageStyle::page_number("page").headers(&[(PageMark::Url, "link")]);
    let server = Server::start([
        reply(200, &[("link", link)], r#"{"pets":[1]}"#),
        json(200, r#"{"pets":[2]}"#),
        json(200, r#"{"pets":[3]}"#),
    ])
    .await;
    let client = client(&server);
    let (items, error) = read(list(&client, style)).await;
    assert!(error.is_none(), "{error:?}");
    // A page that was found by a link and has no link is the last.
    assert_eq!(items, [1, 2]);
    assert_eq!(targets(&server), ["/pets", "/pets?page=x"]);
}
