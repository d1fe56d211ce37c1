//! Tests of the runtime's private parts. They live outside of its folder so that
//! they are not copied into every SDK.

mod client_types;
mod events;
mod multipart;
mod properties;
mod retry;
