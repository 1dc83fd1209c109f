"""The real windows: tkinter, above Excel, in a Chinese face; a plain message box where there is no tkinter."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from toolkit.excel.boxes import TITLE, MessageBoxes
from toolkit.excel.dialogs import Dialogs, TickRow

if TYPE_CHECKING:
    import tkinter

T = TypeVar("T")
_FACES = ("Microsoft YaHei UI", "微软雅黑", "Microsoft YaHei", "宋体", "SimSun", "Noto Sans CJK SC", "Noto Sans SC")
_SIZE = 10
_WIDTH = 620
"""Widest line of a message, in pixels."""
_WARNED, _TICKED, _UNTICKED = "#FCE4D6", "☑", "☐"
_PAUSE = 100
"""Milliseconds between two looks at long work."""
_OK = "确定"


def window_dialogs(window: int) -> Dialogs:
    """Return dialogs above the window of Excel whose handle is given."""
    try:
        import tkinter
    except ImportError:
        return MessageBoxes(window)
    return _Windows(tkinter)


class _Windows:
    """Dialogs made with tkinter; each is a program window of its own that closes with the answer."""

    def __init__(self, tk: Any) -> None:
        self._tk = tk

    def tell(self, message: str) -> None:
        """Show a message."""
        self.choose(message, (_OK,))

    def choose(self, question: str, labels: Sequence[str]) -> int | None:
        """Ask for one of several answers."""
        window = _Window(self._tk)
        window.text(question)
        window.buttons(labels)
        return window.show()

    def ask(self, question: str) -> str | None:
        """Ask for a line of text."""
        window = _Window(self._tk)
        window.text(question)
        entry = window.entry()
        window.buttons((_OK, "取消"))
        answer = window.show(read=entry.get)
        return window.read if answer == 0 and isinstance(window.read, str) else None

    def tick(self, text: str, headings: Sequence[str], rows: Sequence[TickRow]) -> list[int] | None:
        """Let rows be ticked."""
        window = _Window(self._tk)
        window.text(text)
        ticked = window.table(headings, rows)
        window.buttons((_OK, "取消"))
        return sorted(ticked) if window.show() == 0 else None

    def file(self, title: str, suffixes: Sequence[str], folder: Path | None) -> Path | None:
        """Let a file be chosen."""
        kinds = [("自评表", " ".join(f"*{suffix}" for suffix in suffixes)), ("所有文件", "*.*")]
        return self._picked("askopenfilename", title=title, filetypes=kinds, initialdir=str(folder or ""))

    def folder(self, title: str, folder: Path | None) -> Path | None:
        """Let a folder be chosen."""
        return self._picked("askdirectory", title=title, mustexist=True, initialdir=str(folder or ""))

    def wait(self, title: str, work: Callable[[Callable[[str], None]], T]) -> T:
        """Do long work while a window shows what it says."""
        window = _Window(self._tk, title)
        return window.follow(work)

    def _picked(self, picker: str, **options: Any) -> Path | None:
        from tkinter import filedialog

        window = _Window(self._tk)
        window.root.withdraw()
        chosen = getattr(filedialog, picker)(parent=window.root, **options)
        window.root.destroy()
        return Path(chosen) if chosen else None


class _Window:
    """One window, above all others, in the middle of the screen."""

    def __init__(self, tk: Any, title: str = TITLE) -> None:
        from tkinter import font

        self._tk = tk
        self.root: tkinter.Tk = tk.Tk()
        self.root.title(title)
        self.root.attributes("-topmost", True)
        self.root.resizable(False, False)
        known = set(font.families(self.root))
        face = next((each for each in _FACES if each in known), "")
        self._font: Any = (face, _SIZE) if face else None
        self.read: object = None
        self._answer: int | None = None
        self._reader: Callable[[], object] | None = None
        self._first: Any = None

    def text(self, text: str) -> None:
        """Show a text, its lines broken."""
        label = self._tk.Label(self.root, text=text, font=self._font, wraplength=_WIDTH, justify="left", anchor="w")
        label.pack(fill="x", padx=18, pady=(16, 8))

    def entry(self) -> Any:
        """Show a line to write into."""
        entry = self._tk.Entry(self.root, font=self._font, width=60)
        entry.pack(fill="x", padx=18, pady=4)
        self._first = entry
        return entry

    def buttons(self, labels: Sequence[str]) -> None:
        """Show the answers; Return takes the first, Escape none."""
        row = self._tk.Frame(self.root)
        row.pack(pady=(8, 14))
        for number, label in enumerate(labels):
            pressed = self._presser(number)
            button = self._tk.Button(row, text=label, font=self._font, width=max(8, 2 * len(label)), command=pressed)
            button.pack(side="left", padx=6)
        self.root.bind("<Return>", lambda _: self._close(0))
        self.root.bind("<Escape>", lambda _: self._close(None))

    def table(self, headings: Sequence[str], rows: Sequence[TickRow]) -> set[int]:
        """Show rows that a click or a blank ticks; return the numbers of those ticked, kept up to date."""
        from tkinter import ttk

        ticked = {number for number, row in enumerate(rows) if row.ticked}
        style = ttk.Style(self.root)
        style.configure("Treeview", font=self._font, rowheight=26)
        style.configure("Treeview.Heading", font=self._font)
        holder = self._tk.Frame(self.root)
        holder.pack(fill="both", padx=18, pady=4)
        tree = ttk.Treeview(holder, columns=[str(n) for n in range(len(headings))], show="headings", height=min(14, len(rows)))
        for number, heading in enumerate(headings):
            longest = max([len(heading), *(len(row.cells[number - 1]) for row in rows)]) if number else len(heading)
            tree.heading(str(number), text=heading)
            tree.column(str(number), width=min(260, 24 + 13 * longest), anchor="w" if number in (1, 2) else "center")
        tree.tag_configure("warned", background=_WARNED)
        for number, row in enumerate(rows):
            tree.insert("", "end", str(number), values=(self._box(number in ticked), *row.cells), tags=("warned",) if row.warned else ())

        def toggle(key: str) -> None:
            if key:
                ticked.symmetric_difference_update({int(key)})
                tree.set(key, "0", self._box(int(key) in ticked))

        tree.bind("<Button-1>", lambda event: toggle(tree.identify_row(event.y)))
        tree.bind("<space>", lambda _: toggle(tree.focus()))
        bar = ttk.Scrollbar(holder, orient="vertical", command=tree.yview)
        tree.configure(yscrollcommand=bar.set)
        tree.pack(side="left", fill="both", expand=True)
        bar.pack(side="right", fill="y")
        return ticked

    def show(self, read: Callable[[], object] | None = None) -> int | None:
        """Wait for an answer and close; what ``read`` gives just before is kept."""
        self._reader = read
        self._centre()
        self.root.focus_force()
        if self._first is not None:
            self._first.focus_set()
        self.root.mainloop()
        return self._answer

    def follow(self, work: Callable[[Callable[[str], None]], T]) -> T:
        """Do work in the background and show its progress until it is done."""
        from tkinter import ttk

        said: queue.SimpleQueue[str] = queue.SimpleQueue()
        done: list[Callable[[], T]] = []
        line = self._tk.Label(self.root, text="正在准备……", font=self._font, width=70, anchor="w")
        line.pack(padx=18, pady=(16, 4))
        bar = ttk.Progressbar(self.root, mode="indeterminate", length=_WIDTH)
        bar.pack(padx=18, pady=(4, 16))
        bar.start()
        # Closing the window would not stop the work: it stays until the work is done.
        self.root.protocol("WM_DELETE_WINDOW", self.root.iconify)
        thread = threading.Thread(target=_outcome, args=(work, said.put, done), daemon=True)
        thread.start()

        def look() -> None:
            while not said.empty():
                line.configure(text=said.get()[:80])
            if thread.is_alive():
                self.root.after(_PAUSE, look)
            else:
                bar.stop()
                self.root.destroy()

        self._centre()
        self.root.after(_PAUSE, look)
        self.root.mainloop()
        return done[0]()

    def _presser(self, number: int) -> Callable[[], None]:
        return lambda: self._close(number)

    def _close(self, answer: int | None) -> None:
        self._answer = answer
        if self._reader is not None:
            self.read = self._reader()
        self.root.destroy()

    def _centre(self) -> None:
        self.root.update_idletasks()
        width, height = self.root.winfo_reqwidth(), self.root.winfo_reqheight()
        left, top = (self.root.winfo_screenwidth() - width) // 2, (self.root.winfo_screenheight() - height) // 3
        self.root.geometry(f"+{max(0, left)}+{max(0, top)}")

    @staticmethod
    def _box(ticked: bool) -> str:
        return _TICKED if ticked else _UNTICKED


def _outcome(work: Callable[[Callable[[str], None]], T], say: Callable[[str], None], done: list[Callable[[], T]]) -> None:
    """Do the work in its thread; what comes of it, an exception too, is handed over as something to be called."""
    from toolkit.guard import Fault, guarded
    from toolkit.problem import Problem

    try:
        found = guarded(lambda: work(say))
    except (Fault, Problem) as error:
        problem = error

        def fail() -> T:
            raise problem

        done.append(fail)
    else:
        done.append(lambda: found)
