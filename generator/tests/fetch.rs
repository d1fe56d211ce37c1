//! Descriptions by URL, from a server that is a table.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{self, Cursor, Read};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use sdkwright::diagnostics::{Code, Diagnostics};
use sdkwright::load::network::{HttpResponse, Network, NetworkAccess, Origin};
use sdkwright::pipeline::{ConfigFile, Failure, LostEntries, Options, check, generate, init, sync};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

const URL: &str = "https://api.example.com/v1/openapi.yaml";

const SPEC: &str = "\
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200':
          description: Pets
          content:
            application/json: { schema: { $ref: 'schemas/pet.yaml#/Pet' } }
";

const PET: &str = "Pet: { type: object, properties: { name: { type: string } } }\n";

/// The response for a URL.
#[derive(Debug, Clone)]
enum Reply {
    Body(Vec<u8>),
    Redirect(&'static str),
    Status(u16),
    /// A body without an end.
    Endless,
}

/// A server that is a table, with the requests that it received.
#[derive(Default)]
struct Server {
    replies: BTreeMap<&'static str, Reply>,
    requests: Mutex<Vec<String>>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Server")
    }
}

impl Network for Server {
    fn get(&self, url: &str) -> Result<HttpResponse, String> {
        self.requests.lock().expect("a lock").push(url.to_owned());
        Ok(match self.replies.get(url).cloned() {
            Some(Reply::Body(bytes)) => HttpResponse::Success(Box::new(Cursor::new(bytes))),
            Some(Reply::Redirect(location)) => HttpResponse::Redirect(location.to_owned()),
            Some(Reply::Status(status)) => HttpResponse::Failure(status),
            Some(Reply::Endless) => HttpResponse::Success(Box::new(io::repeat(b' '))),
            None => return Err("the host was not found".to_owned()),
        })
    }

    fn hash(&self, bytes: &[u8]) -> String {
        let digest = Sha256::digest(bytes);
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A server with a folder for the configuration.
struct Place {
    server: Arc<Server>,
    folder: TempDir,
    allowed: Vec<Origin>,
}

impl Place {
    fn with(replies: &[(&'static str, Reply)]) -> Self {
        Self {
            server: Arc::new(Server {
                replies: replies.iter().cloned().collect(),
                ..Server::default()
            }),
            folder: tempfile::tempdir().expect("a folder"),
            allowed: Vec::new(),
        }
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("sdk.yaml")
    }

    fn options(&self, spec: &str) -> Options {
        let network: Arc<dyn Network> = self.server.clone();
        let config = self.config();
        Options {
            config: match config.exists() {
                true => ConfigFile::At(config),
                false => ConfigFile::None,
            },
            network: Some(NetworkAccess::new(network, self.allowed.clone())),
            ..Options::new(spec)
        }
    }

    /// Checks a document. Returns the codes with the messages.
    fn check(&self, spec: &str) -> Vec<(Code, String)> {
        list(&check(&self.options(spec)))
    }

    fn requests(&self) -> Vec<String> {
        self.server.requests.lock().expect("a lock").clone()
    }
}

fn list(diagnostics: &Diagnostics) -> Vec<(Code, String)> {
    let found = diagnostics.iter();
    found.map(|it| (it.code, it.message.clone())).collect()
}

/// Asserts that the only finding has this code and contains these words.
fn assert_finding(found: &[(Code, String)], code: Code, words: &str) {
    match found {
        [(only, message)] if *only == code => assert!(message.contains(words), "{message}"),
        _ => panic!("not only {code}: {found:#?}"),
    }
}

fn body(text: &str) -> Reply {
    Reply::Body(text.as_bytes().to_vec())
}

fn pets() -> Place {
    Place::with(&[
        (URL, body(SPEC)),
        ("https://api.example.com/v1/schemas/pet.yaml", body(PET)),
    ])
}

#[test]
fn references_are_relative_to_the_url_of_their_document() {
    let place = pets();
    let generated = generate(&place.options(URL)).expect("a crate");
    assert!(
        generated.diagnostics.is_empty(),
        "{:?}",
        generated.diagnostics
    );
    assert_eq!(generated.stats.operations, 1);
    assert_eq!(place.requests().len(), 2);
}

#[test]
fn the_network_is_used_only_if_it_is_allowed() {
    let place = pets();
    let options = Options {
        network: None,
        ..place.options(URL)
    };
    assert_finding(
        &list(&check(&options)),
        Code::FetchNotAllowed,
        "the network is not allowed",
    );
    assert!(place.requests().is_empty());
}

#[test]
fn other_origins_are_fetched_only_if_they_are_allowed() {
    let other = "https://schemas.example.com/pet.yaml";
    let spec = SPEC.replace("schemas/pet.yaml", other);
    let mut place = Place::with(&[("https://schemas.example.com/pet.yaml", body(PET))]);
    let local = place.folder.path().join("openapi.yaml");
    fs::write(&local, &spec).expect("a file");
    let local = local.to_str().expect("a path").to_owned();
    let mut server = Server::default();
    server.replies.insert(URL, body(&spec));
    server
        .replies
        .insert("https://schemas.example.com/pet.yaml", body(PET));
    place.server = Arc::new(server);
    for spec in [URL, &local] {
        let found = place.check(spec);
        assert!(
            found.iter().any(|(code, _)| *code == Code::RemoteRef),
            "{found:?}"
        );
        assert!(!place.requests().contains(&other.to_owned()));
    }
    place.allowed = vec![Origin::parse("https://schemas.example.com").expect("an origin")];
    for spec in [URL, &local] {
        assert_eq!(place.check(spec), []);
    }
}

#[test]
fn redirects_stay_within_the_origin() {
    let place = Place::with(&[
        (
            "https://api.example.com/latest",
            Reply::Redirect("/v1/openapi.yaml"),
        ),
        (URL, body(SPEC)),
        ("https://api.example.com/v1/schemas/pet.yaml", body(PET)),
        (
            "https://api.example.com/away",
            Reply::Redirect("https://evil.example/x"),
        ),
        (
            "https://api.example.com/plain",
            Reply::Redirect("http://api.example.com/x"),
        ),
        ("https://api.example.com/loop", Reply::Redirect("loop")),
        ("https://evil.example/x", body(SPEC)),
    ]);
    // References are relative to the URL after the redirect.
    assert_eq!(place.check("https://api.example.com/latest"), []);
    for (url, words) in [
        (
            "https://api.example.com/away",
            "redirected to `https://evil.example/x`",
        ),
        ("https://api.example.com/plain", "not an https URL"),
        (
            "https://api.example.com/loop",
            "redirected more than 5 times",
        ),
    ] {
        assert_finding(&place.check(url), Code::FetchFailed, words);
    }
    assert!(
        !place
            .requests()
            .contains(&"https://evil.example/x".to_owned())
    );
}

#[test]
fn failures_say_what_happened() {
    let place = Place::with(&[
        ("https://a.example/404", Reply::Status(404)),
        ("https://a.example/endless", Reply::Endless),
    ]);
    for (url, words) in [
        ("https://a.example/404", "status 404"),
        ("https://a.example/endless", "larger than 256 MiB"),
        ("https://b.example/", "the host was not found"),
        ("http://a.example/", "not an https URL"),
        ("file:///etc/passwd", "not an https URL"),
        (
            "https://user:secret@a.example/",
            "must not contain credentials",
        ),
    ] {
        assert_finding(&place.check(url), Code::FetchFailed, words);
    }
}

#[test]
fn a_file_that_a_fetched_document_names_is_never_on_the_disk() {
    let place = Place::with(&[(
        URL,
        body(&SPEC.replace("schemas/pet.yaml", "/etc/hostname")),
    )]);
    let found = place.check(URL);
    assert!(
        found.iter().any(|(code, _)| *code == Code::FetchFailed),
        "{found:?}"
    );
    assert_eq!(
        place.requests(),
        [URL, "https://api.example.com/etc/hostname"]
    );
}

#[test]
fn a_compressed_bomb_is_refused() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    io::copy(&mut io::repeat(0).take(300 << 20), &mut bomb).expect("bytes");
    let bomb = bomb.finish().expect("bytes");
    let place = Place::with(&[(URL, Reply::Body(bomb))]);
    assert_finding(&place.check(URL), Code::FetchFailed, "larger than 256 MiB");
}

#[test]
fn the_hash_is_recorded_and_a_changed_document_is_an_error() {
    let mut place = pets();
    let config = init(&place.options(URL)).expect("a configuration");
    assert!(
        config.text.contains("openapi:\n  sha256: "),
        "{}",
        config.text
    );
    fs::write(place.config(), &config.text).expect("a file");
    assert_eq!(place.check(URL), []);
    // A change of the other document counts, too.
    place.server = Place::with(&[
        (URL, body(SPEC)),
        (
            "https://api.example.com/v1/schemas/pet.yaml",
            body(&format!("# New\n{PET}")),
        ),
    ])
    .server;
    let failure = generate(&place.options(URL)).expect_err("an error");
    let Failure::Input(diagnostics) = failure else {
        panic!("{failure}");
    };
    assert_finding(&list(&diagnostics), Code::DocumentChanged, "has changed");
    let help = diagnostics.iter().find_map(|it| it.help.clone());
    let help = help.expect("a remedy");
    assert!(
        help.contains("sdkwright sync https://") && help.contains("--fetch"),
        "{help}"
    );
    let options = Options {
        config: ConfigFile::None,
        ..place.options(URL)
    };
    let synced = sync(&options, &config.text, LostEntries::Keep).expect("a configuration");
    assert!(synced.sha256.is_some());
    fs::write(place.config(), &synced.text).expect("a file");
    assert_eq!(place.check(URL), []);
    let again = sync(&options, &synced.text, LostEntries::Keep).expect("a configuration");
    assert_eq!((again.sha256, again.text), (None, synced.text));
}

#[test]
fn the_hash_of_a_single_document_is_its_own() {
    let spec = "openapi: 3.1.0\ninfo: { title: Pets, version: '1' }\npaths: {}\n";
    let place = Place::with(&[(URL, body(spec))]);
    let config = init(&place.options(URL)).expect("a configuration");
    let hash = place.server.hash(spec.as_bytes());
    assert!(
        config.text.contains(&format!("sha256: \"{hash}\"\n")),
        "{}",
        config.text
    );
}
