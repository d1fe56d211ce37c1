//! Options from environment variables.

use sdkwright_runtime::__private::Api;
use sdkwright_runtime::{Client, ClientBuilder, Error};

use crate::server::{Server, json};
use crate::support::API;

fn env(variables: &'static [(&'static str, &'static str)]) -> ClientBuilder {
    let find = |name: &str| {
        variables
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned())
    };
    ClientBuilder::new(&API).env(find)
}

async fn header(builder: ClientBuilder, name: &str) -> Option<String> {
    let server = Server::start([json(200, "{}")]).await;
    let client: Client = builder.base_url(server.url()).build().unwrap();
    client.get("/a").await.unwrap();
    server.only().header(name)
}

fn config_error(builder: ClientBuilder) -> String {
    match builder.build() {
        Err(Error::Config(error)) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_key_is_read_from_the_environment_and_trimmed() {
    let builder = env(&[("PETSTORE_API_KEY", " k1 \n")]);
    assert_eq!(
        header(builder, "authorization").await.as_deref(),
        Some("Bearer k1")
    );
}

#[tokio::test]
async fn code_takes_precedence_over_the_environment() {
    let builder = env(&[("PETSTORE_API_KEY", "k1")]).credential("api_key", "k2");
    assert_eq!(
        header(builder, "authorization").await.as_deref(),
        Some("Bearer k2")
    );
}

#[test]
fn a_missing_key_names_its_variable() {
    let expected = "the credential for `Bearer` is missing: the option `api_key` is not set, and neither is the environment variable PETSTORE_API_KEY";
    assert_eq!(config_error(env(&[])), expected);
    assert_eq!(config_error(env(&[("PETSTORE_API_KEY", "  ")])), expected);
    assert!(env(&[]).build().unwrap_err().is_authentication());
}

#[test]
fn a_blank_key_in_code_is_an_error() {
    let error = config_error(env(&[("PETSTORE_API_KEY", "k1")]).credential("api_key", " "));
    assert_eq!(error, "the option `api_key` is empty");
}

#[test]
fn base_urls_have_an_order_of_precedence() {
    let url = |builder: ClientBuilder| {
        builder
            .credential("api_key", "k")
            .build()
            .unwrap()
            .base_url()
            .to_owned()
    };
    let set = || env(&[("PETSTORE_BASE_URL", " http://env.invalid/x/ ")]);
    assert_eq!(url(env(&[])), "https://pets.invalid/api/v1");
    assert_eq!(
        url(env(&[("PETSTORE_BASE_URL", "  ")])),
        "https://pets.invalid/api/v1"
    );
    assert_eq!(url(set()), "http://env.invalid/x");
    assert_eq!(
        url(set().environment("sandbox")),
        "https://sandbox.pets.invalid"
    );
    assert_eq!(
        url(set().environment("sandbox").base_url("http://code.invalid")),
        "http://code.invalid"
    );
    assert_eq!(
        url(set().base_url("http://code.invalid").environment("sandbox")),
        "https://sandbox.pets.invalid"
    );
    assert_eq!(url(env(&[]).base_url(" ")), "https://pets.invalid/api/v1");
}

#[test]
fn invalid_base_urls_are_refused() {
    for url in [
        "pets.invalid",
        "/api",
        "ftp://pets.invalid",
        "http://",
        "file:///etc",
        "http://u:hush@pets.invalid",
    ] {
        let error = config_error(env(&[]).credential("api_key", "k").base_url(url));
        assert!(
            error.starts_with("the base URL") && !error.contains("hush"),
            "{error}"
        );
    }
    let error = config_error(env(&[]).credential("api_key", "k").environment("staging"));
    assert_eq!(
        error,
        "unknown environment `staging`; expected one of: production, sandbox"
    );
}

#[test]
fn an_api_without_servers_needs_a_base_url() {
    static NOWHERE: Api = Api {
        environments: &[],
        ..API
    };
    let error = config_error(
        ClientBuilder::new(&NOWHERE)
            .env(|_| None)
            .credential("api_key", "k"),
    );
    assert_eq!(
        error,
        "the API does not define a server; set `base_url` or the environment variable PETSTORE_BASE_URL"
    );
}

const HEADERS: &str = "X-A: 1\nno colon\n  X-B :  a:b  \r\nUser-Agent: mine\n\n";

#[tokio::test]
async fn headers_are_read_from_the_environment() {
    let set = || {
        env(&[
            ("PETSTORE_API_KEY", "k"),
            ("PETSTORE_CUSTOM_HEADERS", HEADERS),
        ])
    };
    assert_eq!(header(set(), "x-a").await.as_deref(), Some("1"));
    assert_eq!(header(set(), "x-b").await.as_deref(), Some("a:b"));
    assert_eq!(header(set(), "user-agent").await.as_deref(), Some("mine"));
    assert_eq!(
        header(set().default_header("x-a", "2"), "x-a")
            .await
            .as_deref(),
        Some("2")
    );
}

#[test]
fn invalid_headers_from_the_environment_are_refused() {
    let error = config_error(env(&[
        ("PETSTORE_API_KEY", "k"),
        ("PETSTORE_CUSTOM_HEADERS", "X A: hush"),
    ]));
    assert_eq!(
        error,
        "PETSTORE_CUSTOM_HEADERS: `X A` is not a valid header name"
    );
}

#[test]
fn webhook_secrets_are_read_from_the_environment() {
    let set = || {
        env(&[
            ("PETSTORE_API_KEY", "k"),
            ("PETSTORE_WEBHOOK_SECRET", " whsec_1 "),
        ])
    };
    let secrets = |builder: ClientBuilder| {
        let client = builder.build().unwrap();
        client
            .webhook_secrets()
            .iter()
            .map(|secret| secret.expose().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(secrets(set()), ["whsec_1"]);
    assert_eq!(secrets(set().webhook_secret("whsec_2")), ["whsec_2"]);
    assert_eq!(secrets(set().webhook_secrets(["a", "b"])), ["a", "b"]);
    assert!(secrets(env(&[("PETSTORE_API_KEY", "k")])).is_empty());
}
