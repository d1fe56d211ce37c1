//! Calls that a program sends itself.

use sdkwright_runtime::{Bytes, Error, EventStream, StatusCode, Value};

use crate::events::read_all;
use crate::fake_transport::{Fake, streamed};
use crate::support::{KEY, builder};

fn response(status: u16, body: &'static str) -> http::Response<Bytes> {
    let mut response = http::Response::new(Bytes::from_static(body.as_bytes()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    response
}

#[tokio::test]
async fn a_request_can_be_taken_out_with_its_credentials() {
    let client = builder().base_url("https://a.example/v1").build().unwrap();
    let call = client.post("/pets").query("a", 1).json(&"b".to_owned());
    let (request, reader) = call.into_http().await.unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://a.example/v1/pets?a=1");
    let authorization = request.headers()["authorization"].to_str().unwrap();
    assert_eq!(authorization, format!("Bearer {KEY}"));
    assert_eq!(request.headers()["content-type"], "application/json");
    let body = request.into_body().collect().await.unwrap();
    assert_eq!(body, "\"b\"");
    let value: Value = reader.read(response(200, "[1]")).unwrap();
    assert_eq!(value.to_string(), "[1]");
}

#[tokio::test]
async fn a_response_of_a_program_has_the_same_errors() {
    let client = builder().base_url("https://a.example").build().unwrap();
    let reader = || async {
        client
            .get("/pets")
            .cast::<i64>()
            .into_http()
            .await
            .unwrap()
            .1
    };
    let error = reader().await.read(response(404, "gone")).unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    let error = reader().await.read(response(200, "true")).unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    let error = client.get("/a/../b").into_http().await.unwrap_err();
    assert!(matches!(error, Error::Build(_)), "{error:?}");
}

/// The program is responsible for sending requests.
#[tokio::test]
async fn a_stream_of_a_program_does_not_reconnect() {
    let fake = Fake::new(|_, _| async { streamed("data: 2\n\ndata: [DONE]\n\n") });
    let client = fake.client();
    let request = client.get("/a").cast::<EventStream<i64>>().reconnect(1);
    let (_, reader) = request.into_http().await.unwrap();
    let mut response = response(200, "id: 1\ndata: 1\n\n");
    let media_type = http::HeaderValue::from_static("text/event-stream");
    response.headers_mut().insert("content-type", media_type);
    let (items, error) = read_all(reader.read(response).unwrap()).await;
    assert_eq!((items, fake.count()), (vec![1], 0), "{error:?}");
}
