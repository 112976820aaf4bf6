"""Fonts: files on disk → glyphs, widths and embedded subsets.

ReportLab embeds TrueType as simple fonts of 256 characters. Here a font becomes
one composite font (Type 0): glyphs are addressed by number, which is what shaped
scripts need, what Chinese needs, and the only form core's PDF/A step accepts.
"""

from .embed import EmbeddedFont
from .face import Face, open_face
from .family import STAND_IN, Family, load_family
from .finder import find_installed, find_regions
from .missing import find_package, report_missing
from .sfnt import FontError
