/** Words for what is seen of a fan-out: pace, causes and what to do about them, alarms told again, health. */
import type { Words } from './index.ts'

const pace = {
  'desk.said.pausing': [
    '已暂停，不会再发给其他人；由签发人决定继续。',
    'Paused. Nobody further is sent to; a signer lets it go on.',
  ],
  'desk.act.paused': ['暂停：{what}', 'Paused: {what}'],
  'desk.run.why.paused': ['由工作人员暂停', 'paused by a member'],
  'desk.run.do.pause': ['暂停', 'Pause'],
  'desk.run.asks': [
    '停止后不再发送，由签发人才能恢复；暂停是等一等。',
    'Stop ends it; pause holds it. Only a signer lets it go on.',
  ],
  'desk.run.paused': ['已暂停', 'Paused'],
  'desk.held.ask.nobody': ['没有人在等待发送。', 'Nobody is left to be sent to.'],
  'desk.pace.rate': ['每秒{n}人', '{n} per second'],
  'desk.pace.left': ['约还需{span}', 'about {span} left'],
  'desk.pace.still': ['暂时没有进展', 'nothing moves at present'],
  'desk.pace.retry': ['{n}人稍后自动重试', '{n} are tried again later'],
  'desk.pace.seconds': ['{s}秒', '{s} s'],
  'desk.pace.minutes': ['{m}分{s}秒', '{m} min {s} s'],
  'desk.pace.hours': ['{h}小时{m}分', '{h} h {m} min'],
  'desk.pace.bar': ['{outlet}发送进度', '{outlet}: how far it is'],
  'desk.pace.of': ['{all}人中已处理{n}人（{percent}%）', '{n} of {all} handled ({percent}%)'],
  'desk.pace.said': ['{outlet}：{percent}%', '{outlet}: {percent}%'],
  'desk.pace.said.state': ['{outlet}：{state}', '{outlet}: {state}'],
  'desk.live.off': ['不再自动更新，请刷新页面。', 'No longer updated by itself; please reload.'],
  'desk.causes.example': ['对方原话', 'In the words of the far end'],
  'desk.causes.counting': ['正在统计：已看{counted}个，共{all}个', 'Still counting: {counted} of {all} seen'],
  'problem.too-many-streams': [
    '您打开的进度页面过多，请关闭几个再试。',
    'Too many progress pages are open. Close some and try again.',
  ],
} satisfies Words

const causes = {
  'cause.mailbox-full': ['收件邮箱已满', 'Mailbox full'],
  'cause.mailbox-full.do': [
    '请收件人清理邮箱；系统会再试几次。',
    'Ask the reader to make room; it is tried a few more times.',
  ],
  'cause.mailbox-busy': ['收件邮箱暂时不能接收', 'Mailbox not available for the moment'],
  'cause.mailbox-busy.do': ['不用处理，系统会自动重试。', 'Nothing to do: it is tried again by itself.'],
  'cause.mailbox-closed': ['收件邮箱已停用', 'Mailbox closed'],
  'cause.mailbox-closed.do': [
    '换用其他方式联系；请对方改用新地址订阅。',
    'Reach the reader another way; ask for a new address.',
  ],
  'cause.no-such-mailbox': ['没有这个邮箱', 'No such mailbox'],
  'cause.no-such-mailbox.do': [
    '请对方核对地址后重新订阅；标为“地址失效”的订阅已自动停用。',
    'Ask the reader to check the address and subscribe anew; subscriptions marked Gone have been ended.',
  ],
  'cause.no-such-domain': ['邮箱的域名不存在', 'The domain of the address does not exist'],
  'cause.no-such-domain.do': [
    '多为地址写错；请对方核对后重新订阅。',
    'Most likely mistyped; ask the reader to check and subscribe anew.',
  ],
  'cause.bad-address': ['地址写法不对', 'The address is not written right'],
  'cause.bad-address.do': ['请对方核对地址后重新订阅。', 'Ask the reader to check the address and subscribe anew.'],
  'cause.bad-subscription': ['浏览器给的订阅信息不完整', 'The browser gave an unusable subscription'],
  'cause.bad-subscription.do': ['请读者在订阅页重新打开通知。', 'Ask the reader to turn notifications on again.'],
  'cause.address-refused': [
    '地址指向内部网络或写法可疑，没有发送',
    'The address leads inside a network or looks odd; not sent',
  ],
  'cause.address-refused.do': [
    '不要放行；确有需要的，请系统管理员核实来源。',
    'Do not let it through; ask the administrator where it came from.',
  ],
  'cause.refused-by-policy': ['对方按反垃圾规则拒收', 'Refused by the far end’s rules against spam'],
  'cause.refused-by-policy.do': [
    '请系统管理员核对发信域名的SPF、DKIM、DMARC和信誉，并联系对方邮局。',
    'Ask the administrator to check SPF, DKIM, DMARC and reputation, and to write to that mail host.',
  ],
  'cause.our-sender-refused': ['邮件服务器不认本单位的发件身份', 'Our sender is not accepted'],
  'cause.our-sender-refused.do': [
    '订阅者没有问题。请系统管理员检查MAIL_FROM、SMTP账号和域名的SPF、DKIM设置。',
    'The readers are in order. Ask the administrator to check MAIL_FROM, the SMTP login, SPF and DKIM.',
  ],
  'cause.greylisted': ['对方要求稍后再投（灰名单）', 'Asked to come back later (greylisting)'],
  'cause.greylisted.do': [
    '不用处理，几分钟后自动重试，一般都能送到。',
    'Nothing to do: tried again in minutes, and mostly taken then.',
  ],
  'cause.relay-busy': ['对方服务器忙', 'The far end is busy'],
  'cause.relay-busy.do': [
    '不用处理，系统会放慢并自动重试；持续半小时请告知系统管理员。',
    'Nothing to do: it slows down and tries again. Tell the administrator if it lasts half an hour.',
  ],
  'cause.relay-down': ['连不上邮件服务器', 'The mail relay cannot be reached'],
  'cause.relay-down.do': [
    '请系统管理员检查SMTP_URL、网络和邮件服务器；恢复后自动继续。',
    'Ask the administrator to check SMTP_URL, the network and the relay; it goes on by itself once mended.',
  ],
  'cause.relay-no-tls': ['与邮件服务器不能加密连接', 'No encrypted connection to the relay'],
  'cause.relay-no-tls.do': [
    '请系统管理员更新邮件服务器的证书，或核对SMTP_URL。',
    'Ask the administrator to renew the relay’s certificate or check SMTP_URL.',
  ],
  'cause.service-down': ['推送服务出错', 'The push service has a fault'],
  'cause.service-down.do': ['不用处理，系统会自动重试。', 'Nothing to do: it is tried again by itself.'],
  'cause.vapid-refused': ['推送服务不认本站的密钥', 'The push service refuses our key'],
  'cause.vapid-refused.do': [
    '订阅者没有问题。请系统管理员运行 ortoo doctor，核对密钥和VAPID_SUBJECT，再继续发送。',
    'The readers are in order. Ask the administrator to run ortoo doctor, check the key and VAPID_SUBJECT, then go on.',
  ],
  'cause.push-gone': ['读者已关闭通知或换了浏览器', 'The reader turned notifications off or changed browser'],
  'cause.push-gone.do': ['该订阅已自动停用，不用处理。', 'The subscription has been ended; nothing to do.'],
  'cause.too-large': ['内容超过对方的大小限制', 'Too large for the far end'],
  'cause.too-large.do': [
    '把附件改为页面链接，或缩短正文后更正。',
    'Put attachments behind links, or shorten the text in a correction.',
  ],
  'cause.timeout': ['等待对方答复超时', 'The far end did not answer in time'],
  'cause.timeout.do': [
    '系统会自动重试；大面积出现时请系统管理员检查网络。',
    'It is tried again; if it is widespread, ask the administrator to check the network.',
  ],
  'cause.outcome-unknown': ['已交出，但没有等到答复', 'Handed over, but no answer came'],
  'cause.outcome-unknown.do': [
    '可能已收到；由签发人决定是否再发一次。',
    'It may have arrived; the signer decides whether to send again.',
  ],
  'cause.left': ['已退订', 'Has left'],
  'cause.left.do': ['按读者的意愿不发，不用处理。', 'Not sent, as the reader wished; nothing to do.'],
  'cause.complained': ['读者曾投诉为垃圾邮件', 'The reader complained of spam'],
  'cause.complained.do': ['不再发送；不要重新添加该地址。', 'Not sent to again; do not add the address anew.'],
  'cause.ended': ['订阅此前已失效', 'The subscription had ended before'],
  'cause.ended.do': ['不用处理；读者可重新订阅。', 'Nothing to do; the reader may subscribe anew.'],
  'cause.no-outlet': ['该渠道没有设置好，没有发出', 'The outlet is not set up; nothing was sent'],
  'cause.no-outlet.do': [
    '请系统管理员在“发布渠道”页查看缺什么；紧急时改用人工渠道。',
    'Ask the administrator to see on the outlets page what is missing; in an emergency go by hand.',
  ],
  'cause.our-fault': ['本系统出错', 'A fault of this service'],
  'cause.our-fault.do': [
    '请系统管理员查看日志；系统会自动重试。',
    'Ask the administrator to read the log; it is tried again.',
  ],
  'cause.interrupted': ['发送时被停下', 'Interrupted before it began'],
  'cause.interrupted.do': ['没有发出；继续发送后会送到。', 'Not sent; it goes out once sending goes on.'],
  'cause.refused': ['对方拒收', 'Refused by the far end'],
  'cause.refused.do': [
    '看对方原话；请系统管理员联系对方邮局或服务商。',
    'Read the far end’s words; ask the administrator to write to that host.',
  ],
  'cause.unsaid': ['没有说明原因', 'No reason was given'],
  'cause.unsaid.do': ['请系统管理员查看日志。', 'Ask the administrator to read the log.'],
} satisfies Words

const alarms = {
  'desk.alarms.cleared': ['最近7天已解除', 'Over within the last 7 days'],
  'desk.alarms.cleared.empty': ['最近7天没有解除的告警。', 'None was cleared within the last 7 days.'],
  'desk.alarms.desk-only': [
    '没有设置对外告警（ALARM_WEBHOOK或ALARM_COMMAND），告警只在本页显示。',
    'No way out is set for alarms (ALARM_WEBHOOK or ALARM_COMMAND): they show on this page alone.',
  ],
  'desk.alarm.taken': ['{name}认领', 'Taken by {name}'],
  'desk.alarm.nobody': ['还没有人处理', 'Nobody has it in hand'],
  'desk.alarm.told': ['已对外告警{n}次，最近一次', 'Told outside {n} times, last at'],
  'desk.alarm.told.once': ['已对外告警', 'Told outside at'],
  'desk.alarm.cleared': ['解除于', 'Over at'],
  'desk.alarm.lasted': ['持续{span}', 'lasted {span}'],
  'desk.alarm.unclaimed': ['无人认领', 'taken by nobody'],
  'desk.alarm.publication-failed.do': [
    '请系统管理员查看日志；紧急时改用人工渠道。',
    'Ask the administrator to read the log; in an emergency go by hand.',
  ],
  'desk.alarm.dispatch-paused': ['一个渠道已暂停', 'An outlet is paused'],
  'desk.alarm.dispatch-paused.do': ['由签发人继续发送，或停止发送。', 'A signer lets it go on, or somebody stops it.'],
  'desk.alarm.letters-not-sent': ['确认订阅的邮件发不出去', 'Letters confirming subscriptions cannot be sent'],
  'desk.alarm.letters-not-sent.do': ['请系统管理员检查邮件服务器。', 'Ask the administrator to check the mail relay.'],
} satisfies Words

const health = {
  'health.database': ['数据库', 'Database'],
  'health.database.do': [
    '检查DATABASE_URL和数据库服务；SQLite请检查数据目录所在磁盘。',
    'Check DATABASE_URL and the database; for SQLite the disk of the data folder.',
  ],
  'health.files': ['数据目录', 'Data folder'],
  'health.files.do': [
    '检查ORTOO_DATA目录的权限，并腾出磁盘空间。',
    'Check who may write to ORTOO_DATA, and free some disk.',
  ],
  'health.site': ['公众网站文件', 'Public files'],
  'health.site.do': [
    '运行 ortoo site rebuild 重新生成公众网站文件。',
    'Run ortoo site rebuild to make the public files again.',
  ],
  'health.redis': ['Redis', 'Redis'],
  'health.redis.do': [
    '检查REDIS_URL和Redis服务；断开期间不丢数据，只是慢一些。',
    'Check REDIS_URL and Redis; nothing is lost meanwhile, it is only slower.',
  ],
  'health.work': ['后台工作', 'Work'],
  'health.work.do': [
    '后台进程没有心跳：启动 ortoo work（或重启服务），并查看日志。',
    'No sign of life from the work: start ortoo work (or restart the service) and read the log.',
  ],
  'health.mail': ['邮件服务器', 'Mail relay'],
  'health.mail.do': ['运行 ortoo doctor，检查SMTP_URL和网络。', 'Run ortoo doctor; check SMTP_URL and the network.'],
} satisfies Words

const commands = {
  'doctor.work': ['后台工作正在运行', 'The work beside the web is alive'],
  'doctor.work-silent': [
    '后台工作{seconds}秒没有动静；服务在运行时，请查看日志或启动 ortoo work',
    'No sign of the work for {seconds} s; if the service should be running, read its log or start ortoo work',
  ],
  'cli.pace.rate': ['每秒{n}', '{n}/s'],
  'cli.pace.left': ['约还需{span}', '{span} left'],
  'cli.work.idle': ['没有正在发布的稿件', 'nothing is going out'],
  'cli.work.going': ['{n}项渠道任务', '{n} under way'],
  'setting.METRICS_TOKEN': [
    '至少16个字符，不含空格，例如 openssl rand -hex 24 的输出',
    'at least 16 letters without spaces, such as the output of openssl rand -hex 24',
  ],
} satisfies Words

export const seenWords: Words = { ...pace, ...causes, ...alarms, ...health, ...commands }
