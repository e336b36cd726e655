/** Words on paper: the official form, the plain print form, the poster for a village board. */
import type { Words } from './index.ts'

export const printWords: Words = {
  'print.attachments': ['附件：', 'Attachments: '],
  'print.public-note': ['（此件公开发布）', '(Released to the public)'],
  'print.published': ['{at}发布', 'Published {at}'],
  'print.record': ['{number} · 第{edition}版', '{number} · edition {edition}'],
  'print.at': ['本版发布于 {at}', 'This edition published {at}'],
  'print.latest': ['本页为打印件，以网站最新版为准', 'A printed copy: the latest edition is on the website'],
  'print.qr': ['扫码查看最新版', 'Scan for the latest edition'],
  'print.copies': ['下载与张贴', 'To keep and to post'],
  'print.pdf': ['下载 PDF', 'Download as PDF'],
  'problem.printer-busy': [
    '正在生成其他 PDF，请稍后再试。',
    'Other PDFs are being made. Please try again in a moment.',
  ],
  'problem.printer-changed': ['页面刚刚更新，请重新下载。', 'The page has just changed. Please download again.'],
  'problem.printer-failed': [
    'PDF 没有做出来，请用浏览器打印网页。',
    'The PDF could not be made. Please print the page from your browser.',
  ],
  'doctor.printer': ['可以生成 PDF：{path}', 'PDFs can be made: {path}'],
  'doctor.printer-none': [
    '没有 Chromium，发布页不提供 PDF 下载；需要时请安装 chromium 或设置 CHROMIUM_PATH。',
    'No Chromium, so pages offer no PDF. To have them, install chromium or set CHROMIUM_PATH.',
  ],
  'doctor.printer-fails': [
    '{path} 打印失败（{why}）；请检查该程序能否运行，或设 CHROMIUM_PATH=off。',
    '{path} does not print ({why}); see that it runs, or set CHROMIUM_PATH=off.',
  ],
  'print.poster-pdf': ['张贴版 PDF', 'Poster as PDF'],
  gazette: ['政报', 'Gazette (in Chinese)'],
  'gazette.about': [
    '按期汇编已公开发布的政策文件和有文号的公告，全文登载。',
    'Policies and numbered notices already published, in full, by period.',
  ],
  'gazette.issue': ['政报 {number} 期', 'Gazette, issue {number}'],
  'gazette.period': ['收录 {from} 至 {to} 公开发布的文件', 'Documents published from {from} to {to}'],
  'gazette.standard': [
    '本期刊登的规章文本为标准文本。',
    'The texts of regulations in this issue are the standard texts.',
  ],
  'gazette.contents': ['目录', 'Contents'],
  'gazette.changed': [
    '本文在本期编成后已更新：第{edition}版，{at}',
    'Changed since this issue was made: edition {edition}, {at}',
  ],
  'gazette.original': ['原发布页 {number}', 'Release {number}'],
  'gazette.none': ['还没有出版政报。', 'No issue has been published yet.'],
  'gazette.count': ['{n} 件', '{n} documents'],
  'cli.about.gazette': [
    '汇编一期政报：--from 首日 --to 末日 [--standard 标准文本]',
    'compile an issue of the gazette: --from day --to day [--standard]',
  ],
  'cli.gazette.done': ['已编成，收录 {n} 件：{url}', 'Made, with {n} documents: {url}'],
  'issue.gazette-period': ['末日在首日之前', 'The last day is before the first'],
  'issue.gazette-period.remedy': ['请检查起止日期', 'Check the two days'],
  'issue.gazette-not-over': [
    '这段时间还没有过完，之后发布的会漏收',
    'The period is not over; what is published later would be left out',
  ],
  'issue.gazette-not-over.remedy': ['末日请写昨天或更早', 'Let it end yesterday or before'],
  'issue.gazette-number': ['{number} 期已经有了', 'There is an issue {number} already'],
  'issue.gazette-number.remedy': [
    '同月再出请用 2026-11-2 这样的期号',
    'A second issue of a month is numbered like 2026-11-2',
  ],
  'issue.gazette-empty': [
    '这段时间没有发布政策文件或有文号的公告',
    'No policy and no numbered notice was published in this period',
  ],
  'issue.gazette-empty.remedy': ['请检查起止日期', 'Check the two days'],
  'poster.title': ['张贴版', 'Poster'],
  'poster.link': ['A4 张贴版（带二维码）', 'A4 poster with QR code'],
  'poster.note': [
    '用浏览器的“打印”印成一张 A4 纸，贴在公示栏。',
    'Use “Print” in your browser: one sheet of A4 for the notice board.',
  ],
  'poster.print': ['打印', 'Print'],
  'poster.back': ['返回全文', 'Back to the full text'],
  'poster.call': ['请拨打', 'Call'],
  'poster.more': ['内容较长，其余部分见网页', 'There is more on the page'],
  'poster.scan': ['扫码看全文和最新情况', 'Scan for the full text and the latest'],
  'poster.verify': ['验真编号', 'To verify'],
  'poster.print-hash': ['指纹', 'Fingerprint'],
}
