//! 레슨 20의 시나리오. / The scenarios of lesson 20.

use probe::scene;

#[test]
fn asks_a_second_client_while_the_first_is_silent() {
    let mut scene = scene!(lesson "20", step 1);
    let mut server = scene.server();
    for name in ["client-a", "client-b"] {
        server.client(name).expects("이름을 알려 주세요\n");
    }
    scene.end();
}
