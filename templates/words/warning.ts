/** Words of false alarms, of warnings lifted, responses ended and all-clears, of who may warn, and of alerts that contradict each other. */
import type { Words } from './index.ts'

export const warningWords: Words = {
  // the false-alarm text and its edition
  'false-alarm.title': ['误发更正：《{title}》系误发', 'False alarm: “{title}” was sent in error'],
  'false-alarm.note': [
    '此前发布的《{title}》（编号{number}）系误发，请以本更正为准。',
    '“{title}” ({number}), published earlier, was sent in error. This correction stands in its place.',
  ],
  'false-alarm': ['误发更正', 'False alarm'],
  'false-alarm.prepare': ['误发更正（备用）', 'False-alarm text (kept ready)'],
  'false-alarm.prepare.hint': [
    '随本稿一起审签，平时不公开；万一误发，两次点击即可发出，届时不能再改。只写哪里错了、请公众怎么做，不能写“解除”。',
    'Agreed with this text and shown to nobody outside. If the alert was false it goes out in two clicks, as it stands here. Say what was wrong and what to do; never that a danger is over.',
  ],
  'false-alarm.if': ['若误发，将发出：', 'If it was sent in error, this goes out:'],
  'false-alarm.will': ['将发出', 'What goes out'],
  'false-alarm.if.none': [
    '{language}没有备用的误发更正，届时这一语种的读者会收到中文更正。',
    'No false-alarm text in {language}: its readers would get the Chinese one.',
  ],
  'field.falseAlarm': ['误发更正', 'False-alarm text'],
  'field.wrong': ['哪里错了', 'What was wrong'],
  'issue.false-alarm-missing': ['这一语种没有备用的误发更正', 'No false-alarm text stands ready in this language'],
  'issue.false-alarm-missing.remedy': [
    '写上哪里错了、请公众怎么做；不写也可送审，误发时这一语种的读者将收到中文更正',
    'Say what was wrong and what to do. Without it you may go on; its readers would get the Chinese text',
  ],
  'issue.false-alarm-wrong-missing': ['误发更正没有写哪里错了', 'It does not say what was wrong'],
  'issue.false-alarm-wrong-missing.remedy': [
    '写明该信息系误发，错在哪里',
    'Say that it was sent in error, and what was wrong',
  ],
  'issue.false-alarm-advice-missing': ['误发更正没有写请公众怎么做', 'It does not say what to do'],
  'issue.false-alarm-advice-missing.remedy': ['写明收到过的人现在怎么做', 'Say what those who got it should do now'],
  'issue.false-alarm-lifts': [
    '误发更正里不能说“{words}”：误发不是险情解除',
    'A false-alarm text may not say “{words}”: there was no danger to be over',
  ],
  'issue.false-alarm-lifts.remedy': [
    '改为“系误发，情况没有发生”；险情解除、解除预警、终止响应另行发布',
    'Say that it was sent in error; an all-clear, a lifted warning or an ended response is published as such',
  ],
  'issue.false-alarm-unsaid': ['没有说明是误发', 'It does not say that it was sent in error'],
  'issue.false-alarm-unsaid.remedy': ['写上“系误发”或哪里有误', 'Write that it was sent in error, or what was wrong'],

  // releasing it
  'desk.false-alarm': ['误发更正', 'False alarm'],
  'desk.false-alarm.not': ['不是误发，停止计时', 'It was not false: stop counting'],
  'desk.said.not-false-alarm': ['已停止计时，没有发出任何内容。', 'No longer counting. Nothing was sent.'],
  'desk.act.error-known': ['发现错误', 'Error known'],
  'desk.act.error-denied': ['不是误发', 'It was no error'],
  'desk.page.false-alarm': ['误发更正', 'False alarm'],
  'desk.page.false-alarm.which': [
    '第{n}版“{title}”正在对外，将立即被下面的文字取代，地址不变。',
    'Edition {n}, “{title}”, is public. The words below take its place at once, at the same address.',
  ],
  'desk.page.false-alarm.told': [
    '已收到的{n}人，都会收到更正，不论他们订了什么。',
    'All {n} people who have it get the correction, whatever they chose.',
  ],
  'desk.page.false-alarm.unsent': [
    '还没发到的{n}人不会再收到误发的内容，也不会被打扰。',
    'The {n} people not yet reached get nothing of it.',
  ],
  'desk.page.false-alarm.unknown': [
    '其中{n}人是否收到不明，也会收到更正。',
    'For {n} of them it is not known whether it arrived; they get the correction too.',
  ],
  'desk.page.false-alarm.outlets': ['渠道：{outlets}。CAP预警：{cap}。', 'Outlets: {outlets}. CAP alert: {cap}.'],
  'desk.page.false-alarm.cap.cancel': ['同时取消', 'cancelled'],
  'desk.page.false-alarm.cap.none': ['没有发布过', 'none was published'],
  'desk.page.false-alarm.hand': [
    '人工渠道和签收联系人须再办一次。',
    'Channels worked by hand and contacts who sign are asked again.',
  ],
  'desk.page.false-alarm.fixed': ['已随原稿审签，这里不能修改。', 'Agreed with the alert; it cannot be changed here.'],
  'desk.page.false-alarm.do': ['确认误发，立即更正', 'It was false: correct it now'],
  'desk.page.false-alarm.known': ['错误已发现 {span}', 'Known to be wrong for {span}'],
  'desk.said.false-alarm': [
    '误发更正已发出，正在逐一告知。',
    'The false-alarm text is out. Everybody who got the alert is being told.',
  ],
  'desk.act.false-alarm': ['误发更正', 'False alarm'],
  'desk.refused.false-alarm-not-on-duty': [
    '误发更正由签发人或正在值班的人发出。请立即联系值班人员。',
    'A signer, or whoever is on duty now, releases it. Call the person on duty at once.',
  ],
  'problem.false-alarm-not-on-duty': [
    '误发更正由签发人或正在值班的人发出。',
    'A signer, or whoever is on duty now, releases the false-alarm text.',
  ],
  'desk.refused.false-alarm-out': [
    '误发更正已由同事发出，不用再按。',
    'A colleague has released the false-alarm text already. There is nothing more to press.',
  ],
  'problem.false-alarm-out': [
    '误发更正已由同事发出。',
    'The false-alarm text is out already: a colleague released it.',
  ],
  'desk.refused.false-alarm-lapsed': [
    '已有新的发布版，这份误发更正已失效。请看新版再决定。',
    'A newer edition is out, so this text has lapsed. Look at the newer edition first.',
  ],
  'problem.false-alarm-lapsed': [
    '已有新的发布版，这份误发更正已失效。',
    'A newer edition is out: this false-alarm text has lapsed.',
  ],
  'desk.refused.false-alarm-none': [
    '这一版没有备用的误发更正，请用更正或撤稿。',
    'This edition carries no false-alarm text: correct or withdraw it.',
  ],
  'problem.false-alarm-none': ['这一版没有备用的误发更正。', 'This edition carries no false-alarm text.'],

  // the timer
  'desk.clock.error-corrected': ['误发后更正', 'Putting an error right'],
  'desk.clock.step.error-corrected': ['发出误发更正或更正', 'release the false-alarm text, or correct it'],
  'desk.error.known': ['发现错误', 'Error known'],
  'desk.error.running': ['尚未更正，已过', 'Not corrected yet:'],
  'desk.error.corrected': ['已更正', 'Corrected'],
  'desk.error.took': ['用时{span}', 'after {span}'],
  'desk.error.open': ['尚未更正', 'not corrected'],
  'desk.error.none': ['没有。', 'None.'],
  'desk.error.figures': ['误发与更正', 'Errors put right'],
  'desk.error.figures.hint': [
    '从发现错误（停止发送或误发更正）到更正对外生效。夏威夷2018年38分钟，皮克林2020年108分钟。',
    'From when the error was known (sending stopped, or the false-alarm text released) to when the correction was out. Hawaii 2018: 38 minutes. Pickering 2020: 108.',
  ],
  'desk.told.rest': ['其余：', 'The rest: '],
  'desk.told.unknown': ['结果不明{n}', '{n} not known'],
  'desk.told.left': ['已退订或投诉，不再打扰{n}', '{n} left or complained, and are not written to'],
  'desk.told.failed': ['送不到{n}', '{n} cannot be reached'],
  'desk.told.coming': ['正在告知{n}', '{n} being told'],

  // labels of editions
  'public.type.false-alarm': ['误发更正', 'False alarm'],
  'public.type.lifted': ['解除预警', 'Warning lifted'],
  'public.type.response-ended': ['终止响应', 'Response ended'],
  'public.change.false-alarm': [
    '此前发布的内容系误发（第{number}版为更正）',
    'What was published before was sent in error (edition {number})',
  ],
  'public.change.lifted': ['本预警已解除（第{number}版）', 'This warning has been lifted (edition {number})'],
  'public.change.response-ended': ['本次应急响应已终止（第{number}版）', 'This response has ended (edition {number})'],
  'feeds.change.false-alarm': ['误发更正', 'False alarm'],
  'feeds.change.lifted': ['解除预警', 'Warning lifted'],
  'feeds.change.response-ended': ['终止响应', 'Response ended'],
  'mail.band.false-alarm': ['误发更正', 'FALSE ALARM'],
  'mail.band.lifted': ['解除预警', 'WARNING LIFTED'],
  'mail.band.response-ended': ['终止响应', 'RESPONSE ENDED'],

  // ending what was begun
  'desk.page.ending': ['结束', 'End it'],
  'desk.page.ending.do': ['起草', 'Draft it'],
  'desk.page.ending.lifted.1': [
    '起草解除预警：与险情解除、终止响应是三件不同的事，须另行审签，签发后才生效。',
    'You draft the lifting of this warning. It is not an all-clear and ends no response. It takes effect when it is signed.',
  ],
  'desk.page.ending.lifted.2': [
    '收到过本预警的人都会收到解除通知，CAP预警同时取消。',
    'Everybody who got the warning is told, and its CAP alert is cancelled.',
  ],
  'desk.page.ending.lifted.3': [
    '如果预警本来就是误发，请用“误发更正”，不要解除。',
    'If the warning was false from the start, use “False alarm” instead.',
  ],
  'desk.page.ending.lifted.do': ['起草解除预警', 'Draft it'],
  'desk.page.ending.response-ended.1': [
    '起草终止响应：不等于险情解除，也不解除预警，须另行审签，签发后才生效。',
    'You draft the end of this response. It is no all-clear and lifts no warning. It takes effect when it is signed.',
  ],
  'desk.page.ending.response-ended.2': [
    '收到过启动通知的人都会收到。',
    'Everybody told of its start is told of its end.',
  ],
  'desk.page.ending.response-ended.3': [
    '原文留在同一地址，标明已终止。',
    'It stays at the same address, marked as ended.',
  ],
  'desk.page.ending.response-ended.do': ['起草终止响应', 'Draft it'],
  'desk.said.ending': ['可以写了。写完送审，签发后生效。', 'Write it, then submit it. It takes effect when signed.'],
  'desk.refused.nothing-to-end': ['没有可以解除或终止的。', 'There is nothing to lift or end.'],
  'problem.nothing-to-end': ['没有可以解除或终止的。', 'There is nothing to lift or end.'],
  'desk.refused.ending-not-ours': [
    '转发的预警由原发布单位解除；收到解除文件后再转发。',
    'A relayed warning is lifted by its issuer: relay its cancellation when it comes.',
  ],
  'problem.ending-not-ours': ['转发的预警由原发布单位解除。', 'A relayed warning is lifted by its issuer.'],
  'field.over': ['解除或终止', 'Lifted or ended'],

  // expiring
  expiry: ['预警将到期', 'A warning is about to expire'],
  'expiry.until': ['有效期至', 'Valid until'],
  'expiry.left': ['还有{span}', '{span} left'],
  'expiry.answered': ['已有人看过：到期自动失效。', 'Somebody has looked: it will expire.'],
  'expiry.relayed': [
    '这是{station}的预警，由其延长或解除；收到新的文件后再转发。',
    'It is the warning of {station}, who extends or lifts it: relay the new file when it comes.',
  ],
  'expiry.extend': ['延长有效期', 'Extend it'],
  'expiry.extend.says': [
    '危险仍在：起草新的一版，改有效期，审签后告知所有收到的人。',
    'The danger stands: draft a new edition with a later end. Once signed, everybody who got it is told.',
  ],
  'expiry.let': ['让它到期', 'Let it expire'],
  'expiry.let.says': [
    '到时页面自动标明“有效期已过”，不等于解除，也不再通知任何人。',
    'The page will say that it has expired, which is not that it was lifted. Nobody is told.',
  ],
  'expiry.lift': ['解除预警', 'Lift it'],
  'expiry.lift.says': [
    '危险已经过去：起草解除预警，审签后告知所有收到的人。',
    'The danger is over: draft its lifting. Once signed, everybody who got it is told.',
  ],
  'desk.why.expiring': ['预警将到期：延长、解除，还是让它到期？', 'About to expire: extend, lift, or let it?'],
  'desk.do.expiring': ['答复', 'Answer'],
  'desk.said.let-expire': ['已记录：到期自动失效。', 'Recorded: it will expire.'],
  'desk.act.let-expire': ['让其到期', 'Left to expire'],
  'desk.alarm.warning-expiring': ['预警将到期', 'A warning is about to expire'],
  'desk.alarm.warning-expiring.do': [
    '打开稿件：延长、解除，或让它到期。',
    'Open it: extend it, lift it, or let it expire.',
  ],
  'desk.refused.nothing-expires': [
    '没有将到期的预警，或已有人答复。',
    'Nothing is about to expire, or it was answered.',
  ],
  'problem.nothing-expires': ['没有将到期的预警，或已有人答复。', 'Nothing is about to expire, or it was answered.'],

  // alerts beside each other
  'alerts.beside': ['同一地区正在生效的其他预警', 'Other alerts running for this place'],
  'alerts.against': ['{n}条与本稿矛盾', '{n} contradict this one'],
  'alerts.none-against': ['与本稿没有矛盾', 'none contradicts this one'],
  'alerts.answer': [
    '矛盾之处须改稿，或在“需要确认的用语”里逐条说明依据，才能签发。',
    'Change the text, or give the grounds for each under the hits; until then it cannot be signed.',
  ],
  'scan.level-differs': ['同一灾种，级别不同', 'Same hazard, another level'],
  'scan.instructions-opposite': ['请公众做的事正相反', 'Opposite instructions'],
  'scan.area-differs': ['同一事件，范围不同', 'Same event, other places'],
  'scan.over-while-running': ['本稿说已结束，对方仍在生效', 'This says it is over; that one still runs'],
  'scan.running-after-over': ['对方已说结束，本稿说仍在', 'That one says it is over; this one says it runs'],

  // who may originate warnings
  authority: ['预警发布权限', 'Who may issue warnings'],
  'authority.lead': [
    '谁可以首先发布哪类、哪级、哪里的预警。其他单位只能转发原文。拟稿和发布时都会核对。',
    'Who may be the first to warn of what, at which level, where. Everybody else relays the original. It is checked while drafting and again at publication.',
  ],
  'authority.law': [
    '气象灾害预警只能由气象台站发布，其他单位转发时须注明台站和发布时间（气象法第二十二条；气象灾害防御条例第三十条）。',
    'Weather warnings are issued by meteorological stations alone; others relay them with station and time (Meteorology Law art. 22; Regulation art. 30).',
  ],
  'authority.own': ['本单位的规则（对下级也有效）', 'Rules of this agency (they bind those below it too)'],
  'authority.above': ['上级的规则', 'Rules from above'],
  'authority.empty': [
    '还没有规则：任何单位都可以发布，气象类会有提示。',
    'There are no rules yet: anybody may issue; for weather there is a notice.',
  ],
  'authority.hazard': ['灾种', 'Hazard'],
  'authority.levels': ['级别', 'Levels'],
  'authority.levels.hint': ['不选就是所有级别。', 'None chosen: every level.'],
  'authority.area': ['地区', 'Place'],
  'authority.originator': ['由谁发布', 'Issued by'],
  'authority.outside': ['不在本系统内（只能转发）', 'Nobody here: relay only'],
  'authority.station': ['发布单位名称', 'Name of the issuer'],
  'authority.station.hint': ['不在本系统内时填写，如：青格勒盟气象台（示例）', 'Where nobody here issues it'],
  'authority.every-level': ['所有级别', 'Every level'],
  'authority.relay-only': ['只能转发', 'relay only'],
  'authority.no-rule': ['（不设这条规则）', '(no rule in this row)'],
  'authority.rule': ['规则{n}', 'Rule {n}'],
  'authority.change': ['修改规则', 'Change the rules'],
  'authority.change.hint': [
    '一次提交整张表；有两位以上系统管理员时，须另一位同意后生效。地区选“不设这条规则”即删除。',
    'The whole table is sent at once; where there are two administrators, another must agree. Choose “no rule” as the place to delete one.',
  ],
  'authority.change.do': ['提交', 'Submit'],
  'authority.change.n': ['共{n}条', '{n} rules'],
  'authority.waiting': ['有一项修改正在等另一位系统管理员同意。', 'A change waits for another administrator.'],
  'authority.hazard.any': ['所有灾种', 'Every hazard'],
  'authority.hazard.11A': ['水旱灾害 11A', 'Floods and droughts 11A'],
  'authority.hazard.11B': ['气象灾害 11B', 'Weather 11B'],
  'authority.hazard.11C': ['地震灾害 11C', 'Earthquakes 11C'],
  'authority.hazard.11D': ['地质灾害 11D', 'Geological hazards 11D'],
  'authority.hazard.11E': ['海洋灾害 11E', 'Marine hazards 11E'],
  'authority.hazard.11F': ['生物灾害 11F', 'Biological hazards 11F'],
  'authority.hazard.11G': ['森林草原火灾 11G', 'Forest and grassland fires 11G'],
  'authority.hazard.12': ['事故灾难 12', 'Accidents 12'],
  'authority.hazard.13': ['公共卫生事件 13', 'Public health 13'],
  'authority.hazard.14': ['社会安全事件 14', 'Public security 14'],
  'desk.change.authority': ['更改预警发布权限', 'Change of who may issue warnings'],
  'issue.authority-relay': [
    '这类预警由{who}发布，本单位不能首先发布',
    '{who} issues warnings of this kind, not this agency',
  ],
  'issue.authority-relay.remedy': ['改为转发其预警原文', 'Relay the original instead'],
  'issue.authority-unset': [
    '没有规则说明谁可以发布气象预警；依法只能由气象台站发布',
    'No rule says who issues weather warnings; by law only stations do',
  ],
  'issue.authority-unset.remedy': [
    '请系统管理员在“预警发布权限”里设定；若不是气象台站，请改为转发',
    'Have it set under “Who may issue warnings”; if you are no station, relay instead',
  ],
  'issue.authority-nobody': ['没有写明由谁发布', 'It says of nobody that they issue it'],
  'issue.authority-nobody.remedy': ['选一个单位，或写上发布单位名称', 'Choose an agency, or name the issuer'],

  // the kind all-clear
  'kind.all-clear': ['险情解除', 'All-clear'],
  'public.kind.all-clear': ['险情解除', 'All-clear'],
  'feeds.kind.all-clear': ['险情解除', 'All-clear'],
  'mail.kind.all-clear': ['险情解除', 'All-clear'],
}
