//! Many calls at once against a server that fails in ten ways.
//!
//! The outcome of each call is known in advance: a [`Script`] tells both sides how the server
//! fails, and after how many attempts the call ends. The test compares each call with the script,
//! counts the requests, and measures memory.
//!
//! The test makes a few hundred calls; `SDKWRIGHT_FAULT_CALLS` sets another number. Memory is
//! checked from 5,000 calls on. With fewer calls, one-time allocations are most of it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy spares test functions, but not the functions that they share"
)]

#[path = "../support/empty_api.rs"]
#[expect(unreachable_pub, reason = "it is public where a library has it")]
mod empty_api;
mod script;
mod server;
mod usage;

use std::env;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use sdkwright_runtime::__private::Api;
use sdkwright_runtime::{Client, ClientBuilder, Error, TimeoutError, Value};
use tokio::time::timeout;

use script::{End, Script, WAYS};
use server::Server;

/// Maximum number of attempts of a call.
const ATTEMPTS: u32 = 3;
/// Timeout of an attempt. A response takes much less, even while compilers run on the same machine.
const LIMIT: Duration = Duration::from_secs(4);
/// Timeout of a call that hangs: several times the duration of all attempts and waits.
const HANGS: Duration = Duration::from_secs(60);
/// Number of concurrent calls. Most of them wait for a silent server, so that many calls cost
/// little.
const AT_A_TIME: u32 = 400;
/// Number of calls from which memory is checked.
const ENOUGH: u32 = 5_000;
/// Mebibytes that the last three quarters of the calls may add.
const GROWTH: u64 = 16;

static API: Api = Api {
    name: "Faults",
    env_prefix: "FAULTS",
    timeout: LIMIT,
    max_retries: ATTEMPTS - 1,
    ..empty_api::API
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_ends_as_the_script_says() {
    let calls = env::var("SDKWRIGHT_FAULT_CALLS").map_or(300, |text| text.parse().unwrap());
    let start = Instant::now();
    let server = Server::start(ATTEMPTS).await;
    let client = client(&server);
    let descriptors = usage::open_descriptors();

    let warm = calls / 4;
    make_calls(&client, 0, warm).await;
    let before = usage::resident_mebibytes();
    make_calls(&client, warm, calls).await;
    let after = usage::resident_mebibytes();

    let requests = server.check_requests(calls);
    println!(
        "{calls} calls, {requests} requests, {WAYS} ways to fail, {:.1} s, memory {before:?} → {after:?} MiB",
        start.elapsed().as_secs_f64()
    );
    if let (true, Some(before), Some(after)) = (calls >= ENOUGH, before, after) {
        assert!(after <= before + GROWTH, "{before} MiB became {after} MiB");
    }
    drop((client, server));
    usage::wait_for_descriptors(descriptors).await;
}

fn client(server: &Server) -> Client {
    ClientBuilder::new(&API)
        .env(|_| None)
        .base_url(server.url())
        .build()
        .unwrap()
}

/// Makes the calls with these numbers, several at a time.
async fn make_calls(client: &Client, from: u32, to: u32) {
    let next = Arc::new(AtomicU32::new(from));
    let workers: Vec<_> = (0..AT_A_TIME)
        .map(|_| {
            let (client, next) = (client.clone(), Arc::clone(&next));
            tokio::spawn(async move {
                loop {
                    let call = next.fetch_add(1, Ordering::Relaxed);
                    if call >= to {
                        return;
                    }
                    check_call(&client, call).await;
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
}

/// Makes a call, and compares its outcome with the script.
async fn check_call(client: &Client, call: u32) {
    let request = client
        .post(format!("/call/{call}"))
        .json(&server::request_body(call))
        .with_response();
    let result = timeout(HANGS, request.into_future())
        .await
        .unwrap_or_else(|_| panic!("call {call} hangs"));
    let found = result.map(|(value, response)| (value, response.retries()));
    let (expected, attempts) = Script::new(ATTEMPTS).outcome(call);
    let (end, retries) = read_outcome(call, &found);
    assert_eq!(
        (end, retries + 1),
        (expected, attempts),
        "call {call}: {found:?}"
    );
}

fn read_outcome(call: u32, result: &Result<(Value, u32), Error>) -> (End, u32) {
    match result {
        Ok((value, retries)) => {
            assert_eq!(value["call"], call);
            (End::Answer, *retries)
        }
        Err(Error::Connect(error)) => (End::Connect, error.retries()),
        Err(Error::Timeout(TimeoutError::Attempt { limit, retries })) => {
            assert_eq!(*limit, Some(LIMIT));
            (End::Timeout, *retries)
        }
        Err(Error::Api(error)) => (End::Status(error.status().as_u16()), error.retries()),
        Err(Error::Decode(error)) => (End::Decode, error.retries()),
        Err(other) => panic!("call {call}: {other:?}"),
    }
}
