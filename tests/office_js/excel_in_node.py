"""The add-in's scripts in Node.js with a stand-in of Excel; this process takes the place of the worker with Python in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from warmap_addin.web.page_calls import Page

HERE = Path(__file__).parent


class ExcelInNode:
    """Commands go to the stand-in as lines; what the add-in asks the worker is kept, and answered on demand."""

    def __init__(self, folder, book, blank):
        program = shutil.which("node")
        assert program, "Node.js is not installed: tools/install-node-tools.sh"
        line = [program, str(HERE / "excel_stand_in.js"), str(folder)]
        self.asked = []
        self._node = subprocess.Popen(
            line,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            cwd=folder,
            env={"PATH": os.environ["PATH"]},
        )
        self("open", {**book, "blank": blank})

    def close(self):
        self._node.stdin.close()
        self._node.wait(60)
        self._node.stdout.close()

    def __call__(self, command, value=None):
        self._node.stdin.write(json.dumps([command, value]) + "\n")
        self._node.stdin.flush()
        while True:
            said = json.loads(self._node.stdout.readline())
            if "ask" in said:
                self.asked.append(said["ask"])
            elif "failed" in said:
                raise AssertionError(said["failed"])
            else:
                return said["done"]

    def answer_all(self):
        """Answer as the worker does, until nothing more is asked; gives what the cells show."""
        self("settle")
        while self.asked:
            message = self.asked.pop(0)
            self("answer", {"id": message["id"], **worked(message["op"], message["args"])})
            if not self.asked:
                self("settle")
        return self("cells")


def worked(op, args):
    """The answer of the worker to one question: what `worker.js` of the page makes of what Python says."""
    if op == "start":
        return {"value": True}
    return json.loads(Page("en", "2026-06-30").answer(op, json.dumps(args)))
