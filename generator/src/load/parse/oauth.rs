//! The flows of OAuth 2.0.

use indexmap::IndexMap;
use openapiv3::{
    AuthorizationCodeOAuth2Flow, ClientCredentialsOAuth2Flow, ImplicitOAuth2Flow, OAuth2Flows,
    PasswordOAuth2Flow,
};
use serde_json::{Map, Value};

use super::Parser;
use crate::diagnostics::Code;
use crate::source::PointerPath;

/// The properties of a flow, of any kind.
#[derive(Default)]
struct Flow {
    authorization_url: String,
    token_url: String,
    refresh_url: Option<String>,
    scopes: IndexMap<String, String>,
    extensions: IndexMap<String, Value>,
}

impl Parser<'_> {
    pub(super) fn parse_flows(&mut self, value: Value, at: &PointerPath<'_>) -> OAuth2Flows {
        let mut flows = OAuth2Flows::default();
        for (key, value) in self.read_object(value, at).unwrap_or_default() {
            if key.starts_with("x-") {
                flows.extensions.insert(key, value);
            } else {
                let here = at.key(&key);
                self.parse_flow(&mut flows, &key, value, &here);
            }
        }
        flows
    }

    pub(super) fn parse_flow(
        &mut self,
        flows: &mut OAuth2Flows,
        kind: &str,
        value: Value,
        at: &PointerPath<'_>,
    ) {
        let Some(map) = self.read_object(value, at) else {
            return;
        };
        let Flow {
            authorization_url,
            token_url,
            refresh_url,
            scopes,
            extensions,
        } = self.parse_flow_properties(map, at);
        match kind {
            "implicit" => {
                flows.implicit = Some(ImplicitOAuth2Flow {
                    authorization_url,
                    refresh_url,
                    scopes,
                    extensions,
                });
            }
            "password" => {
                flows.password = Some(PasswordOAuth2Flow {
                    refresh_url,
                    token_url,
                    scopes,
                    extensions,
                });
            }
            "clientCredentials" | "application" => {
                flows.client_credentials = Some(ClientCredentialsOAuth2Flow {
                    refresh_url,
                    token_url,
                    scopes,
                    extensions,
                });
            }
            "authorizationCode" | "accessCode" => {
                flows.authorization_code = Some(AuthorizationCodeOAuth2Flow {
                    authorization_url,
                    token_url,
                    refresh_url,
                    scopes,
                    extensions,
                });
            }
            _ => {
                let message =
                    format!("the OAuth 2.0 flow `{kind}` is not supported; it is ignored");
                self.report(Code::UnsupportedOauthFlow, at, message);
            }
        }
    }

    fn parse_flow_properties(&mut self, map: Map<String, Value>, at: &PointerPath<'_>) -> Flow {
        let mut flow = Flow::default();
        for (key, value) in map {
            let here = at.key(&key);
            match key.as_str() {
                "authorizationUrl" => {
                    flow.authorization_url = self.read_string(value, &here).unwrap_or_default();
                }
                "tokenUrl" => flow.token_url = self.read_string(value, &here).unwrap_or_default(),
                "refreshUrl" => flow.refresh_url = self.read_string(value, &here),
                "scopes" => flow.scopes = self.parse_scopes(value, &here),
                _ if key.starts_with("x-") => {
                    flow.extensions.insert(key, value);
                }
                _ => {}
            }
        }
        flow
    }

    fn parse_scopes(&mut self, value: Value, at: &PointerPath<'_>) -> IndexMap<String, String> {
        match value {
            Value::Array(_) => {
                let scopes = self.read_strings(value, at).into_iter();
                scopes.map(|scope| (scope, String::new())).collect()
            }
            other => self.parse_map(other, at, |r, v, at| {
                Some(r.read_string(v, at).unwrap_or_default())
            }),
        }
    }
}
