"""Security, line 9: no password, token or signature of an address is ever shown, kept or made a folder of."""

import contextlib
import json

import pytest
from s3fs import S3FileSystem

from warmap_app.address import secrets_of, without_secrets
from warmap_app.main import main
from warmap_app.safe_text import shown_address

SECRET = "s3cr3tPassw0rd"
ADDRESSES = [
    f"https://user:{SECRET}@127.0.0.1:1/in/a.json",
    f"https://{SECRET}@127.0.0.1:1/in/a.json",
    f"https://127.0.0.1:1/in/a.json?X-Amz-Signature={SECRET}&X-Amz-Date=1",
    f"https://127.0.0.1:1/in/a.json?sv=1&sig={SECRET}",
    f"https://127.0.0.1:1/in/a.json?token={SECRET}#x",
    f"https://127.0.0.1:1/in/a.json#access_token={SECRET}",
    f"http://user:a/{SECRET}@127.0.0.1:1/a.json",
    f"s3://user:{SECRET}@bucket/a.json",
    f"s3:/user:{SECRET}@bucket/a.json",
    f"ftp://user:{SECRET}@127.0.0.1:1/a.json",
    f"nosuch://user:{SECRET}@host/a.json",
    f"postgresql:/user:{SECRET}@host/db",
    f"postgresql:user:{SECRET}@host/db",
    f"postgresql://user:{SECRET}@127.0.0.1:1/db",
    f"postgresql://user:{SECRET}@h@127.0.0.1:1/db",
    f"postgres:///user:{SECRET}@127.0.0.1:1/db",
    f"mysql://user:{SECRET}@127.0.0.1:1/db",
    f"sqlite:/user:{SECRET}@x/db",
    f"tcp://user:{SECRET}@127.0.0.1:1",
]
LINES = {
    "check": ("check", "X"),
    "portfolio": ("portfolio", "X"),
    "store": ("check", "deal.json", "--store", "X"),
    "portfolio of a store": ("portfolio", "--store", "X"),
    "history": ("history", "--store", "X"),
    "evaluate": ("evaluate", "X"),
    "diff": ("diff", "X", "X"),
    "upgrade": ("upgrade", "X", "-o", "o.xlsx"),
    "out": ("check", "deal.json", "--format", "json", "-o", "X"),
    "journal": ("check", "deal.json", "--journal", "X"),
}


@pytest.mark.parametrize("line", list(LINES))
@pytest.mark.parametrize("address", ADDRESSES)
def test_it_is_in_no_message_and_no_folder_bears_its_name(tmp_path, monkeypatch, capsys, address, line):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deal.json").write_text(json.dumps({"deal": {"account": "A"}}))
    with contextlib.suppress(SystemExit):
        main([address if word == "X" else word for word in LINES[line]])
    S3FileSystem.clear_instance_cache()  # it was made without the server of other tests
    told = capsys.readouterr()
    assert SECRET not in told.out + told.err
    assert [path.name for path in tmp_path.rglob("*") if SECRET in path.name or path.name.endswith(":")] == []


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://u:p@h/x", "https://***@h/x"),
        ("https://h:8/x?sig=1#y", "https://h:8/x"),
        ("s3://bucket/a@b/c.xlsx", "s3://bucket/a@b/c.xlsx"),
        ("https://h/a@b", "https://h/a@b"),
        ("C:/users/x@y.xlsx", "C:/users/x@y.xlsx"),
        ("in/deal.xlsx", "in/deal.xlsx"),
        ("see https://u:p@h/x and ftp://q:r@i", "see https://***@h/x and ftp://***@i"),
    ],
)
def test_what_is_no_secret_stays(address, shown):
    assert shown_address(address) == shown


def test_a_secret_is_found_in_every_spelling():
    url = "https://us%40er:p%2Fw%3Dord@h/x?sig=a%2Bb%3Dcd"
    for spelling in ("p%2Fw%3Dord", "p/w=ord", "a%2Bb%3Dcd", "a+b=cd"):
        assert spelling not in without_secrets(f"refused: {spelling} is wrong", secrets_of(url))
    assert "" not in secrets_of(url)
