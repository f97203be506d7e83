"""PDF files for tests, written by hand."""

import io
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter


def pdf(*pages: Sequence[tuple[int, str]], title: str | None = None, encrypt: str | None = None) -> bytes:
    """A PDF written by hand: pages of (size, line) in Helvetica, one line under the other."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        y, drawn = 760, []
        for size, line in lines:
            y -= 40 if line.startswith("\n") else round(size * 1.3)
            escaped = line.strip().replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            drawn.append(f"BT /F1 {size} Tf 1 0 0 1 60 {y} Tm ({escaped}) Tj ET")
        content = "\n".join(drawn).encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    if title is None and encrypt is None:
        return out.getvalue()
    writer = PdfWriter(clone_from=PdfReader(out))
    if title is not None:
        writer.add_metadata({"/Title": title})
    if encrypt is not None:
        writer.encrypt(user_password=encrypt, owner_password="owner", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


CARD = [(20, "Lost cards"), (11, "\nBlock the card at once. A replace-"), (11, "ment comes by mail."),
        (11, "\nIt is free."), (15, "\nAbroad (travel)"), (11, "\nCall the travel desk.")]  # fmt: skip
