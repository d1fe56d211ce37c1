//! `readme`: the calls that the README and the documentation of the crate show.

use serde_json::{Map, Value};

use super::reader::Reader;
use super::{At, Endpoint};
use crate::diagnostics::Code;

/// `readme.example_requests`.
#[derive(Debug, Clone, Default)]
pub struct Readme {
    /// `headline`, or else `default`: the call of the quick start.
    pub headline: Option<ExampleRequest>,
    /// `pagination`: the call that lists items.
    pub pagination: Option<ExampleRequest>,
}

/// An example call.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleRequest {
    /// `endpoint`.
    pub endpoint: At<Endpoint>,
    /// `params`: the values of parameters and body properties, by their names on the wire.
    pub params: At<Map<String, Value>>,
    /// `response_property`: the property of the response that is printed.
    pub response_property: Option<At<String>>,
}

impl Reader<'_> {
    pub(super) fn readme(&mut self, node: Option<At<Value>>) -> Readme {
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return Readme::default();
        };
        let requests = fields.take("example_requests");
        self.finish(fields, "readme");
        let Some(mut requests) = requests.and_then(|node| self.fields(node)) else {
            return Readme::default();
        };
        let usual = self.example_request(requests.take("default"));
        let headline = self.example_request(requests.take("headline"));
        let readme = Readme {
            headline: headline.or(usual),
            pagination: self.example_request(requests.take("pagination")),
        };
        self.finish(requests, "readme.example_requests");
        readme
    }

    fn example_request(&mut self, node: Option<At<Value>>) -> Option<ExampleRequest> {
        let mut fields = self.fields(node?)?;
        let at = fields.at.clone();
        let endpoint = self.text(fields.take("endpoint"));
        let response_property = self.response_property(fields.take("response_property"));
        let params = fields.take("params");
        let pointer = params.as_ref().map_or(&at, |node| &node.pointer).clone();
        let params = self.entries(params).into_iter();
        let params = params.map(|(name, node)| (name, node.value)).collect();
        self.finish(fields, "readme.example_requests.*");
        let Some(endpoint) = endpoint else {
            let message = "the example has no `endpoint`".to_owned();
            let help = "add one: `endpoint: get /v1/things`";
            self.error(Code::MissingConfigKey, &at, message, help);
            return None;
        };
        Some(ExampleRequest {
            endpoint: self.endpoint(&endpoint)?,
            params: At::new(params, pointer),
            response_property,
        })
    }

    /// Reads the name of a property. `false` means the whole response.
    fn response_property(&mut self, node: Option<At<Value>>) -> Option<At<String>> {
        let node = node.filter(|node| node.value != Value::Bool(false));
        self.text(node)
    }
}
