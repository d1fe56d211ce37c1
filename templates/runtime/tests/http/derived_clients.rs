//! Derived clients.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sdkwright_runtime::auth::AccessToken;

use crate::fake_transport::{Fake, answer};
use crate::server::{Server, json};
use crate::support::{API, builder, builder_of};

#[tokio::test]
async fn a_derived_client_inherits_everything() {
    let server = Server::start([json(200, "{}")]).await;
    let parent = builder()
        .base_url(server.url())
        .default_header("X-A", "1")
        .default_query("q", 1)
        .build()
        .unwrap();
    let child = parent
        .with_options(|o| o.default_header("X-A", "2").default_header("X-B", "3"))
        .unwrap();
    child.get("/a").await.unwrap();
    parent.get("/a").await.unwrap();
    let texts = |name| {
        let headers = server.headers(name).into_iter();
        headers.map(Option::unwrap_or_default).collect::<Vec<_>>()
    };
    assert_eq!(texts("x-a"), ["2", "1"]);
    assert_eq!(texts("x-b"), ["3", ""]);
    assert_eq!(texts("authorization")[0], texts("authorization")[1]);
    assert_eq!(server.seen()[0].target, "/a?q=1");
}

#[tokio::test]
async fn derived_clients_share_transports_and_tokens() {
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    let fake = Fake::new(|_, _| async { answer(200, &[]) });
    let parent = builder_of(&API)
        .token_provider(move || {
            let number = counter.fetch_add(1, Ordering::SeqCst);
            async move { Ok(AccessToken::new(number.to_string())) }
        })
        .transport(fake.clone())
        .build()
        .unwrap();
    parent.get("/a").await.unwrap();
    let child = parent
        .with_options(|o| o.timeout(Duration::from_secs(1)))
        .unwrap();
    child.get("/a").await.unwrap();
    assert_eq!((count.load(Ordering::SeqCst), fake.count()), (1, 2));
    let other = child.with_options(|o| o.token_provider(|| async { Ok(AccessToken::new("o")) }));
    other.unwrap().get("/a").await.unwrap();
    child.get("/a").await.unwrap();
    assert_eq!((count.load(Ordering::SeqCst), fake.count()), (1, 4));
}

#[test]
fn a_derived_client_does_not_read_the_environment() {
    let looks = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&looks);
    let parent = builder_of(&API)
        .env(move |name| {
            counter.fetch_add(1, Ordering::SeqCst);
            match name {
                "PETSTORE_API_KEY" => Some("k".to_owned()),
                "PETSTORE_BASE_URL" => Some("http://env.invalid".to_owned()),
                _ => None,
            }
        })
        .build()
        .unwrap();
    let before = looks.load(Ordering::SeqCst);
    let child = parent.with_options(|o| o.max_retries(0)).unwrap();
    assert_eq!(child.base_url(), "http://env.invalid");
    assert_eq!(looks.load(Ordering::SeqCst), before);
    let moved = child.with_options(|o| o.base_url("http://b.invalid"));
    assert_eq!(moved.unwrap().base_url(), "http://b.invalid");
    child.with_options(|o| o.base_url("nowhere")).unwrap_err();
}

#[tokio::test]
async fn later_settings_replace_earlier_ones() {
    let server = Server::start([json(200, "{}")]).await;
    let parent = builder()
        .base_url(server.url())
        .default_query("locale", "en")
        .remove_header("X-Team")
        .build()
        .unwrap();
    let child = parent
        .with_options(|o| {
            o.default_query("locale", "fr")
                .default_header("x-team", "blue")
        })
        .unwrap();
    child.get("/a").await.unwrap();
    let seen = server.only();
    assert_eq!(seen.target, "/a?locale=fr");
    assert_eq!(seen.header("x-team").as_deref(), Some("blue"));
    let grandchild = child.with_options(|o| o.remove_header("X-TEAM")).unwrap();
    grandchild.get("/a").await.unwrap();
    assert_eq!(server.headers("x-team")[1], None);
    let moved = child.with_options(|o| o.environment("sandbox")).unwrap();
    assert_eq!(moved.base_url(), "https://sandbox.pets.invalid");
}
