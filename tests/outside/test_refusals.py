"""What the clerk is told where the disk refuses, also by the numbers that only Windows gives."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tongbao.model import Refusal
from tongbao.outside.refusals import refused, told_plainly, too_long


def windows(number: int) -> OSError:
    error = OSError(errno.EINVAL, "Invalid argument")
    error.winerror = number  # type: ignore[attr-defined,unused-ignore]  # outside Windows nothing else sets it
    return error


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
        (OSError(errno.EIO, "Input/output error"), "output-folder", "写不出文件（Input/output error）"),
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
