/** Words: the suppression list at the desk. */
import type { Words } from './index.ts'

export const suppressionWords = {
  'desk.suppression': ['停发名单', 'Suppression list'],
  'desk.suppression.what': [
    '名单上的地址不再收到任何邮件，包括紧急发布和更正。名单只存地址的加密指纹，看不到地址；“删除我的数据”后仍然有效。',
    'Nothing is sent to these addresses, urgent releases and corrections included. Only a keyed fingerprint is kept, no address; it outlives “delete my data”.',
  ],
  'desk.suppression.address': ['邮箱地址', 'E-mail address'],
  'desk.suppression.reason': ['原因', 'Reason'],
  'desk.suppression.reason.asked': ['本人要求', 'The person asked'],
  'desk.suppression.reason.office': ['发布单位决定', 'Decided by the office'],
  'desk.suppression.reason.complained': ['对方投诉为垃圾邮件', 'Complained of as spam'],
  'desk.suppression.reason.bounced': ['地址失效，邮件退回', 'Dead address, mail bounced'],
  'desk.suppression.kind.email': ['邮件', 'Mail'],
  'desk.suppression.kind.webpush': ['浏览器通知', 'Web push'],
  'desk.suppression.look-up': ['查询', 'Look up'],
  'desk.suppression.add': ['列入名单', 'Add to the list'],
  'desk.suppression.found': ['这个地址在名单上：{reason}', 'This address is on the list: {reason}'],
  'desk.suppression.not-found': ['这个地址不在名单上。', 'This address is not on the list.'],
  'desk.suppression.entries': ['名单', 'Entries'],
  'desk.suppression.empty': ['名单是空的。', 'The list is empty.'],
  'desk.suppression.by-system': ['邮件系统', 'The mail system'],
  'desk.suppression.lift': ['移出名单', 'Lift'],
  'desk.suppression.older': ['更早的', 'Older'],
  'desk.said.suppression-added': ['已列入停发名单。', 'On the suppression list.'],
  'desk.said.suppression-lifted': [
    '已移出停发名单。对方可以自行重新订阅。',
    'Lifted. The person may subscribe again; nothing comes back by itself.',
  ],
} satisfies Words
