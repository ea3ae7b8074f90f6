"""Runs under Debian's Python, which has LibreOffice's `uno`; `tests.judges.office` starts it.

Takes jobs as JSON lines on standard input: `file`, `action` (``accept``, ``reject`` or null for
the tracked changes), `save` (null, or where to save the result as .docx) and `pdf` (the same for
a PDF). Gives one JSON line each: the paragraphs in order, those of cells row by row, and how many
tracked changes there were.
"""

import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}


def value(name, what):
    made = PropertyValue()
    made.Name, made.Value = name, what
    return made


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(600):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception as fault:  # not there yet
            last = fault
            time.sleep(0.1)
    raise SystemExit(f"no LibreOffice after 60 s: {last}")


def words(paragraph):
    """The text of a paragraph without the numbers of its notes."""
    parts = paragraph.createEnumeration()
    out = []
    while parts.hasMoreElements():
        part = parts.nextElement()
        if part.TextPortionType in ("Text", "TextField"):
            out.append(part.getString())
        elif part.TextPortionType == "LineBreak":
            out.append("\n")
    return "".join(out)


def paragraphs(text):
    blocks = text.createEnumeration()
    while blocks.hasMoreElements():
        block = blocks.nextElement()
        if block.supportsService("com.sun.star.text.TextTable"):
            names = sorted(block.getCellNames(), key=place)
            for name in names:
                yield from paragraphs(block.getCellByName(name))
        else:
            yield words(block)


def place(name):
    """A cell's row and column, of its name: B12 is the second cell of row 12."""
    letters = name.rstrip("0123456789")
    return int(name[len(letters):] or 0), len(letters), letters


def run(desktop, dispatcher, job):
    document = desktop.loadComponentFromURL(
        uno.systemPathToFileUrl(job["file"]), "_blank", 0, (value("Hidden", True),)
    )
    if document is None:
        return {"fault": "not opened"}
    try:
        changes = 0
        found = document.getRedlines().createEnumeration()
        while found.hasMoreElements():
            found.nextElement()
            changes += 1
        if job.get("action"):
            frame = document.getCurrentController().getFrame()
            dispatcher.executeDispatch(frame, COMMANDS[job["action"]], "", 0, ())
        out = {"paragraphs": list(paragraphs(document.getText())), "changes": changes}
        notes = document.getFootnotes()
        out["notes"] = ["\n\n".join(paragraphs(notes.getByIndex(k)))
                        for k in range(notes.getCount())]
        for key, name in (("save", "MS Word 2007 XML"), ("pdf", "writer_pdf_Export")):
            if job.get(key):
                document.storeToURL(
                    uno.systemPathToFileUrl(job[key]), (value("FilterName", name),)
                )
        return out
    finally:
        document.close(True)


def main():
    context = connect(sys.argv[1])
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = manager.createInstanceWithContext(
        "com.sun.star.frame.DispatchHelper", context
    )
    for line in sys.stdin:
        try:
            answer = run(desktop, dispatcher, json.loads(line))
        except Exception as fault:
            answer = {"fault": f"{type(fault).__name__}: {fault}"}
        print(json.dumps(answer), flush=True)
    try:
        desktop.terminate()
    except Exception as fault:  # it goes before it has answered
        print(fault, file=sys.stderr)


main()
