//! Realistic texts for samples whose document has no examples, by the names of properties.

use serde_json::Value;

use crate::ir::Words;

/// The text that stands for a string without an example.
const PLACEHOLDER: &str = "string";

/// Texts by the last words of a name.
const TEXTS: [(&[&str], &str); 17] = [
    (&["email", "mail"], "ada@example.com"),
    (&["phone", "mobile"], "+15555550100"),
    (
        &["url", "uri", "link", "href", "website", "webhook"],
        "https://example.com",
    ),
    (&["name", "author", "owner", "customer"], "Ada Lovelace"),
    (&["username", "login", "user", "handle"], "ada"),
    (&["title", "subject", "label"], "Hello"),
    (
        &[
            "text",
            "message",
            "content",
            "body",
            "comment",
            "description",
            "summary",
            "note",
            "prompt",
            "input",
            "question",
            "reason",
        ],
        "Hello, world!",
    ),
    (&["query", "search", "q"], "example"),
    (&["currency"], "EUR"),
    (&["country"], "DE"),
    (&["city"], "Berlin"),
    (&["timezone"], "Europe/Berlin"),
    (&["language", "locale", "lang"], "en"),
    (&["password", "secret", "token", "key"], "secret"),
    (&["version"], "1.0.0"),
    (&["path", "file", "filename"], "example.txt"),
    (&["slug", "code", "tag", "kind"], "example"),
];

/// Replaces placeholders in the value of a property or of a parameter.
pub(super) fn with_realistic_texts(name: &str, value: Value) -> Value {
    match value {
        Value::String(text) if text == PLACEHOLDER => Value::String(realistic_text(name)),
        Value::Array(items) => {
            let items = items.into_iter();
            items.map(|item| with_realistic_texts(name, item)).collect()
        }
        Value::Object(members) => {
            let members = members.into_iter();
            let members = members.map(|(name, value)| {
                let value = with_realistic_texts(&name, value);
                (name, value)
            });
            Value::Object(members.collect())
        }
        other => other,
    }
}

/// Returns a text for a name: that of its last known word, or of the id of something.
fn realistic_text(name: &str) -> String {
    let words = Words::split(name).singular();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if let [owner @ .., "id"] = words.as_slice() {
        return format!("{}_123", owner.last().unwrap_or(&"id"));
    }
    let known = |word: &&str| {
        let mut texts = TEXTS.iter();
        let (_, text) = texts.find(|(names, _)| names.contains(word))?;
        Some((*text).to_owned())
    };
    let text = words.iter().rev().find_map(known);
    text.unwrap_or_else(|| PLACEHOLDER.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::with_realistic_texts;

    #[test]
    fn texts_follow_the_names_of_properties() {
        let value = json!({
            "id": "string",
            "petId": "string",
            "emails": ["string"],
            "phone_number": "string",
            "status": "string",
            "kept": "an example",
            "owner": { "first_name": "string", "age": 1 },
        });
        let expected = json!({
            "id": "id_123",
            "petId": "pet_123",
            "emails": ["ada@example.com"],
            "phone_number": "+15555550100",
            "status": "string",
            "kept": "an example",
            "owner": { "first_name": "Ada Lovelace", "age": 1 },
        });
        assert_eq!(with_realistic_texts("pet", value), expected);
    }
}
