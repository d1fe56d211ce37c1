//! Resolution of a builder's options to the sources of access tokens.

use std::sync::Arc;

use super::{ClientBuilder, resolve};
use crate::runtime::api::{CredentialPart, OAuth2, SecurityScheme, SecuritySchemeKind};
use crate::runtime::auth::{Grant, TokenSource, TokenUrl, Tokens};
use crate::runtime::error::ConfigError;
use crate::runtime::secret::Secret;

/// Returns the sources of tokens by scheme name.
///
/// Sources of the client that the builder was created from are reused, so that both share their
/// tokens.
#[inline]
pub(super) fn resolve_tokens(
    builder: &ClientBuilder,
    credentials: &[(&'static str, Secret)],
    base_url: &str,
) -> Result<Vec<(&'static str, Arc<Tokens>)>, ConfigError> {
    let mut found: Vec<(&'static str, Arc<Tokens>)> = Vec::new();
    for scheme in builder.api.schemes {
        if let Some(source) = source(builder, scheme, credentials, base_url)? {
            let mut known = found
                .iter()
                .map(|(_, tokens)| tokens)
                .chain(&builder.tokens);
            let tokens = known
                .find(|tokens| tokens.source.provides_same_tokens(&source))
                .cloned();
            let tokens = tokens.unwrap_or_else(|| Arc::new(Tokens::new(source)));
            found.push((scheme.name, tokens));
        }
    }
    if builder.oauth.provider.is_some() && found.is_empty() {
        return Err(ConfigError::new(
            "a token provider is set, but this API does not use access tokens",
        ));
    }
    Ok(found)
}

/// Returns `true` if a scheme has all of its credentials, given the options that are set.
pub(super) fn serve(builder: &ClientBuilder, scheme: &str, is_set: impl Fn(&str) -> bool) -> bool {
    let Some(scheme) = builder
        .api
        .schemes
        .iter()
        .find(|known| known.name == scheme)
    else {
        return false;
    };
    let has = |role| {
        let mut options = builder.api.credentials.iter();
        options.any(|option| {
            option.scheme == scheme.name && option.part == role && is_set(option.option)
        })
    };
    match scheme.kind {
        SecuritySchemeKind::OAuth2(_) => {
            builder.oauth.provider.is_some()
                || has(CredentialPart::Value)
                || has(CredentialPart::ClientId) && has(CredentialPart::ClientSecret)
        }
        SecuritySchemeKind::Bearer | SecuritySchemeKind::Keyword(_) => {
            builder.oauth.provider.is_some()
        }
        _ => false,
    }
}

#[inline]
fn source(
    builder: &ClientBuilder,
    scheme: &SecurityScheme,
    credentials: &[(&'static str, Secret)],
    base_url: &str,
) -> Result<Option<TokenSource>, ConfigError> {
    let takes_tokens = matches!(
        scheme.kind,
        SecuritySchemeKind::Bearer | SecuritySchemeKind::Keyword(_) | SecuritySchemeKind::OAuth2(_)
    );
    match (&builder.oauth.provider, scheme.kind) {
        (Some(provider), _) if takes_tokens => {
            Ok(Some(TokenSource::Provider(Arc::clone(provider))))
        }
        (None, SecuritySchemeKind::OAuth2(oauth)) => {
            grant(builder, scheme.name, oauth, credentials, base_url)
        }
        _ => Ok(None),
    }
}

/// Returns the grant of a client that has an ID and a secret, but no token.
#[inline]
fn grant(
    builder: &ClientBuilder,
    scheme: &str,
    oauth: &OAuth2,
    credentials: &[(&'static str, Secret)],
    base_url: &str,
) -> Result<Option<TokenSource>, ConfigError> {
    let part = |role| {
        let mut options = builder.api.credentials.iter();
        let option = options.find(|option| option.scheme == scheme && option.part == role)?;
        let mut set = credentials.iter();
        set.find(|(name, _)| *name == option.option)
            .map(|(_, secret)| secret.clone())
    };
    let (None, Some(id), Some(secret)) = (
        part(CredentialPart::Value),
        part(CredentialPart::ClientId),
        part(CredentialPart::ClientSecret),
    ) else {
        return Ok(None);
    };
    let options = &builder.oauth;
    let url = options
        .token_url
        .clone()
        .or_else(|| resolve::prefixed(builder, "TOKEN_URL"));
    let scopes = || {
        oauth
            .scopes
            .iter()
            .map(|scope| (*scope).to_owned())
            .collect()
    };
    Ok(Some(TokenSource::Grant(Grant {
        url: TokenUrl::parse(url.as_deref().unwrap_or(oauth.token_url), base_url)?,
        id,
        secret,
        scopes: options.scopes.clone().unwrap_or_else(scopes),
        params: options.params.clone(),
        authentication: options.authentication,
    })))
}
