//! Names of component schemas without the packages that they come from.
//!
//! Generators write the full names of classes and messages: `com.example.billing.Invoice`,
//! `github.com/example/pkg/apis.Invoice`, `GoogleCloudBillingV1Invoice`. A crate for one API
//! does not need the package. If the short name is taken, a type keeps the shortest part of its
//! package that makes the name unique.

use std::collections::{HashMap, HashSet};

use crate::ir::Words;

/// Least number of names that share a package without separators, such as `GoogleCloudBillingV1`.
const MIN_PACKAGE_NAMES: usize = 4;

/// Returns the words of each component's name. `fixed` are the words of components that have an
/// explicit name, in the same order.
pub(super) fn name_components(names: &[&str], fixed: &[Option<Words>]) -> Vec<Words> {
    let package = find_common_package(names);
    let candidates: Vec<Vec<Words>> = (names.iter().zip(fixed))
        .map(|(name, fixed)| match fixed {
            Some(words) => vec![words.clone()],
            None => list_candidates(name, package.as_ref()),
        })
        .collect();
    choose_distinct(&candidates)
}

/// Returns the possible names of a component, the shortest first. The last is the full name.
fn list_candidates(name: &str, package: Option<&Words>) -> Vec<Words> {
    let full = Words::split(name);
    let mut candidates = match split_package(name) {
        Some((package, own)) => list_suffixes(&package, &own),
        None => package
            .and_then(|package| strip_words(&full, package))
            .into_iter()
            .collect(),
    };
    candidates.retain(|words| words.pascal().starts_with(char::is_alphabetic));
    if candidates.last() != Some(&full) {
        candidates.push(full);
    }
    candidates
}

/// Returns the name alone, and then after more and more of its package.
fn list_suffixes(package: &[&str], own: &Words) -> Vec<Words> {
    let mut suffixes = vec![own.clone()];
    let mut words = own.clone();
    for segment in package.iter().rev() {
        words = Words::split(segment).join(&words);
        suffixes.push(words.clone());
    }
    suffixes
}

/// Splits a name into the segments of its package and the words of the name itself.
///
/// In `com.example.Outer.Inner`, the name begins with the first segment in upper case after segments in
/// lower case. In `Example.Api.Invoice`, it is the last segment. In `billing.v1.invoice.line`, it begins
/// after the version.
fn split_package(name: &str) -> Option<(Vec<&str>, Words)> {
    let segments: Vec<&str> = name.split(['.', '/']).filter(|it| !it.is_empty()).collect();
    let is_type = |segment: &&str| segment.starts_with(char::is_uppercase);
    let is_package = |segment: &&str| segment.starts_with(char::is_lowercase);
    let last = segments.len().checked_sub(1).filter(|last| *last > 0)?;
    let start = if segments.last().is_some_and(is_type) {
        match segments.iter().position(is_type) {
            Some(first) if first > 0 && segments.iter().skip(first).all(is_type) => first,
            _ => last,
        }
    } else if segments.iter().all(is_package) {
        1 + segments
            .iter()
            .take(last)
            .rposition(|segment| is_version(segment))?
    } else {
        return None;
    };
    let (package, own) = segments.split_at_checked(start)?;
    Some((package.to_vec(), join_segments(own)))
}

/// Joins segments, and leaves out each that the next one begins with: `flow.flow_step` is a flow step.
fn join_segments(segments: &[&str]) -> Words {
    let words: Vec<Words> = segments
        .iter()
        .map(|segment| Words::split(segment))
        .collect();
    let mut joined = Words::new();
    for (index, segment) in words.iter().enumerate() {
        let next = words.get(index + 1);
        let is_repeated = next.is_some_and(|next| strip_words(next, segment).is_some());
        if !is_repeated {
            joined = joined.join(segment);
        }
    }
    joined
}

/// Returns the package that at least half of the names begin with, up to its version.
fn find_common_package(names: &[&str]) -> Option<Words> {
    let mut uses: HashMap<Words, usize> = HashMap::new();
    for name in names {
        let words = Words::split(name);
        if let Some(version) = words.iter().position(|word| is_version(word)) {
            *uses
                .entry(words.iter().take(version + 1).collect())
                .or_default() += 1;
        }
    }
    let least = MIN_PACKAGE_NAMES.max(names.len().div_ceil(2));
    let mut common = uses.into_iter().filter(|(_, count)| *count >= least);
    common.next().map(|(package, _)| package)
}

/// Whether a word is a version: `v1`, `v1beta1`, `v2010`.
fn is_version(word: &str) -> bool {
    let Some(rest) = word.strip_prefix('v') else {
        return false;
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = word.len() - 1 - rest.len();
    let stage = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    digits > 0 && matches!(stage, "" | "alpha" | "beta")
}

/// Returns the words after a prefix, if there are any.
fn strip_words(words: &Words, prefix: &Words) -> Option<Words> {
    let count = prefix.iter().count();
    let has_prefix = words.iter().take(count).eq(prefix.iter());
    let rest: Words = words.iter().skip(count).collect();
    (has_prefix && !rest.is_empty()).then_some(rest)
}

/// Chooses the first candidate of each name that no other name has.
///
/// Names that have the same candidate take their next ones, unless it is the last of a name.
fn choose_distinct(candidates: &[Vec<Words>]) -> Vec<Words> {
    let full: HashSet<String> = (candidates.iter())
        .filter_map(|list| list.last().map(Words::pascal))
        .collect();
    let is_free = |list: &[Words], words: &Words| {
        list.last() == Some(words) || !full.contains(&words.pascal())
    };
    let mut chosen: Vec<usize> = (candidates.iter())
        .map(|list| {
            list.iter()
                .position(|words| is_free(list, words))
                .unwrap_or_default()
        })
        .collect();
    loop {
        let mut uses: HashMap<String, usize> = HashMap::new();
        for (list, index) in candidates.iter().zip(&chosen) {
            let name = list.get(*index).map(Words::pascal).unwrap_or_default();
            *uses.entry(name).or_default() += 1;
        }
        let mut is_changed = false;
        for (list, index) in candidates.iter().zip(&mut chosen) {
            let name = list.get(*index).map(Words::pascal).unwrap_or_default();
            let is_shared = uses.get(&name).is_some_and(|count| *count > 1);
            if is_shared && *index + 1 < list.len() {
                *index += 1;
                is_changed = true;
            }
        }
        if !is_changed {
            break;
        }
    }
    (candidates.iter().zip(chosen))
        .map(|(list, index)| list.get(index).cloned().unwrap_or_default())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{is_version, name_components};

    fn names(names: &[&str]) -> Vec<String> {
        let fixed = vec![None; names.len()];
        let words = name_components(names, &fixed);
        words.iter().map(|words| words.pascal()).collect()
    }

    #[test]
    fn packages_are_left_out_where_the_name_is_free() {
        assert_eq!(
            names(&[
                "com.example.billing.Invoice",
                "com.example.Outer.Inner",
                "github.com/example/pkg/apis/v1.Event",
                "Example.Api.Models.Customer",
            ]),
            ["Invoice", "OuterInner", "Event", "Customer"]
        );
    }

    #[test]
    fn a_name_keeps_as_much_of_its_package_as_it_needs() {
        assert_eq!(
            names(&["a.billing.Item", "a.shipping.Item", "b.tax.Rate", "Rate"]),
            ["BillingItem", "ShippingItem", "TaxRate", "Rate"]
        );
    }

    #[test]
    fn a_path_in_lower_case_begins_after_its_version() {
        assert_eq!(
            names(&["flow.v1.flow", "flow.v1.flow.flow_step", "orders.patch-400"]),
            ["Flow", "FlowStep", "OrdersPatch400"]
        );
    }

    #[test]
    fn a_package_without_separators_ends_with_its_version() {
        assert_eq!(
            names(&[
                "GoogleCloudBillingV1Budget",
                "GoogleCloudBillingV1Filter",
                "GoogleCloudBillingV1Rule",
                "GoogleCloudBillingV1ListBudgetsResponse",
                "GoogleTypeMoney",
            ]),
            [
                "Budget",
                "Filter",
                "Rule",
                "ListBudgetsResponse",
                "GoogleTypeMoney"
            ]
        );
        assert_eq!(
            names(&["UserV2", "UserV2Request", "Team"]),
            ["UserV2", "UserV2Request", "Team"]
        );
    }

    #[test]
    fn versions_are_recognized() {
        assert!(is_version("v1") && is_version("v1beta1") && is_version("v2010"));
        assert!(!is_version("v") && !is_version("view") && !is_version("v1x"));
    }
}
