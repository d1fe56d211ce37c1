//! `settings`: options of the generator.

use serde_json::Value;

use super::At;
use super::reader::Reader;

/// `settings`: options of the generator.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// `license`: an SPDX expression, or the name of a custom licence.
    pub license: Option<At<String>>,
    /// `unwrap_response_fields`: properties whose value is returned instead of the response.
    pub unwrap_response_fields: Vec<At<String>>,
    /// `positional_params: false`: no parameter is a separate argument.
    pub no_positional_params: bool,
    /// `disable_mock_tests` or `disable_tests`: no tests are generated.
    pub disable_tests: bool,
    /// `file_header`: a comment at the head of each file.
    pub file_header: Option<String>,
}

impl Reader<'_> {
    pub(super) fn settings(&mut self, node: Option<At<Value>>) -> Settings {
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return Settings::default();
        };
        let positional = fields.take("positional_params");
        let settings = Settings {
            license: self.license(fields.take("license")),
            unwrap_response_fields: self.texts(fields.take("unwrap_response_fields")),
            no_positional_params: positional.is_some_and(|node| node.value == Value::Bool(false)),
            disable_tests: self.flag(fields.take("disable_mock_tests"))
                | self.flag(fields.take("disable_tests")),
            file_header: self.plain(fields.take("file_header")),
        };
        // Properties always have the order of the document.
        self.finish(fields, "settings");
        settings
    }

    /// Reads an SPDX expression, or the name of a custom licence.
    fn license(&mut self, node: Option<At<Value>>) -> Option<At<String>> {
        let node = node?;
        if !node.value.is_object() {
            return self.text(Some(node));
        }
        let mut fields = self.fields(node)?;
        self.text(fields.take("name"))
    }
}
