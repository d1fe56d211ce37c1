//! The generated package: its name, manifest and client configuration.

use openapiv3::OpenAPI;

use super::client_options::{self, OptionSources, to_env_case};
use crate::config::{At, Config};
use crate::ir::{Manifest, Package, QueryArrayFormat, QueryObjectFormat, Words};
use crate::source::Pointer;

/// Returns the package for a document.
pub(in crate::lower) fn package(
    openapi: &OpenAPI,
    config: &Config,
    sources: OptionSources<'_>,
) -> Package {
    let (target, client) = (&config.target, &config.client);
    let product = name_product(openapi, config);
    let env_prefix = value(&client.env_prefix).unwrap_or_else(|| to_env_case(&product));
    let license = value(&target.license).or_else(|| value(&config.settings.license));
    let headers = client.default_headers.iter();
    let headers = headers.map(|(name, value)| (name.clone(), value.value.clone()));
    Package {
        name: value(&target.package_name).unwrap_or_else(|| crate_name(&product)),
        client_name: value(&client.client_name).unwrap_or_else(|| product.pascal()),
        version: value(&target.version).unwrap_or_else(|| "0.1.0".to_owned()),
        custom: target.custom.as_ref().map(|custom| custom.code.clone()),
        date_times: target.date_times,
        byte_format: target.byte_format,
        runtime: target.runtime,
        license: license.unwrap_or_else(|| "MIT OR Apache-2.0".to_owned()),
        manifest: manifest(config),
        options: client_options::options(config, sources, &env_prefix),
        headers: headers.collect(),
        error_message: config.errors.message_property.as_ref().map(pointer),
        request_id_header: value(&client.request_id_header),
        delays_ms: (client.retries.initial_delay_ms, client.retries.max_delay_ms),
        env_prefix,
        idempotency_header: value(&client.idempotency_header),
        timeout_ms: value(&client.timeout_ms).unwrap_or(60_000),
        max_retries: value(&client.retries.max_retries).unwrap_or(2),
        retry_rule: target.retry_rule.unwrap_or_default(),
        query_array_format: value(&config.array_format).unwrap_or_default(),
        query_object_format: value(&config.nested_format).unwrap_or_default(),
        part_formats: part_formats(config),
        has_tests: !config.settings.disable_tests,
        file_header: config.settings.file_header.clone(),
    }
}

/// Returns a value of the configuration without its position.
fn value<T: Clone>(configured: &Option<At<T>>) -> Option<T> {
    configured.as_ref().map(|at| at.value.clone())
}

/// Returns the formats of arrays and objects in a multipart body, if the configuration has one.
fn part_formats(config: &Config) -> Option<(QueryArrayFormat, QueryObjectFormat)> {
    let arrays = value(&config.part_array_format);
    let nested = value(&config.part_nested_format);
    (arrays.is_some() || nested.is_some()).then(|| {
        let arrays = arrays.unwrap_or(QueryArrayFormat::Repeat);
        (arrays, nested.unwrap_or_default())
    })
}

fn manifest(config: &Config) -> Manifest {
    let target = &config.target;
    let texts = |list: &[At<String>]| list.iter().map(|text| text.value.clone()).collect();
    Manifest {
        description: value(&target.description),
        repository: value(&target.repository),
        homepage: value(&target.homepage)
            .or_else(|| value(&target.documentation))
            .or_else(|| value(&config.organization.docs)),
        keywords: texts(&target.keywords),
        categories: texts(&target.categories),
        authors: texts(&target.authors),
        rust_version: value(&target.rust_version),
        readme_title: value(&target.readme_title),
    }
}

/// Returns the name of the API: from the configuration, or the title without common words.
fn name_product(openapi: &OpenAPI, config: &Config) -> Words {
    if let Some(name) = &config.organization.name {
        let words = ascii(name);
        if !words.is_empty() {
            return words;
        }
    }
    name_title(&openapi.info.title)
}

/// Returns the name of a product by its title.
fn name_title(title: &str) -> Words {
    let title = ascii(&plain_title(title));
    let words: Vec<&String> = title
        .iter()
        .take_while(|word| !is_noise(word))
        .take(4)
        .collect();
    let short = words
        .iter()
        .fold(Words::new(), |name, word| name.with(word));
    match (short.is_empty(), title.is_empty()) {
        (false, _) => short,
        (true, false) => title,
        (true, true) => Words::split("api"),
    }
}

/// Returns a title without its article, without the `'s` of possessives, and with brands such as
/// `WorkOS` as one word.
fn plain_title(title: &str) -> String {
    let words = title.split_whitespace().enumerate();
    let words = words.filter(|(index, word)| *index > 0 || !word.eq_ignore_ascii_case("the"));
    let words = words.map(|(_, word)| {
        let word = ["'s", "\u{2019}s"]
            .iter()
            .find_map(|end| word.strip_suffix(end))
            .unwrap_or(word);
        if is_brand(word) {
            word.to_ascii_lowercase()
        } else {
            word.to_owned()
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a word is a capital, small letters and an acronym that is not `API`: `WorkOS`, `OpenAI`.
fn is_brand(word: &str) -> bool {
    let acronym = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let acronym = acronym.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let is_first = word.len() > acronym.len() && word.starts_with(|c: char| c.is_ascii_uppercase());
    let is_acronym = acronym.len() == 2 && acronym.chars().all(|c| c.is_ascii_uppercase());
    is_first && is_acronym
}

fn is_noise(word: &str) -> bool {
    matches!(
        word,
        "api" | "apis" | "rest" | "openapi" | "swagger" | "specification" | "documentation"
    )
}

/// Returns the words of a text that are valid in names of crates and variables.
fn ascii(text: &str) -> Words {
    let plain: String = text
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let known = if plain.trim().is_empty() {
        String::new()
    } else {
        plain
    };
    if known.is_empty() {
        Words::new()
    } else {
        Words::split(&known)
    }
}

/// Maximum length of a product's name in the name of a crate.
const MAX_PRODUCT_BYTES: usize = 56;

/// Returns the name of the crate, which begins with a letter.
fn crate_name(product: &Words) -> String {
    let has_suffix = product.iter().next_back().is_some_and(|word| word == "sdk");
    let product = if has_suffix {
        product.clone()
    } else {
        product.with("sdk")
    };
    let mut name = product.snake().replace('_', "-");
    if let Some(start) = name.get(..MAX_PRODUCT_BYTES) {
        let end = start.rfind('-').unwrap_or(MAX_PRODUCT_BYTES);
        name = format!("{}-sdk", start.get(..end).unwrap_or_default());
    }
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name
    } else {
        format!("api-{name}")
    }
}

/// Returns `error.message` as a JSON pointer.
fn pointer(property: &At<String>) -> String {
    let names = property.value.split('.');
    let pointer = names.fold(Pointer::root(), |parent, name| parent.child(name));
    pointer.as_str().to_owned()
}

#[test]
fn crates_are_named_after_the_product() {
    for (title, name) in [
        ("The Plaid API", "plaid-sdk"),
        ("Netlify's API documentation", "netlify-sdk"),
        ("WorkOS", "workos-sdk"),
        ("OpenAI API", "openai-sdk"),
        ("onebusaway-sdk", "onebusaway-sdk"),
        ("3scale", "api-3scale-sdk"),
        ("", "api-sdk"),
    ] {
        assert_eq!(crate_name(&name_title(title)), name, "{title}");
    }
}
