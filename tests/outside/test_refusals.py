"""What the clerk is told where the disk refuses, also by the numbers that only Windows gives."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tongbao.model import Refusal
from tongbao.outside.refusals import Cause, cause_of, refused, spellable, told_plainly, too_long


def windows(number: int) -> OSError:
    error = OSError(errno.EINVAL, "Invalid argument")
    error.winerror = number  # type: ignore[attr-defined,unused-ignore]  # outside Windows nothing else sets it
    return error


AWAY = "写不出文件，所在的磁盘、U盘或网络盘出错或没有接上"
SHARES_GONE = [
    *(windows(number) for number in (15, 21, 53, 55, 59, 64, 67, 121, 1117, 1167, 1231)),
    *(OSError(number, os.strerror(number)) for number in (errno.EIO, errno.ESTALE, errno.ENETUNREACH, errno.ETIMEDOUT)),
]


@pytest.mark.parametrize(
    ("error", "code", "found"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk-full", "磁盘空间不够，没有写出"),
        (windows(39), "disk-full", "磁盘空间不够，没有写出"),
        (windows(112), "disk-full", "磁盘空间不够，没有写出"),
        (windows(206), "path-too-long", "文件夹的路径太长（3个字），写不了文件"),
        (OSError(errno.ENAMETOOLONG, "File name too long"), "path-too-long", "文件夹的路径太长（3个字），写不了文件"),
        (FileExistsError(errno.EEXIST, "File exists"), "output-folder", "要写入的文件夹被一个同名文件占用"),
        (OSError(errno.EROFS, "Read-only file system"), "output-folder", "文件夹是只读的，没有写入权限"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "disk-full", "磁盘空间不够，没有写出"),
        (windows(19), "output-folder", "文件夹是只读的，没有写入权限"),
        (windows(123), "output-folder", "文件夹的名称里有系统不允许的字符，写不了文件"),
        *((away, "output-folder", AWAY) for away in SHARES_GONE),
    ],
)
def test_an_error_of_the_system_becomes_a_plain_refusal(error, code, found):
    folder = Path("/报告").absolute()
    with pytest.raises(Refusal) as refusal, told_plainly(folder):
        raise error
    (problem,) = refusal.value.problems
    assert (problem.code, problem.message, problem.place.file) == (code, found, str(folder))
    assert problem.fix != ""


def test_what_goes_well_is_left_alone():
    with told_plainly(Path("报告")):
        pass
    assert refused("output-names", "已有99份", "请清理", Path("报告")).place.file == "报告"
    assert too_long(Path("报告")).code == "path-too-long"


@pytest.mark.parametrize(
    ("number", "cause"),
    [(2, Cause.MISSING), (3, Cause.MISSING), (5, Cause.HELD), (32, Cause.HELD), (33, Cause.HELD), (267, Cause.FILE)],
)
def test_windows_tells_more_by_its_own_number_than_by_the_errno(number, cause):
    assert cause_of(windows(number)) is cause


@pytest.mark.parametrize("name", ["甲\0乙", "半个字\ud800"])
def test_a_folder_that_no_system_could_have(name):
    assert not spellable(Path(name))
    with pytest.raises(Refusal) as refusal, told_plainly(Path(name)):
        raise AssertionError("nothing is tried")
    assert refusal.value.problems[0].message.startswith("文件夹的名称里有系统不允许的字符")
