//! `security` and `securitySchemes`.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, OAuth2Flows, SecurityRequirement, SecurityScheme};
use serde_json::{Map, Value};

use super::Parser;
use crate::diagnostics::Code;
use crate::source::Pointer;
use crate::source::PointerPath;

/// The members of a scheme, of whichever type it is.
#[derive(Default)]
struct SchemaKeywords {
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
    pub(super) fn requirements(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Option<Vec<SecurityRequirement>> {
        if value.is_null() {
            return None;
        }
        let items = self.list(value, at).into_iter().enumerate();
        Some(
            items
                .filter_map(|(i, item)| self.requirement(item, &at.index(i)))
                .collect(),
        )
    }

    fn requirement(&mut self, value: Value, at: &PointerPath<'_>) -> Option<SecurityRequirement> {
        if let Value::String(name) = value {
            self.report(
                Code::WrongType,
                at,
                "expected a mapping, found a string; it is read as the scheme's name",
            );
            let requirement = IndexMap::from([(name, Vec::new())]);
            return Some(self.without_proven(requirement));
        }
        let requirement = self.members(value, at, |r, scopes, at| {
            // A mapping of scopes to prose is seen in place of their list.
            Some(match scopes {
                Value::Object(map) => map.into_iter().map(|(scope, _)| scope).collect(),
                other => r.texts(other, at),
            })
        });
        let each = requirement.into_iter();
        let named = each.map(|(name, scopes)| (self.scheme_name(name), scopes));
        Some(self.without_proven(named.collect()))
    }

    /// The name of a scheme; since 3.2 a requirement may refer to it.
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

    /// A requirement without the schemes that need nothing in a call.
    fn without_proven(&self, mut requirement: SecurityRequirement) -> SecurityRequirement {
        requirement.retain(|name, _| !self.proven_by_tls.contains(name));
        requirement
    }

    /// The schemes but for those that the transport proves, whose names are kept.
    pub(super) fn without_mutual_tls(&mut self, mut schemes: Value, at: &PointerPath<'_>) -> Value {
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

    /// One scheme, at a place of its own.
    pub(crate) fn single_security_scheme(
        &mut self,
        value: Value,
        at: &Pointer,
    ) -> Option<SecurityScheme> {
        let at = PointerPath::at(at.as_str());
        let map = self.object(value, &at)?;
        self.security_scheme(map, &at)
    }

    /// One scheme of `securitySchemes`.
    pub(super) fn security_scheme(
        &mut self,
        map: Map<String, Value>,
        at: &PointerPath<'_>,
    ) -> Option<SecurityScheme> {
        let mut draft = SchemaKeywords::default();
        let mut flow = None;
        for (key, value) in map {
            let here = at.key(&key);
            match key.as_str() {
                "type" => draft.ty = self.text(value, &here).unwrap_or_default(),
                "name" => draft.name = self.text(value, &here),
                "in" => draft.location = self.text(value, &here),
                "scheme" => draft.scheme = self.text(value, &here),
                "bearerFormat" => draft.bearer_format = self.text(value, &here),
                "description" => draft.description = self.text(value, &here),
                "openIdConnectUrl" => draft.url = self.text(value, &here),
                "flows" => draft.flows = self.flows(value, &here),
                // 2.0 has one flow, whose members stand here.
                "flow" => flow = self.text(value, &here),
                "authorizationUrl" | "tokenUrl" | "scopes" => {
                    draft.extensions.insert(key, value);
                }
                _ if key.starts_with("x-") => {
                    draft.extensions.insert(key, value);
                }
                _ => {}
            }
        }
        let mut legacy = Map::new();
        for key in ["authorizationUrl", "tokenUrl", "scopes"] {
            if let Some(value) = draft.extensions.shift_remove(key) {
                legacy.insert(key.to_owned(), value);
            }
        }
        if let Some(kind) = flow {
            self.flow(&mut draft.flows, &kind, Value::Object(legacy), at);
        }
        self.scheme(draft, at)
    }

    fn scheme(
        &mut self,
        mut draft: SchemaKeywords,
        at: &PointerPath<'_>,
    ) -> Option<SecurityScheme> {
        let description = draft.description.take();
        let extensions = std::mem::take(&mut draft.extensions);
        match normalize_word(&draft.ty).as_str() {
            "apikey" => Some(SecurityScheme::APIKey {
                location: self.key_location(draft.location.as_deref(), at),
                name: draft.name.unwrap_or_else(|| {
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
                flows: draft.flows,
                description,
                extensions,
            }),
            "openidconnect" | "openid" => Some(SecurityScheme::OpenIDConnect {
                open_id_connect_url: draft.url.unwrap_or_default(),
                description,
                extensions,
            }),
            ty @ ("http" | "basic" | "bearer" | "digest" | "jwt") => {
                let scheme = match (draft.scheme, ty) {
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
                    bearer_format: draft.bearer_format,
                    description,
                    extensions,
                })
            }
            _ => {
                let message = format!(
                    "the security type `{}` is not supported; it is ignored",
                    draft.ty
                );
                self.report(Code::UnsupportedSecurityScheme, at, message);
                None
            }
        }
    }

    fn key_location(&mut self, location: Option<&str>, at: &PointerPath<'_>) -> APIKeyLocation {
        match location.map(str::to_ascii_lowercase).as_deref() {
            Some("header") => APIKeyLocation::Header,
            Some("query") => APIKeyLocation::Query,
            Some("cookie") => APIKeyLocation::Cookie,
            _ => {
                self.report(
                    Code::InvalidApiKeyLocation,
                    at,
                    "the key is in no known place; it is sent in a header",
                );
                APIKeyLocation::Header
            }
        }
    }
}

/// The type of a scheme, however it is spelled.
fn normalize_word(ty: &str) -> String {
    ty.to_ascii_lowercase().replace(['-', '_'], "")
}
