//! Literals: quoted texts, and regular expressions in filters.
//!
//! Filters match by `=~` and `.match(…)` of JSONPath-Plus, and by `match` and `search` of RFC 9535.

use regex_lite::{Regex, RegexBuilder};

/// Returns the text in quotes, or `None` if there are no quotes.
pub(super) fn unquote_string(text: &str) -> Option<String> {
    let quoted = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    let inside = quoted('\'').or_else(|| quoted('"'))?;
    Some(inside.replace("\\'", "'").replace("\\\"", "\""))
}

/// Parses a match. Returns its operand and its pattern, or `None` if a text is another filter.
pub(super) fn parse_match(text: &str) -> Option<(&str, Regex)> {
    let function = |name: &str| {
        let arguments = text
            .strip_prefix(name)?
            .strip_prefix('(')?
            .strip_suffix(')')?;
        let (operand, pattern) = arguments.split_once(',')?;
        Some((operand, unquote_string(pattern.trim())?))
    };
    if let Some((operand, pattern)) = function("search") {
        return Some((operand, Regex::new(&pattern).ok()?));
    }
    if let Some((operand, pattern)) = function("match") {
        // The whole text matches (RFC 9535, section 2.4.6).
        return Some((operand, Regex::new(&format!("^(?:{pattern})$")).ok()?));
    }
    let (operand, pattern) =
        (text.split_once("=~")).or_else(|| text.strip_suffix(')')?.split_once(".match("))?;
    Some((operand, parse_literal(pattern.trim())?))
}

/// Parses a literal of JavaScript, such as `/^get/i`.
fn parse_literal(text: &str) -> Option<Regex> {
    let (pattern, flags) = text.strip_prefix('/')?.rsplit_once('/')?;
    if flags.contains(|flag: char| !"gims".contains(flag)) {
        return None;
    }
    RegexBuilder::new(&pattern.replace("\\/", "/"))
        .case_insensitive(flags.contains('i'))
        .multi_line(flags.contains('m'))
        .dot_matches_new_line(flags.contains('s'))
        .build()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::parse_match;

    #[test]
    fn matches_have_four_forms() {
        let cases = [
            ("@.name =~ /^GET/i", "@.name ", "getter", true),
            ("@.name.match(/id$/)", "@.name", "user_id", true),
            ("search(@.name, 'ser')", "@.name", "user", true),
            ("match(@.name, 'use')", "@.name", "user", false),
            (r"@property.match(/^\/v1\//)", "@property", "/v1/a", true),
        ];
        for (text, operand, value, is_match) in cases {
            let found =
                parse_match(text).map(|(operand, pattern)| (operand, pattern.is_match(value)));
            assert_eq!(found, Some((operand, is_match)), "{text}");
        }
        for text in [
            "@.name =~ /(/",
            "@.name =~ id",
            "@.name == 'a'",
            "@.name.match(/a/x)",
        ] {
            assert!(parse_match(text).is_none(), "{text}");
        }
    }
}
