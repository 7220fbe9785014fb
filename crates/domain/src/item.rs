//! What is measured: the items of air, weather and water, with units and names.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Lang, Quantity};

/// The medium an item belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    /// Ambient air.
    Air,
    /// Surface water.
    Water,
    /// Weather at the station; explains, is never judged.
    Weather,
}

macro_rules! items {
    ($($name:ident $key:literal $medium:ident $unit:literal $decimals:literal $zh:literal $en:literal $symbol:literal;)+) => {
        /// A measured quantity. The text [`Item::key`] is its name in JSON, URLs, CSV heads and
        /// the database, so that a new item needs no migration.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Item { $(#[doc = $en] #[doc = ", in "] #[doc = $unit] $name,)+ }

        impl Item {
            /// Every item.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in JSON, URLs, CSV heads and the database.
            pub const fn key(self) -> &'static str { match self { $(Self::$name => $key),+ } }

            /// The medium it belongs to.
            pub const fn medium(self) -> Medium { match self { $(Self::$name => Medium::$medium),+ } }

            /// The unit every stored and shown value of this item has; empty for pure numbers.
            pub const fn unit(self) -> &'static str { match self { $(Self::$name => $unit),+ } }

            /// Digits after the point when shown.
            pub const fn decimals(self) -> u8 { match self { $(Self::$name => $decimals),+ } }

            /// The full name.
            pub const fn name(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($zh, $en)),+ }
            }

            /// The short symbol, the same in both languages where chemistry has one.
            pub const fn symbol(self) -> &'static str { match self { $(Self::$name => $symbol),+ } }
        }
    };
}

// Decimals of air: HJ 633-2026 4.2.2 (integers, CO one decimal); of water: as the national
// platform prints them.
items! {
    So2 "so2" Air "µg/m³" 0 "二氧化硫" "Sulphur dioxide" "SO₂";
    No2 "no2" Air "µg/m³" 0 "二氧化氮" "Nitrogen dioxide" "NO₂";
    Co "co" Air "mg/m³" 1 "一氧化碳" "Carbon monoxide" "CO";
    O3 "o3" Air "µg/m³" 0 "臭氧" "Ozone" "O₃";
    Pm10 "pm10" Air "µg/m³" 0 "可吸入颗粒物" "Particulate matter PM10" "PM₁₀";
    Pm25 "pm2_5" Air "µg/m³" 0 "细颗粒物" "Fine particulate matter PM2.5" "PM₂.₅";
    No "no" Air "µg/m³" 0 "一氧化氮" "Nitric oxide" "NO";
    Nox "nox" Air "µg/m³" 0 "氮氧化物" "Nitrogen oxides" "NOₓ";
    Tsp "tsp" Air "µg/m³" 0 "总悬浮颗粒物" "Total suspended particles" "TSP";
    PublishedAqi "aqi_published" Air "" 0 "发布的空气质量指数" "Air quality index as published" "AQI";
    Temperature "temperature" Weather "°C" 1 "气温" "Air temperature" "T";
    Humidity "humidity" Weather "%" 0 "相对湿度" "Relative humidity" "RH";
    Pressure "pressure" Weather "kPa" 1 "气压" "Air pressure" "P";
    WindSpeed "wind_speed" Weather "m/s" 1 "风速" "Wind speed" "WS";
    WindDirection "wind_direction" Weather "°" 0 "风向" "Wind direction" "WD";
    WaterTemperature "wt" Water "°C" 1 "水温" "Water temperature" "WT";
    Ph "ph" Water "" 2 "pH 值" "pH" "pH";
    DissolvedOxygen "do" Water "mg/L" 2 "溶解氧" "Dissolved oxygen" "DO";
    Conductivity "conductivity" Water "µS/cm" 1 "电导率" "Conductivity" "EC";
    Turbidity "turbidity" Water "NTU" 1 "浊度" "Turbidity" "NTU";
    CodMn "codmn" Water "mg/L" 2 "高锰酸盐指数" "Permanganate index" "CODMn";
    Cod "cod" Water "mg/L" 1 "化学需氧量" "Chemical oxygen demand" "COD";
    Bod5 "bod5" Water "mg/L" 1 "五日生化需氧量" "Five-day biochemical oxygen demand" "BOD₅";
    Nh3N "nh3n" Water "mg/L" 3 "氨氮" "Ammonia nitrogen" "NH₃-N";
    TotalPhosphorus "tp" Water "mg/L" 3 "总磷" "Total phosphorus" "TP";
    TotalNitrogen "tn" Water "mg/L" 2 "总氮" "Total nitrogen" "TN";
    Copper "cu" Water "mg/L" 3 "铜" "Copper" "Cu";
    Zinc "zn" Water "mg/L" 3 "锌" "Zinc" "Zn";
    Fluoride "f" Water "mg/L" 2 "氟化物" "Fluoride" "F⁻";
    Selenium "se" Water "mg/L" 4 "硒" "Selenium" "Se";
    Arsenic "as" Water "mg/L" 4 "砷" "Arsenic" "As";
    Mercury "hg" Water "mg/L" 5 "汞" "Mercury" "Hg";
    Cadmium "cd" Water "mg/L" 4 "镉" "Cadmium" "Cd";
    Chromium6 "cr6" Water "mg/L" 3 "铬（六价）" "Chromium (VI)" "Cr⁶⁺";
    Lead "pb" Water "mg/L" 4 "铅" "Lead" "Pb";
    Cyanide "cn" Water "mg/L" 3 "氰化物" "Cyanide" "CN⁻";
    VolatilePhenol "vphen" Water "mg/L" 4 "挥发酚" "Volatile phenol" "VPhen";
    Oil "oil" Water "mg/L" 2 "石油类" "Petroleum" "Oil";
    AnionicSurfactant "las" Water "mg/L" 2 "阴离子表面活性剂" "Anionic surfactant" "LAS";
    Sulphide "s" Water "mg/L" 3 "硫化物" "Sulphide" "S²⁻";
    FaecalColiform "fc" Water "/L" 0 "粪大肠菌群" "Faecal coliforms" "FC";
    Sulphate "so4" Water "mg/L" 1 "硫酸盐" "Sulphate" "SO₄²⁻";
    Chloride "cl" Water "mg/L" 1 "氯化物" "Chloride" "Cl⁻";
    Nitrate "no3n" Water "mg/L" 2 "硝酸盐" "Nitrate nitrogen" "NO₃-N";
    Iron "fe" Water "mg/L" 2 "铁" "Iron" "Fe";
    Manganese "mn" Water "mg/L" 2 "锰" "Manganese" "Mn";
    ChlorophyllA "chla" Water "mg/m³" 1 "叶绿素 a" "Chlorophyll a" "Chl-a";
    AlgalDensity "algae" Water "cells/L" 0 "藻密度" "Algal density" "Algae";
    SecchiDepth "sd" Water "m" 2 "透明度" "Secchi depth" "SD";
    PublishedClass "class_published" Water "" 0 "发布的水质类别" "Water class as published" "Class";
}

impl Item {
    /// The item with that key, in any letter case.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|item| item.key().eq_ignore_ascii_case(key))
    }

    /// True for what an instrument or gateway may send: all but what a publisher alone states.
    pub const fn may_be_sent(self) -> bool {
        !matches!(self, Self::PublishedAqi | Self::PublishedClass)
    }

    /// The smallest step a shown value has: 10 to the power of −[`Item::decimals`].
    pub fn step(self) -> Quantity {
        Quantity::from_millionths(10_i64.pow(6 - u32::from(self.decimals())))
    }
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        Self::from_key(&key)
            .ok_or_else(|| serde::de::Error::custom(format!("\"{key}\" is not a known item")))
    }
}
