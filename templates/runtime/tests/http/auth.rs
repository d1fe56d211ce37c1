//! Credentials: each scheme, and requirements with several schemes.

use std::collections::BTreeMap;

use sdkwright_runtime::__private::{
    Api, Credential, CredentialPart, SecurityScheme, SecuritySchemeKind,
};
use sdkwright_runtime::{Client, Error, Method, Request, Value};

use crate::server::{RecordedRequest, Server, json};
use crate::support::{API, builder_of};

const fn option(option: &'static str, scheme: &'static str, part: CredentialPart) -> Credential {
    Credential {
        option,
        scheme,
        part,
        env: None,
        required: false,
        nullable: false,
        default: None,
    }
}

static ALL: Api = Api {
    schemes: &[
        SecurityScheme {
            name: "bearer",
            kind: SecuritySchemeKind::Bearer,
        },
        SecurityScheme {
            name: "basic",
            kind: SecuritySchemeKind::Basic,
        },
        SecurityScheme {
            name: "word",
            kind: SecuritySchemeKind::Keyword("Token"),
        },
        SecurityScheme {
            name: "plain",
            kind: SecuritySchemeKind::BasicPlain,
        },
        SecurityScheme {
            name: "header",
            kind: SecuritySchemeKind::ApiKeyHeader("X-Key"),
        },
        SecurityScheme {
            name: "query",
            kind: SecuritySchemeKind::ApiKeyQuery("key"),
        },
        SecurityScheme {
            name: "cookie",
            kind: SecuritySchemeKind::ApiKeyCookie("sid"),
        },
    ],
    credentials: &[
        option("token", "bearer", CredentialPart::Value),
        option("user", "basic", CredentialPart::Username),
        option("password", "basic", CredentialPart::Password),
        option("word_key", "word", CredentialPart::Value),
        option("plain_both", "plain", CredentialPart::Value),
        option("header_key", "header", CredentialPart::Value),
        option("query_key", "query", CredentialPart::Value),
        option("cookie_key", "cookie", CredentialPart::Value),
    ],
    security: &[
        &["bearer"],
        &["header", "query"],
        &["basic"],
        &["cookie"],
        &["word"],
        &["plain"],
    ],
    ..API
};

fn client(server: &Server, options: &[&'static str]) -> Client {
    let builder = builder_of(&ALL).base_url(server.url());
    options
        .iter()
        .fold(builder, |builder, option| {
            builder.credential(option, format!("{option} 1"))
        })
        .build()
        .unwrap()
}

async fn send_and_record(options: &[&'static str]) -> RecordedRequest {
    let server = Server::start([json(200, "{}")]).await;
    client(&server, options).get("/a").await.unwrap();
    server.only()
}

/// Returns the headers and the query that a call with these credentials sends.
async fn sent_credentials(options: &[&'static str]) -> BTreeMap<&'static str, String> {
    let seen = send_and_record(options).await;
    let headers = ["authorization", "x-key", "cookie"]
        .into_iter()
        .filter_map(|name| Some((name, seen.header(name)?)));
    let query = seen
        .target
        .split_once('?')
        .map(|(_, query)| ("query", query.to_owned()));
    headers.chain(query).collect()
}

fn assert_credentials<const N: usize>(
    proof: &BTreeMap<&'static str, String>,
    expected: [(&'static str, &str); N],
) {
    assert_eq!(
        *proof,
        expected
            .map(|(name, value)| (name, value.to_owned()))
            .into()
    );
}

#[tokio::test]
async fn each_scheme_is_sent_in_its_location() {
    assert_credentials(
        &sent_credentials(&["token"]).await,
        [("authorization", "Bearer token 1")],
    );
    // "user 1:password 1" in base64.
    assert_credentials(
        &sent_credentials(&["user", "password"]).await,
        [("authorization", "Basic dXNlciAxOnBhc3N3b3JkIDE=")],
    );
    assert_credentials(
        &sent_credentials(&["cookie_key"]).await,
        [("cookie", "sid=cookie_key%201")],
    );
    assert_credentials(
        &sent_credentials(&["word_key"]).await,
        [("authorization", "Token word_key 1")],
    );
    assert_credentials(
        &sent_credentials(&["plain_both"]).await,
        [("authorization", "Basic plain_both 1:")],
    );
}

#[tokio::test]
async fn schemes_of_one_requirement_are_sent_together() {
    assert_credentials(
        &sent_credentials(&["header_key", "query_key"]).await,
        [("x-key", "header_key 1"), ("query", "key=query_key%201")],
    );
}

#[tokio::test]
async fn the_first_complete_requirement_is_used() {
    assert_credentials(
        &sent_credentials(&["token", "header_key", "query_key"]).await,
        [("authorization", "Bearer token 1")],
    );
    assert_credentials(
        &sent_credentials(&["header_key", "cookie_key"]).await,
        [("cookie", "sid=cookie_key%201")],
    );
}

#[tokio::test]
async fn missing_credentials_are_an_error_before_sending() {
    let server = Server::start([json(200, "{}")]).await;
    let error = client(&server, &["header_key"])
        .get("/a")
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Build(_)), "{error:?}");
    assert!(error.to_string().contains("`token`"), "{error}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn credentials_set_by_hand_take_precedence() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server, &[]);
    client
        .get("/a")
        .header("Authorization", "Custom")
        .await
        .unwrap();
    client
        .get("/a")
        .remove_header("Authorization")
        .await
        .unwrap();
    client
        .get("/a")
        .header("X-Key", "1")
        .query("key", "2")
        .await
        .unwrap();
    assert_eq!(
        server.headers("authorization"),
        [Some("Custom".to_owned()), None, None]
    );
    assert_eq!(server.seen()[2].target, "/a?key=2");
}

#[tokio::test]
async fn a_key_in_the_query_can_be_replaced_and_removed() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server, &["query_key"]);
    let call = || Request::<Value>::new(&client, Method::GET, "/a").security(&[&["query"]]);
    call().await.unwrap();
    call().query("key", "2").await.unwrap();
    call().remove_query("key").await.unwrap();
    let targets: Vec<String> = server.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(targets, ["/a?key=query_key%201", "/a?key=2", "/a"]);
}

#[tokio::test]
async fn operations_override_the_requirement() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server, &["token", "cookie_key"]);
    let call = |security| Request::<Value>::new(&client, Method::GET, "/a").security(security);
    call(&[]).await.unwrap();
    call(&[&["cookie"]]).await.unwrap();
    call(&[&[]]).await.unwrap();
    call(&[&[], &["bearer"]]).await.unwrap();
    call(&[&[], &["basic"]]).await.unwrap();
    let sent = server.headers("authorization");
    assert_eq!(
        sent,
        [None, None, None, Some("Bearer token 1".to_owned()), None]
    );
    assert_eq!(server.headers("cookie").iter().flatten().count(), 1);
}

#[tokio::test]
async fn basic_authentication_needs_only_one_credential() {
    assert_credentials(
        &sent_credentials(&["user"]).await,
        [("authorization", "Basic dXNlciAxOg==")],
    );
    // ":password 1": some APIs take a key as the password.
    assert_credentials(
        &sent_credentials(&["password"]).await,
        [("authorization", "Basic OnBhc3N3b3JkIDE=")],
    );
}

#[test]
fn invalid_credentials_are_refused_at_once() {
    let error = builder_of(&ALL)
        .credential("token", "hush\n")
        .build()
        .unwrap_err();
    assert!(matches!(error, Error::Config(_)), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("hush"));
}

#[test]
fn unknown_credentials_are_refused() {
    let error = builder_of(&ALL)
        .credential("api_key", "hush")
        .build()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "`api_key` is not a credential of this API"
    );
}

#[tokio::test]
async fn a_cookie_of_the_caller_replaces_that_of_the_client() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server, &["cookie_key"]);
    let call = |client| Request::<Value>::new(client, Method::GET, "/a").security(&[&["cookie"]]);
    call(&client).header("Cookie", "a=1;sid=2").await.unwrap();
    call(&client).header("Cookie", "a=1; side=2").await.unwrap();
    call(&client).remove_header("Cookie").await.unwrap();
    let without = client.with_options(|o| o.remove_header("cookie")).unwrap();
    call(&without).await.unwrap();
    let with = without.with_options(|o| o.default_header("cookie", "sid=3"));
    call(&with.unwrap()).await.unwrap();
    let cookies = server.headers("cookie");
    let cookies: Vec<_> = cookies.iter().map(Option::as_deref).collect();
    assert_eq!(
        cookies,
        [
            Some("a=1;sid=2"),
            Some("a=1; side=2; sid=cookie_key%201"),
            None,
            None,
            Some("sid=3")
        ]
    );
}

#[tokio::test]
async fn an_unknown_scheme_is_satisfied_by_hand() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client(&server, &["header_key"]);
    let call = || {
        let call = Request::<Value>::new(&client, Method::GET, "/a");
        call.security(&[&["digest", "header"], &["basic"]])
    };
    let error = call().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "this call needs credentials; set the header `Authorization` for `digest`, which this SDK \
         does not implement, or `user` and `password`"
    );
    call().header("Authorization", "Digest 1").await.unwrap();
    let seen = server.only();
    assert_eq!(seen.header("authorization").as_deref(), Some("Digest 1"));
    assert_eq!(seen.header("x-key").as_deref(), Some("header_key 1"));
}

/// A server may accept calls without credentials, although its document requires them.
#[tokio::test]
async fn a_call_can_be_anonymous() {
    let server = Server::start([json(200, "{}")]).await;
    let client = builder_of(&API)
        .credential("api_key", "hush")
        .base_url(server.url())
        .build()
        .unwrap();
    client.get("/a").anonymous().await.unwrap();
    client.get("/a").await.unwrap();
    let by_hand = client.get("/a").anonymous().header("Authorization", "mine");
    by_hand.await.unwrap();
    assert_eq!(
        server.headers("authorization"),
        [
            None,
            Some("Bearer hush".to_owned()),
            Some("mine".to_owned())
        ]
    );
}

#[tokio::test]
async fn a_client_can_be_anonymous() {
    let server = Server::start([json(200, "{}")]).await;
    let env = |_: &str| Some("hush".to_owned());
    let builder = || {
        builder_of(&API)
            .base_url(server.url())
            .timeout(std::time::Duration::from_secs(9))
    };
    builder().build().unwrap_err();
    let client = builder()
        .env(move |name| env(name).filter(|_| name.ends_with("_API_KEY")))
        .credential("api_key", "hush")
        .anonymous()
        .build()
        .unwrap();
    client.get("/a").await.unwrap();
    let child = client.with_options(|o| o.max_retries(0)).unwrap();
    child.get("/a").await.unwrap();
    let known = client
        .with_options(|o| o.credential("api_key", "k"))
        .unwrap();
    known.get("/a").await.unwrap();
    assert_eq!(
        server.headers("authorization"),
        [None, None, Some("Bearer k".to_owned())]
    );
}

/// Requires two keys, the second of them nullable, or a user whose password has a default.
static NULLABLE: Api = Api {
    credentials: &[
        option("header_key", "header", CredentialPart::Value),
        Credential {
            nullable: true,
            env: Some("QUERY_KEY"),
            ..option("query_key", "query", CredentialPart::Value)
        },
        Credential {
            nullable: true,
            ..option("cookie_key", "cookie", CredentialPart::Value)
        },
        option("user", "basic", CredentialPart::Username),
        Credential {
            nullable: true,
            default: Some("unset"),
            ..option("password", "basic", CredentialPart::Password)
        },
    ],
    security: &[&["header", "query"]],
    ..ALL
};

fn client_with_nullable_scheme(server: &Server, options: &[&'static str]) -> Client {
    let builder = builder_of(&NULLABLE).base_url(server.url());
    let builder = options.iter().fold(builder, |builder, option| {
        builder.credential(option, format!("{option} 1"))
    });
    builder.build().unwrap()
}

#[tokio::test]
async fn a_nullable_scheme_is_sent_if_it_is_set() {
    let server = Server::start([json(200, "{}")]).await;
    let one = client_with_nullable_scheme(&server, &["header_key"]);
    one.get("/a").await.unwrap();
    let seen = server.only();
    assert_eq!(seen.header("x-key").as_deref(), Some("header_key 1"));
    assert_eq!(seen.target, "/a");
    let both = client_with_nullable_scheme(&server, &["header_key", "query_key"]);
    both.get("/a").await.unwrap();
    let other = client_with_nullable_scheme(&server, &["query_key"]);
    let error = other.get("/a").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "this call needs credentials; set `header_key`"
    );
}

#[tokio::test]
async fn a_complete_requirement_precedes_one_without_its_nullable_scheme() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client_with_nullable_scheme(&server, &["header_key", "user"]);
    let call = Request::<Value>::new(&client, Method::GET, "/a");
    call.security(&[&["header", "query"], &["basic"]])
        .await
        .unwrap();
    let seen = server.only();
    assert_eq!(seen.header("x-key"), None);
    // `user 1:unset`.
    assert_eq!(
        seen.header("authorization").as_deref(),
        Some("Basic dXNlciAxOnVuc2V0")
    );
}

#[tokio::test]
async fn the_error_joins_schemes_by_and_and_requirements_by_or() {
    let server = Server::start([json(200, "{}")]).await;
    let client = client_with_nullable_scheme(&server, &[]);
    let error = |security: &'static [&'static [&'static str]]| {
        let call = Request::<Value>::new(&client, Method::GET, "/a").security(security);
        async { call.await.unwrap_err().to_string() }
    };
    let needs = |what: &str| format!("this call needs credentials; set {what}");
    assert_eq!(
        error(&[&["header", "basic"]]).await,
        needs("`header_key` and `user`")
    );
    assert_eq!(
        error(&[&["header"], &["basic"]]).await,
        needs("`header_key` or `user`")
    );
    assert_eq!(
        error(&[&["header", "basic"], &["cookie"], &["header", "basic"]]).await,
        needs("`header_key` and `user`, or `cookie_key`")
    );
    assert_eq!(
        error(&[&["query", "cookie"]]).await,
        needs("`query_key` (or the environment variable QUERY_KEY) or `cookie_key`")
    );
}
