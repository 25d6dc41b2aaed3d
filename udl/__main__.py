"""The command line: ``python -m udl`` and what it is to do."""

import argparse
import importlib.util
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path


class Parser(argparse.ArgumentParser):
    """Says what is wrong, and what is allowed, in one line."""

    def error(self, message):
        print(f"udl: {message}", file=sys.stderr)
        raise SystemExit(2)


def main(arguments=None):
    parser = Parser(prog="python -m udl", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_figures(commands)
    _add_notebooks(commands)
    _add_claims(commands)
    _add_conventions(commands)
    _add_lab(commands)
    _add_slides(commands)
    _add_lecture(commands)
    options = parser.parse_args(arguments)
    try:
        return options.run(options, parser)
    except KeyboardInterrupt:
        print("udl: stopped", file=sys.stderr)
        return 130


def _add_figures(commands):
    parser = commands.add_parser("figures", help="draw the chapter's figures and equations")
    parser.add_argument("--out", metavar="DIR", help="where to write (figures)")
    parser.add_argument("--only", metavar="4,5,eq1", help="some figures and equations (all)")
    parser.add_argument("--animate", metavar="5,6,7,8", help="only figures as they move (GIF)")
    parser.add_argument("--lang", metavar="ko|en|all", help="the labels' language (all)")
    parser.add_argument(
        "--format", metavar="png,svg,pdf", help="file formats (png,svg); of --animate gif,mp4"
    )
    parser.add_argument(
        "--scale", metavar="2", help="pixels per pixel shown, but for SVG and PDF (2)"
    )
    parser.add_argument(
        "--chapter-names",
        action="store_true",
        help="the chapter's own file names, Korean PNG, into build/chapter",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a file is out of date"
    )
    parser.set_defaults(run=_figures)


def _figures(options, parser):
    from udl.chapter import LANGUAGES
    from udl.figures import animations  # not at the top: Matplotlib takes half a second
    from udl.figures.catalogue import ENTRIES
    from udl.figures.equations import EQUATIONS
    from udl.publish import figures as files

    names = options.chapter_names
    moving = _animated(options, animations.GROUNDS, parser)
    numbers, equations = _only(options.only, ENTRIES, EQUATIONS, parser)
    if options.animate is not None:
        numbers, equations = [], []
    lang = options.lang or ("ko" if names else "all")
    _check("--lang", [lang], LANGUAGES if names else (*LANGUAGES, "all"), parser)
    langs = LANGUAGES if lang == "all" else (lang,)
    formats = (options.format or ("png" if names else "png,svg")).split(",")
    known = ("png",) if names else files.FORMATS
    if options.animate is not None:
        formats = (options.format or "gif").split(",")
        known = animations.FORMATS
    _check("--format", formats, known, parser)
    if "mp4" in formats and options.check:
        parser.error("--check: works on what the manifest holds, not with --format mp4")
    if "mp4" in formats and importlib.util.find_spec("imageio_ffmpeg") is None:
        parser.error("--format mp4: needs the extra video (pip install '.[video]')")
    scale = _scale(options.scale, parser)
    folder = Path(options.out or ("build/chapter" if names else "figures"))
    if names and options.check:
        parser.error("--check: works on the project's own file names, not with --chapter-names")

    jobs = files.plan(
        numbers, equations, langs, formats, scale, chapter_names=names, animated=moving
    )
    try:
        if options.check:
            stale = files.check(jobs, folder)
            for line in stale or [f"{sum(len(job.files) for job in jobs)} files are up to date"]:
                print(line)
            return 1 if stale else 0
        files.write(jobs, folder, manifest=not names)
    except OSError as error:
        parser.error(f"--out {folder}: needs a folder that can be written to ({error.strerror})")
    return 0


def _animated(options, grounds, parser):
    """Which figures are to move: those asked for; all with all of the rest."""
    if options.animate is None:
        asked_for_some = options.only or options.format or options.chapter_names
        return () if asked_for_some else tuple(grounds)
    for option, value in (("--only", options.only), ("--chapter-names", options.chapter_names)):
        if value:
            parser.error(f"--animate: makes animations alone, not with {option}")
    _check("--animate", options.animate.split(","), [str(n) for n in grounds], parser)
    return tuple(n for n in grounds if str(n) in options.animate.split(","))


def _check(option, values, allowed, parser):
    """Stop at the first value of an option that is not allowed."""
    for value in values:
        if value not in allowed:
            parser.error(f"{option} {value}: not one of {', '.join(allowed)}")


def _only(text, figures, equations, parser):
    """Figure and equation numbers from a list such as 4,5,eq1."""
    if text is None:
        return list(figures), list(equations)
    known = {str(n): n for n in figures}, {f"eq{n}": n for n in equations}
    numbers = [n for n in figures if isinstance(n, int)]
    for name in text.split(","):
        if name not in known[0] and name not in known[1]:
            parser.error(
                f"--only {name}: not one of the figures 1 to {max(numbers)}"
                f" and the equations eq1 to eq{max(equations)}"
            )
    wanted = text.split(",")
    return tuple([table[name] for name in table if name in wanted] for table in known)


def _scale(text, parser):
    try:
        scale = float(text or 2)
    except ValueError:
        scale = 0
    if not 0 < scale <= 10:
        parser.error(f"--scale {text}: not a number above 0, up to 10")
    return scale


def _add_notebooks(commands):
    parser = commands.add_parser("notebooks", help="run the notebooks and store their outputs")
    parser.add_argument("folder", nargs="?", default="notebooks", help="where they are")
    parser.set_defaults(run=_notebooks)


def _notebooks(options, parser):
    from udl.publish import notebooks

    paths = sorted(Path(options.folder).glob("*.ipynb"))
    if not paths:
        parser.error(f"{options.folder}: needs a folder with notebooks (*.ipynb)")
    for path in paths:
        changed = notebooks.rerun(path)
        print(f"{path.name}  {'written' if changed else 'unchanged'}", flush=True)
    return 0


def _add_claims(commands):
    parser = commands.add_parser("claims", help="what the chapter claims, measured")
    parser.add_argument("--only", metavar="3.a,3.b", help="some claims (all)")
    parser.add_argument("--lang", metavar="ko|en", help="the language (ko)", default="ko")
    parser.add_argument("--format", metavar="text|md", help="for a terminal or a page (text)")
    parser.set_defaults(run=_claims)


def _claims(options, parser):
    from udl import claims  # not at the top: what it measures takes time to import
    from udl.chapter import LANGUAGES

    every = sorted(claims.CLAIMS)
    ids = every if options.only is None else options.only.split(",")
    _check("--only", ids, every, parser)
    _check("--lang", [options.lang], LANGUAGES, parser)
    _check("--format", [options.format or "text"], ("text", "md"), parser)
    if options.format == "md":
        print(claims.overview(lang=options.lang, ids=ids).markdown())
    else:
        width = min(shutil.get_terminal_size().columns, 100)
        for line in claims.listing(ids, options.lang, width):
            print(line, flush=True)  # each claim as soon as it is measured
    return 0


def _add_conventions(commands):
    parser = commands.add_parser("conventions", help="set the tables of the page on conventions")
    parser.set_defaults(run=_conventions)


def _conventions(options, parser):
    from udl.publish.libraries import PAGE, fill

    try:
        before = Path(PAGE).read_text(encoding="utf-8")
    except OSError as error:
        parser.error(f"{PAGE}: needs the project's folder to work in ({error.strerror})")
    after = fill(before)
    if after != before:
        Path(PAGE).write_text(after, encoding="utf-8")
    print(f"{PAGE}  {'written' if after != before else 'unchanged'}")
    return 0


@contextmanager
def _needing(extra, command, parser):
    """Say which extra brings what a command cannot import."""
    try:
        yield
    except ImportError as error:
        parser.error(f"{command}: needs {error.name}; pip install -e '.[{extra}]'")


def _add_lab(commands):
    parser = commands.add_parser("lab", help="open the course in JupyterLab")
    parser.add_argument("--folder", metavar="DIR", help="what it shows", default="notebooks")
    parser.add_argument("options", nargs="*", help="after --: what JupyterLab is told")
    parser.set_defaults(run=_lab)


def _lab(options, parser):
    if not Path(options.folder).is_dir():
        parser.error(f"--folder {options.folder}: not a folder")
    with _needing("lab", "lab", parser):
        from udl.lecture.lab import start

    return start(options.options, options.folder)


def _add_slides(commands):
    parser = commands.add_parser("slides", help="write the slides as pages that need no network")
    parser.add_argument("--out", metavar="DIR", help="where to write", default="build/slides")
    parser.set_defaults(run=_slides)


def _slides(options, parser):
    try:
        with _needing("slides", "slides", parser):
            from udl.lecture import slides

            counts = slides.write(out=options.out)
    except OSError as error:
        parser.error(f"slides: {error.filename}: {error.strerror}")
    for page, count in counts.items():
        print(f"{options.out}/{page}  {count} slides")
    return 0


def _add_lecture(commands):
    parser = commands.add_parser("lecture", help="present a notebook in JupyterLab")
    parser.add_argument("number", nargs="?", default="1", help="1 to 7, for 3.7.1 to 3.7.7 (1)")
    parser.add_argument("options", nargs="*", help="after --: what JupyterLab is told")
    parser.set_defaults(run=_lecture)


def _lecture(options, parser):
    from udl.chapter import NOTEBOOKS

    numbers = [section.rpartition(".")[2] for section in NOTEBOOKS]
    _check("lecture", [options.number], numbers, parser)
    with _needing("lab", "lecture", parser):
        from udl.lecture.live import present

    return present(options.number, options.options)


if __name__ == "__main__":
    sys.exit(main())
