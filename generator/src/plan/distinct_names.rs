//! Names of one namespace that differ in the document and not as Rust names: `id` and `_id`, `price`
//! and `-price`, `reactions-+1` and `reactions--1`, `status` in the query and in the body.
//!
//! The name that is closest to its spelling in the document keeps it. The others are extended by what
//! distinguishes them: their location, their symbols, their case or their separators.

use std::collections::{HashMap, HashSet};

use super::names::{Case, RustIdent, Scope};
use crate::ir::Words;

/// A name, and its spelling in the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct SpelledName<'n> {
    /// The words of the name.
    words: &'n Words,
    /// The spelling in the document.
    text: &'n str,
    /// The location of a parameter. Parameters of different locations can have one name.
    location: Option<&'static str>,
}

impl<'n> SpelledName<'n> {
    /// Returns the name of a property, a value or a body.
    pub(super) const fn new(words: &'n Words, text: &'n str) -> Self {
        Self {
            words,
            text,
            location: None,
        }
    }

    /// Returns the name of a parameter in this location.
    pub(super) const fn of_parameter(
        words: &'n Words,
        text: &'n str,
        location: &'static str,
    ) -> Self {
        Self {
            words,
            text,
            location: Some(location),
        }
    }

    /// Returns how close the name is to its spelling.
    fn closeness(&self, case: Case) -> Closeness<'n> {
        let (snake, pascal) = (self.words.snake(), self.words.pascal());
        let exact = match case {
            Case::Snake | Case::Module => &snake,
            Case::Type | Case::Variant => &pascal,
        };
        Closeness {
            symbols: Words::count_symbols(self.text),
            is_converted: self.text != snake && self.text != pascal,
            is_in_other_case: self.text != exact,
            text: self.text,
        }
    }
}

/// Distance of a name from its spelling: symbols first, then case and separators. Among equals, the
/// spelling decides.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Closeness<'n> {
    symbols: usize,
    is_converted: bool,
    is_in_other_case: bool,
    text: &'n str,
}

/// Claims an identifier for each name. Their order decides none of them, unless two names have the
/// same spelling.
pub(super) fn claim_names(
    scope: &mut Scope,
    names: &[SpelledName<'_>],
    case: Case,
) -> Vec<RustIdent> {
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, name) in names.iter().enumerate() {
        groups.entry(name.words.snake()).or_default().push(index);
    }
    let spellings: HashSet<&str> = names.iter().map(|name| name.text).collect();
    let mut order: Vec<(Option<Closeness<'_>>, usize, Vec<Words>)> =
        Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        let group = groups.get(&name.words.snake());
        let group = group.filter(|group| group.len() > 1);
        let Some(group) = group else {
            order.push((None, index, vec![name.words.clone()]));
            continue;
        };
        let closeness = |index: usize| names.get(index).map(|name| name.closeness(case));
        let best = group
            .iter()
            .min_by_key(|index| (closeness(**index), **index));
        // Without a plain one, the symbols of each are spelled out.
        let own = name.closeness(case);
        let is_first = own.symbols == 0 && best == Some(&index);
        let candidates = match best.and_then(|best| names.get(*best)) {
            Some(first) if !is_first => list_candidates(name, first, &spellings, case),
            _ => vec![name.words.clone()],
        };
        order.push((Some(own).filter(|_| !is_first), index, candidates));
    }
    order.sort_by(|(a, i, _), (b, j, _)| a.cmp(b).then(i.cmp(j)));
    let claims = order.into_iter();
    let mut idents: Vec<(usize, RustIdent)> = claims
        .map(|(_, index, candidates)| (index, scope.claim_first(&candidates, case)))
        .collect();
    idents.sort_by_key(|(index, _)| *index);
    idents.into_iter().map(|(_, ident)| ident).collect()
}

/// Returns the possible names for a name that equals the one of `first`, the best first.
fn list_candidates(
    name: &SpelledName<'_>,
    first: &SpelledName<'_>,
    spellings: &HashSet<&str>,
    case: Case,
) -> Vec<Words> {
    let SpelledName {
        words,
        text,
        location,
    } = *name;
    let located = location.filter(|_| location != first.location);
    let located = located.map(|location| Words::split(location).join(words));
    // An explicit name is not spelled again.
    if *words != Words::split(text) {
        return located.into_iter().chain([words.clone()]).collect();
    }
    let mut candidates: Vec<Words> = (describe_order(text, spellings, case).into_iter())
        .chain(located)
        .chain(describe_spelling(words, text))
        .collect();
    if candidates.is_empty() {
        candidates.push(words.clone());
    }
    candidates
}

/// Returns the names that distinguish a spelling from others with the same words: by its symbols, its
/// separators or its case.
pub(super) fn describe_spelling(words: &Words, text: &str) -> impl Iterator<Item = Words> {
    let spelled = [
        Words::split_with_symbols(text),
        Words::split_with_separators(text),
    ];
    let spelled = spelled.into_iter().filter(|spelled| spelled != words);
    let in_case = describe_case(text).map(|case| words.with(case));
    let names: Vec<Words> = spelled.chain(in_case).collect();
    names.into_iter()
}

/// Returns the name of a sort order: `-price` next to `price`.
fn describe_order(text: &str, spellings: &HashSet<&str>, case: Case) -> Option<Words> {
    let ascending = text.strip_prefix('-').filter(|_| case == Case::Variant)?;
    let is_order = spellings.contains(ascending) && ascending.starts_with(char::is_alphabetic);
    is_order.then(|| Words::split(ascending).with("descending"))
}

/// Returns the words for the case of a spelling without separators.
fn describe_case(text: &str) -> Option<&'static str> {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let first = letters.next()?;
    if !text.chars().all(char::is_alphanumeric) {
        return None;
    }
    let (has_upper, has_lower) = (
        text.contains(char::is_uppercase),
        text.contains(char::is_lowercase),
    );
    Some(match (has_upper, has_lower) {
        (true, false) => "uppercase",
        (false, _) => "lowercase",
        (true, true) if first.is_lowercase() => "camel case",
        (true, true) if letters.any(char::is_uppercase) => "pascal case",
        (true, true) => "capitalized",
    })
}

#[cfg(test)]
mod tests {
    use super::{Case, Scope, SpelledName, claim_names};
    use crate::ir::Words;

    fn claim(texts: &[&str], case: Case) -> Vec<String> {
        let words: Vec<Words> = texts.iter().map(|text| Words::split(text)).collect();
        let names: Vec<_> = (words.iter().zip(texts))
            .map(|(words, text)| SpelledName::new(words, text))
            .collect();
        let idents = claim_names(&mut Scope::default(), &names, case);
        idents.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_exact_name_stays() {
        assert_eq!(claim(&["_id", "id"], Case::Snake), ["underscore_id", "id"]);
        assert_eq!(
            claim(&["a.b", "a_b", "a-b"], Case::Snake),
            ["a_dot_b", "a_b", "a_dash_b"]
        );
        assert_eq!(claim(&["-1", "1"], Case::Variant), ["Minus1", "N1"]);
    }

    #[test]
    fn a_minus_before_another_value_is_a_sort_order() {
        assert_eq!(
            claim(&["-price", "price", "name"], Case::Variant),
            ["PriceDescending", "Price", "Name"]
        );
        assert_eq!(claim(&["-x", "X"], Case::Variant), ["MinusX", "X"]);
    }

    #[test]
    fn symbols_that_distinguish_are_spelled_out() {
        assert_eq!(
            claim(&["reactions-+1", "reactions--1"], Case::Variant),
            ["ReactionsPlus1", "ReactionsMinus1"]
        );
        assert_eq!(claim(&["-alone", "b"], Case::Variant), ["Alone", "B"]);
    }

    #[test]
    fn a_case_that_distinguishes_is_described() {
        assert_eq!(
            claim(&["ASC", "asc", "Asc"], Case::Variant),
            ["AscUppercase", "AscLowercase", "Asc"]
        );
        assert_eq!(
            claim(&["createdAt", "created_at"], Case::Snake),
            ["created_at_camel_case", "created_at"]
        );
    }

    #[test]
    fn the_order_of_the_names_decides_nothing() {
        let texts = [
            "b-c", "b.c", "B C", "Asc", "asc", "ASC", "x", "-x", "id", "ID", "Id",
        ];
        let reversed: Vec<&str> = texts.iter().rev().copied().collect();
        for case in [Case::Snake, Case::Variant] {
            let mut backwards = claim(&reversed, case);
            backwards.reverse();
            assert_eq!(claim(&texts, case), backwards);
        }
    }

    #[test]
    fn a_location_that_distinguishes_is_a_prefix() {
        let words = Words::split("status");
        let names = [
            SpelledName::new(&words, "status"),
            SpelledName::of_parameter(&words, "status", "query"),
            SpelledName::of_parameter(&words, "Status", "header"),
        ];
        let idents = claim_names(&mut Scope::default(), &names, Case::Snake);
        let idents: Vec<String> = idents.iter().map(ToString::to_string).collect();
        assert_eq!(idents, ["status", "query_status", "header_status"]);
    }
}
