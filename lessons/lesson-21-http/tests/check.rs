//! 레슨 21의 시나리오. / The scenarios of lesson 21.

#[path = "../../http/mod.rs"]
mod http;

use http::{hears, hears_status, post, request};
use probe::scene;

#[test]
fn answers_two_requests_in_one_piece() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends(&request("GET", "/", &[], "").repeat(2));
    for _ in 0..2 {
        hears(&mut client, "GET", &["Content-Length"]);
    }
    client.sends(&post("/x", "왼쪽"));
    hears_status(&mut client, "POST", &["Content-Type"]);
    client.leaves();
    scene.end_here();
}
