//! Compares security schemes and requirements.

use super::client_change::{at, client_change};
use crate::diff::change::Change;
use crate::diff::codes::Code;
use crate::diff::effects::Wire;
use crate::diff::surface::ClientSurface;

/// Compares the schemes of two clients, and those that calls need.
pub(super) fn compare_auth(base: &ClientSurface, head: &ClientSurface, changes: &mut Vec<Change>) {
    compare_schemes(base, head, changes);
    if base.security == head.security {
        return;
    }
    let text = |client: &ClientSurface| {
        let sets = client.security.iter().map(|set| set.join(" and "));
        sets.collect::<Vec<_>>().join(" or ")
    };
    let (old, new) = (text(base), text(head));
    let summary = "calls need other credentials".to_owned();
    let is_wider = base.security.iter().all(|set| head.security.contains(set));
    let wire = if is_wider || head.security.is_empty() {
        Wire::NEW_BREAKS
    } else {
        Wire::BREAKS
    };
    let change = client_change(Code::AuthChanged, "Client", summary, Some(&old), Some(&new));
    changes.push(at(change, &["security"]).wire(wire));
}

fn compare_schemes(base: &ClientSurface, head: &ClientSurface, changes: &mut Vec<Change>) {
    for (name, old) in &base.schemes {
        let item = format!("scheme {name}");
        let before = format!("{old:?}");
        match head.schemes.iter().find(|(other, _)| other == name) {
            None => {
                let summary = format!("the scheme `{name}` is gone");
                let code = Code::AuthSchemeRemoved;
                let change = client_change(code, item, summary, Some(&before), None);
                changes.push(at(change, &scheme(name)).wire(Wire::OLD_BREAKS));
            }
            Some((_, new)) if new != old => {
                let summary = format!("the credential of `{name}` is sent in another way");
                let after = format!("{new:?}");
                let code = Code::AuthChanged;
                let change = client_change(code, item, summary, Some(&before), Some(&after));
                changes.push(at(change, &scheme(name)).wire(Wire::BREAKS));
            }
            Some(_) => {}
        }
    }
    for (name, new) in &head.schemes {
        if !base.schemes.iter().any(|(other, _)| other == name) {
            let summary = format!("the scheme `{name}` is new");
            let after = format!("{new:?}");
            let item = format!("scheme {name}");
            let code = Code::AuthSchemeAdded;
            let change = client_change(code, item, summary, None, Some(&after));
            changes.push(at(change, &scheme(name)));
        }
    }
}

/// The names on the way to a security scheme.
pub(super) const fn scheme(name: &str) -> [&str; 3] {
    ["components", "securitySchemes", name]
}
