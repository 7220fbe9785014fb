//! What fingers and a mouse ask of a chart.

/// How a pointer touches the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// A mouse or trackpad.
    Mouse,
    /// A finger or pen.
    Finger,
}

/// The outcome of a pointer's event; positions in CSS pixels from the drawing's left edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Gesture {
    /// Look at what is here.
    Inspect(f64),
    /// A stretch is being chosen.
    Brushing(f64, f64),
    /// A stretch was chosen.
    Brushed(f64, f64),
    /// The window follows the pointer by so many pixels.
    Pan(f64),
    /// Two fingers: zoom by a factor about a point.
    Pinch(f64, f64),
    /// Nothing to do.
    Nothing,
}

/// Less movement than this is a press, not a drag.
const SLACK_PX: f64 = 6.0;

/// The pointers that are down on a chart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pointers {
    down: Vec<Pointer>,
    dragging: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Pointer {
    id: i32,
    start: f64,
    at: f64,
    pans: bool,
}

impl Pointers {
    /// A pointer went down. A finger pans what is zoomed, a mouse does so with Shift; otherwise a
    /// finger inspects and a mouse chooses a stretch.
    pub fn press(&mut self, id: i32, at: f64, touch: Touch, shift: bool) -> Gesture {
        self.down.retain(|pointer| pointer.id != id);
        self.dragging = false;
        self.down.push(Pointer { id, start: at, at, pans: shift || touch == Touch::Finger });
        if self.down.len() == 1 { Gesture::Inspect(at) } else { Gesture::Nothing }
    }

    /// A pointer moved; `zoomed` says whether there is anything to pan.
    pub fn glide(&mut self, id: i32, at: f64, zoomed: bool) -> Gesture {
        let Some(number) = self.down.iter().position(|pointer| pointer.id == id) else {
            return Gesture::Inspect(at);
        };
        if self.down.len() == 2 {
            return self.pinch(number, at);
        }
        let pointer = &mut self.down[number];
        let by = at - pointer.at;
        if !self.dragging && (at - pointer.start).abs() < SLACK_PX {
            return Gesture::Nothing;
        }
        self.dragging = true;
        pointer.at = at;
        match (pointer.pans, zoomed) {
            (true, true) => Gesture::Pan(-by),
            (true, false) => Gesture::Inspect(at),
            (false, _) => Gesture::Brushing(pointer.start, at),
        }
    }

    /// A pointer was lifted, or taken by the browser.
    pub fn lift(&mut self, id: i32) -> Gesture {
        let Some(number) = self.down.iter().position(|pointer| pointer.id == id) else {
            return Gesture::Nothing;
        };
        let pointer = self.down.remove(number);
        let brushed = self.dragging && !pointer.pans && self.down.is_empty();
        if self.down.is_empty() {
            self.dragging = false;
        }
        if brushed { Gesture::Brushed(pointer.start, pointer.at) } else { Gesture::Nothing }
    }

    fn pinch(&mut self, number: usize, at: f64) -> Gesture {
        let other = self.down[1 - number].at;
        let (before, after) = ((self.down[number].at - other).abs(), (at - other).abs());
        self.down[number].at = at;
        self.dragging = true;
        if before < 1.0 || after < 1.0 {
            return Gesture::Nothing;
        }
        Gesture::Pinch(after / before, (at + other) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mouse_that_drags_chooses_a_stretch() {
        let mut pointers = Pointers::default();
        assert_eq!(pointers.press(1, 100.0, Touch::Mouse, false), Gesture::Inspect(100.0));
        assert_eq!(pointers.glide(1, 103.0, false), Gesture::Nothing);
        assert_eq!(pointers.glide(1, 180.0, false), Gesture::Brushing(100.0, 180.0));
        assert_eq!(pointers.lift(1), Gesture::Brushed(100.0, 180.0));
    }

    #[test]
    fn a_click_chooses_nothing() {
        let mut pointers = Pointers::default();
        pointers.press(1, 100.0, Touch::Mouse, false);
        pointers.glide(1, 102.0, false);
        assert_eq!(pointers.lift(1), Gesture::Nothing);
    }

    #[test]
    fn a_finger_pans_only_what_is_zoomed() {
        let mut pointers = Pointers::default();
        pointers.press(1, 100.0, Touch::Finger, false);
        assert_eq!(pointers.glide(1, 150.0, false), Gesture::Inspect(150.0));
        assert_eq!(pointers.glide(1, 170.0, true), Gesture::Pan(-20.0));
        assert_eq!(pointers.lift(1), Gesture::Nothing);
    }

    #[test]
    fn two_fingers_zoom_about_their_middle() {
        let mut pointers = Pointers::default();
        pointers.press(1, 100.0, Touch::Finger, false);
        pointers.press(2, 200.0, Touch::Finger, false);
        assert_eq!(pointers.glide(2, 300.0, true), Gesture::Pinch(2.0, 200.0));
    }

    #[test]
    fn a_pointer_that_only_hovers_inspects() {
        assert_eq!(Pointers::default().glide(7, 42.0, true), Gesture::Inspect(42.0));
    }
}
