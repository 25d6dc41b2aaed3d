"""Give README.md and pyproject.toml the address of the project, before a release is built.

    python .github/address.py https://github.com/OWNER/udl v0.1.0

A package index shows README.md without the files beside it, so there every link must be absolute.
The project itself does not know where it lies; the workflow that releases it does.
"""

import re
import sys
import tomllib
from pathlib import Path


def absolute(text, address, tag):
    """Markdown whose pictures and links lead to `address` as it was at `tag`."""
    return re.sub(
        r"(!?)(\[[^\]]*\])\((?!https?://|#)([^)]+)\)",
        lambda m: f"{m[1]}{m[2]}({address}/{'raw' if m[1] else 'blob'}/{tag}/{m[3]})",
        text,
    )


def urls(address, tag):
    """The table ``[project.urls]``, under the names that PyPI gives an icon."""
    owner, name = address.rstrip("/").split("/")[-2:]
    return f"""
[project.urls]
Source = "{address}"
Documentation = "https://{owner.lower()}.github.io/{name}/"
Changelog = "{address}/blob/{tag}/CHANGELOG.md"
Issues = "{address}/issues"
"""


def main(address, tag, root=Path()):
    readme, project = root / "README.md", root / "pyproject.toml"
    version = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
    if tag != f"v{version}":
        sys.exit(f"tag {tag}: pyproject.toml has version {version}, whose tag is v{version}")
    readme.write_text(absolute(readme.read_text(encoding="utf-8"), address, tag), encoding="utf-8")
    with project.open("a", encoding="utf-8") as file:
        file.write(urls(address, tag))


if __name__ == "__main__":
    main(*sys.argv[1:])
