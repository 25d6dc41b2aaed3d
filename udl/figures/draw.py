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
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from udl.figures.picture import Picture
from udl.figures.style import COLORS, RULES

UNIT = 47


class Sheet:
    """A picture of ``size`` sheet pixels, shown ``width`` pixels wide."""

    def __init__(self, size, width, *, name="", alt=""):
        self.scale = width / size[0]
        self.size = size
        self.picture = Picture(width, size[1] * self.scale, name=name, alt=alt)
        w, h = size
        self.pixels = Affine2D().scale(1 / w, -1 / h).translate(0, 1) + self.picture.transFigure

    def points(self, pixels):
        """Sheet pixels as typographic points, the unit of line widths and font sizes."""
        return pixels * self.scale * 0.72

    def title(self, x, y, text):
        """The heading of a panel, between angle brackets as in the chapter."""
        self.text(x, y, f"〈{text}〉", size=27)

    def text(self, x, y, text, *, color="text", size=22, ha="center"):
        self.picture.text(
            x,
            y,
            text,
            transform=self.pixels,
            color=COLORS[color],
            fontsize=self.points(size),
            ha=ha,
            va="center",
            linespacing=1.25,
        )

    def arrow(self, start, end, *, color="step", width=5, bend=0.0, head=24, dashed=False):
        """An arrow between two points of the sheet."""
        if dashed:  # the shaft by itself, so that the head stays whole
            (x, y), (end_x, end_y) = start, end
            neck = 1 - 0.5 * head / np.hypot(end_x - x, end_y - y)
            start = x + neck * (end_x - x), y + neck * (end_y - y)
            shaft = Line2D(
                [x, start[0]],
                [y, start[1]],
                transform=self.pixels,
                color=COLORS[color],
                linewidth=self.points(width),
                dashes=(3, 1.6),
            )
            self.picture.add_artist(shaft)
        style = self.arrow_style(color, width, bend, head)
        self.picture.add_artist(
            FancyArrowPatch(start, end, transform=self.pixels, gid="arrow", **style)
        )

    def arrow_style(self, color, width, bend, head):
        return {
            "arrowstyle": "-|>,head_length=0.5,head_width=0.25",
            "mutation_scale": self.points(head),
            "connectionstyle": f"arc3,rad={bend}",
            "color": COLORS[color],
            "linewidth": self.points(width),
            "shrinkA": 0,
            "shrinkB": 0,
            "capstyle": "butt",
            "joinstyle": "miter",
        }

    def chart(self, box, *, title="", x="", y="", **axes):
        """Measured axes, with ticks and a light grid, for curves, maps and contours.

        Parameters
        ----------
        box : tuple of four
            Left, top, width and height of the plotting area, in sheet pixels; the labels stand
            outside it.
        title, x, y : str
            The heading and the axes' labels.
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
        size, ink = self.points(21), COLORS["text"]
        chart.set_title(title, fontsize=self.points(25), color=ink, pad=self.points(14))
        chart.set_xlabel(x, fontsize=self.points(23), color=ink, labelpad=self.points(8))
        chart.set_ylabel(y, fontsize=self.points(23), color=ink, labelpad=self.points(8))
        chart.tick_params(labelsize=size, color=ink, labelcolor=ink, width=self.points(1.5))
        chart.grid(color=COLORS["grid"], linewidth=self.points(1.2))
        chart.set_axisbelow(True)
        for spine in chart.spines.values():
            spine.set(color=COLORS["axes"], linewidth=self.points(2))
        return chart

    def line(self, rule, **changes):
        """The line style of a rule, the same in every chart: colour, dashes and width."""
        color, dashes = RULES[rule]
        return {"color": color, "dashes": dashes, "linewidth": self.points(3.5), **changes}

    def lettering(self, size=21, **style):
        """The style of words inside a chart, for its ``text``."""
        return {"fontsize": self.points(size), "va": "center", "color": COLORS["text"], **style}

    def legend(self, chart, **place):
        """A legend of the chart's labelled lines."""
        legend = chart.legend(
            fontsize=self.points(21), frameon=True, framealpha=0.9, edgecolor="none", **place
        )
        for text in legend.get_texts():
            text.set_color(COLORS["text"])
        return legend

    def panel(self, loss, origin, *, top=9.04, axis_labels=None):
        return Panel(self, loss, origin, top=top, axis_labels=axis_labels)


def plain_ticks(axis, places):
    """Ticks of a logarithmic axis at these places alone, as plain numbers."""
    axis.set_ticks(places, [f"{place:,g}" for place in places])
    axis.set_ticks([], minor=True)


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
        lines = dict(color=COLORS["axes"], linewidth=sheet.points(5), clip_on=False, zorder=1)
        self.axes.plot([0, 0], [self.BOTTOM, top], **lines)
        self.axes.plot([self.LEFT, self.RIGHT], [0, 0], **lines)
        if axis_labels:
            loss_label, parameter_label = axis_labels
            sheet.text(x - 39, y - 0.51 * top * UNIT, loss_label, ha="right")
            sheet.text(x + 5 * UNIT, y + 62, parameter_label)

    def curve(self, low=None, high=None):
        """The loss between two values of W, by default over its whole domain."""
        (first, last) = self.loss.domain[0]
        w = np.linspace(first if low is None else low, last if high is None else high, 1001)
        self.axes.plot(
            w,
            self.loss(w),
            color=COLORS["curve"],
            linewidth=self.sheet.points(5),
            clip_on=False,
            zorder=2,
            gid="curve",
        )

    def dots(self, w, role="present", size=14):
        """Positions of a descent."""
        w = np.atleast_1d(w)
        self.axes.plot(
            w,
            self.loss(w),
            "o",
            color=COLORS[role],
            markersize=self.sheet.points(size),
            markeredgecolor="white",
            markeredgewidth=self.sheet.points(1.2),
            clip_on=False,
            zorder=6,
            gid=f"dots-{role}",
        )

    def tangent(self, w, length=3.2):
        """The gradient at w as the dashed tangent there."""
        slope = self.loss.grad(w)
        half = length / 2 / np.hypot(1, slope)
        self.axes.plot(
            [w - half, w + half],
            [self.loss(w) - slope * half, self.loss(w) + slope * half],
            color=COLORS["gradient"],
            linewidth=self.sheet.points(4.5),
            dashes=(2.2, 1.1),
            clip_on=False,
            zorder=5,
            gid="tangent",
        )

    def hop(self, start, end, *, color="step", bend=0.4, lift=15, width=2, head=11, gap=9):
        """One update: an arch over the curve from dot to dot, ``lift`` pixels high at least.

        It leaves and reaches the dots ``gap`` pixels from their centres, a little inwards of
        upright, so that the arches of a descent stand side by side. Along a cliff it leans away
        from the curve.
        """
        a, b = (np.array(self.point(w, self.loss(w))) for w in (start, end))
        length = np.hypot(*(b - a))
        along = (b - a) / length
        lean = max(0, 2 * abs(along[1]) - 1.2)
        up = lean * np.array([along[1], -along[0]]) * np.sign(along[0]) + (0, lean - 1)
        up /= np.hypot(*up)
        inset = min(0.44 * gap, 0.2 * length) * along
        a, b = a + 0.9 * gap * up + inset, b + 0.9 * gap * up - inset
        rise = max(lift, bend * length) * up
        arch = Path([a, a + rise, b + rise, b], [Path.MOVETO] + 3 * [Path.CURVE4])
        style = self.sheet.arrow_style(color, width, 0, head)
        del style["connectionstyle"]
        self.sheet.picture.add_artist(
            FancyArrowPatch(path=arch, transform=self.sheet.pixels, gid="hop", **style)
        )

    def jump(self, start, end, *, bend, width=2, head=17, gap=11):
        """One update across the picture: a long arrow from dot to dot, bent upwards."""
        a, b = (self.point(w, self.loss(w)) for w in (start, end))
        style = self.sheet.arrow_style("step", width, -bend if end > start else bend, head)
        style["shrinkA"] = style["shrinkB"] = self.sheet.points(gap)
        self.sheet.picture.add_artist(
            FancyArrowPatch(a, b, transform=self.sheet.pixels, gid="hop", **style)
        )

    def hops(self, w, **style):
        """The updates of a descent, one after another."""
        for start, end in pairwise(w):
            self.hop(start, end, **style)

    def fog(self, low, high):
        """What cannot be seen: everything between two values of W."""
        self.axes.add_patch(
            Rectangle(
                (low, 0),
                high - low,
                self.top,
                color=COLORS["fog"],
                linewidth=0,
                zorder=0,
                gid="fog",
            )
        )

    def point(self, w, loss):
        """A place in the panel, as sheet pixels."""
        return self.origin[0] + w * UNIT, self.origin[1] - loss * UNIT

    def label(self, w, loss, text, *, color="text", size=21, ha="center"):
        """Words at a place in the panel."""
        x, y = self.point(w, loss)
        self.sheet.text(x, y, text, color=color, size=size, ha=ha)

    def arrow(self, start, end, **style):
        """A straight or bent arrow between two places in the panel."""
        self.sheet.arrow(self.point(*start), self.point(*end), **style)

    def colored_label(self, w, loss, rows, *, size=21):
        """Words in several colours: rows of (text, role) pairs, the first row's left at w, loss."""
        lines = [
            HPacker(
                children=[
                    TextArea(
                        text,
                        textprops={
                            "color": COLORS[role],
                            "fontsize": self.sheet.points(size),
                        },
                    )
                    for text, role in row
                ],
                pad=0,
                sep=0,
            )
            for row in rows
        ]
        box = VPacker(children=lines, pad=0, sep=self.sheet.points(0.25 * size))
        self.sheet.picture.add_artist(
            AnnotationBbox(
                box,
                self.point(w, loss),
                xycoords=self.sheet.pixels,
                box_alignment=(0, 1),
                frameon=False,
                pad=0,
            )
        )
