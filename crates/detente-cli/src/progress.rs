//! A bar on stderr for what takes longer than a second, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A bar that shows itself after a second.
pub(crate) struct Progress {
    started: Instant,
    shown: bool,
    template: &'static str,
    bar: Mutex<Option<ProgressBar>>,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Progress::with("{bar:40} {percent:>3} %  {eta} left")
    }

    /// A bar that also tells how many a second.
    pub(crate) fn counting() -> Self {
        Progress::with("{bar:30} {percent:>3} %  {human_pos} of {human_len}, {per_sec}, {eta} left")
    }

    fn with(template: &'static str) -> Self {
        Progress { started: Instant::now(), shown: std::io::stderr().is_terminal(), template, bar: Mutex::new(None) }
    }

    /// Tells how far it is. Called from any thread.
    pub(crate) fn at(&self, done: u64, total: u64) {
        if !self.shown || self.started.elapsed() < Duration::from_secs(1) {
            return;
        }
        let Ok(mut bar) = self.bar.lock() else { return };
        let bar = bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template(self.template) {
                bar.set_style(style);
            }
            // What was done before the bar was there says nothing of the speed.
            bar.set_position(done);
            bar.reset_eta();
            bar
        });
        bar.set_length(total);
        bar.set_position(done);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Ok(Some(bar)) = self.bar.get_mut().map(Option::take) {
            bar.finish_and_clear();
        }
    }
}
