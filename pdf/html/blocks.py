"""A rendered web page of a document → the blocks of this room.

Addons and people add to a document's template what only the template knows. The page
that it renders to is read by its shape alone: rows of labelled columns are facts,
tables with a head are tables, a table of totals is totals, pictures are codes, and
whatever is left is text. Nothing is interpreted beyond that: no style, no script.
"""

from collections.abc import Callable
from dataclasses import replace
from html import escape

from lxml import html

from ..document import Article, Code, Fact, Facts, Note, Party, Totals
from .picture import read_image
from .richtext import parse_html
from .table import find_rows, has_head, read_table
from .text import (
    classes,
    find_lines,
    has_class,
    has_text,
    inner_html,
    outer_html,
    strip_unseen,
)
from .totals import find_sides, is_framed, is_totals, read_framed, read_totals

ADDRESS = f".//*[{has_class('address')}]//address"
TABLES_AND_IMAGES = "descendant::table|descendant::img"
COLUMN_ROWS = f"descendant::*[{has_class('row')}]"
# Deeper inside each other, parts of a page are no longer told apart.
DEEPEST = 60
MUTED = f"descendant::div[{has_class('text-muted')}]"


def read_article(node, load_picture: Callable[[str], bytes]) -> Article:
    """Return what stands in an article, an lxml element, which is taken apart.

    `load_picture` is given the address of an image that is not in the page itself
    and returns its bytes, or none to leave it out.
    """
    strip_unseen(node)
    title = read_title([node])
    other = _take(node, ".//*[@name='information_block']")
    address = _take(node, ".//*[@name='address']") or _take(node, ADDRESS)
    return Article(
        title=title,
        recipient=_read_party(address),
        other_party=_read_party(other),
        blocks=tuple(_Reader(node, load_picture).read(node)),
    )


def read_title(heads):
    """Return the title that some layouts write into the header, and take it off."""
    titles = [title for head in heads for title in _take(head, ".//h2")]
    return " ".join(line for title in titles for line in find_lines(title))


def _take(node, path):
    """Return the first element at the path, in a list, and take it off the page."""
    for part in filter(has_text, node.xpath(path)):
        part.drop_tree()
        return [part]
    return []


def _read_party(found):
    """Return address lines; what follows the address itself stands below a gap."""
    if not found:
        return None
    label = _take(found[0], "./descendant::strong[1]")
    address = found if found[0].tag == "address" else _take(found[0], ".//address")
    lines = [tuple(find_lines(part)) for part in address]
    extra = () if found is address else tuple(find_lines(found[0]))
    return Party(
        lines=lines[0] if lines else extra,
        label=" ".join(find_lines(label[0])) if label else "",
        extra=extra if lines else (),
    )


class _Reader:
    def __init__(self, root, load_picture):
        self._load = load_picture
        special = root.xpath(f"{TABLES_AND_IMAGES}|{MUTED}")
        special += filter(_is_facts, root.xpath(COLUMN_ROWS))
        # Whatever holds something special is read part by part.
        self._special = {*special}.union(*(part.iterancestors() for part in special))
        self._depth = 0

    def read(self, node):
        """Return the blocks of everything inside an element."""
        self._depth += 1
        try:
            return self._read_parts(node) if self._depth < DEEPEST else self._text(node)
        finally:
            self._depth -= 1

    def _text(self, node):
        return self._note([inner_html(node)], node)

    def _read_parts(self, node):
        blocks, plain = [], [_escape(node.text)]
        for child in node:
            if child in self._special:
                blocks += [*self._note(plain, node), *self._read_special(child)]
                plain = []
            else:
                plain.append(outer_html(child))
            plain.append(_escape(child.tail))
        return [*blocks, *self._note(plain, node)]

    def _read_special(self, node):
        if node.tag == "table":
            return self._table(node)
        if node.tag == "img":
            return self._code(node)
        for known, reader in (
            (_is_facts, _read_facts),
            (find_sides, self._totals_beside),
            (is_framed, read_framed),
            (_is_code, self._code),
        ):
            if known(node):
                return reader(node)
        return self.read(node)

    def _note(self, plain, node):
        text = parse_html("".join(plain))
        kind = "muted" if _is_muted(node) else "plain"
        return [Note(text, kind)] if text else []

    def _table(self, node):
        rows = find_rows(node)
        is_plain = not (is_totals(node) or has_head(node))
        if is_plain and any(p in self._special for row in rows for p in row.iter()):
            return [block for row in rows for cell in row for block in self.read(cell)]
        if is_plain and any(len(row) != 2 for row in rows):
            return self._note([outer_html(node)], node)
        block = _read_rows(node, rows)
        codes = self._images(node)
        for row in rows:
            row.drop_tree()
        # What is left is said above the rows: a caption.
        return [*self._text(node), block, *codes]

    def _images(self, node):
        """Return codes for the images in an element, without what stands there."""
        found = (read_image(image, self._load) for image in node.iter("img"))
        return [Code(value, picture=picture) for value, picture in filter(None, found)]

    def _totals_beside(self, node):
        """Return totals that float at the far side of other blocks."""
        side = find_sides(node)[0]
        first, *below = self.read(side)
        side.drop_tree()
        aside = self.read(node)
        closing = []
        while aside and getattr(aside[-1], "kind", "") == "muted":
            closing.insert(0, aside.pop())
        below = [
            Note(part.text, "end") if isinstance(part, Note) else part for part in below
        ]
        if not isinstance(first, Totals):
            return [first, *below, *aside, *closing]
        return [Totals(first.items, tuple(aside), tuple(below)), *closing]

    def _code(self, node):
        """Return a code with the text that stands beside it."""
        codes = self._images(node)
        if not codes:
            return self._text(node)
        links = [link.get("href", "") for link in node.xpath(".//a[@href]")]
        caption, url = tuple(find_lines(node)), (links or [""])[0]
        return [replace(codes[0], caption=caption, url=url), *codes[1:]]


def _escape(text):
    return escape(text or "")


def _is_muted(node):
    return any("text-muted" in classes(part) for part in (node, *node.iterancestors()))


def _read_rows(node, rows):
    """Return the block of a table; one without a head has pairs of label and value."""
    if is_totals(node):
        return Totals(tuple(read_totals(node)))
    if has_head(node):
        return read_table(node)
    pairs = [[" ".join(find_lines(cell)) for cell in row] for row in rows]
    return Facts(tuple(Fact(*pair) for pair in pairs if any(pair)))


def _is_facts(node):
    """Tell whether all columns of a row begin with a label in bold."""
    columns = [child for child in node if has_text(child)]
    if "row" not in classes(node) or not columns:
        return False
    between = (node.text, *(child.tail for child in node))
    if any((text or "").strip() for text in between):
        return False
    return not node.xpath(".//table|.//img") and all(map(_has_label, columns))


def _has_label(column):
    """Tell whether an element is a column that begins with something in bold."""
    first = next(iter(column), None)
    is_column = any(name.startswith("col") for name in classes(column))
    is_bold = first is not None and first.tag == "strong"
    return is_column and is_bold and not (column.text or "").strip()


def _read_facts(node):
    return [Facts(tuple(fact for column in node for fact in _read_column(column)))]


def _read_column(column):
    label, value = None, []
    for child in column:
        if child.tag == "strong":
            if label is not None:
                yield _fact(label, value)
            label, value = child, []
        else:
            value.append(outer_html(child))
        value.append(_escape(child.tail))
    if label is not None:
        yield _fact(label, value)


def _fact(label, value):
    lines = find_lines(html.fragment_fromstring("".join(value), create_parent="div"))
    return Fact(" ".join(find_lines(label)), "\n".join(lines))


def _is_code(node):
    return "d-flex" in classes(node) and bool(node.xpath(".//img"))
