//! [`Secret`]: a string that must not be seen.

use std::fmt;

use secrecy::zeroize::Zeroize;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

/// An API key, a signing secret, a password.
///
/// `Debug` does not show it, comparing takes the same time however much of it is right, and its
/// memory is overwritten when it is dropped. There is no `Display`: [`expose`](Self::expose) is the
/// one way to its text.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose()
            .as_bytes()
            .ct_eq(other.expose().as_bytes())
            .into()
    }
}

impl Eq for Secret {}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(SecretString::from(Box::<str>::from(text)))
    }
}

impl From<String> for Secret {
    fn from(mut text: String) -> Self {
        // Shrinking the string in place could leave a copy of it behind in freed memory.
        let secret = Self::from(text.as_str());
        text.zeroize();
        secret
    }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Secret {
    /// Writes the text itself: who stores a value that holds a secret stores the secret.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Secret {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}
