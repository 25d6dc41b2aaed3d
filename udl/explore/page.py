"""An explorer as a part of a page that has no kernel, no server and no network.

What a kernel would answer is computed beforehand: for every place of the knobs of
`udl.experiments.plans.BEFOREHAND` and every step the fragment that moves and the sentence. The part
holds them all, packed by `udl.explore.packing`, and at first, for paper and for a browser without
JavaScript, the picture as it stands in the notebook. A page shows it with the style and the script
that lie beside this file; no rule and no drawing is in those.
"""

import itertools
import json
import re
from html import escape
from pathlib import Path

from udl.experiments.plans import BEFOREHAND
from udl.experiments.store import kept
from udl.explore import VIEWS
from udl.explore.packing import packed
from udl.explore.text import WORDS
from udl.explore.view import Knob, Scene
from udl.figures.vectors import css

STEPS = 40  # by then a descent is where it will stay, or is seen to leave
SCRIPT = Path(__file__).with_name("page.js")
STYLE = Path(__file__).with_name("page.css")


def script():
    """The script of a page with explorers, to be loaded when the page is there."""
    return SCRIPT.read_text(encoding="utf-8")


def style():
    """The style sheet of a page with explorers, with the colours of their pictures."""
    return css() + "\n" + STYLE.read_text(encoding="utf-8")


def part(name, lang=None):
    """An explorer as HTML, without style and script.

    Parameters
    ----------
    name : str
        Of `udl.explore.VIEWS`.
    lang : str, optional
        The language of its words.

    Returns
    -------
    str
        One ``<div class="udl-page">``.
    """
    scene = Scene(VIEWS[name](lang=lang, narrow=True))
    view, at = scene.view, scene.view.values()
    words = WORDS[view.lang]["buttons"]
    knobs = {knob.name: knob for knob in view.knobs}
    grounds = [scene.ground(setting) for setting in _grounds(view, name)]
    shown = scene.ground(at)
    hidden = [g if g == shown else g.replace("<svg", "<svg hidden", 1) for g in grounds]
    inputs = [
        _knob(view, knobs[one], places, one in view.ground_knobs)
        for one, places in BEFOREHAND[name].items()
    ]
    inputs.append(_knob(view, Knob("step", view.shown), range(STEPS + 1)))
    buttons = "".join(
        f'<button type="button" data-does="{does}">{words[does]}</button>'
        for does in ("back", "play", "forward", "first")
    ).replace('"play"', f'"play" data-pause="{words["pause"]}"')
    width, height = scene.size
    size = f"--udl-width: {width}px; --udl-ratio: {width / height:.3f}"
    return f"""<div class="udl-page udl-picture" lang="{view.lang}" dir="ltr" style="{size}">
<div class="udl-parts">
<div class="udl-layers">
{"".join(hidden)}
{scene.over(at, view.shown)}
</div>
<div class="udl-turned" hidden>
{"".join(inputs)}<div class="udl-buttons">{buttons}</div>
</div>
<p class="udl-said" aria-live="polite">{scene.say(at, view.shown)}</p>
</div>
<script type="text/plain">{fragments(name)}</script>
<script type="text/plain">{sentences(name, view.lang)}</script>
</div>
"""


def settings(name):
    """Where the knobs stand in each state, the main knob changing last: yields (values, step)."""
    view, turned = VIEWS[name](), BEFOREHAND[name]
    for places in itertools.product(*turned.values()):
        for t in range(STEPS + 1):
            yield view.values() | dict(zip(turned, places, strict=True)), t


@kept
def fragments(name):
    """What moves in each state, packed. There is no word in it: it is the same in all languages."""
    scene = Scene(VIEWS[name](narrow=True))
    return packed(scene.moving(at, t) for at, t in settings(name))


@kept
def sentences(name, lang):
    """The sentence of each state, its lines as lines, packed.

    Its numbers have a hyphen for a minus, as those of SVG: so they are told by what is added. The
    page puts the sign in its place.
    """
    scene = Scene(VIEWS[name](lang=lang, narrow=True))
    said = (scene.say(at, t).replace("<br>", "\n") for at, t in settings(name))
    return packed(re.sub(r"−(?=\d)", "-", text) for text in said)


def _grounds(view, name):
    """The values of the knobs for each ground that can be turned to, in order."""
    own = [one for one in BEFOREHAND[name] if one in view.ground_knobs]
    for places in itertools.product(*(BEFOREHAND[name][one] for one in own)):
        yield view.values() | dict(zip(own, places, strict=True))


def _knob(view, knob, places, ground=False):
    """An input with its name before it and, of a number, its value after it."""
    value = knob.value
    label = f'<label class="udl-knob"><span>{escape(view.label(knob))}</span>'
    head = f'<input autocomplete="off"{" data-ground" if ground else ""}'
    if isinstance(value, bool):
        return f'{label}{head} type="checkbox"{" checked" if value else ""}></label>\n'
    texts = [f"{place:g}" for place in places]
    i = list(places).index(value)
    told = escape(json.dumps(texts, separators=(",", ":")))
    return (
        f'{label}{head} type="range" max="{len(texts) - 1}" value="{i}"'
        f' aria-valuetext="{texts[i]}" data-places="{told}">'
        f'<span class="udl-value" aria-hidden="true">{texts[i]}</span></label>\n'
    )
