"""The `warmap` command on Windows, its output to a pipe: UTF-8, whatever the computer's code page."""

import json

SAMPLE = r"C:\warmap\workbook_templates\samples\bank_risk_platform.zh.xlsx"


class TestOutputThatGoesToAPipe:
    def test_a_check_says_in_chinese_what_it_says_on_this_system(self, any_windows, run):
        """The same scores to the last digit, and the file's name with slashes as every system has them."""
        words = ("--format", "json", "--lang", "zh")
        code, out, err = any_windows.warmap("check", SAMPLE, *words)
        here = run("check", any_windows.here(SAMPLE), *words)[1]
        assert (code, err) == (0, "")
        assert json.loads(out) == json.loads(
            here.replace(any_windows.here(SAMPLE).as_posix(), SAMPLE.replace("\\", "/"))
        )
        assert "泓溪银行" in out

    def test_a_mistake_is_told_in_chinese(self, hard_windows):
        code, _, err = hard_windows.warmap("check", r"C:\没有\没有.xlsx", "--lang", "zh")
        assert code == 2
        assert r"C:\没有\没有.xlsx" in err

    def test_the_doctor_speaks_json_before_anything_is_installed(self, hard_windows):
        code, out, err = hard_windows.warmap("addin", "doctor", "--host", "excel", "--json", "--lang", "zh")
        points = {point["code"]: point for point in json.loads(out)}
        assert (code, err) == (1, "")
        assert points["excel"]["words"] == "没有找到桌面版 Excel"
        assert r"C:\users\王小明\AppData\Roaming" in points["addin"]["words"]

    def test_an_installation_can_be_tried_without_one(self, hard_windows):
        code, out, err = hard_windows.warmap("addin", "install", "--host", "excel", "--dry-run", "--lang", "zh")
        assert (code, err) == (0, "")
        assert r"写入 C:\users\王小明\AppData\Local\warmap\warmap.conf" in out
        assert not hard_windows.profile.joinpath("AppData/Local/warmap/warmap.conf").exists()
