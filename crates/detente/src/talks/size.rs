//! Sizes to divide by, again and again.

/// The number of values of an issue, and what to multiply by instead of dividing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    pub(super) size: u32,
    inverse: u64,
}

/// Numbers are below 2 to this power, sizes below 2^16: then a product with the inverse, cut, is the quotient (Granlund
/// and Montgomery 1994).
pub(super) const CODE_BITS: u32 = 24;
/// Bits that are cut.
const CUT: u32 = CODE_BITS + 16;

impl Size {
    /// A single value.
    pub(super) const ONE: Size = Size { size: 1, inverse: (1 << CUT) + 1 };

    /// `None`: none, or more than fit.
    pub(super) fn of(size: usize) -> Option<Self> {
        let size = u16::try_from(size).ok().filter(|size| *size > 0)?;
        Some(Size { size: u32::from(size), inverse: (1 << CUT) / u64::from(size) + 1 })
    }

    /// A number divided by the size.
    pub(super) fn divides(self, code: u32) -> u32 {
        u32::try_from((u64::from(code) * self.inverse) >> CUT).unwrap_or(0)
    }
}
