//! The generated package: its manifest, and the choices that apply to the whole crate.

use indexmap::IndexMap;

use super::ClientOption;

/// The generated crate and the configuration of its client.
#[derive(Debug, Clone)]
pub struct Package {
    /// The name on crates.io: `linq-sdk`.
    pub name: String,
    /// The name that users know the API by, also used in `User-Agent`.
    pub client_name: String,
    /// The version of the generated crate.
    pub version: String,
    /// The licence, as an SPDX expression.
    pub license: String,
    /// The code of the crate's owners, whose module is `src/custom/mod.rs`.
    pub custom: Option<CustomCode>,
    /// The library for dates and times.
    pub date_times: DateTimes,
    /// The encoding of strings with `format: byte`.
    pub byte_format: ByteFormat,
    /// Whether the crate holds the runtime or depends on it.
    pub runtime: RuntimeSource,
    /// Further entries of its manifest.
    pub manifest: Manifest,
    /// The prefix of the environment variables: `LINQ_API_V3`.
    pub env_prefix: String,
    /// The options of the client's constructor.
    pub options: Vec<ClientOption>,
    /// The header for idempotency keys, if the API has one.
    pub idempotency_header: Option<String>,
    /// The headers of every call, in the order of the configuration.
    pub headers: Vec<(String, String)>,
    /// The JSON pointer to the message in an error body.
    pub error_message: Option<String>,
    /// The header with the id of a request.
    pub request_id_header: Option<String>,
    /// The first and the longest delay before a retry, in milliseconds.
    pub delays_ms: (Option<u64>, Option<u64>),
    /// The timeout of an attempt, in milliseconds.
    pub timeout_ms: u64,
    /// Maximum number of retries.
    pub max_retries: u32,
    /// The rule for retries.
    pub retry_rule: RetryRule,
    /// The default format of arrays in a query.
    pub query_array_format: QueryArrayFormat,
    /// The default format of objects in a query.
    pub query_object_format: QueryObjectFormat,
    /// The default formats of arrays and objects in a multipart body, if configured.
    pub part_formats: Option<(QueryArrayFormat, QueryObjectFormat)>,
    /// Whether the crate has tests.
    pub has_tests: bool,
    /// Text at the head of each generated file.
    pub file_header: Option<String>,
}

/// Entries of a crate's manifest from the configuration.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    /// The line that crates.io shows.
    pub description: Option<String>,
    /// The repository that the crate is published from.
    pub repository: Option<String>,
    /// The home page of the API, or of its documentation.
    pub homepage: Option<String>,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// The categories of crates.io that it is in.
    pub categories: Vec<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The minimum supported Rust version.
    pub rust_version: Option<String>,
    /// The heading of its README.
    pub readme_title: Option<String>,
}

/// The code of a crate's owners, as far as the crate's other files mention it:
/// `targets.rust.options.custom` of `sdk.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomCode {
    /// The dependencies of the code, by their names.
    pub dependencies: IndexMap<String, CrateDependency>,
    /// Features, and what each enables. A feature of the runtime enables this in addition.
    pub features: IndexMap<String, Vec<String>>,
    /// Examples, and the features that each requires.
    pub examples: IndexMap<String, Vec<String>>,
    /// Integration tests, and the features that each requires.
    pub tests: IndexMap<String, Vec<String>>,
    /// A section of the crate's README, as Markdown.
    pub readme: Option<String>,
}

/// A dependency on a crate of crates.io.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrateDependency {
    /// The version requirement.
    pub version: String,
    /// The features that are enabled.
    pub features: Vec<String>,
    /// Whether its default features are enabled.
    pub default_features: bool,
    /// Whether only features of the crate enable it.
    pub optional: bool,
}

/// The source of a crate's runtime: `targets.rust.options.runtime` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RuntimeSource {
    /// The crate holds a copy in `src/runtime`.
    #[default]
    Vendored,
    /// The crate depends on `sdkwright-runtime`.
    Dependency,
}

/// A library for dates and times: `targets.rust.options.date_time` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateTimes {
    /// `chrono`.
    #[default]
    Chrono,
    /// `jiff`.
    Jiff,
    /// `time`.
    Time,
}

/// The rule for retries: `targets.rust.options.retries` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RetryRule {
    /// Calls that are safe to repeat ([RFC 9110, section
    /// 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2)).
    #[default]
    Rfc9110,
    /// All calls, as in SDKs by Stainless.
    Stainless,
}

/// The encoding of strings with `format: byte`: `targets.rust.options.byte_format` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ByteFormat {
    /// Base64, as the format says.
    #[default]
    Base64,
    /// Plain text, as in some documents.
    Text,
}

/// The format of arrays in a query: `array_format` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QueryArrayFormat {
    /// By the `style` and `explode` of each parameter.
    #[default]
    Declared,
    /// `a=1,2`.
    Comma,
    /// `a=1&a=2`.
    Repeat,
    /// `a[]=1&a[]=2`.
    Brackets,
    /// `a[0]=1&a[1]=2`.
    Indices,
}

/// The format of objects in a query: `nested_format` of `sdk.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QueryObjectFormat {
    /// `a[b]=1`.
    #[default]
    Brackets,
    /// `a.b=1`.
    Dots,
}
