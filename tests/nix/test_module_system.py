"""The module system in small, over which the project's modules are evaluated where nixpkgs cannot be had."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from tests.modules.rendered import EvaluationError, evaluate

if TYPE_CHECKING:
    from pathlib import Path

    from tests.nix.project import Project

NAMES = "inherit (lib) mkAfter mkBefore mkDefault mkForce mkIf mkMerge mkOption types;"


def configured(*modules: str) -> Any:
    """The configuration that the modules make together."""
    return evaluate(f"let {NAMES} in (lib.evalModules {{ modules = [ {' '.join(modules)} ]; }}).config")


def refused(*modules: str) -> str:
    with pytest.raises(EvaluationError) as caught:
        configured(*modules)
    return str(caught.value)


def option(type_: str, more: str = "") -> str:
    return f"mkOption {{ type = types.{type_}; {more} }}"


def test_the_order_of_what_is_joined() -> None:
    """Imports come first, later modules before earlier ones, and mkBefore and mkAfter around all."""
    declared = f"{{ options.words = {option('listOf types.str')}; imports = [ {{ words = [ 'imported' ]; }} ]; config.words = [ 'own' ]; }}"
    modules = (declared, "{ words = mkAfter [ 'last' ]; }", "{ words = mkBefore [ 'first' ]; }", "(mkIf true { words = [ 'later' ]; })")
    assert configured(*(module.replace("'", '"') for module in modules)) == {"words": ["first", "imported", "later", "own", "last"]}


def test_which_definition_counts() -> None:
    """What is forced before all, and an option's own default last; a condition may ask for what it helps to make."""
    each = "".join(f"{name} = {option('int', 'default = 1;')};" for name in "abcd")
    declared = f"{{ options = {{ {each} }}; }}"
    asks = "({ config, ... }: { config = mkIf (config.a == 2) { d = 5; }; })"
    assert configured(declared, "{ a = mkDefault 2; b = 3; c = mkForce 4; }", "{ b = mkDefault 9; c = 9; }", asks) == {
        "a": 2,
        "b": 3,
        "c": 4,
        "d": 5,
    }


def test_submodules_are_declared_in_parts() -> None:
    """Several modules declare parts of one submodule, which knows its own name and keeps what is free in it."""
    one = f"({{ name, ... }}: {{ freeformType = types.attrsOf types.int; options.called = {option('str', 'default = name;')}; }})"
    other = f"({{ config, ... }}: {{ options.long = {option('bool')}; config.long = config.called != config._module.args.name; }})"
    things = [f"{{ options.things = {option(f'attrsOf (types.submodule {part})')}; }}" for part in (one, other)]
    assert configured(*things, '{ things.a.free = 1; things.b.called = "Bee"; }') == {
        "things": {"a": {"called": "a", "free": 1, "long": False}, "b": {"called": "Bee", "long": True}}
    }


@pytest.mark.parametrize(
    ("definition", "said"),
    [
        ("b = 1;", "the option `b` does not exist. It is defined:\n- in <unknown-file>: 1\nDeclared are: a, many, once, set"),
        ("set.c = 1;", "the option `set.c` does not exist"),
        ("set = 1;", "the option `set` takes a set of options"),
        ('a = "x";', "the option `a` takes: signed integer. What is defined is something else:"),
        ("many.x.c = 1;", "the option `many.x.c` does not exist"),
        ("many.x = { };", "the option `many.x.d` is used and has no value: define it, as in `many.x.d = …;`"),
        ("a = mkMerge [ 1 2 ];", "the option `a` has definitions that contradict each other:"),
        ("once = 2;", "the option `once` is read-only"),
    ],
)
def test_what_a_module_system_refuses(definition: str, said: str) -> None:
    """Each with the option's name, and what is defined for it and where."""
    many = option(f"attrsOf (types.submodule {{ options.d = {option('int')}; }})", "default = { };")
    options = f"a = {option('int', 'default = 1;')}; set.b = {option('int', 'default = 1;')}; many = {many};"
    declared = f"{{ options = {{ {options} once = {option('int', 'default = 1; readOnly = true;')} ; }}; }}"
    assert said in refused(declared, f"{{ {definition} }}").replace("\n       ", "\n")


def test_an_argument_that_nobody_gives() -> None:
    """As with nixpkgs, a default in the module's own head does not help."""
    assert "a module asks for `nobody`, which nobody gives it" in refused(
        f"({{ nobody ? 1, ... }}: {{ options.a = {option('int', 'default = nobody;')}; }})"
    )


@pytest.mark.parametrize(
    ("type_", "said"),
    [
        ("types.nullOr (types.listOf types.str)", "null or (list of string)"),
        ("types.listOf (types.nullOr types.str)", "list of (null or string)"),
        (
            "types.attrsOf (types.listOf types.port)",
            "attribute set of list of 16 bit unsigned integer; between 0 and 65535 (both inclusive)",
        ),
        ("types.either types.ints.positive types.str", "positive integer, meaning >0, or string"),
        ('types.nullOr (types.enum [ "a" "b" ])', 'null or one of "a", "b"'),
        ("types.coercedTo types.str lib.toList (types.listOf types.str)", "(list of string) or string convertible to it"),
        ("types.submodule { freeformType = types.attrsOf types.anything; }", "open submodule of attribute set of anything"),
        ("types.attrsOf (types.submodule { })", "attribute set of (submodule)"),
    ],
)
def test_how_types_are_called(type_: str, said: str) -> None:
    """In nixpkgs' words, since they stand in docs/options.md."""
    assert evaluate(f"let inherit (lib) types; in ({type_}).description") == said


def test_the_list_of_options() -> None:
    """With what is in submodules, and defaults and examples as Nix."""
    submodule = f"attrsOf (types.submodule {{ options.b = {option('int', 'example = 3;')}; }})"
    options = f"{{ options.a = {option(submodule, 'default = {}; readOnly = true;')}; }}"
    docs = evaluate(f"let {NAMES} in lib.optionAttrSetToDocList (lib.evalModules {{ modules = [ {options} ]; }}).options")
    shown = [entry for entry in docs if not entry["internal"]]
    assert [(entry["name"], entry["type"], entry["readOnly"]) for entry in shown] == [
        ("a", "attribute set of (submodule)", True),
        ("a.<name>.b", "signed integer", False),
    ]
    assert (shown[0]["default"]["text"], shown[1]["example"]["text"]) == ("{ }", "3")


def test_settings_become_files(project: Project, tmp_path: Path) -> None:
    """pkgs.formats writes what it types."""
    value: dict[str, Any] = {"a": 1, "b": 'x"\n', "d": {"e": {}, "f g": {"h": [1, {"z": True}]}}, "l": []}
    (tmp_path / "value.json").write_text(json.dumps(value), encoding="utf-8")
    settings = {"toml": f"builtins.fromJSON (builtins.readFile {tmp_path}/value.json)", "ini": "{ A = { b = true; c = 1; }; }"}
    for kind, expression in settings.items():
        made = f'(pkgs.formats.{kind} {{ }}).generate "settings.{kind}" ({expression})'
        project.evaluate(made, "build", "--out-link", str(tmp_path / kind))
    assert tomllib.loads((tmp_path / "toml").read_text(encoding="utf-8")) == value
    assert (tmp_path / "ini").read_text(encoding="utf-8") == "[A]\nb=true\nc=1\n"
