/** Words: what the demo prints. */
import type { Words } from './index.ts'

export const demoWords = {
  'demo.started': [
    '示例服务已启动：{url}（虚构地点，订阅者 {readers} 个，收件方都在本机）',
    'The sample service is up: {url} (an invented place, {readers} subscribers, every far end on this machine)',
  ],
  'demo.sample': ['正在准备示例稿件 {n}', 'Publishing samples: {n}'],
  'demo.samples': [
    '已通过接口发布全部 {n} 次示例稿件，用时 {seconds} 秒',
    'All {n} sample editions published through the API in {seconds} s',
  ],
  'demo.samples-fewer': [
    '为不让您久等，只发布了 {n} 次示例稿件（{seconds} 秒），其余略去',
    'So as not to keep you waiting only {n} sample editions were published ({seconds} s); the rest are left out',
  ],
  'demo.act.notice': [
    '{step}. 政策文件：导入公文 → 审核 → 保密审查（八项） → 签发　稿件 {number} 第{edition}版',
    '{step}. A policy notice: imported → review → confidentiality (eight checks) → signed; {number}, edition {edition}',
  ],
  'demo.act.first-report': [
    '{step}. 草原火灾首报，紧急发布（一人签发，事后补审）　稿件 {number} 第{edition}版',
    '{step}. Grassland fire, first report, flash (one signer, reviewed afterwards); {number}, edition {edition}',
  ],
  'demo.act.update': ['{step}. 续报　稿件 {number} 第{edition}版', '{step}. Update; {number}, edition {edition}'],
  'demo.act.correction': [
    '{step}. 更正：续报的过火面积有误，告知每个收到错误数字的人　稿件 {number} 第{edition}版',
    '{step}. Correction: the burnt area was wrong; everybody who got it is told; {number}, edition {edition}',
  ],
  'demo.act.english': [
    '{step}. 增发英文，只发给读英文的人　稿件 {number} 第{edition}版',
    '{step}. English added, told to its readers only; {number}, edition {edition}',
  ],
  'demo.act.mistaken': [
    '{step}. 一份后来要撤回的公告　稿件 {number} 第{edition}版',
    '{step}. A notice that will be taken back; {number}, edition {edition}',
  ],
  'demo.act.withdrawal': [
    '{step}. 撤稿：页面改为撤稿说明，告知收到过的人　稿件 {number} 第{edition}版',
    '{step}. Withdrawal: the page becomes a tombstone, and whoever got it is told; {number}, edition {edition}',
  ],
  'demo.took': [
    '   从起草到签发 {agreed} 毫秒，到全部送完 {out} 毫秒。下列时间为发布后的毫秒数：',
    '   Drafted to signed {agreed} ms, to delivered everywhere {out} ms. Times below are ms since publication:',
  ],
  'demo.told': ['已告知 {done}/{all}', 'told {done} of {all}'],
  'demo.column.outlet': ['渠道', 'outlet'],
  'demo.column.planned': ['计划', 'planned'],
  'demo.column.started': ['开始', 'started'],
  'demo.column.firstAccepted': ['首个接收', 'first'],
  'demo.column.lastAccepted': ['最后接收', 'last'],
  'demo.column.verified': ['回读核对', 'verified'],
  'demo.column.done': ['完成', 'done'],
  'demo.column.sum': ['应发 = 各状态之和', 'audience = the sum of its states'],
  'demo.outlet.website': ['网站', 'website'],
  'demo.outlet.feeds': ['订阅源', 'feeds'],
  'demo.outlet.email': ['邮件', 'mail'],
  'demo.outlet.webpush': ['浏览器通知', 'web push'],
  'demo.count.planned': ['未开始', 'planned'],
  'demo.count.sending': ['发送中', 'sending'],
  'demo.count.accepted': ['对方已接收', 'accepted'],
  'demo.count.deferred': ['稍后重试', 'deferred'],
  'demo.count.failed': ['发送失败', 'failed'],
  'demo.count.gone': ['地址失效', 'gone'],
  'demo.count.unknown': ['结果不明', 'unknown'],
  'demo.count.suppressed': ['按规则不发', 'suppressed'],
  'demo.count.superseded': ['已改发新版', 'superseded'],
  'demo.count.inDigest': ['待摘要', 'in digest'],
  'demo.far-end': [
    '收件方自己的记录：邮件 {mails} 封，浏览器通知 {pushes} 条',
    "By the far ends' own logs: {mails} mails, {pushes} notifications",
  ],
  'demo.logs-differ': [
    '收件方的记录与我们的记录（邮件 {email}、浏览器通知 {webpush}）不一致',
    'the far ends log otherwise than we do (mail {email}, web push {webpush})',
  ],
  'demo.wrong': ['没有送完：{what}', 'Not delivered: {what}'],
  'demo.logged': ['服务记录的错误：{line}', 'The service logged: {line}'],
  'demo.delivered': [
    '每个版本的每个渠道都已送完，数目相符',
    'Every edition is out over every outlet, and the sums hold',
  ],
  'demo.failed': ['有渠道没有送完，见上', 'Some outlets did not deliver; see above'],
  'demo.look': ['请看：{url}（公开网站）　{url}/desk（发布台）', 'Look around: {url} (public site)  {url}/desk (desk)'],
  'demo.password': ['    本次运行的密码：{password}', '    password of this run: {password}'],
  'demo.end': ['按 Ctrl-C 结束；下次运行会清空示例数据。', 'Ctrl-C ends it; the next run starts over.'],
  'demo.stray': [
    '不认识“{value}”；只有 --once：故事讲完就结束',
    'Not known: "{value}"; there is only --once, which ends when the story does',
  ],
  'demo.not-ours': [
    '{dir} 里有别的数据，没有示例标记；请移走后再运行',
    '{dir} holds data that is not marked as a sample; move it away first',
  ],
  'demo.no-sinks': [
    '演示用的收件方在开发依赖里；请用 npm ci 安装全部依赖',
    'The far ends of the demo come with the packages for development; install them all with npm ci',
  ],
} satisfies Words
