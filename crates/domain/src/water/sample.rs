//! The values of one section at one time.

use crate::{Item, Quantity};

/// The values of one section at one time, each in its item's unit; an absent one is missing.
///
/// ```
/// # use domain::{Item, Quantity, water::Sample};
/// let sample = Sample::new().with(Item::Ph, Quantity::from_integer(8));
/// assert_eq!(sample.get(Item::Ph), Some(Quantity::from_integer(8)));
/// assert_eq!(sample.get(Item::Nh3N), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sample(Vec<(Item, Quantity)>);

impl Sample {
    /// Without any value.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// With one more value; a second one of the same item replaces the first.
    #[must_use]
    pub fn with(mut self, item: Item, value: Quantity) -> Self {
        self.set(item, value);
        self
    }

    /// Adds a value; a second one of the same item replaces the first.
    pub fn set(&mut self, item: Item, value: Quantity) {
        match self.0.iter_mut().find(|(known, _)| *known == item) {
            Some(entry) => entry.1 = value,
            None => self.0.push((item, value)),
        }
    }

    /// The value of `item`.
    pub fn get(&self, item: Item) -> Option<Quantity> {
        self.0.iter().find(|(known, _)| *known == item).map(|(_, value)| *value)
    }

    /// Every value, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (Item, Quantity)> {
        self.0.iter().copied()
    }

    /// True without any value.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The mean of each item over the samples that have it (环办〔2011〕22号: points of a lake,
    /// sections of a short river, months of a year). A negative value counts as missing, as it does
    /// for a class; only water can be below zero degrees.
    pub fn mean<'a>(samples: impl IntoIterator<Item = &'a Self> + Clone) -> Self {
        Item::ALL
            .iter()
            .filter_map(|&item| {
                let possible =
                    |value: &Quantity| item == Item::WaterTemperature || !value.is_negative();
                let values = samples
                    .clone()
                    .into_iter()
                    .filter_map(|sample| sample.get(item).filter(possible));
                Quantity::mean(values).map(|mean| (item, mean))
            })
            .collect()
    }
}

impl FromIterator<(Item, Quantity)> for Sample {
    fn from_iter<T: IntoIterator<Item = (Item, Quantity)>>(values: T) -> Self {
        values.into_iter().fold(Self::new(), |sample, (item, value)| sample.with(item, value))
    }
}
