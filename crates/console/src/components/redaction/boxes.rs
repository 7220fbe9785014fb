//! Where a box lies on a picture.

use contract::officer::RedactionBox;

/// A smaller drag is a click that slipped.
const SMALLEST: u32 = 4;

/// The box between two corners in pixels, within the picture; `None` for one too small to be meant.
pub(super) fn between(
    from: (f64, f64),
    to: (f64, f64),
    (width, height): (u32, u32),
) -> Option<RedactionBox> {
    let span = |a: f64, b: f64, whole: u32| {
        let inside = |at: f64| at.clamp(0.0, f64::from(whole)).round() as u32;
        let (low, high) = (inside(a.min(b)), inside(a.max(b)));
        (low, high - low)
    };
    let ((x, width), (y, height)) = (span(from.0, to.0, width), span(from.1, to.1, height));
    (width >= SMALLEST && height >= SMALLEST).then_some(RedactionBox { x, y, width, height })
}

/// The box within the picture, at least one pixel wide and high.
pub(super) fn clamped(wished: RedactionBox, (width, height): (u32, u32)) -> RedactionBox {
    let x = wished.x.min(width.saturating_sub(1));
    let y = wished.y.min(height.saturating_sub(1));
    RedactionBox {
        x,
        y,
        width: wished.width.clamp(1, (width - x).max(1)),
        height: wished.height.clamp(1, (height - y).max(1)),
    }
}

/// A box in the middle, to be moved by its numbers.
pub(super) fn first((width, height): (u32, u32)) -> RedactionBox {
    let (third, fifth) = (width / 3, height / 5);
    clamped(RedactionBox { x: third, y: 2 * fifth, width: third, height: fifth }, (width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: (u32, u32) = (640, 480);

    #[test]
    fn a_drag_in_any_direction_and_past_the_edge_is_the_same_box() {
        let expected = RedactionBox { x: 600, y: 10, width: 40, height: 90 };
        assert_eq!(between((600.0, 10.0), (700.0, 100.0), SIZE), Some(expected));
        assert_eq!(between((700.0, 100.0), (600.0, 10.0), SIZE), Some(expected));
    }

    #[test]
    fn a_click_draws_nothing() {
        assert_eq!(between((5.0, 5.0), (7.0, 90.0), SIZE), None);
    }

    #[test]
    fn typed_numbers_stay_on_the_picture() {
        let wild = RedactionBox { x: 9_999, y: 470, width: 0, height: 9_999 };
        let tame = RedactionBox { x: 639, y: 470, width: 1, height: 10 };
        assert_eq!(clamped(wild, SIZE), tame);
        for size in [SIZE, (1, 1), (2, 3)] {
            assert_eq!(clamped(first(size), size), first(size), "{size:?}");
        }
    }
}
