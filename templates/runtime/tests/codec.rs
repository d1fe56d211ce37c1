//! The codec as generated types use it.

use sdkwright_runtime::runtime::codec::{from_slice, to_vec};
use sdkwright_runtime::sample::ChatPage;

const PAGE: &str = include_str!("support/page.json");

#[test]
fn a_page_survives() {
    let page: ChatPage = from_slice(PAGE.as_bytes()).unwrap();
    let again: ChatPage = from_slice(&to_vec(&page)).unwrap();
    assert_eq!(page, again);
}
