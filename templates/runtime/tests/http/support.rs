//! An API to call, and clients of it.

use sdkwright_runtime::__private::{
    Api, Credential, CredentialPart, Params, RequestParts, SecurityScheme, SecuritySchemeKind,
};
use sdkwright_runtime::{Client, ClientBuilder, Request, Value};

use crate::empty_api;
use crate::server::Server;

pub(crate) const KEY: &str = "sk-hush-7f3a";

/// An API with a bearer key, as most have.
pub(crate) static API: Api = Api {
    name: "Petstore",
    version: "1.2.3",
    env_prefix: "PETSTORE",
    environments: &[
        ("production", "https://pets.invalid/api/v1"),
        ("sandbox", "https://sandbox.pets.invalid"),
    ],
    schemes: &[SecurityScheme {
        name: "Bearer",
        kind: SecuritySchemeKind::Bearer,
    }],
    security: &[&["Bearer"]],
    credentials: &[Credential {
        option: "api_key",
        scheme: "Bearer",
        part: CredentialPart::Value,
        env: Some("PETSTORE_API_KEY"),
        required: true,
        nullable: false,
        default: None,
    }],
    webhook_secret_env: Some("PETSTORE_WEBHOOK_SECRET"),
    ..empty_api::API
};

/// A builder with a key, which ignores the environment.
pub(crate) fn builder() -> ClientBuilder {
    builder_of(&API).credential("api_key", KEY)
}

/// A builder without options, which ignores the environment.
pub(crate) fn builder_of(api: &'static Api) -> ClientBuilder {
    ClientBuilder::new(api).env(|_| None)
}

/// A client of a server.
pub(crate) fn client(server: &Server) -> Client {
    builder().base_url(server.url()).build().unwrap()
}

/// A call that sends a body.
pub(crate) fn post(client: &Client) -> Request<'_, Value> {
    client.post("/pets").json(&"a body".to_owned())
}

/// Parameters that a function writes.
pub(crate) struct With<F>(pub(crate) F);

impl<F: Fn(&mut RequestParts)> Params for With<F> {
    fn apply(&self, request: &mut RequestParts) {
        (self.0)(request);
    }
}
