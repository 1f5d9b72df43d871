"""Long work runs beside the window, can be stopped, and its mistakes reach somebody."""

from __future__ import annotations

from functools import partial
from threading import Event, get_ident

import pytest
from pytestqt.qtbot import QtBot

from qma_app.errors import QmaError, ReportTrouble
from qma_app.i18n import in_language, language
from ui.jobs import Job, Jobs, Progress


@pytest.fixture
def jobs(qtbot: QtBot) -> Jobs:
    return Jobs()


def test_work_runs_in_a_thread_of_its_own_and_ends_in_the_windows(qtbot: QtBot, jobs: Jobs) -> None:
    threads: list[int] = []

    def work(progress: Progress) -> str:
        threads.append(get_ident())
        return "done"

    results: list[object] = []

    def finished(result: object) -> None:
        results.append((result, get_ident()))

    with qtbot.waitSignal(jobs.ended):
        jobs.run("Work", work, finished)
    assert results == [("done", get_ident())]
    assert threads != [get_ident()]
    assert jobs.under_way == ()


def test_progress_is_announced_with_its_share(qtbot: QtBot, jobs: Jobs) -> None:
    shares: list[float | None] = []

    def heard(job: Job) -> None:
        shares.append(job.share)

    jobs.progressed.connect(heard)

    def work(progress: Progress) -> None:
        progress(5, 10, "half")
        progress(10, 10)

    with qtbot.waitSignal(jobs.ended):
        jobs.run("Work", work)
    assert shares == [0.5, 1.0]


def test_work_that_listens_stops_when_it_is_told(qtbot: QtBot, jobs: Jobs) -> None:
    begun, dropped = Event(), []

    def work(progress: Progress) -> None:
        while progress(0.1):
            begun.set()
        raise ReportTrouble("It was stopped.", code="cancelled")

    failures: list[QmaError] = []
    jobs.failed.connect(failures.append)
    job = jobs.run("Work", work, on_cancelled=lambda: dropped.append(True))
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(jobs.ended):
        job.cancel()
    assert dropped == [True]
    assert failures == []


def test_work_that_does_not_listen_is_stopped_all_the_same(qtbot: QtBot, jobs: Jobs) -> None:
    begun, cleaned = Event(), Event()

    def work(progress: Progress) -> None:
        try:
            while True:
                progress(0.1)
                begun.set()
        finally:
            cleaned.set()

    job = jobs.run("Work", work)
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(jobs.ended):
        job.cancel()
    assert cleaned.is_set()


def test_an_expected_failure_is_announced(qtbot: QtBot, jobs: Jobs) -> None:
    def work(progress: Progress) -> None:
        raise ReportTrouble("The folder is gone.", code="report.folder")

    with qtbot.waitSignal(jobs.failed) as failed:
        jobs.run("Work", work)
    assert failed.args is not None
    assert failed.args[0].code == "report.folder"


def test_a_bug_in_the_work_reaches_the_crash_keeper(qtbot: QtBot, jobs: Jobs) -> None:
    def work(progress: Progress) -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(jobs.crashed) as crashed:
        jobs.run("Work", work)
    assert crashed.args is not None
    assert isinstance(crashed.args[0], ZeroDivisionError)


def test_the_work_speaks_the_language_of_the_window(qtbot: QtBot, jobs: Jobs) -> None:
    spoken: list[str] = []
    with in_language("de"), qtbot.waitSignal(jobs.ended):
        jobs.run("Work", lambda progress: language(), spoken.append)
    assert spoken == ["de"]


def test_closing_stops_everything(qtbot: QtBot, jobs: Jobs) -> None:
    stopped = Event()

    def work(progress: Progress) -> None:
        while progress(0.1):
            pass
        stopped.set()

    with qtbot.waitSignal(jobs.ended):
        jobs.run("Work", work)
        jobs.cancel_all()
        assert stopped.is_set()


@pytest.mark.parametrize("is_told_more", [False, True])
def test_a_page_that_was_closed_meanwhile_is_not_called_back(
    qtbot: QtBot, jobs: Jobs, is_told_more: bool
) -> None:
    """Another workspace was opened while a report was built: its page is gone."""
    from PySide6.QtCore import QObject
    from shiboken6 import delete

    class Asker(QObject):
        def finished(self, *results: object) -> None:
            raise AssertionError(results)

    asker, may_end = Asker(), Event()

    def work(progress: Progress) -> None:
        may_end.wait(5)

    with qtbot.waitSignal(jobs.ended):
        jobs.run("Work", work, partial(asker.finished, 1) if is_told_more else asker.finished)
        delete(asker)
        may_end.set()
