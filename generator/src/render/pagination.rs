//! Pagination: the `ListPage` impl of a struct, and the request's description of its pages.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::ident;
use super::imports::{Imports, type_tokens};
use crate::ir::{
    OnEmptyPage, PageFieldRole, PageFieldSource, PageParam, PageParamLocation, Pagination,
    PaginationStyle, WireName,
};
use crate::plan::{FieldStep, FieldWrapper, PagePlan, Plan, RustIdent};

/// Renders the impl that gives access to the items of a page.
pub(super) fn list_page_impl(
    plan: &Plan<'_>,
    name: &RustIdent,
    page: &PagePlan,
    imports: &mut Imports,
) -> TokenStream {
    imports.runtime(&["ListPage"]);
    let name = ident(name);
    let item = type_tokens(plan, &page.item, imports);
    let (items, into_items) = (items_body(&page.items), into_items_body(&page.items));
    let mark = (!page.marks.is_empty()).then(|| mark_method(page, imports));
    quote! {
        impl ListPage for #name {
            type Item = #item;

            fn items(&self) -> Option<&[Self::Item]> {
                #items
            }

            fn into_items(self) -> Option<Vec<Self::Item>> {
                #into_items
            }

            #mark
        }
    }
}

fn mark_method(page: &PagePlan, imports: &mut Imports) -> TokenStream {
    imports.codec(&["Encode"]);
    imports.runtime(&["PageMark"]);
    let arms = page.marks.iter().map(|(mark, steps)| {
        let mark = mark_name(*mark);
        let (owner, last) = to_last(steps);
        quote!(PageMark::#mark => Some(&#owner.#last),)
    });
    quote! {
        fn mark(&self, mark: PageMark) -> Option<&dyn Encode> {
            match mark {
                #(#arms)*
                _ => None,
            }
        }
    }
}

/// Returns the expression that contains the last field of a path, and the field.
fn to_last(steps: &[FieldStep]) -> (TokenStream, Option<Ident>) {
    let mut owner = quote!(self);
    let Some((last, above)) = steps.split_last() else {
        return (owner, None);
    };
    for step in above {
        let name = ident(&step.ident);
        owner = match step.wrapper {
            FieldWrapper::Plain => quote!(#owner.#name),
            FieldWrapper::Optional | FieldWrapper::Null => quote!(#owner.#name.as_ref()?),
            FieldWrapper::Nullable => quote!(#owner.#name.value()?),
        };
    }
    (owner, Some(ident(&last.ident)))
}

fn items_body(steps: &[FieldStep]) -> TokenStream {
    let (owner, last) = to_last(steps);
    match steps.last().map(|step| step.wrapper) {
        Some(FieldWrapper::Optional | FieldWrapper::Null) => quote!(#owner.#last.as_deref()),
        Some(FieldWrapper::Nullable) => quote!(#owner.#last.value().map(Vec::as_slice)),
        Some(FieldWrapper::Plain) | None => quote!(Some(&#owner.#last)),
    }
}

fn into_items_body(steps: &[FieldStep]) -> TokenStream {
    let mut value = quote!(self);
    let last = steps.len().saturating_sub(1);
    for (index, step) in steps.iter().enumerate() {
        let name = ident(&step.ident);
        value = match (step.wrapper, index == last) {
            (FieldWrapper::Plain, true) => quote!(Some(#value.#name)),
            (FieldWrapper::Plain, false) | (FieldWrapper::Optional | FieldWrapper::Null, true) => {
                quote!(#value.#name)
            }
            (FieldWrapper::Optional | FieldWrapper::Null, false) => quote!(#value.#name?),
            (FieldWrapper::Nullable, true) => quote!(#value.#name.into_option()),
            (FieldWrapper::Nullable, false) => quote!(#value.#name.into_option()?),
        };
    }
    value
}

/// Renders the call that describes the pagination of a method's response.
pub(super) fn paged_call(paging: &Pagination, imports: &mut Imports) -> TokenStream {
    imports.runtime(&["PageStyle"]);
    let style = page_style(&paging.style);
    let headers: Vec<_> = paging.fields.iter().filter_map(mark_header).collect();
    let headers = (!headers.is_empty()).then(|| {
        imports.runtime(&["PageMark"]);
        quote!(.headers(&[#(#headers),*]))
    });
    let on_empty = match paging.on_empty {
        OnEmptyPage::Stop => None,
        OnEmptyPage::Continue => Some(quote!(.continue_on_empty())),
    };
    let backwards = paging.backwards.as_ref().map(WireName::as_str);
    let backwards = backwards.map(|name| quote!(.backwards_by(#name)));
    quote!(.paged(PageStyle::#style #headers #on_empty #backwards))
}

fn page_style(kind: &PaginationStyle) -> TokenStream {
    let (style, param) = match kind {
        PaginationStyle::Cursor(param) => {
            let name = param.wire.as_str();
            (quote!(cursor(#name)), Some(param))
        }
        PaginationStyle::CursorId(param, id) => {
            let (name, id) = (param.wire.as_str(), id.iter().map(WireName::as_str));
            (quote!(cursor_id(#name, &[#(#id),*])), Some(param))
        }
        PaginationStyle::CursorUrl => (quote!(cursor_url()), None),
        PaginationStyle::Offset(param, first) => (
            render_numbered_style("offset", param, *first, 0),
            Some(param),
        ),
        PaginationStyle::PageNumber(param, first) => (
            render_numbered_style("page_number", param, *first, 1),
            Some(param),
        ),
        PaginationStyle::Single => (quote!(single()), None),
    };
    match param.map(|param| param.location) {
        Some(PageParamLocation::Body) => quote!(#style.in_body()),
        Some(PageParamLocation::Query) | None => style,
    }
}

fn render_numbered_style(style: &str, param: &PageParam, first: u64, usual: u64) -> TokenStream {
    let (style, name) = (quote::format_ident!("{style}"), param.wire.as_str());
    let start = (first != usual).then(|| {
        let first = Literal::u64_unsuffixed(first);
        quote!(.starting_at(#first))
    });
    quote!(#style(#name) #start)
}

fn mark_header((mark, source): &(PageFieldRole, PageFieldSource)) -> Option<TokenStream> {
    let PageFieldSource::Header(name) = source else {
        return None;
    };
    let mark = mark_name(*mark);
    Some(quote!((PageMark::#mark, #name)))
}

fn mark_name(mark: PageFieldRole) -> Ident {
    quote::format_ident!("{mark:?}")
}
