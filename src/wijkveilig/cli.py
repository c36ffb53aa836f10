"""The command `wijkveilig`: files to observations, observations to a picture, and the site itself.

Exit codes: 0 good, 2 a wrong call, 3 something was refused; the last two with one clear line on stderr.
What a command needs is imported when it runs, so that each starts quickly.
"""

from __future__ import annotations

import argparse
import csv
import errno
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from wijkveilig import __version__
from wijkveilig.warehouse.catalog import StoreError
from wijkveilig.warehouse.types import AreaCode, Level, Period, level_of

GOOD, WRONG_CALL, REFUSED, STOPPED = 0, 2, 3, 130
LEVELS = (Level.MUNICIPALITY.value, Level.DISTRICT.value, Level.NEIGHBOURHOOD.value)
COLUMNS = (
    "area", "level", "indicator", "source_code", "period", "value", "status", "parts",
    "unit", "source", "batch", "note",
)  # fmt: skip

_TEACHES = """\
Van ruwe open data naar een veiligheidsbeeld per buurt.

De weg in drie stappen:
  wijkveilig ingest bestanden/ --store opslag/          lees en controleer bestanden
  wijkveilig observations --store opslag/ --area GM0505 --level neighbourhood --period 2024
                                                        vraag cijfers op
  wijkveilig picture GM0505 --from bestanden/ --out uit/
                                                        de hele weg in één keer, zonder opslag
Een bestand wordt herkend aan zijn inhoud, nooit aan zijn naam. Geef gerust een hele map.
"""
_AFTER = """\
Afloop: 0 goed, 2 verkeerd aangeroepen, 3 iets is geweigerd; bij 2 en 3 staat op stderr één regel met de reden.
Uitleg per opdracht: wijkveilig OPDRACHT --help
"""


class WrongCallError(Exception):
    """The call cannot be carried out as it was given; the text is one line for the user."""


class Parser(argparse.ArgumentParser):
    """A parser that speaks Dutch and says in one line what is wrong."""

    def error(self, message: str) -> NoReturn:
        """End with exit code 2 and one line."""
        self.exit(WRONG_CALL, f"{self.prog}: {_in_dutch(message)} Zie {self.prog} --help.\n")

    def format_help(self) -> str:
        """The help text with Dutch headings."""
        text = super().format_help()
        for english, dutch in _HEADINGS.items():
            text = text.replace(english, dutch)
        return text


_HEADINGS = {
    "usage:": "gebruik:",
    "positional arguments:": "argumenten:",
    "options:": "opties:",
    "show this help message and exit": "toon deze uitleg",
    "show program's version number and exit": "toon de versie",
}
_ERRORS = (
    (r"the following arguments are required: (.*)", r"er ontbreekt: \1."),
    (r"unrecognized arguments: (.*)", r"dit wordt niet herkend: \1."),
    (r"argument (\S+): expected (?:one|at least one) argument", r"achter \1 hoort een waarde."),
    (r"argument (\S+): invalid choice: '?([^' ]*)'? \(choose from (.*)\)", r"\1 kent '\2' niet. Kies uit \3."),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 en \2 gaan niet samen."),
    (r"argument (\S+): (.*)", r"\1: \2."),
)


def _in_dutch(message: str) -> str:
    """What argparse found wrong, in Dutch."""
    for pattern, dutch in _ERRORS:
        if re.fullmatch(pattern, message):
            return re.sub(pattern, dutch, message)
    return f"{message}."


def parser() -> Parser:
    """All commands with their options."""
    made = Parser(
        prog="wijkveilig", description=_TEACHES, epilog=_AFTER, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--version", action="version", version=f"wijkveilig {__version__}")
    commands = made.add_subparsers(title="opdrachten", metavar="OPDRACHT", dest="command", required=True)
    for name, said, add in _COMMANDS:
        add(commands.add_parser(name, help=said, description=said, epilog=_AFTER))
    return made


def _folder(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("hier hoort een map")
    return Path(text)


def _ingest_options(options: argparse.ArgumentParser) -> None:
    options.add_argument("paths", nargs="+", metavar="PAD", type=Path, help="bestanden en mappen")
    options.add_argument("--store", required=True, metavar="MAP", type=_folder, help="map van de opslag; wordt gemaakt")
    said = "een bestand van deze aanroep komt in de plaats van deze batch (mag vaker)"
    options.add_argument("--replace", action="append", default=[], metavar="BATCH", help=said)
    options.add_argument("--json", action="store_true", help="uitkomst per bestand als JSON, en niets anders")
    options.set_defaults(run=ingest)


def _observations_options(options: argparse.ArgumentParser) -> None:
    options.add_argument("--store", required=True, metavar="MAP", type=_folder, help="map van de opslag")
    options.add_argument("--area", required=True, metavar="CODE", help="gebied, zoals GM0505 of WK050501")
    options.add_argument("--level", choices=LEVELS, help="gebieden van dit niveau binnen het gebied")
    options.add_argument("--indicator", metavar="NAAM", help="een indicator (woninginbraak) of kerncijfer (residents)")
    options.add_argument("--source-code", metavar="CODE", help="code van de bron, zoals 1.1.1 of 104")
    options.add_argument("--period", metavar="PERIODE", help="jaar (2016) of maand (2016-03)")
    shape = options.add_mutually_exclusive_group()
    shape.add_argument("--csv", action="store_true", help="als CSV (ook zonder deze optie)")
    shape.add_argument("--json", action="store_true", help="als JSON, en niets anders")
    options.set_defaults(run=observations)


def _picture_options(options: argparse.ArgumentParser) -> None:
    options.add_argument("code", metavar="CODE", help="gemeente, zoals GM0518")
    options.add_argument(
        "--from", dest="paths", required=True, nargs="+", metavar="PAD", type=Path, help="bestanden en mappen"
    )
    options.add_argument("--out", required=True, metavar="MAP", type=Path, help="hier komen de bestanden van het beeld")
    options.add_argument(
        "--period", metavar="PERIODE", help="jaar (2016) of maand (2016-03); anders de laatste 12 maanden"
    )
    options.add_argument("--json", action="store_true", help="picture.json ook op stdout, en niets anders")
    options.set_defaults(run=picture)


def _run_options(options: argparse.ArgumentParser) -> None:
    from wijkveilig.config.run import add_arguments, run

    add_arguments(options)
    options.set_defaults(run=run)


def _demo_options(options: argparse.ArgumentParser) -> None:
    options.add_argument("--out", metavar="MAP", type=Path, help="schrijf alleen de ruwe bestanden, in deze map")
    options.add_argument("--seed", type=int, metavar="GETAL", help="met --out: een andere stad bij een ander getal")
    options.set_defaults(run=demo)


def _capabilities_options(options: argparse.ArgumentParser) -> None:
    options.add_argument("--json", action="store_true", help="als JSON, en niets anders")
    options.set_defaults(run=capabilities)


_COMMANDS: tuple[tuple[str, str, Callable[[argparse.ArgumentParser], None]], ...] = (
    ("ingest", "Lees bestanden, controleer ze en bewaar ze als batches.", _ingest_options),
    ("observations", "Vraag cijfers op uit de opslag.", _observations_options),
    ("picture", "Maak het veiligheidsbeeld van een gemeente uit ruwe bestanden.", _picture_options),
    ("run", "Start de site.", _run_options),
    ("demo", "Maak de voorbeeldstad klaar in var/demo, of schrijf alleen haar ruwe bestanden.", _demo_options),
    ("capabilities", "Toon wat het product vandaag kan.", _capabilities_options),
)


_WHY: dict[type[OSError], str] = {
    PermissionError: "hier mag niet gelezen of geschreven worden",
    IsADirectoryError: "dit is een map",
}
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one call; returns the exit code."""
    try:
        options = parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except (WrongCallError, StoreError) as wrong:
        return _say(f"wijkveilig: {wrong}", WRONG_CALL)
    except KeyboardInterrupt:
        return _say("wijkveilig: afgebroken.", STOPPED)
    except (PermissionError, NotADirectoryError, FileExistsError, IsADirectoryError) as wrong:
        return _say(f"wijkveilig: {wrong.filename}: {_WHY.get(type(wrong), 'dit is geen map')}.", WRONG_CALL)
    except BrokenPipeError:  # the reader of our output has had enough
        sys.stderr.close()
        return GOOD
    except OSError as refused:
        if refused.errno not in _FULL:
            raise
        return _say("wijkveilig: de schijf is vol. Er is niets veranderd. Maak ruimte en probeer het opnieuw.", REFUSED)


def ingest(options: argparse.Namespace) -> int:
    """Files to batches in a store."""
    from wijkveilig.sources.services import ingest as take_in
    from wijkveilig.sources.types import State
    from wijkveilig.warehouse.store import Warehouse

    _must_exist(options.paths)
    _progress("Bestanden lezen en controleren.")
    today = datetime.now(tz=UTC).date()
    outcomes = take_in(Warehouse(options.store), options.paths, tuple(options.replace), fetched_on=today)
    if options.json:
        print(json.dumps([outcome.as_json() for outcome in outcomes], ensure_ascii=False, indent=1))
    else:
        for outcome in outcomes:
            print(f"{_STATES[outcome.state.value]:12} {outcome.file}: {_tally(outcome.rows_read, outcome.rows_kept)}")
            for line in (*outcome.reasons, *outcome.notes):
                print(f"{'':12} {line}")
    refused = [outcome.file for outcome in outcomes if outcome.state is State.REFUSED]
    if not refused:
        return GOOD
    return _say(f"wijkveilig: {len(refused)} van {len(outcomes)} bestanden geweigerd: {_shortly(refused)}", REFUSED)


_STATES = {"accepted": "overgenomen", "already": "al bekend", "refused": "geweigerd"}


def _tally(read: int, kept: int) -> str:
    return f"{read} rijen gelezen, {kept} overgenomen, {read - kept} geweigerd"


def observations(options: argparse.Namespace) -> int:
    """Figures from a store."""
    from wijkveilig.warehouse.observations import Question
    from wijkveilig.warehouse.observations import observations as ask
    from wijkveilig.warehouse.store import Warehouse

    if not options.store.is_dir():
        raise WrongCallError(f"--store: map {options.store} is er niet.")
    if level_of(options.area) is None:
        raise WrongCallError(f"--area: '{options.area}' is geen gebiedscode. Schrijf bijvoorbeeld GM0505.")
    codes, measures = _asked(options.indicator, options.source_code)
    question = Question(
        area=AreaCode(options.area),
        level=Level(options.level) if options.level else None,
        codes=codes,
        measures=measures,
        period=_period(options.period),
    )
    rows = [_row(found) for found in ask(Warehouse(options.store), question)]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        table = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return GOOD


def _asked(indicator: str | None, code: str | None) -> tuple[frozenset[str] | None, frozenset[str] | None]:
    """The source codes and measures that an indicator and a source code together ask for; None is all."""
    from wijkveilig.picture.indicators import register
    from wijkveilig.warehouse.measures import measures

    codes = frozenset({code}) if code else None
    if indicator is None:
        return codes, None
    if indicator in {measure.measure for measure in measures()}:
        return codes, frozenset({indicator})
    known = register().get(indicator)
    if known is None:
        names = ", ".join(one.id for one in register().indicators[:4])
        raise WrongCallError(f"--indicator: '{indicator}' is niet bekend. Voorbeelden: {names}, residents.")
    own = frozenset(known.codes)
    if not own:
        raise WrongCallError(f"--indicator: '{indicator}' is een som van soorten. Vraag die met --source-code.")
    return own if codes is None else own & codes or frozenset({""}), frozenset({"registered_crime"})


def _row(found: object) -> dict[str, object]:
    """One observation as an object, in the order of `COLUMNS`."""
    from wijkveilig.picture.indicators import register
    from wijkveilig.warehouse.observations import Row

    assert isinstance(found, Row)  # noqa: S101 - the only kind there is; imported late for a quick start
    counted = found.measure == "registered_crime"
    value = found.value
    return {
        "area": found.area,
        "level": found.level.value,
        "indicator": register().of_code(found.code).id if counted else found.measure,
        "source_code": found.code,
        "period": str(found.period) if found.period else None,
        "value": int(value) if value is not None and float(value).is_integer() else value,
        "status": found.status.value,
        "parts": found.parts,
        "unit": found.unit,
        "source": found.source,
        "batch": found.batch,
        "note": found.note,
    }


def picture(options: argparse.Namespace) -> int:
    """The whole road: raw files to picture.json, picture.csv and pages."""
    from wijkveilig.picture.standalone import set_up

    set_up()
    from wijkveilig.picture import export
    from wijkveilig.picture.folder import write_folder
    from wijkveilig.picture.road import NoPictureError, make_picture
    from wijkveilig.sources.services import files_in

    _must_exist(options.paths)
    if level_of(options.code) is not Level.MUNICIPALITY:
        raise WrongCallError(f"'{options.code}' is geen gemeentecode. Schrijf bijvoorbeeld GM0518.")
    period = _period(options.period)
    if period is not None and period.months not in (1, 12):
        raise WrongCallError(f"--period: '{options.period}' is geen jaar en geen maand.")
    _progress("Bestanden lezen.")
    out = options.out.resolve()
    files = [file for file in files_in(options.paths) if out not in file.resolve().parents]  # not our own last picture
    try:
        made = make_picture(AreaCode(options.code), files, period)
    except NoPictureError as none:
        if options.json:
            sys.stdout.write(export.no_picture_json(options.code, options.period, none.left_out))
        return _say(f"wijkveilig: geen beeld van {options.code}. {none}", REFUSED)
    _progress("Beeld en pagina's schrijven.")
    text = write_folder(made, out)
    if options.json:
        sys.stdout.write(text)
    else:
        print(f"{len(made.picture.areas)} buurten, {made.picture.period}. Open {options.out / 'index.html'}.")
    return GOOD


def demo(options: argparse.Namespace) -> int:
    """The demo city in its own store (var/demo), or its raw files alone."""
    from wijkveilig.config.run import make_demo
    from wijkveilig.demo.files import SEED, write_files

    if options.out is None:
        if options.seed is not None:
            raise WrongCallError("--seed hoort bij --out.")
        return make_demo()
    written = write_files(options.out, SEED if options.seed is None else options.seed)
    print(f"{len(written)} bestanden in {options.out}. De stad is verzonnen.")
    return GOOD


def capabilities(options: argparse.Namespace) -> int:
    """What the product can do today."""
    from wijkveilig.capabilities import as_json, rows

    if options.json:
        print(json.dumps(as_json(), ensure_ascii=False, indent=1))
    else:
        for row in rows():
            print(f"{row.id}  {row.state.value:8}  {row.title}")
    return GOOD


def _must_exist(paths: Iterable[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise WrongCallError(f"{path} is er niet.")


def _period(text: str | None) -> Period | None:
    if text is None:
        return None
    try:
        return Period.parse(text)
    except ValueError as wrong:
        raise WrongCallError(
            f"--period: '{text}' is geen periode. Schrijf een jaar (2016) of een maand (2016-03)."
        ) from wrong


def _shortly(names: Sequence[str]) -> str:
    rest = len(names) - 3
    return ", ".join(names[:3]) + (f" en {rest} andere." if rest > 0 else ".")


def _progress(line: str) -> None:
    """One line for someone who waits at a terminal; nothing into a pipe."""
    if sys.stderr.isatty():
        print(line, file=sys.stderr)


def _say(line: str, code: int) -> int:
    """One line on stderr, and the exit code that goes with it."""
    print(" ".join(line.split()), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
