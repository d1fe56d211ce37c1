//! Any text becomes a valid, unique and stable identifier.

use std::collections::HashSet;

use proptest::prelude::*;
use proptest::test_runner::RngAlgorithm;
use sdkwright::ir::Words;
use sdkwright::plan::{Case, Scope};

fn cases() -> impl Strategy<Value = Case> {
    prop_oneof![
        Just(Case::Type),
        Just(Case::Variant),
        Just(Case::Snake),
        Just(Case::Module)
    ]
}

/// Names of documents: ordinary, unusual and hostile.
fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-zA-Z0-9_.+-]{0,12}",
        "(type|self|Self|crate|super|_|async|gen|new|extra|Unknown|Error|Option)",
        "[0-9]{1,6}",
        "\\PC{0,200}",
    ]
}

fn claim(names: &[String], case: Case) -> Vec<String> {
    let mut scope = Scope::reserving(&["Unknown", "new", "Error"]);
    names
        .iter()
        .map(|name| scope.claim(&Words::split(name), case).to_string())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000,
        // The default algorithm takes a third of the time without optimization.
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_name_is_an_identifier(name in names(), case in cases()) {
        for ident in claim(&[name], case) {
            prop_assert!(syn::parse_str::<syn::Ident>(&ident).is_ok(), "{ident:?}");
            prop_assert!(ident.len() <= 128, "{ident:?}");
            prop_assert!(case != Case::Module || ident.is_ascii(), "{ident:?}");
        }
    }

    #[test]
    fn names_in_one_scope_are_unique(names in prop::collection::vec(names(), 0..40), case in cases()) {
        let claimed = claim(&names, case);
        let distinct: HashSet<_> = claimed.iter().collect();
        prop_assert_eq!(distinct.len(), claimed.len());
        prop_assert!(claimed.iter().all(|name| !["Unknown", "new", "Error"].contains(&name.as_str())));
    }

    #[test]
    fn a_later_claim_renames_nothing(names in prop::collection::vec(names(), 1..20), later in names(), case in cases()) {
        let before = claim(&names, case);
        let mut more = names;
        more.push(later);
        prop_assert_eq!(&claim(&more, case)[..before.len()], &before[..]);
    }
}
