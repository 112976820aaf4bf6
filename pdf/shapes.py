"""The coloured ground of the wave, bubble and folder layouts."""

from .theme import tint

PALE_SHARE = 0.1
FOLDER_SHARE = 0.08
TITLE_IN_HEADER = ("folder",)


def _wave(pen, letterhead, page):
    theme = letterhead.theme
    low = letterhead.header_bottom + 6 if page == 1 else letterhead.next_top - 26
    top = letterhead.footer_top - 12
    head, foot = tint(theme.primary, PALE_SHARE), tint(theme.secondary, PALE_SHARE)
    _wave_head(pen, theme.paper[0], low=low, fill=head)
    _wave_foot(pen, theme.paper, top=top, fill=foot)


def _wave_head(pen, width, *, low, fill):
    steps = [
        ("m", 0, 0),
        ("l", width, 0),
        ("l", width, low + 16),
        ("c", width * 0.86, low + 24, width * 0.72, low + 26, width * 0.56, low + 8),
        ("c", width * 0.31, low - 16, width * 0.1, low - 6, 0, low + 2),
    ]
    pen.curve(steps, fill=fill)


def _wave_foot(pen, paper, *, top, fill):
    width, height = paper
    steps = [
        ("m", 0, height),
        ("l", 0, top),
        ("c", width * 0.07, top - 6, width * 0.2, top - 10, width * 0.43, top + 6),
        ("c", width * 0.69, top + 24, width * 0.9, top + 16, width, top + 10),
        ("l", width, height),
    ]
    pen.curve(steps, fill=fill)


def _bubble(pen, letterhead, page):
    theme = letterhead.theme
    width, height = theme.paper
    low = letterhead.header_bottom + 26 if page == 1 else letterhead.next_top - 12
    head = tint(theme.primary, PALE_SHARE)
    pen.curve(
        [
            ("m", width * 0.3, 0),
            ("c", width * 0.42, low * 0.75, width * 0.62, low, width * 0.86, low),
            ("c", width * 0.92, low, width * 0.97, low * 0.97, width, low * 0.93),
            ("l", width, 0),
        ],
        fill=head,
    )
    top = letterhead.footer_top - 16
    pen.curve(
        [
            ("m", 0, height),
            ("l", 0, top + 2),
            ("c", width * 0.22, top - 10, width * 0.42, top + 30, width * 0.5, height),
        ],
        fill=tint(theme.secondary, PALE_SHARE),
    )


def _folder(pen, letterhead, page):
    theme = letterhead.theme
    width = theme.paper[0]
    fill = tint(theme.primary, FOLDER_SHARE)
    if page > 1:
        pen.rect(0, 0, width, letterhead.next_top - 8, fill=fill)
        return
    low, tab = letterhead.header_bottom + 10, 34
    pen.rect(0, 0, width, low, fill=fill)
    edge = width - theme.margins.side - letterhead.title_width - 44
    pen.curve(
        [
            ("m", 0, low - 0.5),
            ("l", width, low - 0.5),
            ("l", edge + 46, low - 0.5),
            ("c", edge + 34, low, edge + 30, low + 6, edge + 26, low + 10),
            ("l", edge + 8, low + tab - 8),
            ("c", edge + 4, low + tab - 2, edge - 4, low + tab, edge - 12, low + tab),
            ("l", 0, low + tab),
        ],
        fill=fill,
    )


SHAPES = {"wave": _wave, "bubble": _bubble, "folder": _folder}
