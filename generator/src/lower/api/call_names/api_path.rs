//! Paths as the rules read them: literal segments and parameters, without versions and prefixes.

use super::segment_text::{is_generated, is_name, is_version};
use super::vocabulary::{is_plural, is_preposition, letters, plural};
use crate::ir::Words;

/// A segment of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Segment {
    /// Text, and its words.
    Literal(String, Words),
    /// A parameter, perhaps with text around it. The words are those of its name.
    Parameter(Words),
}

impl Segment {
    pub(super) const fn is_parameter(&self) -> bool {
        matches!(self, Self::Parameter(_))
    }

    /// The name of the parameter.
    pub(super) const fn parameter(&self) -> Option<&Words> {
        match self {
            Self::Parameter(name) => Some(name),
            Self::Literal(..) => None,
        }
    }

    /// Whether the segment is a literal of these words, singular or plural.
    fn is_called(&self, words: &Words) -> bool {
        matches!(self, Self::Literal(_, own) if letters(own) == letters(words))
    }

    /// Whether the segment only marks an API.
    pub(super) fn is_prefix(&self) -> bool {
        let is_known = |text: &str| PREFIXES.iter().any(|it| text.eq_ignore_ascii_case(it));
        matches!(self, Self::Literal(text, _) if is_known(text))
    }
}

/// Segments at the beginning of paths that are not resources.
const PREFIXES: [&str; 4] = ["api", "apis", "rest", "public"];

/// A path without the segments that all paths share.
#[derive(Debug, Clone, Default)]
pub(super) struct ApiPath {
    /// The segments.
    pub(super) segments: Vec<Segment>,
    /// The act after a colon: `cancel` of `/jobs/{id}:cancel`.
    pub(super) action: Option<Words>,
    /// The version that the path names: `v2`.
    pub(super) version: Option<String>,
    /// The file type at the end of an item: `pdf` of `/files/{id}.pdf`.
    pub(super) file_type: Option<Words>,
    /// A number or a generated key in place of a parameter: `0` of `/orders/0`.
    pub(super) constant: Option<Words>,
    /// The query or fragment in the path. Some documents use it to distinguish operations.
    pub(super) variant: Option<Words>,
}

impl ApiPath {
    /// Reads a path. Versions are dropped at any position: holds in 99 %.
    pub(super) fn parse(path: &str) -> Self {
        let (target, variant) = match path.split_once(['?', '#']) {
            Some((target, rest)) if !rest.contains('{') => (target, variant_words(rest)),
            _ => (path, None),
        };
        let mut parsed = Self {
            variant,
            ..Self::default()
        };
        for raw in target.split('/').filter(|raw| !raw.is_empty()) {
            parsed.push(raw);
        }
        parsed.drop_format();
        parsed
    }

    /// Drops a format at the end, and keeps it as the variant: `/containers/json`.
    fn drop_format(&mut self) {
        let has_more = self.literals().nth(1).is_some();
        if let Some(Segment::Literal(text, words)) = self.segments.last()
            && matches!(text.as_str(), "json" | "xml")
            && has_more
        {
            self.variant.get_or_insert_with(|| words.clone());
            self.segments.pop();
        }
    }

    fn push(&mut self, raw: &str) {
        let raw = match raw.rsplit_once(':') {
            Some((before, action)) if !before.is_empty() && is_name(action) => {
                self.action = Some(Words::split(action));
                before
            }
            _ => raw,
        };
        let mut formats = [".json", ".xml"].iter();
        if let Some(name) = formats.find_map(|end| raw.strip_suffix(end)) {
            let format = Words::split(raw.trim_start_matches(name));
            self.variant.get_or_insert(format);
            return self.push_segment(name);
        }
        self.push_segment(raw.strip_suffix(".{format}").unwrap_or(raw));
    }

    fn push_segment(&mut self, raw: &str) {
        if self.ends_with_version_letter() && raw.chars().all(|c| c.is_ascii_digit()) {
            self.segments.pop();
            self.version = Some(format!("v{raw}"));
            return;
        }
        let is_key = is_generated(raw) && !self.segments.iter().all(Segment::is_prefix);
        if is_key {
            self.constant = Some(Words::split(raw));
            self.segments.push(Segment::Parameter(Words::new()));
            return;
        }
        if is_version(raw) {
            self.version = Some(raw.to_ascii_lowercase());
            return;
        }
        match raw.split_once('(') {
            // OData: `users('{id}')`, and a function call such as `graph.delta()`.
            Some((name, arguments)) => {
                let name = name.rsplit('.').next().unwrap_or(name);
                self.push_literal(name);
                if let Some((_, parameter)) = arguments.split_once('{') {
                    self.push_parameter(parameter);
                }
            }
            None => match raw.split_once('{') {
                // `share{format}` is `share` in several formats.
                Some((name, parameter)) if is_name(name) && is_format(parameter) => {
                    self.push_literal(name);
                }
                Some((_, parameter)) => {
                    self.file_type = (raw.rsplit_once("}."))
                        .filter(|(_, end)| is_name(end))
                        .map(|(_, end)| Words::split(end));
                    self.push_parameter(parameter);
                }
                None => self.push_literal(raw),
            },
        }
    }

    /// Whether the last segment is the letter of a version: `/v/2/users`.
    fn ends_with_version_letter(&self) -> bool {
        matches!(self.segments.last(), Some(Segment::Literal(text, _)) if text == "v")
    }

    /// Adds a literal, unless it repeats the segment before it: `/actions/actions`.
    fn push_literal(&mut self, text: &str) {
        self.file_type = None;
        self.constant = None;
        if !text.contains(|c: char| c.is_alphanumeric()) {
            return;
        }
        let words = Words::split(text);
        let literal = Segment::Literal(text.to_owned(), words.clone());
        match self.segments.last_mut() {
            // `/users/by/username/{name}` finds users by their name.
            Some(Segment::Literal(before, preposition)) if is_preposition(before) => {
                *preposition = preposition.join(&words);
                *before = format!("{before}/{text}");
            }
            Some(last @ Segment::Literal(..)) if last.is_called(&words) => {
                // Of `/lake/lakes/{id}`, the plural is the collection.
                if words.iter().next_back().is_some_and(|it| is_plural(it)) {
                    *last = literal;
                }
            }
            _ => self.segments.push(literal),
        }
    }

    /// Names a segment of one letter after the parameter that it abbreviates: `/p/{pack}`.
    fn name_abbreviation(&mut self, parameter: &str) {
        if let Some(Segment::Literal(text, words)) = self.segments.last_mut()
            && text.chars().count() == 1
            && parameter.starts_with(text.as_str())
            && parameter.len() > 1
        {
            let mut name: Vec<String> = Words::split(parameter).iter().cloned().collect();
            if let Some(last) = name.last_mut() {
                *last = plural(last);
            }
            *words = name.iter().collect();
        }
    }

    fn push_parameter(&mut self, text: &str) {
        let name = text.split('}').next().unwrap_or(text);
        self.name_abbreviation(name);
        self.segments.push(Segment::Parameter(Words::split(name)));
    }

    /// The words of the literal segments.
    pub(super) fn literals(&self) -> impl DoubleEndedIterator<Item = &Words> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Literal(_, words) => Some(words),
            Segment::Parameter(_) => None,
        })
    }

    /// The words of the parameters.
    pub(super) fn parameters(&self) -> impl Iterator<Item = &Words> {
        self.segments.iter().filter_map(Segment::parameter)
    }

    /// The literal before the last parameter: `orders` of `/orders/{id}/lines`.
    pub(super) fn owner(&self) -> Option<&Words> {
        let last = self.segments.iter().rposition(Segment::is_parameter)?;
        let mut before = self.segments.iter().take(last).rev();
        before.find_map(|segment| match segment {
            Segment::Literal(_, words) => Some(words),
            Segment::Parameter(_) => None,
        })
    }

    /// Whether the path ends with a parameter.
    pub(super) fn is_item(&self) -> bool {
        self.segments.last().is_some_and(Segment::is_parameter)
    }

    /// Whether the last literal follows a parameter directly.
    pub(super) fn is_below_item(&self) -> bool {
        let mut ends = self.segments.iter().rev();
        !ends.next().is_some_and(Segment::is_parameter)
            && ends.next().is_some_and(Segment::is_parameter)
    }

    /// The path as a key: its literals, and `{}` for each parameter.
    pub(super) fn shape(&self) -> Vec<&str> {
        let segments = self.segments.iter();
        let texts = segments.map(|segment| match segment {
            Segment::Literal(text, _) => text.as_str(),
            Segment::Parameter(_) => "{}",
        });
        texts.collect()
    }
}

/// Whether a parameter at the end of a segment chooses the format of the response.
fn is_format(parameter: &str) -> bool {
    let name = Words::split(parameter.trim_end_matches('}'));
    let last = name.iter().next_back().map(String::as_str);
    matches!(last, Some("extension" | "ext" | "format"))
}

/// The words of a query or fragment: `beta` of `?beta=true`, `stream` of `#stream`.
fn variant_words(text: &str) -> Option<Words> {
    let words = match text.split_once('=') {
        Some((key, "true" | "")) => Words::split(key),
        Some(("v" | "version", version)) => Words::split(&format!("v{version}")),
        Some(("operation" | "action" | "op" | "id" | "variant", value)) => {
            Words::split(value.split('&').next().unwrap_or(value))
        }
        _ => Words::split(text),
    };
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::super::shared_prefixes::read_paths;

    fn shapes(paths: &[&str]) -> Vec<String> {
        let paths = read_paths(paths.iter().copied());
        paths.iter().map(|path| path.shape().join("/")).collect()
    }

    #[test]
    fn versions_and_prefixes_are_dropped() {
        assert_eq!(
            shapes(&["/api/v1/users/{id}", "/api/v1/teams"]),
            ["users/{}", "teams"]
        );
        assert_eq!(
            shapes(&["/code/v/2/{key}", "/users/v/4"]),
            ["code/{}", "users"]
        );
    }

    #[test]
    fn numbers_and_generated_keys_are_items() {
        assert_eq!(
            shapes(&[
                "/3/movies/top",
                "/orders/0",
                "/orders/17/lines",
                "/blobs/3f2504e0-4f89-11d3-9a0c-0305e82c3301",
                "/top100/cafe",
            ]),
            [
                "movies/top",
                "orders/{}",
                "orders/{}/lines",
                "blobs/{}",
                "top100/cafe"
            ]
        );
    }

    #[test]
    fn formats_are_in_no_segment() {
        assert_eq!(
            shapes(&["/posts/{id}/share{mediaTypeExtension}", "/posts/{id}.json"]),
            ["posts/{}/share", "posts/{}"]
        );
    }

    #[test]
    fn a_segment_that_repeats_the_one_before_is_dropped() {
        assert_eq!(
            shapes(&["/actions/actions/{id}", "/x"]),
            ["actions/{}", "x"]
        );
    }
}
