//! The frames of a thread that the system does not let stop. `/proc` tells its stack
//! pointer and program counter; the frame pointer, on which some frames depend, is
//! tried from the words on the stack.

use super::image::{Image, Walk};
use super::look::Parked;
use super::memory::{Memory, Stack, WORD};
use super::stop::Registers;
use std::time::Duration;

/// How far above the stack pointer a frame pointer is looked for, in bytes: what the
/// frames of the libraries below the learner's own take.
const REACH: u64 = 16 * 1024;

/// No stack lies here, so a walk that needs the frame pointer ends.
const UNKNOWN: u64 = 1;

/// How often a stack is read again, because its thread was awake meanwhile: a segment
/// that arrives may wake it for nothing.
const ATTEMPTS: u32 = 4;

/// The addresses of a thread's frames, the innermost first, as far as they can be told.
/// `stays` says whether it waits where it is `parked`.
pub(super) fn addresses(
    image: &Image<'_>,
    memory: &Memory,
    parked: &Parked,
    stays: impl Fn() -> bool,
) -> Option<Vec<u64>> {
    for attempt in 0..ATTEMPTS {
        std::thread::sleep(Duration::from_millis(attempt.into()));
        let addresses = likeliest(image, memory, parked);
        if stays() {
            return addresses;
        }
    }
    None
}

/// The likeliest walk up the stack. To take the first return address on it that is in
/// the learner's code would be wrong as often as not: the frames of a library leave
/// gaps, in which those of earlier calls are still to be seen.
fn likeliest(image: &Image<'_>, memory: &Memory, parked: &Parked) -> Option<Vec<u64>> {
    let stack = memory.waiting_stack(parked.stack_pointer);
    let known = frame_pointers(image, &stack, parked.stack_pointer);
    let walks = std::iter::once(UNKNOWN)
        .chain(known)
        .filter_map(|frame_pointer| {
            let registers = Registers {
                program_counter: parked.program_counter,
                stack_pointer: parked.stack_pointer,
                frame_pointer,
                #[cfg(target_arch = "aarch64")]
                link: 0,
            };
            let walk = image.walk(&registers, &stack);
            Some((detours(image, memory, &walk)?, walk.addresses))
        });
    // Of several equally good ones, the first: it skips the fewest frames.
    let (_, addresses) = walks.min_by_key(|(detours, _)| *detours)?;
    Some(addresses)
}

/// The places on the stack that may be a frame: a pointer further up the stack, and
/// next to it an address in a function.
fn frame_pointers(image: &Image<'_>, stack: &Stack<'_>, top: u64) -> impl Iterator<Item = u64> {
    let near = stack.words().take_while(move |(at, _)| at - top < REACH);
    let frames = near.filter(|(at, _)| {
        let returns = stack.word(at + WORD);
        returns.is_some_and(|to| image.function(to.wrapping_sub(1)).is_some())
    });
    frames.map(|(at, _)| at)
}

/// How many calls of a walk lead elsewhere than to the frame that they should have
/// made, as in a library whose functions go on in others by a jump.
///
/// `None` for a walk that cannot be right: it does not reach the thread's outermost
/// function, or no call precedes one of its return addresses, or a call within the
/// program leads to another function.
fn detours(image: &Image<'_>, memory: &Memory, walk: &Walk) -> Option<usize> {
    if !walk.complete {
        return None;
    }
    let mut detours = 0;
    for (callee, caller) in walk.addresses.iter().zip(walk.addresses.iter().skip(1)) {
        let Call::To(target) = call_before(memory, caller + 1)? else {
            continue;
        };
        if image.function(*callee) == Some(target) {
            continue;
        }
        if image.is_own_function(target) {
            return None;
        }
        detours += 1;
    }
    Some(detours)
}

/// A call instruction.
enum Call {
    /// Of a function that the instruction, or the table of another library's functions
    /// that it refers to, names.
    To(u64),
    Computed,
}

/// The call instruction that ends where `returns` points.
#[cfg(target_arch = "x86_64")]
fn call_before(memory: &Memory, returns: u64) -> Option<Call> {
    const LONGEST: u64 = 7;
    let code = memory.read(returns.checked_sub(LONGEST)?, LONGEST as usize);
    let code: [u8; LONGEST as usize] = code.try_into().ok()?;
    let at_distance = |distance| {
        let distance = i64::from(i32::from_le_bytes(distance));
        returns.wrapping_add_signed(distance)
    };
    match code {
        // CALL rel32.
        [_, _, 0xe8, distance @ ..] => Some(Call::To(at_distance(distance))),
        // CALL [rip + disp32].
        [_, 0xff, 0x15, distance @ ..] => {
            let target = memory.word(at_distance(distance))?;
            Some(Call::To(target))
        }
        // CALL by any other operand: FF /2, and at most five bytes more.
        _ => {
            let mut pairs = code.windows(2);
            let computed = pairs.any(|pair| pair[0] == 0xff && (pair[1] >> 3) & 7 == 2);
            computed.then_some(Call::Computed)
        }
    }
}

/// The call instruction that ends where `returns` points.
#[cfg(target_arch = "aarch64")]
fn call_before(memory: &Memory, returns: u64) -> Option<Call> {
    const LENGTH: u64 = 4;
    let at = returns.checked_sub(LENGTH)?;
    let code: [u8; LENGTH as usize] = memory.read(at, LENGTH as usize).try_into().ok()?;
    let code = u32::from_le_bytes(code);
    if code >> 26 == 0b10_0101 {
        // BL: 26 bits of words, signed.
        let distance = i64::from((code << 6).cast_signed() >> 6) * 4;
        return Some(Call::To(at.wrapping_add_signed(distance)));
    }
    // BLR, and its forms that check a signed address.
    (code & 0xfeff_f000 == 0xd63f_0000).then_some(Call::Computed)
}
