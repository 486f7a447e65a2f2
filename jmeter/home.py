"""A JMeter home in `.local/cache/jmeter`, laid out from the jars of Maven Central."""

import shutil
import zipfile
from pathlib import Path

from stack.common.paths import CACHE
from stack.setup.downloads import fetch, sha256

POM = Path(__file__).with_name("pom.xml")
HOME = CACHE / "jmeter"
LAUNCHER = HOME / "bin" / "ApacheJMeter.jar"


def fetch_home() -> None:
    """The stamp is the hash of the pom; Maven checks the jars' checksums."""
    stamp = HOME / "pom.sha256"
    if stamp.exists() and stamp.read_text() == sha256(POM):
        return
    shutil.rmtree(HOME, ignore_errors=True)
    goal = (
        "dependency:copy-dependencies",
        "-DincludeScope=runtime",
        f"-DoutputDirectory={HOME}/lib",
    )
    fetch(["mvn", "-B", "-C", "-f", str(POM), *goal], "jmeter")
    lay_out()
    stamp.write_text(sha256(POM))


def lay_out() -> None:
    """JMeter finds its settings in bin/ and its samplers in lib/ext/, from where its jar lies."""
    extensions = HOME / "lib" / "ext"
    extensions.mkdir()
    for jar in (HOME / "lib").glob("ApacheJMeter_*.jar"):
        if jar.name.startswith("ApacheJMeter_config"):
            with zipfile.ZipFile(jar) as archive:
                archive.extractall(HOME, [n for n in archive.namelist() if n.startswith("bin/")])
        shutil.move(jar, extensions)
    shutil.move(next((HOME / "lib").glob("ApacheJMeter-*.jar")), LAUNCHER)
