//! The URL of a next page: where it leads, and what may go there.
//!
//! It is followed as a redirect is: to another origin go only the headers that any server may see,
//! and from `https` nothing goes to `http`.

use http::{HeaderMap, Uri};
use url::Url;

use crate::runtime::error::BuildError;
use crate::runtime::query::Pair;
use crate::runtime::redirect;

/// The URL of a next page, from that of the page that names it.
#[inline]
pub(super) fn resolve(page: &Uri, next: &str) -> Result<Url, BuildError> {
    let (from, to) = redirect::target(page, next.as_bytes()).ok_or_else(|| {
        BuildError::new("the server names a next page by something that is not a URL")
    })?;
    if from.scheme() == "https" && to.scheme() != "https" {
        return Err(BuildError::new(
            "the server names a next page on an unprotected connection, and this one was on https",
        ));
    }
    Ok(to)
}

/// Whether a page is at the origin where a request would go otherwise. Elsewhere it may have no
/// credentials.
#[inline]
pub(crate) fn has_same_endpoint(own: &Uri, page: &Url) -> bool {
    Url::parse(&own.to_string()).is_ok_and(|own| own.origin() == page.origin())
}

/// Aims a request at the URL of a page.
///
/// `own` is where it would go otherwise. Of the queries, which are those that every call has, the
/// parameters are added that the URL does not have and the call does not leave out.
#[inline]
pub(crate) fn merge_into_page_url(
    own: &Uri,
    headers: HeaderMap,
    page: &Url,
    queries: &[&[Pair]],
    call: &[Pair],
) -> Result<(Uri, HeaderMap), BuildError> {
    let at_home = has_same_endpoint(own, page);
    let mut url = page.clone();
    if at_home {
        let left_out = |pair: &&Pair| {
            let mut own = call.iter();
            own.any(|own| own.name == pair.name && own.text.is_empty())
        };
        let usual = queries.iter().copied().flatten();
        add(&mut url, page, usual.filter(|pair| !left_out(pair)));
    }
    let uri = Uri::try_from(url.as_str())
        .map_err(|_| BuildError::new("the URL of the next page is too long or malformed"))?;
    let headers = if at_home {
        headers
    } else {
        redirect::harmless(&headers)
    };
    Ok((uri, headers))
}

fn add<'p>(url: &mut Url, page: &Url, pairs: impl Iterator<Item = &'p Pair>) {
    for pair in pairs {
        if page.query_pairs().any(|(name, _)| name == pair.name) {
            continue;
        }
        let query = match url.query().filter(|query| !query.is_empty()) {
            Some(query) => format!("{query}&{}", pair.text),
            None => pair.text.clone(),
        };
        url.set_query(Some(&query));
    }
}

/// The URL of the next page in a `Link` header, which lists `<url>; rel="next"` among others
/// ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288#section-3)).
#[inline]
pub(super) fn find_next_link(header: &str) -> Option<&str> {
    let mut rest = header;
    loop {
        let (_, after) = rest.split_once('<')?;
        let (url, after) = after.split_once('>')?;
        let (mut params, others) = cut(after, b',');
        while !params.is_empty() {
            let (param, more) = cut(params, b';');
            if is_next(param) {
                return Some(url);
            }
            params = more;
        }
        rest = others;
    }
}

/// What comes before a separator that is not within quotes, and what comes after it.
#[inline]
fn cut(text: &str, separator: u8) -> (&str, &str) {
    let mut quoted = false;
    let at = text.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == separator && !quoted
    });
    at.and_then(|at| Some((text.get(..at)?, text.get(at + 1..)?)))
        .unwrap_or((text, ""))
}

/// Whether a parameter says that the link leads to the next page; `rel` may list several relations.
#[inline]
fn is_next(param: &str) -> bool {
    let Some((name, value)) = param.split_once('=') else {
        return false;
    };
    name.trim().eq_ignore_ascii_case("rel")
        && value
            .trim()
            .trim_matches('"')
            .split_ascii_whitespace()
            .any(|relation| relation.eq_ignore_ascii_case("next"))
}

#[cfg(test)]
mod tests {
    use super::find_next_link;

    #[test]
    fn the_next_of_several_links() {
        let header = r#"<https://a.example/?page=1>; rel="prev first"; title="a, <b>; rel=next", </x?page=3>;rel="NEXT""#;
        assert_eq!(find_next_link(header), Some("/x?page=3"));
        assert_eq!(find_next_link("</y>; rel=next"), Some("/y"));
        assert_eq!(find_next_link("</y>; rel=\"last next\""), Some("/y"));
    }

    #[test]
    fn no_next_link() {
        for header in [
            "",
            "</y>",
            "</y>; rel=last",
            "</y",
            "next",
            "</y>; rel=\"nextish\"",
        ] {
            assert_eq!(find_next_link(header), None, "{header}");
        }
    }
}
