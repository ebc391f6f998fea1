"""What keeps a store from being used is told in one line of the user's language; no password is ever printed."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from kept_maps import a_map, maps, write

from warmap_app.command import UserError
from warmap_app.store import address_of, database, kept, open_store

SECRET = "s3cr&t"
CLOSED = "127.0.0.1:1"


@pytest.fixture(autouse=True)
def deal(tmp_path):
    return write(tmp_path / "deal.json", a_map())


@pytest.fixture
def refused(run):
    """Check into a store that cannot be used: the line that is said."""

    def call(store, *words, lang="en"):
        code, out, err = run("check", "deal.json", "--store", store, "--lang", lang, *words)
        assert (code, out) == (2, "")
        assert err.startswith("warmap: ")
        assert err.count("\n") == 1
        return err

    return call


class TestAddress:
    """What may be given after --store."""

    @pytest.mark.parametrize(
        "words",
        [
            "history.db",
            "sqlite:///history.db",
            "sqlite+pysqlite:///history.db",
            "SQLITE:///history.db",
            "new/folder/history.db",
        ],
    )
    def test_a_file_by_name_or_url_is_made_where_it_is_missing(self, run, words):
        assert run("check", "deal.json", "--store", words)[0] == 0
        assert Path(words.rpartition(":///")[2]).exists()

    @pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
    def test_postgresql_is_reached_by_any_of_its_names(self, run, postgres, scheme):
        store = postgres().replace("postgresql", scheme, 1)
        assert run("check", "deal.json", "--store", store)[0] == 0
        assert len(maps(store)) == 1

    @pytest.mark.parametrize(("lang", "part"), [("en", "not “mysql://”"), ("zh", "不认“mysql://”")])
    def test_other_databases_are_refused(self, refused, lang, part):
        assert part in refused("mysql://u:pass@host/db", lang=lang)

    @pytest.mark.parametrize("words", ["", " ", "sqlite://", "sqlite:///:memory:"])
    def test_a_database_in_memory_keeps_nothing(self, words):
        with pytest.raises(UserError, match="keeps nothing"):
            address_of(words)

    @pytest.mark.parametrize("command", [("check", "deal.json"), ("history",), ("portfolio",)])
    def test_an_empty_word_is_no_store(self, run, command):
        code, _, err = run(*command, "--store", "")
        assert code == 2
        assert "needs the name of a file" in err

    def test_an_address_is_shown_without_password_and_options(self):
        assert (
            address_of("postgresql://ann:pw@host:5433/sales?sslmode=require").shown
            == "postgresql://ann:***@host:5433/sales"
        )
        assert address_of("sqlite:///a/b.db?timeout=3").shown == "a/b.db"


class TestPasswords:
    """Wherever the password stands and whatever goes wrong."""

    @pytest.mark.parametrize(
        "words",
        [
            f"postgresql://ann:s3cr%26t@{CLOSED}/sales", f"postgresql://ann@{CLOSED}/sales?password=s3cr%26t",
            f"postgresql://ann:{SECRET}@nohost.invalid/sales", f"postgresql://ann:{SECRET}@host:port/sales",
            f"mysql://ann:{SECRET}@host/sales", f"postgresql://ann:{SECRET}@more@host/sales", f"postgresql://ann:{SECRET}@{CLOSED}/?what=%00",
        ],
    )  # fmt: skip
    def test_it_is_never_printed(self, refused, words):
        for lang in ("en", "zh"):
            said = refused(words, lang=lang)
            assert SECRET not in said
            assert "s3cr" not in said

    def test_a_driver_that_repeats_it_is_not_repeated(self):
        address = address_of(f"postgresql://ann:s3cr%26t@{CLOSED}/sales")
        assert address.without_secrets(f"no\n  user ann with {SECRET} or s3cr%26t") == "no user ann with *** or ***"
        assert len(address.without_secrets("x" * 5000)) == 300

    def test_a_secret_that_begins_with_another_goes_whole(self):
        address = address_of(f"postgresql://ann:open@{CLOSED}/sales?sslpassword=opensesame")
        assert address.without_secrets("neither open nor opensesame") == "neither *** nor ***"

    def test_an_at_in_the_password_is_to_be_written_otherwise(self, refused):
        assert "%40" in refused("postgresql://ann:p@ss@host/sales")


class TestDatabase:
    """What the database itself refuses."""

    def test_a_server_that_does_not_answer(self, refused):
        said = refused(f"postgresql://ann@{CLOSED}/sales")
        assert said.startswith(f"warmap: cannot connect to postgresql://ann@{CLOSED}/sales: ")

    def test_a_database_that_is_not_there(self, refused, postgres):
        assert "nosuchdatabase" in refused(postgres().replace("/postgres?", "/nosuchdatabase?"))

    def test_a_file_that_is_no_database(self, refused):
        assert "deal.json is no SQLite database" in refused("deal.json")
        assert Path("deal.json").read_bytes().startswith(b'{"deal"')

    def test_a_folder(self, refused, tmp_path):
        (tmp_path / "folder").mkdir()
        assert "folder cannot be opened" in refused("folder")
        assert "deal.json/history.db cannot be opened" in refused("deal.json/history.db")

    def test_a_file_that_is_read_only(self, refused, run):
        run("check", "deal.json", "--store", "history.db")
        assert "is read-only" in refused("sqlite:///file:history.db?mode=ro&uri=true")
        assert "只能读" in refused("sqlite:///file:history.db?mode=ro&uri=true", lang="zh")

    def test_a_file_that_another_program_holds(self, refused, run):
        run("check", "deal.json", "--store", "history.db")
        other = sqlite3.connect("history.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert "is held by another program" in refused("sqlite:///history.db?timeout=0.1")
        other.close()

    def test_a_store_of_a_newer_program(self, refused, run, store, monkeypatch):
        run("check", "deal.json", "--store", store)
        with open_store(store, write=True) as opened, opened.writing() as connection:
            connection.execute(sa.update(database.STORE).values(layout=database.LAYOUT + 1))
        assert (
            f"was made by a newer warmap (layout {database.LAYOUT + 1}, this one knows up to {database.LAYOUT})"
            in refused(store)
        )
        for words in (("history", "--store", store), ("portfolio", "--store", store)):
            code, _, err = run(*words)
            assert code == 2
            assert "newer warmap" in err

    @pytest.mark.parametrize("command", ["history", "portfolio"])
    def test_a_store_that_is_read_must_be_there(self, run, postgres, command):
        for store in ("nothing.db", postgres()):
            code, _, err = run(command, "--store", store)
            assert code == 2
            assert "no map is kept in" in err
        assert not Path("nothing.db").exists()


class TestAtTheEnd:
    """A store that fails when all is checked: the result is written, and it is said that not all is kept."""

    @pytest.fixture
    def failing(self, monkeypatch):
        """The store fails; gives a function that mends it."""

        def fail(*_):
            raise sa.exc.OperationalError("x", {}, sqlite3.OperationalError("disk is full"))

        whole = kept._keep
        monkeypatch.setattr(kept, "_keep", fail)
        return lambda: monkeypatch.setattr(kept, "_keep", whole)

    @pytest.mark.parametrize(("lang", "part"), [("en", "written all the same"), ("zh", "检查结果已照常写出")])
    def test_the_result_is_written_all_the_same(self, run, failing, lang, part):
        code, _, err = run(
            "check", "deal.json", "--store", "h.db", "--lang", lang, "--format", "jsonl", "-o", "out.jsonl"
        )
        assert code == 2
        assert part in err
        assert "disk is full" in err
        assert err.count("\n") == 1
        assert Path("out.jsonl").read_text("utf-8")
        assert maps("h.db") == []

    def test_what_was_checked_need_not_be_checked_again(self, run, tmp_path, failing):
        write(tmp_path / "in" / "a.json", a_map())
        write(tmp_path / "in" / "b.json", a_map(account="另一家"))
        words = ("check", "in", "--store", "h.db", "--format", "jsonl", "-o", "out.jsonl")
        assert "--resume --force" in run(*words)[2]
        failing()
        code, _, err = run(*words, "--resume", "--force")
        assert code == 0
        assert "2 already checked, 0 to check" in err
        assert len(maps("h.db")) == 2


class TestMissingPackages:
    """Only a store needs SQLAlchemy, only PostgreSQL needs psycopg; what is missing is named with how to install it."""

    @pytest.mark.parametrize(
        ("package", "store", "extra"),
        [("sqlalchemy", "h.db", "warmap[store]"), ("psycopg", "postgresql://h/d", "warmap[postgres]")],
    )
    def test_what_is_missing_is_said(self, refused, monkeypatch, package, store, extra):
        monkeypatch.setitem(sys.modules, package, None)
        for lang in ("en", "zh"):
            assert f'pip install "{extra}"' in refused(store, lang=lang)

    def test_a_check_without_a_store_imports_no_database(self):
        words = (
            "import sys; from warmap_app.main import main; main(['check', 'deal.json']); "
            "sys.exit(any(name in sys.modules for name in ('sqlalchemy', 'psycopg', 'sqlite3')))"
        )
        assert subprocess.run([sys.executable, "-c", words], capture_output=True, check=False).returncode == 0


def test_writers_of_one_file_wait_for_each_other_for_a_while():
    assert kept.SECONDS_TO_WAIT >= 10
