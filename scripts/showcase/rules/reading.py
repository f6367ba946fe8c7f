"""Rules about files and their syntax: what was found while reading."""

from __future__ import annotations

from collections.abc import Iterator

from showcase.diagnostics import START, Diagnostic, Severity
from showcase.graph import Graph
from showcase.photos import Fault
from showcase.source import unreadable


def not_opened(graph: Graph) -> Iterator[Diagnostic]:
    """文件没有打开

    链接（快捷方式）、管道、没有读取权限的文件和过大的文件都不打开。链接可能指向项目以外的
    文件，公开出去会泄露别人的内容。

    错误：content/brands/向阳花开.md 是一个快捷方式

    正确：把文件本身复制到 content/brands/ 里
    """
    yield from graph.found("SRC001")
    for file, facts in graph.survey.facts.items():
        if facts.fault is Fault.UNREADABLE:
            why = unreadable(file, OSError(int(facts.detail), ""))
            yield Diagnostic("SRC001", Severity.ERROR, file, START, "", why.reason, why.help)


def not_utf8(graph: Graph) -> Iterator[Diagnostic]:
    """文件的编码不是 UTF-8

    旧版记事本和一些软件默认存成 GBK、Big5 或 UTF-16。用错误的编码读出来会是乱码。

    错误：编码选「ANSI」保存

    正确：编码选「UTF-8」保存（有没有 BOM 都可以）
    """
    return graph.found("SRC002")


def control_characters(graph: Graph) -> Iterator[Diagnostic]:
    """有看不见的控制字符

    从别的软件复制文字时，可能带进看不见的控制字符。它们会破坏网页和检索。

    错误：名称里夹着一个 U+0000

    正确：删除那里的字符，从键盘重新输入
    """
    return graph.found("SRC003")


def no_front_matter(graph: Graph) -> Iterator[Diagnostic]:
    """找不到字段部分

    记录文件的第一行必须是三个半角减号「---」，接着是字段，再用一行「---」结束。

    错误：第一行是「———」，或者直接从正文开始

    正确：
        ---
        名称: 党群同心·向阳花开
        ---
    """
    return graph.found("SRC004")


def unclosed_front_matter(graph: Graph) -> Iterator[Diagnostic]:
    """字段部分没有结束

    少了第二行「---」，程序分不清哪里是字段、哪里是正文，字段可能被当成正文公开出去。

    错误：字段写完直接写正文

    正确：字段和正文之间有单独一行「---」
    """
    return graph.found("SRC005")


def syntax(graph: Graph) -> Iterator[Diagnostic]:
    """字段部分的写法读不出来

    冒号、引号、括号或缩进写得不对，程序读不出字段。

    错误：简介: 主题: 向阳

    正确：简介: "主题: 向阳"
    """
    return graph.found("SRC006")


def full_width_colon(graph: Graph) -> Iterator[Diagnostic]:
    """字段名后面是全角冒号

    中文输入法打出的「：」不能分开字段名和内容。

    错误：名称：向阳花开

    正确：名称: 向阳花开
    """
    return graph.found("SRC007")


def no_space(graph: Graph) -> Iterator[Diagnostic]:
    """冒号或「-」后面缺少空格

    字段名和内容之间要有半角冒号和一个空格；列表的每一项以半角减号和一个空格开头。

    错误：名称:向阳花开

    正确：名称: 向阳花开
    """
    return graph.found("SRC008")


def odd_indentation(graph: Graph) -> Iterator[Diagnostic]:
    """用制表符或全角空格缩进

    缩进只能用半角空格。制表符和全角空格看起来一样，程序却读不出层次。

    错误：行首是一个 Tab 或「　」

    正确：行首是两个半角空格
    """
    return graph.found("SRC009")


def yaml_extras(graph: Graph) -> Iterator[Diagnostic]:
    """用了锚点、别名、标签或合并键

    记录里用不到 YAML 的这些写法；恶意的文件能用它们让程序卡死。

    错误：内容以「&」「*」「!」开头，或字段名是「<<」

    正确：把内容直接写在这里；文字本身以这些符号开头时加引号
    """
    return graph.found("SRC010")


def too_much(graph: Graph) -> Iterator[Diagnostic]:
    """嵌套太深或内容太多

    一条记录最多 12 层、5,000 项，一个文件只有一份内容。再多就是写错了。

    错误：一层套一层的方括号

    正确：按字段表填写
    """
    return graph.found("SRC011")


def duplicate_key(graph: Graph) -> Iterator[Diagnostic]:
    """同一个字段写了两次

    写了两次，程序不知道该用哪一个；悄悄丢掉一个就会丢失内容。

    错误：
        名称: 向阳花开
        名称: 党群同心

    正确：只留一个
    """
    return graph.found("SRC012")


def conflict_markers(graph: Graph) -> Iterator[Diagnostic]:
    """留有版本合并的冲突标记

    两个人改了同一处，合并后没有处理完。

    错误：文件里有「<<<<<<<」「>>>>>>>」

    正确：选定一份内容，删除标记行
    """
    return graph.found("SRC013")


def wrong_container(graph: Graph) -> Iterator[Diagnostic]:
    """该写字段的地方不是字段

    记录是「字段: 内容」，列表文件是一条一条的记录。

    错误：字段部分写成「- 向阳花开」

    正确：字段部分写成「名称: 向阳花开」
    """
    return graph.found("SRC014")


def misplaced(graph: Graph) -> Iterator[Diagnostic]:
    """文件或文件夹的位置不对

    content 里只有固定的文件夹。放错地方的记录不会被读取，也就不会公开。

    错误：content/brand/向阳花开.md

    正确：content/brands/向阳花开.md
    """
    return graph.found("SRC015")


def stray(graph: Graph) -> Iterator[Diagnostic]:
    """内容文件夹里有不是记录的文件

    表格、Word 文件放在 content 里不会公开；如果本来想公开，请写成记录。

    错误：content/台账.xlsx

    正确：content/activities/助学活动.md
    """
    return graph.found("SRC016")


def hidden_text(graph: Graph) -> Iterator[Diagnostic]:
    """「#」后面的文字会丢失

    空格后面的「#」是注释的开头，这一行后面的文字都不会出现在网站上。

    错误：标签: #向阳花开

    正确：标签: "#向阳花开"
    """
    return graph.found("SRC017")
