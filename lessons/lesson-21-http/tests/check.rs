//! 레슨 21의 시나리오. / The scenarios of lesson 21.

use probe::scene;

#[test]
fn tells_where_it_listens() {
    let mut scene = scene!(step 1);
    scene.server();
    scene.end();
}
