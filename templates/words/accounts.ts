/** Words of accounts: passkeys, codes, codes on paper, sessions, single sign-on, locked logins, the second factor of a flash signature. */
import type { Words } from './index.ts'

export const accountWords = {
  account: ['我的账户', 'My account'],
  'account.on': ['已启用', 'on'],
  'account.off': ['未启用', 'not set up'],
  'account.change': ['更改', 'Change'],
  'account.later': ['要更改，请先在上面确认是您本人。', 'To change this, first confirm above that it is you.'],
  'account.none': ['您还没有第二验证。', 'You have no second factor yet.'],
  'account.none.why': [
    '只凭密码，偷到密码的人就能以您的名义登录和签发。请至少办一种：通行密钥最方便，密封码不需要手机。',
    'With a password alone, whoever steals it can sign in and sign in your name. Set up at least one: a passkey is easiest, paper codes need no telephone.',
  ],
  'account.prove': ['先确认是您本人', 'First, confirm it is you'],
  'account.prove.lead': [
    '更改登录方式前请出示第二验证，五分钟内有效。',
    'Show your second factor before changing how you sign in. It stays good for five minutes.',
  ],
  'account.prove.do': ['确认', 'Confirm'],
  'account.proved.code': ['已用动态码确认是您本人，有效至', 'Confirmed with a code, good until'],
  'account.proved.paper': ['已用密封码确认是您本人，有效至', 'Confirmed with a paper code, good until'],
  'account.proved.passkey': ['已用通行密钥确认是您本人，有效至', 'Confirmed with a passkey, good until'],

  'account.code': ['动态码或密封码', 'Code, or paper code'],
  'account.code.hint': [
    '验证器上的6位动态码，或信封里的10位密封码。',
    'The 6 figures of your authenticator, or 10 figures from the envelope.',
  ],
  'account.code.title': ['输入动态码', 'Enter your code'],
  'account.code.title.either': ['第二步：确认是您本人', 'Second step: confirm it is you'],
  'account.code.lead': ['密码正确。还需要一个动态码。', 'The password is right. One code more.'],
  'account.code.lead.either': [
    '密码正确。再用通行密钥确认，或输入动态码、密封码。',
    'The password is right. Now confirm with your passkey, or type a code.',
  ],
  'account.code.lead.paper': [
    '密码正确。再用通行密钥确认，或输入密封码。',
    'The password is right. Now confirm with your passkey, or type a paper code.',
  ],
  'account.code.help': [
    '手机不在身边？用信封里的密封码。都没有？请系统管理员清除您的第二验证。',
    'No telephone at hand? Use a paper code from the envelope. Neither? An administrator can take your second factors away.',
  ],
  'account.code.again': ['重新登录', 'Start again'],

  'account.passkeys': ['通行密钥', 'Passkeys'],
  'account.passkeys.lead': [
    '用指纹、面容或设备密码登录，不用输密码。密钥只存在您的设备上。',
    'Sign in with finger, face or the PIN of your device instead of a password. The key stays on your device.',
  ],
  'account.passkeys.n': ['{n}个', '{n}'],
  'account.passkey.sign-in': ['用通行密钥登录', 'Sign in with a passkey'],
  'account.passkey.prove': ['用通行密钥确认', 'Confirm with a passkey'],
  'account.passkey.add': ['添加通行密钥', 'Add a passkey'],
  'account.passkey.make': ['在这台设备上创建通行密钥', 'Make a passkey on this device'],
  'account.passkey.name': ['名称', 'Name'],
  'account.passkey.name.hint': [
    '如“办公室电脑”“手机”，方便以后分辨。',
    'Such as “office computer” or “phone”, to tell them apart.',
  ],
  'account.passkey.unnamed': ['未命名', 'Unnamed'],
  'account.passkey.rename': ['改名', 'Rename'],
  'account.passkey.remove': ['删除这个通行密钥', 'Remove this passkey'],
  'account.passkey.synced': ['随账号同步到其他设备', 'Synced to other devices'],
  'account.passkey.device': ['只在一台设备上', 'On one device only'],
  'account.passkey.shown': ['已确认是您本人，五分钟内有效。', 'Confirmed. Good for five minutes.'],
  'account.passkey.failed': [
    '没有成功：可能取消了、超时了，或这台设备上没有本站的通行密钥。可以再试，或用密码和动态码。',
    'That did not work: cancelled, timed out, or this device holds no passkey for this site. Try again, or use password and code.',
  ],
  'account.passkey.unable': ['这个浏览器不支持通行密钥，请用密码。', 'This browser knows no passkeys; use a password.'],
  'account.passkey.elsewhere': [
    '通行密钥只能在 {origin} 使用，请从这个网址打开。',
    'Passkeys work only at {origin}; please open the desk there.',
  ],
  'account.passkey.no-script': [
    '通行密钥需要浏览器脚本；没有脚本时请用密码和动态码。',
    'Passkeys need script in the browser; without it use password and code.',
  ],

  'account.totp': ['验证器动态码', 'Authenticator codes'],
  'account.totp.lead': [
    '手机验证器每30秒换一个6位码，登录时除密码外再输入它。手机不用联网。',
    'An app on your phone shows 6 figures, new every 30 seconds, asked for after the password. The phone needs no network.',
  ],
  'account.totp.begin': ['启用验证器', 'Set up an authenticator'],
  'account.totp.begin.do': ['下一步：扫码', 'Next: scan'],
  'account.totp.off': ['停用验证器', 'Turn the authenticator off'],
  'account.totp.off.what': [
    '停用后登录只需密码，已打印的密封码也一并作废。',
    'Signing in will need the password alone, and printed paper codes are void as well.',
  ],
  'account.totp.off.do': ['停用', 'Turn off'],
  'account.scan.lead': [
    '用手机上的验证器扫这个码，再输入它显示的6位码。',
    'Scan this with the authenticator on your phone, then type the 6 figures it shows.',
  ],
  'account.scan.qr': ['供验证器扫描的二维码', 'QR code for the authenticator'],
  'account.scan.here': ['就在这台手机上打开验证器', 'Open the authenticator on this very phone'],
  'account.scan.key': [
    '不能扫码时，在验证器里手工输入密钥：',
    'If you cannot scan, type this key into the authenticator:',
  ],
  'account.scan.code': ['验证器上的6位码', 'The 6 figures it shows'],
  'account.scan.code.hint': ['确认后才算启用。', 'It counts once this is confirmed.'],
  'account.scan.do': ['确认启用', 'Confirm'],
  'account.scan.again': [
    '刚才扫过的码仍然有效，请输入验证器现在显示的6位码。',
    'What you scanned still holds. Type the 6 figures the authenticator shows now.',
  ],
  'account.scan.anew': ['重新扫码', 'Scan anew'],

  'account.paper': ['纸质密封码', 'Paper codes'],
  'account.paper.lead': [
    '打印十个一次性码，装入信封封好，放在值班室。没有手机时用一个划一个。',
    'Ten one-time codes, printed, sealed in an envelope and kept in the duty room: one each time you have no phone.',
  ],
  'account.paper.n': ['还剩{n}个', '{n} left'],
  'account.paper.few': ['密封码只剩{n}个，请重新打印。', 'Only {n} left: print new ones.'],
  'account.paper.make': ['打印密封码', 'Print paper codes'],
  'account.paper.again': ['重新打印', 'Print anew'],
  'account.paper.again.what': ['重新打印后，旧的一张立即作废。', 'The old sheet is void the moment a new one is made.'],
  'account.paper.do': ['生成并显示（仅此一次）', 'Make them and show them once'],
  'account.paper.once': [
    '这一页只显示这一次。请现在打印或抄写，离开后无法再看。',
    'This page is shown once. Print it or copy it down now; it cannot be seen again.',
  ],
  'account.paper.rule.1': ['每个码只能用一次，用过请划掉。', 'Each is good once. Strike it out when used.'],
  'account.paper.rule.2': [
    '折好装入信封，封口处签名，放在值班室保险柜。',
    'Fold, seal, sign over the flap, keep it in the safe of the duty room.',
  ],
  'account.paper.rule.3': [
    '信封被拆或丢失，立即在“我的账户”重新打印，旧码随即作废。',
    'If the envelope is opened or lost, print new ones under “My account” at once: the old are void then.',
  ],
  'account.paper.print': ['用浏览器的“打印”（Ctrl+P）打印这一页。', 'Print this page (Ctrl+P).'],
  'account.paper.back': ['已打印，返回我的账户', 'Printed. Back to my account'],

  'account.password.change': ['更改密码', 'Change the password'],
  'account.password.set': ['设置密码', 'Set a password'],
  'account.password.current': ['现在的密码', 'Current password'],
  'account.password.next': ['新密码', 'New password'],
  'account.password.hint': [
    '至少12个字符。不能是常见的、泄露过的密码。其他设备上的登录会结束。',
    'At least 12 characters, and none that is common or was leaked. Other devices are signed out.',
  ],
  'account.password.do': ['更改密码', 'Change it'],

  'account.sessions': ['登录的设备', 'Signed in on'],
  'account.sessions.lead': [
    '每次登录最长12小时。不认识的请结束，并更改密码。',
    'Each lasts 12 hours at most. End what you do not know, and change your password.',
  ],
  'account.sessions.none': ['没有登录的设备。', 'Nowhere.'],
  'account.session.this': ['本机', 'this one'],
  'account.session.since': ['登录于', 'since'],
  'account.session.no-ip': ['地址未记录', 'address not kept'],
  'account.session.unknown': ['未知设备', 'Unknown device'],
  'account.session.end': ['结束', 'End it'],
  'account.sessions.end-others': ['结束其他全部登录', 'End all others'],

  'account.sso': ['用{name}登录', 'Sign in with {name}'],

  'account.member': ['账户', 'Account'],
  'account.member.none': ['没有第二验证', 'no second factor'],
  'account.member.locked': ['登录已暂停', 'sign-in paused'],
  'account.member.end': ['结束全部登录', 'End every session'],
  'account.member.unlock': ['解除暂停', 'Let them sign in again'],
  'account.member.link': ['提出重设登录（忘记密码）', 'Propose a new login (password lost)'],
  'account.member.reset': ['提出清除第二验证（设备丢失）', 'Propose to take second factors away (device lost)'],
  'account.rule.on': ['紧急发布签发：须第二验证', 'Signing flash: needs a second factor'],
  'account.rule.off': ['紧急发布签发：有第二验证的须出示', 'Signing flash: asks those who have a second factor'],
  'account.rule.turn-on': ['提出一律须第二验证', 'Propose to need one from everybody'],
  'account.rule.turn-off': ['提出不再一律要求', 'Propose not to need one'],
  'account.rule.without': ['签发人尚无第二验证：{names}', 'Signers without a second factor: {names}'],

  'account.flash.warn': [
    '您还没有第二验证，紧急发布只凭密码就能以您的名义签发。',
    'You have no second factor: a password alone can sign a flash release in your name.',
  ],
  'account.flash.set-up': ['现在办理', 'Set one up'],
  'account.flash.none': [
    '本单位规定：紧急发布签发须第二验证，您还没有。',
    'Your office asks for a second factor to sign flash, and you have none.',
  ],
  'account.flash.now': [
    '一分钟可办：用密码打印密封码，再回到本页输入其中一个。',
    'It takes a minute: print paper codes with your password, come back here and type one of them.',
  ],
  'account.flash.print': ['打开我的账户（新窗口）', 'Open my account (new window)'],
  'account.flash.others': ['也可以请下列签发人签发，他们有第二验证：', 'Or ask one of these signers, who have one:'],
  'account.flash.on-duty': ['值班', 'on duty'],
  'account.flash.nobody': ['目前没有其他签发人有第二验证。', 'No other signer has one at present.'],
  'account.flash.key-only': ['请用通行密钥确认是您本人。', 'Confirm with your passkey that it is you.'],

  'account.invitation.until': ['链接有效至', 'This link is good until'],
  'account.invitation.by-password': ['用密码', 'With a password'],
  'account.invitation.by-passkey': ['或者用通行密钥', 'Or with a passkey'],
  'account.invitation.by-passkey.lead': [
    '不设密码，以后用这台设备的指纹、面容或设备密码登录。',
    'No password: sign in with finger, face or PIN of this device from now on.',
  ],

  'field.factor': ['第二验证', 'Second factor'],
  'field.password': ['密码', 'Password'],
  'field.current': ['现在的密码', 'Current password'],
  'field.next': ['新密码', 'New password'],

  'desk.change.factors': ['清除第二验证', 'Take second factors away'],
  'desk.change.login': ['重设登录', 'New login'],
  'desk.change.login.what': [
    '生效后：原密码、全部登录和令牌失效，由同意的人把新链接交给本人。第二验证不变。',
    'Once made: password, sessions and tokens end, and whoever agrees hands over a new link. Second factors stay.',
  ],
  'desk.change.last-signer': [
    '这是现在唯一的值班签发人。生效后要等本人用链接登录才能签发，请先安排另一位签发人。',
    'This is the only signer on duty now. Until they come in by the link nobody can sign: put another on duty first.',
  ],
  'desk.change.untold': [
    '没有别的系统管理员：已告警，通知发出后开始等待24小时。',
    'There is no other administrator: an alarm is raised, and 24 hours run from when it was told.',
  ],
  'desk.change.waits': [
    '没有别的系统管理员：本人和审计员可以阻止，到时才能生效：',
    'There is no other administrator. The member and auditors may stop it; it can be made from',
  ],
  'desk.change.waited': ['等待已结束，没有人阻止，可以生效：', 'The wait is over and nobody stopped it:'],
  'desk.change.apply-alone': ['现在生效', 'Make it now'],
  'desk.change.object': ['阻止这项变更', 'Stop this change'],
  'desk.why.change-told': ['与您有关的账户变更，可以阻止', 'A change of an account; you may stop it'],
  'desk.said.change-login-open': [
    '已提出。另一位系统管理员同意后生效；没有别的管理员的，24小时后由您生效，本人和审计员都会看到。',
    'Proposed. Another administrator must agree; where there is none, you make it after 24 hours, and the member and auditors are told.',
  ],
  'desk.said.change-stopped': ['已阻止，账户没有改变。', 'Stopped. Nothing about the account has changed.'],
  'desk.secret.login': [
    '登录已重设。链接只显示这一次，请当面或用电话核实后交给本人，24小时内有效：',
    'The login is closed. This link is shown once; make sure who they are and hand it over, good for 24 hours:',
  ],
  'problem.change-waits': [
    '还没有到时间：再过约{hours}小时才能生效，其间本人和审计员可以阻止。急用：由运维在服务器上运行 ortoo member link --at-machine',
    'Too early: about {hours} more hours, in which the member and auditors may stop it. In an emergency the operator runs ortoo member link --at-machine',
  ],
  'problem.change-untold': [
    '关于这项变更的告警还没有发出，等待还没有开始。请稍后再看',
    'The alarm about this change has not been told yet, so the wait has not begun. Look again later',
  ],
  'problem.change-about-you': [
    '这项变更涉及您自己的登录，要由别的系统管理员同意；您可以拒绝它',
    'This change is about your own login, so another administrator must agree. You can refuse it',
  ],
  'problem.not-yours-to-stop': [
    '只有变更所涉及的本人和审计员可以阻止；系统管理员请选“不同意”',
    'Only the member it is about and auditors stop a change; an administrator refuses it',
  ],
  'problem.login-closed': [
    '这个登录是由两人重设的，新链接也要两人：请再提出一次“重设登录”',
    'This login was closed by two, and a new link takes two again: propose a new login once more',
  ],
  'desk.alarm.change-alone': [
    '唯一的系统管理员提出更改一个账户',
    'The only administrator proposes to change an account',
  ],
  'desk.alarm.change-alone.do': [
    '请与本人当面或电话核实。不是本人要求的：本人或审计员到“本单位”按“阻止这项变更”。24小时后才能生效。',
    'Ask the member in person. If they did not want it, they or an auditor press “Stop this change” under Office. It cannot be made before 24 hours.',
  ],
  'desk.alarm.login-reset-machine': [
    '在服务器上紧急重设了一个登录',
    'A login was closed at the machine, in an emergency',
  ],
  'desk.alarm.login-reset-machine.do': [
    '理由在操作留痕里。请与本人和运维核实；不是本人用了链接的，立即停用账户并更换数据库和服务器的口令。',
    'The reason is in the ledger. Ask the member and the operator; if it was not them, shut the account out at once and change the passwords of the machine.',
  ],
  'desk.change.flash-factor': ['更改紧急发布签发的第二验证', 'Change of the second factor for flash'],

  'desk.said.account-proved': ['已确认是您本人。', 'Confirmed that it is you.'],
  'desk.said.account-password': [
    '密码已更改，其他设备上的登录已结束。',
    'The password is changed; other devices are signed out.',
  ],
  'desk.said.account-totp-on': [
    '验证器已启用。请再打印一份密封码，以防手机丢失。',
    'The authenticator is on. Print paper codes as well, in case the phone is lost.',
  ],
  'desk.said.account-totp-off': ['验证器已停用，密封码已作废。', 'The authenticator is off, paper codes are void.'],
  'desk.said.account-passkey-added': ['通行密钥已添加。', 'The passkey is added.'],
  'desk.said.account-passkey-renamed': ['名称已更改。', 'Renamed.'],
  'desk.said.account-passkey-removed': [
    '通行密钥已删除，不能再用来登录。',
    'The passkey is removed and signs nobody in any more.',
  ],
  'desk.said.account-session-ended': ['这台设备上的登录已结束。', 'That device is signed out.'],
  'desk.said.account-sessions-ended': ['其他设备上的登录已全部结束。', 'All other devices are signed out.'],
  'desk.said.account-factors-gone': [
    '第二验证已清除，登录已结束。请提醒对方尽快重新办理；没有密码的，再给一个新链接。',
    'The second factors are gone and sessions ended. Ask them to set one up again soon; whoever has no password needs a new link.',
  ],
  'desk.said.account-unlocked': ['已解除暂停，可以登录。', 'They can sign in again.'],
  'desk.said.account-member-ended': ['该工作人员的登录已全部结束。', 'Every session of the member has ended.'],

  'issue.factor-wrong': ['码不对', 'The code is not right'],
  'issue.factor-wrong.remedy': [
    '输入验证器现在显示的6位码，或信封里一个没用过的10位码',
    'Type the 6 figures shown now, or an unused 10 from the envelope',
  ],
  'issue.factor-used': ['这个动态码刚才用过', 'This code was used a moment ago'],
  'issue.factor-used.remedy': ['等验证器换成下一个（至多30秒）再输入', 'Wait for the next one, 30 seconds at most'],
  'issue.factor-needed': ['签发紧急发布须第二验证', 'Signing flash needs your second factor'],
  'issue.factor-needed.remedy': [
    '输入动态码或密封码，或用通行密钥确认',
    'Type a code or a paper code, or confirm with a passkey',
  ],
  'issue.factor-none': ['本单位规定须第二验证，您还没有', 'Your office asks for a second factor, and you have none'],
  'issue.factor-none.remedy': [
    '现在打印密封码，或请有第二验证的签发人签发',
    'Print paper codes now, or ask a signer who has one',
  ],
  'issue.password-wrong': ['密码不对', 'The password is not right'],
  'issue.password-wrong.remedy': ['输入现在登录用的密码', 'Type the one you sign in with now'],
  'issue.password-common': ['这是常见的或泄露过的密码', 'This password is common or was leaked elsewhere'],
  'issue.password-common.remedy': [
    '换成几个不相干的词，如一句只有您知道的话',
    'Take several unrelated words, such as a sentence only you know',
  ],

  'problem.passkey-failed': [
    '通行密钥没有通过：可能已删除、超时，或不属于这个账户。可再试，或用密码和动态码。',
    'The passkey did not pass: removed, out of time, or not of this account. Try again, or use password and code.',
  ],
  'problem.passkey-stale': [
    '这次确认已过期、用过，或不是在这次登录中要求的。请再按一次按钮重新确认',
    'This confirmation ran out, was used, or was not asked for in this session. Press the button again',
  ],
  'problem.passkey-other': [
    '这是另一位工作人员的通行密钥。请用您自己的，或用动态码、密封码',
    'This passkey is another member’s. Use your own, or a code or a paper code',
  ],
  'problem.passkey-unknown': [
    '本系统没有登记这个通行密钥，可能已删除。请用另一个，或用密码和动态码、密封码',
    'This passkey is not registered here; it may have been removed. Use another, or password and code',
  ],
  'problem.passkey-unverified': [
    '设备没有验证本人，请打开屏幕锁后再试',
    'The device did not verify you. Turn on its screen lock and try again',
  ],
  'problem.passkey': ['没有这个通行密钥', 'There is no such passkey'],
  'problem.session': ['没有这个登录', 'There is no such session'],
  'problem.session-only': [
    '这一页只供本人登录后使用，令牌不能用',
    'This is for a person who signed in; a token does not serve',
  ],
  'problem.totp-on': ['验证器已经启用', 'The authenticator is on already'],
  'problem.factor-first': [
    '请先在“我的账户”出示第二验证，确认是您本人',
    'Show your second factor first, under “My account”, to confirm it is you',
  ],
  'problem.last-way-in': [
    '这是您登录的唯一方式。请先设置密码，或再添加一个通行密钥',
    'This is your only way in. Set a password or add another passkey first',
  ],
  'problem.factor-needed': [
    '签发紧急发布须第二验证：先用 POST /api/v1/second-factor 出示，五分钟内有效',
    'Signing flash needs your second factor: show it by POST /api/v1/second-factor first, good for five minutes',
  ],
  'problem.factor-none': [
    '本单位规定签发紧急发布须第二验证，您还没有。在“我的账户”用密码打印密封码（一分钟），或请有第二验证的签发人签发',
    'Your office asks for a second factor to sign flash, and you have none. Print paper codes under “My account” (a minute), or ask a signer who has one',
  ],
  'problem.sign-in-locked': [
    '登录失败次数太多，已暂停约{minutes}分钟。急用：用通行密钥登录，或请系统管理员解除暂停。',
    'Too many failed sign-ins: paused for about {minutes} min. If urgent, use a passkey, or ask an administrator to lift it.',
  ],
  'problem.code-question-over': [
    '等待输入码的时间已过，或试错次数太多。请重新输入密码',
    'The wait for a code is over, or there were too many wrong ones. Start with the password again',
  ],
  'problem.sso-silent': [
    '单位的统一登录没有回应。请用密码登录，并告诉系统管理员',
    'The office sign-on does not answer. Use your password, and tell an administrator',
  ],
  'problem.sso-no-member': [
    '统一登录成功，但没有对应的工作人员，或邮箱未经验证。请先接受邀请，或请系统管理员核对邮箱',
    'The office sign-on let you in, but no member has that verified address. Accept your invitation first, or ask an administrator to check the address',
  ],
  'problem.sso-failed': [
    '统一登录没有完成。请再试一次，或用密码登录',
    'The office sign-on was not completed. Try again, or use your password',
  ],
  'problem.link-password-only': [
    '这个账户原来有第二验证，用链接只能设置密码。要换通行密钥，请系统管理员先清除第二验证',
    'This account has second factors, so the link only sets a password. For a passkey, have an administrator take them away first',
  ],

  'desk.alarm.sign-in-locked': ['登录失败过多，账户已暂停登录', 'Too many failed sign-ins: a login is paused'],
  'desk.alarm.sign-in-locked.do': [
    '与本人核实。是本人忘记密码：在“本单位”解除暂停或提出重设登录；不是：提醒其更改密码并办理第二验证。',
    'Ask the member. If it was them, lift it or propose a new login under Office; if not, have them change the password and set up a second factor.',
  ],
  'desk.alarm.sign-in-attacked': [
    '有人反复猜测最后一位值班签发人的密码',
    'Somebody keeps guessing the password of the last signer on duty',
  ],
  'desk.alarm.sign-in-attacked.do': [
    '没有暂停其登录，以免无人签发。请安排另一位签发人值班，并提醒本人使用通行密钥。',
    'Their login was not paused, so that somebody can sign. Put another signer on duty, and have them use a passkey.',
  ],
  'desk.alarm.sign-in-network': ['一个网络登录失败过多，已暂停', 'Too many failed sign-ins from one network: paused'],
  'desk.alarm.sign-in-network.do': [
    '值班签发人和通行密钥不受影响。若来自单位内部，请查看是哪台电脑。',
    'The last signer on duty and passkeys are not affected. If it is your own network, look for the computer.',
  ],

  'cli.code': ['{email} 的动态码或密封码：', 'Code or paper code of {email}:'],
  'doctor.no-factors': [
    '没有一位工作人员有第二验证：请签发人在“我的账户”办理通行密钥或打印密封码',
    'No member has a second factor: have signers set up a passkey or print paper codes under “My account”',
  ],
  'doctor.some-factors': ['{n}/{of} 位签发人有第二验证', '{n} of {of} signers have a second factor'],
  'doctor.signers-without': [
    '{n}/{of} 位签发人没有第二验证：请在“我的账户”办理',
    '{n} of {of} signers have no second factor: have them set one up under “My account”',
  ],
  'doctor.oidc': [
    '统一登录：{issuer} 有回应；会直接访问 {origins}（不经 lib/http）；请在那里登记回调地址 {callback}',
    'Single sign-on: {issuer} answers; the service calls {origins} directly (not through lib/http); register {callback} there as redirect address',
  ],
  'doctor.oidc-silent': [
    '统一登录：{issuer}/.well-known/openid-configuration 没有回应（{why}）；核对 OIDC_ISSUER 和网络，其间可用密码登录',
    'Single sign-on: {issuer}/.well-known/openid-configuration does not answer ({why}); check OIDC_ISSUER and the network. Passwords work meanwhile',
  ],
  'doctor.oidc-issuer': [
    '统一登录：对方自称 {theirs}，OIDC_ISSUER 写的是 {issuer}；改成一致',
    'Single sign-on: the provider calls itself {theirs}, OIDC_ISSUER says {issuer}; make them the same',
  ],
  'doctor.oidc-short': [
    '统一登录：{issuer} 没有给出 {what}；换用支持 OpenID Connect 的地址，或请其管理员补上',
    'Single sign-on: {issuer} does not name its {what}; use an address that speaks OpenID Connect, or have its operator add it',
  ],
} satisfies Words
