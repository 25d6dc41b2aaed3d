"""The drawing vocabulary: axes, curve, dots, tangents, hops, fog, labels.

A `Sheet` is laid out in the pixels of the chapter's hand-drawn pictures, origin at the top left,
so that a computed figure can take the place of a drawn one. On it stand `Panel`s, each with the
chapter's axes: `UNIT` sheet pixels are one unit of W and of L. Whatever a panel draws on the curve
stands at ``loss(w)``; nothing can be placed beside it.
"""

from itertools import pairwise

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox, HPacker, TextArea, VPacker
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Affine2D

from udl.descent import quiet
from udl.figures.picture import Picture
from udl.figures.style import COLORS, DASHES, SIZES, STROKES, WORD_COLORS

UNIT = 47
SHORTEST = 0.295  # in units of W: shorter updates show no arch, for side by side they make a blot


class Sheet:
    """A picture of ``size`` sheet pixels, shown ``width`` pixels wide."""

    def __init__(self, size, width, *, name="", alt=""):
        self.scale = width / size[0]
        self.size = size
        self.picture = Picture(width, size[1] * self.scale, name=name, alt=alt)
        w, h = size
        self.pixels = Affine2D().scale(1 / w, -1 / h).translate(0, 1) + self.picture.transFigure

    def ink(self, name):
        """The colour of a mark; the picture remembers whose, and a test asks it."""
        self.picture.inks.add(name)
        return COLORS[name]

    def pen(self, name):
        """The colour of words."""
        self.picture.inks.add(name)
        return WORD_COLORS[name]

    def points(self, pixels):
        """Sheet pixels, or one of `STROKES`, as typographic points: the unit of line widths."""
        shown = STROKES[pixels] if isinstance(pixels, str) else pixels * self.scale
        return shown * 0.72

    def type(self, size):
        """The font size in points of one of `SIZES`, or of sheet pixels: never less than a word's.

        >>> round(Sheet((1400, 560), 700).type(19) / 0.72), SIZES["word"]
        (12, 12)
        """
        shown = SIZES[size] if size in SIZES else max(size * self.scale, SIZES["word"])
        return shown * 0.72

    def shown(self, pixels):
        """As many sheet pixels as these are when the figure is shown."""
        return pixels / self.scale

    def title(self, x, y, text):
        """The heading of a panel, between angle brackets as in the chapter."""
        self.text(x, y, f"〈{text}〉", size=27)

    def headline(self, finding, plotted, *, left=30):
        """What the figure has found, and below it in grey what is plotted, in which unit.

        Parameters
        ----------
        finding, plotted : str
        left : float
            Where both begin, in sheet pixels.

        Returns
        -------
        float
            How far down the sheet they reach: boxes begin below.
        """
        self.text(left, self.shown(14), finding, size="headline", ha="left")
        self.text(left, self.shown(35), plotted, color="quiet", ha="left")
        return self.shown(48)

    def text(self, x, y, text, *, color="text", size="word", ha="center"):
        style = self.lettering(size, color, ha=ha, linespacing=1.25)
        self.picture.text(x, y, text, transform=self.pixels, **style)

    def arrow(self, start, end, *, color="step", width=5, bend=0.0, head=24, dashed=False):
        """An arrow between two points of the sheet."""
        if dashed:  # the shaft by itself, so that the head stays whole
            (x, y), (end_x, end_y) = start, end
            neck = 1 - 0.5 * head / np.hypot(end_x - x, end_y - y)
            start = x + neck * (end_x - x), y + neck * (end_y - y)
            self.stroke([x, start[0]], [y, start[1]], self.line(color, width, dashes=(3, 1.6)))
        self.arrowhead("arrow", color, width, head, bend, posA=start, posB=end)

    def arrowhead(self, gid, color, width, head, bend=0.0, gap=0.0, **way):
        """A shaft and its head: the way is a ``path``, or ``posA`` and ``posB`` but for the gap."""
        self.picture.arrow(
            self.pixels,
            way,
            gid=gid,
            arrowstyle="-|>,head_length=0.5,head_width=0.25",
            mutation_scale=self.points(head),
            connectionstyle=f"arc3,rad={bend}",
            color=self.ink(color),
            linewidth=self.points(width),
            shrinkA=self.points(gap),
            shrinkB=self.points(gap),
            capstyle="butt",
            joinstyle="miter",
        )

    def stroke(self, x, y, style):
        """A line across the sheet."""
        self.picture.add_artist(Line2D(x, y, transform=self.pixels, **style))

    def chart(self, box, *, title="", x="", y="", letter="", **axes):
        """Measured axes, with ticks and a light grid, for curves, maps and contours.

        Parameters
        ----------
        box : tuple of four
            Left, top, width and height of the plotting area, in sheet pixels; the labels stand
            outside it.
        title, x, y : str
            The heading and the axes' labels.
        letter : str
            The panel's, by which the text beside the figure calls it: above its upper left corner,
            where the heading then begins.
        **axes
            For Matplotlib's axes, such as ``xscale="log"`` or ``ylim=(0, 1)``.

        Returns
        -------
        matplotlib.axes.Axes
        """
        left, top, width, height = box
        w, h = self.size
        chart = self.picture.add_axes((left / w, 1 - (top + height) / h, width / w, height / h))
        chart.set(**axes)
        ink, gap = WORD_COLORS["text"], self.points(8)
        head = {"fontsize": self.type("title"), "pad": self.points(14)}
        beside = {"x": self.shown(18) / width, "ha": "left"} if letter else {}
        chart.set_title(title, color=ink, **beside, **head)
        chart.set_title(letter, color=WORD_COLORS["quiet"], loc="left", **head)
        chart.set_xlabel(x, fontsize=self.type("word"), color=ink, labelpad=gap)
        chart.set_ylabel(y, fontsize=self.type("word"), color=ink, labelpad=gap)
        ticks = {"labelsize": self.type("tick"), "labelcolor": ink}
        chart.tick_params(which="both", color=ink, width=self.points(1.5), **ticks)
        chart.grid(color=COLORS["grid"], linewidth=self.points(1.2))
        chart.set_axisbelow(True)
        for spine in chart.spines.values():
            spine.set(color=COLORS["axes"], linewidth=self.points(2))
        return chart

    def contours(self, chart, loss, levels, *, fine=(241, 161)):
        """Lines of equal loss over the whole of a chart.

        Parameters
        ----------
        chart : matplotlib.axes.Axes
        loss : Loss
            A surface.
        levels : array, or int
            The losses; or how many, at equal factors below the highest in the chart.
        fine : tuple of int
            At how many places along x and y the loss is taken.
        """
        x, y = (
            np.linspace(*ends, n)
            for ends, n in zip((chart.get_xlim(), chart.get_ylim()), fine, strict=True)
        )
        height = loss(np.stack(np.meshgrid(x, y)))
        if np.ndim(levels) == 0:
            levels = np.geomspace(height.max() / 2000, height.max() / 1.5, levels)
        chart.grid(False)
        style = {"colors": COLORS["past"], "linewidths": self.points(1.5)}
        chart.contour(x, y, height, levels, zorder=1, **style)

    def line(self, name, width=3.5, **changes):
        """The line style of a rule, the same in every chart, or of a role, which has no dashes."""
        dashes = DASHES.get(name, (None, None))
        style = {"color": self.ink(name), "dashes": dashes, "linewidth": self.points(width)}
        return style | changes

    def thin(self, name="text", dashes=(1, 1), **changes):
        """The line style of what only helps to read a chart."""
        return self.line(name, 1.5, dashes=dashes, **changes)

    def ring(self, name, width=3.5):
        """The style of a ring, for a mark."""
        edge = {"markeredgecolor": self.ink(name), "markeredgewidth": self.points(width)}
        return {"color": COLORS["ground"], **edge}

    def lettering(self, size="word", color="text", **style):
        """The style of words inside a chart, for its ``text``."""
        return {"fontsize": self.type(size), "va": "center", "color": self.pen(color), **style}

    def dots(self, chart, x, y, name, size, mark="o", **style):
        """Marks in a chart, in the colour of a rule or a role."""
        style = {"color": self.ink(name), "markersize": self.points(size), **style}
        self.picture.plot(chart, x, y, marker=mark, linestyle="none", **style)

    def halo(self):
        """Path effects for words that stand on lines or areas: a rim of the ground."""
        return [withStroke(linewidth=self.points("heavy"), foreground=COLORS["ground"])]

    def numbered(self, chart, x, y, name, *, first=1, **style):
        """Dots of a rule or a role with their numbers in them, in the order in which they came."""
        self.dots(chart, x, y, name, self.shown(16), color=self.pen(name), zorder=6, **style)
        for number, place in enumerate(zip(x, y, strict=True), start=first):
            inside = {"ha": "center", "va": "center_baseline", "zorder": 7, "gid": f"on {name}"}
            letters = self.lettering("tick", **inside) | {"color": COLORS["ground"]}
            chart.annotate(str(number), place, annotation_clip=False, **letters)

    def end_labels(self, chart, labels, *, gap=6):
        """Words beside the right ends of lines, moved apart where they would overlap.

        Parameters
        ----------
        chart : matplotlib.axes.Axes
            Its limits are set already.
        labels : list of tuple (x, y, text, name)
            Where a line ends, in the chart's data; the words; the rule or role in whose colour.
        gap : float
            Between end and words, in shown pixels.
        """
        to_sheet = chart.transData + self.pixels.inverted()
        placed = sorted((*to_sheet.transform(label[:2])[::-1], *label[2:]) for label in labels)
        pitch = self.shown(1.2 * SIZES["word"])
        heights = apart([y for y, *_ in placed], pitch)
        for height, (_, x, text, name) in zip(heights, placed, strict=True):
            self.text(x + self.shown(gap), height, text, color=name, ha="left")

    def path(self, chart, rule, w, *, dots=True):
        """A descent on a surface up to now, the present as a large dot.

        Parameters
        ----------
        chart : matplotlib.axes.Axes
        rule : str
        w : array, shape (n, 2)
        dots : bool
            Whether each step has a small dot.
        """
        w = np.where(np.abs(w) < 1e6, w, np.nan)  # far outside a line has no direction to show
        style = self.line(rule, 2.5, gid=rule)
        if dots:
            style |= {"marker": "o", "markersize": self.points(6), "markeredgecolor": "none"}
        self.picture.plot(chart, *w.T, **style)
        self.dots(chart, *w[-1], rule, 13, zorder=6)

    def square(self, chart, corner, side, rule, alpha=0.6):
        """A square in a chart: its area is the quantity."""
        style = {"facecolor": self.ink(rule), "alpha": alpha, "linewidth": 0, "gid": "square"}
        self.picture.box(chart, corner, side, side, **style)

    def key(self, x, y, roles, *, ghost=None):
        """A column of dots with what their colours mean, and a ring for another rule."""
        rows = [(dict(color=self.ink(role)), text) for role, text in roles.items()]
        if ghost:
            rule, text = ghost
            rows.append((self.ring(rule), text))
        pitch, gap = max(34, self.shown(17)), max(18, self.shown(9))
        for row, (style, text) in enumerate(rows):
            style |= {"marker": "o", "linestyle": "none", "markersize": self.points(15)}
            self.stroke([x], [y + pitch * row], style)
            self.text(x + gap, y + pitch * row, text, ha="left")

    def rules(self, x, y, names):
        """A column of rules, each with its line."""
        for row, (rule, name) in enumerate(names.items()):
            height = y + 40 * row
            self.stroke([x, x + 60], [height, height], self.line(rule))
            self.text(x + 75, height, name, ha="left")

    def legend(self, chart, **place):
        """A legend of the chart's labelled lines."""
        legend = chart.legend(
            fontsize=self.type("word"), frameon=True, framealpha=0.9, edgecolor="none", **place
        )
        for text in legend.get_texts():
            text.set_color(WORD_COLORS["text"])
        return legend

    def panel(self, loss, origin, *, top=9.04, axis_labels=None):
        return Panel(self, loss, origin, top=top, axis_labels=axis_labels)


def apart(places, pitch):
    """Places in rising order, moved as little as it takes to stand a pitch apart.

    >>> apart([0, 1, 10], 4)
    [-1.5, 2.5, 10.0]
    """
    groups = []  # of places that stand together: their middle, how many
    for place in places:
        groups.append((float(place), 1))
        while len(groups) > 1:
            (low, few), (high, many) = groups[-2:]
            if high - low >= pitch * (few + many) / 2:
                break
            groups[-2:] = [((few * low + many * high) / (few + many), few + many)]
    return [middle + pitch * (i - (n - 1) / 2) for middle, n in groups for i in range(n)]


def plain_ticks(axis, places):
    """Ticks of a logarithmic axis at these places alone, as plain numbers."""
    axis.set_ticks(places, [f"{place:,g}" for place in places])
    axis.set_ticks([], minor=True)


def log_axis(axis, text, ends, places):
    """Make an axis of a chart logarithmic: its label, its ends, and its plain ticks."""
    x = axis.axis_name  # or "y"
    axis.axes.set(**{f"{x}scale": "log", f"{x}lim": ends, f"{x}label": text})
    plain_ticks(axis, places)


class Panel:
    """The chapter's axes at ``origin`` on a sheet, for one loss curve."""

    LEFT, RIGHT, BOTTOM = -0.62, 10.15, -0.72  # where the drawn axes end, in units

    def __init__(self, sheet, loss, origin, *, top, axis_labels):
        self.sheet, self.loss, self.origin, self.top = sheet, loss, origin, top
        w, h = sheet.size
        x, y = origin
        span_x, span_y = self.RIGHT - self.LEFT, top - self.BOTTOM
        self.axes = sheet.picture.add_axes(
            (
                (x + self.LEFT * UNIT) / w,
                1 - (y - self.BOTTOM * UNIT) / h,
                span_x * UNIT / w,
                span_y * UNIT / h,
            ),
            xlim=(self.LEFT, self.RIGHT),
            ylim=(self.BOTTOM, top),
            xticks=[],  # an axis makes its ticks even when it is not shown
            yticks=[],
        )
        self.axes.set_axis_off()
        self.cross()
        if axis_labels:
            loss_label, parameter_label = axis_labels
            sheet.text(x - 39, y - 0.51 * top * UNIT, loss_label, ha="right")
            sheet.text(x + 5 * UNIT, y + 62, parameter_label)

    def cross(self):
        """The two axes."""
        style = self.sheet.line("axes", 5, zorder=1)
        self._line([0, 0], [self.BOTTOM, self.top], **style)
        self._line([self.LEFT, self.RIGHT], [0, 0], **style)

    def curve(self, low=None, high=None):
        """The loss between two values of W, by default over its whole domain."""
        (first, last) = self.loss.domain[0]
        w = np.linspace(first if low is None else low, last if high is None else high, 1001)
        self._line(w, self.loss(w), **self.sheet.line("curve", 5), zorder=2, gid="curve")

    def dots(self, w, role="present", size=14):
        """Positions of a descent."""
        w = np.atleast_1d(w)
        self._line(
            w,
            self.loss(w),
            marker="o",
            color=self.sheet.ink(role),
            markersize=self.sheet.points(size),
            markeredgecolor=COLORS["ground"],
            markeredgewidth=self.sheet.points(1.2),
            zorder=6,
            gid=f"dots-{role}",
        )

    def numbered(self, w, role="present", **style):
        """Positions of a descent, numbered in their order."""
        rim = {"markeredgecolor": COLORS["ground"], "gid": f"dots-{role}", "clip_on": False}
        self.sheet.numbered(self.axes, w, self.loss(w), role, **rim, **style)

    def tangent(self, w, length=3.2):
        """The gradient at w as the dashed tangent there."""
        slope = self.loss.grad(w)
        half = length / 2 / np.hypot(1, slope)
        self._line(
            [w - half, w + half],
            [self.loss(w) - slope * half, self.loss(w) + slope * half],
            **self.sheet.line("gradient", 4.5, dashes=(2.2, 1.1), zorder=5, gid="tangent"),
        )

    def hop(self, start, end, *, color="step", bend=0.4, lift=15, width=2, head=11, gap=9):
        """One update: an arch over the curve from dot to dot, ``lift`` pixels high at least.

        It leaves and reaches the dots ``gap`` pixels from their centres, a little inwards of
        upright, so that the arches of a descent stand side by side. Along a cliff it leans away
        from the curve, and the flatter: a high arch would look as if the descent flew away.
        """
        a, b = (np.array(self.point(w, self.loss(w))) for w in (start, end))
        length = np.hypot(*(b - a))
        along = (b - a) / length
        lean = max(0, 2 * abs(along[1]) - 1.2)
        up = lean * np.array([along[1], -along[0]]) * np.sign(along[0]) + (0, lean - 1)
        up /= np.hypot(*up)
        inset = min(0.44 * gap, 0.2 * length) * along
        a, b = a + 0.9 * gap * up + inset, b + 0.9 * gap * up - inset
        rise = max(lift, bend * (1 - 0.7 * min(lean, 1)) * length) * up
        arch = Path([a, a + rise, b + rise, b], [Path.MOVETO] + 3 * [Path.CURVE4])
        self.sheet.arrowhead("hop", color, width, head, path=arch)

    def jump(self, start, end, *, bend, width=2, head=17, gap=11):
        """One update across the picture: a long arrow from dot to dot, bent upwards."""
        a, b = (self.point(w, self.loss(w)) for w in (start, end))
        bend = -bend if end > start else bend
        self.sheet.arrowhead("hop", "step", width, head, bend, gap, posA=a, posB=b)

    def hops(self, w, **style):
        """The updates of a descent, one after another, but for those shorter than `SHORTEST`."""
        for start, end in pairwise(w):
            if abs(end - start) > SHORTEST:
                self.hop(start, end, **style)

    def inside(self, w):
        """Which positions stand in the panel; nan and infinity do not."""
        with quiet():
            return (w > self.LEFT) & (w < self.RIGHT) & (self.loss(w) < self.top + 0.5)

    def trail(self, w, role="present", *, hops=0, size=11):
        """A descent up to now: where it was, its last updates, where it is.

        Parameters
        ----------
        w : array, shape (n,)
            Its positions, the present last. What lies outside the panel is not drawn; if the
            present does, an arrowhead at the edge shows where it went.
        role : str
            The colour of the present, and of the past a lighter one.
        hops : int
            How many of the last updates are drawn as arches, but for those shorter than `SHORTEST`.
        size : float
            Of the dots, in sheet pixels.
        """
        shown = self.inside(w)
        if shown[:-1].any():
            self.dots(w[:-1][shown[:-1]], "past", size=0.8 * size)
        for i in range(max(0, len(w) - 1 - hops), len(w) - 1):
            if shown[i] and shown[i + 1] and abs(w[i + 1] - w[i]) > SHORTEST:
                self.hop(w[i], w[i + 1])
        if shown[-1]:
            self.dots(w[-1], role, size=1.3 * size)
        else:
            right = not w[-1] < 0
            self._line(
                # the tip at the edge
                self.RIGHT - size / UNIT if right else self.LEFT + size / UNIT,
                0.8 * self.top,  # clear of the curve
                marker=">" if right else "<",
                color=self.sheet.ink(role),
                markersize=self.sheet.points(2 * size),
                gid="outside",
            )

    def ghost(self, w, rule):
        """Where another rule stands: a ring in its colour, if that is in the panel."""
        if self.inside(w):
            self._line(
                w,
                self.loss(w),
                marker="o",
                markersize=self.sheet.points(15),
                **self.sheet.ring(rule) | {"markerfacecolor": "none"},
                zorder=6.5,  # around a trail, and hiding none of it
                gid=f"ghost-{rule}",
            )

    def velocity(self, w, v, color="velocity"):
        """A velocity at w as a level arrow, v long, up to the panel's edge."""
        end = np.clip(w + v, self.LEFT, self.RIGHT)
        if self.inside(w) and abs(end - w) > 0.1:
            height = self.loss(w)
            self.arrow((w, height), (end, height), color=color, width=4, head=18)

    def fog(self, low, high):
        """What cannot be seen: everything between two values of W."""
        style = {"color": COLORS["fog"], "linewidth": 0, "zorder": 0, "gid": "fog"}
        self.sheet.picture.box(self.axes, (low, 0), high - low, self.top, **style)

    def _line(self, x, y, *, marker=None, **style):
        """A line through places in the panel, or marks there."""
        if marker:
            style |= {"marker": marker, "linestyle": "none"}
        self.sheet.picture.plot(self.axes, x, y, clip_on=False, **style)

    def point(self, w, loss):
        """A place in the panel, as sheet pixels."""
        return self.origin[0] + w * UNIT, self.origin[1] - loss * UNIT

    def value(self, x, y):
        """The W at a pixel of the canvas."""
        return self.axes.transData.inverted().transform((x, y))[0]

    def label(self, w, loss, text, *, size="word", **style):
        """Words at a place in the panel."""
        self.sheet.text(*self.point(w, loss), text, size=size, **style)

    def arrow(self, start, end, **style):
        """A straight or bent arrow between two places in the panel."""
        self.sheet.arrow(self.point(*start), self.point(*end), **style)

    def colored_label(self, w, loss, rows, *, size="word"):
        """Words in several colours: rows of (text, role) pairs, the first row's left at w, loss."""
        lines = []
        for row in rows:
            style = {"fontsize": self.sheet.type(size)}
            words = [
                TextArea(text, textprops=style | {"color": self.sheet.pen(role)})
                for text, role in row
            ]
            lines.append(HPacker(children=words, pad=0, sep=0))
        box = VPacker(children=lines, pad=0, sep=0.25 * self.sheet.type(size))
        place = {"xycoords": self.sheet.pixels, "box_alignment": (0, 1), "pad": 0}
        self.sheet.picture.add_artist(
            AnnotationBbox(box, self.point(w, loss), frameon=False, **place)
        )
