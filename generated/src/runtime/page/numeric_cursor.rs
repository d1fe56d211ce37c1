//! Exact spelling of the numbers in a page.
//!
//! A cursor that is declared as a number is decoded as an `f64`, which holds only 15 digits
//! reliably. The server expects its own spelling back, so the spelling is taken from the page's
//! text.

/// Location of a number in a page.
#[derive(Debug, Clone, Copy)]
pub(super) enum NumberLocation<'n> {
    /// In the page itself, outside of all arrays.
    Page,
    /// In the last item of an array, under this property.
    LastItem(&'n str),
}

/// Finds the spelling of a number in the JSON text of a page.
///
/// Returns `None` if several different spellings decode to the same float.
#[inline]
pub(super) fn find_lexeme(
    page: &[u8],
    number: f64,
    location: NumberLocation<'_>,
) -> Option<String> {
    let found = numbers(page).filter(|found| {
        let is_there = match location {
            NumberLocation::Page => !found.in_list,
            NumberLocation::LastItem(name) => found.in_list && found.name == Some(name.as_bytes()),
        };
        is_there && found.text.parse() == Ok(number)
    });
    let mut texts: Vec<&str> = found.map(|found| found.text).collect();
    let last = texts.pop()?;
    let is_clear =
        matches!(location, NumberLocation::LastItem(_)) || texts.iter().all(|text| *text == last);
    is_clear.then(|| last.to_owned())
}

/// A number in a JSON text.
struct JsonNumber<'j> {
    text: &'j str,
    /// Name of the property that holds the number.
    name: Option<&'j [u8]>,
    in_list: bool,
}

/// Iterates over the numbers of a valid JSON text, in order.
#[inline]
fn numbers(json: &[u8]) -> impl Iterator<Item = JsonNumber<'_>> {
    let mut rest = json;
    let mut lists = 0_usize;
    let (mut name, mut string) = (None, None);
    std::iter::from_fn(move || {
        loop {
            let here = rest;
            let (first, after) = rest.split_first()?;
            rest = after;
            match first {
                b'"' => string = Some(take_string(&mut rest)),
                b':' => name = string.take(),
                b'[' => (lists, name) = (lists.saturating_add(1), None),
                b']' => lists = lists.saturating_sub(1),
                b',' => name = None,
                b'-' | b'0'..=b'9' => {
                    let is_of_it =
                        |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                    let length = here.iter().position(|byte| !is_of_it(byte));
                    let (text, after) = here.split_at(length.unwrap_or(here.len()));
                    rest = after;
                    let text = std::str::from_utf8(text).ok()?;
                    let in_list = lists > 0;
                    return Some(JsonNumber {
                        text,
                        name,
                        in_list,
                    });
                }
                _ => {}
            }
        }
    })
}

/// Takes the raw string at the start of `rest` and advances `rest` past it.
#[inline]
fn take_string<'j>(rest: &mut &'j [u8]) -> &'j [u8] {
    let mut escaped = false;
    let end = rest.iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    let (text, after) = rest.split_at(end.unwrap_or(rest.len()));
    *rest = after.get(1..).unwrap_or_default();
    text
}
