"""A real Chromium without a driver's library: its protocol spoken over two pipes, clicks and keys as a user makes them."""

import base64
import json
import os
import shutil
import subprocess
import time

KEYS = {"/": ("/", 191), "Enter": ("\r", 13), "Tab": ("", 9), " ": (" ", 32)}


class Browser:
    """One page in one browser; `console` is what the page complained of."""

    def __init__(self, profile, *, dark=False):
        program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        assert program, "Chromium is not installed: tools/install-browser.sh"
        commands, answers = os.pipe(), os.pipe()
        self.console, self.dialogs, self._number = [], [], 0
        flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--lang=en",
        ]
        flags += ["--remote-debugging-pipe", f"--user-data-dir={profile}", "--disable-background-networking"]
        flags += ["--force-dark-mode"] * dark
        reader, writer = commands[0], answers[1]
        # The browser reads commands from descriptor 3 and writes to 4.
        shell = f'exec "$0" "$@" 3<&{reader} 4>&{writer}'
        self._process = subprocess.Popen(
            ["bash", "-c", shell, program, *flags, "about:blank"],
            pass_fds=(reader, writer), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(reader)
        os.close(writer)
        self._to, self._from = os.fdopen(commands[1], "wb", 0), os.fdopen(answers[0], "rb")
        page = next(one for one in self._ask("Target.getTargets")["targetInfos"] if one["type"] == "page")
        attached = self._ask("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for part in ("Page", "Runtime", "Log"):
            self.send(f"{part}.enable")
        self.size(1500, 1000)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._ask("Browser.close")
        self._to.close()
        self._from.close()
        self._process.wait(20)

    def open(self, path):
        """Load a page anew, and wait until its script has run."""
        self.tell("void (window.isOld = true)")
        self.send("Page.navigate", url=path.as_uri())
        self.wait("!window.isOld && document.documentElement?.dataset.ready === 'yes'")

    def wait(self, script):
        for _ in range(400):
            if self.tell(script):
                return
            time.sleep(0.05)
        raise AssertionError(f"never true: {script}")

    def tell(self, script):
        """What a script says; errors of the page are ours."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def size(self, width, height):
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def media(self, kind="", scheme="light"):
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.send("Emulation.setEmulatedMedia", media=kind, features=features)

    def click(self, selector):
        """Press the mouse button in the middle of an element that is in sight."""
        box = self.tell(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'center'}});"
            " const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)

    def press(self, key):
        text, code = KEYS[key]
        about = {"key": key, "windowsVirtualKeyCode": code, "nativeVirtualKeyCode": code}
        self.send("Input.dispatchKeyEvent", type="keyDown", text=text, **about)
        self.send("Input.dispatchKeyEvent", type="keyUp", **about)

    def write(self, text):
        self.send("Input.insertText", text=text)

    def choose(self, selector, value):
        """Choose in a drop-down list as its own events tell it."""
        self.tell(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.value = {json.dumps(value)};"
            " e.dispatchEvent(new Event('input', {bubbles: true})); })()"
        )

    def picture(self, path):
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))

    def pdf(self):
        return base64.b64decode(self.send("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def send(self, method, **about):
        return self._ask(method, self._session, **about)

    def _ask(self, method, session=None, **about):
        self._number += 1
        message = {"id": self._number, "method": method, "params": about}
        if session:
            message["sessionId"] = session
        self._to.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._answer()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]
            self._hear(answer)

    def _answer(self):
        parts = []
        while (sign := self._from.read(1)) != b"\0":
            assert sign, "the browser has gone"
            parts.append(sign)
        return json.loads(b"".join(parts))

    def _hear(self, event):
        """Keep what goes wrong in the page: its log, its errors, its dialogs."""
        about = event.get("params", {})
        if event.get("method") == "Page.javascriptDialogOpening":
            self.dialogs.append(about["message"])
            self._number += 1
            message = {"id": self._number, "method": "Page.handleJavaScriptDialog", "params": {"accept": True}}
            self._to.write(json.dumps({**message, "sessionId": self._session}).encode() + b"\0")
        elif event.get("method") in {"Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"}:
            self.console.append(json.dumps(about, ensure_ascii=False))
