/** Words of access before the hour: accredited journalists, their pages, the desk's record of who was shown what. */
import type { Words } from './index.ts'

export const mediaWords = {
  'media.title': ['限时发布', 'Under embargo'],
  'media.for': ['供已备案记者使用', 'For accredited journalists'],

  // coming in
  'media.sign-in.title': ['记者登录', 'Sign in as a journalist'],
  'media.sign-in.lead': [
    '输入备案时留下的邮箱，我们会发去一个一次性登录链接，15 分钟内有效。不需要密码。',
    'Enter the address you were accredited with. We send a link to it that is good once, for 15 minutes. There is no password.',
  ],
  'media.sign-in.email': ['邮箱', 'E-mail address'],
  'media.sign-in.do': ['发送登录链接', 'Send the link'],
  'media.sign-in.none': [
    '尚未备案的记者，请与新闻发布单位联系。',
    'If you are not accredited yet, please ask the press office.',
  ],
  'media.asked.title': ['请查收邮件', 'Look in your mailbox'],
  'media.asked.lead': [
    '如果这个邮箱已经备案且在有效期内，登录链接已经发出，15 分钟内有效，只能用一次。',
    'If this address is accredited and its accreditation holds, a link is on its way. It is good once, for 15 minutes.',
  ],
  'media.asked.none': [
    '几分钟后仍未收到，请检查垃圾邮件；再试一次，或与新闻发布单位联系。',
    'If nothing has come after a few minutes, look among unwanted mail, try again, or ask the press office.',
  ],
  'media.asked.again': ['再试一次', 'Try again'],
  'media.enter.title': ['进入限时发布', 'Enter'],
  'media.enter.lead': [
    '{name}（{outlet}），请按下面的按钮进入。链接只能用一次，登录状态保持 12 小时。',
    '{name} ({outlet}), press the button to enter. The link is good once; you stay signed in for 12 hours.',
  ],
  'media.enter.do': ['进入', 'Enter'],
  'media.sign-out': ['退出登录', 'Sign out'],
  'problem.media-link-not-good': [
    '这个链接无效：可能已经用过、已过期，或备案已暂停。请重新申请登录链接。',
    'This link is not good: it was used, has run out, or the accreditation is suspended. Please ask for a new one.',
  ],
  'problem.terms-changed': ['条款刚刚更新，请重新阅读后接受。', 'The terms have just changed. Please read them again.'],
  'problem.journalist': ['没有这位记者。', 'There is no such journalist.'],
  'problem.journalist-state': [
    '备案状态已经改变，请刷新页面。',
    'The accreditation has changed meanwhile. Please load the page again.',
  ],
  'problem.media-read-is-permanent': ['阅读记录不能修改。', 'A record of what was read cannot be changed.'],

  // terms
  'media.terms.title': ['使用条款', 'Terms'],
  'media.terms.lead': ['查看限时发布内容前，请阅读并接受：', 'Before you are shown anything, please read and accept:'],
  'media.terms.1': [
    '限时发布的内容，在每份稿件标明的时间之前，不得以任何形式发表、播出、转发或摘编，也不得告知他人。时间以本站服务器为准。',
    'Nothing shown here may be published, broadcast, passed on, summarised or told to anybody before the time each release states. This server’s clock decides.',
  ],
  'media.terms.2': [
    '只供您本人为准备报道使用。不得转交登录链接、页面、打印件或附件。',
    'It is for you alone, to prepare your report. Links, pages, prints and files are not to be handed on.',
  ],
  'media.terms.3': [
    '稿件可能在公开前撤下、改期或修改。撤下后请删除副本；报道以公开的文本为准。',
    'A release may be taken back, moved or changed before it is public. Then delete your copies. What is published is what counts.',
  ],
  'media.terms.4': [
    '每次查看和下载都会记录：您的姓名和媒体、时间、稿件版本和副本编号。每份副本都标有编号。',
    'Every reading and download is recorded: your name and outlet, the time, the revision and the number of the copy. Each copy bears its number.',
  ],
  'media.terms.5': [
    '记录供发布单位核查使用，不公开。您可以要求发布单位告知或更正您的信息。',
    'The record is for the press office and is not published. You may ask it what it holds about you, and have it put right.',
  ],
  'media.terms.6': [
    '违反条款的，发布单位可以暂停或取消备案。',
    'Whoever breaks these terms may have their accreditation suspended or ended.',
  ],
  'media.terms.version': ['版本 {version}', 'Version {version}'],
  'media.terms.accept': ['我已阅读并接受以上条款', 'I have read these terms and accept them'],
  'media.terms.do': ['继续', 'Go on'],
  'issue.terms-not-accepted': ['还没有勾选接受条款', 'The terms are not accepted yet'],
  'issue.terms-not-accepted.remedy': [
    '阅读条款并勾选；不接受的话请退出登录',
    'Read them and tick the box, or sign out if you do not accept them',
  ],

  // the list
  'media.list.lead': ['{name} · {outlet}', '{name} · {outlet}'],
  'media.list.now': ['服务器时间 {at}', 'Server time {at}'],
  'media.list.none': ['目前没有限时发布的稿件。', 'Nothing is under embargo now.'],
  'media.list.opens': ['{at} 公开', 'Public at {at}'],
  'media.list.before': ['您看过的稿件', 'What you have read'],
  'media.before.public': ['已公开', 'Public now'],
  'media.before.removed': [
    '已撤下或改期：不得发表，请删除副本',
    'Taken back or moved: do not publish it, and delete your copies',
  ],
  'media.left.days': ['还有 {d} 天 {h} 小时', 'in {d} d {h} h'],
  'media.left.hours': ['还有 {h} 小时 {m} 分', 'in {h} h {m} min'],
  'media.left.minutes': ['还有 {m} 分 {s} 秒', 'in {m} min {s} s'],
  'media.left.now': ['时间已到，正在公开', 'The time has come; it is being published'],

  // one release
  'media.band': ['限时发布', 'UNDER EMBARGO'],
  'media.band.until': ['{at} 之前不得发表', 'Not for publication before {at}'],
  'media.mark': ['副本 {copy} · {name} · {outlet} · {at}', 'Copy {copy} · {name} · {outlet} · {at}'],
  'media.mark.label': ['本副本的标记', 'Mark of this copy'],
  'media.left.label': ['{left}（服务器时间 {now}）', '{left} (server time {now})'],
  'media.reload': ['重新打开本页会另计一份副本。', 'Opening this page again makes another copy.'],
  'media.files.hint': ['每次下载都有自己的编号，写在文件名中。', 'Each download has its own number, in its name.'],
  'media.back': ['返回列表', 'Back to the list'],
  'media.print': ['打印时每页都带有副本编号。', 'The number of the copy is printed on every page.'],
  'media.opened.title': ['时间已到', 'The time has come'],
  'media.opened.lead': ['这份稿件已经公开，或正在公开：', 'This release is public, or about to be:'],

  // mail
  'mail.media-invited.subject': ['{site}：您已备案为记者', '{site}: you are accredited as a journalist'],
  'mail.media-invited.title': ['记者备案', 'You are accredited'],
  'mail.media-invited.lead': [
    '{site}已将 {email} 备案，可以在公开之前阅读限时发布的稿件。链接 72 小时内有效，只能用一次。',
    '{site} has accredited {email} to read releases under embargo. The link is good once, for 72 hours.',
  ],
  'mail.media-invited.button': ['进入', 'Enter'],
  'mail.media-invited.otherwise': [
    '请勿转发本邮件。如果您不是记者或没有申请，请不必理会。',
    'Do not forward this mail. If you are no journalist or did not ask, you need do nothing.',
  ],
  'mail.media-sign-in.subject': ['{site}：记者登录链接', '{site}: your link to sign in'],
  'mail.media-sign-in.title': ['登录链接', 'Your link to sign in'],
  'mail.media-sign-in.lead': [
    '有人用 {email} 申请登录{site}的限时发布。如果是您本人，请在 15 分钟内打开；链接只能用一次。',
    'Somebody asked to sign in to {site} as {email}. If it was you, open the link within 15 minutes. It is good once.',
  ],
  'mail.media-sign-in.button': ['登录', 'Sign in'],
  'mail.media-sign-in.otherwise': [
    '请勿转发本邮件。如果不是您本人，不必理会，没有人会因此登录。',
    'Do not forward this mail. If it was not you, you need do nothing: nobody comes in without it.',
  ],

  // writing and signing
  'field.embargo': ['限时发布', 'Embargo'],
  'media.tick': [
    '限时发布：签发后、公开前，已备案记者可以看到全文',
    'Embargo: accredited journalists read it between signature and publication',
  ],
  'media.tick.hint': [
    '须填写“定时发布”时间。退回、改期、暂停或隔离后，记者立即不能再看。',
    'Needs a time under “Not before”. Taking it back, moving, holding or sealing it ends their access at once.',
  ],
  'media.happens': [
    '从签发起，{n} 位已备案记者可以看到全文；',
    'From the signature on, {n} accredited journalists can read all of it;',
  ],
  'media.happens.then': ['公开时间', 'public at'],
  'issue.embargo-needs-time': [
    '标了限时发布，没有填写公开时间',
    'It is marked for embargo and has no time to be public',
  ],
  'issue.embargo-needs-time.remedy': [
    '填写“定时发布”时间，或取消限时发布',
    'Give a time under “Not before”, or take the mark off',
  ],
  'issue.embargo-not-urgent': [
    '预警、快讯和要求公众立即行动的信息不能限时发布',
    'A warning, a flash, or what the public must act on now cannot be held under embargo',
  ],
  'issue.embargo-not-urgent.remedy': ['取消限时发布，立即发布', 'Take the mark off and publish it at once'],
  'issue.embargo-only-live': ['演练和测试稿件不能给记者看', 'An exercise or a test is not shown to journalists'],
  'issue.embargo-only-live.remedy': ['取消限时发布', 'Take the mark off'],

  // the desk
  'desk.media': ['记者', 'Journalists'],
  'desk.media.what': [
    '已备案的记者可以在公开前阅读标为“限时发布”的稿件：本单位和下级单位的。每次阅读都有记录。',
    'Accredited journalists read releases marked for embargo before they are public: those of this office and of the offices below it. Every reading is recorded.',
  ],
  'desk.media.list': ['已备案 {n} 位', '{n} accredited'],
  'desk.media.empty': [
    '还没有备案的记者。由系统管理员在本页备案。',
    'No journalist is accredited yet. An administrator accredits them on this page.',
  ],
  'desk.media.add': ['备案一位记者', 'Accredit a journalist'],
  'desk.media.name': ['姓名', 'Name'],
  'desk.media.outlet': ['媒体', 'Outlet'],
  'desk.media.email': ['邮箱', 'E-mail address'],
  'desk.media.language': ['邮件语言', 'Language of mail'],
  'desk.media.until': ['有效期至（含当日）', 'Valid to the end of'],
  'desk.media.by': ['如何交给本人', 'How it reaches them'],
  'desk.media.by.mail': ['发到该邮箱', 'By mail to that address'],
  'desk.media.by.hand': ['在此显示一次，当面交给本人', 'Shown here once, to be handed over'],
  'desk.media.add.do': ['备案', 'Accredit'],
  'desk.media.link': [
    '请当面交给{name}。链接只显示这一次，只能用一次，有效至：',
    'Hand this to {name}. It is shown once, is good once, and until:',
  ],
  'desk.media.again': ['新邀请：发邮件', 'Invite again by mail'],
  'desk.media.again.hand': ['新邀请：当面交付', 'Invite again by hand'],
  'desk.media.suspend': ['暂停', 'Suspend'],
  'desk.media.reinstate': ['恢复', 'Reinstate'],
  'desk.media.end-sessions': ['全部退出', 'End sessions'],
  'desk.media.renew': ['更改有效期', 'Change the last day'],
  'desk.media.sessions': ['在线 {n}', '{n} signed in'],
  'desk.media.state.invited': ['已邀请', 'Invited'],
  'desk.media.state.active': ['有效', 'Active'],
  'desk.media.state.suspended': ['已暂停', 'Suspended'],
  'desk.media.state.run-out': ['已到期', 'Run out'],
  'desk.media.valid': ['有效期至', 'Valid until'],
  'desk.media.terms': ['接受条款', 'Terms accepted'],
  'desk.media.terms.none': ['尚未接受条款', 'Terms not accepted yet'],
  'desk.media.copy': ['查副本编号', 'Whose copy is it?'],
  'desk.media.copy.label': ['副本编号', 'Number of the copy'],
  'desk.media.copy.hint': [
    '印在页面上方、下方和每张打印页上，也在附件的文件名里，例如 KQ7M2-F9D4X。',
    'It stands above and below the text, on every printed page and in the name of a file, such as KQ7M2-F9D4X.',
  ],
  'desk.media.copy.do': ['查询', 'Look up'],
  'desk.media.copy.found': [
    '副本 {copy} 是给{name}（{outlet}）的，发布 {number}，',
    'Copy {copy} was shown to {name} ({outlet}), release {number},',
  ],
  'desk.media.reads': ['谁看过', 'Who was shown it'],
  'desk.media.reads.of': ['{number} 谁看过', 'Who was shown {number}'],
  'desk.media.reads.what': [
    '公开前给记者看过的副本，最近的在前。',
    'Copies shown to journalists before it was public, newest first.',
  ],
  'desk.media.reads.none': ['没有给任何记者看过。', 'Nobody was shown it.'],
  'desk.media.reads.mine': ['看过的稿件', 'What they were shown'],
  'desk.media.reads.when': ['时间', 'Time'],
  'desk.media.reads.who': ['记者', 'Journalist'],
  'desk.media.reads.thing': ['内容', 'What'],
  'desk.media.reads.release': ['发布', 'Release'],
  'desk.media.what.page': ['全文', 'Text'],
  'desk.media.what.attachment': ['附件', 'File'],
  'desk.media.moved': [
    '改期后，记者立即不能再看；已经看过的人在其页面上会看到“已撤下或改期”。',
    'If it is moved, journalists can read it no longer; those who have read it are told so on their page.',
  ],
  'desk.said.journalist-invited': ['已备案，邀请已发出。', 'Accredited; the invitation is on its way.'],
  'desk.said.journalist-suspended': ['已暂停，立即生效。', 'Suspended, at once.'],
  'desk.said.journalist-reinstated': [
    '已恢复。本人须重新申请登录链接。',
    'Reinstated. They ask for a new link themselves.',
  ],
  'desk.said.journalist-renewed': ['有效期已更改。', 'The last day has been changed.'],
  'desk.said.journalist-out': ['已全部退出。', 'All sessions have ended.'],
  'issue.journalist-known': ['这个邮箱已经备案', 'This address is accredited already'],
  'issue.journalist-known.remedy': [
    '在名单中查找，到期的可以更改有效期；如由其他单位备案，请与该单位联系',
    'Look in the list, where a new last day can be given; if another office has accredited them, ask there',
  ],
  'issue.journalist-out': ['备案已暂停或到期，不能发邀请', 'The accreditation is suspended or has run out'],
  'issue.journalist-out.remedy': [
    '先恢复备案，或在其页面更改有效期',
    'Reinstate it, or give it a new last day on their page',
  ],
  'issue.accreditation-past': ['有效期已过', 'This day is over'],
  'issue.accreditation-past.remedy': ['填写今天或以后的日期', 'Give today or a later day'],
  'issue.accreditation-long': ['有效期超过一年', 'This is more than a year ahead'],
  'issue.accreditation-long.remedy': ['最长一年，到期后重新核实', 'At most a year; then it is looked at again'],
  'issue.copy-unknown': ['没有这个编号的副本', 'There is no copy of this number'],
  'issue.copy-unknown.remedy': [
    '核对每一位：编号共十位，没有字母 I、L、O、U',
    'Check every character: there are ten, and never I, L, O or U',
  ],
} satisfies Words
