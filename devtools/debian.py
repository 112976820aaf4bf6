"""A private apt beside the machine's own: same archive, same keys, other lists.

The machine's apt is asked where its archive lies and which key signs it, so no
address is written here. Nothing of the machine's apt is changed, and root is not
needed.
"""

import re
import shutil
import subprocess
from collections import namedtuple
from pathlib import Path

from . import apt, paths
from .console import Stop, output

Archive = namedtuple("Archive", "uri codename signed_by")

NO_APT = (
    "Odoo 19 is fetched with apt from a Debian archive, and this machine has none: "
    "set ODOO_HOME to the folder of an Odoo 19 that is already there."
)
# font-awesome 4.7 and jquery-form are in these suites, and no longer in later ones.
STABLE = ("bookworm", "trixie")
RELEASES = {*STABLE, "oldstable", "stable", "testing", "unstable", "sid", "forky"}
KEYRINGS = (
    "/usr/share/keyrings/debian-archive-keyring.gpg",
    "/usr/share/keyrings/debian-archive-keyring.pgp",
)
# `#clear`: the machine's own hooks after an update are none of our business.
# The sandbox user could not write into a cache below somebody's home.
CONFIG = """
#clear APT::Update;
#clear DPkg::Post-Invoke;
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "5";
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "{folder}/sources";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::State::Lists "{folder}/lists";
Dir::Cache "{folder}/cache";
"""
SOURCE = """\
Types: deb
URIs: {uri}
Suites: {suites}
Components: main
Targets: Packages
"""


def find_archive():
    """The Debian archive that this machine's apt uses."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise Stop(NO_APT)
    fields = "$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(SOURCESENTRY)"
    listing = output(
        *("apt-get", "indextargets", "--no-release-info", "--format", fields),
        "Identifier: Packages",
    )
    rows = [line.split("|") for line in listing.splitlines()]
    releases = {(row[0], row[1]) for row in rows}
    found = [row for row in rows if row[1] in RELEASES and row[2] == "main"]
    if not found:
        raise Stop(NO_APT)
    # Other vendors name their suites after Debian's; only Debian has updates too.
    found.sort(key=lambda row: (row[0], f"{row[1]}-updates") not in releases)
    uri, _release, _component, entry = found[0]
    return Archive(uri, machine_codename(), signed_by(entry))


def machine_codename():
    text = Path("/etc/os-release").read_text()
    match = re.search(r"^VERSION_CODENAME=\"?(\w+)", text, re.MULTILINE)
    return match.group(1) if match and match.group(1) in STABLE else STABLE[-1]


def signed_by(entry):
    """The Signed-By of a source entry `file:number`, as apt understands it."""
    name, _colon, number = entry.rpartition(":")
    text = Path(name).read_text()
    if name.endswith(".sources"):
        stanzas = re.split(r"\n\s*\n", re.sub(r"(?m)^#.*\n?", "", text).strip())
        stanza = stanzas[min(int(number), len(stanzas)) - 1]
        match = re.search(r"(?mi)^Signed-By:(.*(?:\n[ \t].*)*)", stanza)
    else:
        match = re.search(r"signed-by=([^\s\]]+)", text.splitlines()[int(number) - 1])
    if match:
        return match.group(1).strip()
    return next((keyring for keyring in KEYRINGS if Path(keyring).exists()), "")


def prepare(archive, suites):
    """Write the private configuration and fetch the lists of the suites."""
    folder = paths.cache() / "apt"
    for name in ("sources", "lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    source = SOURCE.format(uri=archive.uri, suites=" ".join(suites))
    if archive.signed_by:
        source += f"Signed-By: {archive.signed_by}\n"
    (folder / "sources" / "debian.sources").write_text(source)
    config = folder / "apt.conf"
    config.write_text(CONFIG.format(folder=folder))
    apt.get("-c", config, "update")
    return config


def versions(config, suite, names):
    """{name: version} of the packages among `names` that the suite has."""
    policy = output("apt-cache", "-c", config, "madison", *names)
    found = {}
    for line in policy.splitlines():
        name, version, origin = (part.strip() for part in line.split("|"))
        if f" {suite}/" in origin:
            found.setdefault(name, version)
    return found


def download(config, wanted, folder):
    """Download {name: version}; apt goes on where it was interrupted."""
    folder.mkdir(parents=True, exist_ok=True)
    words = [f"{name}={version}" for name, version in wanted.items()]
    apt.get("-c", config, "download", *words, cwd=folder)
    return [find_file(folder, name, version) for name, version in wanted.items()]


def unpack(file, folder, *words):
    """Unpack a package into a folder; ``words`` are further ones for tar"""
    listing = ("dpkg-deb", "--fsys-tarfile", file)
    unpacking = ("tar", "-x", "--no-same-owner", "-C", folder, *words)
    with subprocess.Popen(listing, stdout=subprocess.PIPE) as archive:
        code = subprocess.run(unpacking, stdin=archive.stdout).returncode
    if code or archive.returncode:
        raise Stop(f"{file.name} could not be unpacked: is the disk full?")


def find_file(folder, name, version):
    return next(folder.glob(f"{name}_{version.replace(':', '%3a')}_*.deb"))
