//! The rules that apply where a profile says nothing else.

use super::{Exclusions, RewardRules};

impl Default for RewardRules {
    fn default() -> Self {
        todo!()
    }
}

impl Default for Exclusions {
    fn default() -> Self {
        todo!()
    }
}
