/** Words: subscribing, confirming, choosing, leaving; what may be wrong with it. */
import type { Words } from './index.ts'

export const subscriptionWords = {
  'form.issues': ['请改正以下内容', 'Please put this right'],
  'subscription.choose': ['展开选择（共{n}项）', 'Choose from {n}'],

  'subscription.asked.title': ['请查收确认邮件', 'Please check your mail'],
  'subscription.asked.1': [
    '如果这个地址可以收信，几分钟内会收到一封邮件。点击其中的链接并确认后，才会开始发送。',
    'If mail can be sent to this address, a letter arrives within minutes. Open its link and confirm; nothing else is sent before you do.',
  ],
  'subscription.asked.2': [
    '没有收到？请看垃圾邮件文件夹；两分钟后可以再申请一次。',
    'Nothing there? Look in your spam folder; you can ask again after two minutes.',
  ],
  'subscription.home': ['返回首页', 'Back to the home page'],
  'subscription.anew': ['重新订阅', 'Subscribe anew'],

  'subscription.confirm.title': ['确认订阅', 'Confirm your subscription'],
  'subscription.confirm.lead': [
    '按下按钮后，{site}的发布会发送到 {address}。',
    'When you press the button, releases of {site} will be sent to {address}.',
  ],
  'subscription.confirm.button': ['确认订阅', 'Confirm'],
  'subscription.done.title': ['订阅已确认', 'Your subscription is confirmed'],
  'subscription.done.lead': [
    '有新的发布时会发送到 {address}。每封邮件都可以一键退订。',
    'New releases will be sent to {address}. Every message has a one-click way to leave.',
  ],
  'subscription.done.choices': ['查看或更改我的选择', 'See or change my choices'],
  'subscription.late.title': ['确认链接已过期', 'This link is no longer good'],
  'subscription.late.lead': [
    '确认链接在48小时内有效。请重新订阅，会收到新的链接。',
    'The link is good for 48 hours. Subscribe anew and you will get another.',
  ],
  'subscription.over.title': ['订阅已结束', 'This subscription has ended'],
  'subscription.over.lead': ['不会再向这个地址发送。', 'Nothing more is sent to this address.'],

  'subscription.leave.title': ['退订', 'Unsubscribe'],
  'subscription.leave.lead': [
    '按下按钮后，不再向您发送任何发布，包括紧急信息和更正。',
    'When you press the button nothing more is sent to you, urgent information and corrections included.',
  ],
  'subscription.leave.button': ['退订', 'Unsubscribe'],
  'subscription.leave.instead': ['只想少收一些？可以更改选择。', 'Only want less? You can change your choices.'],
  'subscription.left.title': ['已退订', 'You have unsubscribed'],
  'subscription.left.lead': [
    '不会再向您发送。已经在途中的一封可能还会到达。',
    'Nothing more is sent to you. A message already on its way may still arrive.',
  ],

  'subscription.mine.title': ['我的订阅', 'My subscription'],
  'subscription.mine.address': ['地址', 'Address'],
  'subscription.mine.browser': ['浏览器通知（{service}）', 'Browser notifications ({service})'],
  'subscription.mine.since': ['开始时间', 'Since'],
  'subscription.mine.state': ['状态', 'State'],
  'subscription.mine.leave': ['停止接收所有发布', 'Stop receiving anything'],
  'subscription.mine.save': ['保存选择', 'Save my choices'],
  'subscription.mine.saved': ['已保存。', 'Saved.'],
  'subscription.state.pending': ['等待确认', 'Waiting to be confirmed'],
  'subscription.state.active': ['已订阅', 'Subscribed'],
  'subscription.state.left': ['已退订', 'Unsubscribed'],
  'subscription.state.gone': ['地址失效', 'Address no longer good'],
  'subscription.state.complained': ['已按投诉停发', 'Stopped after a complaint'],
  'subscription.data.title': ['我的数据', 'My data'],
  'subscription.data.export': ['下载我的数据（JSON）', 'Download my data (JSON)'],
  'subscription.data.delete.lead': [
    '删除后，地址和选择立即清除，不能恢复；已发送的记录只保留一个编号。如果您投诉过或要求过停发，会留下地址的加密指纹，以免再发给您。',
    'Your address and choices are erased at once, for good; records of what was sent keep a bare number. If you complained or asked for no more mail, a keyed fingerprint of the address stays, so that nothing is sent to you again.',
  ],
  'subscription.data.delete': ['删除我的数据', 'Delete my data'],
  'subscription.deleted.title': ['已删除', 'Deleted'],
  'subscription.deleted.lead': [
    '您的地址和选择已经清除，不会再向您发送。',
    'Your address and choices are erased, and nothing more is sent to you.',
  ],

  'issue.email-address': ['这不是可以收信的邮箱地址', 'This is not an address mail can be sent to'],
  'issue.email-address.remedy': ['写成 name@example.cn 的样子', 'Write it like name@example.org'],
  'issue.digest-by-mail-only': ['每日或每周摘要只能用邮件发送', 'Daily and weekly digests are sent by mail only'],
  'issue.unknown-zone': ['没有这个时区：{zone}', 'There is no such time zone: {zone}'],
  'issue.unknown-zone.remedy': ['写成 +08:00 或 Asia/Urumqi 的样子', 'Write it like +08:00 or Asia/Urumqi'],
  'issue.digest-by-mail-only.remedy': ['选择“立即”（at-once），或不填这一项', 'Choose at-once, or leave it out'],
  'issue.push-endpoint': ['这不是推送服务的地址（{why}）', 'This is not the address of a push service ({why})'],
  'issue.push-endpoint.remedy': ['使用浏览器给出的 endpoint，不要改动', 'Send the endpoint as the browser gave it'],
  'issue.push-key': ['p256dh 不是65字节的公钥（base64url）', 'p256dh is not a public key of 65 bytes in base64url'],
  'issue.push-key.remedy': ['使用浏览器给出的密钥，不要改动', 'Send the key as the browser gave it'],
  'issue.push-secret': ['auth 不是16字节（base64url）', 'auth is not 16 bytes in base64url'],
  'issue.push-secret.remedy': ['使用浏览器给出的密钥，不要改动', 'Send the secret as the browser gave it'],

  'problem.suppression': ['停发名单上没有这一条', 'There is no such entry on the suppression list'],
  'problem.already-suppressed': ['这个地址已在停发名单上', 'This address is on the suppression list already'],
  'problem.address-suppressed': [
    '这个地址在停发名单上，请联系发布单位',
    'This address is on the suppression list; ask the press office',
  ],
  'problem.subscription': [
    '没有这个订阅，或者数据已经删除',
    'There is no such subscription, or its data has been deleted',
  ],
  'problem.push-subscription': [
    '没有登记这个浏览器，请重新开启通知',
    'This browser is not subscribed; turn notifications on again',
  ],
  'problem.confirmation-late': ['确认链接已过期，请重新订阅', 'The link is no longer good; please subscribe anew'],
  'problem.subscription-over': ['订阅已结束，可以重新订阅', 'This subscription has ended; you can subscribe anew'],
  'problem.subscription-unconfirmed': ['请先确认订阅', 'Please confirm the subscription first'],
  'problem.push-not-ready': ['本站还没有设置浏览器通知', 'Browser notifications are not set up here yet'],
  'problem.push-not-taken': [
    '推送服务没有接收测试，请过一会儿再试',
    'The push service did not take the test; try again in a while',
  ],
} satisfies Words
