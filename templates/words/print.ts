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
