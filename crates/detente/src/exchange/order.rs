//! Orders over listed outcomes: a total one stands as utilities by rank.

use super::content::Sheet;
use crate::text::{Code, Diagnostic, Diagnostics};
use num_bigint::BigInt;

/// Gives a sheet with an order utilities by rank, 0 to 1, where the order is total over all outcomes. `None`,
/// with the reason said, where it is not.
pub(crate) fn ranks(sheet: &mut Sheet, diagnostics: &mut Diagnostics) -> Option<()> {
    let Some(ordering) = sheet.ordering.take() else { return Some(()) };
    let count = ordering.outcomes.len();
    let mut refuse = |code: Code, message: String, hint: &str| {
        diagnostics.push(Diagnostic::new(code, message).at(sheet.span, "this order").hint(hint));
    };
    let numbers = "give the profile utilities (a LinearAdditiveUtilitySpace)";
    if sheet.space.small_count() != u64::try_from(count).ok() {
        let message =
            format!("`{}` orders {count} of {} outcomes; the rest cannot be compared", sheet.name, sheet.space.count());
        refuse(Code::ExchangeUnsupported, message, numbers);
        return None;
    }
    let sizes: Vec<usize> = sheet.space.sizes().collect();
    let place = |at: usize| {
        let digits = ordering.outcomes.get(at).map(|o| o.digits()).unwrap_or_default();
        sizes.iter().zip(digits).fold(0usize, |at, (size, d)| at * size + usize::from(*d))
    };
    let mut listed: Vec<usize> = (0..count).map(place).collect();
    listed.sort_unstable();
    listed.dedup();
    if listed.len() != count {
        refuse(Code::ExchangeSyntax, format!("`{}` lists an outcome twice", sheet.name), "list every outcome once");
        return None;
    }
    // Best first, taking what nothing left is better than: if there is ever a choice, two cannot be compared.
    let mut above = vec![0usize; count];
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (better, worse) in &ordering.better {
        if let (Some(n), Some(list)) = (above.get_mut(*worse), below.get_mut(*better)) {
            *n += 1;
            list.push(*worse);
        }
    }
    let mut free: Vec<usize> = (0..count).filter(|at| above.get(*at) == Some(&0)).collect();
    let mut worth = vec![crate::game::Exact::default(); count];
    let mut rank = count;
    while let Some(next) = free.pop() {
        if !free.is_empty() {
            let message = format!("`{}` leaves outcomes that it does not compare", sheet.name);
            refuse(Code::ExchangeUnsupported, message, numbers);
            return None;
        }
        rank -= 1;
        if let Some(slot) = worth.get_mut(place(next)) {
            *slot = crate::game::Exact::new(BigInt::from(rank), BigInt::from(count.saturating_sub(1).max(1)));
        }
        for worse in below.get(next).into_iter().flatten() {
            if let Some(n) = above.get_mut(*worse) {
                *n -= 1;
                if *n == 0 {
                    free.push(*worse);
                }
            }
        }
    }
    if rank > 0 {
        refuse(
            Code::ExchangeSyntax,
            format!("`{}` orders outcomes in a circle", sheet.name),
            "take out one comparison of the circle",
        );
        return None;
    }
    sheet.draft.tables.push(((0..sizes.len()).collect(), sizes, worth));
    let message = format!("`{}` gives an order and no numbers: ranks stand as utilities", sheet.name);
    let note = Diagnostic::new(Code::ExchangeIgnored, message).at(sheet.span, "an order");
    diagnostics.push(note.note("what depends on more than the order (Nash, sums, distances) means nothing for it"));
    Some(())
}
