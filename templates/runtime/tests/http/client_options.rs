//! Options of an API, variables of its servers, and its defaults.

use std::time::Duration;

use sdkwright_runtime::__private::{Api, Backoff, ClientOption, ClientOptionLocation};
use sdkwright_runtime::{ClientBuilder, Error, Method, PageStyle, Request, Value};

use crate::fake_transport::{Fake, answer};
use crate::server::{Server, json, reply};
use crate::support::{API, builder_of, client};

const fn option(name: &'static str, location: ClientOptionLocation) -> ClientOption {
    ClientOption {
        name,
        env: None,
        default: None,
        required: false,
        location,
    }
}

static SHOP: Api = Api {
    environments: &[
        ("live", "https://{region}.shop.invalid/{version}"),
        ("test", "https://{region}.test.invalid"),
        ("own", "{base}/api"),
    ],
    options: &[
        ClientOption {
            env: Some("SHOP_REGION"),
            ..option(
                "region",
                ClientOptionLocation::Server {
                    name: "region",
                    defaults: &[("live", "eu"), ("test", "lab")],
                    values: &[],
                },
            )
        },
        option(
            "version",
            ClientOptionLocation::Server {
                name: "version",
                defaults: &[("live", "v1")],
                values: &["v1", "v2"],
            },
        ),
        ClientOption {
            env: Some("SHOP_BASE"),
            ..option(
                "base",
                ClientOptionLocation::Server {
                    name: "base",
                    defaults: &[],
                    values: &[],
                },
            )
        },
        ClientOption {
            env: Some("SHOP_TENANT"),
            default: Some("acme"),
            ..option("tenant", ClientOptionLocation::Header("X-Tenant"))
        },
        option("locale", ClientOptionLocation::Query("locale")),
        option("account", ClientOptionLocation::Path("account")),
        option(
            "model",
            ClientOptionLocation::BodyProperty {
                name: "model",
                is_text: true,
            },
        ),
        ClientOption {
            env: Some("SHOP_LEVEL"),
            ..option(
                "level",
                ClientOptionLocation::BodyProperty {
                    name: "level",
                    is_text: false,
                },
            )
        },
    ],
    schemes: &[],
    security: &[],
    credentials: &[],
    ..API
};

fn shop_builder() -> ClientBuilder {
    builder_of(&SHOP)
}

fn built_url(builder: ClientBuilder) -> String {
    builder.build().unwrap().base_url().to_owned()
}

fn config_error(builder: ClientBuilder) -> String {
    match builder.build() {
        Err(Error::Config(error)) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn variables_fill_the_urls_of_servers() {
    assert_eq!(built_url(shop_builder()), "https://eu.shop.invalid/v1");
    assert_eq!(
        built_url(
            shop_builder()
                .client_option("region", "us")
                .client_option("version", "v2")
        ),
        "https://us.shop.invalid/v2"
    );
    assert_eq!(
        built_url(shop_builder().environment("test")),
        "https://lab.test.invalid"
    );
    let env = |name: &str| (name == "SHOP_REGION").then(|| "asia".to_owned());
    assert_eq!(
        built_url(shop_builder().env(env)),
        "https://asia.shop.invalid/v1"
    );
    assert_eq!(
        built_url(shop_builder().env(env).client_option("region", "us")),
        "https://us.shop.invalid/v1"
    );
}

#[test]
fn the_environment_names_an_environment() {
    let env = |name: &str| (name == "PETSTORE_ENVIRONMENT").then(|| "test".to_owned());
    assert_eq!(
        built_url(shop_builder().env(env)),
        "https://lab.test.invalid"
    );
    assert_eq!(
        built_url(shop_builder().env(env).environment("live")),
        "https://eu.shop.invalid/v1"
    );
    let env = |name: &str| (name == "PETSTORE_ENVIRONMENT").then(|| "none".to_owned());
    assert_eq!(
        config_error(shop_builder().env(env)),
        "unknown environment `none`; expected one of: live, test, own"
    );
}

#[test]
fn a_variable_cannot_change_the_host() {
    for value in [
        "evil.invalid/",
        "a@evil.invalid",
        "a?b",
        "a#b",
        "a\\b",
        "a:1",
        "a b",
        "a%2fb",
    ] {
        let error = config_error(shop_builder().client_option("region", value));
        assert!(
            error.starts_with("the option `region` is part of the server URL"),
            "{error}"
        );
    }
    assert_eq!(
        config_error(shop_builder().client_option("version", "v3")),
        "invalid value `v3` of option `version`; expected one of: v1, v2"
    );
    assert_eq!(
        config_error(shop_builder().environment("own")),
        "the option `base` is not set, and neither is the environment variable SHOP_BASE"
    );
}

#[tokio::test]
async fn variables_apply_to_the_server_of_an_operation() {
    let fake = Fake::new(|_, request| async move {
        assert_eq!(request.uri(), "https://us.files.invalid/a");
        answer(200, &[])
    });
    let client = shop_builder()
        .client_option("region", "us")
        .transport(fake.clone())
        .build()
        .unwrap();
    let call = Request::<Value>::new(&client, Method::GET, "/a");
    call.server("https://{region}.files.invalid").await.unwrap();
    assert_eq!(fake.count(), 1);
}

#[tokio::test]
async fn options_are_sent_in_their_location() {
    let server = Server::start([json(200, "{}")]).await;
    let shop = || shop_builder().base_url(server.url());
    let set = shop()
        .client_option("locale", "de")
        .client_option("account", "a/b");
    let client = set.build().unwrap();
    let call = || Request::<Value>::new(&client, Method::GET, "/{account}/pets");
    call().await.unwrap();
    call()
        .path("account", "c")
        .query("locale", "fr")
        .header("X-Tenant", "other")
        .await
        .unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].target, "/a%2Fb/pets?locale=de");
    assert_eq!(seen[0].header("x-tenant").as_deref(), Some("acme"));
    assert_eq!(seen[1].target, "/c/pets?locale=fr");
    assert_eq!(seen[1].header("x-tenant").as_deref(), Some("other"));
    Request::<Value>::new(&client, Method::GET, "/{+account}/pets")
        .await
        .unwrap();
    assert_eq!(server.seen()[2].target, "/a/b/pets?locale=de");
    let client = shop_builder().build().unwrap();
    let error = Request::<Value>::new(&client, Method::GET, "/{account}/pets")
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Build(_)), "{error:?}");
}

#[test]
fn missing_and_unknown_options_are_refused() {
    static STRICT: Api = Api {
        options: &[ClientOption {
            required: true,
            ..option("tenant", ClientOptionLocation::Header("X-Tenant"))
        }],
        ..SHOP
    };
    let strict = || builder_of(&STRICT).base_url("http://a.invalid");
    assert_eq!(config_error(strict()), "the option `tenant` is not set");
    assert_eq!(
        config_error(strict().client_option("tennant", "a")),
        "`tennant` is not an option of this API"
    );
    let error = config_error(strict().client_option("tenant", "hush\n"));
    assert!(!error.contains("hush"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_operation_may_have_its_own_defaults() {
    let fake = Fake::new(|_, _| std::future::pending());
    let client = fake.client();
    let call = |client| {
        Request::<Value>::new(client, Method::GET, "/a")
            .default_timeout(Duration::from_secs(5))
            .default_max_retries(1)
    };
    let error = call(&client).await.unwrap_err();
    assert_eq!(error.to_string(), "no response within 5s");
    assert_eq!(fake.count(), 2);
    let error = call(&client)
        .timeout(Duration::from_secs(2))
        .max_retries(0)
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "no response within 2s");
    assert_eq!(fake.count(), 3);
    let set = client.with_options(|o| o.timeout(Duration::from_secs(3)).max_retries(0));
    let error = call(&set.unwrap()).await.unwrap_err();
    assert_eq!(error.to_string(), "no response within 3s");
    assert_eq!(fake.count(), 4);
}

#[tokio::test(start_paused = true)]
async fn an_api_may_have_its_own_waits() {
    static SLOW: Api = Api {
        backoff: Backoff {
            first: Duration::from_secs(10),
            longest: Duration::from_secs(15),
        },
        ..SHOP
    };
    let fake = Fake::new(|_, _| async { answer(503, &[]) });
    let slow = builder_of(&SLOW).transport(fake.clone()).max_retries(3);
    let client = slow.build().unwrap();
    client.get("/a").await.unwrap_err();
    let waits = fake.waits();
    let bands = [7.5..=10.0, 11.25..=15.0, 11.25..=15.0];
    assert_eq!(waits.len(), 3);
    for (wait, band) in waits.iter().zip(bands) {
        assert!(band.contains(wait), "{waits:?}");
    }
    let quick = client.with_options(|o| o.retry_delays(Duration::ZERO, Duration::ZERO));
    let before = tokio::time::Instant::now();
    quick.unwrap().get("/a").await.unwrap_err();
    assert!(before.elapsed() < Duration::from_millis(50));
}

#[tokio::test]
async fn an_api_may_declare_the_location_of_error_messages() {
    static TOLD: Api = Api {
        error_message: Some("/fault/text"),
        ..API
    };
    let body = r#"{"message":"generic","fault":{"text":"the pet is asleep"}}"#;
    let server = Server::start([json(400, body), json(400, r#"{"message":"generic"}"#)]).await;
    let client = builder_of(&TOLD)
        .credential("api_key", "k")
        .base_url(server.url())
        .build()
        .unwrap();
    let error = client.get("/a").await.unwrap_err();
    assert_eq!(error.as_api().unwrap().message(), Some("the pet is asleep"));
    let error = client.get("/a").await.unwrap_err();
    assert_eq!(error.as_api().unwrap().message(), Some("generic"));
    let error = self::client(&server).get("/a").await.unwrap_err();
    assert_eq!(error.as_api().unwrap().message(), Some("generic"));
}

#[tokio::test]
async fn options_can_be_properties_of_json_bodies() {
    let server = Server::start(vec![json(200, "{}"); 5]).await;
    let client = shop_builder()
        .base_url(server.url())
        .client_option("model", "a \"b\"")
        .client_option("level", 3)
        .build()
        .unwrap();
    let post = |json: &'static str| client.post("/a").body(json, "application/json");
    post("{}").await.unwrap();
    post(r#"{"x":{"level":1},"model":null}"#).await.unwrap();
    post("[1]").await.unwrap();
    client.get("/a").await.unwrap();
    client.post("/a").body("{}", "text/plain").await.unwrap();
    let bodies: Vec<String> = server
        .seen()
        .into_iter()
        .map(|seen| String::from_utf8(seen.body).unwrap())
        .collect();
    assert_eq!(
        bodies,
        [
            r#"{"model":"a \"b\"","level":3}"#,
            r#"{"x":{"level":1},"model":null,"level":3}"#,
            "[1]",
            "",
            "{}",
        ]
    );
    let env = |name: &str| (name == "SHOP_LEVEL").then(|| "high".to_owned());
    assert_eq!(
        config_error(shop_builder().env(env)),
        "the option `level` must be a number or a boolean"
    );
}

#[tokio::test]
async fn an_option_in_the_body_can_set_the_first_page() {
    let server = Server::start([json(200, "[1]"), json(200, "[2]"), json(200, "[]")]).await;
    let client = shop_builder()
        .base_url(server.url())
        .client_option("level", 3);
    let client = client.client_option("model", "m").build().unwrap();
    let request = Request::<Vec<Value>>::new(&client, Method::POST, "/a");
    let request = request.body("{}", "application/json");
    let style = PageStyle::page_number("level").in_body();
    let mut pages = request.paged(style).pages();
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    let sent = server.seen().into_iter();
    let sent: Vec<String> = sent
        .map(|seen| String::from_utf8(seen.body).unwrap())
        .collect();
    assert_eq!(
        sent,
        [
            r#"{"model":"m","level":3}"#,
            r#"{"level":4,"model":"m"}"#,
            r#"{"level":5,"model":"m"}"#,
        ]
    );
}

#[tokio::test]
async fn an_api_may_declare_the_header_of_request_ids() {
    static TOLD: Api = Api {
        request_id_header: Some("x-shop-call"),
        ..API
    };
    let ids = [("x-request-id", "usual"), ("x-shop-call", "own")];
    let replies = [
        reply(200, &ids, "{}"),
        reply(404, &ids, "{}"),
        reply(200, &ids[..1], "{}"),
    ];
    let server = Server::start(replies).await;
    let client = builder_of(&TOLD)
        .credential("api_key", "k")
        .base_url(server.url())
        .build()
        .unwrap();
    let (_, response) = client.get("/a").with_response().await.unwrap();
    assert_eq!(response.request_id(), Some("own"));
    let error = client.get("/a").await.unwrap_err();
    assert_eq!(error.request_id(), Some("own"));
    let (_, response) = client.get("/a").with_response().await.unwrap();
    assert_eq!(response.request_id(), Some("usual"));
}
