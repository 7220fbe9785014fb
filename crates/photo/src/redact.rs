//! Black boxes over faces and plates, burnt into the pixels.

use crate::shrink::Picture;

/// A part of a picture, in pixels from its upper left corner; what reaches beyond the picture is cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rectangle {
    /// From the left edge.
    pub left: u32,
    /// From the upper edge.
    pub top: u32,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// Turns the pixels of `boxes` black. The picture must be encoded anew afterwards: a box drawn over a file could
/// be taken off again.
pub(crate) fn blacken(picture: &mut Picture, boxes: &[Rectangle]) {
    for Rectangle { left, top, width, height } in boxes {
        let columns = *left.min(&picture.width)..left.saturating_add(*width).min(picture.width);
        let rows = *top..top.saturating_add(*height).min(picture.height);
        for row in rows {
            let line = row as usize * picture.width as usize;
            let from = (line + columns.start as usize) * 3;
            let to = (line + columns.end as usize) * 3;
            picture.rgb[from..to].fill(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_black_and_nothing_beside_it() {
        let mut picture = Picture { width: 4, height: 3, rgb: vec![9; 36] };
        let inside = Rectangle { left: 1, top: 1, width: 2, height: 1 };
        let beyond = Rectangle { left: 3, top: 2, width: u32::MAX, height: u32::MAX };
        let outside = Rectangle { left: 9, top: 9, width: 1, height: 1 };
        blacken(&mut picture, &[inside, beyond, outside]);
        let black: Vec<usize> = (0..12).filter(|at| picture.rgb[at * 3..][..3] == [0; 3]).collect();
        assert_eq!(black, [5, 6, 11]);
    }
}
