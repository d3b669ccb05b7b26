//! Random numbers addressed by (seed, index, lane): no state is shared, so any order of drawing
//! and any number of threads give the same numbers.

/// A stream of random numbers at an address.
///
/// SplitMix64 (Steele, Lea and Flood, *Fast Splittable Pseudorandom Number Generators*, 2014) over a
/// counter, started from a hash of the address.
///
/// ```
/// use detente::game::Stream;
/// let (mut a, mut b) = (Stream::new(7, 3, 0), Stream::new(7, 3, 0));
/// assert_eq!(a.next_u64(), b.next_u64());
/// assert_ne!(Stream::new(7, 3, 0).next_u64(), Stream::new(7, 4, 0).next_u64());
/// ```
#[derive(Debug, Clone)]
pub struct Stream {
    state: u64,
}

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Stream {
    /// The stream for draw `index` of `seed`, on `lane` (one lane per independent use within a draw).
    #[must_use]
    pub fn new(seed: u64, index: u64, lane: u64) -> Self {
        let state =
            mix(mix(mix(seed.wrapping_add(GOLDEN)) ^ index.wrapping_mul(GOLDEN))
                ^ lane.wrapping_mul(0xD1B5_4A32_D192_ED03));
        Stream { state }
    }

    /// A lane for a name, so that inputs keep their numbers when others are added or removed (FNV-1a).
    #[must_use]
    pub fn lane(name: &str) -> u64 {
        name.bytes().fold(0xCBF2_9CE4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3))
    }

    /// 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        mix(self.state)
    }

    /// A number in [0, 1), 53 bits.
    pub fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// A whole number below `n`, without bias; 0 when `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 {
            return 0;
        }
        let rest = (u64::MAX % n + 1) % n;
        loop {
            let x = self.next_u64();
            if x <= u64::MAX - rest {
                return x % n;
            }
        }
    }

    /// A number from the exponential distribution with mean 1.
    pub fn exponential(&mut self) -> f64 {
        -(1.0 - self.uniform()).ln()
    }

    /// A number from the standard normal distribution (Box and Muller, 1958).
    pub fn normal(&mut self) -> f64 {
        (2.0 * self.exponential()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_never_changes() {
        let mut s = Stream::new(1, 2, 3);
        let first: Vec<u64> = (0..3).map(|_| s.next_u64()).collect();
        insta::assert_debug_snapshot!(first);
    }

    #[test]
    fn below_is_in_range_and_covers() {
        let mut s = Stream::new(0, 0, 0);
        let mut seen = [0u32; 5];
        for _ in 0..10_000 {
            seen[s.below(5) as usize] += 1;
        }
        assert!(seen.iter().all(|n| (1800..2200).contains(n)), "{seen:?}");
    }
}
