//! Names: as sent, and as words that can be written in any case.

mod singular;
mod split;

use std::fmt;

use self::singular::to_singular;

/// A name as in the document and in requests, never changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WireName(String);

impl WireName {
    /// A name of the document.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Returns the unchanged name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the words of the name.
    #[must_use]
    pub fn words(&self) -> Words {
        Words::split(&self.0)
    }
}

impl fmt::Display for WireName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name as a list of lower-case words, before any language's case is chosen.
///
/// Words are in lower case, unless the configuration spells them otherwise: see [`Words::spelt`].
/// May be empty: a name of symbols only has no words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Words(Vec<String>);

impl Words {
    /// No words.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Splits a name at its separators and at its changes of case:
    /// `createdAt`, `created-at` and `CreatedAt` are all `created`, `at`.
    ///
    /// Symbols separate words. They are spelt out if names would otherwise be equal: `+1` is `plus`,
    /// `1`, and `>=` is `greater`, `equals`.
    #[must_use]
    pub fn split(name: &str) -> Self {
        Self(split::words(name))
    }

    /// Splits a name, with a word for each symbol that separates no words: `_id` is
    /// `underscore`, `id`.
    #[must_use]
    pub fn split_with_symbols(name: &str) -> Self {
        Self::split(&split::spell_symbols(name))
    }

    /// Splits a name, with a word for each separator and symbol: `sort.by` is `sort`, `dot`, `by`.
    #[must_use]
    pub fn split_with_separators(name: &str) -> Self {
        Self::split(&split::spell_separators(name))
    }

    /// Number of symbols of a name that separate no words.
    #[must_use]
    pub fn count_symbols(name: &str) -> usize {
        split::find_symbols(name).count()
    }

    /// Returns the words of a term that has its own spelling in each case: `linked_in` and `LinkedIn`.
    /// Returns `None` if the spellings differ in more than case and separators.
    #[must_use]
    pub fn spelt(snake: &str, pascal: &str) -> Option<Self> {
        let mut rest = pascal;
        let mut words = Vec::new();
        for part in snake.split('_').filter(|part| !part.is_empty()) {
            let end = rest.char_indices().nth(part.chars().count());
            let (word, after) = rest.split_at(end.map_or(rest.len(), |(index, _)| index));
            if word.to_lowercase() != part.to_lowercase() {
                return None;
            }
            words.push(word.to_owned());
            rest = after;
        }
        rest.is_empty().then_some(Self(words))
    }

    /// The same words, followed by those of `other`.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        Self(self.0.iter().chain(&other.0).cloned().collect())
    }

    /// The same words, followed by one more.
    #[must_use]
    pub fn with(&self, word: &str) -> Self {
        self.join(&Self::split(word))
    }

    /// Returns the words with the last one in the singular: `webhook_subscriptions` is
    /// `webhook_subscription`.
    #[must_use]
    pub fn singular(&self) -> Self {
        let mut words = self.0.clone();
        if let Some(last) = words.last_mut() {
            *last = to_singular(last);
        }
        Self(words)
    }

    /// The same words, each in the singular.
    #[must_use]
    pub fn singulars(&self) -> Self {
        Self(self.0.iter().map(|word| to_singular(word)).collect())
    }

    /// Whether the name has zero words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words.
    pub fn iter(&self) -> std::slice::Iter<'_, String> {
        self.0.iter()
    }

    /// `webhook_subscription`.
    ///
    /// The words are joined directly. `heck` would split them again, and not always at the same
    /// positions: `İ` in lower case is `i` and a combining mark.
    #[must_use]
    pub fn snake(&self) -> String {
        if self.0.iter().any(|word| is_spelt(word)) {
            return self.0.join("_").to_lowercase();
        }
        self.0.join("_")
    }

    /// `WebhookSubscription`.
    ///
    /// `heck` is not used, because it would write `V12` for `v1.2`.
    #[must_use]
    pub fn pascal(&self) -> String {
        let mut name = String::new();
        for word in &self.0 {
            if let Some((known, version)) =
                split::find_known_spelling(word).filter(|_| !is_spelt(word))
            {
                name.push_str(known);
                name.push_str(version);
                continue;
            }
            let mut chars = word.chars();
            if let Some(first) = chars.next() {
                // Adjacent numbers would merge: `v1.2` is not `V12`.
                if first.is_ascii_digit() && name.ends_with(|c: char| c.is_ascii_digit()) {
                    name.push('_');
                }
                name.extend(first.to_uppercase());
                name.push_str(chars.as_str());
            }
        }
        name
    }
}

impl<'w> FromIterator<&'w String> for Words {
    /// Collects words of other names.
    fn from_iter<I: IntoIterator<Item = &'w String>>(words: I) -> Self {
        Self(words.into_iter().cloned().collect())
    }
}

/// Whether a word has a spelling of its own.
fn is_spelt(word: &str) -> bool {
    word.contains(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn names_are_split_at_separators_and_changes_of_case() {
        for name in [
            "createdAt",
            "created-at",
            "CreatedAt",
            "created_at",
            "created.at",
        ] {
            assert_eq!(Words::split(name).snake(), "created_at", "{name}");
        }
    }

    #[test]
    fn known_words_are_not_split_at_changes_of_case() {
        for (name, snake, pascal) in [
            ("userIDs", "user_ids", "UserIds"),
            ("IDsOfUsers", "ids_of_users", "IdsOfUsers"),
            (
                "publicIPv4Address",
                "public_ipv4_address",
                "PublicIpv4Address",
            ),
            ("URLs", "urls", "Urls"),
            ("OAuth2Token", "oauth2_token", "OAuth2Token"),
            ("oAuth", "oauth", "OAuth"),
            ("GoogleOAuth", "google_oauth", "GoogleOAuth"),
            ("OAuthority", "o_authority", "OAuthority"),
            ("iOS", "ios", "Ios"),
            ("radioIOS", "radio_ios", "RadioIos"),
            ("RATIOS", "ratios", "Ratios"),
            ("eTag", "etag", "ETag"),
            ("ETag", "etag", "ETag"),
            ("TABLETagger", "table_tagger", "TableTagger"),
            ("myIoTHub", "my_iot_hub", "MyIoTHub"),
            ("sizeInGiB", "size_in_gib", "SizeInGiB"),
            ("forMacOSOnly", "for_macos_only", "ForMacOsOnly"),
            ("GitHubApp", "github_app", "GitHubApp"),
            ("HTTPServer", "http_server", "HttpServer"),
            ("HTTPSserver", "http_sserver", "HttpSserver"),
        ] {
            let words = Words::split(name);
            assert_eq!(words.snake(), snake, "{name}");
            assert_eq!(words.pascal(), pascal, "{name}");
        }
    }

    #[test]
    fn a_term_has_its_own_spelling() {
        for (snake, pascal, written) in [
            ("linked_in", "LinkedIn", Some(("linked_in", "LinkedIn"))),
            ("linkedin", "LinkedIn", Some(("linkedin", "LinkedIn"))),
            ("ios", "iOS", Some(("ios", "IOS"))),
            ("graphql", "GraphQL", Some(("graphql", "GraphQL"))),
            ("s3", "SimpleStorage", None),
        ] {
            let words = Words::spelt(snake, pascal);
            let spelt = words.map(|words| (words.snake(), words.pascal()));
            let written = written.map(|(snake, pascal)| (snake.to_owned(), pascal.to_owned()));
            assert_eq!(spelt, written, "{snake}");
        }
    }

    #[test]
    fn separate_numbers_stay_separate() {
        assert_eq!(Words::split("v1.2").pascal(), "V1_2");
        assert_eq!(Words::split("message.sent").pascal(), "MessageSent");
    }

    #[test]
    fn names_with_only_symbols_are_spelt_out() {
        for (name, words) in [
            ("+1", "plus_1"),
            ("-1", "minus_1"),
            (">=", "greater_equals"),
            ("a+b", "a_b"),
            ("😀", "u1f600"),
        ] {
            assert_eq!(Words::split(name).snake(), words, "{name}");
        }
    }

    #[test]
    fn the_last_word_is_made_singular() {
        for (plural, one) in [
            ("webhook_subscriptions", "webhook_subscription"),
            ("replies", "reply"),
            ("status", "status"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("analysis", "analysis"),
            ("kubernetes", "kubernetes"),
            ("saas", "saas"),
        ] {
            assert_eq!(Words::split(plural).singular().snake(), one);
        }
    }
}
