//! The virtual clock and the queue of wake-ups.

use crate::history::Time;
use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};

/// Wake-ups in order of time; those for the same time in the order in which they were queued.
#[derive(Debug)]
pub(super) struct Clock<W> {
    now: Time,
    /// Wake-ups for the current time, in order.
    due: VecDeque<W>,
    later: BinaryHeap<Reverse<Entry<W>>>,
    sequence: u64,
}

#[derive(Debug)]
struct Entry<W> {
    time: Time,
    sequence: u64,
    wake: W,
}

impl<W> Clock<W> {
    pub(super) fn new(now: Time) -> Self {
        Self {
            now,
            due: VecDeque::new(),
            later: BinaryHeap::new(),
            sequence: 0,
        }
    }

    pub(super) const fn now(&self) -> Time {
        self.now
    }

    /// Queues a wake-up for a time; a time in the past means now.
    pub(super) fn at(&mut self, time: Time, wake: W) {
        if time <= self.now {
            self.due.push_back(wake);
            return;
        }
        self.sequence += 1;
        self.later.push(Reverse(Entry {
            time,
            sequence: self.sequence,
            wake,
        }));
    }

    /// Queues a wake-up after a number of milliseconds.
    pub(super) fn after(&mut self, millis: i64, wake: W) {
        self.at(self.now + millis, wake);
    }

    /// Takes the next wake-up and sets the clock to its time.
    pub(super) fn next(&mut self) -> Option<W> {
        if let Some(wake) = self.due.pop_front() {
            return Some(wake);
        }
        let Reverse(first) = self.later.pop()?;
        self.now = first.time;
        // Other wake-ups for this time were queued before anything that the first one is going to queue.
        while let Some(Reverse(entry)) = self.later.peek()
            && entry.time == self.now
        {
            if let Some(Reverse(entry)) = self.later.pop() {
                self.due.push_back(entry.wake);
            }
        }
        Some(first.wake)
    }
}

impl<W> Entry<W> {
    fn key(&self) -> (Time, u64) {
        (self.time, self.sequence)
    }
}

impl<W> PartialEq for Entry<W> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl<W> Eq for Entry<W> {}

impl<W> PartialOrd for Entry<W> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<W> Ord for Entry<W> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wake_ups_come_by_time_then_as_queued() {
        let mut clock = Clock::new(Time::from_millis(0));
        clock.after(10, 'c');
        clock.after(0, 'a');
        clock.after(10, 'd');
        clock.after(5, 'b');
        let mut order = String::new();
        while let Some(wake) = clock.next() {
            order.push(wake);
            if wake == 'c' {
                clock.after(0, 'e');
            }
        }
        assert_eq!(order, "abcde");
        assert_eq!(clock.now().millis(), 10);
    }
}
