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
    '{path} 打印失败（{why}）：请检查该程序能否运行，或设 CHROMIUM_PATH=off。',
    '{path} does not print ({why}): see that it runs, or set CHROMIUM_PATH=off.',
  ],
  'print.poster-pdf': ['张贴版 PDF', 'Poster as PDF'],
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
