//! `sdkwright completions`.

use crate::{Place, SPEC};

#[test]
fn each_shell_has_a_script_with_all_commands() {
    let place = Place::with(SPEC);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = place.run(&["completions", shell]);
        assert_eq!(ran.status, Some(0), "{}", ran.err);
        for command in ["generate", "check", "release", "deny-warnings"] {
            assert!(ran.out.contains(command), "{shell}: {command}");
        }
    }
    assert_eq!(place.run(&["completions", "cmd"]).status, Some(2));
}
