//! The root mapping of `sdk.yaml`.

use indexmap::IndexMap;
use serde_json::Value;

use super::reader::{Fields, Reader};
use super::{At, Config};
use crate::diagnostics::Diagnostics;
use crate::load;

impl Reader<'_> {
    pub(super) fn config(&mut self, mut root: Fields) -> Config {
        let organization = root.take("organization");
        let targets = root.take("targets");
        let environments = self.entries(root.take("environments"));
        let mut resources = root.take("resources");
        let resource_mode = self.resource_mode(&mut resources);
        let client = root.take("client_settings");
        let query = root.take("query_settings");
        let (array_format, nested_format) = self.formats(query, "query_settings");
        let multipart = root.take("multipart_settings");
        let (part_array_format, part_nested_format) = self.formats(multipart, "multipart_settings");
        let openapi = root.take("openapi");
        let diagnostics = root.take("diagnostics");
        let changes = root.take("changes");
        let config = Config {
            organization: self.organization(organization),
            target: self.targets(targets),
            environments: environments
                .into_iter()
                .filter_map(|(name, url)| Some((name, self.text(Some(url))?)))
                .collect(),
            resource_mode,
            resources: self.resources(resources),
            client: self.client_settings(client),
            pagination: self.pagination(root.take("pagination")),
            event_rules: self.event_rules(root.take("streaming")),
            array_format,
            nested_format,
            part_array_format,
            part_nested_format,
            security: self.security(root.take("security")),
            security_schemes: self.security_schemes(root.take("security_schemes")),
            errors: self.errors(root.take("errors")),
            casings: self.casings(root.take("custom_casings")),
            unspecified_endpoints: self.unspecified(root.take("unspecified_endpoints")),
            unspecified_servers: self.texts(root.take("unspecified_servers")),
            ignored: self.ignored(diagnostics),
            accepted_changes: self.accepted_changes(changes),
            former_names: self.former_names(root.take("aliases")),
            document: self.document_settings(openapi),
            readme: self.readme(root.take("readme")),
            settings: self.settings(root.take("settings")),
        };
        self.finish(root, "");
        config
    }

    fn security(&mut self, node: Option<At<Value>>) -> Option<At<Vec<Vec<String>>>> {
        let node = node?;
        let pointer = node.pointer.clone();
        let requirements = self.list(Some(node));
        let schemes = requirements.into_iter().map(|requirement| {
            let entries = self.entries(Some(requirement));
            entries.into_iter().map(|(scheme, _)| scheme).collect()
        });
        Some(At::new(schemes.collect(), pointer))
    }

    fn security_schemes(
        &mut self,
        node: Option<At<Value>>,
    ) -> Option<IndexMap<String, At<openapiv3::SecurityScheme>>> {
        let node = node?;
        let mut schemes = IndexMap::new();
        for (name, node) in self.entries(Some(node)) {
            let mut found = Diagnostics::new();
            let scheme = load::security_scheme(node.value, &node.pointer, &mut found);
            let each = found.iter().cloned().map(|d| d.in_config());
            self.diagnostics().extend(each);
            if let Some(scheme) = scheme {
                schemes.insert(name, At::new(scheme, node.pointer));
            }
        }
        Some(schemes)
    }
}
