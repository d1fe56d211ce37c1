//! A client for https, with the certificates of the system.

use std::time::Duration;

use sha2::{Digest as _, Sha256};
use ureq::Agent;
use ureq::http::header::LOCATION;
use ureq::tls::{RootCerts, TlsConfig};

use super::{HttpResponse, Network};

/// Time for a request with its response.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Time for the connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// A client for https.
#[derive(Debug, Clone)]
pub struct HttpsClient {
    agent: Agent,
}

impl HttpsClient {
    /// Creates a client. It uses the proxy that the environment names.
    #[must_use]
    pub fn new() -> Self {
        Self::with_limits(true, TIMEOUT)
    }

    fn with_limits(is_https_only: bool, timeout: Duration) -> Self {
        let roots = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier);
        let config = Agent::config_builder()
            .https_only(is_https_only)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(timeout))
            .timeout_connect(Some(CONNECT_TIMEOUT.min(timeout)))
            .user_agent(concat!("sdkwright/", env!("CARGO_PKG_VERSION")))
            .tls_config(roots.build())
            .build();
        Self {
            agent: config.new_agent(),
        }
    }
}

impl Default for HttpsClient {
    fn default() -> Self {
        Self::new()
    }
}

impl Network for HttpsClient {
    fn get(&self, url: &str) -> Result<HttpResponse, String> {
        let response = self.agent.get(url).call().map_err(|e| e.to_string())?;
        let status = response.status();
        if status.is_success() {
            let body = response.into_body().into_reader();
            return Ok(HttpResponse::Success(Box::new(body)));
        }
        let location = response.headers().get(LOCATION);
        let location = location.filter(|_| status.is_redirection());
        Ok(match location.and_then(|value| value.to_str().ok()) {
            Some(location) => HttpResponse::Redirect(location.to_owned()),
            None => HttpResponse::Failure(status.as_u16()),
        })
    }

    fn hash(&self, bytes: &[u8]) -> String {
        let digest = Sha256::digest(bytes);
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::thread;
    use std::time::Duration;

    use super::{HttpResponse, HttpsClient, Network as _};

    /// Starts a server for one request. Returns its URL.
    fn serve(response: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a connection");
            let _ = stream.read(&mut [0; 4096]);
            stream.write_all(response.as_bytes()).expect("a response");
            // A response without an end keeps the connection.
            if response.is_empty() {
                thread::sleep(Duration::from_secs(5));
            }
        });
        format!("http://{address}/openapi.yaml")
    }

    fn get(response: &'static str) -> Result<HttpResponse, String> {
        HttpsClient::with_limits(false, Duration::from_secs(1)).get(&serve(response))
    }

    #[test]
    fn responses_are_read() {
        let ok = get("HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\nopenapi: 3.1.0");
        let Ok(HttpResponse::Success(mut body)) = ok else {
            panic!("no success");
        };
        let mut text = String::new();
        body.read_to_string(&mut text).expect("a text");
        assert_eq!(text, "openapi: 3.1.0");
        let moved = get("HTTP/1.1 302 Found\r\nlocation: /b.yaml\r\ncontent-length: 0\r\n\r\n");
        assert!(matches!(moved, Ok(HttpResponse::Redirect(to)) if to == "/b.yaml"));
        let gone = get("HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n");
        assert!(matches!(gone, Ok(HttpResponse::Failure(410))));
    }

    #[test]
    fn silent_servers_and_plain_http_are_refused() {
        let silent = get("").err().expect("an error");
        assert!(silent.contains("timeout"), "{silent}");
        let url = serve("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        let plain = HttpsClient::new().get(&url).err().expect("an error");
        assert!(plain.contains("https"), "{plain}");
    }

    #[test]
    fn hashes_are_those_of_sha256sum() {
        let hash = HttpsClient::new().hash(b"abc");
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hash, expected);
    }
}
