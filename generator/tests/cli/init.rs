//! The `sdk.yaml` that `sdkwright init` writes, as its owners edit it.

use std::fs;

use crate::{Place, SPEC, replace};

#[test]
fn links_of_the_manifest_are_set_by_removing_a_number_sign() {
    let place = Place::with(SPEC);
    let ran = place.run(&["init", "pets.yaml"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    let config = place.path("sdk.yaml");
    replace(&config, "# repository: ", "repository: ");
    replace(&config, "# homepage: ", "homepage: ");
    let ran = place.generate(&["--out", "sdk"]);
    assert_eq!(ran.err, "");
    let manifest = fs::read_to_string(place.path("sdk/Cargo.toml")).expect("a manifest");
    for line in [
        "repository = \"https://github.com/OWNER/NAME\"\n",
        "homepage = \"https://example.com\"\n",
    ] {
        assert!(manifest.contains(line), "{manifest}");
    }
}
