//! Compares security schemes and requirements.

use super::client_change::{at, client_change};
use super::quotation::quote_text;
use crate::diff::change::Change;
use crate::diff::codes::Code;
use crate::diff::effects::Wire;
use crate::diff::surface::ClientSurface;
use crate::ir::SecurityScheme;

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
        let before = describe_scheme(old);
        match head.schemes.iter().find(|(other, _)| other == name) {
            None => {
                let summary = format!("the scheme {} is gone", quote_text(name));
                let code = Code::AuthSchemeRemoved;
                let change = client_change(code, item, summary, Some(&before), None);
                changes.push(at(change, &scheme(name)).wire(Wire::OLD_BREAKS));
            }
            Some((_, new)) if new != old => {
                let summary = format!(
                    "the credential of {} is sent in another way",
                    quote_text(name)
                );
                let after = describe_scheme(new);
                let code = Code::AuthChanged;
                let change = client_change(code, item, summary, Some(&before), Some(&after));
                changes.push(at(change, &scheme(name)).wire(Wire::BREAKS));
            }
            Some(_) => {}
        }
    }
    for (name, new) in &head.schemes {
        if !base.schemes.iter().any(|(other, _)| other == name) {
            let summary = format!("the scheme {} is new", quote_text(name));
            let after = describe_scheme(new);
            let item = format!("scheme {name}");
            let code = Code::AuthSchemeAdded;
            let change = client_change(code, item, summary, None, Some(&after));
            changes.push(at(change, &scheme(name)));
        }
    }
}

/// Returns how a credential is sent.
fn describe_scheme(scheme: &SecurityScheme) -> String {
    match scheme {
        SecurityScheme::Bearer { keyword } => format!("Authorization: {keyword} …"),
        SecurityScheme::Basic => "Authorization: Basic …".to_owned(),
        SecurityScheme::BasicPlain => "Authorization: Basic …, without base64".to_owned(),
        SecurityScheme::ApiKeyHeader(name) => format!("{name}: …"),
        SecurityScheme::ApiKeyQuery(name) => format!("?{name}=…"),
        SecurityScheme::ApiKeyCookie(name) => format!("Cookie: {name}=…"),
        SecurityScheme::OAuth2 { token_url, scopes } => {
            let url = token_url.iter().map(|url| format!(" from {url}"));
            let scopes = Some(scopes.join(", ")).filter(|scopes| !scopes.is_empty());
            let scopes = scopes.iter().map(|scopes| format!(" for {scopes}"));
            let details: String = url.chain(scopes).collect();
            format!("an OAuth 2.0 token{details}")
        }
        SecurityScheme::OpenIdConnect => "an OpenID Connect token".to_owned(),
    }
}

/// The names on the way to a security scheme.
pub(super) const fn scheme(name: &str) -> [&str; 3] {
    ["components", "securitySchemes", name]
}
