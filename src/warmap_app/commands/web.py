"""`warmap web`: the static folder that runs the war map in any browser, written or shown on this computer."""

import argparse
import webbrowser
from contextlib import suppress
from pathlib import Path

from warmap.text import Lang, Text
from warmap_addin.web.static_folder import files_of, find, server
from warmap_app.arguments import whole_number
from warmap_app.command import PASSED, Command, UserError
from warmap_app.commands.options import add_shared, write_file
from warmap_app.outputs.destination import refuse_filled

FOLDER = Text("文件夹写到哪里；放到任何静态网站上就能用", "where to write the folder; any static web site can hold it")
SERVE = Text("在本机打开网页（只有这台电脑能访问），Ctrl+C 结束", "show the page on this computer only; Ctrl+C ends it")
PORT = Text("--serve 用的端口（默认找一个空的）", "the port of --serve (default: a free one)")
EITHER = Text(
    "写出文件夹（DIR），或者加 --serve 在本机打开", "name a folder (DIR) to write, or add --serve to open the page here"
)
WRITTEN = Text(
    "已写入 {path}：{count} 个文件，打开 index.html 所在的网址即可",
    "wrote {path}: {count} files; open the address that serves its index.html",
)
SERVING = Text("网页在 {address}（Ctrl+C 结束）", "the page is at {address} (Ctrl+C ends it)")
TAKEN = Text("端口 {port} 用不了：{why}", "port {port} cannot be used: {why}")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """[DIR] [--serve] [--port N]."""
    parser.add_argument("folder", metavar="DIR", nargs="?", type=Path, help=FOLDER.to(lang))
    parser.add_argument("--serve", action="store_true", help=SERVE.to(lang))
    parser.add_argument("--port", metavar="N", type=whole_number, default=0, help=PORT.to(lang))
    add_shared(parser, lang, "--force")


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Write the folder, or show it until somebody has had enough."""
    if (options.folder is None) != options.serve:
        raise UserError(EITHER)
    built = find()
    if options.serve:
        return _serve(built, options.port, lang)
    refuse_filled(options.folder, force=options.force)
    names = files_of(built)
    for name in names:
        write_file(options.folder / name, (built / name).read_bytes(), force=options.force)
    print(WRITTEN.say(lang, {"path": options.folder, "count": len(names)}))
    return PASSED


def _serve(built: Path, port: int, lang: Lang) -> int:
    try:
        running = server(built, port)
    except (OSError, OverflowError) as error:
        raise UserError(TAKEN.filled(port=port, why=str(error))) from None
    with running, suppress(KeyboardInterrupt):
        address = f"http://127.0.0.1:{running.server_address[1]}/"
        print(SERVING.say(lang, {"address": address}), flush=True)
        webbrowser.open(address)
        running.serve_forever()
    return PASSED


COMMANDS = {"web": Command("warmap web --serve", add_arguments, run)}
