/** Words of refusals: what is not possible, why, and what would be. */
import type { Words } from './index.ts'

export const apiWords = {
  'problem.title.400': ['看不懂这个请求', 'The request cannot be read'],
  'problem.title.401': ['请先登录', 'Please sign in'],
  'problem.title.403': ['您没有此项权限', 'You may not do this'],
  'problem.title.404': ['没有找到', 'Not found'],
  'problem.title.405': ['此处不接受这种方法', 'This address does not take that method'],
  'problem.title.409': ['现在不能这样做', 'Not possible now'],
  'problem.title.412': ['稿件已被修改', 'The draft has changed'],
  'problem.title.413': ['内容太大', 'Too large'],
  'problem.title.415': ['不接受这种格式', 'This format is not taken'],
  'problem.title.422': ['有几处需要修改', 'Some things need mending'],
  'problem.title.428': ['请说明依据的版本', 'Say which version you saw'],
  'problem.title.429': ['请稍后再试', 'Please try again later'],
  'problem.title.500': ['系统出错', 'Something went wrong'],
  'problem.title.503': ['暂时不可用', 'Not available for the moment'],
  'problem.back': ['回到发布台', 'Back to the desk'],
  'problem.unexpected': [
    '出了没有料到的错误，已经记录。请把编号 {requestId} 告诉系统管理员。',
    'An unforeseen error was recorded. Please tell the administrator this number: {requestId}.',
  ],
  'problem.invalid': [
    '请按下列各处的提示修改后再提交；已填写的内容没有丢失。',
    'Please mend what is listed and send again; nothing you typed is lost.',
  ],
  'problem.guarded': ['数据库的规则不允许这一步。', 'A rule of the database does not allow this step.'],
  'problem.already-there': ['已经有同样的一条。', 'There is one like it already.'],

  'problem.not-found': ['没有这个地址，或者您不能查看。', 'There is nothing at this address, or you may not see it.'],
  'problem.release': ['没有这篇稿件，或者您不能查看。', 'There is no such release, or you may not see it.'],
  'problem.revision': ['没有这一稿。', 'There is no such revision.'],
  'problem.edition': ['没有这一版。', 'There is no such edition.'],
  'problem.agency': ['没有这个发布单位，或者您不能查看。', 'There is no such agency, or you may not see it.'],
  'problem.incident': ['没有这起突发事件。', 'There is no such incident.'],
  'problem.dispatch': ['没有这项渠道任务。', 'There is no such dispatch.'],
  'problem.files-unavailable': [
    '文件存储暂时没有应答（{why}），请稍后再试；已公开的网页不受影响。',
    'The file store does not answer just now ({why}); try again. Pages already public stay up.',
  ],
  'problem.files-refused': [
    '文件存储拒绝了请求（{why}），请管理员运行 ortoo doctor 检查 FILES_URL 和密钥。',
    'The file store refused ({why}); have an administrator run ortoo doctor and check FILES_URL and its keys.',
  ],
  'problem.alarm': ['没有这条告警。', 'There is no such alarm.'],
  'problem.hit': ['这处提示已不在当前稿中。', 'This hit is not in the current revision.'],
  'problem.attachment': ['没有这个附件。', 'There is no such attachment.'],
  'problem.letter': ['没有这封信。', 'There is no such letter.'],

  'problem.not-signed-in': ['请登录，或在请求中带上令牌。', 'Sign in, or send a token with the call.'],
  'problem.token-unknown': [
    '令牌无效、已过期或已撤销。请向系统管理员要一个新的。',
    'The token is unknown, expired or revoked. Ask the administrator for a new one.',
  ],
  'problem.sign-in-failed': ['邮箱或密码不对。', 'The address or the password is not right.'],
  'problem.too-many-tries': ['尝试次数过多，请 {seconds} 秒后再试。', 'Too many tries. Please wait {seconds} seconds.'],
  'problem.cross-site': [
    '请求不是从本站页面发出的，已拒绝。请回到本站重新操作。',
    'The request did not come from a page of this site and was refused. Please do it again here.',
  ],
  'problem.no-role': ['您没有此项权限；可找：{roles}。', 'You may not do this; you can ask: {roles}.'],
  'problem.token-scope': [
    '此令牌的范围不包括这项操作；请换用范围足够的令牌。',
    'This token’s scope does not cover the act; use one that does.',
  ],
  'problem.other-agency': ['这是其他单位的事项，您不能办理。', 'This belongs to another agency; you may not do it.'],
  'problem.own-work': [
    '您参与过本稿，不能签发或审核；请由没有参与的同事办理。',
    'You had a hand in this text, so you may not decide on it; someone who did not must.',
  ],
  'problem.one-person-one-step': [
    '您已在另一环节作过决定；一人只办一个环节。',
    'You have already decided at another step; one person takes one step.',
  ],
  'problem.no-language': [
    '本稿的语种（{languages}）不在您登记可审的语种内。',
    'You are not registered to approve its languages ({languages}).',
  ],
  'problem.second-person': [
    '须由另一个人决定：上报的人不能同时处置。',
    'A second person must decide: whoever reported it may not settle it.',
  ],
  'problem.phone-sign-off-is-off': [
    '本单位没有启用电话签批；须由两名系统管理员启用。',
    'Sign-off by telephone is not enabled here; two administrators must enable it.',
  ],
  'problem.not-on-duty': [
    '您此刻不在值班表上，不能登记电话签批。',
    'You are not on the duty roster now, so you may not record a telephone sign-off.',
  ],

  'problem.wrong-state': [
    '稿件现在处于“{state}”，不能这样做。',
    'The release is “{state}” now, so this is not possible.',
  ],
  'problem.stale': ['稿件已被修改，请看新稿再决定。', 'The text has changed. Please look at the new one first.'],
  'problem.not-approved': ['还有环节没有同意，不能发布。', 'Not every step has agreed, so it cannot be published.'],
  'problem.nothing-to-abandon': ['没有可以放弃的更正。', 'There is no begun correction to give up.'],
  'problem.nothing-to-withdraw': ['没有公开的文本可撤。', 'Nothing of it is public, so there is nothing to withdraw.'],
  'problem.nothing-public': ['没有公开的文本可下线。', 'Nothing of it is public, so there is nothing to take down.'],
  'problem.nothing-to-confirm': ['没有等您确认的电话签批。', 'No telephone sign-off waits for you.'],
  'problem.no-post-review-due': ['这一版没有待办的事后补审。', 'No post-review is due for this edition.'],
  'problem.phone-sign-off-flash-only': [
    '电话签批只用于紧急发布。',
    'Sign-off by telephone is for the flash lane only.',
  ],
  'problem.not-running': ['这项渠道任务没有在进行。', 'This dispatch is not running.'],
  'problem.not-stopped': [
    '这项渠道任务没有停下，或已改发新版，不能继续。',
    'This dispatch is not stopped, or was replaced by a newer edition.',
  ],
  'problem.run-retired': [
    '这项渠道任务的收件记录已按保存期限清除，不能继续；请另发一版。',
    'The recipients of this dispatch were removed by age, so it cannot go on; publish a new edition.',
  ],
  'problem.already-acknowledged': ['已有人认领这条告警。', 'Somebody has already taken this alarm.'],
  'problem.cause-already-confirmed': ['原因已经确认过。', 'The cause is confirmed already.'],
  'problem.incident-is-closed': ['这起突发事件已经结束。', 'This incident is closed.'],
  'problem.idempotency-in-progress': [
    '同一个请求正在处理，请稍后查看结果。',
    'The same call is under way; look again in a moment.',
  ],

  'problem.decision-is-permanent': [
    '决定一经作出不能修改或删除。',
    'A verdict, once given, is neither changed nor deleted.',
  ],
  'problem.edition-is-permanent': ['已发布的版次不能删除。', 'A published edition is not deleted.'],
  'problem.edition-is-frozen': [
    '已发布的版次不能修改；请办更正。',
    'A published edition is not changed; make a correction.',
  ],
  'problem.revision-is-permanent': ['稿次不能删除。', 'A revision is not deleted.'],
  'problem.revision-is-immutable': [
    '稿次不能修改；保存会形成新的一稿。',
    'A revision is not changed; saving makes a new one.',
  ],
  'problem.unsigned': ['没有签发，不能发布。', 'It is not signed, so it cannot be published.'],

  'problem.not-json': ['请求内容不是 JSON。', 'The body is not JSON.'],
  'problem.not-utf-8': [
    '内容不是有效的 UTF-8 文字，请另存为 UTF-8 后再试。',
    'The text is not valid UTF-8; save it as UTF-8 and try again.',
  ],
  'problem.not-a-form': ['表单无法读取。', 'The form cannot be read.'],
  'problem.not-multipart': ['上传应为 multipart/form-data。', 'An upload is sent as multipart/form-data.'],
  'problem.media-type': ['请用 {type} 发送。', 'Please send it as {type}.'],
  'problem.too-large': ['超过 {max} 字节的上限。', 'It is over the limit of {max} bytes.'],
  'problem.method': ['可用的方法：{methods}。', 'Methods that work here: {methods}.'],
  'problem.if-match-missing': [
    '请在 If-Match 中带上您看到的版本号（ETag）。',
    'Send the version you saw (its ETag) in If-Match.',
  ],
  'problem.if-match-unknown': [
    'If-Match 应为读取稿件时得到的 ETag，例如 "3"。',
    'If-Match is the ETag the release was read with, such as "3".',
  ],
  'problem.idempotency-key-shape': [
    'Idempotency-Key 应为 8 至 128 个可见字符。',
    'An Idempotency-Key is 8 to 128 visible characters.',
  ],
  'problem.idempotency-key-reused': [
    '这个 Idempotency-Key 已用于另一个请求，请换一个。',
    'This Idempotency-Key was used for another call; take a new one.',
  ],
  'issue.login-exists': ['这个邮箱已有登录账号', 'This address already has a login'],
  'issue.login-exists.remedy': ['请直接登录，或换一个邮箱', 'Sign in with it, or use another address'],
  'issue.password-short': ['密码太短', 'The password is too short'],
  'issue.password-short.remedy': [
    '至少 {min} 个字符；用几个不相干的词最好记',
    'At least {min} characters; a few unrelated words are easiest to keep',
  ],
  'issue.password-long': ['密码太长', 'The password is too long'],
  'issue.password-long.remedy': ['至多 {max} 个字符', 'At most {max} characters'],
  'issue.password-simple': ['密码太容易猜到', 'The password is too easy to guess'],
  'issue.password-simple.remedy': [
    '不要用姓名、邮箱、重复或连续的字符',
    'Avoid names, addresses, repeated or consecutive characters',
  ],
} satisfies Words
