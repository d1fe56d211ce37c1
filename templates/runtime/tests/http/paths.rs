//! Paths: an id of any text reaches the server unchanged, or is refused.

use sdkwright_runtime::__private::PathStyle;
use sdkwright_runtime::{Client, ClientBuilder, Error, Method, Request, Value};

use crate::server::{Server, json};
use crate::support::{API, builder, client};

async fn send_and_record_target(describe: impl Fn(&Client) -> Request<'_, Value>) -> String {
    let server = Server::start([json(200, "{}")]).await;
    describe(&client(&server)).await.unwrap();
    server.only().target
}

async fn refusal(describe: impl Fn(&Client) -> Request<'_, Value>) -> String {
    let server = Server::start([json(200, "{}")]).await;
    let error = describe(&client(&server)).await.unwrap_err();
    assert!(matches!(error, Error::Build(_)), "{error:?}");
    assert!(server.seen().is_empty());
    error.to_string()
}

fn get_pet<'c>(client: &'c Client, id: &str) -> Request<'c, Value> {
    Request::new(client, Method::GET, "/pets/{id}/toys").path("id", id)
}

fn template(client: &Client) -> Request<'_, Value> {
    Request::new(client, Method::GET, "/a/{v}")
}

#[tokio::test]
async fn reserved_characters_of_urls_are_encoded() {
    for (id, sent) in [
        ("a-Z_0.9~", "a-Z_0.9~"),
        ("!$&'()*+,;=", "%21%24%26%27%28%29%2A%2B%2C%3B%3D"),
        ("a:b@c", "a:b@c"),
        ("a b/c", "a%20b%2Fc"),
        ("é?#%", "%C3%A9%3F%23%25"),
        ("a\\b\"<>[]^`{|}", "a%5Cb%22%3C%3E%5B%5D%5E%60%7B%7C%7D"),
        ("a\tb\r\nc\0", "a%09b%0D%0Ac%00"),
        ("../up", "..%2Fup"),
        ("...", "..."),
        (".a", ".a"),
        ("%2e%2e", "%252e%252e"),
        ("{id}", "%7Bid%7D"),
    ] {
        assert_eq!(
            send_and_record_target(|client| get_pet(client, id)).await,
            format!("/pets/{sent}/toys")
        );
    }
}

#[tokio::test]
async fn a_placeholder_is_not_a_query() {
    let target = send_and_record_target(|client| {
        Request::new(client, Method::GET, "/a/{id?}?b={c}")
            .path("id?", 1)
            .path("c", 2)
    });
    assert_eq!(target.await, "/a/1?b=2");
    let target = send_and_record_target(|client| client.get("/a?b={c}/{d"));
    assert_eq!(target.await, "/a?b=%7Bc%7D/%7Bd");
}

fn cancel<'c>(client: &'c Client, name: &str) -> Request<'c, Value> {
    Request::new(client, Method::POST, "/v1/{+name}:cancel").path("name", name)
}

#[tokio::test]
async fn a_value_can_be_several_segments() {
    for (value, sent) in [
        ("projects/a b/ops/1", "/v1/projects/a%20b/ops/1:cancel"),
        ("a?b#c%2F", "/v1/a%3Fb%23c%252F:cancel"),
    ] {
        assert_eq!(
            send_and_record_target(|client| cancel(client, value)).await,
            sent
        );
    }
    assert_eq!(
        refusal(|client| cancel(client, "a/../b")).await,
        "a segment of the path `/v1/{+name}:cancel` would be `.` or `..`"
    );
    assert_eq!(
        refusal(|client| cancel(client, "")).await,
        "the path parameter `name` is empty"
    );
}

#[tokio::test]
async fn empty_ids_are_refused() {
    assert_eq!(
        refusal(|client| get_pet(client, "")).await,
        "the path parameter `id` is empty"
    );
}

#[tokio::test]
async fn dot_segments_are_refused() {
    for id in [".", ".."] {
        assert_eq!(
            refusal(|client| get_pet(client, id)).await,
            "a segment of the path `/pets/{id}/toys` would be `.` or `..`"
        );
    }
    for path in [
        "/a/../b",
        "/a/./b",
        "/..",
        "/a/%2e%2E/b",
        "/a/.%2e",
        "/a/%2e?x=1",
    ] {
        refusal(|client| client.get(path)).await;
    }
    refusal(|client| {
        Request::new(client, Method::GET, "/a/{x}{y}")
            .path("x", ".")
            .path("y", ".")
    })
    .await;
}

#[tokio::test]
async fn a_dot_segment_in_a_query_is_allowed() {
    assert_eq!(
        send_and_record_target(|client| client.get("/a?next=/../b")).await,
        "/a?next=/../b"
    );
}

#[tokio::test]
async fn the_query_of_a_path_has_placeholders_too() {
    assert_eq!(
        send_and_record_target(|client| {
            Request::new(client, Method::GET, "/a/{id}?kind={kind}&id={id}&x={y}")
                .path("id", "1&2")
                .path("kind", "a&b+c=d e{id}é")
        })
        .await,
        "/a/1%262?kind=a%26b%2Bc%3Dd%20e%7Bid%7D%C3%A9&id=1%262&x=%7By%7D"
    );
}

#[tokio::test]
async fn a_placeholder_needs_a_value() {
    let error = refusal(|client| Request::new(client, Method::GET, "/pets/{petId}")).await;
    assert_eq!(error, "the path parameter `petId` is missing");
}

#[tokio::test]
async fn ids_may_have_other_types() {
    assert_eq!(
        send_and_record_target(|client| Request::new(client, Method::GET, "/a/{n}/{b}")
            .path("n", -7)
            .path("b", true))
        .await,
        "/a/-7/true"
    );
}

#[tokio::test]
async fn arrays_and_objects_have_path_styles() {
    let list = vec!["a".to_owned(), "b,c".to_owned()];
    let object: Value = serde_json::from_str(r#"{"k":1,"l":"x y"}"#).unwrap();
    for (style, of_list, of_object) in [
        (PathStyle::Simple, "a,b%2Cc", "k,1,l,x%20y"),
        (PathStyle::SimpleExplode, "a,b%2Cc", "k=1,l=x%20y"),
        (PathStyle::Label, ".a,b%2Cc", ".k,1,l,x%20y"),
        (PathStyle::LabelExplode, ".a.b%2Cc", ".k=1.l=x%20y"),
        (PathStyle::Matrix, ";v=a,b%2Cc", ";v=k,1,l,x%20y"),
        (PathStyle::MatrixExplode, ";v=a;v=b%2Cc", ";k=1;l=x%20y"),
        (
            PathStyle::Json,
            "%5B%22a%22%2C%22b%2Cc%22%5D",
            "%7B%22k%22:1%2C%22l%22:%22x%20y%22%7D",
        ),
    ] {
        let sent =
            send_and_record_target(|client| template(client).path_value("v", &list, style)).await;
        assert_eq!(sent, format!("/a/{of_list}"));
        let sent =
            send_and_record_target(|client| template(client).path_value("v", &object, style)).await;
        assert_eq!(sent, format!("/a/{of_object}"));
    }
    for (style, of_list) in [
        (PathStyle::PipeDelimited, "a%7Cb%2Cc"),
        (PathStyle::TabDelimited, "a%09b%2Cc"),
        (PathStyle::SpaceDelimited, "a%20b%2Cc"),
    ] {
        let sent =
            send_and_record_target(|client| template(client).path_value("v", &list, style)).await;
        assert_eq!(sent, format!("/a/{of_list}"));
    }
    let empty = Vec::<String>::new();
    refusal(|client| template(client).path_value("v", &empty, PathStyle::Simple)).await;
}

#[tokio::test]
async fn delimiters_within_values_are_encoded() {
    let object: Value = serde_json::from_str(r#"{"a":"x;admin=true,.b"}"#).unwrap();
    for (style, sent) in [
        (PathStyle::Simple, "a,x%3Badmin%3Dtrue%2C.b"),
        (PathStyle::SimpleExplode, "a=x%3Badmin%3Dtrue%2C.b"),
        (PathStyle::Label, ".a,x%3Badmin%3Dtrue%2C.b"),
        (PathStyle::LabelExplode, ".a=x%3Badmin%3Dtrue%2C%2Eb"),
        (PathStyle::Matrix, ";v=a,x%3Badmin%3Dtrue%2C.b"),
        (PathStyle::MatrixExplode, ";a=x%3Badmin%3Dtrue%2C.b"),
    ] {
        let target =
            send_and_record_target(|client| template(client).path_value("v", &object, style)).await;
        assert_eq!(target, format!("/a/{sent}"));
    }
}

#[tokio::test]
async fn ambiguous_values_in_one_segment_are_refused() {
    let pair = |template: &'static str, a: &'static str, b: &'static str| async move {
        send_and_record_target(|client| {
            Request::new(client, Method::GET, template)
                .path("a", a)
                .path("b", b)
        })
        .await
    };
    assert_eq!(pair("/{a},{b}", "1,2", "3").await, "/1%2C2,3");
    assert_eq!(pair("/{a},{b}", "1", "2,3").await, "/1,2%2C3");
    assert_eq!(pair("/{a}:{b}", "x:y", "z@").await, "/x%3Ay:z%40");
    assert_eq!(
        pair("/{a}/{b}:cancel", "x:y", "z:w").await,
        "/x:y/z%3Aw:cancel"
    );
}

#[tokio::test]
async fn base_urls_join_with_and_without_a_slash() {
    let server = Server::start([json(200, "{}")]).await;
    for (base, path) in [
        ("", "/pets"),
        ("/", "/pets"),
        ("/api/v1", "pets"),
        ("/api/v1/", "/pets"),
        ("/api/v1//", "pets"),
    ] {
        let client = builder()
            .base_url(format!("{}{base}", server.url()))
            .build()
            .unwrap();
        client.get(path).await.unwrap();
        let prefix = base.trim_end_matches('/');
        assert_eq!(
            server.seen().pop().unwrap().target,
            format!("{prefix}/pets")
        );
    }
}

#[tokio::test]
async fn undocumented_paths_are_sent_as_written() {
    assert_eq!(
        send_and_record_target(|client| client.get("/a%20b/c:d?x=%2F&y=a b#c")).await,
        "/a%20b/c:d?x=%2F&y=a%20b%23c"
    );
}

#[tokio::test]
async fn urls_in_place_of_paths_are_refused() {
    refusal(|client| client.get("https://evil.invalid/a")).await;
    assert_eq!(
        send_and_record_target(|client| client.get("//evil.invalid/a")).await,
        "//evil.invalid/a"
    );
    assert_eq!(
        send_and_record_target(|client| client.get("@evil.invalid/a")).await,
        "/@evil.invalid/a"
    );
}

#[tokio::test]
async fn an_operation_may_have_a_server_of_its_own() {
    let own = Server::start([json(200, "{}")]).await;
    let url: &'static str = own.url().leak();
    let default = builder().build().unwrap();
    Request::<Value>::new(&default, Method::GET, "/a")
        .server(url)
        .await
        .unwrap();
    assert_eq!(own.only().target, "/a");
    let other = Server::start([json(200, "{}")]).await;
    let chosen = client(&other);
    Request::<Value>::new(&chosen, Method::GET, "/a")
        .server(url)
        .await
        .unwrap();
    assert_eq!((own.seen().len(), other.seen().len()), (1, 1));
}

#[tokio::test]
async fn an_environment_does_not_replace_the_server_of_an_operation() {
    let own = Server::start([json(200, "{}")]).await;
    let url: &'static str = own.url().leak();
    let by_variable = ClientBuilder::new(&API)
        .env(|name| (name == "PETSTORE_ENVIRONMENT").then(|| "sandbox".to_owned()))
        .credential("api_key", "k");
    for builder in [builder().environment("production"), by_variable] {
        let client = builder.build().unwrap();
        let call = Request::<Value>::new(&client, Method::GET, "/a").server(url);
        call.await.unwrap();
    }
    assert_eq!(own.seen().len(), 2);
}
