//! What the standards say: air and water quality indices, classes, limits, validity rules; pure
