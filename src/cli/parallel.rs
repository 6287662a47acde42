//! Processes inputs on several threads, with results in the order of the inputs.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Fewer inputs than this are processed on the calling thread.
pub(super) const WORTH_THREADS: usize = 4;

/// Calls `work` for every input on the given number of threads, and `take` with each result on this thread, in order.
/// Stops at the first error of `take`.
pub(super) fn in_order<I: Sync, R: Send, E>(
    inputs: &[I],
    threads: NonZeroUsize,
    work: impl Fn(&I) -> R + Sync,
    take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    in_order_with(inputs, threads, &mut (), || (), |(), input| work(input), take)
}

/// Like [`in_order`], with a state for each thread: `own` for this one, and a new one from `state` for each of the others.
pub(super) fn in_order_with<I: Sync, S, R: Send, E>(
    inputs: &[I],
    threads: NonZeroUsize,
    own: &mut S,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &I) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = threads.get().min(inputs.len());
    if threads < 2 || inputs.len() < WORTH_THREADS {
        return inputs.iter().try_for_each(|input| take(work(own, input)));
    }
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let (send, receive) = mpsc::channel();
        for _ in 0..threads {
            let (send, next, work, state) = (send.clone(), &next, &work, &state);
            scope.spawn(move || {
                let mut state = state();
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(input) = inputs.get(i) else { break };
                    // The receiver is gone, since the run has ended early.
                    if send.send((i, work(&mut state, input))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let mut early = BTreeMap::new();
        let mut wanted = 0;
        for (i, result) in receive {
            early.insert(i, result);
            while let Some(result) = early.remove(&wanted) {
                wanted += 1;
                take(result)?;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn returns_results_in_order_for_any_number_of_threads() {
        for threads in 1..9 {
            let inputs: Vec<u64> = (0..500).collect();
            let mut seen = Vec::new();
            let slow_at_first =
                |n: &u64| (0..(500 - n) * 20).fold(*n, |a, b| std::hint::black_box(a + b) - b);
            in_order(&inputs, NonZeroUsize::new(threads).unwrap(), slow_at_first, |n| {
                seen.push(n);
                Ok::<(), ()>(())
            })
            .unwrap();
            assert_eq!(seen, inputs);
        }
    }

    #[test]
    fn stops_at_the_first_error() {
        let inputs: Vec<u32> = (0..100).collect();
        let end = in_order(
            &inputs,
            NonZeroUsize::new(4).unwrap(),
            |n| *n,
            |n| if n == 7 { Err(n) } else { Ok(()) },
        );
        assert_eq!(end, Err(7));
    }
}
