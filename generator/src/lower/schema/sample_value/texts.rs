//! Sample texts: by the format, by the name, or by the pattern of a schema.

use super::pattern_text::{MAX_TEXT_LENGTH, PatternText, write_pattern};
use crate::ir::Words;
use crate::lower::schema::value_constraints::ValueConstraints;

/// Texts by `format`: those of JSON Schema (2020-12, section 7.3), and common others.
const FORMATS: [(&[&str], &str); 17] = [
    (&["email", "idn-email"], "ada@example.com"),
    (&["uri", "url", "iri"], "https://example.com"),
    (&["uri-reference", "iri-reference"], "/example"),
    (&["uri-template"], "https://example.com/{id}"),
    (&["uuid"], "123e4567-e89b-12d3-a456-426614174000"),
    (&["hostname", "idn-hostname"], "example.com"),
    (&["ipv4", "ip"], "192.0.2.1"),
    (&["ipv6"], "2001:db8::1"),
    (&["cidr", "ipv4-cidr"], "192.0.2.0/24"),
    (&["mac"], "00:00:5e:00:53:01"),
    (&["time"], "10:30:00Z"),
    (&["duration"], "PT1H"),
    (&["json-pointer"], "/example"),
    (&["regex"], "^[a-z]+$"),
    (&["phone", "e164"], "+15555550100"),
    (&["currency"], "EUR"),
    (&["decimal", "decimal128"], "9.99"),
];

/// Texts by the words at the end of a name. A text with more words comes first.
const NAMES: [(&[&str], &str); 38] = [
    (&["first name", "given name", "forename", "nickname"], "Ada"),
    (&["last name", "family name", "surname"], "Lovelace"),
    (
        &[
            "full name",
            "author name",
            "contact name",
            "customer name",
            "holder name",
            "owner name",
            "person name",
            "recipient name",
            "sender name",
            "author",
            "owner",
            "customer",
        ],
        "Ada Lovelace",
    ),
    (&["user name", "username", "login", "user", "handle"], "ada"),
    (
        &["company name", "company", "organization name"],
        "Example Ltd",
    ),
    (&["file name", "filename"], "example.txt"),
    (&["host name", "hostname", "host", "domain"], "example.com"),
    (&["postal code", "post code", "zip code", "zip"], "10115"),
    (&["currency code", "currency"], "EUR"),
    (&["country code", "country"], "DE"),
    (&["language code", "language", "lang"], "en"),
    (&["time zone", "timezone"], "Europe/Berlin"),
    (&["ip address", "ip"], "192.0.2.1"),
    (&["user agent"], "example/1.0"),
    (&["email address", "email", "mail"], "ada@example.com"),
    (
        &["phone number", "phone", "mobile", "msisdn"],
        "+15555550100",
    ),
    (
        &["url", "uri", "link", "href", "website", "webhook"],
        "https://example.com",
    ),
    (&["uuid", "guid"], "123e4567-e89b-12d3-a456-426614174000"),
    (&["locale"], "en-US"),
    (&["city"], "Berlin"),
    (&["street", "address line", "line 1"], "Example Street 1"),
    (&["title", "subject", "headline"], "Weekly report"),
    (
        &[
            "text", "message", "content", "body", "comment", "prompt", "input", "question",
        ],
        "Hello, world!",
    ),
    (&["description", "summary", "note", "reason"], "An example."),
    (&["query", "search", "q", "keyword"], "example"),
    (
        &["password", "secret", "token", "key", "credential"],
        "secret",
    ),
    (&["version"], "1.0.0"),
    (&["path", "dir", "directory", "folder"], "/example"),
    (&["branch"], "main"),
    (&["cron"], "0 * * * *"),
    (&["mime type", "content type", "media type"], "text/plain"),
    (&["file"], "example.txt"),
    (&["color", "colour"], "#336699"),
    (&["amount", "price"], "9.99"),
    (&["date"], "2026-01-31"),
    (&["at"], "2026-01-31T10:30:00Z"),
    (&["number"], "12345"),
    (&["slug", "code", "tag", "kind", "label", "name"], "example"),
];

/// The text of a schema that restricts nothing but the length.
const USUAL_TEXT: &str = "string";

/// Returns a text for a name, or `None` if neither the name nor a keyword says more than the type.
pub(super) fn sample_text(name: &Words, constraints: ValueConstraints<'_>) -> Option<String> {
    let pattern = constraints.pattern.map(PatternText::new);
    let is_valid = |text: &String| {
        has_valid_length(text, constraints)
            && pattern.as_ref().is_none_or(|pattern| pattern.matches(text))
    };
    let by_format = constraints.format.and_then(find_format).map(str::to_owned);
    let by_name = find_name(name);
    let known = [by_format, by_name];
    if let Some(text) = known.iter().flatten().find(|text| is_valid(text)) {
        return Some(text.clone());
    }
    if let Some(pattern) = constraints.pattern {
        let lengths = [1, constraints.min_length.unwrap_or(1)];
        let mut texts = lengths
            .into_iter()
            .filter_map(|length| write_pattern(pattern, length.min(MAX_TEXT_LENGTH)));
        return texts.find(is_valid);
    }
    let is_restricted = constraints.min_length.is_some() || constraints.max_length.is_some();
    let base = known.into_iter().flatten().next();
    let base = base.or_else(|| is_restricted.then(|| USUAL_TEXT.to_owned()))?;
    Some(fit_length(&base, constraints)).filter(is_valid)
}

fn has_valid_length(text: &str, constraints: ValueConstraints<'_>) -> bool {
    let length = text.chars().count();
    constraints.min_length.is_none_or(|least| length >= least)
        && constraints.max_length.is_none_or(|most| length <= most)
}

/// Shortens a text, or repeats it.
fn fit_length(text: &str, constraints: ValueConstraints<'_>) -> String {
    let least = constraints.min_length.unwrap_or(0).min(MAX_TEXT_LENGTH);
    let length = text.chars().count().max(least);
    let length = length.min(constraints.max_length.unwrap_or(usize::MAX));
    text.chars().cycle().take(length).collect()
}

fn find_format(format: &str) -> Option<&'static str> {
    let mut formats = FORMATS.iter();
    let (_, text) = formats.find(|(names, _)| names.contains(&format))?;
    Some(text)
}

/// Returns the text for a name: that of its last words, or of the id or the name of something.
fn find_name(name: &Words) -> Option<String> {
    let words: Vec<&str> = name.iter().map(String::as_str).collect();
    if let [owner @ .., "id"] = words.as_slice() {
        return Some(format!("{}_123", owner.last().unwrap_or(&"id")));
    }
    let known = NAMES.iter().find_map(|(names, text)| {
        let mut names = names.iter();
        names.find(|name| ends_with(&words, name)).map(|_| *text)
    });
    match (known, words.as_slice()) {
        (Some("example"), [.., owner, "name"]) => Some(format!("example_{owner}")),
        (known, _) => known.map(str::to_owned),
    }
}

/// Whether words end with those of a name.
fn ends_with(words: &[&str], name: &str) -> bool {
    let mut words = words.iter().rev();
    name.split(' ')
        .rev()
        .all(|part| words.next().is_some_and(|word| *word == part))
}

#[cfg(test)]
mod tests {
    use super::sample_text;
    use crate::ir::Words;
    use crate::lower::schema::value_constraints::ValueConstraints;

    fn sample(name: &str, constraints: ValueConstraints<'_>) -> Option<String> {
        sample_text(&Words::split(name).singular(), constraints)
    }

    #[test]
    fn names_have_texts() {
        for (name, text) in [
            ("id", Some("id_123")),
            ("petId", Some("pet_123")),
            ("chat_ids", Some("chat_123")),
            ("emails", Some("ada@example.com")),
            ("phone_number", Some("+15555550100")),
            ("first_name", Some("Ada")),
            ("customerName", Some("Ada Lovelace")),
            ("collection_name", Some("example_collection")),
            ("name", Some("example")),
            ("billing_country", Some("DE")),
            ("callbackUrl", Some("https://example.com")),
            ("status", None),
        ] {
            assert_eq!(sample(name, ValueConstraints::default()).as_deref(), text);
        }
    }

    #[test]
    fn keywords_have_precedence_over_names() {
        let usual = ValueConstraints::default();
        let format = ValueConstraints {
            format: Some("uuid"),
            ..usual
        };
        let uuid = "123e4567-e89b-12d3-a456-426614174000";
        assert_eq!(sample("pet_id", format).as_deref(), Some(uuid));
        let pattern = ValueConstraints {
            pattern: Some("^pet_[a-z]{4}-[0-9]+$"),
            ..usual
        };
        assert_eq!(sample("pet_id", pattern).as_deref(), Some("pet_abcd-1"));
        // The text of the name matches.
        let loose = ValueConstraints {
            pattern: Some("^[a-z_0-9]+$"),
            ..usual
        };
        assert_eq!(sample("pet_id", loose).as_deref(), Some("pet_123"));
        let short = ValueConstraints {
            max_length: Some(3),
            ..usual
        };
        assert_eq!(sample("status", short).as_deref(), Some("str"));
        let long = ValueConstraints {
            min_length: Some(8),
            ..usual
        };
        assert_eq!(sample("status", long).as_deref(), Some("stringst"));
        let both = ValueConstraints {
            pattern: Some("^[A-Z]+$"),
            min_length: Some(5),
            ..usual
        };
        assert_eq!(sample("status", both).as_deref(), Some("ABCDE"));
        let unknown = ValueConstraints {
            pattern: Some("^(?=a)b$"),
            ..usual
        };
        assert_eq!(sample("status", unknown), None);
    }
}
