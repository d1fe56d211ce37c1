//! The parts of generated types that do not depend on their fields. Each macro takes any number of
//! types.
//!
//! Each function is `#[inline]`: it is compiled where it is used, which for most types is nowhere.

/// What an object or a union has beside its members and its codec: `Debug`, `PartialEq`, and serde's
/// traits.
///
/// Derived, the first two are more code than the codec; these go by what the codec writes.
#[allow(unused_macros, reason = "a crate without objects has no use for it")]
macro_rules! impl_value_traits {
    ($($type:ty),+ $(,)?) => {$(
        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::runtime::codec::debug::debug(self, ::core::stringify!($type), f)
            }
        }

        impl ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::runtime::codec::equal::equal(self, other)
            }
        }

        #[cfg(feature = "serde")]
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::runtime::codec::serde_impls::serialize(self, serializer)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::codec::serde_impls::deserialize(deserializer)
            }
        }
    )+};
}

/// What an open enum of strings has beside its variants, `as_str` and `From<&str>`.
#[allow(
    unused_macros,
    reason = "a crate without string enums has no use for it"
)]
macro_rules! impl_string_enum {
    ($($type:ty),+ $(,)?) => {$(
        impl ::core::convert::From<::std::string::String> for $type {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::convert::From<&::std::string::String> for $type {
            #[inline]
            fn from(value: &::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(value))
            }
        }

        impl ::core::convert::AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::runtime::codec::Decode for $type {
            #[inline]
            fn decode(
                r: &mut $crate::runtime::codec::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::runtime::codec::DecodeError> {
                r.str().map(Self::from)
            }
        }

        impl $crate::runtime::codec::Encode for $type {
            #[inline]
            fn encode(&self, w: &mut $crate::runtime::codec::Writer) {
                w.str(self.as_str());
            }
        }

        #[cfg(feature = "serde")]
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                let value = <::std::string::String as ::serde::Deserialize>::deserialize(deserializer)?;
                ::core::result::Result::Ok(Self::from(value))
            }
        }
    )+};
}

/// What an open enum of integers has beside its variants, `as_i64` and `From<i64>`.
#[allow(
    unused_macros,
    reason = "a crate without integer enums has no use for it"
)]
macro_rules! impl_integer_enum {
    ($($type:ty),+ $(,)?) => {$(
        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl $crate::runtime::codec::Decode for $type {
            #[inline]
            fn decode(
                r: &mut $crate::runtime::codec::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::runtime::codec::DecodeError> {
                <i64 as $crate::runtime::codec::Decode>::decode(r).map(Self::from)
            }
        }

        impl $crate::runtime::codec::Encode for $type {
            #[inline]
            fn encode(&self, w: &mut $crate::runtime::codec::Writer) {
                w.signed(self.as_i64());
            }
        }

        #[cfg(feature = "serde")]
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::codec::serde_impls::integer(deserializer).map(Self::from)
            }
        }
    )+};
}

#[allow(unused_imports, reason = "see each macro")]
pub(crate) use {impl_integer_enum, impl_string_enum, impl_value_traits};
