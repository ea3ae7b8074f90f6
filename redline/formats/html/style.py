"""How a page looks: on screens light and dark, on paper, without colours."""

__all__ = ["STYLE"]

STYLE = """\
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fdfdfb; --quiet: #5c5c5c;
  --line: #8a8a8a; --gone: #a01515; --gone-on: #fdeaea; --new: #0b5d2a; --new-on: #e7f6ea;
  --light: #7a4b00; --light-on: #fff3d6; --moved: #1b4a8a; --moved-on: #e6effb }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --paper: #181818; --quiet: #b0b0b0;
  --line: #808080; --gone: #ff9c9c; --gone-on: #3d1d1d; --new: #8fe0a5; --new-on: #173321;
  --light: #f0c674; --light-on: #3a2e14; --moved: #9cc4ff; --moved-on: #1a2b44 } }
body { font: 1.05rem/1.6 Georgia, "Times New Roman", serif; color: var(--ink);
  background: var(--paper); max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.3rem } h2, h3, h4, h5, h6 { font-size: 1.05rem }
main p, main li, main td { overflow-wrap: anywhere }
del { color: var(--gone); background: var(--gone-on) }
ins { color: var(--new); background: var(--new-on); text-decoration: underline }
del.accidental, ins.accidental { color: var(--light); background: var(--light-on) }
del.moved, ins.moved { color: var(--moved); background: var(--moved-on) }
.verbatim { white-space: pre-wrap }
.letterhead, .header { margin: 0 }
.math, .hand { font-style: italic }
.gap, .unclear, .quiet, .pb::before, .furniture, figcaption { color: var(--quiet) }
.furniture { font: .85rem/1.4 sans-serif; border-left: 3px solid var(--line);
  padding-left: .7rem; margin: .8rem 0; white-space: pre-line }
.pb::before { content: "|" attr(data-n) " "; font: .75rem sans-serif; vertical-align: super }
.page { font: .8rem/1.4 sans-serif; border-top: 1px solid var(--line); color: var(--quiet);
  margin: 1.5rem 0 .8rem; padding-top: .2rem; display: flex; justify-content: space-between }
table { border-collapse: collapse } td, th { border: 1px solid var(--line); padding: .2rem .5rem;
  text-align: left; vertical-align: top }
ol, ul { padding-left: 1.6rem }
fieldset { border: 1px solid var(--line); font: .9rem sans-serif; display: flex; gap: 1rem }
body:has(#draft:checked) ins, body:has(#final:checked) del { display: none }
body:has(#draft:checked) del, body:has(#final:checked) ins { all: unset }
@media print { fieldset { display: none } body { max-width: none; margin: 0 } }
"""
