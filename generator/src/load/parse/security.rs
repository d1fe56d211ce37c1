//! `security` and `securitySchemes`.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, OAuth2Flows, SecurityRequirement, SecurityScheme};
use serde_json::{Map, Value};

use super::Parser;
use crate::diagnostics::Code;
use crate::source::Pointer;
use crate::source::PointerPath;

/// The properties of a scheme, of any type.
#[derive(Default)]
struct SchemeProperties {
    ty: String,
    name: Option<String>,
    location: Option<String>,
    scheme: Option<String>,
    bearer_format: Option<String>,
    description: Option<String>,
    url: Option<String>,
    flows: OAuth2Flows,
    extensions: IndexMap<String, Value>,
}

impl Parser<'_> {
    pub(super) fn parse_requirements(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Option<Vec<SecurityRequirement>> {
        if value.is_null() {
            return None;
        }
        let items = self.read_list(value, at).into_iter().enumerate();
        Some(
            items
                .filter_map(|(i, item)| self.parse_requirement(item, &at.index(i)))
                .collect(),
        )
    }

    fn parse_requirement(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Option<SecurityRequirement> {
        if let Value::String(name) = value {
            self.report(
                Code::WrongType,
                at,
                "expected a mapping, found a string; it is read as the scheme's name",
            );
            let requirement = IndexMap::from([(name, Vec::new())]);
            return Some(self.remove_mutual_tls(requirement));
        }
        let requirement = self.parse_map(value, at, |r, scopes, at| {
            // A mapping of scopes to descriptions, instead of their list.
            Some(match scopes {
                Value::Object(map) => map.into_iter().map(|(scope, _)| scope).collect(),
                other => r.read_strings(other, at),
            })
        });
        let each = requirement.into_iter();
        let named = each.map(|(name, scopes)| (self.scheme_name(name), scopes));
        Some(self.remove_mutual_tls(named.collect()))
    }

    /// Returns the name of a scheme. Since 3.2, a requirement may refer to it.
    fn scheme_name(&self, name: String) -> String {
        let schemes = &self.components.security_schemes;
        match name.strip_prefix("#/components/securitySchemes/") {
            Some(referred) if !schemes.contains_key(&name) => {
                let segment = Pointer::parse(&format!("/{referred}")).last();
                segment.unwrap_or_default()
            }
            _ => name,
        }
    }

    /// Removes the mutual TLS schemes from a requirement.
    fn remove_mutual_tls(&self, mut requirement: SecurityRequirement) -> SecurityRequirement {
        requirement.retain(|name, _| !self.proven_by_tls.contains(name));
        requirement
    }

    /// Removes the mutual TLS schemes and records their names.
    pub(super) fn take_mutual_tls(&mut self, mut schemes: Value, at: &PointerPath<'_>) -> Value {
        let Value::Object(map) = &mut schemes else {
            return schemes;
        };
        map.retain(|name, scheme| {
            let ty = scheme.get("type").and_then(Value::as_str);
            let is_tls = ty.is_some_and(|ty| normalize_word(ty) == "mutualtls");
            if is_tls {
                let message = "mutual TLS belongs to the connection; pass a `reqwest::Client` with the certificate to the client";
                self.report(Code::MutualTls, &at.key(name), message);
                self.proven_by_tls.insert(name.clone());
            }
            !is_tls
        });
        schemes
    }

    /// Parses a scheme outside a document.
    pub(crate) fn parse_single_security_scheme(
        &mut self,
        value: Value,
        at: &Pointer,
    ) -> Option<SecurityScheme> {
        let at = PointerPath::at(at.as_str());
        let map = self.read_object(value, &at)?;
        self.parse_security_scheme(map, &at)
    }

    /// Parses an entry of `securitySchemes`.
    pub(super) fn parse_security_scheme(
        &mut self,
        map: Map<String, Value>,
        at: &PointerPath<'_>,
    ) -> Option<SecurityScheme> {
        let mut properties = SchemeProperties::default();
        let mut flow = None;
        for (key, value) in map {
            let here = at.key(&key);
            match key.as_str() {
                "type" => properties.ty = self.read_string(value, &here).unwrap_or_default(),
                "name" => properties.name = self.read_string(value, &here),
                "in" => properties.location = self.read_string(value, &here),
                "scheme" => properties.scheme = self.read_string(value, &here),
                "bearerFormat" => properties.bearer_format = self.read_string(value, &here),
                "description" => properties.description = self.read_string(value, &here),
                "openIdConnectUrl" => properties.url = self.read_string(value, &here),
                "flows" => properties.flows = self.parse_flows(value, &here),
                // 2.0 has one flow, with its properties in the scheme.
                "flow" => flow = self.read_string(value, &here),
                "authorizationUrl" | "tokenUrl" | "scopes" => {
                    properties.extensions.insert(key, value);
                }
                _ if key.starts_with("x-") => {
                    properties.extensions.insert(key, value);
                }
                _ => {}
            }
        }
        let mut legacy = Map::new();
        for key in ["authorizationUrl", "tokenUrl", "scopes"] {
            if let Some(value) = properties.extensions.shift_remove(key) {
                legacy.insert(key.to_owned(), value);
            }
        }
        if let Some(kind) = flow {
            self.parse_flow(&mut properties.flows, &kind, Value::Object(legacy), at);
        }
        self.build_security_scheme(properties, at)
    }

    fn build_security_scheme(
        &mut self,
        mut properties: SchemeProperties,
        at: &PointerPath<'_>,
    ) -> Option<SecurityScheme> {
        let description = properties.description.take();
        let extensions = std::mem::take(&mut properties.extensions);
        match normalize_word(&properties.ty).as_str() {
            "apikey" => Some(SecurityScheme::APIKey {
                location: self.parse_key_location(properties.location.as_deref(), at),
                name: properties.name.unwrap_or_else(|| {
                    self.report(
                        Code::MissingApiKeyName,
                        at,
                        "the API key has no name; `Authorization` is used",
                    );
                    "Authorization".to_owned()
                }),
                description,
                extensions,
            }),
            "oauth2" => Some(SecurityScheme::OAuth2 {
                flows: properties.flows,
                description,
                extensions,
            }),
            "openidconnect" | "openid" => Some(SecurityScheme::OpenIDConnect {
                open_id_connect_url: properties.url.unwrap_or_default(),
                description,
                extensions,
            }),
            ty @ ("http" | "basic" | "bearer" | "digest" | "jwt") => {
                let scheme = match (properties.scheme, ty) {
                    (Some(scheme), _) => scheme,
                    (None, "http" | "jwt") => {
                        self.report(
                            Code::MissingHttpScheme,
                            at,
                            "the HTTP scheme is missing; `bearer` is used",
                        );
                        "bearer".to_owned()
                    }
                    (None, ty) => ty.to_owned(),
                };
                Some(SecurityScheme::HTTP {
                    scheme,
                    bearer_format: properties.bearer_format,
                    description,
                    extensions,
                })
            }
            _ => {
                let message = format!(
                    "the security type `{}` is not supported; it is ignored",
                    properties.ty
                );
                self.report(Code::UnsupportedSecurityScheme, at, message);
                None
            }
        }
    }

    fn parse_key_location(
        &mut self,
        location: Option<&str>,
        at: &PointerPath<'_>,
    ) -> APIKeyLocation {
        match location.map(str::to_ascii_lowercase).as_deref() {
            Some("header") => APIKeyLocation::Header,
            Some("query") => APIKeyLocation::Query,
            Some("cookie") => APIKeyLocation::Cookie,
            _ => {
                self.report(
                    Code::InvalidApiKeyLocation,
                    at,
                    "the location of the key is unknown; the key is sent in a header",
                );
                APIKeyLocation::Header
            }
        }
    }
}

/// Normalizes the spelling of a scheme's type.
fn normalize_word(ty: &str) -> String {
    ty.to_ascii_lowercase().replace(['-', '_'], "")
}
