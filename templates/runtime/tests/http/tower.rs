//! A transport that is a tower service.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::io;
use std::task::{Context, Poll};

use sdkwright_runtime::{Body, ResponseBody, TowerTransport, TransportError, TransportErrorKind};
use tower_service::Service;

use crate::support::builder;

/// A service that responds by a function. It must be polled for readiness first.
#[derive(Clone)]
struct Own<E> {
    ready: bool,
    answer: fn(http::Request<Body>) -> Result<http::Response<ResponseBody>, E>,
}

impl<E> Service<http::Request<Body>> for Own<E> {
    type Response = http::Response<ResponseBody>;
    type Error = E;
    type Future = Ready<Result<Self::Response, E>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), E>> {
        self.ready = true;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        assert!(self.ready);
        ready((self.answer)(request))
    }
}

fn transport<E: Clone + Send + 'static>(
    answer: fn(http::Request<Body>) -> Result<http::Response<ResponseBody>, E>,
) -> TowerTransport<Own<E>> {
    TowerTransport::new(Own {
        ready: false,
        answer,
    })
}

#[tokio::test]
async fn a_service_sends_requests() {
    let transport = transport::<Infallible>(|request| {
        assert_eq!(request.uri().path(), "/api/v1/a");
        let body = request.into_body().into_bytes();
        Ok(http::Response::new(ResponseBody::from(body)))
    });
    let client = builder().transport(transport).build().unwrap();
    let answer = client.post("/a").json(&"echo".to_owned()).await.unwrap();
    assert_eq!(answer, "echo");
}

#[tokio::test]
async fn errors_of_a_service_are_broken_connections() {
    #[derive(Clone, Debug)]
    struct Gone;
    impl From<Gone> for Box<dyn std::error::Error + Send + Sync> {
        fn from(_: Gone) -> Self {
            io::Error::other("gone").into()
        }
    }
    let client = builder()
        .transport(transport(|_| Err(Gone)))
        .max_retries(0)
        .build()
        .unwrap();
    let error = client.get("/a").await.unwrap_err();
    assert!(error.is_connect() && error.is_retryable());

    #[derive(Clone, Debug)]
    struct Refused;
    impl From<Refused> for Box<dyn std::error::Error + Send + Sync> {
        fn from(_: Refused) -> Self {
            TransportError::new(TransportErrorKind::Request, "no").into()
        }
    }
    let client = builder()
        .transport(transport(|_| Err(Refused)))
        .build()
        .unwrap();
    assert!(!client.get("/a").await.unwrap_err().is_retryable());
}
