//! The table of configuration keys: one row for each key of the `stainless.yml` format and of
//! `targets.rust`, with its effect on a Rust crate.
//!
//! The reader accepts a key if it has a row here, and warns of each key without effect that is not
//! supported. The guide's page about the configuration is rendered from the same rows.

use std::fmt::Write as _;

/// Effect of a key on the generated crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyEffect {
    /// The key is read.
    Read,
    /// The key has no meaning for a Rust crate, and is ignored.
    None,
    /// The key is ignored with a warning.
    Unsupported,
}

use KeyEffect::{None as NoEffect, Read, Unsupported};

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeyRow {
    /// The mapping that has the key, with `*` for any name. Empty for the root.
    pub(super) parent: &'static str,
    /// The key.
    pub(super) key: &'static str,
    pub(super) effect: KeyEffect,
    /// A note for users.
    pub(super) about: &'static str,
}

const fn row(
    parent: &'static str,
    key: &'static str,
    effect: KeyEffect,
    about: &'static str,
) -> KeyRow {
    KeyRow {
        parent,
        key,
        effect,
        about,
    }
}

/// All rows, by parent.
#[rustfmt::skip]
pub(super) const KEYS: &[KeyRow] = &[
    row("", "edition", Read, "Marks a file that was written for Stainless: `targets.rust.options.retries` is `stainless` then."),
    row("", "organization", Read, ""),
    row("", "targets", Read, "Only `targets.rust` is read."),
    row("", "environments", Read, "Base URLs by name. The first is the default."),
    row("", "resources", Read, ""),
    row("", "settings", Read, ""),
    row("", "client_settings", Read, ""),
    row("", "pagination", Read, "A scheme, or a list of schemes."),
    row("", "streaming", Read, ""),
    row("", "query_settings", Read, ""),
    row("", "multipart_settings", Read, "For parts whose `encoding` the document leaves open."),
    row("", "security", Read, "Replaces the security requirements of the document."),
    row("", "security_schemes", Read, "Replaces the security schemes of the document."),
    row("", "errors", Read, ""),
    row("", "custom_casings", Read, "The spelling of terms in all names."),
    row("", "unspecified_endpoints", Read, "Endpoints that are left out without a warning."),
    row("", "unspecified_servers", Read, "URLs of servers that `sdkwright sync` does not add to `environments`."),
    row("", "openapi", Read, ""),
    row("", "diagnostics", Read, ""),
    row("", "changes", Read, ""),
    row("", "readme", Read, ""),
    row("", "aliases", Read, "Former names, which the crate keeps as deprecated aliases."),
    row("", "package", Unsupported, "The older form of `targets`."),
    row("", "constants", Unsupported, ""),
    row("", "codeflow", NoEffect, ""),
    row("", "docs", NoEffect, ""),
    row("", "terraform", NoEffect, ""),
    row("", "mcp", NoEffect, ""),

    row("organization", "name", Read, "The name of the API. The crate is this name with `-sdk`."),
    row("organization", "docs", Read, "The home page of the crate, unless the target has one."),
    row("organization", "contact", Read, ""),
    row("organization", "security_contact", Read, ""),
    row("organization", "github_org", Read, ""),
    row("organization", "security_policy_url", NoEffect, ""),
    row("organization", "security_policy_terms", NoEffect, ""),
    row("organization", "upload_spec", NoEffect, ""),

    row("targets.rust", "package_name", Read, "The name on crates.io."),
    row("targets.rust", "version", Read, ""),
    row("targets.rust", "license", Read, "An SPDX expression. Overrides `settings.license`."),
    row("targets.rust", "repository", Read, ""),
    row("targets.rust", "production_repo", Read, "`Org/name` is a repository on GitHub."),
    row("targets.rust", "documentation", Read, ""),
    row("targets.rust", "homepage", Read, ""),
    row("targets.rust", "description", Read, ""),
    row("targets.rust", "keywords", Read, ""),
    row("targets.rust", "categories", Read, ""),
    row("targets.rust", "authors", Read, ""),
    row("targets.rust", "rust_version", Read, ""),
    row("targets.rust", "readme_title", Read, ""),
    row("targets.rust", "skip", Read, ""),
    row("targets.rust", "options", Read, ""),
    row("targets.rust", "staging_repo", NoEffect, ""),
    row("targets.rust", "publish", NoEffect, ""),
    row("targets.rust", "edition", NoEffect, ""),
    row("targets.rust", "keep_files", NoEffect, ""),
    row("targets.rust", "screencast", NoEffect, ""),
    row("targets.rust", "custom", NoEffect, ""),
    row("targets.rust.options", "custom", Read, "Code of the crate's owners in a module `custom`. `true`: the files are in the crate, and the generator leaves them alone."),
    row("targets.rust.options.custom", "folder", Read, "The folder of the files, relative to this one. Its `src/custom`, `examples` and `tests` become part of the crate, and its `README.md` a section of the README."),
    row("targets.rust.options.custom", "dependencies", Read, "A version, or a mapping, by the name of the crate. A dependency that the runtime has keeps its version."),
    row("targets.rust.options.custom", "features", Read, "Lists of what each feature enables. A feature of the runtime, such as `tower`, enables this in addition."),
    row("targets.rust.options.custom", "examples", Read, "Lists of the features that each example requires."),
    row("targets.rust.options.custom", "tests", Read, "Lists of the features that each integration test requires."),
    row("targets.rust.options.custom.dependencies.*", "version", Read, "As in `Cargo.toml`."),
    row("targets.rust.options.custom.dependencies.*", "features", Read, ""),
    row("targets.rust.options.custom.dependencies.*", "default_features", Read, "`false`: without the default features."),
    row("targets.rust.options.custom.dependencies.*", "optional", Read, "`true`: only features of the crate enable it."),
    row("targets.rust.options", "date_time", Read, "`chrono`, `jiff` or `time`."),
    row("targets.rust.options", "retries", Read, "`rfc9110` or `stainless`: which calls are repeated."),
    row("targets.rust.options", "byte_format", Read, "`base64` or `text`: the meaning of `format: byte`."),
    row("targets.rust.options", "runtime", Read, "`vendored` or `dependency`: a copy of the runtime in the crate, or the crate `sdkwright-runtime`."),
    row("targets.rust.options", "like", Read, "A language such as `go`. Its `skip` and `only` lists apply where they do not name `rust`."),

    row("resources", "mode", Read, "`complete` or `override`: whether operations that the file does not name have no method, or inferred ones."),
    row("resources.*", "models", Read, ""),
    row("resources.*", "methods", Read, ""),
    row("resources.*", "subresources", Read, ""),
    row("resources.*", "description", Read, ""),
    row("resources.*", "deprecated", Read, "The message of all methods below."),
    row("resources.*", "skip", Read, "`true`, or a list of languages."),
    row("resources.*", "only", Read, "A list of languages."),
    row("resources.*", "custom", Read, "`true`: the resource is not generated."),
    row("resources.*", "standalone_api", NoEffect, ""),
    row("resources.*", "mcp", NoEffect, ""),
    row("resources.*", "terraform", NoEffect, ""),
    row("resources.*", "docs", NoEffect, ""),
    row("resources.*", "cli", NoEffect, ""),
    row("resources.*.models.*", "type", Read, "`model` or `alias`."),
    row("resources.*.models.*", "openapi_uri", Read, "A reference, or the name of a component. Queries are not supported."),
    row("resources.*.models.*", "to", Read, "The model that an alias stands for."),
    row("resources.*.models.*", "deprecated", Read, "The message of an alias."),
    row("resources.*.models.*", "skip", Read, ""),
    row("resources.*.models.*", "only", Read, ""),
    row("resources.*.models.*", "param_model", Read, "A second name: requests and responses share the type."),
    row("resources.*.models.*", "no_params_suffix", NoEffect, ""),
    row("resources.*.models.*", "force_generation", NoEffect, "Every configured model is generated."),
    row("resources.*.models.*", "mcp", NoEffect, ""),
    row("resources.*.models.*", "terraform", NoEffect, ""),
    row("resources.*.models.*", "docs", NoEffect, ""),
    row("resources.*.models.*", "cli", NoEffect, ""),
    row("resources.*.methods.*", "type", Read, "`http`, `alias` or `webhook_unwrap`."),
    row("resources.*.methods.*", "endpoint", Read, ""),
    row("resources.*.methods.*", "to", Read, "The method that an alias stands for."),
    row("resources.*.methods.*", "paginated", Read, ""),
    row("resources.*.methods.*", "streaming", Read, ""),
    row("resources.*.methods.*", "unwrap_response", Read, "The property that the method returns. Pages and streams are returned whole."),
    row("resources.*.methods.*", "body_param_name", Read, ""),
    row("resources.*.methods.*", "positional_params", Read, "The order of the arguments. Those of the path come first, and the others are arguments of `new`."),
    row("resources.*.methods.*", "default_request_options", Read, ""),
    row("resources.*.methods.*", "deprecated", Read, "The message of `#[deprecated]`."),
    row("resources.*.methods.*", "description", Read, ""),
    row("resources.*.methods.*", "skip", Read, ""),
    row("resources.*.methods.*", "only", Read, ""),
    row("resources.*.methods.*", "discriminator", Read, "The property that selects the type of a webhook event."),
    row("resources.*.methods.*", "webhook_key_opt", Read, "Without it, the method does not verify signatures."),
    row("resources.*.methods.*", "force_generation", NoEffect, ""),
    row("resources.*.methods.*", "mcp", NoEffect, ""),
    row("resources.*.methods.*", "terraform", NoEffect, ""),
    row("resources.*.methods.*", "docs", NoEffect, ""),
    row("resources.*.methods.*", "skip_test_reason", NoEffect, ""),
    row("resources.*.methods.*", "cli", NoEffect, ""),
    row("resources.*.methods.*.streaming", "param_discriminator", Read, ""),
    row("resources.*.methods.*.streaming", "stream_event_model", Read, ""),
    row("resources.*.methods.*.streaming", "params_type_name", Read, ""),
    row("resources.*.methods.*.streaming", "type", NoEffect, "Only server-sent events and lines of JSON are streams."),
    row("resources.*.methods.*.default_request_options", "timeout", Read, "Milliseconds, or a duration of ISO 8601."),
    row("resources.*.methods.*.default_request_options", "max_retries", Read, ""),

    row("settings", "license", Read, ""),
    row("settings", "unwrap_response_fields", Read, "A property with such a name is returned in place of the response, if it is the only one."),
    row("settings", "unwrap_multiproperty_response_fields", Unsupported, "`unwrap_response` does it for a method."),
    row("settings", "positional_params", Unsupported, "The parameters of a path are always arguments."),
    row("settings", "disable_mock_tests", Read, "`true`: the crate has no tests."),
    row("settings", "disable_tests", Read, "`true`: the crate has no tests."),
    row("settings", "file_header", Read, "A comment at the head of each generated Rust file."),
    row("settings", "per_endpoint_security", NoEffect, "Each method sends what its endpoint requires."),
    row("settings", "sort_schema_properties", NoEffect, "Fields keep the order of the document."),
    row("settings", "python", NoEffect, ""),

    row("client_settings", "opts", Read, ""),
    row("client_settings", "default_timeout", Read, ""),
    row("client_settings", "default_retries", Read, ""),
    row("client_settings", "default_headers", Read, ""),
    row("client_settings", "idempotency", Read, ""),
    row("client_settings", "default_env_prefix", Read, ""),
    row("client_settings", "default_client_name", Read, ""),
    row("client_settings", "response_headers", Read, ""),
    row("client_settings", "omit_stainless_headers", Read, ""),
    row("client_settings", "omit_platform_headers", Read, ""),
    row("client_settings", "opt_in_new_security_behaviour", NoEffect, ""),
    row("client_settings", "bearer_token_refresh", Unsupported, "`ClientBuilder::token_provider` renews tokens."),
    row("client_settings.idempotency", "header", Read, ""),
    row("client_settings.response_headers", "request_id", Read, ""),
    row("client_settings.default_retries", "max_retries", Read, ""),
    row("client_settings.default_retries", "initial_delay_seconds", Read, ""),
    row("client_settings.default_retries", "max_delay_seconds", Read, ""),
    row("client_settings.opts.*", "type", Read, ""),
    row("client_settings.opts.*", "description", Read, ""),
    row("client_settings.opts.*", "example", Read, ""),
    row("client_settings.opts.*", "default", Read, ""),
    row("client_settings.opts.*", "nullable", Read, "`true`: calls can do without the option."),
    row("client_settings.opts.*", "required", Read, "Whether a client needs the option. Without it, `nullable` and `default` decide."),
    row("client_settings.opts.*", "read_env", Read, ""),
    row("client_settings.opts.*", "auth", Read, ""),
    row("client_settings.opts.*", "server_variable", Read, ""),
    row("client_settings.opts.*", "send_in_header", Read, ""),
    row("client_settings.opts.*", "send_as_query_param", Read, ""),
    row("client_settings.opts.*", "send_as_path_param", Read, ""),
    row("client_settings.opts.*", "send_as_body_param", Read, ""),
    row("client_settings.opts.*", "format", NoEffect, ""),
    row("client_settings.opts.*", "required_in_tests", NoEffect, ""),
    row("client_settings.opts.*.auth", "security_scheme", Read, ""),
    row("client_settings.opts.*.auth", "role", Read, ""),

    row("pagination.*", "name", Read, ""),
    row("pagination.*", "description", Read, ""),
    row("pagination.*", "type", Read, ""),
    row("pagination.*", "request", Read, ""),
    row("pagination.*", "response", Read, ""),
    row("pagination.*", "param_location", Read, ""),
    row("pagination.*", "continue_on_empty_items", Read, ""),
    row("x-stainless-pagination-property", "purpose", Read, "A string in place of the mapping is the purpose."),
    row("x-stainless-pagination-property", "is_top_level_array", Read, ""),
    row("x-stainless-pagination-property", "from_header", Read, ""),
    row("x-stainless-pagination-property", "required", NoEffect, ""),

    row("streaming", "on_event", Read, ""),
    row("streaming.on_event.*", "data_starts_with", Read, ""),
    row("streaming.on_event.*", "event_type", Read, ""),
    row("streaming.on_event.*", "kind", Read, ""),
    row("streaming.on_event.*", "handle", Read, ""),
    row("streaming.on_event.*", "error_property", NoEffect, "The message of an error is found as in `errors`."),

    row("query_settings", "array_format", Read, ""),
    row("query_settings", "nested_format", Read, ""),

    row("multipart_settings", "array_format", Read, "Lists of files are repeated, or have `[]` after their name with `brackets`."),
    row("multipart_settings", "nested_format", Read, ""),

    row("errors", "message_property", Read, ""),
    row("errors", "union", Read, ""),
    row("errors.union", "source", Read, "The schema of error bodies: the type of `ApiError::body`."),
    row("errors.union", "discriminator", NoEffect, "As the schema declares."),
    row("errors.union", "status_property", NoEffect, "`ApiError::status` has the status."),
    row("errors.union", "variants", NoEffect, "The variants are those of the schema."),

    row("custom_casings.*", "initialism", Read, "`true`: the term is one word. Types write it as Rust does: `Api`."),
    row("custom_casings.*", "snake", Read, "In methods, fields and resources. The letters are those of `pascal`."),
    row("custom_casings.*", "pascal", Read, "In types and variants."),
    row("custom_casings.*", "camel", Read, "In place of `pascal`."),
    row("custom_casings.*", "singular", Read, "The name of a resource in the names of its types."),
    row("custom_casings.*", "plural", Read, "The plural of `singular`. Without it, the term."),
    row("custom_casings.*", "capital", NoEffect, ""),

    row("readme", "example_requests", Read, ""),
    row("readme", "example_types", NoEffect, ""),
    row("readme", "include_stainless_attribution", NoEffect, ""),
    row("readme.example_requests", "headline", Read, "The call of the quick start."),
    row("readme.example_requests", "default", Read, "The call of the quick start, without `headline`."),
    row("readme.example_requests", "pagination", Read, "The call that lists items."),
    row("readme.example_requests", "streaming", NoEffect, "The README shows it without a call."),
    row("readme.example_requests", "file_uploads", NoEffect, "The README shows it without a call."),
    row("readme.example_requests", "errors", NoEffect, "The README shows it without a call."),
    row("readme.example_requests", "retries", NoEffect, "The README shows it without a call."),
    row("readme.example_requests", "timeouts", NoEffect, "The README shows it without a call."),
    row("readme.example_requests", "raw_response", NoEffect, "The README shows it without a call."),
    row("readme.example_requests", "default_headers", NoEffect, "The README shows it without a call."),
    row("readme.example_requests", "http_agent", NoEffect, ""),
    row("readme.example_requests", "nested_params", NoEffect, ""),
    row("readme.example_requests", "undocumented_params", NoEffect, ""),
    row("readme.example_requests.*", "type", NoEffect, "Each is a call."),
    row("readme.example_requests.*", "endpoint", Read, ""),
    row("readme.example_requests.*", "params", Read, "Values by their names on the wire."),
    row("readme.example_requests.*", "response_property", Read, "The property that the quick start prints."),
    row("readme.example_requests.*", "assign_to", NoEffect, ""),
    row("readme.example_requests.*", "file_param", NoEffect, ""),
    row("readme.example_requests.*", "file_path", NoEffect, ""),

    row("openapi", "sha256", Read, "The SHA-256 of the document at its URL, which `init` and `sync` write. A document with another one is an error."),
    row("openapi", "transforms", Read, ""),
    row("openapi", "transformations", Read, "The older name of `transforms`."),
    row("openapi", "code_samples", NoEffect, ""),
    row("openapi", "code_sample_languages", NoEffect, ""),
    row("openapi.transforms.*", "command", Read, "`append`, `copy`, `merge`, `move`, `remove` or `update`."),
    row("openapi.transforms.*", "reason", Read, ""),
    row("openapi.transforms.*", "args", Read, ""),

    row("diagnostics", "ignored", Read, ""),
    row("diagnostics.ignored.*", "location", Read, ""),
    row("diagnostics.ignored.*", "locations", Read, ""),
    row("diagnostics.ignored.*", "target", Read, ""),
    row("diagnostics.ignored.*", "targets", Read, ""),
    row("diagnostics.ignored.*", "reason", Read, ""),

    row("changes", "accepted", Read, "Breaking changes of a release that are accepted."),
    row("changes.accepted.*", "item", Read, ""),
    row("changes.accepted.*", "items", Read, ""),
    row("changes.accepted.*", "reason", Read, ""),

    row("aliases", "methods", Read, "By the former name with its resources: `pets.list`."),
    row("aliases", "resources", Read, "By the former path of a resource, with all that is below it: `pets.toys`."),
    row("aliases", "types", Read, "By the former name in Rust: `PetListParams`."),
    row("aliases.*.*", "to", Read, "The new name."),
    row("aliases.*.*", "since", Read, "The version that renamed it, for `#[deprecated]`."),
    row("aliases.*.*", "until", Read, "The version that removes the alias."),
];

/// The rows of a mapping.
pub(super) fn list_rows(parent: &str) -> impl Iterator<Item = &'static KeyRow> {
    KEYS.iter().filter(move |row| row.parent == parent)
}

/// Renders the table for the guide.
#[must_use]
pub fn render_key_reference() -> String {
    let mut text = String::from(HEAD);
    for row in KEYS {
        let path = match row.parent {
            "" => row.key.to_owned(),
            parent => format!("{parent}.{}", row.key),
        };
        let effect = match row.effect {
            Read => "read",
            NoEffect => "no effect in Rust",
            Unsupported => "not supported",
        };
        // Writing to a string does not fail.
        let _ = writeln!(text, "| `{path}` | {effect} | {} |", row.about);
    }
    text
}

const HEAD: &str = "\
# Configuration

`sdk.yaml` holds the decisions that the description leaves open. Its format is that of `stainless.yml`, with the target
`rust` in addition. The generator looks next to the description, and reads the first of these files that exists:
`sdk.yaml`, `stainless.yml`, `.stainless/stainless.yml` and `openapi.stainless.yml`, each also with the ending `.yaml`.

Each key is in the table below. A key that is *read* has the effect that the `stainless.yml` format gives it. A key
with *no effect in Rust* is for another language, or for a service, and is ignored. A key that is *not supported* is
ignored with the warning `unsupported-config-key`. Any other key causes the warning `unknown-config-key`, which names
the most similar key, and is an error with `--strict`. Keys that begin with `x-` are free for your use. `*` stands for
any name, and `resources.*` also for each entry of `subresources`.

`sdkwright schema` prints the JSON Schema of the file. `sdkwright init` writes a first line that makes editors complete
and check the keys.

## Files that do not name every operation

Without `resources`, all calls are inferred. With them, `resources.mode` decides about the operations that the file does
not name:

- `complete`, the default, gives them no method, and each is the warning `endpoint-not-configured`. A new operation then
  never gets a name that nobody chose. `sdkwright sync` adds it to the file.
- `override` gives them inferred methods, and webhooks the usual one. It is for a file that changes a few names.

A method whose endpoint the description does not have is the error `unknown-endpoint`. `sdkwright sync` follows new names of
path variables, and `sdkwright sync --remove` removes methods of removed operations.

```yaml
resources:
  mode: override
  pets: { methods: { adopt: post /pets } }
```

## Keys

| Key | Effect | Notes |
|---|---|---|
";
