//! Downloads to the caller, to a writer and to a file.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sdkwright_runtime::{Bytes, Download, Error, Request};

use crate::server::{Reply, Server, chunked, head, json, reply};
use crate::support::{builder, client};

async fn open(server: &Server) -> Download {
    let client = client(server);
    let request: Request<'_, Bytes> = client.get("/a").cast();
    request.download().await.unwrap()
}

#[tokio::test]
async fn chunks_are_returned_as_they_arrive() {
    let reply = chunked(
        "image/png",
        Duration::from_millis(20),
        &["ab", "c", "\0d"],
        true,
    );
    let server = Server::start([reply]).await;
    let mut download = open(&server).await;
    assert_eq!(download.announced_len(), None);
    assert_eq!(download.response().headers()["content-type"], "image/png");
    let mut chunks = Vec::new();
    while let Some(chunk) = download.chunk().await {
        chunks.push(chunk.unwrap());
    }
    assert_eq!(chunks.concat(), b"abc\0d");
    assert!(chunks.len() > 1);
    assert!(download.chunk().await.is_none());
    assert_eq!(server.only().header("accept").unwrap(), "*/*");
}

#[tokio::test]
async fn downloads_can_be_written_to_a_writer() {
    let server = Server::start([reply(200, &[], "the bytes")]).await;
    let mut written = Vec::new();
    assert_eq!(
        open(&server)
            .await
            .write_to_sync(&mut written)
            .await
            .unwrap(),
        9
    );
    assert_eq!(written, b"the bytes");
    let mut written = std::io::Cursor::new(Vec::new());
    assert_eq!(open(&server).await.write_to(&mut written).await.unwrap(), 9);
    assert_eq!(written.into_inner(), b"the bytes");
    let error = open(&server)
        .await
        .write_to_sync(&mut [0; 3].as_mut_slice())
        .await;
    assert!(matches!(error, Err(Error::Io(_))), "{error:?}");
    let mut room = [0; 3];
    let mut full = std::io::Cursor::new(room.as_mut_slice());
    let error = open(&server).await.write_to(&mut full).await;
    assert!(matches!(error, Err(Error::Io(_))), "{error:?}");
}

#[tokio::test]
async fn the_progress_of_a_download_is_reported() {
    let server = Server::start([reply(200, &[], &"x".repeat(100_000))]).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let download = open(&server)
        .await
        .on_progress(move |progress| log.lock().unwrap().push(progress));
    assert_eq!(
        download.write_to_sync(&mut std::io::sink()).await.unwrap(),
        100_000
    );
    let seen = seen.lock().unwrap();
    assert!(seen.windows(2).all(|pair| pair[0].bytes < pair[1].bytes));
    assert!(seen.iter().all(|progress| progress.total == Some(100_000)));
    assert_eq!(seen.last().unwrap().bytes, 100_000);
}

#[tokio::test]
async fn only_error_bodies_are_limited() {
    let body = "x".repeat(10_000);
    let server = Server::start([reply(200, &[], &body), reply(400, &[], &body)]).await;
    let client = builder()
        .base_url(server.url())
        .max_response_bytes(1000)
        .build()
        .unwrap();
    let request = || client.get("/a").cast::<Bytes>().download();
    let download = request().await.unwrap();
    assert_eq!(
        download.write_to_sync(&mut std::io::sink()).await.unwrap(),
        10_000
    );
    let error = request().await.unwrap_err();
    assert!(error.as_api().unwrap().bytes().len() <= 1000);
}

#[tokio::test]
async fn failures_before_the_first_byte_are_retried() {
    let server = Server::start([Reply::Reset, json(503, "{}"), reply(200, &[], "ok")]).await;
    let mut written = Vec::new();
    open(&server)
        .await
        .write_to_sync(&mut written)
        .await
        .unwrap();
    assert_eq!((written.as_slice(), server.seen().len()), (&b"ok"[..], 3));
}

#[tokio::test]
async fn a_download_that_breaks_off_is_an_error() {
    let cut = format!("{}abc", head(200, &[], 100)).into_bytes();
    for reply in [Reply::RawJson(cut.clone()), Reply::ResetAfter(cut)] {
        let server = Server::start([reply]).await;
        let mut written = Vec::new();
        let error = open(&server).await.write_to_sync(&mut written).await;
        assert!(matches!(error, Err(Error::Connect(_))), "{error:?}");
        assert_eq!(written, b"abc");
    }
}

#[tokio::test]
async fn the_timeout_limits_the_head_and_the_deadline_the_download() {
    let slow = || {
        chunked(
            "a/b",
            Duration::from_millis(100),
            &["a", "b", "c", "d", "e", "f"],
            true,
        )
    };
    let server = Server::start([slow()]).await;
    let client = client(&server);
    let request = || client.get("/a").cast::<Bytes>().download();
    let download = request().timeout(Duration::from_millis(350)).await.unwrap();
    assert_eq!(
        download.write_to_sync(&mut std::io::sink()).await.unwrap(),
        6
    );
    let download = request()
        .deadline(Duration::from_millis(350))
        .await
        .unwrap();
    let error = download.write_to_sync(&mut std::io::sink()).await;
    assert!(matches!(error, Err(Error::Timeout(_))), "{error:?}");
}

#[cfg(feature = "fs")]
mod files {
    use super::*;
    use crate::event_idle_timeout::stalling_response;
    use crate::fake_transport::Fake;

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("downloads-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[tokio::test]
    async fn a_file_is_replaced_only_by_a_complete_download() {
        let cut = format!("{}abc", head(200, &[], 100)).into_bytes();
        let server = Server::start([reply(200, &[], "new"), Reply::RawJson(cut)]).await;
        let folder = folder("whole");
        let path = folder.join("a.txt");
        std::fs::write(&path, "old").unwrap();
        assert_eq!(open(&server).await.to_file(&path).await.unwrap(), 3);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        let error = open(&server).await.to_file(&path).await;
        assert!(matches!(error, Err(Error::Connect(_))), "{error:?}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn a_failed_rename_leaves_no_temporary_file() {
        let server = Server::start([reply(200, &[], "new")]).await;
        let folder = folder("name");
        let path = folder.join("taken");
        std::fs::create_dir_all(path.join("by a folder")).unwrap();
        let error = open(&server).await.to_file(&path).await;
        assert!(matches!(error, Err(Error::Io(_))), "{error:?}");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn a_dropped_download_leaves_no_temporary_file() {
        let fake = Fake::new(|_, _| async { stalling_response(&[(0, "abc")]) });
        let folder = folder("given-up");
        let client = fake.client();
        let download = client.get("/a").cast::<Bytes>().download().await.unwrap();
        let count = || std::fs::read_dir(&folder).unwrap().count();
        let to_file = download.to_file(folder.join("a.txt"));
        let begun = async {
            while count() == 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::select! {
            end = to_file => panic!("{end:?}"),
            () = begun => {}
        }
        assert_eq!(count(), 0);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn an_unwritable_file_is_an_error() {
        let server = Server::start([reply(200, &[], "new")]).await;
        let error = open(&server).await.to_file("/no/such/folder/a.txt").await;
        assert!(matches!(error, Err(Error::Io(_))), "{error:?}");
    }
}

#[tokio::test]
async fn an_undeclared_body_can_be_downloaded() {
    let server = Server::start([reply(200, &[("content-type", "application/pdf")], "%PDF")]).await;
    let client = client(&server);
    let request: Request<'_, ()> = client.get("/report").cast();
    let mut written = Vec::new();
    let download = request.download().await.unwrap();
    download.write_to_sync(&mut written).await.unwrap();
    assert_eq!(written, b"%PDF");
    assert_eq!(server.only().header("accept").unwrap(), "*/*");
}
