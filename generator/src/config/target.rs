//! `organization` and `targets.rust`: the owner of the API, and the crate's manifest.

use serde_json::Value;

use super::At;
use super::custom_code::Custom;
use super::reader::Reader;
use crate::ir::{ByteFormat, DateTimes, RetryRule, RuntimeSource};

/// `organization`: the owner of the API.
#[derive(Debug, Clone, Default)]
pub struct Organization {
    /// `name`: the default for the client's name.
    pub name: Option<At<String>>,
    /// `docs`: the home page of the API's documentation.
    pub docs: Option<At<String>>,
    /// `contact`: an address for questions.
    pub contact: Option<At<String>>,
    /// `security_contact`: an address for reports of vulnerabilities.
    pub security_contact: Option<At<String>>,
    /// `github_org`.
    pub github_org: Option<At<String>>,
}

/// `targets.rust`: the generated crate. Our own extension of the format.
#[derive(Debug, Clone, Default)]
pub struct RustTarget {
    /// `package_name`: the name on crates.io.
    pub package_name: Option<At<String>>,
    /// `version`: the version of the crate.
    pub version: Option<At<String>>,
    /// `license`: an SPDX expression. It takes precedence over `settings.license`.
    pub license: Option<At<String>>,
    /// `repository`: a URL. `production_repo: Org/name` means one on GitHub.
    pub repository: Option<At<String>>,
    /// `documentation`: a URL.
    pub documentation: Option<At<String>>,
    /// `homepage`: a URL.
    pub homepage: Option<At<String>>,
    /// `description`: the line on crates.io.
    pub description: Option<At<String>>,
    /// `keywords`, at most five on crates.io.
    pub keywords: Vec<At<String>>,
    /// `categories` of crates.io.
    pub categories: Vec<At<String>>,
    /// `authors`.
    pub authors: Vec<At<String>>,
    /// `rust_version`: the oldest supported compiler.
    pub rust_version: Option<At<String>>,
    /// `readme_title`.
    pub readme_title: Option<At<String>>,
    /// `options.custom`: the code of the crate's owners, if the crate has any.
    pub custom: Option<Custom>,
    /// `options.date_time`: the library for dates and times.
    pub date_times: DateTimes,
    /// `options.retries`: the calls to retry, and after which failures.
    pub retry_rule: Option<RetryRule>,
    /// `options.byte_format`: the type of strings with `format: byte`.
    pub byte_format: ByteFormat,
    /// `options.like`: the language whose `skip` and `only` lists apply if they do not name `rust`.
    pub like: Option<At<String>>,
    /// `options.runtime`: the source of the runtime.
    ///
    /// With `vendored`, the default, the crate contains a copy of the runtime. With `dependency`, it
    /// depends on the crate `sdkwright-runtime` of the generator's version and passes its features
    /// on. The crate is then much smaller, several SDKs of a program share one runtime, and fixes of
    /// the runtime arrive with `cargo update`. The public API is the same, with one exception:
    /// `ApiError::body` is a method of the trait `ApiErrorExt`, which callers import.
    pub runtime: RuntimeSource,
    /// `skip`: whether to generate no crate.
    pub skip: bool,
}

/// `targets.rust.options`.
#[derive(Debug, Default)]
struct Options {
    custom: Option<Custom>,
    date_times: DateTimes,
    retry_rule: Option<RetryRule>,
    byte_format: ByteFormat,
    like: Option<At<String>>,
    runtime: RuntimeSource,
}

impl Reader<'_> {
    pub(super) fn organization(&mut self, node: Option<At<Value>>) -> Organization {
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return Organization::default();
        };
        let organization = Organization {
            name: self.text(fields.take("name")),
            docs: self.text(fields.take("docs")),
            contact: self.text(fields.take("contact")),
            security_contact: self.text(fields.take("security_contact")),
            github_org: self.text(fields.take("github_org")),
        };
        self.finish(fields, "organization");
        organization
    }

    /// Reads `targets`. Only `rust` has an effect.
    pub(super) fn targets(&mut self, node: Option<At<Value>>) -> RustTarget {
        let fields = node.and_then(|node| self.fields(node));
        let rust = fields.and_then(|mut fields| fields.take("rust"));
        rust.map(|rust| self.target(rust)).unwrap_or_default()
    }

    fn target(&mut self, node: At<Value>) -> RustTarget {
        let Some(mut fields) = self.fields(node) else {
            return RustTarget::default();
        };
        let options = self.options(fields.take("options"));
        let production = self.text(fields.take("production_repo"));
        let repository = self.text(fields.take("repository"));
        let name = self.text(fields.take("package_name"));
        let version = self.text(fields.take("version"));
        let rust_version = self.text(fields.take("rust_version"));
        let target = RustTarget {
            package_name: self.checked_name(name),
            version: self.checked_version(version),
            license: self.text(fields.take("license")),
            repository: repository.or_else(|| production.map(to_github_url)),
            documentation: self.text(fields.take("documentation")),
            homepage: self.text(fields.take("homepage")),
            description: self.text(fields.take("description")),
            keywords: self.texts(fields.take("keywords")),
            categories: self.texts(fields.take("categories")),
            authors: self.texts(fields.take("authors")),
            rust_version: self.checked_rust(rust_version),
            readme_title: self.text(fields.take("readme_title")),
            custom: options.custom,
            date_times: options.date_times,
            retry_rule: options.retry_rule,
            byte_format: options.byte_format,
            like: options.like,
            runtime: options.runtime,
            skip: self.flag(fields.take("skip")),
        };
        self.finish(fields, "targets.rust");
        target
    }
}

impl Reader<'_> {
    fn options(&mut self, node: Option<At<Value>>) -> Options {
        const LIBRARIES: &[(&str, DateTimes)] = &[
            ("chrono", DateTimes::Chrono),
            ("jiff", DateTimes::Jiff),
            ("time", DateTimes::Time),
        ];
        const RULES: &[(&str, RetryRule)] = &[
            ("rfc9110", RetryRule::Rfc9110),
            ("stainless", RetryRule::Stainless),
        ];
        const FORMATS: &[(&str, ByteFormat)] =
            &[("base64", ByteFormat::Base64), ("text", ByteFormat::Text)];
        const LANGUAGES: &[(&str, &str)] = &[
            ("cli", "cli"),
            ("csharp", "csharp"),
            ("go", "go"),
            ("http", "http"),
            ("java", "java"),
            ("kotlin", "kotlin"),
            ("node", "node"),
            ("php", "php"),
            ("python", "python"),
            ("ruby", "ruby"),
            ("terraform", "terraform"),
            ("typescript", "typescript"),
        ];
        const RUNTIMES: &[(&str, RuntimeSource)] = &[
            ("vendored", RuntimeSource::Vendored),
            ("dependency", RuntimeSource::Dependency),
        ];
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return Options::default();
        };
        let options = Options {
            custom: self.custom(fields.take("custom")),
            date_times: self
                .word(fields.take("date_time"), LIBRARIES)
                .map(|library| library.value)
                .unwrap_or_default(),
            retry_rule: self
                .word(fields.take("retries"), RULES)
                .map(|rule| rule.value),
            byte_format: self
                .word(fields.take("byte_format"), FORMATS)
                .map(|format| format.value)
                .unwrap_or_default(),
            like: self
                .word(fields.take("like"), LANGUAGES)
                .map(|language| At::new(language.value.to_owned(), language.pointer)),
            runtime: self
                .word(fields.take("runtime"), RUNTIMES)
                .map(|runtime| runtime.value)
                .unwrap_or_default(),
        };
        self.finish(fields, "targets.rust.options");
        options
    }
}

/// Converts `Org/name#branch` to a URL.
fn to_github_url(repo: At<String>) -> At<String> {
    let name = repo.value.split('#').next().unwrap_or_default();
    let url = if name.contains("://") {
        name.to_owned()
    } else {
        format!("https://github.com/{name}")
    };
    At::new(url, repo.pointer)
}
