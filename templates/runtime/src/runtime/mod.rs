//! What every SDK needs and no description decides: the codec, and secrets.

pub mod codec;
pub mod secret;

pub use codec::{Date, DateTime, DecodeError, Extra, Nullable, Value};
pub use secret::Secret;
