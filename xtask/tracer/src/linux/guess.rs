//! The frames of a thread that the system does not let stop. `/proc` tells its stack
//! pointer and program counter; the frame pointer, on which some frames depend, is
//! tried from the words on the stack.

use super::image::{Image, Walk};
use super::look::Parked;
use super::memory::{Memory, Stack, WORD};
use super::stop::Registers;

/// How far above the stack pointer a frame pointer is looked for, in bytes: what the
/// frames of the libraries below the learner's own take.
const REACH: u64 = 16 * 1024;

/// No stack lies here, so a walk that needs the frame pointer ends.
const UNKNOWN: u64 = 1;

/// The addresses of the likeliest walk. It is complete, and each of its return
/// addresses follows a call; of several such walks, the calls of this one lead to its
/// own functions most often.
pub(super) fn addresses(image: &Image<'_>, memory: &Memory, parked: &Parked) -> Option<Vec<u64>> {
    let stack = memory.stack(parked.stack_pointer);
    let walk = |frame_pointer| {
        let registers = Registers {
            program_counter: parked.program_counter,
            stack_pointer: parked.stack_pointer,
            frame_pointer,
            #[cfg(target_arch = "aarch64")]
            link: 0,
        };
        let walk = image.walk(&registers, &stack);
        let strays = strays(image, memory, &walk)?;
        Some((strays, walk.addresses))
    };
    if let Some((_, addresses)) = walk(UNKNOWN) {
        return Some(addresses);
    }
    let walks = frame_pointers(image, &stack, parked.stack_pointer).filter_map(walk);
    let (_, addresses) = walks.min_by_key(|(strays, _)| *strays)?;
    Some(addresses)
}

/// The places on the stack that may be a frame: a pointer further up the stack, and
/// next to it an address in a function.
fn frame_pointers(image: &Image<'_>, stack: &Stack, top: u64) -> impl Iterator<Item = u64> {
    let near = stack.words().take_while(move |(at, _)| at - top < REACH);
    let frames = near.filter(|(at, _)| {
        let returns = stack.word(at + WORD);
        returns.is_some_and(|to| image.function(to.wrapping_sub(1)).is_some())
    });
    frames.map(|(at, _)| at)
}

/// How many calls of a walk lead elsewhere than to the frame that they should have
/// made, as a jump at a function's end does. `None` when the walk is not complete, or
/// no call precedes one of its return addresses.
fn strays(image: &Image<'_>, memory: &Memory, walk: &Walk) -> Option<usize> {
    if !walk.complete {
        return None;
    }
    let mut strays = 0;
    for (callee, caller) in walk.addresses.iter().zip(walk.addresses.iter().skip(1)) {
        match call_before(memory, caller + 1)? {
            CallTo::Function(target) if image.function(*callee) != Some(target) => strays += 1,
            CallTo::Function(_) | CallTo::Computed => {}
        }
    }
    Some(strays)
}

enum CallTo {
    Function(u64),
    /// To an address that stands in a register or in memory.
    Computed,
}

/// The call instruction that ends where `returns` points.
#[cfg(target_arch = "x86_64")]
fn call_before(memory: &Memory, returns: u64) -> Option<CallTo> {
    const LONGEST: u64 = 7;
    let code = memory.read(returns.checked_sub(LONGEST)?, LONGEST as usize);
    let code: [u8; LONGEST as usize] = code.try_into().ok()?;
    let [_, _, 0xe8, distance @ ..] = code else {
        // FF /2: two bytes and an operand of at most five.
        let computed = code
            .windows(2)
            .any(|pair| pair[0] == 0xff && (pair[1] >> 3) & 7 == 2);
        return computed.then_some(CallTo::Computed);
    };
    let distance = i64::from(i32::from_le_bytes(distance));
    Some(CallTo::Function(returns.wrapping_add_signed(distance)))
}

/// The call instruction that ends where `returns` points.
#[cfg(target_arch = "aarch64")]
fn call_before(memory: &Memory, returns: u64) -> Option<CallTo> {
    const LENGTH: u64 = 4;
    let at = returns.checked_sub(LENGTH)?;
    let code: [u8; LENGTH as usize] = memory.read(at, LENGTH as usize).try_into().ok()?;
    let code = u32::from_le_bytes(code);
    if code >> 26 == 0b10_0101 {
        // BL: 26 bits of words, signed.
        let distance = i64::from((code << 6).cast_signed() >> 6) * 4;
        return Some(CallTo::Function(at.wrapping_add_signed(distance)));
    }
    // BLR, and its forms that check a signed address.
    (code & 0xfeff_f000 == 0xd63f_0000).then_some(CallTo::Computed)
}
