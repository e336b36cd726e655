/** Words: mails and browser notifications. Labels of a Mongolian mail are Chinese; its text is its own. */
import type { Words } from './index.ts'

export const mailWords = {
  'mail.prefix.exercise': ['演练：', 'EXERCISE: '],
  'mail.prefix.test': ['测试：', 'TEST: '],
  'mail.prefix.correction': ['更正：', 'Correction: '],
  'mail.prefix.withdrawal': ['撤稿：', 'Withdrawn: '],
  'mail.subject.withdrawal': ['发布信息 {number}', 'release {number}'],

  'mail.band.exercise': ['演练 · 以下内容不是真实事件', 'EXERCISE · this is not a real event'],
  'mail.band.test': ['测试 · 以下内容不是正式发布', 'TEST · this is not a real release'],
  'mail.band.flash': ['紧急发布', 'URGENT'],
  'mail.band.correction': ['更正', 'CORRECTION'],
  'mail.band.withdrawal': ['撤稿', 'WITHDRAWN'],

  'mail.level.red': ['◆ 红色 · Ⅰ级', '◆ Red · level I'],
  'mail.level.orange': ['▲ 橙色 · Ⅱ级', '▲ Orange · level II'],
  'mail.level.yellow': ['■ 黄色 · Ⅲ级', '■ Yellow · level III'],
  'mail.level.blue': ['● 蓝色 · Ⅳ级', '● Blue · level IV'],

  'mail.kind.incident-notice': ['突发事件首报', 'Incident: first notice'],
  'mail.kind.incident-update': ['突发事件续报', 'Incident: update'],
  'mail.kind.incident-final': ['突发事件终报', 'Incident: final report'],
  'mail.kind.warning': ['预警', 'Warning'],
  'mail.kind.response': ['应急响应', 'Emergency response'],
  'mail.kind.policy': ['政策', 'Policy'],
  'mail.kind.interpretation': ['政策解读', 'Policy explained'],
  'mail.kind.press-conference': ['新闻发布会', 'Press conference'],
  'mail.kind.clarification': ['澄清', 'Clarification'],
  'mail.kind.notice': ['公告', 'Notice'],

  'mail.fact.agency': ['发布单位', 'Published by'],
  'mail.fact.kind': ['文种', 'Kind'],
  'mail.fact.asOf': ['截至', 'As of'],
  'mail.fact.published': ['发布时间', 'Published'],
  'mail.fact.nextUpdate': ['下次发布', 'Next update'],
  'mail.fact.expires': ['有效期至', 'Valid until'],
  'mail.fact.areas': ['涉及地区', 'Areas'],
  'mail.fact.document': ['发文字号', 'Document number'],
  'mail.fact.number': ['稿件编号', 'Release number'],
  'mail.edition': ['第{n}版', 'edition {n}'],

  'mail.block.advice': ['请这样做', 'What to do'],
  'mail.block.whenWhere': ['时间和地点', 'When and where'],
  'mail.block.facts': ['情况', 'What has happened'],
  'mail.block.actions': ['正在采取的措施', 'What is being done'],
  'mail.block.cause': ['原因', 'Cause'],
  'mail.section.changed': ['更正说明', 'What has changed'],
  'mail.section.reason': ['撤稿原因', 'Why it was withdrawn'],
  'mail.section.contacts': ['联系方式', 'Contacts'],
  'mail.section.attachments': ['附件（请在网站上打开）', 'Attachments (open on the website)'],
  'mail.contact.press': ['媒体联系', 'For the press'],

  'mail.correction.lead': [
    '您此前收到的同一编号的邮件有误，请以本邮件为准，并告知您转告过的人。',
    'The earlier mail with this number was wrong. Go by this one, and tell those you passed it on to.',
  ],
  'mail.withdrawal.lead': [
    '编号 {number} 的发布信息已经撤回，请不要再引用或转发，并告知您转告过的人。',
    'Release {number} has been withdrawn. Please no longer quote or forward it, and tell those you passed it on to.',
  ],
  'mail.withdrawal.title': ['发布信息 {number} 已撤回', 'Release {number} has been withdrawn'],

  'mail.link.read': ['在网站上阅读最新版', 'Read the latest edition on the website'],
  'mail.link.preferences': ['订阅设置', 'Preferences'],
  'mail.link.leave': ['退订', 'Unsubscribe'],
  'mail.foot.why': [
    '您订阅了{site}的邮件发布，因此收到本邮件。本邮件由系统自动发出，请不要回复。',
    'You receive this because you subscribed to mail from {site}. It is sent automatically; please do not reply.',
  ],
  'mail.foot.verify': [
    '本邮件可能不是最新版，请以网站为准。',
    'This mail may not be the latest edition; the website is what counts.',
  ],

  'mail.digest.daily': ['每日摘要', 'Daily digest'],
  'mail.digest.weekly': ['每周摘要', 'Weekly digest'],
  'mail.digest.at-once': ['此前等待发送的发布', 'Releases that were waiting'],
  'mail.digest.subject.one': ['{what} {date}：{title}', '{what} {date}: {title}'],
  'mail.digest.subject.more': ['{what} {date}：{title}等{n}条', '{what} {date}: {title} and {more} more'],
  'mail.digest.lead': [
    '{site}发布了以下{n}条。紧急发布不等摘要，已经另行即时发送。',
    '{n} from {site}. Urgent releases do not wait for a digest: those were sent at once.',
  ],
  'mail.digest.expired': ['已过有效期', 'NO LONGER VALID'],
  'mail.digest.read': ['阅读全文', 'Read it in full'],
  'mail.digest.verify': [
    '本邮件只是摘要，内容可能已有更新，请以网站为准。',
    'This is a summary and may have been updated since; the website is what counts.',
  ],
  'mail.digest.why': [
    '您订阅了{site}的摘要邮件，因此收到本邮件。本邮件由系统自动发出，请不要回复。',
    'You receive this because you asked for digests from {site}. It is sent automatically; please do not reply.',
  ],

  'mail.confirm.subject': ['请确认订阅 {site}', 'Please confirm your subscription to {site}'],
  'mail.confirm.title': ['请确认订阅', 'Please confirm your subscription'],
  'mail.confirm.lead': [
    '有人用 {email} 订阅了{site}的邮件发布。如果是您本人，请在 48 小时内确认。',
    'Someone asked for mail from {site} to be sent to {email}. If it was you, please confirm within 48 hours.',
  ],
  'mail.confirm.button': ['确认订阅', 'Confirm'],
  'mail.confirm.otherwise': [
    '如果不是您本人，不必理会本邮件，您不会再收到我们的邮件。',
    'If it was not you, ignore this mail and you will hear nothing more from us.',
  ],
  'mail.confirm.copy': [
    '按钮打不开时，请把下面的地址复制到浏览器：',
    'If the button does not open, copy this address:',
  ],

  'mail.known.subject': ['您已订阅 {site}', 'You are subscribed to {site}'],
  'mail.known.title': ['您已经订阅', 'You are already subscribed'],
  'mail.known.lead': [
    '有人用 {email} 再次申请订阅{site}的邮件发布。这个地址已经订阅，现有的选择没有改变。',
    'Someone asked again for mail from {site} to be sent to {email}. It is subscribed already, and nothing has changed.',
  ],
  'mail.known.button': ['查看或更改订阅', 'See or change my choices'],
  'mail.known.otherwise': ['不想再收到邮件，请打开：{leave}', 'To stop all mail, open: {leave}'],

  'push.title.exercise': ['【演练】{title}', '[EXERCISE] {title}'],
  'push.title.test': ['【测试】{title}', '[TEST] {title}'],
  'push.title.correction': ['更正：{title}', 'Correction: {title}'],
  'push.title.withdrawal': ['发布信息 {number} 已撤回', 'Release {number} has been withdrawn'],
  'push.body.withdrawal': ['请不要再引用或转发。', 'Please no longer quote or forward it.'],
  'push.body.exercise': ['这是演练，不是真实事件。', 'This is an exercise, not a real event. '],
  'push.body.test': ['这是测试，不是正式发布。', 'This is a test, not a real release. '],
} satisfies Words
