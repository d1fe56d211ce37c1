//! Proves to the server who makes a call.
//!
//! A requirement is a list of alternatives, each a list of schemes that go together.
//! The first alternative that the client has everything for is used. What the caller
//! wrote into the headers or the query by hand counts as theirs, and is left alone.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderName;
use http::header::{AUTHORIZATION, COOKIE, HeaderMap};
use secrecy::zeroize::Zeroizing;

use crate::runtime::api::{Credential, Scheme, SchemeKind};
use crate::runtime::config::Config;
use crate::runtime::error::BuildError;
use crate::runtime::parts::{RequestParts, cookie};
use crate::runtime::query::{self, Pair};
use crate::runtime::{header, secret::Secret};

/// What authentication adds to a call.
#[derive(Default)]
pub(crate) struct Proof {
    pub(crate) headers: HeaderMap,
    pub(crate) query: Vec<Pair>,
    pub(crate) cookies: Vec<String>,
}

/// Fulfils the requirement of a call.
pub(crate) fn prove(config: &Config, call: &RequestParts) -> Result<Proof, BuildError> {
    let mut proof = Proof::default();
    let requirement = call.security.unwrap_or(config.api.security);
    let usable = |alternative: &&&[&str]| {
        !alternative.is_empty()
            && alternative
                .iter()
                .all(|name| has(config, name) || by_hand(config, call, name))
    };
    match requirement.iter().find(usable) {
        Some(schemes) => {
            for scheme in schemes.iter().filter_map(|name| scheme(config, name)) {
                apply(config, scheme, &mut proof)?;
            }
        }
        None if requirement
            .iter()
            .all(|alternative| !alternative.is_empty())
            && !requirement.is_empty() =>
        {
            return Err(missing(config, requirement));
        }
        None => {}
    }
    Ok(proof)
}

/// Checks that a client's credentials can be sent at all.
pub(crate) fn check(config: &Config) -> Result<(), BuildError> {
    config
        .api
        .schemes
        .iter()
        .try_for_each(|scheme| apply(config, scheme, &mut Proof::default()))
}

fn scheme(config: &Config, name: &str) -> Option<&'static Scheme> {
    config.api.schemes.iter().find(|scheme| scheme.name == name)
}

/// The options that fill a scheme.
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

/// The credentials of a scheme, in the order of their options.
fn secrets<'a>(config: &'a Config, scheme: &'a str) -> impl Iterator<Item = &'a Secret> {
    options(config, scheme).filter_map(|credential| config.credential(credential.option))
}

fn has(config: &Config, scheme: &str) -> bool {
    secrets(config, scheme).next().is_some()
}

/// Whether the caller set or removed what a scheme would set.
fn by_hand(config: &Config, call: &RequestParts, name: &str) -> bool {
    let header_set = |name: &HeaderName| {
        [&config.headers, &call.headers]
            .into_iter()
            .any(|headers| headers.contains_key(name))
            || config.removed.contains(name)
            || call.removed.contains(name)
    };
    match scheme(config, name).map(|scheme| scheme.kind) {
        Some(SchemeKind::Bearer | SchemeKind::Basic) => header_set(&AUTHORIZATION),
        Some(SchemeKind::ApiKeyHeader(name)) => {
            header::name(name).is_ok_and(|name| header_set(&name))
        }
        Some(SchemeKind::ApiKeyQuery(name)) => config
            .query
            .iter()
            .chain(&call.query)
            .any(|pair| pair.name == name),
        Some(SchemeKind::ApiKeyCookie(_)) => header_set(&COOKIE),
        None => false,
    }
}

/// Adds the credential of one scheme, if the client has it.
fn apply(config: &Config, scheme: &Scheme, proof: &mut Proof) -> Result<(), BuildError> {
    let mut secrets = secrets(config, scheme.name).map(Secret::expose);
    let Some(first) = secrets.next() else {
        return Ok(());
    };
    match scheme.kind {
        SchemeKind::Bearer => {
            let text = Zeroizing::new(format!("Bearer {first}"));
            let value = header::secret(&AUTHORIZATION, &text)?;
            proof.headers.insert(AUTHORIZATION, value);
        }
        SchemeKind::Basic => {
            let text = Zeroizing::new(match secrets.next() {
                Some(password) => format!("{first}:{password}"),
                None if first.contains(':') => first.to_owned(),
                None => format!("{first}:"),
            });
            let text = Zeroizing::new(format!("Basic {}", STANDARD.encode(text.as_bytes())));
            let value = header::secret(&AUTHORIZATION, &text)?;
            proof.headers.insert(AUTHORIZATION, value);
        }
        SchemeKind::ApiKeyHeader(name) => {
            let name = header::name(name)?;
            let value = header::secret(&name, first)?;
            proof.headers.insert(name, value);
        }
        SchemeKind::ApiKeyQuery(name) => proof.query.push(query::pair(name, first)),
        SchemeKind::ApiKeyCookie(name) => proof.cookies.push(cookie(name, first)),
    }
    Ok(())
}

/// Says which options would fulfil a requirement.
fn missing(config: &Config, requirement: &[&[&str]]) -> BuildError {
    let wanted: Vec<String> = requirement
        .iter()
        .flat_map(|alternative| alternative.iter())
        .flat_map(|scheme| options(config, scheme))
        .map(|credential| match credential.env {
            Some(variable) => format!(
                "`{}` (or the environment variable {variable})",
                credential.option
            ),
            None => format!("`{}`", credential.option),
        })
        .collect();
    BuildError::new(format!(
        "this call needs credentials; set {}",
        wanted.join(" or ")
    ))
}
