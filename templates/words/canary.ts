/** Words: readers of our own, and what stands in public read again. */
import type { Words } from './index.ts'

export const canaryWords = {
  'desk.canary': ['自收核对', 'Readers of our own'],
  'desk.canary.what': [
    '自己的邮箱和设备也订阅全部发布。收到什么、何时收到、文字是否与签发的一致，自动记在每次发布的进度里；过时没有收到，会告警。',
    'Our own mailbox and devices subscribe to everything. What reached them, when, and whether the words are those that were signed is noted in each release’s progress; silence raises an alarm.',
  ],
  'desk.canary.none': ['还没有设备或邮箱回报到达。', 'No device or mailbox reports arrivals yet.'],
  'desk.canary.mailbox': ['单位邮箱', 'The office’s mailbox'],
  'desk.canary.browser': ['浏览器', 'A browser'],
  'desk.canary.last': ['最近收到', 'Last heard'],
  'desk.canary.never': ['尚未收到过', 'Nothing yet'],
  'desk.canary.invite': ['添加一台设备', 'Add a device'],
  'desk.canary.link': [
    '15分钟内，用要回报的设备打开这个网址，打开浏览器通知，再按“让这台设备回报”：',
    'Within 15 minutes open this address on the device that is to report, turn notifications on, then press “Let this device report”:',
  ],
  'desk.canary.retire': ['停止回报', 'Stop reporting'],
  'desk.said.canary-retired': ['这台设备不再回报。', 'This device reports no longer.'],
  'desk.canary.seen': [
    '自收核对：{name}，{seconds}秒后收到，文字一致',
    'Own reader {name}: arrived after {seconds} s, the words agree',
  ],
  'desk.canary.seen-fault': [
    '自收核对：{name}，收到的文字与签发的不一致',
    'Own reader {name}: the words are not those that were signed',
  ],
  'desk.canary.awaited': ['自收核对：{name}，等待收到', 'Own reader {name}: not heard yet'],
  'desk.canary.late': ['自收核对：{name}，过时未收到', 'Own reader {name}: late'],
  'desk.alarm.canary-silent': ['自己的邮箱或设备没有收到发布', 'Our own mailbox or device did not get a release'],
  'desk.alarm.canary-silent.do': [
    '对方说已接收，却没有到达：检查邮件服务器、垃圾邮件过滤或推送服务，必要时改用其他渠道。',
    'The far end took it and it did not arrive: look at the relay, spam filters or the push service; use another outlet if need be.',
  ],
  'desk.alarm.canary-differs': ['收到的文字与签发的不一致', 'What arrived is not what was signed'],
  'desk.alarm.canary-differs.do': [
    '立即打开稿件核对；确属错误，停止发送并发更正。',
    'Open the release and compare at once; if it is wrong, stop sending and correct it.',
  ],
  'desk.alarm.public-differs': ['网上的内容与签发的不一致', 'What stands in public is not what was signed'],
  'desk.alarm.public-differs.do': [
    '打开公开页面核对。若被改动，检查服务器和边缘节点，用 ortoo site rebuild 恢复。',
    'Open the public page and compare. If it was changed, look at the servers and the edge; ortoo site rebuild restores it.',
  ],
  'problem.canary': ['没有这个回报设备', 'There is no such reporting device'],
} satisfies Words
