//! Libraries for dates and times: what a crate needs of the one that it has, and how values are written.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::ir::DateTimes;

/// Its name on crates.io.
const fn name(library: DateTimes) -> &'static str {
    match library {
        DateTimes::Chrono => "chrono",
        DateTimes::Jiff => "jiff",
        DateTimes::Time => "time",
    }
}

/// The types that it has for a date-time and a date.
pub(super) const fn types(library: DateTimes) -> (&'static str, &'static str) {
    match library {
        DateTimes::Chrono => ("chrono::DateTime<FixedOffset>", "chrono::NaiveDate"),
        DateTimes::Jiff => ("jiff::ZonedDateTime", "jiff::civil::Date"),
        DateTimes::Time => ("time::OffsetDateTime", "time::Date"),
    }
}

/// The module of its types in a runtime that is a dependency; those of `chrono` are in the root.
pub(super) const fn module(library: DateTimes) -> Option<&'static str> {
    match library {
        DateTimes::Chrono => None,
        DateTimes::Jiff | DateTimes::Time => Some(name(library)),
    }
}

/// The file of the runtime that is written for it, in place of the runtime's own.
pub(super) const fn file(library: DateTimes) -> Option<&'static str> {
    match library {
        DateTimes::Chrono => None,
        DateTimes::Jiff => Some("jiff.rs"),
        DateTimes::Time => Some("time.rs"),
    }
}

/// The dependencies of a copy of the runtime, with this date and time library alone.
///
/// The runtime itself has `chrono`, and the others as optional dependencies.
pub(super) fn dependencies(library: DateTimes, all: &str) -> String {
    let is_of = |line: &&str, library| {
        let rest = line.strip_prefix(name(library));
        rest.is_some_and(|rest| rest.starts_with(" ="))
    };
    const LIBRARIES: [DateTimes; 3] = [DateTimes::Chrono, DateTimes::Jiff, DateTimes::Time];
    // Tables for single targets follow.
    let (own, others) = all.split_once("\n\n").unwrap_or((all, ""));
    let is_other = |line: &str| {
        let mut others = LIBRARIES.into_iter().filter(|other| *other != library);
        others.any(|other| is_of(&line, other))
    };
    let lines = own.lines().filter(|line| !is_other(line));
    let lines: Vec<String> = lines
        .map(|line| match is_of(&line, library) {
            true => line.replace(", optional = true", ""),
            false => line.to_owned(),
        })
        .collect();
    [&lines.join("\n"), others]
        .join("\n\n")
        .trim_end()
        .to_owned()
}

/// What tests need of it beside that: `time` reads texts by a feature.
pub(super) const fn for_tests(library: DateTimes) -> Option<&'static str> {
    match library {
        DateTimes::Chrono | DateTimes::Jiff => None,
        DateTimes::Time => Some(
            r#"time = { version = "0.3", default-features = false, features = ["parsing", "std"] }"#,
        ),
    }
}

/// A date-time as a user of the library writes it.
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

/// A date as a user of the library writes it.
pub(super) fn date(library: DateTimes, ty: &Ident, text: &str) -> TokenStream {
    match library {
        DateTimes::Chrono | DateTimes::Jiff => quote!(#text.parse::<#ty>().expect("a date")),
        DateTimes::Time => quote! {
            #ty::parse(#text, &time::format_description::well_known::Iso8601::DATE).expect("a date")
        },
    }
}
