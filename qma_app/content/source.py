"""The files of a standard: one folder with `standard.yaml` and a file for each area."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from qma_app.content.address import closest, place, quoted
from qma_app.content.nodes import MapNode, Node
from qma_app.content.report import Report
from qma_app.content.schema import AREA, AREA_FILE, KPI_GROUP, STANDARD
from qma_app.content.shapes import Fields
from qma_app.content.strict_yaml import Document, read_document
from qma_app.content.written import STANDARD_FILE, Written, WrittenArea, WrittenStandard
from qma_app.domain.edition_words import PERSPECTIVES
from qma_app.errors import Problem
from qma_app.i18n import _

AREAS_FOLDER = "areas"
KPIS_FOLDER = "kpis"
COMMENT = "yaml.comment"
"""A comment is a warning when a standard is read, and an error when it is formatted."""
MAX_BYTES = 30 * 1024 * 1024
"""In all files of a standard together."""
MAX_NODES = 400_000
"""In all files of a standard together."""
MAX_AREAS = 100


@dataclass(slots=True)
class Source:
    """A standard as read from its folder: what could be read, and every problem met on the way."""

    folder: Path
    standard: WrittenStandard | None = None
    problems: list[Problem] = field(default_factory=list)
    meant: set[str] = field(default_factory=set)
    bytes_left: int = MAX_BYTES
    nodes_left: int = MAX_NODES

    def read(self) -> Source:
        """Read `standard.yaml`, then the areas it lists."""
        document = self.document(self.folder / STANDARD_FILE)
        if document is None:
            return self
        node = self._map(document, STANDARD, ())
        if node is None:
            return self
        header = WrittenStandard(STANDARD_FILE, node, ())
        areas = self._areas(header)
        self.standard = WrittenStandard(STANDARD_FILE, node, areas, self._kpi_files(header))
        self._look_for_unlisted(header)
        return self

    def _areas(self, header: WrittenStandard) -> tuple[WrittenArea, ...]:
        areas: list[WrittenArea] = []
        seen: set[str] = set()
        listed = header.node.words("areas")
        if len(listed) > MAX_AREAS:
            self.problems.append(
                header.problem(
                    "area.too-many",
                    "areas",
                    _("{count} areas are listed").format(count=len(listed)),
                    _("list at most {limit}").format(limit=MAX_AREAS),
                )
            )
        for name, line in listed[:MAX_AREAS]:
            if not AREA_FILE.fullmatch(name):
                continue
            if name in seen:
                self.problems.append(
                    header.problem(
                        "area.listed-twice",
                        "areas",
                        _("the area file {name} is listed twice").format(name=quoted(name)),
                        _("delete this line"),
                        line=line,
                    )
                )
                continue
            seen.add(name)
            path = self.folder / AREAS_FOLDER / f"{name}.yaml"
            if not path.is_file():
                self._note_missing(header, name, line)
                continue
            document = self.document(path)
            node = self._map(document, AREA, header.languages) if document else None
            if node is not None:
                areas.append(WrittenArea(path.name, node))
        return tuple(areas)

    def _kpi_files(self, header: WrittenStandard) -> tuple[Written, ...]:
        """The KPI definitions that `standard.yaml` lists, each file once."""
        read: list[Written] = []
        for name, line in dict(header.node.words("kpi_files")).items():
            path = self.folder / KPIS_FOLDER / f"{name}.yaml"
            if name not in PERSPECTIVES:
                continue
            if not path.is_file():
                self.problems.append(
                    header.problem(
                        "kpi-file.missing",
                        "kpi_files",
                        _("there is no file {file}").format(file=f"{KPIS_FOLDER}/{name}.yaml"),
                        _("put the file there, or delete this line"),
                        line=line,
                    )
                )
                continue
            document = self.document(path)
            node = self._map(document, KPI_GROUP, header.languages) if document else None
            if node is not None:
                read.append(Written(path.name, node))
        return tuple(read)

    def _note_missing(self, header: WrittenStandard, name: str, line: int) -> None:
        advice = _("put the file there, or delete this line")
        if (self.folder / AREAS_FOLDER / f"{name}.yml").is_file():
            advice = _("rename {name}.yml to {name}.yaml").format(name=name)
        elif meant := closest(name, self._unlisted(header)):
            self.meant.add(meant)
            advice = _("write `- {name}`, whose file lies there").format(name=meant)
        found = _("there is no file {file}").format(file=f"{AREAS_FOLDER}/{name}.yaml")
        self.problems.append(header.problem("area.file-missing", "areas", found, advice, line=line))

    def _look_for_unlisted(self, header: WrittenStandard) -> None:
        for name in self._unlisted(header):
            if name not in self.meant:
                self._note(
                    "area.unlisted",
                    place(f"{name}.yaml"),
                    _("the file lies in {folder}, but standard.yaml does not list it").format(
                        folder=AREAS_FOLDER
                    ),
                    _("add `- {name}` under `areas` in standard.yaml, or move the file away").format(
                        name=name
                    ),
                )

    def _unlisted(self, header: WrittenStandard) -> list[str]:
        """The names of area files that `standard.yaml` does not list."""
        listed = {word for word, _line in header.node.words("areas")}
        return [path.stem for path in area_files(self.folder) if path.stem not in listed]

    def document(self, path: Path) -> Document | None:
        """Read one file of the standard; None, with its reason among the problems, when it cannot be opened."""
        content = self._content(path)
        if content is None:
            return None
        document = read_document(content, path.name)
        self.problems.extend(document.problems)
        for line in document.comment_lines:
            self._note(
                COMMENT,
                place(document.name, line),
                _("a comment stands here, which formatting would lose"),
                _("write remarks in a `remark` field"),
                is_warning=True,
            )
        self.nodes_left -= document.node_count
        if self.nodes_left < 0:
            self._note(
                "file.too-many",
                place(path.name),
                _("the files of the standard hold more than {limit} values together").format(limit=MAX_NODES),
                _("check whether this is a standard at all"),
            )
            return None
        return document

    def _content(self, path: Path) -> bytes | None:
        try:
            with path.open("rb") as file:
                content = file.read(self.bytes_left + 1)
        except FileNotFoundError:
            self._note(
                "file.missing",
                place(path.name),
                _("there is no such file in {folder}").format(folder=self.folder),
                _("choose the folder that holds standard.yaml"),
            )
            return None
        except OSError as error:
            self._note(
                "file.unreadable",
                place(path.name),
                _("the file cannot be read ({reason})").format(reason=error.strerror or type(error).__name__),
                _("check that it is a file you may open"),
            )
            return None
        self.bytes_left -= len(content)
        if self.bytes_left < 0:
            self._note(
                "file.too-large",
                place(path.name),
                _("the files of the standard are larger than {limit} MB together").format(
                    limit=MAX_BYTES // 1024**2
                ),
                _("a standard has one or two: check whether this is the right file"),
            )
            self.bytes_left = 0
            return None
        return content

    def _map(self, document: Document, fields: Fields, languages: tuple[str, ...]) -> MapNode | None:
        """The document's group of keys, its form looked through."""
        root = document.root
        if root is None:
            return None
        report = Report(document.name, languages or _languages_of(root))
        fields.look(root, document.name, report)
        self.problems.extend(report.problems)
        return root if isinstance(root, MapNode) else None

    def _note(self, code: str, at: str, found: str, advice: str, *, is_warning: bool = False) -> None:
        self.problems.append(Problem(code=code, place=at, found=found, advice=advice, is_warning=is_warning))


def area_files(folder: Path) -> list[Path]:
    """All area files of a standard, by name; hidden files are some system's own."""
    files = (folder / AREAS_FOLDER).glob("*.yaml")
    return sorted(path for path in files if not path.name.startswith("."))


def kpi_files(folder: Path) -> list[Path]:
    """All files of KPI definitions of a standard, by name."""
    files = (folder / KPIS_FOLDER).glob("*.yaml")
    return sorted(path for path in files if not path.name.startswith("."))


def _languages_of(root: Node) -> tuple[str, ...]:
    return tuple(word for word, _line in root.words("languages")) if isinstance(root, MapNode) else ()
