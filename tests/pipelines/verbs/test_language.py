"""The command in one language at a time, helps whole, quiet where asked, and a sign of life where the work is long."""

import time

import click
import pytest
from click.testing import CliRunner, Result

from pipelines.cli import main
from pipelines.verbs.helps import OPTIONS, VERBS
from pipelines.verbs.progress import beating
from pipelines.verbs.verb import first_sentence
from warehouse.errors import QueryError


def spoken(*arguments: str, language: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, env={"PESO_LANG": language}, terminal_width=100, prog_name="peso")


def every_verb() -> dict[str, click.Command]:
    verbs = dict(main.commands)
    for verb in main.commands.values():
        verbs |= getattr(verb, "commands", {})
    return verbs


def test_every_verb_and_option_has_its_help_in_both_languages() -> None:
    assert set(every_verb()) == set(VERBS) - {"main"}
    for name, verb in every_verb().items():
        assert verb.help
        for option in verb.params:
            if isinstance(option, click.Option) and option.name != "help":
                assert (name, option.name) in OPTIONS or ("", option.name) in OPTIONS, (name, option.name)


def test_the_list_of_verbs_cuts_no_sentence() -> None:
    told = " ".join(spoken("--help").output.split())
    assert told.startswith("Uso: peso") and "..." not in told.replace("[ARGUMENTOS]...", "")
    for verb in main.commands:
        assert " ".join(first_sentence(VERBS[verb]).split()) in told


def test_help_is_of_one_language() -> None:
    english = spoken("query", "--help", language="en").output
    assert english.startswith("Usage:") and "Print nothing but errors." in english
    spanish = spoken("query", "--help").output
    assert spanish.startswith("Uso:") and "Opciones:" in spanish and "Print nothing" not in spanish
    assert english == spoken("query", "--help", language="en").output, "no language stays from the call before"


@pytest.mark.parametrize(("language", "told"), [(None, "Aún no se publica nada"), ("en", "Nothing was published yet")])
def test_errors_and_what_to_do_are_of_one_language(tmp_path, monkeypatch, language, told) -> None:
    monkeypatch.setenv("PESO_HOME", str(tmp_path))
    result = spoken("query", "SELECT 1", language=language)
    assert result.exit_code == 1 and told in result.output


def test_quiet_prints_nothing_and_json_is_read(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PESO_HOME", str(tmp_path))
    assert spoken("status", "--quiet").output == ""
    assert '"documents": 0' in spoken("status", "--json").output


def test_long_work_gives_a_sign_of_life(capsys) -> None:
    with beating("peso run", lambda: "3 de 41 documentos leídos", every=0.01):
        time.sleep(0.1)
    assert capsys.readouterr().err.startswith("peso run: van 0 min; 3 de 41 documentos leídos\n")


def test_an_error_of_a_worker_keeps_both_languages() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(QueryError("No such table.", "Look.", es="No hay tabla.")))
    assert (str(error), error.es) == ("No such table. Look.", "No hay tabla.")


@pytest.mark.parametrize(
    ("typed", "spanish", "english"),
    [
        (("read",), "Falta «FILE».", "Missing argument 'FILE'."),
        (("show",), "Falta «LINE_ID...».", "Missing argument 'LINE_ID...'."),
        (("read", "--formato", "x"), "No hay opción «--formato». ¿Quiso decir «--format»?", "Did you mean '--format'?"),
        (("read", "nada.pdf"), "«FILE»: no existe «nada.pdf».", "File 'nada.pdf' does not exist."),
        (("ui", "--port", "abc"), "«--port»: «abc» no es un número entero.", "'abc' is not a valid integer."),
        (
            ("query", "--format", "pdf", "x"),
            "«--format»: «pdf» no es ninguno de «table», «csv», «json».",
            "is not one of",
        ),
        (("query", "--limit"), "La opción «--limit» pide un valor.", "requires an argument."),
        (("query", "a", "b"), "Sobra «b».", "Got unexpected extra argument (b)"),
        (("inbox", "foo"), "No hay verbo «foo».", "No such command 'foo'."),
        (("read", "--json=3", "x"), "La opción «--json» no lleva valor.", "does not take a value."),
    ],
)
def test_a_command_typed_wrong_is_told_in_one_language(typed: tuple[str, ...], spanish: str, english: str) -> None:
    told = spoken(*typed)
    assert told.exit_code == 2
    assert told.output.splitlines()[-1] == f"Error: {spanish}"
    assert english in spoken(*typed, language="en").output


def test_what_an_option_is_without_being_given_is_told_in_one_language() -> None:
    assert "[de por sí: table]" in spoken("read", "--help").output
    assert "[default: table]" in spoken("read", "--help", language="en").output
