//! `servers`.

use openapiv3::{Server, ServerVariable};
use serde_json::Value;

use super::Parser;
use crate::diagnostics::Code;
use crate::load::internal_extensions;
use crate::source::PointerPath;

impl Parser<'_> {
    pub(super) fn parse_servers(&mut self, value: Value, at: &PointerPath<'_>) -> Vec<Server> {
        let mut servers: Vec<Server> = Vec::new();
        for (i, item) in self.read_list(value, at).into_iter().enumerate() {
            let here = at.index(i);
            let Some(server) = self.parse_server(item, &here) else {
                continue;
            };
            let name = server.extensions.get(internal_extensions::SERVER_NAME);
            let mut others = servers
                .iter()
                .map(|s| s.extensions.get(internal_extensions::SERVER_NAME));
            if name.is_some() && others.any(|other| other == name) {
                let message = "another server has this name; this server is named by its number";
                self.report(Code::DuplicateServerName, &here.key("name"), message);
            }
            servers.push(server);
        }
        servers
    }

    fn parse_server(&mut self, value: Value, at: &PointerPath<'_>) -> Option<Server> {
        let mut server = Server::default();
        if let Value::String(url) = value {
            self.report(
                Code::WrongType,
                at,
                "expected a mapping, found a string; it is read as the server's URL",
            );
            server.url = url;
            return Some(server);
        }
        let mut has_url = false;
        for (key, value) in self.read_object(value, at)? {
            let here = at.key(&key);
            match key.as_str() {
                "url" => {
                    let url = self.read_string(value, &here);
                    has_url = url.is_some();
                    server.url = url.unwrap_or_default().trim().to_owned();
                }
                "description" => server.description = self.read_string(value, &here),
                "variables" => {
                    let variables = self.parse_map(value, &here, Self::parse_server_variable);
                    server.variables = Some(variables);
                }
                // 3.2 names servers.
                "name" => {
                    let extensions = &mut server.extensions;
                    extensions.insert(internal_extensions::SERVER_NAME.to_owned(), value);
                }
                _ if key.starts_with("x-") => {
                    server.extensions.insert(key, value);
                }
                _ => {}
            }
        }
        if !has_url {
            self.report(
                Code::MissingServerUrl,
                at,
                "a server without a URL is ignored",
            );
            return None;
        }
        Some(server)
    }

    fn parse_server_variable(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Option<ServerVariable> {
        let mut variable = ServerVariable::default();
        let mut default = None;
        if !value.is_object() {
            // `{region: eu}` gives only the default.
            variable.default = self.read_string(value, at)?;
            return Some(variable);
        }
        for (key, value) in self.read_object(value, at)? {
            let here = at.key(&key);
            match key.as_str() {
                "enum" => variable.enumeration = self.read_strings(value, &here),
                "default" => default = self.read_string(value, &here),
                "description" => variable.description = self.read_string(value, &here),
                _ if key.starts_with("x-") => {
                    variable.extensions.insert(key, value);
                }
                _ => {}
            }
        }
        variable.default = default.unwrap_or_else(|| {
            let first = variable.enumeration.first().cloned().unwrap_or_default();
            let message = format!("the variable has no default; `{first}` is used");
            self.report(Code::MissingServerVariableDefault, at, message);
            first
        });
        Some(variable)
    }
}
