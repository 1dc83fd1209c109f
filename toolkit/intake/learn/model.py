"""What was understood of a blank form, with the place of everything, and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from toolkit.core.scheme import Scheme
from toolkit.intake.foreign import How
from toolkit.intake.foreign.model import Piece


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of the blank form about a setting.

    Attributes:
        label: the setting, as 评分参数 calls it.
        value: what it is, as 评分参数 writes it.
        text: the words that say so.
        place: where they stand.
        how: exactly, by an alias, or as a suggestion.
        confidence: 0 to 1.
    """

    label: str
    value: str
    text: str
    place: str
    how: How = How.EXACT
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Unread:
    """Words of the blank form that were not understood, or understood and not taken, and why."""

    text: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Learned:
    """A blank form as it was understood.

    Attributes:
        claims: what it says, one for each setting, in the order of the form.
        assumed: settings that it does not state, with the value they get and why, by label.
        confirmed: statements that agree with what is computed anyway: no setting, but read.
        unread: what was not understood or has no place in the template.
        contradictions: statements of the form that contradict one another, Chinese sentences.
        notes: what the officer should know besides, Chinese sentences.
        base: the scheme that says what the form does not.
    """

    claims: tuple[Claim, ...]
    assumed: Mapping[str, tuple[str, str]]
    confirmed: tuple[Claim, ...]
    unread: tuple[Unread, ...]
    contradictions: tuple[str, ...]
    notes: tuple[str, ...]
    base: Scheme

    @property
    def settings(self) -> dict[str, str]:
        """Return all settings by label, those that were assumed included."""
        return {claim.label: claim.value for claim in self.claims} | {
            label: value for label, (value, _) in self.assumed.items()
        }


@dataclass(slots=True)
class Notebook:
    """What is noted down while one blank form is read.

    Attributes:
        used: rows and columns of the cells that were understood.
        ruled: indicators of which the form says that 执行率 decides their points.
        absent: settings that follow from what the form does not have, with the value and the reason.
    """

    claims: list[Claim] = field(default_factory=list)
    confirmed: list[Claim] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    used: set[tuple[int, int]] = field(default_factory=set)
    absent: dict[str, tuple[str, str]] = field(default_factory=dict)
    ruled: dict[str, Claim] = field(default_factory=dict)

    def claim(self, label: str, value: str, piece: Piece, how: How = How.EXACT, confidence: float = 1.0) -> None:
        """Note what a cell says about a setting."""
        self.claims.append(Claim(label, value, "".join(piece.text.split()), piece.place, how, confidence))
        self.use([piece])

    def use(self, pieces: Iterable[Piece | None]) -> None:
        """Remember that these cells were understood."""
        self.used.update((piece.row, piece.column) for piece in pieces if piece is not None)

    def is_used(self, piece: Piece) -> bool:
        """Tell whether a cell was understood."""
        return (piece.row, piece.column) in self.used

    def leave(self, piece: Piece, reason: str) -> None:
        """Note that a cell was not taken."""
        self.unread.append(Unread(" ".join(piece.text.split()), piece.place, reason))
        self.use([piece])

    def of(self, label: str) -> Iterator[Claim]:
        """Yield the claims about a setting."""
        yield from (claim for claim in self.claims if claim.label == label)
