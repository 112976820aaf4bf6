"""How an element of rich text looks: its tag, its classes, its style, by a table."""

from dataclasses import dataclass, replace

from ..theme import parse_color

BOLD = {"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"}
ITALIC = {"i", "em", "cite", "dfn", "var", "address"}
UNDERLINE = {"u", "ins"}
STRIKE = {"s", "strike", "del"}
RISE = {"sup": 1, "sub": -1}
# Sizes beside the text's own, as browsers have them, a little closer together.
SCALE = {"h1": 1.6, "h2": 1.4, "h3": 1.2, "h4": 1.1, "small": 0.85}
MARKED = (1.0, 0.95, 0.6)
NAMED_COLORS = {
    "black": "#000000",
    "blue": "#0000ff",
    "brown": "#a52a2a",
    "gray": "#808080",
    "green": "#008000",
    "grey": "#808080",
    "maroon": "#800000",
    "navy": "#000080",
    "orange": "#ffa500",
    "purple": "#800080",
    "red": "#ff0000",
    "teal": "#008080",
    "white": "#ffffff",
    "yellow": "#ffff00",
    "text-danger": "#c0392b",
    "text-info": "#17738a",
    "text-muted": "#6b737b",
    "text-success": "#1e7e34",
    "text-warning": "#9a6700",
}
ALIGN = {
    "left": "start",
    "start": "start",
    "justify": "start",
    "center": "center",
    "right": "end",
    "end": "end",
}
BY_CLASS = {
    "fw-bold": {"bold": True},
    "fst-italic": {"italic": True},
    "text-decoration-underline": {"underline": True},
    "text-decoration-line-through": {"strike": True},
    "text-start": {"align": "start"},
    "text-center": {"align": "center"},
    "text-end": {"align": "end"},
}


@dataclass(frozen=True)
class Looks:
    """What an element hands down to all that stands in it."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    rise: int = 0
    color: tuple | None = None
    mark: tuple | None = None
    url: str = ""
    align: str = ""
    scale: float = 1.0
    pre: bool = False
    hidden: bool = False

    def within(self, tag, attributes):
        """Return the looks of an element of this tag inside of this one."""
        changes = _by_tag(tag, attributes, self)
        for name in (attributes.get("class") or "").split():
            changes |= BY_CLASS.get(name, {})
            if name in NAMED_COLORS:
                changes["color"] = parse_color(NAMED_COLORS[name])
        for name, value in read_style(attributes.get("style")).items():
            if name in _BY_STYLE:
                changes |= _BY_STYLE[name](value.lower())
        return replace(self, **changes) if changes else self


def _by_tag(tag, attributes, looks):
    changes: dict[str, object] = {
        name: True
        for name, tags in (
            ("bold", BOLD),
            ("italic", ITALIC),
            ("underline", UNDERLINE),
            ("strike", STRIKE),
            ("pre", {"pre"}),
        )
        if tag in tags
    }
    if tag in RISE:
        changes["rise"] = RISE[tag]
    if tag in SCALE:
        changes["scale"] = looks.scale * SCALE[tag]
    if tag == "mark":
        changes["mark"] = MARKED
    if tag == "center":
        changes["align"] = "center"
    if align := ALIGN.get((attributes.get("align") or "").lower()):
        changes["align"] = align
    if tag == "font" and attributes.get("color"):
        changes |= _color(attributes["color"])
    if tag == "a" and attributes.get("href"):
        changes["url"] = attributes["href"].strip()
    return changes


def read_style(text):
    """Return {property: value} of a style attribute."""
    pairs = (part.partition(":") for part in (text or "").split(";"))
    return {name.strip().lower(): value.strip() for name, _colon, value in pairs}


def read_color(value):
    """Return a colour of CSS as (red, green, blue), or None."""
    value = NAMED_COLORS.get(value, value)
    if value.startswith("rgb"):
        return _read_rgb(value)
    return parse_color(value, None) if value.startswith("#") else None


def _read_rgb(value):
    numbers = value.partition("(")[2].strip(") ").replace("/", ",").split(",")
    if len(numbers) == 1:
        numbers = numbers[0].split()
    try:
        if len(numbers) > 3 and float(numbers[3].rstrip("% ")) == 0:
            return None
        return tuple(round(min(max(float(n), 0), 255) / 255, 4) for n in numbers[:3])
    except ValueError:
        return None


def _color(value):
    color = read_color(value.strip().lower())
    return {"color": color} if color else {}


def _background(value):
    # The shorthand may name more than the colour.
    colors = map(read_color, (value, *value.split()))
    return {"mark": next(filter(None, colors), None)}


def _weight(value):
    if value in ("normal", "lighter") or value.isdecimal():
        return {"bold": value.isdecimal() and int(value) >= 600}
    return {"bold": True} if value in ("bold", "bolder") else {}


def _decoration(value):
    return {
        name: True
        for name, word in (("underline", "underline"), ("strike", "line-through"))
        if word in value
    }


def _vertical(value):
    rise = {"super": 1, "sub": -1}.get(value)
    return {"rise": rise} if rise else {}


def _align(value):
    return {"align": ALIGN[value]} if value in ALIGN else {}


_BY_STYLE = {
    "color": _color,
    "background": _background,
    "background-color": _background,
    "font-weight": _weight,
    "font-style": lambda value: {"italic": value in ("italic", "oblique")},
    "text-decoration": _decoration,
    "text-decoration-line": _decoration,
    "vertical-align": _vertical,
    "text-align": _align,
    "display": lambda value: {"hidden": True} if value == "none" else {},
    "white-space": lambda value: {"pre": value.startswith("pre")},
}
