"""Many texts of which each differs little from the one before, in few bytes.

Every different line is kept once. A text is told by what of the text before it stays; a new line by
what differs from a line near it, most often numbers; and all that is deflated. A browser's
``DecompressionStream`` undoes the deflating, and ``page.js`` the rest, as `unpacked` does.
"""

import re
import zlib
from base64 import b64decode, b64encode
from collections import Counter

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def packed(texts):
    """Texts as ASCII characters.

    Two lists of lines stand one after the other, with an empty line between. The first has a line
    for each text: what to do, from left to right, with the lines of the text before it.

    ======  ================================================================================
    ``5``   five of them stay
    ``-2``  two of them go
    ``=``   a new line takes the place of the next
    ``@3``  a known line does: the third after the last that was called so
    ``>``   the line does that took its place the last time
    ``+``   a new line is put in before the next
    ``*3``  a known line is, called as by ``@``
    ======  ================================================================================

    The second list has the new lines, in order, each told from the line whose place it takes or,
    of one that is put in, from the one above it. ``~`` stands before what happens to the numbers of
    that line, a space between: what is added in the last place, or what comes instead, after ``=``.
    Otherwise it is how many characters go at its end, a colon and those that come instead.

    Parameters
    ----------
    texts : iterable of str

    Returns
    -------
    str
        In base 64.

    Examples
    --------
    >>> texts = ["<g>\\n<circle r='7'/>\\n</g>", "<g>\\n<circle r='9'/>\\n</g>"]
    >>> told(texts)
    "+ + +\\n1 = 1\\n\\n0:<g>\\n2:circle r='7'/>\\n14:/g>\\n~2"
    >>> unpacked(packed(texts)) == texts
    True
    """
    return b64encode(zlib.compress(told(texts).encode(), 9)).decode()


def told(texts):
    """What is deflated."""
    known, after, scripts, tellings = {}, {}, [], []
    before, last = [], 0
    for text in texts:
        lines, script, stay = text.split("\n"), [], 0
        coming = Counter(lines)
        i = 0  # of the lines before: those that have been dealt with
        for above, line in zip(["", *lines], lines, strict=False):
            coming[line] -= 1
            gone = 0
            while i + gone < len(before) and before[i + gone] != line:
                if coming[before[i + gone]]:
                    break
                gone += 1
            if stay and (gone or before[i : i + 1] != [line]):
                script.append(str(stay))
                stay = 0
            if before[i + gone : i + gone + 1] == [line]:
                if gone:
                    script.append(f"-{gone}")
                i += gone + 1
                stay += 1
                continue
            base = before[i] if gone else above
            if gone and after.get(base) == line:
                script.append(">")
            elif line in known:
                script.append(f"{'@' if gone else '*'}{known[line] - last}")
                last = known[line]
            else:
                script.append("=" if gone else "+")
                tellings.append(_told(line, base))
                known[line] = len(known)
            if gone:  # it will not come again in this text
                after[base] = line
                i += 1
        if stay:
            script.append(str(stay))
        scripts.append(" ".join(script))
        before = lines
    return "\n".join([*scripts, "", *tellings])


def _told(line, base):
    """A line, told from another."""
    same = next(
        (i for i, (one, other) in enumerate(zip(line, base, strict=False)) if one != other),
        min(len(line), len(base)),
    )
    plain = f"{len(base) - same}:{line[same:]}"
    if NUMBER.split(line) != NUMBER.split(base):
        return plain
    numbers = zip(NUMBER.findall(line), NUMBER.findall(base), strict=True)
    differences = "~" + " ".join(_difference(one, other) for one, other in numbers)
    return min(differences.rstrip(), plain, key=len)


def _difference(one, other):
    if one == other:
        return ""
    (units, places), (base, others) = map(_units, (one, other))
    if places == others and len(one) < 12 and one == _number(units, places):
        return str(units - base)
    return f"={one}"


def _units(number):
    """A number in units of its last decimal place, and how many places it has."""
    whole, _, decimals = number.partition(".")
    return int(whole + decimals), len(decimals)


def _number(units, places):
    digits = f"{abs(units):0{places + 1}}"
    sign = "-" if units < 0 else ""
    whole, decimals = digits[: len(digits) - places], digits[len(digits) - places :]
    return f"{sign}{whole}.{decimals}" if places else sign + whole


def unpacked(text):
    """The texts again: list of str."""
    scripts, tellings = zlib.decompress(b64decode(text)).decode().split("\n\n", 1)
    tellings = iter(tellings.split("\n"))
    known, after, texts = [], {}, []
    before, last = [], 0

    for script in scripts.split("\n"):
        lines, i = [], 0
        for what in script.split(" "):
            if what[0] == "-":
                i += int(what[1:])
                continue
            if what[0] not in "=+>@*":
                lines += before[i : i + int(what)]
                i += int(what)
                continue
            there = what[0] in "=>@"
            base = before[i] if there else lines[-1] if lines else ""
            if what[0] in "=+":
                known.append(_line(next(tellings), base))
                line = known[-1]
            elif what[0] in "@*":
                last += int(what[1:])
                line = known[last]
            else:
                line = after[base]
            if there:
                after[base] = line
                i += 1
            lines.append(line)
        texts.append("\n".join(lines))
        before = lines
    return texts


def _line(telling, base):
    if telling[0] != "~":
        gone, _, others = telling.partition(":")
        return base[: len(base) - int(gone)] + others
    differences = iter(telling[1:].split(" "))

    def number(found):
        difference = next(differences, "")
        if not difference or difference[0] == "=":
            return difference[1:] or found[0]
        units, places = _units(found[0])
        return _number(units + int(difference), places)

    return NUMBER.sub(number, base)
