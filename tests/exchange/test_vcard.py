"""Business cards go out as every address book reads them, and come in from whatever wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest
import vobject

from qma_app.errors import ImportTrouble
from qma_app.exchange.file_kinds import LARGEST_FILE
from qma_app.exchange.people_list import MOST_PEOPLE, PeopleList
from qma_app.exchange.vcard import read_vcards_file, vcards
from tests.builders import a_dealership, a_person
from tests.exchange.importing.workbooks import a_text

PEOPLE = (
    a_person("Rita Muster", function="Leiterin; Service, Teile", email="r@example.com", phone="+49 1 / 2"),
    a_person(
        "Łukasz Öztürk-Ćwikła von und zu der langen Straße im weiten Tal am großen Fluss hinter den Bergen"
    ),
    a_person("王小明", function='A "quoted" \\ back\nslash', email="w@example.com"),
    a_person("Cher"),
)


def read(folder: Path, text: str | bytes, encoding: str = "utf-8") -> PeopleList:
    return read_vcards_file(a_text(folder, text, name="people.vcf", encoding=encoding))


def a_card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def who(people: PeopleList) -> list[tuple[str, str, str, str]]:
    return [(row.name, row.function, row.email, row.phone) for row in people.rows]


class TestOut:
    def test_another_reader_finds_what_was_written(self) -> None:
        text = vcards((person, a_dealership()) for person in PEOPLE).decode()
        cards = list(vobject.readComponents(text))
        assert [card.fn.value for card in cards] == [person.name for person in PEOPLE]
        first = cards[0]
        assert (first.title.value, first.email.value, first.tel.value) == (
            "Leiterin; Service, Teile",
            "r@example.com",
            "+49 1 / 2",
        )
        assert (first.n.value.family, first.n.value.given) == ("Muster", "Rita")
        assert first.org.value == ["Autohaus Beispiel"]
        assert (cards[3].n.value.family, cards[3].n.value.given) == ("Cher", "")
        assert len({card.uid.value for card in cards}) == len(PEOPLE)

    def test_no_line_is_longer_than_75_bytes_and_no_letter_is_torn(self) -> None:
        lines = vcards((person, None) for person in PEOPLE).split(b"\r\n")
        assert max(map(len, lines)) == 75
        assert all(line.decode() is not None for line in lines)

    def test_it_is_read_back_by_ourselves(self, tmp_path: Path) -> None:
        people = read(tmp_path, vcards((person, None) for person in PEOPLE))
        assert not people.problems
        assert who(people) == [
            (one.name, " ".join(one.function.split()), one.email, one.phone) for one in PEOPLE
        ]

    def test_words_cannot_add_a_line_of_their_own(self) -> None:
        sly = a_person("Rita\r\nEMAIL:x@example.com", function="a\x0bb\x00c\u2028d")
        card = next(iter(vobject.readComponents(vcards([(sly, None)]).decode())))
        assert not hasattr(card, "email")
        assert "\x00" not in card.title.value

    def test_the_same_people_are_the_same_bytes(self) -> None:
        assert vcards((one, None) for one in PEOPLE) == vcards((one, None) for one in PEOPLE)
        assert vcards([]) == b""


class TestIn:
    def test_a_card_of_version_4(self, tmp_path: Path) -> None:
        text = a_card(
            "FN:Rita Muster",
            "item1.EMAIL;PREF=2;TYPE=home:home@example.com",
            'EMAIL;TYPE="work,pref":work@example.com',
            "TEL;VALUE=uri:tel:+49-1",
            "PHOTO:data:image/jpeg;base64,AAAA",
            "ROLE:Service manager",
            version="4.0",
        )
        assert who(read(tmp_path, text)) == [("Rita Muster", "Service manager", "work@example.com", "+49-1")]

    def test_the_preferred_address_comes_first(self, tmp_path: Path) -> None:
        text = a_card("FN:R", "EMAIL:a@example.com", "EMAIL;TYPE=INTERNET,PREF:b@example.com")
        assert read(tmp_path, text).rows[0].email == "b@example.com"

    def test_a_coded_card_of_version_2_1(self, tmp_path: Path) -> None:
        text = a_card(
            "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BC=",
            "rgen;;Dr.;",
            "TITLE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Gesch=E4ftsf=FChrer",
            "TEL;WORK;VOICE:0042",
            version="2.1",
        )
        people = read(tmp_path, text)
        assert who(people) == [("Dr. Jürgen Müller", "Geschäftsführer", "", "0042")]
        assert people.rows[0].is_principal

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_any_encoding_and_folded_lines(self, tmp_path: Path, encoding: str) -> None:
        text = a_card("FN:Jürgen", "  Müller", "NOTE:x\\nTEL:1")
        assert who(read(tmp_path, text, encoding)) == [("Jürgen Müller", "", "", "")]

    def test_lines_may_end_as_they_like(self, tmp_path: Path) -> None:
        for end in ("\n", "\r"):
            assert read(tmp_path, a_card("FN:R").replace("\r\n", end)).rows[0].name == "R"

    def test_a_card_in_a_card_is_not_taken_for_one(self, tmp_path: Path) -> None:
        inner = a_card("FN:Agent", "EMAIL:agent@example.com")
        assert who(read(tmp_path, a_card("FN:Rita", *inner.strip().split("\r\n")))) == [("Rita", "", "", "")]

    def test_what_is_wrong_is_named_with_its_line(self, tmp_path: Path) -> None:
        text = a_card("FN:Rita") + a_card("EMAIL:x@example.com") + "BEGIN:VCARD\r\nFN:Tom\r\n"
        people = read(tmp_path, text)
        assert [(one.code, one.place) for one in people.problems] == [
            ("people.name", "line 5"),
            ("vcard.cut-off", "line 9"),
        ]
        assert [row.name for row in people.rows] == ["Rita"]


class TestHostileFiles:
    @pytest.mark.parametrize(
        "content",
        [b"", b"\x00" * 5000, b"%PDF-1.7", b"Name;E-mail\nRita;r@example.com", b"END:VCARD\r\n" * 9],
    )
    def test_what_is_no_card_is_refused(self, tmp_path: Path, content: bytes) -> None:
        with pytest.raises(ImportTrouble) as refused:
            read(tmp_path, content)
        assert refused.value.code == "vcard.none"

    def test_a_folder_or_a_missing_file_is_refused(self, tmp_path: Path) -> None:
        for path in (tmp_path, tmp_path / "none.vcf"):
            with pytest.raises(ImportTrouble) as refused:
                read_vcards_file(path)
            assert refused.value.code == "import.unreadable"

    def test_too_large_and_too_many_are_refused(self, tmp_path: Path) -> None:
        large = tmp_path / "large.vcf"
        with large.open("wb") as file:
            file.truncate(LARGEST_FILE + 1)
        many = "".join(a_card(f"FN:Person {number}") for number in range(MOST_PEOPLE + 1))
        for path in (large, a_text(tmp_path, many, name="many.vcf")):
            with pytest.raises(ImportTrouble) as refused:
                read_vcards_file(path)
            assert refused.value.code == "import.too-much"

    def test_lines_without_end_cost_no_time(self, tmp_path: Path) -> None:
        folded = "FN:R\r\n" + " x\r\n" * 200_000
        coded = "NOTE;ENCODING=QUOTED-PRINTABLE:" + "=\r\n" * 200_000 + "\r\n"
        escaped = "N:" + "\\;" * 200_000 + "\r\n"
        people = read(tmp_path, f"BEGIN:VCARD\r\n{folded}{coded}{escaped}END:VCARD\r\n")
        assert [problem.code for problem in people.problems] == ["people.long"]

    def test_the_readers_agree_on_what_a_phone_exports(self, tmp_path: Path) -> None:
        text = a_card(
            "N:Muster;Rita;;;",
            "FN:Rita Muster",
            "ORG:Autohaus Beispiel;Service",
            "TITLE:Service manager",
            "EMAIL;type=INTERNET;type=WORK;type=pref:r@example.com",
            "TEL;type=CELL;type=VOICE;type=pref:+49 1",
            "ADR;type=WORK:;;Hauptstr. 1;Musterstadt;;12345;Germany",
        )
        other = next(iter(vobject.readComponents(text)))
        assert who(read(tmp_path, text)) == [
            (other.fn.value, other.title.value, other.email.value, other.tel.value)
        ]
