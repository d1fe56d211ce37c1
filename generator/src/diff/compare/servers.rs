//! The servers that a client knows.

use super::client_change::{at, client_change};
use super::quotation::quote_text;
use crate::diff::change::Change;
use crate::diff::codes::Code;
use crate::diff::effects::Wire;
use crate::diff::surface::{ClientSurface, EnvironmentSurface};

/// The names on the way to the servers of the document.
const SERVERS: [&str; 1] = ["servers"];

/// Compares the servers of two clients.
pub(super) fn compare_servers(
    base: &ClientSurface,
    head: &ClientSurface,
    changes: &mut Vec<Change>,
) {
    for (index, old) in base.environments.iter().enumerate() {
        let mut others = head.environments.iter();
        let new = match others.find(|new| new.name == old.name) {
            // The only server has no name in code.
            None if index == 0 && base.environments.len() == 1 => head.environments.first(),
            found => found,
        };
        match new {
            Some(new) => compare_server((base, old), (head, new), changes),
            None => {
                let name = &old.name;
                let summary = format!("the client no longer has the server {}", quote_text(name));
                let (code, item) = (Code::EnvironmentRemoved, format!("server {name}"));
                let change = client_change(code, item, summary, Some(&old.url), None);
                changes.push(at(change, &SERVERS).wire(Wire::OLD_BREAKS));
            }
        }
    }
    let known = |server: &&EnvironmentSurface| {
        let is_only = base.environments.len() == 1 && head.environments.first() == Some(*server);
        is_only || base.environments.iter().any(|old| old.name == server.name)
    };
    for new in head.environments.iter().filter(|new| !known(new)) {
        let summary = format!("the client has a new server {}", quote_text(&new.name));
        let (code, item) = (Code::EnvironmentAdded, format!("server {}", new.name));
        let change = client_change(code, item, summary, None, Some(&new.url));
        changes.push(at(change, &SERVERS));
    }
    if let (Some(old), None) = (&base.environment_type, &head.environment_type) {
        let summary = format!("`{old}` is gone: there is only one server");
        let code = Code::EnvironmentRemoved;
        changes.push(client_change(code, old.clone(), summary, Some(old), None));
    }
}

fn compare_server(
    (base, old): (&ClientSurface, &EnvironmentSurface),
    (head, new): (&ClientSurface, &EnvironmentSurface),
    changes: &mut Vec<Change>,
) {
    let name = &old.name;
    let is_usual = |client: &ClientSurface, server: &EnvironmentSurface| {
        client
            .environments
            .first()
            .is_some_and(|first| first == server)
    };
    let (summary, url) = if new.url != old.url {
        let (to, from) = (quote_text(&new.url), quote_text(&old.url));
        let summary = format!("the server {} is {to}, not {from}", quote_text(name));
        (summary, Some(new.url.as_str()))
    } else if is_usual(base, old) && !is_usual(head, new) {
        let first = head.environments.first().map(|server| server.url.as_str());
        let name = quote_text(name);
        (format!("{name} is no longer the default server"), first)
    } else {
        return;
    };
    let item = format!("server {name}");
    let change = client_change(Code::ServerChanged, item, summary, Some(&old.url), url);
    changes.push(at(change, &SERVERS).wire(Wire::BREAKS));
}
