"""The VBA that tells Excel's function wizard what the functions do; Chinese as code points, for a macro is ASCII."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.addin.module import Kind, Module
from toolkit.functions.catalogue import CATEGORY, FUNCTIONS, MOST_CHARACTERS, Function

NAME = "SelfevalHelp"
_WIDTH = 100
_HEAD = """Option Explicit

' What the function wizard says of the functions. Excel forgets it when it closes: it is told again at each start.

Public Sub Auto_Open()
    Dim hidden As Boolean
    On Error Resume Next
    DescribeAll
    If Err.Number <> 0 Then
        ' Some versions refuse while the add-in is hidden.
        Err.Clear
        Application.ScreenUpdating = False
        hidden = ThisWorkbook.IsAddin
        ThisWorkbook.IsAddin = False
        DescribeAll
        ThisWorkbook.IsAddin = hidden
        ThisWorkbook.Saved = True
        Application.ScreenUpdating = True
    End If
End Sub

Private Sub DescribeAll()
{calls}
End Sub

Private Sub Describe(ByVal name As String, ByVal purpose As String, ByVal arguments As Variant)
    Dim place As Long
    For place = LBound(arguments) To UBound(arguments)
        arguments(place) = Chinese(arguments(place))
    Next
    Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & name, Description:=Chinese(purpose), _
        Category:=Chinese("{category}"), ArgumentDescriptions:=arguments
End Sub

Private Function Chinese(ByVal codes As String) As String
    Dim code As Variant
    For Each code In Split(codes, " ")
        Chinese = Chinese & ChrW(CLng(code))
    Next
End Function
"""


def help_module() -> Module:
    """Return the module that describes all functions and their arguments.

    Raises:
        ValueError: a description is longer than Excel takes.
    """
    calls = "\n".join(f"    Describe{function.name[2:]}" for function in FUNCTIONS)
    text = _HEAD.format(calls=calls, category=_codes(CATEGORY))
    return Module(NAME, Kind.STANDARD, text + "".join(map(_description, FUNCTIONS)))


def _description(function: Function) -> str:
    told = (function.purpose, *function.arguments.values())
    if max(map(len, told)) > MOST_CHARACTERS:
        raise ValueError(f"{function.name} has a description of more than {MOST_CHARACTERS} characters")
    # A statement takes 24 lines at most: each description is a statement of its own.
    lines = [f"\nPrivate Sub Describe{function.name[2:]}()", f"    Dim arguments({len(function.arguments) - 1}) As Variant"]
    for place, text in enumerate(function.arguments.values()):
        lines += _assigned(f"arguments({place})", text)
    lines += ["    Dim purpose As String", *_assigned("purpose", function.purpose)]
    return "\n".join([*lines, f'    Describe "{function.name}", purpose, arguments', "End Sub", ""])


def _assigned(variable: str, text: str) -> Iterator[str]:
    codes = _codes(text)
    pieces = [""]
    for code in codes.split(" "):
        if len(pieces[-1]) + len(code) > _WIDTH:
            pieces.append("")
        pieces[-1] += code + " "
    pieces[-1] = pieces[-1].rstrip()
    yield from (f'    {variable} = {variable if number else ""}{" & " if number else ""}"{piece}"' for number, piece in enumerate(pieces))


def _codes(text: str) -> str:
    """Return the decimal code points of a text; ChrW takes none above 65535."""
    points = [ord(letter) for letter in text]
    if max(points) > 0xFFFF:
        raise ValueError(f"{text!r} holds a character that ChrW does not take")
    return " ".join(map(str, points))
