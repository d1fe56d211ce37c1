//! Unit tests of the runtime's private items. They live outside of its folder so that they are not
//! copied into every SDK.

mod client_types;
mod events;
mod log;
mod multipart;
mod properties;
mod retry;
