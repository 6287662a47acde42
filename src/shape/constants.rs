//! The known values of a scalar type.

/// The maximum number of known values of one type; more of them are any value of the type.
const MAX_KNOWN: usize = 16;

/// Which values of a scalar type are possible.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Constants<T> {
    /// None: the value has another type.
    #[default]
    Never,
    /// One of these, in the order in which they became known.
    Known(Vec<T>),
    /// Any.
    All,
}

impl<T: Clone + PartialEq> Constants<T> {
    /// A single value.
    pub fn one(value: T) -> Self {
        Self::Known(vec![value])
    }

    /// Whether no value of the type is possible.
    pub const fn is_never(&self) -> bool {
        matches!(self, Self::Never)
    }

    /// Whether every value of the type is possible.
    pub const fn is_all(&self) -> bool {
        matches!(self, Self::All)
    }

    /// The known values; `None` if there may be others.
    pub fn known(&self) -> Option<&[T]> {
        match self {
            Self::Never => Some(&[]),
            Self::Known(values) => Some(values),
            Self::All => None,
        }
    }

    /// Whether a value is possible.
    pub fn contains(&self, value: &T) -> bool {
        match self {
            Self::Never => false,
            Self::Known(values) => values.contains(value),
            Self::All => true,
        }
    }

    /// Whether every value of another set is possible.
    pub fn includes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, _) | (_, Self::Never) => true,
            (Self::Never, _) | (_, Self::All) => false,
            (Self::Known(_), Self::Known(values)) => values.iter().all(|value| self.contains(value)),
        }
    }

    /// The values of either.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => Self::All,
            (Self::Never, set) | (set, Self::Never) => set.clone(),
            (Self::Known(a), Self::Known(b)) => {
                let mut all = a.clone();
                all.extend(b.iter().filter(|value| !a.contains(value)).cloned());
                if all.len() > MAX_KNOWN {
                    Self::All
                } else {
                    Self::Known(all)
                }
            }
        }
    }

    /// The values of both.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::All, set) | (set, Self::All) => set.clone(),
            (Self::Never, _) | (_, Self::Never) => Self::Never,
            (Self::Known(a), Self::Known(_)) => {
                Self::from_known(a.iter().filter(|value| other.contains(value)).cloned().collect())
            }
        }
    }

    /// These values; none of them is [`Self::Never`].
    pub fn from_known(values: Vec<T>) -> Self {
        if values.is_empty() {
            Self::Never
        } else {
            Self::Known(values)
        }
    }

    /// The known values that fulfil a condition; an unlimited set stays as it is.
    #[must_use]
    pub fn filter(&self, keep: impl Fn(&T) -> bool) -> Self {
        match self {
            Self::Known(values) => {
                Self::from_known(values.iter().filter(|value| keep(value)).cloned().collect())
            }
            other => other.clone(),
        }
    }

    /// A set that grew since the last visit of a loop becomes unlimited.
    #[must_use]
    pub fn widen(&self, newer: &Self) -> Self {
        let joined = self.join(newer);
        if joined == *self || self.is_never() {
            joined
        } else {
            Self::All
        }
    }
}
