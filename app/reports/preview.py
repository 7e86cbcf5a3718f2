"""The real PDF as pixels, for a preview that cannot differ from the print."""

from collections.abc import Iterator

from msgspec import Struct


class PagePixels(Struct, frozen=True):
    """One page: its size in pixels, and its pixels as 32-bit BGRx rows without padding."""

    width: int
    height: int
    pixels: bytes


def page_pixels(pdf: bytes, width: int) -> Iterator[PagePixels]:
    """Yield every page of a PDF, drawn ``width`` pixels wide; only one is in memory at a time."""
    import pypdfium2  # noqa: PLC0415 - only a preview or a print needs it

    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            yield _draw(document[number], width)


def _draw(page: object, width: int) -> PagePixels:
    scale = width / page.get_width()  # type: ignore[attr-defined] # pypdfium2 ships no types
    bitmap = page.render(  # type: ignore[attr-defined] # pypdfium2 ships no types
        scale=scale, prefer_bgrx=True, rev_byteorder=False
    )
    rows = bytes(bitmap.buffer)
    packed = b"".join(
        rows[line * bitmap.stride : line * bitmap.stride + bitmap.width * 4]
        for line in range(bitmap.height)
    )
    return PagePixels(bitmap.width, bitmap.height, packed)
