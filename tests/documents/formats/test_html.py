"""Pages of government sites: the document whole, the site left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.documents.formats import extract
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
