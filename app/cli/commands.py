"""The commands and their options. What a command does stands in a file of its own.

Each command imports its work when it runs, so that ``--help`` and ``scales`` answer at once.
"""

from pathlib import Path

import click

from app.cli.answer import Answer
from app.cli.given import Given, given_options

_FOLDER = click.Path(path_type=Path)


@click.group(invoke_without_command=True)
@given_options
@click.pass_context
def oms_bedside(context: click.Context) -> Answer | None:
    """Score opsoclonus-myoclonus syndrome and ataxia, and see the course.

    Without a command the window opens. Not certified as a medical device; never the only basis
    of a decision.
    """
    if context.invoked_subcommand is not None:
        return None
    from app.cli.window import window  # noqa: PLC0415 - Qt only for the window

    return window(Given.of(context))


@oms_bedside.command()
@given_options
@click.option("--name", help="The first user's name.")
@click.option("--role", type=click.Choice(["nurse", "physician", "keeper"]))
@click.option("--accept-risk", is_flag=True, help="Even on a network drive or in a cloud folder.")
@click.pass_context
def init(
    context: click.Context, name: str | None, role: str | None, *, accept_risk: bool
) -> Answer:
    """Make a new data folder and print its recovery code once."""
    from app.cli import beginning  # noqa: PLC0415 - as above

    return beginning.init(Given.of(context), name, role, accept_risk=accept_risk)


@oms_bedside.command()
@given_options
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@click.pass_context
def scales(context: click.Context, *, is_json: bool) -> Answer:
    """List the scales of this version."""
    from app.cli.scoring import scales_text  # noqa: PLC0415 - as above

    Given.of(context)
    return Answer(scales_text(is_json=is_json))


@oms_bedside.command()
@given_options
@click.argument("scale")
@click.argument("pairs", nargs=-1, metavar="KEY=VALUE...")
@click.pass_context
def score(context: click.Context, scale: str, pairs: tuple[str, ...]) -> Answer:
    """Score a sheet without storing it; KEY is item, item.right or item.left."""
    from app.cli.scoring import score_text  # noqa: PLC0415 - as above

    Given.of(context)
    return Answer(score_text(scale, pairs))


@oms_bedside.command("import")
@given_options
@click.argument("place", type=_FOLDER, metavar="DIR|FILE.zip")
@click.pass_context
def import_(context: click.Context, place: Path) -> Answer:
    """Store the tables of a folder, or of one file of them: all of them, or nothing."""
    from app.cli import folders  # noqa: PLC0415 - as above

    return folders.import_tables(Given.of(context), place)


@oms_bedside.command()
@given_options
@click.argument("place", type=_FOLDER, metavar="DIR|FILE.zip")
@click.option("--patient", metavar="ID", help="One patient, as FILE.zip; a physician does this.")
@click.pass_context
def export(context: click.Context, place: Path, patient: str | None) -> Answer:
    """Write all tables into an empty folder, or one patient's into a file; not encrypted."""
    from app.cli import folders  # noqa: PLC0415 - as above

    return folders.export_tables(Given.of(context), place, patient)


@oms_bedside.command()
@given_options
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@click.pass_context
def patients(context: click.Context, *, is_json: bool) -> Answer:
    """List the patients."""
    from app.cli import folders  # noqa: PLC0415 - as above

    return folders.patients(Given.of(context), is_json=is_json)


@oms_bedside.command()
@given_options
@click.argument("patient_id")
@click.pass_context
def trend(context: click.Context, patient_id: str) -> Answer:
    """Print a patient's series, and what happened since each treatment start, as JSON."""
    from app.cli import course  # noqa: PLC0415 - as above

    return course.trend(Given.of(context), patient_id)


@oms_bedside.command()
@given_options
@click.option("--agent", required=True, help="Whose first start is day 0.")
@click.option("--scale", required=True, help="The scale whose totals are told.")
@click.option("--diagnosis", default="", help="Only patients with this diagnosis.")
@click.option("--onset-from", metavar="YEARS", help="Only from this age at onset on.")
@click.option("--onset-to", metavar="YEARS", help="Only up to this age at onset, included.")
@click.option("--from", "start_from", metavar="DATE", help="Only first starts from this day on.")
@click.option("--to", "start_to", metavar="DATE", help="Only first starts up to this day.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@click.option("--out", type=_FOLDER, metavar="DIR", help="Tables without names; not encrypted.")
@click.option("--page", type=_FOLDER, metavar="F.pdf", help="A page without names; not encrypted.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="The unit's own if left out.")
@click.pass_context
def cohort(
    context: click.Context,
    /,
    agent: str,
    scale: str,
    out: Path | None,
    page: Path | None,
    *,
    is_json: bool,
    **more: str | None,
) -> Answer:
    """Describe all patients from the first start of an agent on; it compares nothing."""
    from app.cli import together  # noqa: PLC0415 - as above

    way = together.Way(is_json, out, page, more.pop("paper"))
    return together.cohort(Given.of(context), agent, scale, more, way)


@oms_bedside.command()
@given_options
@click.argument("patient_id")
@click.option("--out", type=_FOLDER, required=True, metavar="F.png|svg|pdf")
@click.option("--axis", default="date", metavar="date|age|TREATMENT_ID", show_default=True)
@click.pass_context
def chart(context: click.Context, patient_id: str, out: Path, axis: str) -> Answer:
    """Draw the screen's figure into a picture: PNG, SVG or PDF."""
    from app.cli import course  # noqa: PLC0415 - as above

    return course.chart(Given.of(context), patient_id, out, axis)


@oms_bedside.command()
@given_options
@click.argument("kind", type=click.Choice(["physician", "family"]), metavar="physician|family")
@click.argument("patient_id")
@click.option("--out", type=_FOLDER, required=True, metavar="F.pdf")
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="The unit's own if left out.")
@click.pass_context
def report(
    context: click.Context, kind: str, patient_id: str, out: Path, paper: str | None
) -> Answer:
    """Make a page for the record or for the family."""
    from app.cli import course  # noqa: PLC0415 - as above

    return course.report(Given.of(context), kind, patient_id, out, paper)


@oms_bedside.command()
@given_options
@click.argument("patient_id", required=False)
@click.option("--out", type=_FOLDER, metavar="F.csv", help="A file instead of the output.")
@click.pass_context
def history(context: click.Context, patient_id: str | None, out: Path | None) -> Answer:
    """Print what was done to the records, or to a patient's, newest first, as a table."""
    from app.cli import past  # noqa: PLC0415 - as above

    return past.history(Given.of(context), patient_id, out)


@oms_bedside.command()
@given_options
@click.argument("visit_id")
@click.pass_context
def visit(context: click.Context, visit_id: str) -> Answer:
    """Print a visit as plain text for the hospital's own record."""
    from app.cli import course  # noqa: PLC0415 - as above

    return course.visit(Given.of(context), visit_id)


@oms_bedside.command()
@given_options
@click.pass_context
def check(context: click.Context) -> Answer:
    """Recompute all that is kept; one line a kind of problem with its count."""
    from app.cli import folders  # noqa: PLC0415 - as above

    return folders.check(Given.of(context))


@oms_bedside.command()
@given_options
@click.option(
    "--to", "place", type=_FOLDER, metavar="DIR", help="As one file in a folder elsewhere."
)
@click.pass_context
def backup(context: click.Context, place: Path | None) -> Answer:
    """Make a checked copy of what is saved and print where it is."""
    from app.cli import copies  # noqa: PLC0415 - as above

    return copies.backup(Given.of(context), place)


@oms_bedside.command()
@given_options
@click.pass_context
def backups(context: click.Context) -> Answer:
    """Read every copy and list what each holds."""
    from app.cli import copies  # noqa: PLC0415 - as above

    return copies.backups(Given.of(context))


@oms_bedside.command()
@given_options
@click.argument("copy", type=_FOLDER, metavar="PATH")
@click.option("--replace", is_flag=True, help="In place of the records there, set aside whole.")
@click.option(
    "--as-far-as-sound", is_flag=True, help="Up to the damage, where its last part is damaged."
)
@click.option("--accept-risk", is_flag=True, help="Even on a network drive or in a cloud folder.")
@click.pass_context
def restore(context: click.Context, /, copy: Path, **wished: bool) -> Answer:
    """Put a copy, a folder or an .omscopy file, back into a new or empty data folder."""
    from app.cli import copies  # noqa: PLC0415 - as above

    return copies.restore_copy(Given.of(context), copy, copies.Wish(**wished))


@oms_bedside.command("new-key")
@given_options
@click.option("--remove-surplus", is_flag=True, help="Keep fewer copies of before.")
@click.pass_context
def new_key(context: click.Context, *, remove_surplus: bool) -> Answer:
    """Encrypt records and copies anew, and print the new recovery code once."""
    from app.cli import keys  # noqa: PLC0415 - as above

    return keys.new_key(Given.of(context), removes_surplus=remove_surplus)


@oms_bedside.command("go-on")
@given_options
@click.option("--reason", required=True, help="Why; it is kept with the records.")
@click.pass_context
def go_on(context: click.Context, reason: str) -> Answer:
    """Go on without what is missing; copies that hold it are set aside."""
    from app.cli import copies  # noqa: PLC0415 - as above

    return copies.go_on(Given.of(context), reason)


@oms_bedside.command()
@given_options
@click.argument("patient_id")
@click.option("--reason", required=True, help="Why; it stays, so it must not name the patient.")
@click.option("--again", metavar="PATIENT_ID", help="The identifier once more.")
@click.option(
    "--second-passphrase-file",
    "second",
    type=_FOLDER,
    help="A file with the passphrase of a second person who agrees.",
)
@click.pass_context
def erase(
    context: click.Context, patient_id: str, reason: str, again: str | None, second: Path | None
) -> Answer:
    """Erase a patient for good, once the records need be kept no longer."""
    from app.cli import erasing  # noqa: PLC0415 - as above

    return erasing.erase(Given.of(context), patient_id, reason, again, second)


@oms_bedside.command()
@given_options
@click.option("--renew", is_flag=True, help="Make each anew without them.")
@click.option("--remove", is_flag=True, help="Remove each for good.")
@click.pass_context
def erased(context: click.Context, *, renew: bool, remove: bool) -> Answer:
    """List the copies that still hold erased patients; renew or remove them."""
    from app.cli import erasing  # noqa: PLC0415 - as above

    return erasing.erased(Given.of(context), renew=renew, remove=remove)
