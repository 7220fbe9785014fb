//! Pictures drawn by code: nobody's photo, and nothing that could be taken for one.

use anyhow::Result;

const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;

/// A drawn landscape with water; each number another.
pub(super) fn drawn(number: usize) -> Result<Vec<u8>> {
    let mut pixels = Vec::with_capacity((WIDTH * HEIGHT * 4) as usize);
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            pixels.extend(colour(x, y, u32::try_from(number)?));
        }
    }
    photo::encode_rgba(WIDTH, HEIGHT, &pixels).map_err(|refusal| anyhow::anyhow!("{refusal}"))
}

/// Sky, a ridge, and water with stripes that say: drawn.
fn colour(x: u32, y: u32, number: u32) -> [u8; 4] {
    let shade = |value: u32| u8::try_from(value.min(255)).unwrap_or(255);
    let ridge = 170 + (x * (3 + number % 5) / 7) % 90 / 2 + (x / (5 + number % 4)) % 11;
    if y < ridge {
        return [shade(150 + y / 4), shade(180 + y / 5), shade(220), 255];
    }
    if y < 300 {
        return [shade(60 + number * 9 % 60), shade(110), shade(70), 255];
    }
    let stripe = (x + 2 * y + number * 37) % 64 < 8;
    let tint = if stripe { 60 } else { 0 };
    [shade(70 + tint + number * 13 % 50), shade(110 + tint), shade(130 + tint), 255]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_picture_is_another_and_always_the_same() {
        assert_eq!(drawn(1).unwrap(), drawn(1).unwrap());
        assert_ne!(drawn(1).unwrap(), drawn(2).unwrap());
    }
}
