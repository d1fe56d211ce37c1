//! Resolution of next-page URLs, and the rules for following them.
//!
//! A next-page URL is treated like a redirect. Another origin receives only headers that are safe
//! to share, and a page read over `https` never leads to `http`.

use http::{HeaderMap, Uri};
use url::Url;

use crate::runtime::error::BuildError;
use crate::runtime::query::Pair;
use crate::runtime::redirect;

/// Resolves the URL of the next page against the URL of the page that names it.
#[inline]
pub(super) fn resolve(page: &Uri, next: &str) -> Result<Url, BuildError> {
    let (from, to) = redirect::target(page, next.as_bytes()).ok_or_else(|| {
        BuildError::new("the next-page link sent by the server is not a valid URL")
    })?;
    if from.scheme() == "https" && to.scheme() != "https" {
        return Err(BuildError::new(
            "the next-page link sent by the server leads from https to http",
        ));
    }
    Ok(to)
}

/// Returns `true` if the page is at the origin of the client's own endpoint. Credentials are not
/// sent to other origins.
#[inline]
pub(crate) fn has_same_endpoint(own: &Uri, page: &Url) -> bool {
    Url::parse(&own.to_string()).is_ok_and(|own| own.origin() == page.origin())
}

/// Points a request at the URL of a page.
///
/// `own` is the URL that the request would otherwise have. Default query parameters are added
/// unless the page's URL already has them or the call removes them.
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
        let defaults = queries.iter().copied().flatten();
        add(&mut url, page, defaults.filter(|pair| !left_out(pair)));
    }
    let uri = Uri::try_from(url.as_str())
        .map_err(|_| BuildError::new("the URL of the next page is too long or malformed"))?;
    let headers = if at_home {
        headers
    } else {
        redirect::shareable_headers(&headers)
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

/// Finds the URL of the next page in a `Link` header, such as `<url>; rel="next"` ([RFC 8288,
/// section 3](https://www.rfc-editor.org/rfc/rfc8288#section-3)).
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

/// Splits at the first separator outside of quotes.
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

/// Returns `true` if the parameter is a `rel` that contains `next`. A `rel` may list several
/// relations.
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
    fn the_next_link_is_found_among_several() {
        let header = r#"<https://a.example/?page=1>; rel="prev first"; title="a, <b>; rel=next", </x?page=3>;rel="NEXT""#;
        assert_eq!(find_next_link(header), Some("/x?page=3"));
        assert_eq!(find_next_link("</y>; rel=next"), Some("/y"));
        assert_eq!(find_next_link("</y>; rel=\"last next\""), Some("/y"));
    }

    #[test]
    fn a_header_without_a_next_link_is_none() {
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
