"""Places boxes on pages: where a page ends, what stays together, what is repeated."""

from .blocks import build, build_party, build_title
from .boxes import Beside, Box, Kit, Stack
from .file import write_file
from .letterhead import Letterhead
from .pen import Pen
from .qr_bill import QrBill, draw_qr_bill
from .theme import PALE, typesetter

FOLDER_TITLE_TOP = 10
# So little room is not worth cutting a box for.
LEAST_PART = 40.0
LEAST_GAP = 12.0
MARK_SIZE = 84.0
# How much of the line a title beside an address may take.
TITLE_SHARE = 0.54


def compose(pairs):
    """Return the bytes of one file for (document, theme) pairs, at least one."""
    pen = Pen()
    for document, theme in pairs:
        if isinstance(document, QrBill):
            draw_qr_bill(pen, document, theme)
        else:
            pen.start_document(document.title, theme)
            _draw(pen, document, theme)
    return write_file(pen, pairs[0][0])


def _draw(pen, document, theme):
    kit = Kit(theme, typesetter(theme, document.lang))
    letterhead = Letterhead(document, kit)
    boxes = _boxes(document, kit, letterhead)
    pages = _Paginator(letterhead).place(boxes, document.reserve)
    for number, page in enumerate(pages, 1):
        pen.start_page()
        _draw_mark(pen, document, kit)
        reserved = document.reserve and number == len(pages)
        letterhead.draw(pen, number, len(pages), footer=not reserved)
        for x, y, box in page:
            box.draw(pen, x, y)


def _draw_mark(pen, document, kit):
    if document.mark:
        line = kit.setter.line(document.mark.upper(), MARK_SIZE, (True, False))
        pen.stamp(line, size=MARK_SIZE, color=PALE)


def _boxes(document, kit, letterhead):
    """Return everything between header and footer, from the address down."""
    width = kit.theme.inner_width
    parties = _parties(document, kit, width)
    if letterhead.title_in_header:
        parties, title = _folder_title(document, kit, parties)
        boxes = [*title, *parties]
    elif kit.theme.style.title_at_end:
        boxes = _title_at_end(document, kit, parties)
    else:
        boxes = [*parties, build_title(document.title, kit, width)]
    for block in document.blocks:
        boxes += build(block, kit, width)
    return boxes


def _title_at_end(document, kit, parties):
    """The bubble layout writes the title beside the foot of the address."""
    width = kit.theme.inner_width
    room = width * TITLE_SHARE
    if not parties or document.other_party:
        return [*parties, build_title(document.title, kit, width, "end")]
    title = build_title(document.title, kit, room, "end")
    space = Box(room, max(parties[0].height - title.height, 0.0))
    title.gap = 0
    both = [*parties[0].pairs, (width - room, Stack([space, title], room))]
    box = Beside(both, width)
    box.keep = True
    return [box]


def _folder_title(document, kit, parties):
    """The folder layout writes the title on its tab, above the address."""
    width = kit.theme.inner_width
    room = kit.theme.inner_width * 0.62
    title = build_title(document.title, kit, room, "end")
    title.gap, title.keep = 0, False
    for party in parties:
        party.gap = kit.theme.size * 2
    return parties, [Beside([(width - room, title)], width)]


def _parties(document, kit, width):
    """The recipient stands where a window envelope looks; another party beside."""
    room = width * 0.44
    recipient = build_party(document.recipient, kit, room)
    other = build_party(document.other_party, kit, room)
    pairs = []
    if recipient:
        at_start = kit.theme.style.address_at_start and not other
        pairs.append((0 if at_start else width - room, recipient))
    if other:
        pairs.append((0, other))
    return [Beside(pairs, width)] if pairs else []


class _Paginator:
    def __init__(self, letterhead):
        self.letterhead = letterhead
        self.x = letterhead.theme.margins.side
        self.bottom = letterhead.bottom
        self.pages = []
        self._new_page()

    def _new_page(self):
        letterhead = self.letterhead
        first = not self.pages
        if first and letterhead.title_in_header:
            self.y = letterhead.header_bottom + FOLDER_TITLE_TOP
        else:
            self.y = letterhead.address_top if first else letterhead.next_top
        self.pages.append([])

    @property
    def _fresh(self):
        return not self.pages[-1]

    def place(self, boxes, reserve=0.0):
        """Return pages of (x, y, box), the last with `reserve` free at its foot."""
        for number, box in enumerate(boxes):
            if box.turns:
                if not self._fresh:
                    self._new_page()
                continue
            need = _kept_height(boxes, number)
            if not self._fresh and self.y + self._gap(box) + need > self.bottom:
                self._turn(box)
            self._put(box)
        if reserve and self.y > self.letterhead.theme.paper[1] - reserve - LEAST_GAP:
            self._new_page()
        return self.pages

    def _turn(self, box):
        """Start a page, unless the box is better cut where it stands."""
        room = self.bottom - self.y - self._gap(box)
        page_room = self.bottom - self.letterhead.next_top
        breaks = box.breaks or box.height > page_room
        if breaks and room > LEAST_PART and box.split(room):
            return
        self._new_page()
        self._repeat_head(box)

    def _repeat_head(self, box):
        if box.head:
            self._set(box.head)

    def _gap(self, box):
        return 0 if self._fresh else box.gap

    def _put(self, box):
        """Draw the box here; cut it as often as it does not fit a page."""
        while self.y + self._gap(box) + box.height > self.bottom + 0.01:
            parts = box.split(self.bottom - self.y - self._gap(box))
            if not parts:
                break
            first, box = parts
            self._set(first)
            self._new_page()
            self._repeat_head(box)
        self._set(box)

    def _set(self, box):
        self.y += self._gap(box)
        self.pages[-1].append((self.x, self.y, box))
        self.y += box.height


def _kept_height(boxes, number):
    """Return the height of a box and of those that it must not be parted from."""
    height = boxes[number].height
    while boxes[number].keep and number + 1 < len(boxes):
        number += 1
        box = boxes[number]
        height += box.gap + (min(box.height, LEAST_PART) if box.breaks else box.height)
    return height
