//! CPU time and memory of this process: what Linux says of them.

/// CPU seconds of all threads so far. The clock is coarse: some milliseconds.
#[must_use]
pub(crate) fn seconds() -> f64 {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let nanoseconds = |entry: std::fs::DirEntry| -> Option<f64> {
        let text = std::fs::read_to_string(entry.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse().ok()
    };
    threads.filter_map(nanoseconds).sum::<f64>() / 1e9
}

/// CPU seconds of one run, at the least of several tries; short runs are taken many at a time.
pub(crate) fn least<T>(tries: u64, run: impl Fn() -> T) -> f64 {
    let once = || {
        let before = seconds();
        let mut runs = 0;
        while runs == 0 || (runs < 10_000 && seconds() - before < 0.05) {
            std::hint::black_box(run());
            runs += 1;
        }
        (seconds() - before) / f64::from(runs)
    };
    (0..tries).map(|_| once()).fold(f64::INFINITY, f64::min)
}
