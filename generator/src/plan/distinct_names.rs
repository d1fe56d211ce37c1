//! Names of one namespace that differ in the document and not as Rust names: `id` and `_id`, `price`
//! and `-price`, `reactions-+1` and `reactions--1`.
//!
//! The name that is closest to its spelling in the document keeps it. The symbols of the others are
//! spelled out.

use std::collections::{HashMap, HashSet};

use super::names::{Case, RustIdent, Scope};
use crate::ir::Words;

/// A name, and its spelling in the document.
pub(super) type SpelledName<'n> = (&'n Words, &'n str);

/// Claims an identifier for each name, in their order.
pub(super) fn claim_names(
    scope: &mut Scope,
    names: &[SpelledName<'_>],
    case: Case,
) -> Vec<RustIdent> {
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, (words, _)) in names.iter().enumerate() {
        groups.entry(words.snake()).or_default().push(index);
    }
    let spellings: HashSet<&str> = names.iter().map(|(_, text)| *text).collect();
    let first = |index: usize, words: &Words| {
        let group = groups.get(&words.snake()).map_or(&[][..], Vec::as_slice);
        let rank = |index: &usize| names.get(*index).map(|name| count_changes(*name));
        let best = group.iter().min_by_key(|index| (rank(index), **index));
        // Without a plain one, the symbols of each are spelled out.
        let is_plain = matches!(rank(&index), Some((0, _)));
        group.len() == 1 || is_plain && best == Some(&index)
    };
    let mut order: Vec<(bool, usize, Words)> = Vec::with_capacity(names.len());
    for (index, (words, text)) in names.iter().enumerate() {
        // An explicit name is not spelled again.
        let is_explicit = **words != Words::split(text);
        if first(index, words) {
            order.push((false, index, (*words).clone()));
        } else if is_explicit {
            order.push((true, index, (*words).clone()));
        } else {
            order.push((true, index, spell_out(text, &spellings, case)));
        }
    }
    order.sort_by_key(|(is_later, index, _)| (*is_later, *index));
    let claims = order.into_iter();
    let mut idents: Vec<(usize, RustIdent)> = claims
        .map(|(_, index, words)| (index, scope.claim(&words, case)))
        .collect();
    idents.sort_by_key(|(index, _)| *index);
    idents.into_iter().map(|(_, ident)| ident).collect()
}

/// How far a name is from its spelling: symbols first, then case and separators.
fn count_changes((words, text): SpelledName<'_>) -> (usize, bool) {
    let is_same = text == words.snake() || text == words.pascal();
    (Words::count_symbols(text), !is_same)
}

/// The words of a text with a word for each symbol. `-price` next to `price` is a sort order.
fn spell_out(text: &str, spellings: &HashSet<&str>, case: Case) -> Words {
    if case == Case::Variant
        && let Some(ascending) = text.strip_prefix('-')
        && spellings.contains(ascending)
        && ascending.starts_with(char::is_alphabetic)
    {
        return Words::split(ascending).with("descending");
    }
    Words::split_with_symbols(text)
}

#[cfg(test)]
mod tests {
    use super::{Case, Scope, claim_names};
    use crate::ir::Words;

    fn claim(texts: &[&str], case: Case) -> Vec<String> {
        let words: Vec<Words> = texts.iter().map(|text| Words::split(text)).collect();
        let names: Vec<_> = words.iter().zip(texts.iter().copied()).collect();
        let idents = claim_names(&mut Scope::default(), &names, case);
        idents.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_exact_name_stays() {
        assert_eq!(claim(&["_id", "id"], Case::Snake), ["underscore_id", "id"]);
        assert_eq!(
            claim(&["a.b", "a_b", "a-b"], Case::Snake),
            ["a_b_2", "a_b", "a_b_3"]
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
}
