/** Words of the government profile: faults reported by readers, validity of documents, the end of a 公示, the catalogue. */
import type { Words } from './index.ts'

export const govWords = {
  'gov.head': ['文件信息', 'About this document'],
  'gov.head.index': ['索引号', 'Index number'],
  'gov.head.topics': ['主题分类', 'Topics'],
  'gov.head.agency': ['发文机关', 'Issued by'],
  'gov.head.formed': ['成文日期', 'Dated'],
  'gov.head.title': ['标题', 'Title'],
  'gov.head.document': ['发文字号', 'Document number'],
  'gov.head.published': ['发布日期', 'Published'],
  'gov.head.validity': ['有效性', 'Validity'],

  'gov.validity.valid': ['有效', 'In force'],
  'gov.validity.amended': ['已修改', 'Amended'],
  'gov.validity.repealed': ['废止', 'Repealed'],
  'gov.validity.expired': ['失效', 'Expired'],
  'gov.validity.dated': ['{word}（{day}）', '{word} ({day})'],
  'gov.validity.since': ['自何日起', 'Since'],
  'field.validity': ['有效性', 'Validity'],
  'field.validity.state': ['有效性', 'Validity'],
  'field.since': ['自何日起', 'Since'],
  'gov.banner.amended': ['本文件已于 {day} 修改', 'This document was amended on {day}'],
  'gov.banner.repealed': ['本文件已于 {day} 废止', 'This document was repealed on {day}'],
  'gov.banner.expired': ['本文件已于 {day} 失效', 'This document expired on {day}'],
  'gov.banner.by.amended': ['修改的依据：', 'Amended by:'],
  'gov.banner.by.repealed': ['替代或废止本文件的文件：', 'Repealed or replaced by:'],
  'gov.banner.by.expired': ['依据：', 'By:'],
  'gov.banner.kept': ['原文留存，供查阅。', 'The text is kept for reference.'],
  'gov.banner.others': ['查看其他政策文件', 'See other policy documents'],
  'public.related.amends': ['修改的文件', 'Amends'],
  'public.related.repeals': ['废止或替代的文件', 'Repeals or replaces'],
  'public.related.by.amends': ['被修改', 'Amended by'],
  'public.related.by.repeals': ['被废止或替代', 'Repealed or replaced by'],

  'field.displayUntil': ['公示至', 'On display until'],
  'gov.display.hint': [
    '公示到期后，网页、附件、订阅源和搜索中不再出现内容；邮件和通知只带链接。',
    'After that time page, files, feeds and search show nothing of it; mails and notifications carry a link only.',
  ],
  'gov.index.hint': [
    '留空则按本单位编码自动编号（已配置时）',
    'Left empty, it is numbered by the agency’s code where one is set',
  ],
  'gov.display.period': ['公示时间', 'On display'],
  'gov.display.to': ['至', 'to'],
  'gov.display.gone': [
    '公示内容和附件已不再提供。如需了解，请联系发布单位。',
    'What was displayed, files included, is no longer offered. Please ask the agency.',
  ],
  'public.gone.ended': ['公示期已满', 'The time of display is over'],
  'feeds.ended.title': ['公示期已满：稿件 {number}', 'Display ended: release {number}'],
  'feeds.ended.text': [
    '稿件 {number} 的公示已于 {time} 期满，内容不再提供。',
    'The display of release {number} ended at {time}.',
  ],
  'feeds.display.title': ['{agency}公示（{number}）', '{agency}: public notice {number}'],
  'feeds.display.text': [
    '{agency}正在公示，编号 {number}，公示至 {until}。内容请到网站查看。',
    '{agency} has a notice on display, number {number}, until {until}. Please read it on the site.',
  ],
  'mail.display.subject': ['{agency}公示（{number}）', '{agency}: public notice {number}'],
  'mail.display.lead': [
    '公示至 {until}。公示内容不在此发送，请到网站查看。',
    'On display until {until}. What is displayed is not sent; please read it on the site.',
  ],
  'mail.display.until': ['公示至', 'On display until'],
  'mail.display.changed': [
    '公示内容有更正，请到网站查看。',
    'The notice has been corrected; please read it on the site.',
  ],

  'issue.display-past': ['公示截止时间已过', 'The time of display is already over'],
  'issue.display-past.remedy': ['改为将来的时间', 'Choose a time to come'],
  'issue.display-not-for-kind': [
    '只有公告、通告、公示可以设公示截止时间',
    'Only a public notice has a time of display',
  ],
  'issue.display-not-for-kind.remedy': [
    '清空“公示至”，或把文种改为公告、通告、公示',
    'Empty it, or choose the kind “public notice”',
  ],
  'issue.display-missing': ['公示没有截止时间', 'A notice on display has no end'],
  'issue.display-missing.remedy': [
    '填写“公示至”；含个人信息的公示必须有截止时间',
    'Say until when it is on display; one with personal data must end',
  ],
  'issue.validity-not-for-kind': ['这一文种没有有效性', 'This kind of release has no validity'],
  'issue.validity-not-for-kind.remedy': [
    '有效性只用于政策文件、公告和响应',
    'Mark documents, notices and responses only',
  ],
  'issue.validity-at-first': ['首次发布就标为不再有效', 'It is marked as no longer in force when first published'],
  'issue.validity-at-first.remedy': [
    '补录旧文件时可以；新文件请改为“有效”',
    'Right for an old document; a new one is in force',
  ],
  'issue.validity-in-future': ['有效性变化的日期晚于今天', 'The day its validity changed is still to come'],
  'issue.validity-in-future.remedy': ['到当日再标注', 'Mark it on that day'],
  'issue.repeals-not-for-kind': [
    '这一文种不能修改或废止文件',
    'This kind of release cannot amend or repeal a document',
  ],
  'issue.repeals-not-for-kind.remedy': [
    '改用政策文件或公告，或改为“接续”',
    'Use a policy document or notice, or choose “follows”',
  ],

  'gov.fault.button': ['本页找错', 'Report a fault on this page'],
} satisfies Words
