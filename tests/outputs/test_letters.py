"""A letter for each rep: in his language, short, with what he must do; no recipient is invented."""

import csv
import email
import email.policy
import io

import pytest
from made_results import SCRIPT, result, several, unreadable, written

from warmap.text import LANGUAGES
from warmap_app.outputs.mail import MOST_LINES


def letters(results, tmp_path, lang="zh"):
    written("mail", results, tmp_path / "mail", lang=lang)
    return {path.stem: path.read_text("utf-8") for path in (tmp_path / "mail").glob("*.txt")}


def in_words(one, lang):
    """The same result as of a file in a language of its own."""
    own = result(one["file"], lang, stage=None)
    said = [{"message": f["message"], "hint": f["hint"]} for f in own["findings"]]
    flags = [{"message": f["message"], "remedy": f["remedy"]} for f in own["red_flags"]]
    one = {name: value for name, value in one.items() if not name.endswith("in_own_language")}
    if own["findings"][0]["message"] == one["findings"][0]["message"]:
        return {**one, "language": lang}
    return {**one, "language": lang, "in_own_language": said, "red_flags_in_own_language": flags}


class TestWhoGetsALetter:
    def test_a_letter_a_rep_and_without_a_rep_a_letter_a_file(self, tmp_path):
        assert set(letters(several(), tmp_path)) == {"李晨", "@SUM(A1)", "broken.xlsx", "nobody.json", "陈_思_远"}

    def test_each_as_text_as_a_draft_and_with_the_full_list(self, tmp_path):
        letters([result()], tmp_path)
        assert sorted(path.suffix for path in (tmp_path / "mail").iterdir()) == [".csv", ".eml", ".txt"]

    def test_two_reps_whose_names_make_the_same_file_get_two(self, tmp_path):
        assert set(letters([result(owner="a/b"), result(owner="a:b")], tmp_path)) == {"a_b", "a_b (2)"}


class TestWhatItSays:
    def test_passed_and_failed_and_what_to_mend_where(self, tmp_path):
        text = letters([result("good.json"), result("bad.json", stage=None, contacts=[])], tmp_path)["李晨"]
        assert text.startswith("检查了 2 份作战地图：1 份通过，1 份要改。")
        assert text.index("【要改】bad.json") < text.index("■ 重要 deal deal.stage：") < text.index("【通过】good.json")
        assert "    → " in text
        assert text.rstrip().endswith("完整清单：附件 findings.csv（即本文件夹里的 李晨.csv）。")

    def test_the_two_worst_open_flags_of_each_deal_with_remedy(self, tmp_path):
        one = result()
        worst = [flag for flag in one["red_flags"] if not flag["mitigated"]][:2]
        text = letters([one], tmp_path)["李晨"]
        assert [flag["severity"] for flag in worst] == ["critical", "critical"]
        assert all(flag["message"] in text and flag["remedy"] in text for flag in worst)
        assert text.count("▲") == 2

    def test_minor_findings_are_counted_only(self, tmp_path):
        one = result(colour="red")
        assert [finding["severity"] for finding in one["findings"]] == ["minor"]
        text = letters([one], tmp_path)["李晨"]
        assert "另有 1 条一般问题。" in text
        assert one["findings"][0]["message"] not in text

    def test_what_is_the_same_in_many_cells_is_said_once(self, tmp_path):
        one = result(stage=None)
        one["findings"] = [{**one["findings"][0], "sheet": "关键人", "cell": f"L{row}"} for row in range(6, 9)]
        text = letters([one], tmp_path)["李晨"]
        assert "关键人 L6, L7, L8：" in text
        assert text.count(one["findings"][0]["message"]) == 1

    @pytest.mark.parametrize("own", LANGUAGES)
    @pytest.mark.parametrize("asked", LANGUAGES)
    def test_it_is_in_the_reps_language_whatever_was_asked_for(self, tmp_path, own, asked):
        one = in_words(result(lang=asked, stage=None), own)
        text = letters([one], tmp_path, asked)["李晨"]
        told = result(lang=own, stage=None)
        assert told["findings"][0]["message"] in text
        assert told["red_flags"][0]["remedy"] in text
        assert {"zh": "要改", "en": "To fix"}[own] in text

    def test_a_file_that_could_not_be_read_is_told_of_too(self, tmp_path):
        text = letters([unreadable(lang="en")], tmp_path, "en")["broken.xlsx"]
        assert "▲ Critical The file cannot be read" in text

    @pytest.mark.parametrize("count", [1, 5, 20, 300])
    def test_below_the_list_of_files_it_is_at_most_sixty_lines_however_much_there_is_to_say(self, tmp_path, count):
        one = result(stage=None)
        one["findings"] = [{**one["findings"][0], "message": f"问题 {number}"} for number in range(60)]
        text = letters([{**one, "file": f"{number}.json"} for number in range(count)], tmp_path)["李晨"]
        head, _, details = text.partition("\n\n【")
        assert len(details.splitlines()) <= MOST_LINES
        assert [f"{number}.json" in head for number in range(count)] == [count > 1] * count
        assert "另有" in text
        assert "完整清单" in text

    def test_hostile_text_is_one_line_of_text(self, tmp_path):
        text = letters([result(account=f"{SCRIPT}\nTo: x@y\x1b[31m\u202e")], tmp_path)["李晨"]
        assert f"{SCRIPT} To: x@y[31m" in text


class TestTheDraft:
    def draft(self, tmp_path, **changes):
        letters([result(stage=None, **changes)], tmp_path)
        data = next((tmp_path / "mail").glob("*.eml")).read_bytes()
        return email.message_from_bytes(data, policy=email.policy.default)

    def test_its_headers_are_those_of_a_draft_and_name_nobody(self, tmp_path):
        draft = self.draft(tmp_path, owner="x\nBcc: a@b")
        assert sorted(draft.keys()) == ["Content-Type", "MIME-Version", "Subject", "X-Unsent"]
        assert draft["Subject"] == "作战地图检查：1 份要改（共 1 份）"

    def test_its_words_are_those_of_the_text(self, tmp_path):
        body = self.draft(tmp_path).get_body().get_content()
        assert body.replace("\r\n", "\n") == (tmp_path / "mail" / "李晨.txt").read_text("utf-8")

    def test_the_full_list_is_attached(self, tmp_path):
        attached = next(self.draft(tmp_path).iter_attachments())
        assert attached.get_filename() == "findings.csv"
        data = attached.get_payload(decode=True)
        assert data == (tmp_path / "mail" / "李晨.csv").read_bytes()
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
        assert [row["代码"] for row in rows] == [finding["code"] for finding in result(stage=None)["findings"]]
