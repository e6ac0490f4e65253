//! 레슨 18의 시나리오. / The scenarios of lesson 18.

use probe::scene;

#[test]
fn ends_on_enter() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    server.is_typed("");
    server.prints_a_line();
    scene.end_here();
}
