//! Dates of the proleptic Gregorian calendar, counted in days since 1970.

/// A date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) year: i64,
    /// 1 to 12.
    pub(super) month: i64,
    /// 1 to 31.
    pub(super) day: i64,
}

impl Date {
    /// The date `days` after 1970-01-01.
    pub(super) const fn from_days(days: i64) -> Self {
        // In years that start in March, the leap day is the last day.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        Self {
            year: year_of_era + era * 400 + (month <= 2) as i64,
            month,
            day: day_of_year - (153 * shifted_month + 2) / 5 + 1,
        }
    }

    /// The date, if the month has such a day.
    pub(super) fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        let date = Self { year, month, day };
        let exists = (-400_000..=400_000).contains(&year)
            && (1..=12).contains(&month)
            && (1..=31).contains(&day)
            && Self::from_days(date.days()) == date;
        exists.then_some(date)
    }

    /// Days since 1970-01-01.
    pub(super) const fn days(self) -> i64 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let shifted_month = (self.month + 9) % 12;
        let day_of_year = (153 * shifted_month + 2) / 5 + self.day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// 1 for January 1st.
    pub(super) const fn day_of_year(self) -> i64 {
        self.days() - first_of(self.year, 1).days() + 1
    }

    /// 1 for Monday.
    pub(super) const fn weekday(self) -> i64 {
        (self.days() + 3).rem_euclid(7) + 1
    }

    /// The number of the week, which starts on Monday, in the year or month to which it belongs. The first week is the
    /// one with the first Thursday.
    pub(super) const fn week(self, of: WeekPeriod) -> i64 {
        (self.days() - self.first_week(of).0) / 7 + 1
    }

    /// The year or the number of the month to which the week belongs.
    pub(super) const fn week_owner(self, of: WeekPeriod) -> i64 {
        self.first_week(of).1
    }

    /// The first day of the first week of the year or month to which the week of this date belongs, and its number.
    const fn first_week(self, of: WeekPeriod) -> (i64, i64) {
        let (year, month) = (self.year, self.month);
        let [before, here, after] = match of {
            WeekPeriod::Year => [(year - 1, 1), (year, 1), (year + 1, 1)],
            WeekPeriod::Month => [
                if month == 1 {
                    (year - 1, 12)
                } else {
                    (year, month - 1)
                },
                (year, month),
                if month == 12 {
                    (year + 1, 1)
                } else {
                    (year, month + 1)
                },
            ],
        };
        let days = self.days();
        let owner = if days >= start_of_first_week(after) {
            after
        } else if days >= start_of_first_week(here) {
            here
        } else {
            before
        };
        let number = match of {
            WeekPeriod::Year => owner.0,
            WeekPeriod::Month => owner.1,
        };
        (start_of_first_week(owner), number)
    }
}

/// The period whose weeks are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WeekPeriod {
    Year,
    Month,
}

const fn first_of(year: i64, month: i64) -> Date {
    Date { year, month, day: 1 }
}

const fn start_of_first_week((year, month): (i64, i64)) -> i64 {
    let first = first_of(year, month);
    let weekday = first.weekday();
    if weekday > 4 {
        first.days() + 8 - weekday
    } else {
        first.days() - (weekday - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_days_to_dates_and_back() {
        for (days, year, month, day) in [
            (0, 1970, 1, 1),
            (-1, 1969, 12, 31),
            (19_782, 2024, 2, 29),
            (11_016, 2000, 2, 29),
            (-719_528, 0, 1, 1),
            (100_000_000, 275_760, 9, 13),
            (-100_000_000, -271_821, 4, 20),
        ] {
            let date = Date { year, month, day };
            assert_eq!(Date::from_days(days), date);
            assert_eq!(date.days(), days);
        }
        assert_eq!(Date::new(2023, 2, 29), None);
        assert_eq!(Date::new(1900, 2, 29), None);
        assert_eq!(Date::new(2023, 13, 1), None);
    }

    #[test]
    fn counts_weeks() {
        let date = |year, month, day| Date { year, month, day };
        let saturday = date(2005, 1, 1);
        assert_eq!(saturday.weekday(), 6);
        assert_eq!(
            (
                saturday.week(WeekPeriod::Year),
                saturday.week_owner(WeekPeriod::Year)
            ),
            (53, 2004)
        );
        assert_eq!(
            (
                saturday.week(WeekPeriod::Month),
                saturday.week_owner(WeekPeriod::Month)
            ),
            (5, 12)
        );
        assert_eq!(date(2018, 12, 31).week_owner(WeekPeriod::Year), 2019);
        assert_eq!(date(2018, 12, 31).week(WeekPeriod::Year), 1);
        assert_eq!(date(2024, 12, 31).day_of_year(), 366);
    }
}
