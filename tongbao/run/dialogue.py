"""The questions about two periods, asked one after the other in the window; each answer is kept before the next one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from tongbao.matching import question_text
from tongbao.matching.answers import Answer, Mark, Verdict, answer
from tongbao.matching.asking import Offers
from tongbao.matching.decisions_aside import Decision
from tongbao.matching.quoting import which
from tongbao.matching.replies import MEANINGS, Move, Reader, Reply
from tongbao.matching.two_periods import Cause, How, Matching, Question
from tongbao.model import ANSWERS_FILE, Ledger, Place, Row
from tongbao.words.columns import WINDOW, cut, wrapped

# Shows lines and gives what is typed behind the prompt; None where nobody is there. Without a prompt it only shows.
Talk = Callable[[Sequence[str], str], str | None]
Keep = Callable[[Decision], None]

_TAKING = (Verdict.SAME, Verdict.SPLIT)


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
        *MEANINGS,
    ]


class Dialogue:
    """One round of questions. `replies` are the answers so far, by the number of the question.

    `is_over`: whoever was asked wants no more questions, or is not there.
    """

    def __init__(
        self, asked: Sequence[Question], matching: Matching, ledgers: tuple[Ledger, Ledger], keep: Keep
    ) -> None:
        self.asked, self._ledgers, self._keep = asked, ledgers, keep
        self.replies: dict[int, Reply] = {}
        self.is_over = False
        pairs = (*matching.pairs, *matching.split)
        self._partners: Mapping[Place, Row] = {pair.current.place: pair.prior for pair in pairs}
        self._answered = {pair.current.place for pair in pairs if pair.how is How.ANSWER}
        self._offers, self._reader = Offers(asked, matching.new), Reader(ledgers[1])
        self._sheets = any(len({r.place.sheet for r in (*one.rows, *one.closed)}) > 1 for one in ledgers)
        self._typed_before = ""  # what was typed at this question and is to be typed once more

    def hold(self, talk: Talk, opening: Sequence[str]) -> list[Answer]:
        """Asks, and gives the answers; those that were given are kept whatever ends it."""
        try:
            self._ask_all(talk, opening)
        except KeyboardInterrupt:
            talk(["", *self._kept_so_far()], "")
            raise
        if self.replies:
            left = len(self.asked) - len(self.replies)
            talk([f"答了{len(self.replies)}问{f'，还有{left}问以后再答' if left else ''}。"], "")
        return [one for number in self.replies for one in self._answers(number)]

    def _ask_all(self, talk: Talk, opening: Sequence[str]) -> None:
        number: int | None = 0
        before, fresh = list(opening), True
        while number is not None:
            offered = self._offered(number)
            shown = self._shown(number, offered) if fresh else []
            said = [line for one in before for line in wrapped("", one)]
            typed = talk([*said, *shown], _prompt(len(offered)))
            if typed is None:
                self.is_over = True
                return
            read = self._reader.read(typed, [row for row, _ in offered])
            if read is Move.SKIP_ALL:
                self.is_over = True
                return
            number, before, fresh = self._after(number, read, typed)

    def _after(self, number: int, read: Reply | Move | str, typed: str) -> tuple[int | None, list[str], bool]:
        """What comes next: which question, what is said before it, and whether it is shown (again)."""
        match read:
            case str():
                return number, [read], False
            case Move.HELP:
                return number, list(MEANINGS), True
            case Move.BACK if number == 0:
                return number, ["这是第一问，前面没有了。"], False
            case Move.BACK:
                return number - 1, [], True
            case Move.CLEAR:
                return number, self._cleared(number), True
            case Reply():
                return self._replied(number, read, typed)
        return self._next(number), [], True

    def _replied(self, number: int, reply: Reply, typed: str) -> tuple[int | None, list[str], bool]:
        reply = self._as_merged(number, reply)
        if objection := self._objection(number, reply, typed):
            return number, [objection], False
        self.replies[number] = reply
        self._keep(self._decision(number))
        told = cut(f"  记下：{question_text.said(reply)}", WINDOW)
        more = reply.verdict is Verdict.DIFFERENT and self.asked[number].row.is_open
        return self._next(number), [told, *(["  它在本期没有了，最后还会问一下去向。"] if more else [])], True

    def _next(self, number: int) -> int | None:
        """The next question without an answer; what was answered is met again only on the way back."""
        return next((n for n in range(number + 1, len(self.asked)) if n not in self.replies), None)

    def _cleared(self, number: int) -> list[str]:
        if self.replies.pop(number, None) is None:
            return ["这一问还没有答复。"]
        self._keep(self._decision(number))
        return ["  这一问的答复不要了。"]

    # What can be answered ----------------------------------------------------------------------

    def _as_merged(self, number: int, reply: Reply) -> Reply:
        """A candidate that is the partner of another row is offered only because this row may have gone into it."""
        candidates = {row.place for row, _ in self.asked[number].candidates}
        has_partner = [row.place in self._partners and row.place in candidates for row in reply.rows]
        return Reply(Verdict.MERGED, reply.rows) if reply.verdict is Verdict.SAME and all(has_partner) else reply

    def _objection(self, number: int, reply: Reply, typed: str) -> str:
        """Why an answer cannot be taken, or has to be typed once more; empty where it can."""
        if reply.verdict is Verdict.DIFFERENT and self.asked[number].cause is Cause.LOST:
            return "它在本期没有相近的行，请写明去向：撤销 理由，或 并入 行37；直接回车以后再答。"
        for row in reply.rows if reply.verdict in _TAKING else ():
            merge = f"并入 行{row.place.row}"
            if owner := self._owner(row, number):
                return f"本期第{row.place.row}行已经答给上期{which(owner)}。改用：{merge}；或先返回改那一问。"
            if row.place in self._partners and self._typed_before != f"{number} {typed}":
                self._typed_before = f"{number} {typed}"
                mine = which(self._partners[row.place])
                now = f"程序已把本期第{row.place.row}行对上上期{mine}"
                return f"{now}。确要改成这一项的，再输入一次；并进去的，输入：{merge}。"
        return ""

    def _owner(self, row: Row, number: int) -> Row | None:
        """The prior row to which an answer, given at another question or earlier, has given a row."""
        for other, reply in self.replies.items():
            if other != number and reply.verdict in _TAKING and row.place in {r.place for r in reply.rows}:
                return self.asked[other].row
        return self._partners[row.place] if row.place in self._answered else None

    def _offered(self, number: int) -> list[tuple[Row, float]]:
        taken = {
            row.place
            for other, reply in self.replies.items()
            if other != number and reply.verdict in _TAKING
            for row in reply.rows
        }
        waiting = [n for n in range(len(self.asked)) if n not in self.replies]
        return self._offers.of(number, waiting, taken)

    # What is shown and kept --------------------------------------------------------------------

    def _shown(self, number: int, offered: Sequence[tuple[Row, float]]) -> list[str]:
        question, count = self.asked[number], f"{number + 1}/{len(self.asked)}"
        found = question_text.lines(count, question, offered, self._partners, self._sheets)
        if number == 0 or self.asked[number - 1].cause is not question.cause:
            group = Counter(other.cause for other in self.asked)[question.cause]
            found = ["", question_text.heading(question.cause, group), *found[1:]]
        if reply := self.replies.get(number):
            found.append(cut(f"  已答：{question_text.said(reply)}；直接回车保留", WINDOW))
        return found

    def _decision(self, number: int) -> Decision:
        prior, current = self._ledgers
        periods = (prior.period.label, current.period.label)
        return Decision(periods, Mark.of(self.asked[number].row), tuple(self._answers(number)))

    def _answers(self, number: int) -> list[Answer]:
        reply, row = self.replies.get(number), self.asked[number].row
        if reply is None:
            return []
        return [answer(*self._ledgers, row, reply.verdict, to, reply.reason) for to in reply.rows or (None,)]

    def _kept_so_far(self) -> list[str]:
        count = len(self.replies)
        return [f"已答的{count}问都记下了，下次运行接着问其余的。"] if count else []


def _prompt(count: int) -> str:
    choices = {0: "行号、撤销、并入", 1: "1、0或行号"}.get(count, f"1—{count}、0或行号")
    return f"输入{choices}，？看还能输入什么，直接回车以后再答："
