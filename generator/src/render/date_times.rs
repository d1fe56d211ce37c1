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

/// The file of the runtime that is written for it, in place of the runtime's own.
pub(super) const fn file(library: DateTimes) -> Option<&'static str> {
    match library {
        DateTimes::Chrono => None,
        DateTimes::Jiff => Some("jiff.rs"),
        DateTimes::Time => Some("time.rs"),
    }
}

/// The runtime's dependencies with this library in the place of its own, which its tests name.
pub(super) fn dependencies(library: DateTimes, own: &str, of_tests: &str) -> String {
    let is_of = |line: &&str, library| {
        let rest = line.strip_prefix(name(library));
        rest.is_some_and(|rest| rest.starts_with(" ="))
    };
    if library == DateTimes::Chrono {
        return own.to_owned();
    }
    // Tables for single targets follow.
    let (own, others) = own.split_once("\n\n").unwrap_or((own, ""));
    let line = of_tests.lines().find(|line| is_of(line, library));
    let mut lines: Vec<&str> = own
        .lines()
        .filter(|line| !is_of(line, DateTimes::Chrono))
        .chain(line)
        .collect();
    lines.sort_unstable();
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
