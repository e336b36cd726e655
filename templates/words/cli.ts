/** Words: the command line, its doctor, and what is said of a setting that is wrong. */
import type { Words } from './index.ts'

const general = {
  'cli.help': [
    '用法：ortoo <命令> [选项]。每个命令都可以加 --lang zh|en 和 --help。',
    'Usage: ortoo <command> [options]. Every command also takes --lang zh|en and --help.',
  ],
  'cli.about.serve': ['启动服务（与 npm start 相同）', 'Start the service, as npm start does'],
  'cli.about.work': [
    '只做后台工作：到点发布、发送、核对，不提供网页',
    'Do the work behind the pages only: publish when due, send, read back',
  ],
  'cli.about.doctor': [
    '检查配置、目录、数据库、邮件和网址，逐条说明怎样处理',
    'Check settings, folder, database, mail and address, with the remedy for each',
  ],
  'cli.about.migrate': ['把数据库升级到本版本', 'Bring the database up to this version'],
  'cli.about.member add': [
    '邀请工作人员；尚无人员时给出首位管理员的链接',
    'Invite a member; with nobody there yet, give the link for the first administrator',
  ],
  'cli.about.member list': ['列出各单位的工作人员', 'List the members of every agency'],
  'cli.about.member link': [
    '为忘记密码的人提出重设登录；紧急时加 --at-machine --reason lost-password|lost-device|locked-out 立即给链接并告警（--drop-factors 同时清除第二验证）',
    'Propose a new login for somebody who lost their password; in an emergency --at-machine --reason lost-password|lost-device|locked-out gives the link at once and raises an alarm (--drop-factors takes second factors away too)',
  ],
  'cli.about.member disable': ['停用已离开的人', 'Shut out somebody who has left'],
  'cli.about.token issue': [
    '为本人签发程序用的令牌；--scopes read,write,decide,admin',
    'Issue a token for a program, in your own name; --scopes read,write,decide,admin',
  ],
  'cli.about.token list': ['列出某人的令牌', "List a member's tokens"],
  'cli.about.token revoke': ['作废一个令牌', 'Revoke a token'],
  'cli.about.import': ['把公文、文本或网页变成草稿', 'Turn an official notice, a text or a page into a draft'],
  'cli.about.import areas': [
    '从 JSON 或 CSV 文件导入行政区划；--dry-run 只看 CSV 会改什么',
    'Import places and their codes from a JSON or CSV file; --dry-run shows what a CSV would change',
  ],
  'cli.about.sweep': ['把定时工作各做一遍', 'Run every job of the timetable once'],
  'cli.about.resend': [
    '让停止或待答复的渠道任务继续；--answer go-on|unknown-again|leave-unknown',
    'Let a stopped or held dispatch go on; --answer go-on|unknown-again|leave-unknown',
  ],
  'cli.about.verify': [
    '重新核对操作留痕、发布版、签章、计数和公开网页；--offline 不访问网站',
    'Recompute ledger, editions, seals, counters and public files; --offline leaves the site unfetched',
  ],
  'cli.about.site rebuild': [
    '从数据库重新生成全部公开文件并替换；--compare 只比较',
    'Make every public file again from rows and put it in place; --compare only compares',
  ],
  'cli.about.backup': [
    '备份数据库、附件、公开文件和密钥到目录或 .tar 文件，服务不必停',
    'Back up database, attachments, public files and keys to a folder or .tar file, while the service runs',
  ],
  'cli.about.restore': [
    '从备份恢复到空目录（--into）或空数据库；恢复后不会自动发布或发送',
    'Restore a backup into an empty folder (--into) or an empty database; the copy sends nothing by itself',
  ],
  'cli.about.unit': [
    '输出本机的 systemd 服务单元；--role all|web|work，--user 账号，--env 设置文件',
    'Print a systemd unit for this installation; --role all|web|work, --user account, --env file of settings',
  ],
  'cli.about.bundle': [
    '制作离线安装包：程序、所需的包和 Node.js，一个文件',
    'Make one file that installs without a network: program, packages and Node.js',
  ],
  'cli.password': ['{email} 的密码：', 'Password of {email}:'],
  'cli.unexpected': ['没有料到的错误：{what}', 'Something nobody foresaw: {what}'],
  'cli.refused': ['不能这样做（{code}）', 'Not possible ({code})'],
  'cli.refused.sign-in-failed': [
    '账号或密码不对；忘记密码请管理员运行 ortoo member link',
    'Wrong address or password; an administrator can help with ortoo member link',
  ],
  'cli.refused.link-not-good': ['这个链接已经失效', 'The link is good no longer'],
  'cli.refused.not-stopped': [
    '这个渠道任务没有停止，也不在等待答复',
    'This dispatch is neither stopped nor waiting for an answer',
  ],
  'cli.refused.run-retired': [
    '这个渠道任务的收件记录已按保存期限清除，不能继续；请另发一版',
    'The recipients of this dispatch were removed by age, so it cannot go on; publish a new edition',
  ],
  'cli.refused.dispatch': [
    '没有这个渠道任务；编号见发布进度页',
    'There is no such dispatch; its id stands on the progress page',
  ],
  'cli.refused.token': ['没有这个令牌；用 ortoo token list 查看', 'There is no such token; see ortoo token list'],
  'cli.usage.unknown-command': [
    '没有“{name}”这个命令；用 ortoo help 查看全部命令',
    'There is no command "{name}"; see ortoo help',
  ],
  'cli.usage.which': ['“{name}”还要写明做什么：{names}', '"{name}" needs a second word: {names}'],
  'cli.usage.unknown-option': ['没有 --{option} 这个选项；加 --help 查看', 'There is no option --{option}; see --help'],
  'cli.usage.option-value': [
    '--{option} 的写法不对：带值的写成 --{option} 值，开关不带值',
    '--{option} is written wrongly: --{option} value, and a switch takes none',
  ],
  'cli.usage.option-missing': [
    '缺少 --{option}，例如 --{option} {right}',
    '--{option} is missing, for example --{option} {right}',
  ],
  'cli.usage.argument-missing': ['缺少 <{argument}>：ortoo {synopsis}', '<{argument}> is missing: ortoo {synopsis}'],
  'cli.usage.argument-extra': ['多了“{value}”：ortoo {synopsis}', '"{value}" is one too many: ortoo {synopsis}'],
  'cli.usage.one-of': [
    '--{option} 不能是“{value}”，应为其中之一：{words}',
    '--{option} cannot be "{value}"; it is one of: {words}',
  ],
  'cli.usage.days': ['--days 应为 1 到 366 之间的整数', '--days must be a whole number from 1 to 366'],
  'cli.usage.file': [
    '读不到文件 {file}（{why}）；请检查路径和权限',
    'File {file} cannot be read ({why}); check path and permission',
  ],
  'cli.usage.exists': [
    '{path} 已存在，不会覆盖；请换一个名字',
    '{path} is there already and is not overwritten; give another name',
  ],
  'cli.usage.folder': ['没有目录 {path}；请先建立', 'There is no folder {path}; make it first'],
  'cli.usage.user': [
    '--user 不能是“{user}”：应为普通账号名，且不是 root',
    '--user cannot be "{user}": it names an ordinary account, not root',
  ],
  'cli.usage.absolute': [
    '--{option} 应为以 / 开头的完整路径，不是“{value}”',
    '--{option} is a whole path that begins with /, not "{value}"',
  ],
  'cli.usage.bundle-name': ['“{file}”应以 .tar.gz 结尾', '"{file}" must end with .tar.gz'],
  'cli.usage.areas-shape': [
    '{file} 不是区划文件：应为 [{"code","name","parent"}] 或省、盟市、旗县三级',
    '{file} is no table of areas: it should be [{"code","name","parent"}] or province, prefectures, counties',
  ],
  'cli.usage.by-missing': [
    '请用 --by 写明由谁办理（邮箱），或用 --token-file 给出本人令牌',
    'Say who acts with --by (their address), or give their token with --token-file',
  ],
  'cli.usage.token-not-good': [
    '{file} 中的令牌无效或已过期；请本人在发布台重新签发',
    'The token in {file} is not good or has run out; have its owner issue a new one',
  ],
  'cli.usage.no-member': [
    '没有邮箱为 {email} 的工作人员；用 ortoo member list 查看',
    'There is no member with the address {email}; see ortoo member list',
  ],
  'cli.usage.no-agency': ['没有单位“{slug}”，现有：{slugs}', 'There is no agency "{slug}"; there are: {slugs}'],
  'cli.migrate.applied': ['已升级：{names}', 'Applied: {names}'],
  'cli.migrate.none': ['数据库已是最新，没有改动', 'The database is up to date; nothing changed'],
  'cli.sweep.done': ['{job}：完成', '{job}: done'],
  'cli.sweep.failed': ['{job}：没有做成（{why}），下次再试', '{job}: failed ({why}); it is tried again next time'],
  'cli.work.started': [
    '后台工作已开始；渠道：{outlets}。按 Ctrl-C 结束。',
    'Working; outlets: {outlets}. Ctrl-C ends it.',
  ],
  'cli.member.first': [
    '还没有工作人员。请打开（24小时内一次有效）：{link}',
    'There is nobody yet. Open, once and within 24 hours: {link}',
  ],
  'cli.member.added': [
    '已邀请 {email}。请把链接交给本人（{until} 前一次有效）：{link}',
    'Invited {email}. Hand them the link, good once until {until}: {link}',
  ],
  'cli.member.waits': [
    '角色（{roles}）要等另一位管理员同意后才生效',
    'The roles ({roles}) hold once another administrator agrees',
  ],
  'cli.member.link': [
    '原密码已失效。请把链接交给 {email}（{until} 前一次有效）：{link}',
    'The old password is good no longer. Hand {email} the link, good once until {until}: {link}',
  ],
  'cli.member.link-alarm': [
    '已告警：所有人在“告警”里看到这次重设，由管理员核实',
    'An alarm stands: everybody sees this at the desk, and an administrator is to look into it',
  ],
  'cli.member.link-waits': [
    '已提出重设 {email} 的登录，等另一位管理员在“本单位”同意；同意前原密码仍有效。急用：--at-machine --reason lost-password',
    'Proposed. Another administrator agrees under Office; until then the password of {email} stays good. In an emergency: --at-machine --reason lost-password',
  ],
  'cli.member.gone': ['{email} 已停用', '{email} is shut out'],
  'cli.member.waits-left': [
    '停用管理员 {email} 要等另一位管理员同意',
    'Shutting out administrator {email} waits for another administrator',
  ],
  'cli.member.left': ['已停用', 'left'],
  'cli.member.in': ['可登录', 'can sign in'],
  'cli.member.invited': ['待设置密码', 'invited'],
  'cli.token.once': [
    '令牌只显示这一次（编号 {id}，有效至 {until}）',
    'Shown this once only (id {id}, good until {until})',
  ],
  'cli.token.good': ['有效', 'good'],
  'cli.token.ended': ['已过期', 'ended'],
  'cli.token.revoked': ['已作废', 'revoked'],
  'cli.token.is-revoked': ['令牌 {id} 已作废', 'Token {id} is revoked'],
  'cli.import.done': ['已成草稿 {number}《{title}》：{url}/desk', 'Draft {number} "{title}": {url}/desk'],
  'cli.areas.table': [
    '新增{added}个，更改{changed}个，{same}个不变',
    '{added} new, {changed} changed, {same} as they were',
  ],
  'cli.areas.done': [
    '已导入 {n} 个地区，略去 {skipped} 个统计用开发区',
    'Imported {n} areas, left out {skipped} statistical development zones',
  ],
  'cli.run.waiting': ['等待', 'waiting'],
  'cli.run.planning': ['计划中', 'planning'],
  'cli.run.sending': ['发送中', 'sending'],
  'cli.run.verifying': ['核对中', 'being read back'],
  'cli.run.held': ['待答复', 'held'],
  'cli.run.stopping': ['正在停止', 'stopping'],
  'cli.run.stopped': ['已停止', 'stopped'],
  'cli.run.done': ['完成', 'done'],
  'cli.resend.state': ['{outlet} {state}', '{outlet} {state}'],
  'cli.resend.equation': [
    '应发 {audience} = 未开始 {planned} + 发送中 {sending} + 对方已接收 {accepted} + 稍后重试 {deferred} + 发送失败 {failed} + 地址失效 {gone} + 结果不明 {unknown} + 按规则不发 {suppressed} + 已改发新版 {superseded} + 待摘要 {in_digest}；可能重复 {repeats}',
    'audience {audience} = planned {planned} + sending {sending} + accepted {accepted} + deferred {deferred} + failed {failed} + gone {gone} + unknown {unknown} + suppressed {suppressed} + superseded {superseded} + in digest {in_digest}; possible repeats {repeats}',
  ],
} satisfies Words

const verifying = {
  'cli.verify.step': ['已核对 {n} 个文件', '{n} files read'],
  'cli.verify.ledger': [
    '操作留痕：{entries} 条，末条哈希 {head}（请与另存的一份对照）',
    'Ledger: {entries} entries, head {head} (compare it with a copy kept elsewhere)',
  ],
  'cli.verify.ledger.hash': [
    '操作留痕第 {seq} 条被改动：内容与哈希不符；请封存数据库并从备份查找原文',
    'Ledger entry {seq} was changed: it does not have its hash; keep the database as it is and look in a backup',
  ],
  'cli.verify.ledger.link': [
    '操作留痕第 {seq} 条与上一条接不上；请封存数据库并与备份对照',
    'Ledger entry {seq} does not follow the one before; keep the database as it is and compare a backup',
  ],
  'cli.verify.ledger.gap': [
    '操作留痕第 {seq} 条之前有缺失；请封存数据库并与备份对照',
    'Entries before ledger entry {seq} are missing; keep the database as it is and compare a backup',
  ],
  'cli.verify.editions': ['发布版：{n} 个，已重算哈希并验签', 'Editions: {n}, hashes recomputed and seals checked'],
  'cli.verify.edition.seal': [
    '{edition}：签章无效；请核对 keys 目录是否被更换，并与备份对照',
    '{edition}: the seal is not good; see whether the keys folder was replaced, and compare a backup',
  ],
  'cli.verify.edition.claim': [
    '{edition}：记录与签章所载不符；请与备份对照',
    '{edition}: the row is not what was sealed; compare a backup',
  ],
  'cli.verify.edition.hash': [
    '{edition}：稿次内容与哈希不符；请与备份对照',
    '{edition}: the revision does not have its hash; compare a backup',
  ],
  'cli.verify.edition.text': [
    '{edition}：发布文本不是审定的稿次；请与备份对照',
    '{edition}: the published text is not the agreed revision; compare a backup',
  ],
  'cli.verify.edition.order': [
    '{edition}：发布顺序有缺失；请与备份对照',
    '{edition}: the order of publication has a gap; compare a backup',
  ],
  'cli.verify.edition.ledger': [
    '{edition}：与操作留痕的记载不符；请与备份对照',
    '{edition}: the ledger does not say the same; compare a backup',
  ],
  'cli.verify.counts': [
    '渠道任务：{runs} 个，送达记录 {deliveries} 条，已重新计数',
    'Dispatches: {runs}, with {deliveries} deliveries counted again',
  ],
  'cli.verify.count': [
    '渠道任务 {dispatch}（{outlet}）的 {counter} 记为 {stored}，实数 {counted}；请保留现场并报告',
    'Dispatch {dispatch} ({outlet}) says {counter} {stored}, counted {counted}; keep it as it is and report it',
  ],
  'cli.verify.files': [
    '公开文件：{n} 个，字节与清单一致性已核对',
    'Public files: {n} read from disk and compared with the manifest',
  ],
  'cli.verify.file': [
    '{path}：{what}；可运行 ortoo site rebuild 重新生成',
    '{path}: {what}; ortoo site rebuild makes it again',
  ],
  'cli.verify.served': [
    '已从 {url} 取回 {n} 个文件，逐项核对 {pages} 个发布信息页',
    'Fetched {n} files back from {url} and read {pages} release pages',
  ],
  'cli.verify.unreachable': [
    '{url} 没有应答，公开网页无法核对；请启动服务，或加 --offline',
    '{url} does not answer, so the public pages cannot be read back; start the service, or add --offline',
  ],
  'cli.verify.good': ['全部相符', 'Everything agrees'],
  'cli.verify.faults': ['发现 {n} 处问题', '{n} faults found'],
  'cli.rebuild.step': ['已重新生成到第 {n} 次发布', 'Made again up to sequence {n}'],
  'cli.rebuild.missing': ['现有而重建中没有：{path}', 'Stands here and is not made: {path}'],
  'cli.rebuild.surplus': ['重建出而现在没有：{path}', 'Made and not here: {path}'],
  'cli.rebuild.changed': ['字节不同：{path}', 'Bytes differ: {path}'],
  'cli.rebuild.more': ['另有 {n} 处', 'and {n} more'],
  'cli.rebuild.equal': ['{files} 个文件与现有网站逐字节相同', '{files} files, byte for byte as they stand'],
  'cli.rebuild.different': [
    '重建 {files} 个文件，{n} 个与现有网站不同',
    '{files} files made, {n} of them unlike what stands there',
  ],
  'cli.rebuild.swapped': ['已换上重建的文件', 'The files made are in place'],
} satisfies Words

const keeping = {
  'cli.backup.step.tables': ['已备份 {n} 个数据表', '{n} tables'],
  'cli.backup.step.attachments': ['已备份 {n} 个附件', '{n} attachments'],
  'cli.backup.step.public': ['已备份 {n} 个公开文件', '{n} public files'],
  'cli.backup.step.rest': ['共 {n} 个文件', '{n} files in all'],
  'cli.backup.done': [
    '已备份到 {path}：{rows} 行数据、{files} 个文件，{mb} MB',
    'Backed up to {path}: {rows} rows, {files} files, {mb} MB',
  ],
  'cli.backup.ledger': [
    '操作留痕 {entries} 条，末条哈希 {head}（请另存一份）',
    'Ledger: {entries} entries, head {head} (keep a copy of this elsewhere)',
  ],
  'cli.backup.secret': [
    '备份中有草稿、订阅人地址和签章密钥，请加密存放并限制查看',
    'It holds drafts, subscribers and the keys of the seal: store it encrypted, where few may look',
  ],
  'cli.backup.missing': [
    '缺少或损坏的文件，未能备份：{path}；公开文件可用 ortoo site rebuild 重新生成',
    'Missing or damaged and not in the backup: {path}; ortoo site rebuild makes public files again',
  ],
  'cli.refused.not-built': [
    '{root} 中还没有生成程序（dist）；请先运行 npm run build',
    'The program is not built in {root} (dist); run npm run build first',
  ],
  'cli.bundle.step': ['已打包 {n}/{all} 个文件', '{n} of {all} files packed'],
  'cli.bundle.done': [
    '已制作 {file}：{files} 个文件、{packages} 个包和 Node.js，{mb} MB；安装步骤见包内 INSTALL.txt',
    'Made {file}: {files} files, {packages} packages and Node.js, {mb} MB; INSTALL.txt inside says how to install',
  ],
  'cli.bundle.sum': ['SHA-256 {sha256}（安装前请核对）', 'SHA-256 {sha256} (compare it before installing)'],
  'cli.refused.backup-purged': [
    '备份期间有稿件被清除，这份备份已删除；请重新备份',
    'A release was purged meanwhile, so this backup was taken away again; make another',
  ],
  'cli.refused.backup-unfinished': [
    '{dir} 不是完整的备份（没有 manifest.json）；请换用另一份',
    '{dir} is no finished backup (it has no manifest.json); use another one',
  ],
  'cli.refused.backup-damaged': [
    '备份已损坏：{path} 与备份时不同；请换用另一份',
    'The backup is damaged: {path} is not as it was written; use another one',
  ],
  'cli.refused.backup-missing-file': [
    '备份不完整：缺少 {path}；请换用另一份',
    'The backup is not whole: {path} is missing; use another one',
  ],
  'cli.refused.backup-format': [
    '这份备份由别的版本（{service}）制作，本版本不认识；请用那个版本或更新的版本恢复',
    'This backup was made by another version ({service}) that this one does not know; restore it with that version or a newer one',
  ],
  'cli.refused.target-not-empty': [
    '{path} 不是空目录，不会覆盖；请用 --into 指定一个新目录',
    '{path} is not empty and is not overwritten; name a new folder with --into',
  ],
  'cli.refused.database-not-empty': [
    'DATABASE_URL 的数据库里已有数据，不会覆盖；请新建一个空数据库',
    'The database of DATABASE_URL has data and is not overwritten; make an empty one',
  ],
  'cli.refused.files-not-empty': [
    'FILES_URL 的存储桶前缀下已有文件，不会覆盖；请换一个空的前缀',
    'There are files under the prefix of FILES_URL and they are not overwritten; name an empty prefix',
  ],
  'cli.restore.unpacking': ['正在解开备份', 'Unpacking the backup'],
  'cli.restore.checking': ['已核对 {n}/{all} 个文件', '{n} of {all} files checked'],
  'cli.restore.checked': [
    '{at} 的备份完好：{n} 个文件的哈希全部相符',
    'The backup of {at} is sound: all {n} files have their hashes',
  ],
  'cli.restore.copying': ['已恢复 {n}/{all} 个文件', '{n} of {all} files restored'],
  'cli.restore.loading': ['已恢复数据表 {table}', 'Table {table} restored'],
  'cli.restore.done': ['已恢复到 {path}', 'Restored into {path}'],
  'cli.restore.done-database': [
    '数据库已恢复到 DATABASE_URL，密钥和文件在 {path}',
    'The database is restored into DATABASE_URL, keys and files into {path}',
  ],
  'cli.restore.ledger': [
    '操作留痕恢复到第 {entries} 条，哈希 {head}（请与另存的一份对照）',
    'Ledger restored up to entry {entries}, head {head} (compare it with a copy kept elsewhere)',
  ],
  'cli.restore.held': [
    '已暂停 {releases} 篇待发布稿件和 {runs} 个渠道任务，等工作人员答复',
    '{releases} releases about to be published and {runs} dispatches are held until a member answers',
  ],
  'cli.restore.next': [
    '接下来：确认原系统已停止，设置 ORTOO_DATA={path}，运行 ortoo doctor 和 ortoo verify，再启动',
    'Next: make sure the other copy is stopped, set ORTOO_DATA={path}, run ortoo doctor and ortoo verify, then start',
  ],
} satisfies Words

const doctor = {
  'doctor.level.ok': ['正常', 'ok  '],
  'doctor.level.note': ['注意', 'note'],
  'doctor.level.fail': ['问题', 'FAIL'],
  'doctor.well': ['可以使用', 'Fit for use'],
  'doctor.failures': ['有 {n} 个问题需要处理', '{n} things need to be put right'],
  'doctor.broke': [
    '检查 {look} 没有做成（{why}）；请把这一行交给维护人员',
    'The look at {look} could not be made ({why}); hand this line to whoever maintains the service',
  ],
  'doctor.node': ['Node.js {version}', 'Node.js {version}'],
  'doctor.node-old': [
    'Node.js {version} 太旧；请安装 {least} 或更新的版本',
    'Node.js {version} is too old; install {least} or newer',
  ],
  'doctor.folder': [
    '数据目录 {dir} 可写，只有本账号能读',
    'Data folder {dir} can be written, and read by this account alone',
  ],
  'doctor.folder-new': [
    '数据目录 {dir} 还没有，首次启动时建立',
    'Data folder {dir} is not there yet; the first start makes it',
  ],
  'doctor.folder-parent': [
    '不能在 {parent} 中建立数据目录；请建立 {dir} 并交给本账号',
    'No folder can be made in {parent}; make {dir} and give it to this account',
  ],
  'doctor.folder-open': [
    '数据目录 {dir} 的权限是 {mode}，别的账号能看到草稿；请运行 chmod 700 {dir}',
    'Data folder {dir} has mode {mode}, so other accounts can see drafts; run chmod 700 {dir}',
  ],
  'doctor.folder-owner': [
    '数据目录 {dir} 属于别的账号；请用该账号运行，或改变所有者',
    'Data folder {dir} belongs to another account; run as that one, or change the owner',
  ],
  'doctor.folder-read-only': [
    '数据目录 {dir} 不能写入；请检查权限和磁盘是否只读',
    'Data folder {dir} cannot be written; check its permission and whether the disk is read-only',
  ],
  'doctor.folder-sample': [
    '{dir} 是示例数据，不能用于正式发布；请把 ORTOO_DATA 改为别的目录',
    '{dir} holds sample data and is never served as live; set ORTOO_DATA to another folder',
  ],
  'doctor.disk': ['磁盘剩余 {gb} GB', '{gb} GB of disk left'],
  'doctor.disk-low': [
    '磁盘只剩 {gb} GB；请清理或扩容到 {least} GB 以上',
    'Only {gb} GB of disk left; make room for at least {least} GB',
  ],
  'doctor.clock': ['{what}的时间与本机一致', 'The clock of {what} agrees with ours'],
  'doctor.skew': [
    '{what}的时间与本机相差 {seconds} 秒；请在两边开启网络对时（NTP）',
    'The clock of {what} is {seconds} s apart from ours; turn on NTP at both ends',
  ],
  'doctor.clock-of.file-system': ['文件系统', 'the file system'],
  'doctor.clock-of.database': ['数据库', 'the database'],
  'doctor.clock-of.redis': ['Redis ', 'Redis'],
  'doctor.clock-of.smtp': ['邮件服务器', 'the mail relay'],
  'doctor.clock-of.http': ['公开网址', 'the public address'],
  'doctor.keys': ['签章和推送密钥在 {dir}；请一并备份', 'Keys of seal and push are in {dir}; back them up too'],
  'doctor.keys-old': [
    '{n} 个以前的密钥在 {dir}，仍用于核验；请一并备份',
    '{n} keys of before in {dir} still verify; back them up too',
  ],
  'doctor.keys-new': [
    '密钥目录 {dir} 还没有，首次启动时生成',
    'Key folder {dir} is not there yet; the first start makes the keys',
  ],
  'doctor.key-missing': [
    '缺少密钥 {file}；若曾发布过信息请从备份恢复，否则启动时生成新的',
    'Key {file} is missing; restore it from backup if anything was ever published, else the start makes a new one',
  ],
  'doctor.key-open': [
    '密钥 {file} 可被别的账号读取；请运行 chmod 600 {file}',
    'Key {file} can be read by other accounts; run chmod 600 {file}',
  ],
  'doctor.vapid': ['浏览器通知（VAPID）密钥成对', 'The key pair of web push (VAPID) fits together'],
  'doctor.vapid-bad': [
    '浏览器通知密钥 {file} 不成对；请从备份恢复，否则已订阅的浏览器都要重新订阅',
    'The web push keys in {file} do not fit together; restore them from backup, or every subscribed browser must subscribe again',
  ],
  'doctor.files': ['文件可以写入、读回和删除：{where}', 'Files can be written, read back and deleted: {where}'],
  'doctor.files-other': [
    '{where} 中的文件写入后读回不一致；请检查磁盘或存储服务，修好之前不要发布',
    'A file written to {where} did not come back as it was; look at the disk or the store, and publish nothing before',
  ],
  'doctor.files-unreachable': [
    '{where} 中的文件不能写入或读回（{why}）；请检查权限和磁盘',
    'Files in {where} cannot be written or read back ({why}); check permission and disk',
  ],
  'doctor.bucket-unreachable': [
    '存储桶 {where} 不能写入或读回（{why}）；请检查 FILES_URL、S3_ACCESS_KEY_ID 和 S3_SECRET_ACCESS_KEY，以及该密钥的读、写、删、列权限',
    'Bucket {where} cannot be written or read back ({why}); check FILES_URL, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, and that the key may read, write, delete and list',
  ],
  'doctor.bucket-plain': [
    '到存储桶的连接不加密（{endpoint}），草稿附件会以明文传输；请把 endpoint 改为 https://',
    'The way to the bucket is not encrypted ({endpoint}), and attachments of drafts travel readable; use an https:// endpoint',
  ],
  'doctor.workers': [
    '{n} 个工作进程写入同一处文件，密钥相同',
    'Work processes seen: {n}; they write to one place and seal with the same keys',
  ],
  'doctor.workers-none': [
    '最近一分钟没有工作进程；请启动 ROLE=work，否则到点不会发布、邮件不会发出',
    'No work process in the last minute; start ROLE=work, or nothing is published when due and no mail leaves',
  ],
  'doctor.workers-apart': [
    '{names} 与本机的文件不在同一处，读者会看到不同的网站；请各机设置同一个 FILES_URL，或共用同一个数据目录',
    '{names} and this machine do not have their files in one place, so readers see different sites; give all the same FILES_URL, or one shared data folder',
  ],
  'doctor.workers-keys': [
    '{names} 的签章密钥不同，发布凭证会对不上；请把其中一台的 keys 目录复制到其余各机',
    '{names} seal with different keys, so receipts do not agree; copy the keys folder of one to the others',
  ],
  'doctor.database': ['数据库 {kind} 完好', 'Database {kind} is sound'],
  'doctor.database-new': [
    '数据库 {file} 还没有，首次启动时建立',
    'Database {file} is not there yet; the first start makes it',
  ],
  'doctor.database-behind': [
    '数据库待升级（{names}）；启动服务或运行 ortoo migrate',
    'The database lacks {names}; start the service or run ortoo migrate',
  ],
  'doctor.database-damaged': [
    '数据库有损坏（{what}）；请停止服务并从备份恢复',
    'The database is damaged ({what}); stop the service and restore a backup',
  ],
  'doctor.database-unreachable': [
    '数据库打不开（{why}）；请检查 DATABASE_URL 和数据库服务',
    'The database cannot be opened ({why}); check DATABASE_URL and the database server',
  ],
  'doctor.no-admin': ['没有管理员；请运行 ortoo member add', 'There is no administrator; run ortoo member add'],
  'doctor.one-admin': [
    '只有一位管理员；请再设一位，此后角色和流程的改动由两人办理',
    'There is one administrator; add another, and changes of roles and chains take two people',
  ],
  'doctor.admins': ['管理员 {n} 位', '{n} administrators'],
  'doctor.restored': [
    '本系统于 {at} 由备份恢复，自动发布和发送已暂停；请在发布台确认',
    'This service was restored from a backup at {at} and sends nothing by itself; confirm it at the desk',
  ],
  'doctor.alarms-open': ['有 {n} 个告警未解除；请在发布台查看', '{n} alarms are open; see the desk'],
  'doctor.redis-none': ['未使用 Redis，单机运行不需要', 'No Redis, and one machine needs none'],
  'doctor.redis-needed': [
    'ROLE={role} 但没有 Redis，各进程只能靠轮询发现新任务；请设置 REDIS_URL',
    'ROLE={role} without Redis: processes find new work by looking only; set REDIS_URL',
  ],
  'doctor.redis': ['Redis 有应答', 'Redis answers'],
  'doctor.redis-unreachable': [
    'Redis 连不上（{why}），不会丢失任务但会变慢；请检查 REDIS_URL 和 Redis 服务',
    'Redis cannot be reached ({why}); nothing is lost, but it is slower; check REDIS_URL and the Redis server',
  ],
  'doctor.smtp-none': [
    '没有设置 SMTP，邮件只存入 outbox 目录、不会发出；请设置 SMTP_URL 和 MAIL_FROM',
    'No SMTP: letters are kept in the outbox folder and none leaves; set SMTP_URL and MAIL_FROM',
  ],
  'doctor.smtp': ['邮件服务器 {where} 有应答', 'Mail relay {where} answers'],
  'doctor.smtp-unreachable': [
    '邮件服务器 {where} 没有应答（{why}）；请检查 SMTP_URL、端口和防火墙',
    'Mail relay {where} does not answer ({why}); check SMTP_URL, the port and the firewall',
  ],
  'doctor.smtp-greeting': [
    '{where} 的应答不是邮件服务器的问候（{greeting}）；请检查 SMTP_URL 的主机和端口',
    '{where} does not greet as a mail relay ({greeting}); check host and port of SMTP_URL',
  ],
  'doctor.smtp-tls': [
    '到邮件服务器 {where} 的连接是加密的，证书有效',
    'The way to mail relay {where} is encrypted, with a good certificate',
  ],
  'doctor.smtp-plain': [
    '邮件服务器 {where} 不支持加密（STARTTLS）；请改用 smtps:// 或另一台服务器',
    'Mail relay {where} offers no STARTTLS; use smtps:// or another relay',
  ],
  'doctor.smtp-plain-local': [
    '到本机邮件服务器 {where} 的连接不加密',
    'The way to mail relay {where} on this machine is not encrypted',
  ],
  'doctor.smtp-starttls': [
    '与邮件服务器 {where} 协商加密没有成功（{why}）；请检查其证书',
    'Encryption with mail relay {where} failed ({why}); check its certificate',
  ],
  'doctor.mailbox-none': [
    '没有设置 BOUNCE_MAILDIR，退信要由邮件系统交到 POST /mail/bounces',
    'No BOUNCE_MAILDIR: the mail system must hand returned mail to POST /mail/bounces',
  ],
  'doctor.mailbox': ['退信信箱 {dir} 可读，待处理 {n} 封', 'Mailbox for returned mail {dir} can be read; {n} waiting'],
  'doctor.mailbox-failed': [
    '退信信箱中有 {n} 封读不了，存在 {dir}；请打开查看',
    '{n} returned mails could not be read and lie in {dir}; look at them',
  ],
  'doctor.mailbox-no-folder': [
    '退信信箱没有文件夹 {folder}；请检查 BOUNCE_MAILDIR，信箱格式须为 Maildir',
    'The mailbox for returned mail has no folder {folder}; check BOUNCE_MAILDIR, and that its format is Maildir',
  ],
  'doctor.mailbox-closed': [
    '退信信箱的文件夹 {folder} 不能读写（{why}）；请把它交给运行本服务的账户',
    'Folder {folder} of the mailbox for returned mail cannot be read and written ({why}); give it to the account that runs this service',
  ],
  'doctor.mailbox-unreadable': [
    '退信 {file} 读不了（{why}）；请让邮件系统以运行本服务的账户投递',
    'Returned mail {file} cannot be read ({why}); have the mail system deliver as the account that runs this service',
  ],
  'doctor.dns': [
    '网址主机 {host} 解析不到；请检查 PUBLIC_URL 和 DNS',
    'Public host {host} has no address; check PUBLIC_URL and DNS',
  ],
  'doctor.dns-ok': ['网址主机 {host} 解析为 {address}', 'Public host {host} is {address}'],
  'doctor.local-only': [
    '网址 {url} 只有本机能打开；对外服务时请设置 PUBLIC_URL',
    'Only this machine can open {url}; set PUBLIC_URL before anybody else is to',
  ],
  'doctor.not-https': [
    '网址 {url} 不是 https；请在前面加装证书并改为 https://',
    '{url} is not https; put a certificate in front and change it to https://',
  ],
  'doctor.answers': ['{url} 有应答', '{url} answers'],
  'doctor.answers-badly': [
    '{url} 应答 {status}；请检查反向代理和服务',
    '{url} answers {status}; check the reverse proxy and the service',
  ],
  'doctor.silent': [
    '{url} 没有应答；若服务未启动属正常，启动后再查一次',
    '{url} does not answer; that is right while the service is down, so look again once it runs',
  ],
  'doctor.alarms': ['告警会送到值班人员（webhook 或命令）', 'Alarms reach somebody (webhook or command)'],
  'doctor.alarms-desk-only': [
    '告警只显示在发布台；请设置 ALARM_WEBHOOK 或 ALARM_COMMAND',
    'Alarms show at the desk alone; set ALARM_WEBHOOK or ALARM_COMMAND',
  ],
  'doctor.outsider': [
    '允许访问的内部地址：{address}（ORTOO_OUTSIDERS，仅供测试和演示）',
    'A private address that may be called: {address} (ORTOO_OUTSIDERS, for tests and the demo)',
  ],
  'doctor.mark': [
    '每个页面和邮件都带有标记“{mark}”（SITE_MARK）',
    'Every page and mail carries the mark "{mark}" (SITE_MARK)',
  ],
} satisfies Words

const settings = {
  'setting.ROLE': [
    '应为 all、web 或 work；web 和 work 需要 DATABASE_URL=postgres://…，单机用 all',
    'must be all, web or work; web and work need DATABASE_URL=postgres://…, one machine runs all',
  ],
  'setting.PORT': ['应为 0 到 65535 之间的整数', 'must be a whole number from 0 to 65535'],
  'setting.REDIS_URL': ['应以 redis:// 或 rediss:// 开头', 'must begin with redis:// or rediss://'],
  'setting.FILES_URL': [
    '应写成 s3://桶名/前缀?endpoint=https://主机&region=auto；不设则文件存在数据目录',
    'must look like s3://bucket/prefix?endpoint=https://host&region=auto; without it files lie in the data folder',
  ],
  'setting.S3_ACCESS_KEY_ID': ['设置了 FILES_URL 就要设置存储桶的访问密钥编号', 'must be set when FILES_URL is'],
  'setting.S3_SECRET_ACCESS_KEY': ['设置了 FILES_URL 就要设置存储桶的访问密钥', 'must be set when FILES_URL is'],
  'setting.PUBLIC_URL': [
    '应为网站的公开地址，例如 https://press.example',
    'must be the public address of the site, such as https://press.example',
  ],
  'setting.SITE_OFFSET': ['应写成 +08:00 的样子', 'must look like +08:00'],
  'setting.SITE_CODE': ['网站标识码应为 10 位数字，或 bm 加 8 位数字', 'must be 10 digits, or bm and 8 digits'],
  'setting.SMTP_URL': ['应以 smtp:// 或 smtps:// 开头', 'must begin with smtp:// or smtps://'],
  'setting.MAIL_FROM': [
    '设置了 SMTP_URL 就要设置发件人，例如 "Press Office <press@your.domain>"',
    'must be set when SMTP_URL is, such as "Press Office <press@your.domain>"',
  ],
  'setting.SMTP_CONNECTIONS': ['应为 1 到 100 之间的整数', 'must be a whole number from 1 to 100'],
  'setting.VAPID_SUBJECT': [
    '应为 mailto:某人@你的域名 或 https 网址',
    'must be mailto:someone@your.domain or an https address',
  ],
  'setting.ALARM_WEBHOOK': ['应为完整网址', 'must be a whole address'],
  'setting.LOG_LEVEL': [
    '应为 fatal、error、warn、info、debug 或 silent',
    'must be fatal, error, warn, info, debug or silent',
  ],
  'setting.SCHEDULE_GRACE_S': ['应为大于 0 的秒数', 'must be a number of seconds above 0'],
  'setting.VERIFY_WAIT_FLASH_S': ['应为大于 0 的秒数', 'must be a number of seconds above 0'],
  'setting.VERIFY_WAIT_ROUTINE_S': ['应为大于 0 的秒数', 'must be a number of seconds above 0'],
  'setting.LEASE_S': ['应为大于 0 的秒数', 'must be a number of seconds above 0'],
  'setting.SWEEP_FLASH_S': ['应为大于 0 的秒数', 'must be a number of seconds above 0'],
  'setting.SWEEP_ROUTINE_S': ['应为大于 0 的秒数', 'must be a number of seconds above 0'],
  'setting.ORTOO_SAMPLE': ['应为 0 或 1', 'must be 0 or 1'],
} satisfies Words

export const cliWords = { ...general, ...verifying, ...keeping, ...doctor, ...settings } satisfies Words
