//! Who came to the check: a connection, or none; and whether an address of the program's is
//! to be had by others.

use crate::lang::Lang;
use crate::tr;
use probe::{Accept, Event, Happening};

/// Both are seen by the same listener.
pub(super) fn of_a_listener(who: &str, due: &Accept, came: &Accept, lang: Lang) -> Option<String> {
    match (due, came) {
        (Accept::Silence, Accept::From(_)) => Some(tr!(
            lang,
            "{who}에 연결이 왔습니다. 여기서는 오지 않아야 합니다.",
            "A connection came to {who}, and none is due here."
        )),
        (Accept::From(_), Accept::Silence) => Some(tr!(
            lang,
            "{who}에 연결이 오지 않았습니다.",
            "No connection came to {who}."
        )),
        _ => None,
    }
}

/// Both are attempts of a neighbour to bind an address.
pub(super) fn of_a_neighbour(taken: bool, actual: &Event, lang: Lang) -> Option<String> {
    let Happening::Neighbour { address, .. } = &actual.what else {
        return None;
    };
    Some(if taken {
        tr!(
            lang,
            "이웃이 {address}에 바인드할 수 있었습니다. 지금은 프로그램의 소켓이 그 주소를 갖고 있어야 합니다.",
            "A neighbour could bind {address}: the program's socket should have that address now."
        )
    } else {
        tr!(
            lang,
            "이웃이 {address}에 바인드하지 못했습니다. 그 주소는 이제 비어 있어야 합니다.",
            "A neighbour could not bind {address}, which should be free now."
        )
    })
}
