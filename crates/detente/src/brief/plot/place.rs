//! Finding room for labels beside points.

/// A box: left, top, width, height.
pub(super) type Frame = [f64; 4];

/// Whether two boxes share more than an edge.
pub(super) fn overlap([ax, ay, aw, ah]: Frame, [bx, by, bw, bh]: Frame) -> bool {
    ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah
}

/// A place for a box of `size` near `point`, inside `bounds` and clear of `taken`: the nearest of a
/// fixed list of places around the point, or none.
pub(super) fn beside(
    point: (f64, f64),
    size: (f64, f64),
    bounds: Frame,
    taken: &[Frame],
    radii: &[f64],
) -> Option<Frame> {
    // Right, left, above, below, then the diagonals.
    const WAYS: [(f64, f64); 8] =
        [(1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0), (0.8, -0.8), (0.8, 0.8), (-0.8, -0.8), (-0.8, 0.8)];
    for radius in radii {
        for (u, v) in WAYS {
            let centre = (point.0 + u * (radius + size.0 / 2.0), point.1 + v * (radius + size.1 / 2.0));
            let frame = [centre.0 - size.0 / 2.0, centre.1 - size.1 / 2.0, size.0, size.1];
            if inside(frame, bounds) && taken.iter().all(|other| !overlap(frame, *other)) {
                return Some(frame);
            }
        }
    }
    None
}

fn inside([x, y, w, h]: Frame, [left, top, width, height]: Frame) -> bool {
    x >= left && y >= top && x + w <= left + width && y + h <= top + height
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_free_and_inside() {
        let bounds = [0.0, 0.0, 100.0, 100.0];
        let mut taken = vec![[48.0, 48.0, 4.0, 4.0]];
        let mut found = 0;
        while let Some(frame) = beside((50.0, 50.0), (30.0, 10.0), bounds, &taken, &[6.0, 20.0]) {
            assert!(inside(frame, bounds) && taken.iter().all(|other| !overlap(frame, *other)));
            taken.push(frame);
            found += 1;
        }
        assert!(found >= 6, "{found}");
    }
}
