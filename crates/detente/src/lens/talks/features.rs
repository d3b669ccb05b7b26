//! What talks can be played with or without.

/// What a session is played with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Features {
    /// Delegations refer what they may not sign.
    pub mandates: bool,
    /// Demands on the order of steps keep things off the table.
    pub tracks: bool,
    /// The conflict goes on: costs, drift, shocks.
    pub meanwhile: bool,
    /// Those who press do.
    pub pressure: bool,
    /// Giving way in public costs.
    pub audience: bool,
    /// Parts are signed on the way.
    pub parts: bool,
    /// What is signed has to pass at home.
    pub ratification: bool,
    /// What is signed may be undone.
    pub spoilers: bool,
}

impl Features {
    /// Offers alone.
    pub(super) fn none() -> Self {
        Features {
            mandates: false,
            tracks: false,
            meanwhile: false,
            pressure: false,
            audience: false,
            parts: false,
            ratification: false,
            spoilers: false,
        }
    }
}
