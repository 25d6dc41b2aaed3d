"""The command line: `python -m udl claims`, and what every command does with a bad option."""

import pytest

from udl.__main__ import main
from udl.claims import CLAIMS, finding


def said(capsys, *arguments):
    assert main(["claims", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_claims_prints_id_claim_verdict_number_and_notebook(capsys, lang):
    out = said(capsys, "--lang", lang, "--only", "7.d,3.a")
    head, first, *_ = out.splitlines()
    assert head.split()[0] == {"ko": "번호", "en": "id"}[lang]
    assert first.split()[:2] == ["3.a", "3.7.3"]
    words = out.split()
    for id in ("3.a", "7.d"):
        for word in f"{getattr(CLAIMS[id], lang)} {finding(id).sentence(lang)}".split():
            assert word in words
    assert "10.00" in out


def test_claims_are_korean_unless_asked_otherwise(capsys):
    assert said(capsys, "--only", "3.a") == said(capsys, "--only", "3.a", "--lang", "ko")


def test_claims_as_markdown(capsys):
    head, rule, *rows = said(capsys, "--format", "md", "--only", "3.a,7.d").splitlines()
    assert head == "| 번호 | 주장 | 판정 | 잰 값 | 노트 |"
    assert rule == "| --- | --- | --- | --- | --- |"
    assert [row.split(" | ")[0] for row in rows] == ["| 3.a", "| 7.d"]
    assert [row.split(" | ")[-1] for row in rows] == ["3.7.3 |", "3.7.7 |"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--only", "9.z"], "--only 9.z: not one of 1.a, 1.b"),
        (["--only", "3.a,3"], "--only 3: not one of"),
        (["--only", ""], "--only : not one of"),
        (["--only"], "argument --only: expected one argument"),
        (["--lang", "fr"], "--lang fr: not one of ko, en"),
        (["--format", "html"], "--format html: not one of text, md"),
        (["--what"], "unrecognized arguments: --what"),
    ],
)
def test_bad_options_get_one_line(capsys, options, message):
    with pytest.raises(SystemExit) as stop:
        main(["claims", *options])
    assert stop.value.code == 2
    out, err = capsys.readouterr()
    (line,) = err.splitlines()
    assert line.startswith(f"udl: {message}")
    assert out == ""


def test_no_command_gets_one_line_too(capsys):
    with pytest.raises(SystemExit) as stop:
        main([])
    assert stop.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "COMMAND" in line
