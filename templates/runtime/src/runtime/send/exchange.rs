//! One exchange of a request and a response, through redirects.

use std::borrow::Cow;

use http::header::HeaderValue;

use super::limits::{check_length, drain};
use super::{Call, RETRY_COUNT};
use crate::runtime::body::{Body, ResponseBody};
use crate::runtime::error::BuildError;
use crate::runtime::redirect::{self, Outgoing};
use crate::runtime::transport::TransportError;

/// The reason why an attempt received no response.
pub(super) enum Broken {
    Transport(TransportError),
    Redirect(&'static str),
    Body(std::io::Error),
    Length(BuildError),
}

impl Call<'_> {
    /// Sends the request and follows redirects.
    pub(super) async fn exchange(
        &self,
        retries: u32,
    ) -> Result<http::Response<ResponseBody>, Broken> {
        let mut current = Cow::Borrowed(&self.outgoing);
        for _ in 0..=self.redirects {
            let body = current.body.open(self.progress.as_ref()).await;
            let body = body.map_err(Broken::Body)?;
            check_length(&current.headers, &body).map_err(Broken::Length)?;
            let request = self.request(&current, body.clone(), retries);
            let response = self.client.shared.transport.send(request).await;
            let response = response.map_err(|error| match body.take_failure() {
                Some(failure) => Broken::Body(failure),
                None => Broken::Transport(error),
            })?;
            match redirect::next(&current, response.status(), response.headers())
                .map_err(Broken::Redirect)?
            {
                Some(next) if !next.body.is_replayable() => {
                    let why = "the server redirects a request whose body can be sent only once";
                    return Err(Broken::Redirect(why));
                }
                Some(next) => {
                    if next.uri.authority() == current.uri.authority() {
                        drain(response.into_body()).await;
                    }
                    current = Cow::Owned(next);
                }
                None => return Ok(response),
            }
        }
        Err(Broken::Redirect("too many redirects"))
    }

    pub(super) fn request(
        &self,
        outgoing: &Outgoing,
        body: Body,
        retries: u32,
    ) -> http::Request<Body> {
        let mut request = http::Request::new(body);
        *request.method_mut() = outgoing.method.clone();
        *request.uri_mut() = outgoing.uri.clone();
        *request.headers_mut() = outgoing.headers.clone();
        #[cfg(feature = "mock")]
        if let Some(base) = &self.base {
            let path = crate::runtime::mock::CallPath(base.own_path(&outgoing.uri));
            request.extensions_mut().insert(path);
        }
        if self.counts_retries && retries > 0 {
            request
                .headers_mut()
                .insert(RETRY_COUNT, HeaderValue::from(retries));
        }
        request
    }
}
