"""Every text of ours has its German, which fits where it stands; `tools/translations.py` keeps it so."""

from __future__ import annotations

import gettext
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from qma_app.cli import DONE, REFUSED, main
from qma_app.i18n import LANGUAGES
from tests.reports.reading_back import quick_words
from tests.ui.showroom import DEALERSHIP, a_visited_dealership
from tools import translations

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("visited") / "w"
    a_visited_dealership(folder).close()
    return folder


@pytest.fixture(scope="module")
def texts() -> dict[translations.Id, list[str]]:
    return translations.extracted()


@pytest.fixture
def catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, texts: dict[translations.Id, list[str]]
) -> Path:
    """A copy of the catalogues, to be broken."""
    shutil.copytree(translations.TRANSLATIONS, tmp_path / "translations")
    monkeypatch.setattr(translations, "TRANSLATIONS", tmp_path / "translations")
    monkeypatch.setattr(translations, "extracted", texts.copy)
    return translations.po_file("de")


def test_every_language_offered_has_a_catalogue() -> None:
    assert translations.languages() == sorted(code for code, _name in LANGUAGES if code != "en")


@pytest.mark.parametrize("code", translations.languages())
def test_a_catalogue_is_complete_and_compiled(code: str) -> None:
    assert [str(fault) for fault in translations.faults(code)] == []


def test_extraction_sees_every_text() -> None:
    assert translations.unseen_texts() == []


def test_extraction_sees_a_text_within_an_f_string(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "one.py").write_text(
        """say(f"{_('Rows')} {len(rows)}", ngettext("{n} row", "{n} rows", 2), _(name))\n"""
    )
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    assert translations.extracted() == {"Rows": ["ui/one.py"], ("{n} row", "{n} rows"): ["ui/one.py"]}
    assert translations.unseen_texts() == ["ui/one.py:1"]


@pytest.mark.parametrize("code", translations.languages())
def test_an_update_without_news_changes_no_byte(code: str, catalogue: Path) -> None:
    translations.update(code)
    before = translations.po_file(code).read_bytes(), translations.mo_file(code).read_bytes()
    translations.update(code)
    assert (translations.po_file(code).read_bytes(), translations.mo_file(code).read_bytes()) == before


def test_a_catalogue_names_neither_days_nor_people_nor_lines(catalogue: Path) -> None:
    text = catalogue.read_text(encoding="utf-8")
    assert not re.search(r"(?i)date:|translator|team|generated|@", text.split("\n\n", 1)[0])
    assert not re.search(r"^#: .*\.py:\d", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("{size} MB, zurückgelesen", "{groesse} MB, zurückgelesen", "other placeholders"),
        ("%s Argumente erwartet", "Argumente erwartet", "other placeholders"),
        ('msgstr " oder {last}"', 'msgstr "oder {last}"', "other spaces or lines"),
        ('msgstr "Bereiche wählen…"', 'msgstr "Bereiche wählen"', "other ending"),
        ('msgstr "Alle Bereiche"', 'msgstr "&Alle Bereiche"', "other mnemonics"),
        ('msgstr "Alle Bereiche"', 'msgstr ""', "missing"),
        ('msgid "All areas"', 'msgid "All the areas"', "no longer used"),
        ('msgid "All areas"', '#, fuzzy\nmsgid "All areas"', "fuzzy"),
        ('msgstr "Alle Bereiche"', 'msgstr "Jeder Bereich"', "not compiled"),
    ],
)
def test_what_does_not_fit_is_named(before: str, after: str, what: str, catalogue: Path) -> None:
    text = catalogue.read_text(encoding="utf-8")
    assert before in text
    catalogue.write_text(text.replace(before, after), encoding="utf-8")
    assert what in {fault.what for fault in translations.faults("de")}


def test_a_reworded_text_keeps_its_translation_but_is_not_spoken(catalogue: Path) -> None:
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(
        text.replace('msgid "Every change counts at once."', 'msgid "Each change counts at once."'),
        encoding="utf-8",
    )
    translations.update("de")
    assert [fault.text for fault in translations.faults("de") if fault.what == "fuzzy"] == [
        "Every change counts at once."
    ]
    assert "Jede Änderung gilt sofort." in catalogue.read_text(encoding="utf-8")
    with translations.mo_file("de").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("Every change counts at once.") == "Every change counts at once."
    assert spoken.gettext("All areas") == "Alle Bereiche"


def test_what_is_missing_can_be_filled_in_at_once(catalogue: Path) -> None:
    text = catalogue.read_text(encoding="utf-8")
    text = text.replace('msgstr "Alle Bereiche"', 'msgstr ""').replace(
        'msgstr[1] "{count} Seiten"', 'msgstr[1] ""'
    )
    catalogue.write_text(text, encoding="utf-8")
    gone = translations.missing("de")
    assert gone["All areas"] == ""
    assert gone["{count} page"] == ["", ""]
    translations.fill("de", {"All areas": "Sämtliche", "{count} page": ["{count} Blatt", "{count} Blätter"]})
    assert not {"All areas", "{count} page"} & set(translations.missing("de"))
    with translations.mo_file("de").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("All areas") == "Sämtliche"
    assert spoken.ngettext("{count} page", "{count} pages", 2) == "{count} Blätter"
    assert spoken.gettext("All checkpoints") == "Alle Prüfpunkte"


def test_the_command_line_speaks_the_language_of_its_terminal(
    visited: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("QMA_LANGUAGE")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LC_MESSAGES", "de_DE.UTF-8")
    target = str(tmp_path / "report.pdf")
    assert main(["report", "assessment", "-w", str(visited), "--of", "99", "-o", target]) == REFUSED
    assert "hat keine Bewertung 99 für diesen Bericht." in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["report", "assessment"])
    said = capsys.readouterr().err
    assert said.startswith("Aufruf: ")
    assert "Fehler: diese Argumente werden gebraucht: -w/--workspace, -o/--output" in said
    monkeypatch.setenv("QMA_LANGUAGE", "en")
    with pytest.raises(SystemExit):
        main(["report", "assessment"])
    assert "the following arguments are required" in capsys.readouterr().err


def test_a_german_paper_holds_no_english_of_ours(
    visited: Path, tmp_path: Path, texts: dict[translations.Id, list[str]]
) -> None:
    target = tmp_path / "report.pdf"
    arguments = ["report", "assessment", "-w", str(visited), "--lang", "de", "--on", "2026-11-21"]
    assert main([*arguments, "-o", str(target)]) == DONE
    said = quick_words(target.read_bytes())
    assert "Gesamterfüllungsgrad" in said
    assert [text for text in _english(texts) if text in said] == []


def _english(texts: dict[translations.Id, list[str]]) -> list[str]:
    """Stretches of our English texts, at least two words long, whose German is another."""
    german = gettext.translation("qma", translations.TRANSLATIONS, languages=["de"])
    stretches: set[str] = set()
    for id in texts:
        for text in (id,) if isinstance(id, str) else id:
            spoken = german.gettext(text)
            stretches.update(
                stretch.strip()
                for stretch in re.split(r"\{\w*\}", text)
                if re.search(r"\w{3,} \w{3,}", stretch) and len(stretch) >= 12 and stretch not in spoken
            )
    return sorted(stretches)


_WINDOW = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QToolButton, QWidget
from ui import app as starting
from ui.settings import Settings

def wait(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()

app = starting.make_application(["qma-coach"])
settings = Settings(Path(sys.argv[2]))
settings.put("window_language", "de")
starting.speak(app, settings)
told = {"modules": [], "cut": [], "words": []}
open_door = starting.Coach.open_door

def told_first(self):
    told["modules"] += sorted({name.partition(".")[0] for name in sys.modules})
    open_door(self)

starting.Coach.open_door = told_first
coach = starting.Coach(app, settings, Path(sys.argv[1]))
loop = QEventLoop()
coach.opened.connect(loop.quit)
coach.show()
loop.exec()
coach.window.resize(1024, 640)
from ui.pages import PAGES

def cut_buttons():
    cut, said = [], []
    for button in coach.window.findChildren(QPushButton) + coach.window.findChildren(QToolButton):
        words = button.text().replace("&&", "\\0").replace("&", "").replace("\\0", "&")
        if not button.isVisible() or not words.strip():
            continue
        said.append(words)
        picture = button.iconSize().width() + 4 if not button.icon().isNull() else 0
        if button.fontMetrics().horizontalAdvance(words) + picture > button.width():
            cut.append([words, button.width()])
    return cut, said

for entry in PAGES:
    coach.window.go_to_page(entry.key)
    wait(50)
    for patience in range(20):  # what a page reads in the background may widen a button just now
        cut, words_of = cut_buttons()
        if not cut:
            break
        wait(100)
    told["cut"] += [[entry.key, *one] for one in cut]
    told["words"] += words_of
    told["words"] += [label.text() for label in coach.window.findChildren(QLabel) if label.isVisible()]
    told["words"] += [box.currentText() for box in coach.window.findChildren(QComboBox) if box.isVisible()]
    told["words"] += [
        words
        for widget in coach.window.findChildren(QWidget)
        if widget.isVisible()
        for words in (widget.accessibleName(), widget.toolTip())
    ]
coach.window.close()
coach.close()
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def german_window(visited: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What a German window showed on each page; in a process of its own, as texts of classes are read when they are imported."""
    done = subprocess.run(
        [sys.executable, "-c", _WINDOW, str(visited), str(tmp_path_factory.mktemp("settings"))],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, list[str]] = json.loads(done.stdout)
    return told


def test_no_button_of_the_german_window_is_cut_at_its_smallest_size(
    german_window: dict[str, list[str]],
) -> None:
    assert german_window["cut"] == []


def test_the_german_window_shows_no_english_of_ours(
    german_window: dict[str, list[str]], texts: dict[translations.Id, list[str]]
) -> None:
    german = gettext.translation("qma", translations.TRANSLATIONS, languages=["de"])
    # A choice of languages names each by its own name.
    ids = {id if isinstance(id, str) else id[0] for id in texts} - {name for _code, name in LANGUAGES}
    assert "Heute" in german_window["words"]
    assert [
        words for words in german_window["words"] if words in ids and german.gettext(words) != words
    ] == []


def test_the_german_window_is_painted_before_babel_is_loaded(german_window: dict[str, list[str]]) -> None:
    assert "PySide6" in german_window["modules"]
    assert "babel" not in german_window["modules"]


def test_a_german_paper_is_named_in_german(visited: Path) -> None:
    from qma_app.services.reports import report_name
    from qma_app.services.workspace import open_workspace

    with open_workspace(visited, is_for_reading=True) as workspace, workspace.reading() as reader:
        name = report_name(reader, "assessment", dealership_id=DEALERSHIP, language="de")
    assert date.fromisoformat(name[-14:-4]) <= date(2026, 11, 21)
    assert "Bewertungsbericht" in name
