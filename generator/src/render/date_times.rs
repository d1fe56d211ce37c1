//! Date and time libraries: their types, dependencies and sample expressions.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::ir::DateTimes;

/// All of them.
const LIBRARIES: [DateTimes; 3] = [DateTimes::Chrono, DateTimes::Jiff, DateTimes::Time];

/// The names of all libraries on crates.io.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    LIBRARIES.into_iter().map(name)
}

/// The name of the library on crates.io.
pub(super) const fn name(library: DateTimes) -> &'static str {
    match library {
        DateTimes::Chrono => "chrono",
        DateTimes::Jiff => "jiff",
        DateTimes::Time => "time",
    }
}

/// The types of a date-time and a date.
pub(super) const fn types(library: DateTimes) -> (&'static str, &'static str) {
    match library {
        DateTimes::Chrono => ("chrono::DateTime<FixedOffset>", "chrono::NaiveDate"),
        DateTimes::Jiff => ("jiff::ZonedDateTime", "jiff::civil::Date"),
        DateTimes::Time => ("time::OffsetDateTime", "time::Date"),
    }
}

/// The module of its types in a runtime that is a dependency. Those of `chrono` are in the root.
pub(super) const fn module(library: DateTimes) -> Option<&'static str> {
    match library {
        DateTimes::Chrono => None,
        DateTimes::Jiff | DateTimes::Time => Some(name(library)),
    }
}

/// The file of the runtime for this library, which replaces the default one.
pub(super) const fn file(library: DateTimes) -> Option<&'static str> {
    match library {
        DateTimes::Chrono => None,
        DateTimes::Jiff => Some("jiff.rs"),
        DateTimes::Time => Some("time.rs"),
    }
}

/// The dependency of tests. `time` parses strings only with a feature.
pub(super) const fn for_tests(library: DateTimes) -> Option<&'static str> {
    match library {
        DateTimes::Chrono | DateTimes::Jiff => None,
        DateTimes::Time => Some(
            r#"time = { version = "0.3", default-features = false, features = ["parsing", "std"] }"#,
        ),
    }
}

/// Returns the expression of a date-time.
pub(super) fn date_time(library: DateTimes, ty: &Ident, text: &str) -> TokenStream {
    match library {
        DateTimes::Chrono => quote!(#text.parse::<#ty>().expect("a date-time")),
        DateTimes::Jiff => {
            let offset = text.get(19..).and_then(|rest| rest.find(['+', '-']));
            let zone = offset
                .and_then(|at| text.get(19 + at..))
                .unwrap_or("+00:00");
            let text = format!("{text}[{zone}]");
            quote!(#text.parse::<#ty>().expect("a date-time"))
        }
        DateTimes::Time => quote! {
            #ty::parse(#text, &time::format_description::well_known::Rfc3339).expect("a date-time")
        },
    }
}

/// Returns the expression of a date.
pub(super) fn date(library: DateTimes, ty: &Ident, text: &str) -> TokenStream {
    match library {
        DateTimes::Chrono | DateTimes::Jiff => quote!(#text.parse::<#ty>().expect("a date")),
        DateTimes::Time => quote! {
            #ty::parse(#text, &time::format_description::well_known::Iso8601::DATE).expect("a date")
        },
    }
}
