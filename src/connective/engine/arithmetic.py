"""Arithmetic of scenario authors: exact decimals, a small total parser, no names but a few."""

import decimal
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from connective.engine.values import Refused, plain

MAX_LENGTH: Final = 1000
MAX_DEPTH: Final = 50
_TOKENS: Final = re.compile(r"\s*(?:(\d+\.?\d*|\.\d+)|([a-z]+)|(\*\*|//|[-+*/%^(),]))")
_CONTEXT: Final = decimal.Context(prec=34, Emax=999, Emin=-999)
Number = Decimal


def calculate(expression: str) -> int | float:
    """The value of an expression such as `(2 + 3) * round(7.5)`; raises Refused."""
    if len(expression) > MAX_LENGTH:
        raise Refused("bad_expression", "the expression is too long")
    with decimal.localcontext(_CONTEXT):
        try:
            return plain(_Parser(_tokens(expression)).whole())
        except decimal.DivisionByZero as error:
            raise Refused("division_by_zero", "division by zero") from error
        except decimal.DecimalException as error:
            raise Refused("bad_expression", "the result is out of range") from error


def _tokens(expression: str) -> list[str]:
    found: list[str] = []
    position, end = 0, len(expression.rstrip())
    while position < end:
        match = _TOKENS.match(expression, position)
        if match is None:
            raise Refused("bad_expression", f"not arithmetic: {expression[position:][:20]}")
        found.append(match.group().strip())
        position = match.end()
    return found


def _round(value: Number, digits: Number = Decimal(0)) -> Number:
    if not 0 <= digits <= 20 or digits != int(digits):
        raise Refused("bad_expression", "round takes 0 to 20 digits")
    return value.quantize(Decimal(1).scaleb(-int(digits)), decimal.ROUND_HALF_UP)


_FUNCTIONS: Final[dict[str, tuple[int, int, Callable[..., Number]]]] = {
    "abs": (1, 1, abs),
    "ceil": (1, 1, lambda value: value.to_integral_value(decimal.ROUND_CEILING)),
    "floor": (1, 1, lambda value: value.to_integral_value(decimal.ROUND_FLOOR)),
    "max": (1, 50, max),
    "min": (1, 50, min),
    "round": (1, 2, _round),
    "sqrt": (1, 1, lambda value: value.sqrt()),
}


class _Parser:
    """Recursive descent over sums, products, signs and powers."""

    __slots__ = ("at", "depth", "tokens")

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def whole(self) -> Number:
        value = self.sum()
        if self.at != len(self.tokens):
            raise Refused("bad_expression", f"unexpected {self.tokens[self.at]}")
        return value

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        token = self.peek()
        if token not in wanted:
            return ""
        self.at += 1
        return token

    def sum(self) -> Number:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Refused("bad_expression", "nested too deep")
        value = self.product()
        while sign := self.take("+", "-"):
            right = self.product()
            value = value + right if sign == "+" else value - right
        self.depth -= 1
        return value

    def product(self) -> Number:
        value = self.signed()
        while sign := self.take("*", "/", "//", "%"):
            right = self.signed()
            if right == 0 and sign != "*":
                raise Refused("division_by_zero", "division by zero")
            value = _PRODUCTS[sign](value, right)
        return value

    def signed(self) -> Number:
        negative = False
        while sign := self.take("+", "-"):
            negative ^= sign == "-"
        value = self.power()
        return -value if negative else value

    def power(self) -> Number:
        value = self.atom()
        if not self.take("**", "^"):
            return value
        exponent = self.raised()
        if abs(exponent) > 999:
            raise Refused("bad_expression", "the exponent is out of range")
        return value**exponent

    def raised(self) -> Number:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Refused("bad_expression", "nested too deep")
        value = self.signed()
        self.depth -= 1
        return value

    def atom(self) -> Number:
        token = self.peek()
        self.at += 1
        if token == "(":
            value = self.sum()
            self.close()
            return value
        if token in _FUNCTIONS:
            return self.function(token)
        if token[:1].isdigit() or token[:1] == ".":
            return Decimal(token)
        raise Refused("bad_expression", f"unexpected {token or 'end'}")

    def function(self, name: str) -> Number:
        if not self.take("("):
            raise Refused("bad_expression", f"{name} needs brackets")
        arguments = [self.sum()]
        while self.take(","):
            arguments.append(self.sum())
        self.close()
        least, most, apply = _FUNCTIONS[name]
        if not least <= len(arguments) <= most:
            raise Refused("bad_expression", f"{name} takes {least} to {most} values")
        return apply(*arguments)

    def close(self) -> None:
        if not self.take(")"):
            raise Refused("bad_expression", "a bracket is not closed")


_PRODUCTS: Final[dict[str, Callable[[Number, Number], Number]]] = {
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
    "//": lambda left, right: (left / right).to_integral_value(decimal.ROUND_FLOOR),
    "%": lambda left, right: left - right * (left / right).to_integral_value(decimal.ROUND_FLOOR),
}
