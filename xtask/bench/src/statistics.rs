//! Of many figures, the one to quote. The mean is none of them: a single pause of the
//! system would move it.

/// The smallest figure that `percent` of all do not exceed; 0 where there are none.
pub(crate) fn percentile(figures: &mut [f64], percent: usize) -> f64 {
    figures.sort_by(f64::total_cmp);
    let rank = (figures.len() * percent).div_ceil(100).max(1);
    figures.get(rank - 1).copied().unwrap_or_default()
}

/// The figure that half of all do not exceed.
pub(crate) fn median(figures: &mut [f64]) -> f64 {
    percentile(figures, 50)
}

/// To the tenth: further digits would say nothing.
pub(crate) fn tenths(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}

/// To the hundredth, where a tenth is too much.
pub(crate) fn hundredths(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_percentile_is_one_of_the_figures() {
        let mut figures: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        assert_eq!(percentile(&mut figures, 99), 198.0);
        assert_eq!(median(&mut figures), 100.0);
        assert_eq!(median(&mut [7.0, 1.0, 3.0]), 3.0);
        assert_eq!(median(&mut []), 0.0);
    }
}
