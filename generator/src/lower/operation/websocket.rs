//! WebSocket operations ([RFC 6455](https://www.rfc-editor.org/rfc/rfc6455)). The client only
//! speaks HTTP, so a method for one could not work.

use openapiv3::{Operation, StatusCode};
use serde_json::Value;

use super::endpoint::Endpoint;
use crate::diagnostics::{Code, Diagnostic};
use crate::lower::findings::Findings;

/// Removes the operations that open a WebSocket, and reports their number.
pub(in crate::lower) fn leave_out<'a>(
    endpoints: Vec<Endpoint<'a>>,
    findings: &mut Findings,
) -> Vec<Endpoint<'a>> {
    let (sockets, others): (Vec<_>, Vec<_>) = endpoints
        .into_iter()
        .partition(|endpoint| is_websocket(endpoint.operation));
    for socket in sockets {
        let message = "WebSockets are not supported; this operation gets no method";
        let help = "connect with a WebSocket library, using the client's URL and headers";
        let warning = Diagnostic::new(Code::UnsupportedWebsocket, socket.at, message);
        findings.push_summarized(String::new(), warning.help(help));
    }
    others
}

/// Whether an operation opens a WebSocket.
///
/// It has an extension, a server with the scheme `ws`, or a response that switches protocols and no
/// other success.
fn is_websocket(operation: &Operation) -> bool {
    let mut extensions = operation.extensions.iter();
    let is_marked = extensions.any(|(key, value)| is_mark(key, value));
    let mut servers = operation.servers.iter();
    let has_scheme =
        servers.any(|server| server.url.starts_with("ws://") || server.url.starts_with("wss://"));
    let statuses = || operation.responses.responses.keys();
    let switches = statuses().any(|status| *status == StatusCode::Code(101));
    let succeeds = statuses()
        .any(|status| matches!(status, StatusCode::Code(200..=299) | StatusCode::Range(2)));
    is_marked || has_scheme || (switches && !succeeds)
}

/// Whether an extension marks a WebSocket operation: `x-dropshot-websocket: {}` or `x-websocket:
/// true`. A `false` value and extensions about WebSockets (`x-websocket-docs`) do not.
fn is_mark(key: &str, value: &Value) -> bool {
    let says_no = matches!(value, Value::Null | Value::Bool(false));
    key.to_ascii_lowercase().ends_with("websocket") && !says_no
}
