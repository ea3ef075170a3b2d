"""The questions about two periods, asked one after the other in the window; each answer is kept before the next one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tongbao.matching import question_text
from tongbao.matching.answers import Answer, Mark, Verdict, answer
from tongbao.matching.asking import Offers
from tongbao.matching.decisions_aside import Decision
from tongbao.matching.quoting import which
from tongbao.matching.replies import MEANINGS, Move, Reader, Reply
from tongbao.matching.two_periods import Cause, How, Matching, Question
from tongbao.model import ANSWERS_FILE, Ledger, Row
from tongbao.words.columns import WINDOW, cut, wrapped

# Shows lines and gives what is typed behind the prompt; None where nobody is there. Without a prompt it only shows.
Talk = Callable[[Sequence[str], str], str | None]
Keep = Callable[[Decision], None]


def nobody(_lines: Sequence[str], _prompt: str) -> str | None:
    """There is no console."""
    return None


def opening(count: int, *, again: bool) -> list[str]:
    """What is said before the first question; `again`: there was a round before."""
    if again:
        return ["", f"按这些答复重新对了一遍，还有{count}问："]
    return [
        "",
        f"有{count}项拿不准是本期的哪一项，逐项问一下。答一问记一问，随时可以停，下次接着答；",
        f"不想在这里答的，输入 全部跳过，到台账旁边的“{ANSWERS_FILE}”里选。",
        "【】里是与上期不同的字词。",
        *MEANINGS,
    ]


class Round:
    """Questions with the answers given so far. `replies`: those by the number of the question."""

    def __init__(self, asked: Sequence[Question], matching: Matching, ledgers: tuple[Ledger, Ledger]) -> None:
        self.asked, self.ledgers = asked, ledgers
        self.replies: dict[int, Reply] = {}
        self.partners = matching.priors
        self._by_answer = {pair.current.place for pair in matching.pairs if pair.how is How.ANSWER}
        self._offers = Offers(asked, matching.new)
        self._to_confirm = ""

    def next(self, number: int) -> int | None:
        """The next question without an answer; what was answered is met again only on the way back."""
        return next((n for n in range(number + 1, len(self.asked)) if n not in self.replies), None)

    def offered(self, number: int) -> list[tuple[Row, float]]:
        """The rows that a question offers, with their likeness: none that an answer to another one has taken."""
        taken = {row.place for n, reply in self.replies.items() if n != number for row in _taken(reply)}
        waiting = [n for n in range(len(self.asked)) if n not in self.replies]
        return self._offers.of(number, waiting, taken)

    def as_meant(self, number: int, reply: Reply) -> Reply:
        """An answer as it is meant: a candidate that another row has already is one that this may have joined."""
        candidates = {row.place for row, _ in self.asked[number].candidates}
        joins = all(row.place in self.partners and row.place in candidates for row in reply.rows)
        return Reply(Verdict.MERGED, reply.rows) if reply.verdict is Verdict.SAME and joins else reply

    def objection(self, number: int, reply: Reply) -> str:
        """Why an answer cannot be taken, or has to be given once more; empty where it can."""
        if reply.verdict is Verdict.DIFFERENT and self.asked[number].cause is Cause.LOST:
            return "它在本期没有相近的行，请写明去向：撤销 理由，或 并入 行37；直接回车以后再答。"
        for row in _taken(reply):
            merge = f"并入 行{row.place.row}"
            if owner := self._owner(row, number):
                return f"本期第{row.place.row}行已经答给上期{which(owner)}。改用：{merge}；或先返回改那一问。"
            if row.place in self.partners and self._to_confirm != (once := f"{number} {row.place}"):
                self._to_confirm = once
                now = f"程序已把本期第{row.place.row}行对上上期{which(self.partners[row.place])}"
                return f"{now}。确要改成这一项的，再输入一次；并进去的，输入：{merge}。"
        return ""

    def _owner(self, row: Row, number: int) -> Row | None:
        """The prior row to which an answer, given at another question or earlier, has given a row."""
        for other, reply in self.replies.items():
            if other != number and row.place in {taken.place for taken in _taken(reply)}:
                return self.asked[other].row
        return self.partners[row.place] if row.place in self._by_answer else None

    def answers(self, number: int) -> list[Answer]:
        """The answers to one question: several where a row was split, none where it is open."""
        reply, row = self.replies.get(number), self.asked[number].row
        if reply is None:
            return []
        return [answer(*self.ledgers, row, reply.verdict, to, reply.reason) for to in reply.rows or (None,)]

    def decision(self, number: int) -> Decision:
        """The same, as it is kept."""
        prior, current = (ledger.period.label for ledger in self.ledgers)
        return Decision((prior, current), Mark.of(self.asked[number].row), tuple(self.answers(number)))


def _taken(reply: Reply) -> tuple[Row, ...]:
    """The rows of now that no other prior row can have besides."""
    return reply.rows if reply.verdict in (Verdict.SAME, Verdict.SPLIT) else ()


@dataclass(frozen=True, slots=True)
class _Then:
    """What comes after something was typed: which question, what is said before it, whether it is shown (again)."""

    number: int | None
    said: Sequence[str] = ()
    shows: bool = True


class Dialogue:
    """One round of questions, asked. `is_over`: whoever was asked wants no more questions, or is not there."""

    def __init__(self, asked: Round, keep: Keep) -> None:
        self.round, self._keep = asked, keep
        self.is_over = False
        self._reader = Reader(asked.ledgers[1])
        self._sheets = any(len({r.place.sheet for r in (*one.rows, *one.closed)}) > 1 for one in asked.ledgers)
        self._cause: Cause | None = None  # of the question that was shown last

    def hold(self, talk: Talk, opening: Sequence[str]) -> list[Answer]:
        """Asks, and gives the answers; those that were given are kept whatever ends it."""
        replies = self.round.replies
        try:
            self._ask_all(talk, opening)
        except KeyboardInterrupt:
            talk(["", f"已答的{len(replies)}问都记下了，下次运行接着问其余的。"] if replies else [], "")
            raise
        if replies:
            left = len(self.round.asked) - len(replies)
            talk([f"答了{len(replies)}问{f'，还有{left}问以后再答' if left else ''}。"], "")
        return [one for number in replies for one in self.round.answers(number)]

    def _ask_all(self, talk: Talk, opening: Sequence[str]) -> None:
        now = _Then(0, opening)
        while now.number is not None and not self.is_over:
            offered = self.round.offered(now.number)
            said = [line for one in now.said for line in wrapped("", one)]
            shown = self._shown(now.number, offered) if now.shows else []
            typed = talk([*said, *shown], _prompt(len(offered)))
            read = Move.SKIP_ALL if typed is None else self._reader.read(typed, [row for row, _ in offered])
            now = self._after(now.number, read)
        talk(now.said, "")

    def _after(self, number: int, read: Reply | Move | str) -> _Then:
        match read:
            case str():
                return _Then(number, [read], shows=False)
            case Reply():
                return self._replied(number, read)
            case Move.HELP:
                return _Then(number, MEANINGS)
            case Move.BACK:
                return _Then(number - 1) if number else _Then(number, ["这是第一问，前面没有了。"], shows=False)
            case Move.CLEAR:
                return _Then(number, self._cleared(number))
            case Move.SKIP_ALL:
                self.is_over = True
                return _Then(None)
        return _Then(self.round.next(number))

    def _replied(self, number: int, reply: Reply) -> _Then:
        reply = self.round.as_meant(number, reply)
        if objection := self.round.objection(number, reply):
            return _Then(number, [objection], shows=False)
        self.round.replies[number] = reply
        self._keep(self.round.decision(number))
        gone = reply.verdict is Verdict.DIFFERENT and self.round.asked[number].row.is_open
        told = [cut(f"  记下：{question_text.said(reply)}", WINDOW)]
        return _Then(self.round.next(number), [*told, "  它的去向（撤销、并入）最后再问。"] if gone else told)

    def _cleared(self, number: int) -> list[str]:
        if self.round.replies.pop(number, None) is None:
            return ["这一问还没有答复。"]
        self._keep(self.round.decision(number))
        return ["  这一问的答复不要了。"]

    def _shown(self, number: int, offered: Sequence[tuple[Row, float]]) -> list[str]:
        asked = self.round.asked
        question, count = asked[number], f"{number + 1}/{len(asked)}"
        found = ["", *question_text.lines(count, question, offered, self.round.partners, sheets=self._sheets)]
        if self._cause is not question.cause:
            self._cause = question.cause
            group = Counter(other.cause for other in asked)[question.cause]
            found = ["", question_text.heading(question.cause, group), *found[1:]]
        if reply := self.round.replies.get(number):
            found.append(cut(f"  已答（直接回车保留）：{question_text.said(reply)}", WINDOW))
        return found


def _prompt(count: int) -> str:
    choices = {0: "行号、撤销、并入", 1: "1、0或行号"}.get(count, f"1—{count}、0或行号")
    return f"输入{choices}，？看还能输入什么，直接回车以后再答："
