"""What a button starts: ``pythonw -I -m toolkit.excel ACTION --wb=… --from_xl=1 --hwnd=… --log=…``."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Do what a button asks for.

    Returns:
        0 once the officer has been told how it went; the macro says something itself for any other.
    """
    # Without a console there are no streams, and what is printed has nowhere to go.
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or io.StringIO()
    from toolkit.addin.call import read_call
    from toolkit.excel.run import answer_call
    from toolkit.excel.windows import window_dialogs

    call = read_call(arguments)
    os.environ["SELFEVAL_LOG"] = str(call.log.parent)
    answer_call(call, window_dialogs(call.window))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
