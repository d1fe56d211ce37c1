//! Security schemes of the API.

use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{APIKeyLocation, OpenAPI, SecurityScheme as Source};

use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{SecurityRequirement, SecurityScheme};
use crate::lower::components::resolve_item;
use crate::lower::findings::Findings;
use crate::lower::name_extensions::{NamedItem, read_verbatim};
use crate::lower::operation::endpoint::Endpoint;
use crate::lower::operation::security_requirement::{keep_known_schemes, lower_requirements};
use crate::source::Pointer;

/// Returns the schemes of the configuration, or those of the document.
pub(in crate::lower) fn schemes(
    openapi: &OpenAPI,
    endpoints: &[Endpoint<'_>],
    config: &Config,
    findings: &mut Findings,
) -> IndexMap<String, SecurityScheme> {
    let scopes = |name: &str, source: &Source| scopes(name, source, openapi, endpoints);
    if let Some(schemes) = &config.security_schemes {
        let configured = schemes.iter();
        return configured
            .filter_map(|(name, scheme)| {
                let scopes = scopes(name, &scheme.value);
                let found = self::scheme(&scheme.value, scopes, &scheme.pointer, findings)?;
                Some((name.clone(), found))
            })
            .collect();
    }
    let at = Pointer::root().child("components").child("securitySchemes");
    list_declared_schemes(openapi)
        .filter_map(|(name, source)| {
            let found = scheme(source, scopes(name, source), &at.child(name), findings)?;
            Some((name.clone(), found))
        })
        .collect()
}

/// Reads the environment variables that the document names for credentials, by security scheme.
pub(in crate::lower) fn read_env_names(
    openapi: &OpenAPI,
    findings: &mut Findings,
) -> HashMap<String, String> {
    let at = Pointer::root().child("components").child("securitySchemes");
    let names = list_declared_schemes(openapi).filter_map(|(name, source)| {
        let extensions = match source {
            Source::APIKey { extensions, .. }
            | Source::HTTP { extensions, .. }
            | Source::OAuth2 { extensions, .. }
            | Source::OpenIDConnect { extensions, .. } => extensions,
        };
        let item = NamedItem::EnvironmentVariable;
        let variable = read_verbatim(item, extensions, &at.child(name), findings)?;
        Some((name.clone(), variable))
    });
    names.collect()
}

fn list_declared_schemes(openapi: &OpenAPI) -> impl Iterator<Item = (&String, &Source)> {
    let section = openapi.components.as_ref().map(|it| &it.security_schemes);
    section
        .into_iter()
        .flatten()
        .filter_map(move |(name, scheme)| {
            let scheme = resolve_item(scheme, "securitySchemes", section)?;
            Some((name, scheme))
        })
}

fn scheme(
    source: &Source,
    scopes: Vec<String>,
    at: &Pointer,
    findings: &mut Findings,
) -> Option<SecurityScheme> {
    Some(match source {
        Source::APIKey { location, name, .. } => match location {
            APIKeyLocation::Header => SecurityScheme::ApiKeyHeader(name.clone()),
            APIKeyLocation::Query => SecurityScheme::ApiKeyQuery(name.clone()),
            APIKeyLocation::Cookie => SecurityScheme::ApiKeyCookie(name.clone()),
        },
        Source::HTTP {
            scheme, extensions, ..
        } => {
            let own = extensions.get("x-stainless-auth");
            return http(scheme, own, at, findings);
        }
        Source::OAuth2 { flows, .. } => SecurityScheme::OAuth2 {
            token_url: flows
                .client_credentials
                .as_ref()
                .map(|flow| flow.token_url.clone())
                .filter(|url| !url.trim().is_empty()),
            scopes,
        },
        Source::OpenIDConnect { .. } => SecurityScheme::OpenIdConnect,
    })
}

fn http(
    scheme: &str,
    own: Option<&serde_json::Value>,
    at: &Pointer,
    findings: &mut Findings,
) -> Option<SecurityScheme> {
    let keyword = own.and_then(|auth| auth.get("scheme_keyword")?.as_str());
    let plain = own.and_then(|auth| auth.get("disable_base64")?.as_bool());
    if let Some(keyword) = keyword.filter(|keyword| !is_token(keyword)) {
        let message = format!(
            "`{keyword}` is not a valid authentication scheme (RFC 9110, section 11.1); the security scheme is ignored"
        );
        findings.warn(Code::UnsupportedSecurityScheme, at, message);
        return None;
    }
    match scheme.to_ascii_lowercase().as_str() {
        "basic" if plain == Some(true) => Some(SecurityScheme::BasicPlain),
        "basic" => Some(SecurityScheme::Basic),
        "bearer" => Some(SecurityScheme::Bearer {
            keyword: keyword.unwrap_or("Bearer").to_owned(),
        }),
        "digest" | "hoba" | "mutual" | "negotiate" | "oauth" | "scram-sha-1" | "scram-sha-256"
        | "vapid" | "" => {
            let message = format!(
                "the HTTP authentication scheme `{scheme}` is not supported; set the `Authorization` header yourself"
            );
            findings.warn(Code::UnsupportedSecurityScheme, at, message);
            None
        }
        _ => Some(SecurityScheme::Bearer {
            keyword: keyword.unwrap_or(scheme).to_owned(),
        }),
    }
}

/// Whether a text is an HTTP token (RFC 9110, section 5.6.2).
fn is_token(text: &str) -> bool {
    let is_tchar = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(is_tchar)
}

/// Returns the scopes that requirements list for a scheme and that its flow declares.
fn scopes(
    name: &str,
    source: &Source,
    openapi: &OpenAPI,
    endpoints: &[Endpoint<'_>],
) -> Vec<String> {
    let Source::OAuth2 { flows, .. } = source else {
        return Vec::new();
    };
    let known = flows.client_credentials.as_ref().map(|flow| &flow.scopes);
    let is_known = |scope: &str| known.is_none_or(|k| k.is_empty() || k.contains_key(scope));
    let own = endpoints
        .iter()
        .map(|endpoint| &endpoint.operation.security);
    let listed = std::iter::once(&openapi.security)
        .chain(own)
        .flatten()
        .flatten();
    let listed = listed
        .filter_map(|requirement| requirement.get(name))
        .flatten();
    let scopes: IndexSet<&String> = listed.filter(|scope| is_known(scope)).collect();
    scopes.into_iter().cloned().collect()
}

/// Returns the requirement of operations that declare none.
pub(in crate::lower) fn default_requirements(
    openapi: &OpenAPI,
    config: &Config,
    findings: &mut Findings,
) -> Vec<SecurityRequirement> {
    let Some(security) = &config.security else {
        let list = openapi.security.as_deref().unwrap_or_default();
        return lower_requirements(list, openapi, &Pointer::root().child("security"), findings);
    };
    let is_known = |name: &str| is_declared(name, openapi, config);
    keep_known_schemes(security.value.iter().cloned(), is_known, |index, name| {
        let message = format!("the security scheme `{name}` is not declared; it is ignored");
        let at = security.pointer.index(index);
        let warning = Diagnostic::new(Code::UnknownConfiguredScheme, at, message).in_config();
        findings.push(warning.help("correct the name, or declare the scheme"));
    })
}

/// Whether the configuration declares a scheme, or the document if the configuration declares none.
pub(in crate::lower) fn is_declared(name: &str, openapi: &OpenAPI, config: &Config) -> bool {
    match &config.security_schemes {
        Some(schemes) => schemes.contains_key(name),
        None => list_declared_schemes(openapi).any(|(known, _)| known == name),
    }
}
