# ruff: noqa: N802  the members bear the names they have in Office and Windows
"""What VBA asks of Windows and of xlwings' DLL: files, the language of the menus, the way to Python."""

from __future__ import annotations

import json
import re
from pathlib import Path

from pyopenvba.exceptions import VBARuntimeError
from pyopenvba.interpreter import VBAObject, member, method

HOME = r"C:\Users\rep\AppData\Local\warmap"
RECORDED = json.loads(Path(__file__).with_name("dll_texts.json").read_text("utf-8"))
"""What the real DLL says in each case, by code page (tests/windows/test_windows_texts.py)."""


class TextFile(VBAObject):
    """A text stream of the file system object."""

    vba_type_name = "TextStream"

    def __init__(self, files, path):
        self.files, self.path = files, path

    @member
    def AtEndOfStream(self):
        return not self.files[self.path]

    @method
    def ReadAll(self):
        return self.files[self.path]

    @method
    def WriteLine(self, text):
        self.files[self.path] += text + "\r\n"

    @method
    def Close(self):
        pass


class FileSystem(VBAObject):
    """Scripting.FileSystemObject over a dictionary of texts by path."""

    vba_type_name = "FileSystemObject"

    def __init__(self, files):
        self.files = files

    @method
    def FileExists(self, path):
        return path in self.files

    @method
    def FolderExists(self, path):
        return path == HOME

    @method
    def GetFile(self, path):
        return File(path, len(self.files[path]))

    @method
    def DeleteFile(self, path):
        del self.files[path]

    @method
    def OpenTextFile(self, path, mode=1, create=False, form=0):
        assert form == -1, "only UTF-16 keeps Chinese"
        if create:
            self.files.setdefault(path, "")
        return TextFile(self.files, path)


class File(VBAObject):
    """One file; Windows' short names are in plain characters."""

    vba_type_name = "File"

    def __init__(self, path, size):
        self.path, self.size = path, size

    @member
    def ShortPath(self):
        return re.sub(r"[^\\]*[^\x00-\x7f][^\\]*", "USER~1", self.path)

    @member
    def Size(self):
        return self.size


class Menus(VBAObject):
    vba_type_name = "LanguageSettings"

    def __init__(self, number):
        self.number = number

    @method
    def LanguageID(self, kind):
        assert kind == 2
        return self.number


class Bridge(VBAObject):
    """What the DLL does: `server` is what CallUDF and the macros are called on; a text is a case of `RECORDED`."""

    vba_type_name = "Bridge"

    def __init__(self):
        self.server, self.load_error, self.commands, self.stopped = None, 0, [], 0
        self.things, self.asked, self.answers_yes = [], [], True

    @method
    def Pointer(self, thing):
        self.things.append(thing)
        return str(len(self.things))

    @method
    def At(self, pointer):
        if str(pointer) == "":
            raise VBARuntimeError(13, "Type mismatch")
        return self.things[int(str(pointer)) - 1]

    @method
    def Ask(self, words):
        self.asked.append(str(words))
        return self.answers_yes

    @method
    def Load(self, path):
        return self.load_error

    @method
    def Server(self, command):
        self.commands.append(command)
        if isinstance(self.server, str):
            raise VBARuntimeError(-2147220990, RECORDED["1252"][self.server])
        return self.server

    @method
    def Stop(self, command):
        self.stopped += 1

    @method
    def Local(self):
        return HOME.removesuffix(r"\warmap")
