"""``demo``: the demonstration archive, with the whole journey made on it."""

import tempfile
from pathlib import Path

import click

from oralhistory.cli.session import Session, has_display
from oralhistory.i18n import tr
from oralhistory.services.demonstrating import DemonstrationReport, demonstrate


@click.command(
    help=tr("Build the demonstration archive in DIR and run the whole journey on it, then open the window.")
    + "\n\nJSON: {archive, passphrase, recovery_code, interviews: [{code, pseudonym, segments,"
    " exports: [{file, sha256}], refused}]}"
)
@click.argument("folder", type=click.Path(path_type=Path), required=False, metavar="[DIR]")
@click.option("--no-window", is_flag=True, help=tr("Do not open the window afterwards."))
@click.pass_obj
def demo(session: Session, folder: Path | None, no_window: bool) -> int:
    where = folder or Path(tempfile.mkdtemp(prefix="oralhistory-demo-"))
    report = demonstrate(session.program, where, session.say)
    session.show(report.to_json(), _told(report))
    if no_window or not has_display():
        return 0
    return session.open_window(report.archive)


def _told(report: DemonstrationReport) -> str:
    lines = [
        tr("Archive: {path}", path=report.archive),
        tr("Passphrase: {passphrase}", passphrase=report.passphrase),
        tr("Recovery code: {code}", code=report.recovery_code),
    ]
    for one in report.interviews:
        lines += [
            "",
            tr("{code}, called {pseudonym}: {n} segments", code=one.code, pseudonym=one.pseudonym, n=one.segments),
        ]
        lines += [f"  {path}  {sha256}" for path, sha256 in one.exports]
        lines += [f"  {sentence}" for sentence in one.refused]
    lines += ["", tr("The model of the demonstration knows only its few sentences and nothing else.")]
    return "\n".join(lines)
