"""The relationship picture as SVG: who reports to whom, or influence against support, by conventions people know.

A box is a person; a solid line says who reports to whom, a dashed arrow whose word counts. Fill and sign say support, the
weight of the border influence, letters the roles. Pale is a judgement made long ago, struck through is gone, dotted an
empty seat. Drawn with the standard library only, so that a browser can draw it too; the same map gives the same bytes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal
from xml.etree import ElementTree as ET

from warmap.flags import Flag
from warmap.hierarchy import Seat, seats
from warmap.judgement import Judgement
from warmap.model import TABLE, Contact
from warmap.rules.rf309_support_judged_long_ago import is_stale
from warmap.scores.engagement import is_active, never_met
from warmap.scores.role_coverage import roles
from warmap.terms import EvidenceGrade, Influence, RoleState, Support, key
from warmap.text import COLON, COMMA, SEMICOLON, Lang, Text, clipped
from warmap.worksheet.guidance import SIGN
from warmap.worksheet.relationships import EMPTY, GONE, NOT_MET, SIGN_OF, STALE, UNKNOWN, signed
from warmap_app.report.placing import GAP, HEIGHT, WIDTH, Placed, placed_in_tree
from warmap_app.report.svg_parts import new_drawing, number, put_text, text_width
from warmap_app.safe_text import shown

Kind = Literal["org", "power"]
MARGIN, STRIP = 6.0, 17.0
LEGEND_LINE = 12.0
NARROWEST = 640.0  # so that a map of two people is not blown up, and what the signs mean has room
LETTER = 5.9  # width of a Latin letter of a name; a Chinese one is twice as wide
BADGE = 13.0
INK, PALE, NAVY, ARROW = "#1F2933", "#52606D", "#1F3A5F", "#0B6E6E"
FILL: dict[Support | None, tuple[str, str]] = {  # of the box, and of the strip that bears the sign
    Support.STRONG_SUPPORT: ("#CDEBD4", "#1E7B3A"), Support.SUPPORT: ("#E6F5E9", "#1E7B3A"),
    Support.NEUTRAL: ("#FFF3D6", "#8F5300"), None: ("#F3F5F7", "#6B7785"),
    Support.OPPOSE: ("#FBE3E0", "#B3261E"), Support.STRONG_OPPOSE: ("#F5C4BF", "#B3261E"),
}  # fmt: skip
BORDER = {Influence.HIGH: 3.0, Influence.MEDIUM: 1.6, Influence.LOW: 0.7, None: 0.7}
LOOKS: dict[str, dict[str, str]] = {
    "text": {"fill": "#1F2933", "font-size": "9px"},
    ".n": {"font-size": "11.5px", "font-weight": "bold"},
    ".p": {"fill": "#52606D"},
    ".s": {"fill": "#fff", "font-weight": "bold", "font-size": "11px", "text-anchor": "middle"},
    ".b": {"fill": "#fff", "font-size": "8.5px", "font-weight": "bold", "text-anchor": "middle"},
    ".e": {"text-anchor": "end"},
    ".m": {"text-anchor": "middle"},
    ".l": {"fill": "none", "stroke": "#52606D", "stroke-width": "1.2"},
    ".a": {"fill": "none", "stroke": "#0B6E6E", "stroke-width": "1.2", "stroke-dasharray": "5 3"},
}
STYLE = "".join(
    f"{what}{{{';'.join(f'{name}:{value}' for name, value in looks.items())}}}" for what, looks in LOOKS.items()
)
TITLE: dict[Kind, Text] = {
    "org": Text("关系图：谁管谁", "Relationships: who reports to whom"),
    "power": Text("影响力与支持度：谁在哪里", "Influence and support: who stands where"),
}
DESCRIBED = Text(
    "{people} 人，{empty} 个空位；每个框都有文字说明",
    "{people} people, {empty} empty seats; each box says in words what it shows",
)
REPORTS_TO = Text("汇报给 {name}", "reports to {name}")
INFLUENCED_BY = Text("听 {names} 的", "influenced by {names}")
FLAGS = Text("未应对红旗 {codes}", "open flags {codes}")
MET_BY = Text("我方对应人 {name}", "our counterpart {name}")
NOBODY_YET = Text("□ 空位：还没有人", "□ empty seat")
NOT_ON_PEOPLE = Text("□ 不在“关键人”表", "□ not on the People sheet")
UNKNOWN_SUPPORT = Text("未知", "Unknown")
LEGEND = (
    Text("++ + 支持　0 中立　− −− 反对　? 未知", "++ + for us · 0 neutral · − −− against · ? unknown"),
    Text("边框越粗影响力越大", "thicker border: more influence"),
    Text("C 教练　U 用户　T 技术　E 经济", "C coach, U user, T technical, E economic"),
    Text("~ 判断已旧　✗ 已离开　虚线框 空位", "~ judged long ago · ✗ gone · dotted: empty seat"),
    Text("▲■● 未应对红旗　⇄ 我方对应人　虚线箭头 谁的话有分量", "▲■● open flags · ⇄ our counterpart · dashed arrow: whose word counts"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is drawn: seats in their order, where they stand, and whose open flags are whose."""

    judgement: Judgement
    lang: Lang
    seats: Sequence[Seat]
    flags: dict[str, list[Flag]]


def picture(judgement: Judgement, kind: Kind, lang: Lang) -> str:
    """The SVG of one map, text as text; every person and every empty seat stands in it once."""
    vacant = [role for role, found in roles(judgement).items() if found.state is RoleState.MISSING]
    drawn = seats(judgement.contacts, vacant)
    flags: dict[str, list[Flag]] = {}
    for flag in judgement.open_flags:
        flags.setdefault(key(flag.subject), []).append(flag)
    scene = _Scene(judgement, lang, drawn, flags)
    if kind == "org":
        return _drawn(scene, placed_in_tree(drawn), kind)
    return _on_the_grid(scene)


def _root(scene: _Scene, kind: Kind, width: float, height: float) -> ET.Element:
    """The drawing without its boxes; it bears its name and what it shows for those who do not see it."""
    people = sum(seat.contact is not None for seat in scene.seats)
    width = max(width, NARROWEST)
    legend = _rows_of([part.to(scene.lang) for part in LEGEND], width)
    facts = {"people": people, "empty": len(scene.seats) - people}
    root = new_drawing(
        width + 2 * MARGIN, height + 2 * MARGIN + 3 + LEGEND_LINE * len(legend), scene.lang,
        TITLE[kind].to(scene.lang), DESCRIBED.say(scene.lang, facts), STYLE,
    )  # fmt: skip
    marker = ET.SubElement(ET.SubElement(root, "defs"), "marker", {
        "id": f"arrow-{kind}", "viewBox": "0 0 8 8", "refX": "7", "refY": "4", "markerWidth": "7", "markerHeight": "7", "orient": "auto",
    })  # fmt: skip
    ET.SubElement(marker, "path", {"d": "M0 0 L8 4 L0 8 z", "fill": ARROW})
    ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": "#fff"})
    for place, words in enumerate(legend, 1):
        put_text(root, MARGIN, height + MARGIN + 3 + LEGEND_LINE * place, words, "p")
    return root


def _rows_of(parts: Sequence[str], most: float) -> list[str]:
    """The parts of the legend, on as many lines as they need."""
    rows = [parts[0]]
    for part in parts[1:]:
        longer = f"{rows[-1]} ｜ {part}"
        if text_width(longer) <= most:
            rows[-1] = longer
        else:
            rows.append(part)
    return rows


def _drawn(scene: _Scene, where: Placed, kind: Kind) -> str:
    root = _root(scene, kind, where.width, where.height)
    body = ET.SubElement(root, "g", {"transform": f"translate({number(MARGIN)} {number(MARGIN)})"})
    for line in where.lines:
        points = " ".join(f"{number(x)},{number(y)}" for x, y in line)
        ET.SubElement(body, "polyline", {"class": "l", "points": points})
    _finish(scene, body, where, kind)
    return ET.tostring(root, encoding="unicode")


def _finish(scene: _Scene, body: ET.Element, where: Placed, kind: Kind) -> None:
    """Arrows first, so that one which passes a box passes behind it."""
    at = {key(seat.contact.name or ""): where.at[place] for place, seat in enumerate(scene.seats) if seat.contact}
    for contact in scene.judgement.contacts.values():
        for name in contact.influenced_by:
            start, end = at.get(key(name)), at.get(key(contact.name or ""))
            if start and end and start != end:
                ET.SubElement(body, "path", {"class": "a", "d": _arrow(start, end), "marker-end": f"url(#arrow-{kind})"})  # fmt: skip
    for place, seat in enumerate(scene.seats):
        _box(scene, body, seat, *where.at[place])


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A bow from the edge of one box to the edge of another."""
    (sx, sy), (ex, ey) = ((x + WIDTH / 2, y + HEIGHT / 2) for x, y in (start, end))
    bend = 0.12
    mx, my = (sx + ex) / 2 - (ey - sy) * bend, (sy + ey) / 2 + (ex - sx) * bend
    (ax, ay), (bx, by) = _edge(sx, sy, mx, my), _edge(ex, ey, mx, my)
    return f"M{number(ax)} {number(ay)} Q{number(mx)} {number(my)} {number(bx)} {number(by)}"


def _edge(x: float, y: float, tx: float, ty: float) -> tuple[float, float]:
    """Where the line from the middle of a box towards a point leaves the box."""
    dx, dy = tx - x, ty - y
    share = min(WIDTH / 2 / abs(dx) if dx else 1e9, HEIGHT / 2 / abs(dy) if dy else 1e9)
    return x + dx * share, y + dy * share


def _box(scene: _Scene, body: ET.Element, seat: Seat, x: float, y: float) -> None:
    box = ET.SubElement(body, "g", {"transform": f"translate({number(x)} {number(y)})"})
    ET.SubElement(box, "title").text = shown(_described(scene, seat))
    if seat.contact is None:
        _empty_box(scene, box, seat)
        return
    contact, judgement = seat.contact, scene.judgement
    here, old = is_active(contact), is_stale(contact, judgement)
    fill, strip = FILL[contact.support]
    # What is pale stays readable: only the colour fades, the words keep theirs.
    ET.SubElement(box, "rect", {
        "width": number(WIDTH), "height": number(HEIGHT), "rx": "4", "fill": fill if here else "#fff",
        "fill-opacity": "0.4" if old else "1", "stroke": INK if here else PALE, "stroke-width": number(BORDER[contact.influence]),
    })  # fmt: skip
    ET.SubElement(box, "rect", {
        "width": number(STRIP), "height": number(HEIGHT), "rx": "4", "fill": strip if here else PALE, "fill-opacity": "0.55" if old else "1",
    })  # fmt: skip
    sign = GONE if not here else UNKNOWN if contact.support is None else SIGN_OF[contact.support]
    put_text(box, STRIP / 2, HEIGHT / 2 + 4, sign, "s")
    held = sorted(contact.buying_roles, key=lambda role: role.place)
    room = WIDTH - STRIP - 7 - BADGE * len(held)
    name = (STALE if old else "") + (contact.name or "")
    said = put_text(box, STRIP + 4, 15, clipped(name, int(room / LETTER)), "n")
    if not here:
        said.set("text-decoration", "line-through")
    for place, role in enumerate(reversed(held)):
        cx = WIDTH - 9 - BADGE * place
        ET.SubElement(box, "circle", {"cx": number(cx), "cy": "11", "r": "6", "fill": NAVY})
        put_text(box, cx, 14, role.value[0].upper(), "b")
    post = contact.title or contact.department or ""
    put_text(box, STRIP + 4, 28, clipped(post, int((WIDTH - STRIP - 8) / 4.7)), "p")
    _foot(scene, box, contact)


def _foot(scene: _Scene, box: ET.Element, contact: Contact) -> None:
    """Our counterpart, and at the right how many flags are open, with the sign of the heaviest."""
    flags = scene.flags.get(key(contact.name or ""), [])
    if flags:
        put_text(box, WIDTH - 5, 42, f"{SIGN[flags[0].severity]}{len(flags)}", "e")
    if is_active(contact) and never_met(contact):
        put_text(box, STRIP + 4, 42, NOT_MET.to(scene.lang), "p")
    elif contact.counterpart:
        put_text(box, STRIP + 4, 42, "⇄ " + clipped(contact.counterpart, 17), "p")


def _empty_box(scene: _Scene, box: ET.Element, seat: Seat) -> None:
    ET.SubElement(box, "rect", {
        "width": number(WIDTH), "height": number(HEIGHT), "rx": "4", "fill": "#fff", "stroke": PALE, "stroke-width": "1.4", "stroke-dasharray": "2 3",
    })  # fmt: skip
    role = seat.role
    name = role.label.to(scene.lang) if role else seat.name
    put_text(box, 8, 19, clipped(name, int((WIDTH - 12) / LETTER)), "n")
    put_text(box, 8, 35, (NOBODY_YET if role else NOT_ON_PEOPLE).to(scene.lang), "p")
    flags = scene.flags.get(key(role.value if role else seat.name), [])
    if flags:
        put_text(box, WIDTH - 5, 42, f"{SIGN[flags[0].severity]}{len(flags)}", "e")


def _described(scene: _Scene, seat: Seat) -> str:
    """A box in words: for a pointer that rests on it, and for a screen reader."""
    return SEMICOLON.to(scene.lang).join(_facts(scene, seat))


def _facts(scene: _Scene, seat: Seat) -> Iterator[str]:
    lang, contact = scene.lang, seat.contact
    colon, comma = COLON.to(lang), COMMA.to(lang)
    if contact is None:
        yield seat.role.label.to(lang) if seat.role else seat.name
        yield (NOBODY_YET if seat.role else NOT_ON_PEOPLE).to(lang).removeprefix(f"{EMPTY} ")
        return
    yield comma.join(filter(None, (contact.name, contact.title, contact.department)))
    if contact.buying_roles:
        yield comma.join(role.label.to(lang) for role in sorted(contact.buying_roles, key=lambda role: role.place))
    yield f"{_INFLUENCE.to(lang)}{colon}{signed(contact.influence, lang)}"
    evidence = (contact.evidence_grade or EvidenceGrade.NONE).label.to(lang)
    yield f"{_SUPPORT.to(lang)}{colon}{signed(contact.support, lang)}" + (f" ({evidence})" if contact.support else "")
    if not is_active(contact) and contact.post_status:
        yield contact.post_status.label.to(lang)
    elif never_met(contact):
        yield NOT_MET.to(lang)
    if contact.reports_to:
        yield REPORTS_TO.say(lang, {"name": contact.reports_to})
    if contact.influenced_by:
        yield INFLUENCED_BY.say(lang, {"names": contact.influenced_by})
    if contact.counterpart:
        yield MET_BY.say(lang, {"name": contact.counterpart})
    flags = scene.flags.get(key(contact.name or ""), [])
    if flags:
        yield FLAGS.say(lang, {"codes": list(dict.fromkeys(flag.code for flag in flags))})


_INFLUENCE, _SUPPORT = (TABLE["contacts"].by_code[code].label for code in ("influence", "support"))

AXIS, HEAD = 68.0, 20.0
COLUMNS: tuple[Support | None, ...] = (*reversed(Support), None)
TALLEST = 5  # boxes of a field that stand one above the other before a second column begins


def _on_the_grid(scene: _Scene) -> str:
    """Influence down, support across; who has left stands nowhere, the seats that nobody holds where nothing is known."""
    fields: dict[tuple[Influence, Support | None], list[int]] = {}
    for place, seat in enumerate(scene.seats):
        if seat.contact is None:
            if seat.role is not None:
                fields.setdefault((Influence.LOW, None), []).append(place)
        elif is_active(seat.contact):
            contact = seat.contact
            fields.setdefault((contact.influence or Influence.LOW, contact.support), []).append(place)
    wide = [max((ceil(len(fields.get((i, s), ())) / TALLEST) for i in Influence), default=1) or 1 for s in COLUMNS]
    lefts = [AXIS + sum(wide[:n]) * (WIDTH + GAP) + GAP * n for n in range(len(COLUMNS) + 1)]
    where, tops = Placed(0, 0), [HEAD]
    for influence in Influence:
        most = 1
        for n, support in enumerate(COLUMNS):
            mine = fields.get((influence, support), [])
            for turn, place in enumerate(mine):
                x, y = lefts[n] + turn % wide[n] * (WIDTH + GAP), tops[-1] + turn // wide[n] * (HEIGHT + GAP)
                where.at[place] = (x + GAP / 2, y + GAP / 2)
            most = max(most, ceil(len(mine) / wide[n]))
        tops.append(tops[-1] + most * (HEIGHT + GAP) + GAP)
    stands = [place for place in range(len(scene.seats)) if place in where.at]
    kept = _Scene(scene.judgement, scene.lang, [scene.seats[place] for place in stands], scene.flags)
    boxes = Placed(lefts[-1], tops[-1], {new: where.at[old] for new, old in enumerate(stands)})
    root = _root(kept, "power", boxes.width, boxes.height)
    body = ET.SubElement(root, "g", {"transform": f"translate({number(MARGIN)} {number(MARGIN)})"})
    _axes(body, scene.lang, lefts, tops)
    _finish(kept, body, boxes, "power")
    return ET.tostring(root, encoding="unicode")


def _axes(body: ET.Element, lang: Lang, lefts: Sequence[float], tops: Sequence[float]) -> None:
    for n, support in enumerate(COLUMNS):
        for row in range(len(Influence)):
            fill = FILL[support][0]
            ET.SubElement(body, "rect", {
                "x": number(lefts[n]), "y": number(tops[row]), "width": number(lefts[n + 1] - lefts[n] - GAP / 2),
                "height": number(tops[row + 1] - tops[row] - GAP / 2), "fill": fill, "fill-opacity": "0.35",
            })  # fmt: skip
        said = f"{UNKNOWN} {UNKNOWN_SUPPORT.to(lang)}" if support is None else f"{SIGN_OF[support]} {support.label.to(lang)}"  # fmt: skip
        put_text(body, (lefts[n] + lefts[n + 1]) / 2, 13, said, "n m")
    for row, influence in enumerate(Influence):
        put_text(body, 0, (tops[row] + tops[row + 1]) / 2, f"{SIGN_OF[influence]} {influence.label.to(lang)}", "n")
