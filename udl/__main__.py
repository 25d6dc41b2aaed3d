"""The command line: ``python -m udl`` and what it is to do."""

import argparse
import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

from udl.chapter import FOLDERS, LANGUAGES, NOTEBOOKS
from udl.show import PLAINLY


class Parser(argparse.ArgumentParser):
    """Says what is wrong, and what is allowed, in one line."""

    def error(self, message):
        print(f"udl: {message}", file=sys.stderr)
        raise SystemExit(2)


def main(arguments=None):
    for stream in sys.stdout, sys.stderr:
        if hasattr(stream, "reconfigure"):  # a program may have put another in its place
            stream.reconfigure(errors=PLAINLY)
    # nothing is drawn on a screen, and one that Matplotlib does not know keeps it from starting
    os.environ.pop("MPLBACKEND", None)
    parser = Parser(prog="python -m udl", description="The course, drawn, run, measured and shown.")
    parser.set_defaults(run=_help)
    commands = parser.add_subparsers(metavar="COMMAND")
    _add_figures(commands)
    _add_animate(commands)
    _add_notebooks(commands)
    _add_claims(commands)
    _add_conventions(commands)
    _add_lab(commands)
    _add_slides(commands)
    _add_lecture(commands)
    try:
        try:
            options = parser.parse_args(arguments)
            return options.run(options, parser)
        finally:
            print(end="", flush=True)  # now, when what goes wrong can still be said
    except KeyboardInterrupt:
        print("udl: stopped", file=sys.stderr)
        return 130
    except OSError as error:
        if error.filename is None:  # of what is printed; Python would complain once more
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # who reads has enough, such as head
            return 141
        parser.error(f"{error.filename or 'standard output'}: {error.strerror}")


def _help(options, parser):
    parser.print_help()
    return 0


def _some(allowed):
    """The type of an option that takes some of several names: 4,5,eq1.

    ``allowed`` is called for them when the option is given: what knows them can take half a second
    to import.
    """

    def read(text):
        values, wanted = {str(value): value for value in allowed()}, text.split(",")
        for name in wanted:
            if name not in values:
                raise argparse.ArgumentTypeError(f"{name}: not one of {', '.join(values)}")
        return [value for name, value in values.items() if name in wanted]

    return read


def _scale(text):
    try:
        scale = float(text)
    except ValueError:
        scale = 0
    if not 0.1 <= scale <= 10:  # below, letters are smaller than a pixel
        raise argparse.ArgumentTypeError(f"{text}: not a number from 0.1 to 10")
    return scale


def _add_figures(commands):
    parser = commands.add_parser("figures", help="draw the chapter's figures and equations")
    parser.add_argument(
        "--only", metavar="4,5,eq1", type=_some(_pictures), help="some figures and equations (all)"
    )
    parser.add_argument(
        "--format",
        metavar="png,pdf",
        type=_some(_formats),
        help="of png, svg, dark.svg and pdf (all but pdf)",
    )
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument(
        "--chapter-names",
        action="store_true",
        help="the chapter's own file names, Korean PNG, into build/chapter",
    )
    _add_drawing(parser, mode)
    parser.set_defaults(run=_figures)


def _pictures():
    from udl.figures.catalogue import ENTRIES  # not at the top: Matplotlib takes half a second
    from udl.figures.equations import EQUATIONS

    return [*ENTRIES, *(f"eq{n}" for n in EQUATIONS)]


def _formats():
    from udl.publish.figures import FORMATS

    return FORMATS


def _add_drawing(parser, mode):
    """The options of what draws; ``mode`` takes those that exclude each other."""
    parser.add_argument("--lang", choices=(*LANGUAGES, "all"), help="the labels' language (all)")
    parser.add_argument(
        "--scale", metavar="2", type=_scale, default=2.0, help="pixels of a PNG per pixel shown (2)"
    )
    parser.add_argument("--out", metavar="DIR", help="where to write (figures)")
    mode.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a file is out of date"
    )


def _figures(options, parser):
    from udl.figures.animations import GROUNDS
    from udl.figures.catalogue import ENTRIES
    from udl.figures.equations import EQUATIONS
    from udl.publish import figures as files

    only, formats = options.only or _pictures(), options.format or list(files.STORED)
    moving = () if options.only or options.format else GROUNDS
    if options.chapter_names:
        if options.lang == "all" or options.format not in (None, ["png"]):
            parser.error("--chapter-names: PNG in one language, not with --lang all or --format")
        options.lang, options.out = options.lang or "ko", options.out or "build/chapter"
        formats, moving = ["png"], ()
    jobs = files.plan(
        [n for n in ENTRIES if n in only],
        [n for n in EQUATIONS if f"eq{n}" in only],
        _langs(options),
        formats,
        options.scale,
        chapter_names=options.chapter_names,
        animated=moving,
    )
    return _draw(jobs, options, parser, manifest=not options.chapter_names)


def _langs(options):
    return LANGUAGES if options.lang in (None, "all") else (options.lang,)


def _draw(jobs, options, parser, manifest=True):
    """Write pictures, or check them."""
    from concurrent.futures import BrokenExecutor

    from udl.publish import figures as files

    folder = Path(options.out or "figures")
    try:
        if options.check:
            stale = files.check(jobs, folder)
            for line in stale or [f"{sum(len(job.files) for job in jobs)} files are up to date"]:
                print(line)
            return 1 if stale else 0
        files.write(jobs, folder, manifest=manifest)
    except files.NoManifest as error:
        parser.error(str(error))
    except BrokenExecutor:
        parser.error("a process that was drawing was killed, perhaps for its memory; try again")
    except BrokenPipeError:
        raise
    except OSError as error:
        print(end="", flush=True)  # it may be what is printed that finds no room
        parser.error(f"--out {folder}: needs a folder that can be written to ({error.strerror})")
    return 0


def _add_animate(commands):
    parser = commands.add_parser("animate", help="draw figures 5 to 8 as they move")
    parser.add_argument(
        "numbers", metavar="FIGURES", nargs="?", type=_some(_moving), help="some of 5,6,7,8 (all)"
    )
    parser.add_argument("--format", metavar="gif,mp4", type=_some(_films), help="(gif)")
    _add_drawing(parser, parser)
    parser.set_defaults(run=_animate)


def _moving():
    from udl.figures.animations import GROUNDS

    return GROUNDS


def _films():
    from udl.figures.animations import FORMATS

    return FORMATS


def _animate(options, parser):
    from udl.publish import figures as files

    formats = options.format or ["gif"]
    if "mp4" in formats:
        if options.check:
            parser.error("--check: works on what the manifest holds, not with --format mp4")
        with _needing("video", "--format mp4", parser):
            import imageio_ffmpeg  # noqa: F401
    numbers = options.numbers or _moving()
    jobs = files.plan([], [], _langs(options), formats, options.scale, animated=numbers)
    return _draw(jobs, options, parser)


def _add_notebooks(commands):
    parser = commands.add_parser("notebooks", help="run the notebooks and store their outputs")
    parser.add_argument("folder", nargs="?", help="where they are (in every language)")
    parser.set_defaults(run=_notebooks)


def _notebooks(options, parser):
    folders = [options.folder] if options.folder else FOLDERS.values()
    paths = [path for folder in folders for path in sorted(Path(folder).glob("*.ipynb"))]
    if not paths:
        parser.error(f"{', '.join(folders)}: needs a folder with notebooks (*.ipynb)")
    with _needing("test", "notebooks", parser):
        from nbclient.exceptions import CellExecutionError, DeadKernelError

        from udl.publish import notebooks
    for path in paths:
        try:
            changed = notebooks.rerun(path)
        except CellExecutionError as error:
            print(f"udl: {path}: a cell failed\n{error}", file=sys.stderr)
            return 1
        except DeadKernelError:
            print(f"udl: {path}: its kernel ended before it did", file=sys.stderr)
            return 1
        except ValueError as error:  # no JSON, or not in UTF-8
            parser.error(f"{path}: not a notebook ({str(error).splitlines()[0]:.80})")
        except OSError as error:
            parser.error(f"{path}: needs a file that can be read and written ({error.strerror})")
        print(f"{path}  {'written' if changed else 'unchanged'}", flush=True)
    return 0


def _add_claims(commands):
    parser = commands.add_parser("claims", help="what the chapter claims, measured")
    parser.add_argument("--only", metavar="3.a,3.b", type=_some(_claimed), help="some claims (all)")
    _add_language(parser)
    parser.add_argument(
        "--format", choices=("text", "md"), default="text", help="for a terminal or a page (text)"
    )
    parser.set_defaults(run=_claims)


def _claimed():
    from udl.claims import CLAIMS  # not at the top: what it measures takes time to import

    return sorted(CLAIMS)


def _claims(options, parser):
    from udl import claims

    ids = options.only or _claimed()
    if options.format == "md":
        print(claims.overview(lang=options.lang, ids=ids).markdown())
    else:
        width = min(shutil.get_terminal_size().columns, 100)
        for line in claims.listing(ids, options.lang, width):
            print(line, flush=True)  # each claim as soon as it is measured
    return 0


def _add_conventions(commands):
    parser = commands.add_parser("conventions", help="set the tables of the pages on conventions")
    parser.set_defaults(run=_conventions)


def _conventions(options, parser):
    from udl.publish.libraries import PAGES, fill
    from udl.publish.whole import write_whole

    pages = {lang: page for lang, page in PAGES.items() if Path(page).is_file()}
    if not pages:
        parser.error(f"{', '.join(PAGES.values())}: needs the project's folder to work in")
    for lang, page in pages.items():
        before = Path(page).read_text(encoding="utf-8")
        after = fill(before, lang)
        if after != before:
            write_whole(page, after.encode())
        print(f"{page}  {'written' if after != before else 'unchanged'}")
    return 0


def _add_language(parser):
    first, *_ = LANGUAGES
    parser.add_argument("--lang", choices=LANGUAGES, default=first, help=f"the language ({first})")


@contextmanager
def _needing(extra, command, parser):
    """Say which extra brings what a command cannot import."""
    try:
        yield
    except ImportError as error:
        parser.error(f"{command}: needs {error.name}; pip install -e '.[{extra}]'")


def _add_lab(commands):
    parser = commands.add_parser("lab", help="open the course in JupyterLab")
    parser.add_argument("--folder", metavar="DIR", help="what it shows (.)", default=".")
    parser.add_argument("options", nargs="*", help="after --: what JupyterLab is told")
    _add_language(parser)
    parser.set_defaults(run=_lab)


def _lab(options, parser):
    if not Path(options.folder).is_dir():
        parser.error(f"--folder {options.folder}: not a folder")
    with _needing("lab", "lab", parser):
        from udl.lecture.lab import start

    return start(options.options, options.folder, options.lang)


def _add_slides(commands):
    parser = commands.add_parser("slides", help="write the slides as pages that need no network")
    parser.add_argument("--out", metavar="DIR", help="where to write", default="build/slides")
    _add_language(parser)
    parser.set_defaults(run=_slides)


def _slides(options, parser):
    try:
        with _needing("slides", "slides", parser):
            from udl.lecture import slides

            counts = slides.write(FOLDERS[options.lang], options.out, options.lang)
    except OSError as error:
        parser.error(f"slides: {error.filename}: {error.strerror}")
    except ValueError as error:
        parser.error(f"slides: {error}")
    for page, count in counts.items():
        print(f"{options.out}/{page}  {count} slides")
    return 0


def _add_lecture(commands):
    parser = commands.add_parser("lecture", help="present a notebook in JupyterLab")
    numbers = [section.rpartition(".")[2] for section in NOTEBOOKS]
    parser.add_argument(
        "number", nargs="?", choices=numbers, default="1", help="1 to 7, for 3.7.1 to 3.7.7 (1)"
    )
    parser.add_argument("options", nargs="*", help="after --: what JupyterLab is told")
    _add_language(parser)
    parser.set_defaults(run=_lecture)


def _lecture(options, parser):
    notebook = Path(FOLDERS[options.lang], NOTEBOOKS[f"3.7.{options.number}"])
    if not notebook.is_file():
        parser.error(f"{notebook}: needs the project's folder to work in")
    with _needing("lab", "lecture", parser):
        from udl.lecture.live import present

    return present(options.number, options.options, lang=options.lang)


if __name__ == "__main__":
    sys.exit(main())
