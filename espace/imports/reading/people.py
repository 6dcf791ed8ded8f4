"""Who is who: all the ways one person is written in a file become one person.

Joined without asking: case, accents, hyphens, order, spaces, and an initial that fits one person
only. Anything else that looks alike is a doubt, which becomes a question.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from espace.imports.reading import names
from espace.imports.reading.dates import fold, one_slip
from espace.imports.reading.names import Written

Writing = tuple[str, str | None]
Key = tuple[str, str, int]


@dataclass(slots=True)
class Slot:
    """One row of a roll, or all the lines of a log written the same way."""

    writing: Writing
    block: int
    own_row: bool
    sheet: str
    line: int
    days: set[date] = field(default_factory=set)


@dataclass(slots=True)
class Person:
    """All the slots of one person; `short` when only an initial of the surname is known."""

    written: list[Written]
    slots: list[int]
    first_key: str
    last_key: str
    short: bool
    blocks: set[int] = field(default_factory=set)
    days: set[date] = field(default_factory=set)

    @property
    def full(self) -> bool:
        return bool(self.last_key) and not self.short


@dataclass(frozen=True, slots=True)
class Doubt:
    """`person` may be one of `others`; `same` is the best guess for a single other."""

    person: int
    others: tuple[int, ...]
    same: bool
    weight: int


@dataclass(frozen=True, slots=True)
class Settled:
    """Labels by person, in order of first appearance; the person of each slot; the doubts."""

    labels: list[str]
    person_of: list[int]
    doubts: list[Doubt]
    places: list[tuple[str, int]]
    surnames: frozenset[str]


class Roster:
    """Collects the names of a file, then settles who is who."""

    def __init__(self) -> None:
        self.slots: list[Slot] = []
        self._by_writing: dict[Writing, int] = {}
        self.leaning = 0.0

    def add_row(self, writing: Writing, block: int, sheet: str, line: int) -> int:
        """Return a new slot: in a roll, two rows are two people unless the same is written."""
        self.slots.append(Slot(writing, block, True, sheet, line))
        return len(self.slots) - 1

    def add_line(self, writing: Writing, sheet: str, line: int) -> int:
        """Return the slot of a log for this writing, the same each time."""
        slot = self._by_writing.get(writing)
        if slot is None:
            slot = self._by_writing[writing] = len(self.slots)
            self.slots.append(Slot(writing, -1, False, sheet, line))
        return slot

    def settle(self) -> Settled:
        """Return the people of the file."""
        written = read_writings({slot.writing for slot in self.slots}, self.leaning)
        people, doubts = _first_people(self.slots, written)
        owner = list(range(len(people)))
        doubts += _join_short(people, owner)
        doubts += _alike(people, owner)
        surnames = {p.last_key for p in people if p.full and len(p.last_key) >= 3}
        return _settled(self.slots, people, owner, doubts, frozenset(surnames))


def read_writings(writings: Iterable[Writing], leaning: float = 0.0) -> dict[Writing, Written]:
    """Return the reading of each writing, unsure orders settled by the rest of the file."""
    found: dict[Writing, Written] = {}
    unsure: list[Writing] = []
    ordered = sorted(writings, key=lambda w: (w[0], w[1] or ""))
    for writing in ordered:
        text, last = writing
        one = names.parse(text) if last is None else names.parse_pair(text, last)
        if one is None:
            one = Written((text or last or "?",), ())
        found[writing] = one
        if not one.sure:
            unsure.append(writing)
    _settle_orders(found, unsure, leaning)
    return found


def _settle_orders(found: dict[Writing, Written], unsure: list[Writing], leaning: float) -> None:
    known_first: set[str] = set()
    known_last: set[str] = set()
    by_bag: dict[tuple[str, ...], set[tuple[str, str]]] = defaultdict(set)
    for writing, one in found.items():
        if not one.sure:
            continue
        known_first.update(fold(word) for word in one.first)
        if one.last and not one.short:
            known_last.add(fold(" ".join(one.last)))
            known_last.update(fold(word) for word in one.last)
            by_bag[_bag(one.first + one.last)].add(one.key)
            if writing[1] is None:
                leaning += 1 if fold(one.first[0]) == fold(names.words_of(writing[0])[0]) else -1
    ways = {w: names.splits(found[w].first + found[w].last) for w in unsure}
    scored = {
        w: [(names.score_split(way, known_first, known_last), head, way) for head, way in options]
        for w, options in ways.items()
    }
    for options in scored.values():
        best = {
            head: max((s for s, h, _ in options if h is head), default=0.0)
            for head in (True, False)
        }
        if abs(best[True] - best[False]) >= 1.5:
            leaning += 1 if best[True] > best[False] else -1
    for writing in unsure:
        keys = by_bag.get(_bag(found[writing].first + found[writing].last), set())
        fitting = [way for _, _, way in scored[writing] if way.key in keys]
        if len(keys) == 1 and fitting:
            found[writing] = fitting[0]
            continue
        options = [(s + _lean(head, leaning), head, way) for s, head, way in scored[writing]]
        choice = max(options, key=lambda option: (option[0], option[1]))[2]
        found[writing] = choice
        by_bag[_bag(choice.first + choice.last)].add(choice.key)


def _lean(first_name_first: bool, leaning: float) -> float:
    """A small push towards the order most names of the file use."""
    if leaning == 0:
        return 0.2 if first_name_first else 0.0
    return 0.75 if first_name_first is (leaning > 0) else 0.0


def _bag(words: tuple[str, ...]) -> tuple[str, ...]:
    parts = [part for word in words for part in fold(word).split("-")]
    return tuple(sorted("".join(sign for sign in part if sign.isalnum()) for part in parts))


def _first_people(
    slots: list[Slot], written: dict[Writing, Written]
) -> tuple[list[Person], list[Doubt]]:
    """One person per key; the same name on two rows of one roll is a doubt."""
    repeated = _repeated_rolls(slots, written)
    people: list[Person] = []
    index: dict[Key, int] = {}
    rows: Counter[tuple[int, str, str]] = Counter()
    twins: list[tuple[int, int]] = []
    for number, slot in enumerate(slots):
        one = written[slot.writing]
        first_key, last_key = one.key
        times = 0
        if slot.own_row and slot.block not in repeated:
            times = rows[slot.block, first_key, last_key]
            rows[slot.block, first_key, last_key] += 1
        key = (first_key, last_key, times)
        if key not in index:
            index[key] = len(people)
            people.append(Person([], [], first_key, last_key, one.short))
            if times:
                twins.append((index[key], index[first_key, last_key, times - 1]))
        person = people[index[key]]
        person.written.append(one)
        person.slots.append(number)
        person.days |= slot.days
        if slot.own_row:
            person.blocks.add(slot.block)
    doubts = []
    for twin, other in twins:
        together = len(people[twin].days & people[other].days)
        same = people[twin].full and together <= 1
        doubts.append(Doubt(twin, (other,), same, len(people[twin].days)))
    return people, doubts


def _repeated_rolls(slots: list[Slot], written: dict[Writing, Written]) -> set[int]:
    """Blocks that list nearly everyone twice (morning, afternoon): rows are not people there."""
    counts: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    for slot in slots:
        if slot.own_row:
            counts[slot.block][written[slot.writing].key] += 1
    return {
        block
        for block, names_of in counts.items()
        if len(names_of) >= 3 and sum(n > 1 for n in names_of.values()) >= 0.6 * len(names_of)
    }


def _apart(one: Person, other: Person) -> bool:
    """True when both are rows of one roll, or were often there the same days."""
    if one.blocks & other.blocks:
        return True
    together = len(one.days & other.days)
    return together > 1 and together >= 0.2 * min(len(one.days), len(other.days))


def _join_short(people: list[Person], owner: list[int]) -> list[Doubt]:
    """Initials and lone first names join the only person they fit; otherwise a doubt."""
    by_first: dict[str, list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        by_first[person.first_key].append(index)
    by_last: dict[str, list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        if person.full:
            by_last[person.last_key].append(index)
    doubts: list[Doubt] = []
    for index, person in enumerate(people):
        if person.short:
            fits = [
                o for o in by_first[person.first_key]
                if people[o].full and _begins(people[o], person)
            ]  # fmt: skip
            _decide(people, owner, doubts, index, fits, silent=True)
        elif len(person.first_key) == 1 and person.last_key:
            fits = [
                o for o in by_last[person.last_key]
                if o != index and people[o].first_key.startswith(person.first_key)
            ]  # fmt: skip
            _decide(people, owner, doubts, index, fits, silent=True)
        elif not person.last_key:
            fits = [o for o in by_first[person.first_key] if people[o].last_key]
            fulls = [o for o in fits if people[o].full]
            fulls = fulls or ([] if fits else by_last[person.first_key])
            _decide(people, owner, doubts, index, fulls or fits, silent=False)
    return doubts


def _begins(full: Person, short: Person) -> bool:
    if full.last_key.startswith(short.last_key):
        return True
    words = full.written[0].last
    return len(words) > 1 and "".join(fold(word)[0] for word in words) == short.last_key


def _decide(
    people: list[Person],
    owner: list[int],
    doubts: list[Doubt],
    index: int,
    fits: list[int],
    *,
    silent: bool,
) -> None:
    if not fits:
        return
    person = people[index]
    weight = len(person.days)
    if len(fits) > 1:
        doubts.append(Doubt(index, tuple(fits[:6]), False, weight))
    elif _apart(person, people[fits[0]]):
        if silent:
            doubts.append(Doubt(index, (fits[0],), False, weight))
    elif silent:
        owner[index] = fits[0]
    else:
        doubts.append(Doubt(index, (fits[0],), True, weight))


def _alike(people: list[Person], owner: list[int]) -> list[Doubt]:
    """Full names one slip apart, found by the pieces they share and not by comparing all."""
    pieces: dict[str, list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        if not person.full or owner[index] != index:
            continue
        whole = f"{person.first_key}|{person.last_key}"
        if len(whole) < 9:
            continue
        for cut in {whole} | {whole[:i] + whole[i + 1 :] for i in range(len(whole))}:
            pieces[cut].append(index)
    pairs = {
        (later, earlier)
        for sharing in pieces.values()
        if 1 < len(sharing) <= 50
        for place, later in enumerate(sharing)
        for earlier in sharing[:place]
        if later != earlier
    }
    pairs |= _shortened(people)
    doubts = []
    taken: set[int] = set()
    for later, earlier in sorted(pairs):
        one, other = people[later], people[earlier]
        if later in taken or _apart(one, other) or not _may_be_same(one, other):
            continue
        taken.add(later)
        doubts.append(Doubt(later, (earlier,), True, min(len(one.days), len(other.days))))
    return doubts


def _may_be_same(one: Person, other: Person) -> bool:
    usual = names.first_names()
    if one.first_key != other.first_key:
        if {one.first_key, other.first_key} <= usual:
            return False
        return one.last_key == other.last_key and one_slip(one.first_key, other.first_key)
    if one.last_key == other.last_key:
        return False
    if min(len(one.last_key), len(other.last_key)) < 4:
        return False
    return one_slip(one.last_key, other.last_key) or _part_of(one, other)


def _part_of(one: Person, other: Person) -> bool:
    """True for "Petit" and "Petit-Jean"."""
    parts = [_bag(person.written[0].last) for person in (one, other)]
    return set(parts[0]) < set(parts[1]) or set(parts[1]) < set(parts[0])


def _shortened(people: list[Person]) -> set[tuple[int, int]]:
    by_part: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        if person.full:
            for part in _bag(person.written[0].last):
                if len(part) >= 4:
                    by_part[person.first_key, part].append(index)
    return {
        (later, earlier)
        for sharing in by_part.values()
        if 1 < len(sharing) <= 20
        for place, later in enumerate(sharing)
        for earlier in sharing[:place]
    }


def _settled(
    slots: list[Slot],
    people: list[Person],
    owner: list[int],
    doubts: list[Doubt],
    surnames: frozenset[str],
) -> Settled:
    members: dict[int, list[int]] = defaultdict(list)
    for index in range(len(people)):
        members[owner[index]].append(index)
    first_slot = {o: min(people[i].slots[0] for i in group) for o, group in members.items()}
    order = sorted(members, key=lambda o: first_slot[o])
    final = {o: place for place, o in enumerate(order)}
    person_of = [0] * len(slots)
    for o, group in members.items():
        for index in group:
            for slot in people[index].slots:
                person_of[slot] = final[o]
    labels = [_label([people[i] for i in members[o]], surnames) for o in order]
    places = [(slots[first_slot[o]].sheet, slots[first_slot[o]].line) for o in order]
    kept = []
    for doubt in doubts:
        person = final[owner[doubt.person]]
        others = tuple(
            dict.fromkeys(final[owner[o]] for o in doubt.others if final[owner[o]] != person)
        )
        if others:
            kept.append(Doubt(person, others, doubt.same, doubt.weight))
    return Settled(labels, person_of, kept, places, surnames)


def _label(group: list[Person], surnames: frozenset[str]) -> str:
    """The best written first name, and the initial of the fullest surname.

    A lone word that is a surname of the file gives its initial only.
    """
    lone = group[0].first_key
    if len(group) == 1 and not group[0].last_key and lone in surnames - names.first_names():
        return f"{group[0].written[0].first[0][0].upper()}."
    written = [one for person in group for one in person.written]
    fullest = max(written, key=lambda one: (bool(one.last) and not one.short, bool(one.last)))
    alike = [one for one in written if names.squeeze(one.first) == names.squeeze(fullest.first)]
    times = Counter(one.first for one in alike)
    first = max(times, key=lambda words: (names.care(" ".join(words)), times[words]))
    lasts = Counter(one.last for one in alike if bool(one.last) and one.short == fullest.short)
    last = max(lasts, key=lambda words: (names.care(" ".join(words))[0], lasts[words]), default=())
    return names.label(Written(first, last))
