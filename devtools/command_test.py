"""``./test``: everything that must hold, stage by stage; see ``STAGES``.

``./test unit`` runs the pure tests alone, ``./test`` with the name of another stage
that one; further arguments go to pytest. ``./test pot --write`` makes the translation
template anew, ``./test lint --write`` formats what is not Python.
"""

import os
import subprocess
import sys
from pathlib import Path

from . import audit, lint, lowest, paths, pot, system, wheel
from .console import REMARKS, Stop, say, warn
from .instance import opened

DATABASE = "test"
# Each changes the printed invoice in a way of its own, or has documents of its own.
LOCALISATIONS = (
    *("hr_expense", "purchase", "sale", "stock"),
    *("l10n_ae", "l10n_ar", "l10n_au", "l10n_ch", "l10n_cl", "l10n_de", "l10n_es"),
    *("l10n_fr_account", "l10n_in", "l10n_it_edi", "l10n_rs", "l10n_sa", "l10n_th"),
)


def run_pytest(*words, **options):
    environment = {**os.environ, **options.pop("env", {})}
    command = [str(paths.venv_bin("python")), "-m", "pytest", *map(str, words)]
    return not subprocess.run(command, env=environment, **options).returncode


def stage_unit(words):
    """The pure rooms, without Odoo: on all cores, unless words choose among them."""
    options = {"PYTHONPATH": str(paths.ROOT)}
    chosen = words or ["-n", "auto"]
    return run_pytest("-p", "no:odoo", "-q", *chosen, cwd=paths.ROOT, env=options)


def stage_lowest(_words):
    """What touches the manifest's packages, with the lowest versions it allows."""
    tests = [f"tests/unit/{name}.py" for name in lowest.TESTS]
    options = {"PYTHONPATH": os.pathsep.join(map(str, (lowest.ensure(), paths.ROOT)))}
    words = ("-p", "no:odoo", "-q", "-n", "auto", *tests)
    return run_pytest(*words, cwd=paths.ROOT, env=options)


def stage_lint(words):
    return lint.main(write="--write" in words)


def stage_odoo(words):
    """The tests in Odoo, the browser's included, after a look at the log."""
    system.ensure()
    with opened() as instance:
        log = instance.ensure_database(DATABASE)
        clean = log is None or check_log(log)
        places = [place_in_addons(word) for word in words] or [tests_folder()]
        return run_odoo_tests(instance, DATABASE, places) and clean


def stage_queue_job(_words):
    """Batches once more, where OCA's queue_job is installed."""
    with opened() as instance:
        name = f"{DATABASE}_queue_job"
        instance.ensure_database(name, beside=("queue_job",))
        words = [tests_folder() / "test_batch_queue_job.py"]
        return run_odoo_tests(instance, name, words)


def stage_localisations(_words):
    """The printed invoices of localisations that change core's."""
    with opened() as instance:
        name = f"{DATABASE}_localisations"
        instance.ensure_database(name, beside=LOCALISATIONS, demo=False)
        names = (
            "test_report_localisations.py",
            "test_report_orders.py",
            "test_document_types.py",
        )
        words = [tests_folder() / name for name in names]
        return run_odoo_tests(instance, name, words)


def place_in_addons(word):
    """A path in the checkout as Odoo sees it; any other word as it stands."""
    path, colons, test = word.partition("::")
    if path.startswith("-") or not Path(path).exists():
        return word
    inside = Path(path).resolve().relative_to(paths.ROOT)
    return f"{tests_folder().parent / inside}{colons}{test}"


def tests_folder():
    return paths.addons() / paths.MODULE / "tests"


def run_odoo_tests(instance, database, words):
    # pytest follows the link of the folder it stands in, hence another folder.
    return run_pytest(
        *("-q", "-p", "no:cacheprovider", "-c", os.devnull),
        *("--rootdir", paths.addons(), f"--ignore={tests_folder() / 'unit'}"),
        *(f"--odoo-config={instance.config}", f"--odoo-database={database}"),
        *("--odoo-http", *words),
        cwd=paths.addons(),
        env={**instance.environment, "PYTHONDONTWRITEBYTECODE": "1"},
    )


def check_log(log):
    """No warning when the addon is installed or updated."""
    say("— warnings in the log of the installation")
    command = [str(paths.venv_bin("checklog-odoo")), str(log)]
    return not subprocess.run(command, cwd=paths.workspace()).returncode


def stage_pot(words):
    with opened() as instance:
        instance.ensure_database(DATABASE)
        return pot.main(instance, DATABASE, write="--write" in words)


def stage_audit(_words):
    """Known weaknesses of the packages, where the index tells of them."""
    return audit.main(*audit.open_index(), audit.find_packages())


def stage_run(_words):
    """What a newcomer does first, without a person."""
    words = [paths.venv_bin("python"), "-m", "devtools.command_run", "--check"]
    return not subprocess.run(words, cwd=paths.ROOT).returncode


def stage_package(_words):
    """The wheel, built in a folder of another name."""
    return wheel.check()


STAGES = {
    "lint": stage_lint,
    "unit": stage_unit,
    "lowest": stage_lowest,
    "odoo": stage_odoo,
    "queue_job": stage_queue_job,
    "localisations": stage_localisations,
    "pot": stage_pot,
    "package": stage_package,
    "run": stage_run,
    "audit": stage_audit,
}


def main(words):
    if words and words[0] in STAGES:
        return 0 if STAGES[words[0]](words[1:]) else 1
    if words:
        return 0 if stage_odoo(words) else 1
    failed = []
    for name, stage in STAGES.items():
        say(f"\n=== {name}")
        if not stage([]):
            failed.append(name)
    say("")
    for text in REMARKS:
        warn(f"Warning: {text}")
    say(f"Failed: {', '.join(failed)}" if failed else "All stages passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        warn(str(stop))
        sys.exit(1)
