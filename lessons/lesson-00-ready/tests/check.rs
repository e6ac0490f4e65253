//! 레슨 00의 시나리오. / The scenarios of lesson 00.

use probe::scene;

#[test]
fn tells_where_it_listens() {
    let mut scene = scene!(step 1);
    scene.server();
    scene.end();
}

#[test]
fn greets_by_name() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends("소켓\n");
    client.expects("안녕하세요, 소켓님!\n");
    client.expects_the_end();
    server.ends();
    scene.end();
}

#[test]
fn waits_for_a_name_that_comes_in_two_pieces() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    let (first, second) = "소켓\n".as_bytes().split_at(4);
    client.sends_in_pieces(&[first, second]);
    client.expects("안녕하세요, 소켓님!\n");
    client.expects_the_end();
    scene.end();
}
