//! Code of generated types that does not depend on their fields. Each macro takes any number of
//! types.
//!
//! All functions are `#[inline]`, so they are compiled only where they are used. For most types
//! that is nowhere.

/// Implements `Debug`, `PartialEq` and serde's traits for an object or a union.
///
/// Derived implementations of the first two would be larger than the codec. These use the codec's
/// output instead.
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_value_traits {
    ($($type:ty),+ $(,)?) => {$(
        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::runtime::__private::debug(self, ::core::stringify!($type), f)
            }
        }

        impl ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::runtime::__private::equal(self, other)
            }
        }

        #[cfg(feature = "serde")]
        impl $crate::runtime::__private::serde::Serialize for $type {
            fn serialize<S: $crate::runtime::__private::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::runtime::__private::serialize(self, serializer)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> $crate::runtime::__private::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::__private::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::__private::deserialize(deserializer)
            }
        }
    )+};
}

/// Implements the remaining methods and traits of an open string enum. Its variants, `as_str` and
/// `From<&str>` are generated.
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_string_enum {
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
                r: &mut $crate::runtime::__private::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::runtime::codec::DecodeError> {
                r.str().map(Self::from)
            }
        }

        impl $crate::runtime::codec::Encode for $type {
            #[inline]
            fn encode(&self, w: &mut $crate::runtime::__private::Writer) {
                w.str(self.as_str());
            }
        }

        #[cfg(feature = "serde")]
        impl $crate::runtime::__private::serde::Serialize for $type {
            fn serialize<S: $crate::runtime::__private::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> $crate::runtime::__private::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::__private::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                let value = <::std::string::String as $crate::runtime::__private::serde::Deserialize>::deserialize(deserializer)?;
                ::core::result::Result::Ok(Self::from(value))
            }
        }
    )+};
}

/// Implements the remaining methods and traits of an open integer enum. Its variants, `as_i64` and
/// `From<i64>` are generated.
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_integer_enum {
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
                r: &mut $crate::runtime::__private::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::runtime::codec::DecodeError> {
                <i64 as $crate::runtime::codec::Decode>::decode(r).map(Self::from)
            }
        }

        impl $crate::runtime::codec::Encode for $type {
            #[inline]
            fn encode(&self, w: &mut $crate::runtime::__private::Writer) {
                w.signed(self.as_i64());
            }
        }

        #[cfg(feature = "serde")]
        impl $crate::runtime::__private::serde::Serialize for $type {
            fn serialize<S: $crate::runtime::__private::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> $crate::runtime::__private::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::runtime::__private::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::__private::deserialize_integer(deserializer).map(Self::from)
            }
        }
    )+};
}
