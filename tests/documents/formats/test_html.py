"""Pages of government sites: the document whole, the site left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.documents.formats import extract
from assistant.documents.formats.portal import portal
from assistant.documents.reading import read_document
from assistant.errors import DocumentError

DISTRICT = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>松江区创新券实施细则_上海市松江区人民政府</title>
<meta name="ArticleTitle" content="松江区创新券实施细则"><meta name="PubDate" content="2025-12-01 10:00">
<meta name="ContentSource" content="区科委"><script>var a = "第九条";</script></head><body>
<div class="top"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; 正文</div>
<table class="xxgk"><tr><td>索引号：</td><td>SJ001-2025-01</td><td>发文字号</td><td>松科规〔2025〕2号</td></tr>
<tr><td>发布机构</td><td>松江区科委</td><td>成文日期</td><td>2025-11-20</td></tr></table>
<h1 id="ivs_title">松江区创新券实施细则</h1>
<div class="share">分享到：<a>微信</a><a>微博</a></div><div>【字体：<a>大</a> <a>中</a> <a>小</a>】 打印 关闭</div>
<div id="ivs_content"><p>　　第一条&nbsp;&nbsp;为了支持企业创新，
制定本细则。</p><p>　　第二条&nbsp;本区企业可以申领。<br>　　每家每年不超过<b>10</b>万元。</p>
<table><tr><td colspan="2">兑付标准</td></tr><tr><th>类别</th><th>比例</th></tr>
<tr><td rowspan="2">检测</td><td>50%</td></tr><tr><td>30%</td></tr></table>
<ol><li>提交申请；</li><li>审核。</li></ol><p style="display:none">第九条 草稿。</p>
<p>上海市松江区科学技术委员会</p><p>2025年11月20日</p></div>
<div class="fujian"><p>附件：</p><a href="./P020.docx">申请表.docx</a></div>
<div>上一篇：关于开展培训的通知</div>
<div class="footer">主办单位：松江区人民政府 沪ICP备00000000号</div></body></html>"""

COMMISSION = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>关于发布指南的通知 - 上海市科学技术委员会</title></head><body><div id="wrap">
<div><a href="/">首页</a><a href="/a">新闻中心</a><a href="/b">政务公开</a></div>
<div class="main"><div class="left-bar"><a href="/1">机构概况</a><a href="/2">政策法规</a></div>
<div class="detail"><h2>关于发布指南的通知</h2><div>发布时间：2026-01-05　浏览次数：10</div>
<div class="cont"><div><span>各有关单位：</span></div><div>现将指南予以发布，请按要求组织申报，受理截止到三月底。</div>
<div>一、申报条件</div><div>申报单位应当在本市注册，具有独立法人资格，运行两年以上，信用良好。</div></div>
</div></div></div></body></html>"""


@pytest.fixture
def district(tmp_path: Path) -> Path:
    file = tmp_path / "细则.html"
    file.write_text(DISTRICT, encoding="utf-8")
    return file


def test_the_body_is_kept_whole_and_nothing_else(district: Path) -> None:
    assert [block.text for block in extract(district).blocks] == [
        "松江区创新券实施细则",
        "第一条 为了支持企业创新，制定本细则。",
        "第二条 本区企业可以申领。",
        "每家每年不超过10万元。",
        "兑付标准",
        "| 类别 | 比例 |\n| 检测 | 50% |\n| 检测 | 30% |",
        "1. 提交申请；",
        "2. 审核。",
        "上海市松江区科学技术委员会",
        "2025年11月20日",
    ]


def test_what_the_page_states_about_the_document_is_kept_apart(district: Path) -> None:
    read = extract(district)
    assert read.title == "松江区创新券实施细则"
    details = dict(read.details)
    assert details["发文字号"] == "松科规〔2025〕2号"
    assert details["成文日期"] == "2025-11-20"
    assert details["发布日期"] == "2025-12-01 10:00"
    assert details["发布机构"] == "松江区科委"


def test_attachments_that_were_not_read_are_named(district: Path) -> None:
    assert any("申请表.docx" in text for _, text in extract(district).remarks)


def test_a_page_without_known_names_is_read_by_where_its_prose_is(tmp_path: Path) -> None:
    file = tmp_path / "通知.htm"
    file.write_bytes(COMMISSION.encode("gb18030"))
    read = extract(file)
    assert [block.text for block in read.blocks] == [
        "关于发布指南的通知",
        "各有关单位：",
        "现将指南予以发布，请按要求组织申报，受理截止到三月底。",
        "一、申报条件",
        "申报单位应当在本市注册，具有独立法人资格，运行两年以上，信用良好。",
    ]
    assert dict(read.details)["发布时间"].startswith("2026-01-05")


def test_a_page_that_only_announces_attachments_says_so(tmp_path: Path) -> None:
    file = tmp_path / "通知.html"
    file.write_text("<html><body><p>详见附件。</p><a href='a.pdf'>办法.pdf</a></body></html>", encoding="utf-8")
    remarks = " ".join(text for _, text in extract(file).remarks)
    assert "办法.pdf" in remarks
    assert "正文很短" in remarks


def test_a_page_saved_as_one_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "细则.mhtml"
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\n"
    part = 'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n'
    file.write_bytes((head + part + DISTRICT + "\n--B--\n").encode())
    assert extract(file).title == "松江区创新券实施细则"


def nested(depth: int, text: str) -> str:
    return f"<html><body>{'<div>' * depth}{text}{'</div>' * depth}</body></html>"


def test_deep_nesting_is_read(tmp_path: Path) -> None:
    file = tmp_path / "深.html"
    text = "第一条 企业可以申领创新券，每家每年不超过十万元，具体由平台受理。"
    file.write_text(nested(1000, text), encoding="utf-8")
    assert text in "".join(block.text for block in extract(file).blocks)


def test_nesting_without_end_is_refused_and_not_swallowed(tmp_path: Path) -> None:
    file = tmp_path / "深.html"
    file.write_text(nested(50_000, "第一条 企业可以申领。"), encoding="utf-8")
    with pytest.raises(DocumentError, match="嵌套太深"):
        extract(file)


PAGES = Path(__file__).with_name("pages")  # of our own, built as the six sites build theirs


@pytest.mark.parametrize(
    ("site", "title", "number", "issuers", "issued", "effective", "first", "last", "clauses"),
    [
        (
            "shanghai",
            "本市样例仪器共享办法",
            "沪样府办〔2025〕7号",
            ("上海市人民政府办公厅",),
            date(2025, 3, 1),
            date(2025, 4, 1),
            "各区人民政府，",
            "至2030年3月31日。",
            ["notice", "art-1", "art-2", "art-3"],
        ),
        (
            "songjiang",
            "松江区样例园区扶持细则",
            "松样科规〔2025〕3号",
            ("上海市松江区科学技术委员会",),
            date(2025, 6, 18),
            date(2025, 7, 1),
            "各有关单位：",
            "有效期2年。",
            ["notice", "sec-1.item-1", "sec-1.item-2", "sec-2", "sec-3"],
        ),
        (
            "govcn",
            "国务院办公厅关于样例成果转化的指导意见",
            "国样办发〔2025〕18号",
            ("国务院办公厅",),
            date(2025, 5, 6),
            date(2025, 5, 6),
            "国样办发〔2025〕18号",
            "（此件公开发布）",
            ["par-1", "sec-1", "sec-2.item-1", "sec-2.item-2"],
        ),
        (
            "chinatax",
            "国家税务总局关于样例事项的公告",
            "国家税务总局公告2025年第99号",
            ("国家税务总局",),
            date(2025, 2, 10),
            date(2025, 3, 1),
            "为便利纳税人",
            "2025年2月10日",
            ["par-1", "sec-1", "sec-2", "sec-3"],
        ),
        (
            "most",
            "样例计划管理办法",
            "国科样〔2025〕1号",
            ("科技部", "财政部"),
            date(2025, 1, 8),
            date(2025, 1, 8),
            "各省、自治区、",
            "自发布之日起施行。",
            ["notice", "art-1", "art-2", "art-3", "art-4"],
        ),
        (
            "miit",
            "样例企业培育办法",
            "工信部样〔2025〕12号",
            ("工业和信息化部",),
            date(2025, 3, 28),
            date(2025, 6, 1),
            "各省、自治区、",
            "负责解释。",
            ["notice", "art-1", "art-2", "art-3"],
        ),
    ],
)
def test_of_a_page_in_the_manner_of_a_site_only_the_document_is_read_and_its_particulars_right(
    site: str,
    title: str,
    number: str,
    issuers: tuple[str, ...],
    issued: date,
    effective: date,
    first: str,
    last: str,
    clauses: list[str],
) -> None:
    read = read_document(PAGES / f"{site}.html", PAGES)
    version = read.version
    assert (version.title, version.number, version.issuers) == (title, number, issuers)
    assert (version.issued, version.effective) == (issued, effective)
    assert read.text.startswith(first)
    assert read.text.endswith(last)
    assert [clause.id for clause in read.clauses] == clauses


@pytest.mark.parametrize(
    "line",
    [
        "【打印】 【关闭】",
        "【打印本页】【关闭窗口】",
        "相关解读：《甲办法》解读",
        "地址：样例路1号 邮编：000000 联系我们",
        "联系我们 | 网站地图",
    ],
)
def test_a_line_of_the_site_is_known_wherever_it_stands(line: str) -> None:
    assert portal().is_furniture(line)


@pytest.mark.parametrize(
    "line", ["第三条 解读政策由区科委负责。", "联系我们的方式另行公布。", "地址变更的，应当备案。"]
)
def test_a_line_of_the_document_is_not_taken_for_the_sites(line: str) -> None:
    assert not portal().is_furniture(line)


def test_the_title_is_told_from_column_and_site(tmp_path: Path) -> None:
    page = "<html><head><title>松江区样例细则_规范性文件_上海市松江区人民政府</title></head><body>{}<p>一、甲事要办。</p></body></html>"
    file = tmp_path / "a.html"
    file.write_text(page.format(""), encoding="utf-8")
    assert extract(file).title == "松江区样例细则"
    file.write_text(page.format("<h2>关于印发《松江区样例细则》的通知</h2><h3>相关新闻</h3>"), encoding="utf-8")
    assert extract(file).title == "关于印发《松江区样例细则》的通知"


def test_particulars_on_one_line_are_told_apart(tmp_path: Path) -> None:
    assert portal().particulars(["发布日期：2026-03-02 文号：沪样〔2026〕6号", "第一条 定义：企业"]) == [
        ("发布日期", "2026-03-02"),
        ("文号", "沪样〔2026〕6号"),
    ]
