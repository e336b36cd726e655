/** Words: feeds and CAP. Labels in a Mongolian entry are Chinese; its text is its own. */
import type { Words } from './index.ts'

export const feedWords = {
  'feeds.note.exercise': ['演练，不是真实事件。', 'Exercise, not a real event.'],
  'feeds.note.test': ['测试，不是正式发布。', 'Test, not a real release.'],

  'feeds.withdrawal.title': ['撤稿：稿件 {number}', 'Withdrawn: release {number}'],
  'feeds.withdrawal.elsewhere': ['撤稿原因见稿件页面。', 'The reason is given on the page of the release.'],
  'feeds.unspoken.title': ['译文已撤下：稿件 {number}', 'Translation taken back: release {number}'],
  'feeds.unspoken.text': [
    '{language}文本不再有效，请以稿件页面为准。',
    'The {language} text no longer stands; please see the page.',
  ],
  'feeds.full-text': ['阅读全文', 'Read the full text'],
  'feeds.credit': [
    '来源：{agency} · 稿件 {release} · 第{edition}版 · {time}',
    'Source: {agency} · Release {release}, edition {edition} · {time}',
  ],
  'feeds.takedown.title': ['下线：稿件 {number}', 'Taken down: release {number}'],
  'feeds.takedown.text': ['稿件 {number} 已于 {time} 下线。', 'Release {number} was taken down at {time}.'],
  'feeds.cap.gone': ['本预警文件已撤下。稿件 {number}', 'This alert file was taken away. Release {number}'],
  'feeds.cap.cancelled': ['取消：稿件 {number}', 'Cancelled: release {number}'],

  'feeds.change.erratum': ['勘误', 'Erratum'],
  'feeds.change.correction': ['更正', 'Correction'],
  'feeds.change.addition': ['增发语种', 'Language added'],
  'feeds.change.heading': ['第{number}版 · {type}', 'Edition {number} · {type}'],
  'feeds.summary.changed': ['【{type}】{note} {summary}', '{type}: {note} {summary}'],
  'feeds.as-of': ['截至', 'As of'],
  'feeds.next-update': ['下次发布', 'Next update'],
  'feeds.block.advice': ['现在请您', 'What to do now'],
  'feeds.block.whenWhere': ['时间地点', 'When and where'],
  'feeds.block.facts': ['发生了什么', 'What happened'],
  'feeds.block.actions': ['正在做什么', 'What is being done'],
  'feeds.block.cause': ['原因', 'Cause'],
  'feeds.attachments': ['附件', 'Attachments'],
  'feeds.contact.public': ['公众咨询', 'For the public'],
  'feeds.contact.press': ['新闻联络', 'Press contact'],

  'feeds.ninjs.usage': [
    '转载请注明来源：{agency}。以最新一版为准，撤稿后不得继续使用。',
    'Name {agency} as the source. The latest edition holds; not to be used once withdrawn.',
  ],
  'feeds.ninjs.kill': ['请撤下此前各版。', 'Kill: take down every earlier edition.'],
  'feeds.ninjs.disaster': ['灾难、事故与突发事件', 'Disaster, accident and emergency incident'],

  'feeds.list.all': ['全部发布信息', 'All releases'],
  'feeds.list.topic': ['主题：{name}', 'Topic: {name}'],
  'feeds.list.area': ['地区：{name}', 'Area: {name}'],
  'feeds.list.agency': ['发布单位：{name}', 'Agency: {name}'],
  'feeds.list.incident': ['突发事件：{name}', 'Incident: {name}'],
  'feeds.list.kind': ['文种：{name}', 'Kind: {name}'],
  'feeds.list.cap': ['有效预警', 'Alerts in force'],

  'feeds.kind.incident-notice': ['突发事件首报', 'Incident: first notice'],
  'feeds.kind.incident-update': ['突发事件续报', 'Incident: update'],
  'feeds.kind.incident-final': ['突发事件终报', 'Incident: final report'],
  'feeds.kind.warning': ['预警', 'Warning'],
  'feeds.kind.response': ['应急响应', 'Emergency response'],
  'feeds.kind.policy': ['政策', 'Policy'],
  'feeds.kind.interpretation': ['政策解读', 'Policy explained'],
  'feeds.kind.press-conference': ['新闻发布会', 'Press conference'],
  'feeds.kind.clarification': ['澄清', 'Clarification'],
  'feeds.kind.notice': ['公告', 'Public notice'],
  'feeds.urgency.critical': ['紧急', 'Critical'],
  'feeds.urgency.important': ['重要', 'Important'],
  'feeds.urgency.normal': ['一般', 'Normal'],
} satisfies Words
