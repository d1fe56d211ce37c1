//! Outcomes: enums of the successful responses of an operation, by their statuses.

use proc_macro2::Literal;
use quote::quote;

use super::docs::Doc;
use super::ident;
use super::imports::Imports;
use super::rust_file::RustFile;
use super::unions::payload;
use crate::ir::StatusPattern;
use crate::plan::{Item, OutcomePlan, Plan, RustType};

/// Renders the responses of an operation that has several.
pub(super) fn render(
    plan: &Plan<'_>,
    item: &Item<'_>,
    outcome: &OutcomePlan,
    imports: &mut Imports,
    file: &mut RustFile,
) {
    imports.runtime(&["Error", "FromResponse", "Response"]);
    let name = ident(&item.ident);
    let variants: Vec<_> = outcome
        .variants
        .iter()
        .map(|variant| {
            let mut doc = Doc::default();
            doc.prose(&variant.description);
            let docs = doc.or(format!("`{}`.", variant.ident)).tokens();
            let name = ident(&variant.ident);
            match payload(plan, &variant.ty, imports) {
                Some(ty) => quote!(#docs #name(#ty)),
                None => quote!(#docs #name),
            }
        })
        .collect();
    let arms = outcome.variants.iter().map(|variant| {
        let name = ident(&variant.ident);
        let pattern = match variant.status {
            StatusPattern::Code(code) => {
                let code = Literal::u16_unsuffixed(code);
                quote!(#code)
            }
            StatusPattern::Range(class) => {
                let (from, to) = (
                    Literal::u16_unsuffixed(class * 100),
                    Literal::u16_unsuffixed(class * 100 + 99),
                );
                quote!(#from..=#to)
            }
            StatusPattern::Default => quote!(_),
        };
        match variant.ty {
            RustType::Unit => quote!(#pattern => Ok(Self::#name),),
            _ => quote!(#pattern => FromResponse::from_response(response).map(Self::#name),),
        }
    });
    let rest = (!outcome
        .variants
        .iter()
        .any(|v| v.status == StatusPattern::Default))
    .then(|| quote!(_ => FromResponse::from_response(response).map(Self::Unknown),));
    let unknown = rest.is_some().then(|| {
        imports.runtime(&["Bytes"]);
        quote!(
            #[doc = " A response with a status that the API does not declare."]
            Unknown(Bytes),
        )
    });
    let docs = " The response of a call, with a variant for each status.";
    file.push(quote! {
        #[doc = #docs]
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unknown
        }
    });
    file.push(quote! {
        impl FromResponse for #name {
            const ACCEPT: &'static str = "*/*";
            fn from_response(response: Response) -> Result<Self, Error> {
                match response.status().as_u16() {
                    #(#arms)*
                    #rest
                }
            }
        }
    });
}
