//! Authentication of calls: security requirements, [`TokenProvider`]s and [`AccessToken`]s.
//!
//! A security requirement is a list of alternatives. Each alternative is a list of schemes that are
//! all required. The first alternative that the client has all credentials for is used, or else the
//! first that lacks only nullable options. Headers and query parameters that the caller sets
//! explicitly take precedence and are not changed.

mod bearer;
mod configured;
mod grant;
mod missing;
mod renewals;
mod token;
mod token_request;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderName;
use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderValue};
use secrecy::zeroize::Zeroizing;

pub(crate) use self::bearer::Bearer;
pub use self::grant::ClientAuthentication;
pub(crate) use self::grant::{Grant, TokenUrl};
pub use self::token::{AccessToken, TokenProvider};
pub(crate) use self::token::{TokenSource, Tokens};
use crate::runtime::api::{Credential, CredentialPart, SecurityScheme, SecuritySchemeKind};
use crate::runtime::config::Config;
use crate::runtime::error::BuildError;
use crate::runtime::query::{self, Pair};
use crate::runtime::request_parts::{RequestParts, cookie};
use crate::runtime::{header, secret::Secret};

/// Credentials that are added to a request.
#[derive(Default)]
pub(crate) struct RequestCredentials<'c> {
    pub(crate) headers: HeaderMap,
    pub(crate) query: Vec<Pair>,
    pub(crate) cookies: Vec<String>,
    /// Access token that has not been obtained yet.
    pub(crate) bearer: Option<Bearer<'c>>,
}

/// Adds the credentials that a call requires.
#[inline]
pub(crate) fn authenticate<'c>(
    config: &'c Config,
    call: &RequestParts,
) -> Result<RequestCredentials<'c>, BuildError> {
    let mut credentials = RequestCredentials::default();
    if config.is_anonymous || call.is_anonymous {
        return Ok(credentials);
    }
    let requirement = call.security.unwrap_or(config.api.security);
    let has = |name: &str| is_configured(config, name) || is_set_by_caller(config, call, name);
    let is_met = |alternative: &&&[&str]| {
        !alternative.is_empty() && alternative.iter().all(|name| has(name))
    };
    let is_met_in_part = |alternative: &&&[&str]| {
        let mut schemes = alternative.iter();
        alternative.iter().any(|name| has(name))
            && schemes.all(|name| has(name) || is_nullable(config, name))
    };
    let mut alternatives = requirement.iter();
    let met = requirement.iter().find(is_met);
    match met.or_else(|| alternatives.find(is_met_in_part)) {
        Some(schemes) => {
            for scheme in schemes.iter().filter_map(|name| scheme(config, name)) {
                // An explicit header replaces the credential of a scheme, but an explicit query
                // parameter does not. Without this check, a token would be requested and not used.
                let is_extra = config.tokens(scheme.name).is_some()
                    || matches!(
                        scheme.kind,
                        SecuritySchemeKind::ApiKeyQuery(_) | SecuritySchemeKind::ApiKeyCookie(_)
                    );
                if !(is_extra && is_set_by_caller(config, call, scheme.name)) {
                    apply(config, scheme, &mut credentials)?;
                }
            }
        }
        None if requirement
            .iter()
            .all(|alternative| !alternative.is_empty())
            && !requirement.is_empty() =>
        {
            return Err(missing::error(config, requirement, &has));
        }
        None => {}
    }
    Ok(credentials)
}

/// Checks that a client's credentials can be sent.
#[inline]
pub(crate) fn check(config: &Config) -> Result<(), BuildError> {
    config
        .api
        .schemes
        .iter()
        .try_for_each(|scheme| apply(config, scheme, &mut RequestCredentials::default()))
}

#[inline]
fn scheme(config: &Config, name: &str) -> Option<&'static SecurityScheme> {
    config.api.schemes.iter().find(|scheme| scheme.name == name)
}

/// Returns the options that provide credentials for a scheme.
#[inline]
fn options<'a>(
    config: &'a Config,
    scheme: &'a str,
) -> impl Iterator<Item = &'static Credential> + 'a {
    config
        .api
        .credentials
        .iter()
        .filter(move |credential| credential.scheme == scheme)
}

/// Returns `true` if a call does not need a scheme, because all of its options are nullable.
#[inline]
fn is_nullable(config: &Config, scheme: &str) -> bool {
    let mut options = options(config, scheme).peekable();
    options.peek().is_some() && options.all(|credential| credential.nullable)
}

/// Returns one part of a scheme's credential.
#[inline]
fn secret<'c>(config: &'c Config, scheme: &str, role: CredentialPart) -> Option<&'c Secret> {
    options(config, scheme)
        .filter(|credential| credential.part == role)
        .find_map(|credential| config.credential(credential.option))
}

#[inline]
fn is_configured(config: &Config, scheme: &str) -> bool {
    config.tokens(scheme).is_some()
        || options(config, scheme).any(|credential| {
            let is_set = config.credential(credential.option).is_some();
            is_set
                && match credential.part {
                    CredentialPart::Value | CredentialPart::Username => true,
                    // A default password without a username is not a credential.
                    CredentialPart::Password => credential.default.is_none(),
                    CredentialPart::ClientId | CredentialPart::ClientSecret => false,
                }
        })
}

/// Returns `true` if the caller set or removed the header or parameter of a scheme.
#[inline]
fn is_set_by_caller(config: &Config, call: &RequestParts, name: &str) -> bool {
    let header_removed =
        |name: &HeaderName| config.removed.contains(name) || call.removed.contains(name);
    let headers = [&config.headers, &call.headers];
    let header_set = |name: &HeaderName| {
        headers.iter().any(|headers| headers.contains_key(name)) || header_removed(name)
    };
    match scheme(config, name).map(|scheme| scheme.kind) {
        // A scheme that the SDK does not implement is an HTTP authentication scheme.
        None
        | Some(
            SecuritySchemeKind::Bearer
            | SecuritySchemeKind::Keyword(_)
            | SecuritySchemeKind::OAuth2(_)
            | SecuritySchemeKind::Basic
            | SecuritySchemeKind::BasicPlain,
        ) => header_set(&AUTHORIZATION),
        Some(SecuritySchemeKind::ApiKeyHeader(name)) => {
            header::name(name).is_ok_and(|name| header_set(&name))
        }
        Some(SecuritySchemeKind::ApiKeyQuery(name)) => config
            .query
            .iter()
            .chain(&call.query)
            .any(|pair| pair.name == name),
        Some(SecuritySchemeKind::ApiKeyCookie(name)) => {
            let mut cookies = headers.iter().flat_map(|headers| headers.get_all(COOKIE));
            cookies.any(|cookies| contains_cookie(cookies.as_bytes(), name))
                || call
                    .cookies
                    .iter()
                    .any(|cookie| contains_cookie(cookie.as_bytes(), name))
                || header_removed(&COOKIE)
        }
    }
}

/// Returns `true` if a `Cookie` header contains a cookie of this name.
#[inline]
fn contains_cookie(cookies: &[u8], name: &str) -> bool {
    let mut cookies = cookies.split(|byte| *byte == b';');
    cookies.any(|cookie| {
        let value = cookie.trim_ascii_start().strip_prefix(name.as_bytes());
        value.is_some_and(|value| value.starts_with(b"="))
    })
}

/// Adds the credential of one scheme, if the client has it.
#[inline]
fn apply<'c>(
    config: &'c Config,
    scheme: &SecurityScheme,
    credentials: &mut RequestCredentials<'c>,
) -> Result<(), BuildError> {
    let keyword = match scheme.kind {
        SecuritySchemeKind::Bearer | SecuritySchemeKind::OAuth2(_) => "Bearer",
        SecuritySchemeKind::Keyword(keyword) => keyword,
        SecuritySchemeKind::Basic | SecuritySchemeKind::BasicPlain => {
            return basic(config, scheme, credentials);
        }
        SecuritySchemeKind::ApiKeyHeader(_)
        | SecuritySchemeKind::ApiKeyQuery(_)
        | SecuritySchemeKind::ApiKeyCookie(_) => {
            return key(config, scheme, credentials);
        }
    };
    if let Some(tokens) = config.tokens(scheme.name) {
        credentials.bearer = Some(Bearer::new(tokens, keyword));
    } else if let Some(token) = secret(config, scheme.name, CredentialPart::Value) {
        let value = join_keyword(keyword, token.expose())?;
        credentials.headers.insert(AUTHORIZATION, value);
    }
    Ok(())
}

/// Joins a keyword and a credential.
#[inline]
fn join_keyword(keyword: &str, credential: &str) -> Result<HeaderValue, BuildError> {
    let text = Zeroizing::new([keyword, credential].join(" "));
    header::secret(&AUTHORIZATION, &text)
}

/// Adds basic authentication. A single value with a colon holds the username and the password.
/// Without a colon, the password is empty.
#[inline]
fn basic(
    config: &Config,
    scheme: &SecurityScheme,
    credentials: &mut RequestCredentials<'_>,
) -> Result<(), BuildError> {
    let part = |role| secret(config, scheme.name, role).map(Secret::expose);
    let (user, password) = (
        part(CredentialPart::Username).or_else(|| part(CredentialPart::Value)),
        part(CredentialPart::Password),
    );
    let pair = Zeroizing::new(match (user, password) {
        (None, None) => return Ok(()),
        (Some(both), None) if both.contains(':') => both.to_owned(),
        (user, password) => format!(
            "{}:{}",
            user.unwrap_or_default(),
            password.unwrap_or_default()
        ),
    });
    let text = match scheme.kind {
        SecuritySchemeKind::BasicPlain => pair,
        _ => Zeroizing::new(STANDARD.encode(pair.as_bytes())),
    };
    credentials
        .headers
        .insert(AUTHORIZATION, join_keyword("Basic", &text)?);
    Ok(())
}

#[inline]
fn key(
    config: &Config,
    scheme: &SecurityScheme,
    credentials: &mut RequestCredentials<'_>,
) -> Result<(), BuildError> {
    let Some(key) = secret(config, scheme.name, CredentialPart::Value).map(Secret::expose) else {
        return Ok(());
    };
    match scheme.kind {
        SecuritySchemeKind::ApiKeyHeader(name) => {
            let name = header::name(name)?;
            let value = header::secret(&name, key)?;
            credentials.headers.insert(name, value);
        }
        SecuritySchemeKind::ApiKeyQuery(name) => credentials.query.push(query::pair(name, key)),
        SecuritySchemeKind::ApiKeyCookie(name) => credentials.cookies.push(cookie(name, key)),
        _ => {}
    }
    Ok(())
}
