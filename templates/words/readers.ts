/** Words: choosing areas and ways, what a choice comes to in words, and the address that stands by. */
import type { Words } from './index.ts'

/** Also bundled for the browser: what a choice comes to. */
export const choiceWords = {
  'choice.will': ['您将收到：{what}', 'You will get: {what}'],
  'choice.all': ['{where}的全部发布', 'everything about {where}'],
  'choice.important': ['{where}的重要和紧急信息', 'what is important or critical for {where}'],
  'choice.critical': ['{where}的紧急信息', 'what is critical for {where}'],
  'choice.everywhere': ['全部地区', 'every area'],
  'choice.within': ['{place}（含所辖各地）', '{place} and the places in it'],
  'choice.more': ['等{n}处', ' and {n} more'],
  'choice.topics': ['，主题为{topics}', ', on {topics}'],
  'choice.topics.all': ['，须同时涉及{topics}', ', if it is about {topics} at the same time'],
  'choice.language': ['，语种为{language}', ', in {language}'],
  'choice.at-once': ['，发布后立即', ', as soon as it is published'],
  'choice.daily': ['，每天一封摘要（快讯仍立即发送）', ', as one mail a day (flashes still at once)'],
  'choice.weekly': ['，每周一封摘要（快讯仍立即发送）', ', as one mail a week (flashes still at once)'],
  'choice.by.mail': ['，用邮件', ', by mail'],
  'choice.by.push': ['，用本浏览器的通知', ', as notifications in this browser'],
  'choice.by.both': ['，用邮件和本浏览器的通知', ', by mail and as notifications in this browser'],
  'choice.by.standby': [
    '，用本浏览器的通知；通知失效后改用邮件',
    ', as notifications in this browser, and by mail once those stop working',
  ],
  'choice.end': ['。', '.'],
  'choice.comma': ['、', ', '],

  'place.find': ['查找地区', 'Find an area'],
  'place.find.hint': ['输入中文或英文名称', 'Type a name in Chinese or English'],
  'place.found': ['找到 {n} 处', '{n} found'],
  'place.found.many': [
    '找到 {n} 处，显示前 {shown} 处，请再多输入几个字',
    '{n} found, the first {shown} shown; type more',
  ],
  'place.none': ['没有这样的地区', 'No such area'],
  'place.failed': ['地区名单没有取到，请再试一次', 'The list of areas could not be fetched; please try again'],
  'place.picked': ['另选的地区', 'Other areas chosen'],

  'ways.done': ['通知已开启。', 'Notifications are on.'],
  'ways.done.standby': [
    '通知已开启。请到邮箱确认备用地址；确认之前不会向它发送任何内容。',
    'Notifications are on. Please confirm the stand-by address from the letter sent to it; nothing else goes there before.',
  ],
  'ways.denied': [
    '浏览器没有允许通知。可以在网站设置中允许后再试，或者取消“浏览器通知”，只用邮件。',
    'The browser did not allow notifications. Allow them in its site settings and try again, or untick notifications and use mail alone.',
  ],
  'ways.need': ['请填写邮箱地址，或者选择浏览器通知', 'Give an e-mail address, or choose notifications'],
  'ways.mail.required': ['邮箱地址', 'E-mail address'],
  'ways.mail.optional': ['邮箱地址（可以不填）', 'E-mail address (may be left empty)'],
} satisfies Words

export const readersWords = {
  ...choiceWords,
  'ways.title': ['怎样通知您', 'How to reach you'],
  'ways.mail.hint': [
    '我们先发一封确认邮件；您确认之后才开始发送。每封邮件都可以一键退订。',
    'We first send one letter to confirm; nothing else is sent before you do. Every mail has a one-click way to leave.',
  ],
  'ways.push': ['在本浏览器显示通知', 'Show notifications in this browser'],
  'ways.push.hint': [
    '按下“订阅”后，浏览器会询问是否允许。不需要地址，随时可以关闭。',
    'When you press “Subscribe” the browser asks whether to allow it. No address needed, and you can turn it off at any time.',
  ],
  'ways.use': ['邮件用于', 'Use mail'],
  'ways.use.each': ['每次都发送', 'every time'],
  'ways.use.standby': ['只作备用：通知失效后才用邮件发送', 'as a stand-by: only once notifications stop working'],
  'ways.send': ['订阅', 'Subscribe'],
  'place.inside': ['所辖{n}处', 'The {n} places in it'],
  'place.hint': [
    '不选即为全部。选了一个地方，就包括它所辖的各地；涉及它上级地区的信息也会发送。',
    'None ticked means all. A place includes everything in it; what concerns the larger area it lies in is sent too.',
  ],
  'place.names': ['苏木、镇、街道等更小的地方', 'Smaller places: towns, sumu, streets'],
  'place.names.hint': ['每行写一个名称或代码，例如 乌兰镇。', 'One name or code a line, in Chinese or English.'],
  'issue.unknown-place': ['没有叫“{name}”的地区', 'There is no area called “{name}”'],
  'issue.unknown-place.remedy': ['写全称，或者写代码', 'Write the full name, or its code'],
  'issue.several-places': ['有 {n} 个地区叫“{name}”：{places}', '{n} areas are called “{name}”: {places}'],
  'issue.several-places.remedy': ['改写成其中一个的代码', 'Write the code of one of them instead'],

  'standby.confirm.title': ['确认备用邮箱', 'Confirm the stand-by address'],
  'standby.confirm.lead': [
    '按下按钮后，{address} 作为备用：平时不发送任何内容；浏览器通知失效后，{site}的发布改发到这里。',
    'When you press the button, {address} stands by: nothing is sent there, until notifications stop working in that browser; then releases of {site} go there instead.',
  ],
  'standby.confirm.button': ['确认备用', 'Confirm'],
  'standby.done.title': ['备用邮箱已确认', 'The stand-by address is confirmed'],
  'standby.done.lead': [
    '浏览器通知失效后，发布会改发到 {address}，不会遗漏。',
    'Once notifications stop working, releases go to {address} instead, and none is lost.',
  ],
  'standby.leave.link': ['不再作备用', 'No longer stand by'],
  'standby.leave.title': ['取消备用邮箱', 'Stop standing by'],
  'standby.leave.lead': [
    '按下按钮后，这个地址不再作备用，并从我们的记录中删除。',
    'When you press the button this address no longer stands by, and is erased from our records.',
  ],
  'standby.leave.button': ['取消备用', 'Stop standing by'],
  'subscription.stood-down.title': ['已取消备用', 'No longer standing by'],
  'subscription.stood-down.lead': [
    '这个地址已经删除，不会向它发送。',
    'This address is erased, and nothing is sent to it.',
  ],

  'mail.standby.subject': ['请确认备用邮箱：{site}', 'Please confirm: stand-by address for {site}'],
  'mail.standby.title': ['请确认备用邮箱', 'Please confirm the stand-by address'],
  'mail.standby.lead': [
    '有人开启了{site}的浏览器通知，并把 {email} 设为备用：通知失效后改发到这个邮箱，平时不发送。如果是您本人，请在 48 小时内确认。',
    'Someone turned on browser notifications of {site} and named {email} as stand-by: releases come here only once those notifications stop working. If it was you, please confirm within 48 hours.',
  ],
  'mail.standby.button': ['确认备用', 'Confirm'],
  'mail.standby.otherwise': [
    '如果不是您本人，不必理会本邮件，地址会在三天内删除。',
    'If it was not you, ignore this mail; the address is erased within three days.',
  ],
  'mail.taken-over.subject': ['浏览器通知已失效，改用邮件：{site}', 'Notifications have stopped; now by mail: {site}'],
  'mail.taken-over.title': ['浏览器通知已失效，改用邮件', 'Notifications have stopped; mail takes over'],
  'mail.taken-over.lead': [
    '您的浏览器已经收不到{site}的通知。按您事先的确认，从现在起发布会发送到 {email}，刚才没有送达的也随后寄出。',
    'Your browser can no longer be reached by notifications of {site}. As you confirmed beforehand, releases come to {email} from now on, and what did not arrive just now follows.',
  ],
  'mail.taken-over.button': ['查看或更改订阅', 'See or change my choices'],
  'mail.taken-over.otherwise': ['不想再收到邮件，请打开：{leave}', 'To stop all mail, open: {leave}'],

  'readers.error.at': ['有误：', 'Error: '],
  'readers.error.title': ['请改正 {n} 处', 'Please put {n} right'],
} satisfies Words
