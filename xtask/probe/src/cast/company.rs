//! Everyone who takes part in one scenario: the stage with its programs, and the peers'
//! connections and sockets, which the end of the scenario looks at once more.

use crate::judge::stage::Stage;
use crate::network::mailbox::Mailbox;
use crate::network::wire::Wire;
use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

/// One scenario's company; every peer and program of the scenario holds it.
pub(crate) struct Company {
    stage: Stage,
    wires: RefCell<Vec<Rc<Wire>>>,
    mailboxes: RefCell<Vec<Rc<Mailbox>>>,
}

impl Company {
    pub(crate) fn of(stage: Stage) -> Self {
        Self {
            stage,
            wires: RefCell::default(),
            mailboxes: RefCell::default(),
        }
    }

    /// A peer's connection takes part from here on.
    pub(crate) fn connected(&self, wire: &Rc<Wire>) {
        self.wires.borrow_mut().push(Rc::clone(wire));
    }

    /// A peer's UDP socket takes part from here on.
    pub(crate) fn opened(&self, mailbox: &Rc<Mailbox>) {
        self.mailboxes.borrow_mut().push(Rc::clone(mailbox));
    }

    pub(crate) fn wires(&self) -> Vec<Rc<Wire>> {
        self.wires.borrow().clone()
    }

    pub(crate) fn mailboxes(&self) -> Vec<Rc<Mailbox>> {
        self.mailboxes.borrow().clone()
    }
}

/// The stage is what everyone in the company stands on.
impl Deref for Company {
    type Target = Stage;

    fn deref(&self) -> &Stage {
        &self.stage
    }
}
