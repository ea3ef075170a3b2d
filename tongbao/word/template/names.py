"""The names that a template may use, and the check that it uses no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jinja2 import TemplateSyntaxError, nodes

from tongbao.model import Problem
from tongbao.word.template.checking import check_tags, look_through
from tongbao.word.template.engine import Filters, open_template
from tongbao.word.template.source import Source
from tongbao.word.template.values import Gate
from tongbao.words.text import nearest


@dataclass(frozen=True, slots=True)
class Name:
    """What a template may do with a name: write `.field` after it, loop over its `items`, print it.

    A name with neither fields nor items is a plain text, which can be printed; one with them only where `prints` says
    so. `open` allows any field.
    """

    fields: Mapping[str, Name] = field(default_factory=dict)
    items: Name | None = None
    prints: bool = False
    open: bool = False

    @property
    def printable(self) -> bool:
        """Whether it can stand in `{{ }}` alone."""
        return self.prints or self.open or not (self.fields or self.items)


ANYTHING = Name(open=True)
_LOOP = Name({name: Name() for name in ("index", "index0", "first", "last", "length", "revindex")}, open=False)


def check_template(
    template: bytes, names: Mapping[str, Name], filters: Filters, name: str, results: Mapping[str, Name] | None = None
) -> list[Problem]:
    """All mistakes of a template, unknown names among them; an empty list says that it may be used.

    `name` is the template's file name, for messages. `results` are the shapes of what filters give, by filter, where
    that differs from what they are given. Raises Refusal where the template is no Word file.
    """
    gate = Gate(name)
    circular = open_template(template, filters, gate)
    sources = look_through(circular, gate)
    check_tags(sources, circular.env, gate)
    for source in sources:
        try:
            tree = circular.env.parse(source.text)
        except TemplateSyntaxError:
            continue  # told already
        _Reader(source, gate, tuple(circular.env.filters), results or {}).block(tree.body, dict(names))
    return gate.problems


@dataclass
class _Reader:
    """Follows the names in one part of a template through its conditions and loops."""

    source: Source
    gate: Gate
    filters: tuple[str, ...]
    results: Mapping[str, Name]

    def block(self, statements: Iterable[nodes.Node], scope: dict[str, Name]) -> None:
        """Reads statements in order. Names that one of them sets are added to `scope` for the later ones."""
        for statement in statements:
            self._statement(statement, scope)

    def _statement(self, node: nodes.Node, scope: dict[str, Name]) -> None:
        match node:
            case nodes.Output(nodes=parts):
                for part in parts:
                    self._printed(part, scope)
            case nodes.If(test=test, body=body, elif_=others, else_=otherwise):
                self._shape(test, scope)
                for branch in (body, others, otherwise):
                    self.block(branch, scope)
            case nodes.For(target=target, iter=over, test=test, body=body, else_=otherwise):
                inner = scope | self._bound(target, over, scope) | {"loop": _LOOP}
                if test:
                    self._shape(test, inner)
                self.block(body, inner)
                self.block(otherwise, scope)
            case nodes.Assign(target=nodes.Name(name=name), node=value):
                scope[name] = self._shape(value, scope)
            case _:
                self.block(node.iter_child_nodes(), scope)

    def _bound(self, target: nodes.Node, over: nodes.Node, scope: dict[str, Name]) -> dict[str, Name]:
        shape = self._shape(over, scope)
        if shape.items is None and not shape.open:
            self._note(over, f"“{_spelt(over)}”不是清单，不能循环", "循环用清单，如 {%p for 项 in 滞后 %}")
        if isinstance(target, nodes.Name):
            return {target.name: shape.items or ANYTHING}
        return {name.name: ANYTHING for name in target.find_all(nodes.Name)}

    def _printed(self, node: nodes.Node, scope: dict[str, Name]) -> None:
        shape = self._shape(node, scope)
        if not shape.printable:
            # Four fields are enough for an example.
            some = "、".join(f"{_spelt(node)}.{name}" for name in list(shape.fields)[:4])
            self._note(
                node, f"“{_spelt(node)}”不能直接印出", f"写到具体的一项，如 {some}" if some else "用循环或过滤器"
            )

    def _shape(self, node: nodes.Node, scope: dict[str, Name]) -> Name:
        """What can be done with the value of an expression; notes the names in it that do not exist."""
        match node:
            case nodes.Name(name=name, ctx="load"):
                return self._known(node, name, scope, name)
            case nodes.Getattr(node=owner, attr=name) | nodes.Getitem(node=owner, arg=nodes.Const(value=str() as name)):
                shape = self._shape(owner, scope)
                return (
                    ANYTHING
                    if shape.open and name not in shape.fields
                    else self._known(node, name, shape.fields, _spelt(node))
                )
            case nodes.Filter(node=value, name=name):
                shapes = [self._shape(child, scope) for child in node.iter_child_nodes()]
                if name not in self.filters:
                    self._unknown(node, f"没有“{name}”这个过滤器", name, self.filters)
                if name in self.results:
                    return self.results[name]
                return Name(items=shapes[0].items, prints=True) if value and shapes and shapes[0].items else ANYTHING
            case nodes.TemplateData() | nodes.Const():
                return Name()
            case _:
                for child in node.iter_child_nodes():
                    self._shape(child, scope)
                return ANYTHING

    def _known(self, node: nodes.Node, name: str, known: Mapping[str, Name], spelt: str) -> Name:
        if name in known:
            return known[name]
        self._unknown(node, f"没有“{spelt}”这个名称", name, known)
        return ANYTHING

    def _unknown(self, node: nodes.Node, message: str, name: str, known: Iterable[str]) -> None:
        near = nearest(name, known)
        listed = "、".join(k for k in known if not k.isascii())
        fix = f"是不是“{near}”？" if near else f"可用的有：{listed}" if listed else "照模板说明改写"
        self._note(node, message, fix)

    def _note(self, node: nodes.Node, message: str, fix: str) -> None:
        self.gate.note(message, fix, self.source.paragraph(node.lineno))


def _spelt(node: nodes.Node) -> str:
    """An expression as the template writes it; `…` for all that is not a name, a field or a filter."""
    match node:
        case nodes.Name(name=name):
            return name
        case nodes.Getattr(node=owner, attr=name) | nodes.Getitem(node=owner, arg=nodes.Const(value=str() as name)):
            return f"{_spelt(owner)}.{name}"
        case nodes.Filter(node=nodes.Node() as value, name=name):
            return f"{_spelt(value)}|{name}"
        case _:
            return "…"
