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
  'desk.page.false-alarm.fixed': [
    '以下文字已随原稿审签，这里不能修改。',
    'These words were agreed with the alert and cannot be changed here.',
  ],
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

  // the kind all-clear
  'kind.all-clear': ['险情解除', 'All-clear'],
  'public.kind.all-clear': ['险情解除', 'All-clear'],
  'feeds.kind.all-clear': ['险情解除', 'All-clear'],
  'mail.kind.all-clear': ['险情解除', 'All-clear'],
}
