//! The table of fields: structs whose fields declare how they are lowered.
//!
//! A field is declared once. What is lowered is also visited by [`Walk`], so no rule about expressions can miss it.

/// Declares structs whose fields are lowered by a method of [`Object`](super::object::Object) and visited by
/// [`Walk`](super::part::Walk), in this order.
///
/// The fields of a struct with a type parameter in place of `'d` are settings, each an `Option<S>`: as written
/// ([`Scalar`](super::Scalar)) in the model, or compiled for a run.
macro_rules! fields {
    ($($(#[$meta:meta])* pub struct $name:ident<'d> {
        $($(#[$doc:meta])* pub $field:ident: $type:ty = $lower:ident($($argument:expr),*),)*
    })*) => {$(
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $name<'d> {
            $($(#[$doc])* pub $field: $type,)*
        }

        impl<'d> $name<'d> {
            pub(in crate::asl) fn lower(object: &$crate::asl::object::Object<'d>) -> Self {
                Self {
                    $($field: object.$lower($($argument),*),)*
                }
            }
        }

        impl<'d> $crate::asl::part::Walk<'d> for $name<'d> {
            fn walk<'a>(&'a self, f: &mut dyn FnMut($crate::asl::part::Part<'a, 'd>)) {
                $($crate::asl::part::Walk::walk(&self.$field, f);)*
            }
        }
    )*};
    ($(#[$meta:meta])* pub struct $name:ident<S> {
        $($(#[$doc:meta])* pub $field:ident = scalar($($argument:expr),*),)*
    }) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $name<S> {
            $($(#[$doc])* pub $field: Option<S>,)*
        }

        impl<'d> $name<$crate::asl::Scalar<'d>> {
            pub(in crate::asl) fn lower(object: &$crate::asl::object::Object<'d>) -> Self {
                Self {
                    $($field: object.scalar($($argument),*),)*
                }
            }
        }

        impl<S> $name<S> {
            /// The settings in another form.
            pub fn map<T>(&self, mut convert: impl FnMut(&S) -> T) -> $name<T> {
                $name {
                    $($field: self.$field.as_ref().map(&mut convert),)*
                }
            }
        }

        impl<'d> $crate::asl::part::Walk<'d> for $name<$crate::asl::Scalar<'d>> {
            fn walk<'a>(&'a self, f: &mut dyn FnMut($crate::asl::part::Part<'a, 'd>)) {
                $($crate::asl::part::Walk::walk(&self.$field, f);)*
            }
        }
    };
}

pub(in crate::asl) use fields;
