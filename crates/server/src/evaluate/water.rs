//! Surface water: values to a class of GB 3838-2002.

use clap::{Args, ValueEnum};
use domain::{
    Item, Quantity,
    water::{PARAMETERS, Parameter, Sample, WaterBody, evaluate},
};

use super::table::Ruler;

pub(super) const HELP: &str = "\
Adds class, limiting and exceedance to rows of surface-water values (CSV on standard input).

Input columns, in any order and letter case: WT, pH, DO, CODMn, COD, BOD5, NH3N, TP, TN, Cu, Zn, F,
Se, As, Hg, Cd, Cr6, Pb, CN, VPhen, Oil, LAS, S, FC in mg/L (WT in °C, FC per litre). Blank means
missing. Other columns pass through.

class is I to V or 劣V, the worst of the parameters that are there; WT, TN and FC never classify.
Dissolved oxygen is judged by its concentration alone. limiting joins the parameters at that class
by +; exceedance joins those over class III with their multiple, as in NH3N=0.30+TP=0.25 (pH and
DO have no multiple).";

/// How to evaluate water.
#[derive(Debug, Clone, Args)]
pub struct WaterOptions {
    /// Phosphorus has its own limits in lakes and reservoirs.
    #[arg(long)]
    kind: Kind,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    River,
    Lake,
}

/// The ruler of water.
pub(super) struct Water {
    body: WaterBody,
    columns: Vec<&'static str>,
    added: Vec<String>,
}

impl Water {
    pub(super) fn new(options: &WaterOptions) -> Self {
        Self {
            body: match options.kind {
                Kind::River => WaterBody::River,
                Kind::Lake => WaterBody::Lake,
            },
            columns: PARAMETERS.iter().map(|parameter| parameter.key).collect(),
            added: ["class", "limiting", "exceedance"].map(str::to_owned).into(),
        }
    }
}

fn key(item: Item) -> &'static str {
    Parameter::of(item).map_or(item.key(), |parameter| parameter.key)
}

impl Ruler for Water {
    fn columns(&self) -> &[&'static str] {
        &self.columns
    }

    fn added(&self) -> &[String] {
        &self.added
    }

    fn may_be_negative(&self, column: usize) -> bool {
        PARAMETERS.get(column).is_some_and(|parameter| parameter.item == Item::WaterTemperature)
    }

    fn judge(&self, values: &[Option<Quantity>]) -> Vec<String> {
        let sample: Sample = PARAMETERS
            .iter()
            .zip(values)
            .filter_map(|(parameter, value)| Some((parameter.item, (*value)?)))
            .collect();
        let section = evaluate(&sample, self.body);
        let limiting: Vec<&str> = section.limiting.iter().map(|item| key(*item)).collect();
        let exceedance: Vec<String> = section
            .exceedances
            .iter()
            .map(|over| format!("{}={}", key(over.item), over.multiple.to_fixed(2)))
            .collect();
        vec![
            section.class.map_or_else(String::new, |class| class.latin().to_owned()),
            limiting.join("+"),
            exceedance.join("+"),
        ]
    }
}
