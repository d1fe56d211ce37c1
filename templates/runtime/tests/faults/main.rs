//! Many calls at once against a server that fails in ten ways.
//!
//! What becomes of a call is known beforehand, for the server fails by a rule that
//! [`Script`] tells both sides: the answer or one error, after so many attempts. The test
//! holds each call against it, counts what the server saw, and watches the memory.
//!
//! A few hundred calls are part of the suite; `SDKWRIGHT_FAULT_CALLS` asks for more. Memory
//! is judged from 5,000 calls on: below that, what is allocated once is most of it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy spares test functions, but not the functions that they share"
)]

#[path = "../support/bare.rs"]
#[allow(unreachable_pub, reason = "it is public where a library has it")]
mod bare;
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

/// The most attempts that a call may make.
const ATTEMPTS: u32 = 3;
/// How long an attempt may take. It is long beside what an answer takes on a busy machine.
const LIMIT: Duration = Duration::from_secs(2);
/// How long no call can take: all of its attempts and waits, several times over.
const HANGS: Duration = Duration::from_secs(60);
/// How many calls run at a time. Most of them wait for a server that says nothing, so that
/// many of them are little work.
const AT_A_TIME: u32 = 400;
/// From how many calls on memory is judged.
const ENOUGH: u32 = 5_000;
/// How many mebibytes the last three quarters of the calls may add.
const GROWTH: u64 = 16;

static API: Api = Api {
    name: "Faults",
    env_prefix: "FAULTS",
    timeout: LIMIT,
    max_retries: ATTEMPTS - 1,
    ..bare::API
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_ends_as_it_must() {
    let calls = env::var("SDKWRIGHT_FAULT_CALLS").map_or(300, |text| text.parse().unwrap());
    let start = Instant::now();
    let server = Server::start(ATTEMPTS).await;
    let client = client(&server);
    let descriptors = usage::descriptors();

    let warm = calls / 4;
    all(&client, 0, warm).await;
    let before = usage::resident();
    all(&client, warm, calls).await;
    let after = usage::resident();

    let requests = server.check(calls);
    println!(
        "{calls} calls, {requests} requests, {WAYS} ways to fail, {:.1} s, memory {before:?} → {after:?} MiB",
        start.elapsed().as_secs_f64()
    );
    if let (true, Some(before), Some(after)) = (calls >= ENOUGH, before, after) {
        assert!(after <= before + GROWTH, "{before} MiB became {after} MiB");
    }
    drop((client, server));
    usage::settles(descriptors).await;
}

fn client(server: &Server) -> Client {
    ClientBuilder::new(&API)
        .env(|_| None)
        .base_url(server.url())
        .build()
        .unwrap()
}

/// Makes the calls of these numbers, some at a time.
async fn all(client: &Client, from: u32, to: u32) {
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
                    one(&client, call).await;
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
}

/// Makes a call, and holds its end against the one that it must have.
async fn one(client: &Client, call: u32) {
    let request = client
        .post(format!("/call/{call}"))
        .json(&server::body(call))
        .with_response();
    let result = timeout(HANGS, request.into_future())
        .await
        .unwrap_or_else(|_| panic!("call {call} hangs"));
    let found = result.map(|(value, response)| (value, response.retries()));
    let (expected, attempts) = Script::new(ATTEMPTS).outcome(call);
    let (end, retries) = ending(call, &found);
    assert_eq!(
        (end, retries + 1),
        (expected, attempts),
        "call {call}: {found:?}"
    );
}

fn ending(call: u32, result: &Result<(Value, u32), Error>) -> (End, u32) {
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
