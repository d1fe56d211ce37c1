//! Servers: `schemes`, `host` and `basePath`.

use serde_json::{Map, Value, json};

use super::{Converter, into_text, into_texts};
use crate::diagnostics::Code;
use crate::source::Pointer;

/// The address of the API.
#[derive(Default)]
pub(super) struct Host {
    /// `host` and `basePath`. Empty if the document has no host, or a host with a scheme.
    rest: String,
    /// The scheme of the first server.
    scheme: &'static str,
}

impl Converter {
    /// Returns the servers of the document. The first one has the safest scheme.
    pub(super) fn convert_servers(&mut self, root: &mut Map<String, Value>) -> Vec<Value> {
        let schemes = root.remove("schemes");
        let host = root.remove("host").and_then(into_text).unwrap_or_default();
        let base = root
            .remove("basePath")
            .and_then(into_text)
            .unwrap_or_default();
        let base = base.trim_end_matches('/');
        let base = match base.strip_prefix('/') {
            None if !base.is_empty() => format!("/{base}"),
            _ => base.to_owned(),
        };
        let host = host.trim().trim_end_matches('/');
        // Some documents write the scheme into `host`.
        let urls = if host.is_empty() {
            vec![base]
        } else if host.contains("://") {
            vec![format!("{host}{base}")]
        } else {
            let schemes = self.select_schemes(schemes, &Pointer::root().child("schemes"));
            self.host = Host {
                rest: format!("{host}{base}"),
                scheme: schemes.first().copied().unwrap_or("https"),
            };
            let each = schemes.into_iter();
            each.map(|scheme| format!("{scheme}://{host}{base}"))
                .collect()
        };
        urls.into_iter()
            .filter(|url| !url.is_empty())
            .map(|url| json!({"url": url}))
            .collect()
    }

    /// Returns the servers of an operation whose schemes differ from that of the document's first
    /// server.
    pub(super) fn convert_own_servers(
        &mut self,
        schemes: Option<Value>,
        at: &Pointer,
    ) -> Option<Value> {
        let schemes = self.select_schemes(Some(schemes?), &at.child("schemes"));
        let Host { rest, scheme } = &self.host;
        if rest.is_empty() || schemes.contains(scheme) {
            return None;
        }
        let first = schemes.first()?;
        Some(json!([{"url": format!("{first}://{rest}")}]))
    }

    /// Returns the HTTP schemes, the safer one first.
    fn select_schemes(&mut self, schemes: Option<Value>, at: &Pointer) -> Vec<&'static str> {
        let named = into_texts(schemes);
        let known = ["https", "http"].into_iter();
        let known: Vec<_> = known.filter(|s| named.iter().any(|n| n == s)).collect();
        if !known.is_empty() {
            return known;
        }
        if let Some(other) = named.first() {
            let message = format!("`{other}` is not supported; the SDK uses `https`");
            let help = "add `https` or `http` to `schemes`";
            self.report(Code::UnsupportedUrlScheme, at.clone(), message, help);
        }
        vec!["https"]
    }
}
