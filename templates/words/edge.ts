/** Words of the edge: what it says when the origin is gone, and what the origin says of it. The Worker reads this file alone. */
import type { Words } from './index.ts'

export const edgeWords = {
  'edge.note': [
    '本站主机暂时联系不上。这是{at}的副本，已发布的内容可以照常阅读。',
    'The main server cannot be reached. This is the copy of {at}; what was published can be read as usual.',
  ],
  'edge.note.strong': ['副本', 'COPY'],
  'edge.down.title': ['这项服务暂时用不了', 'This part does not work right now'],
  'edge.down.body': [
    '订阅、搜索、核验等服务要由本站主机办理，主机暂时联系不上。您刚才提交的内容可能没有送到，请过几分钟再试。',
    'Subscribing, searching and verifying are done by the main server, which cannot be reached. What you just sent may not have arrived. Please try again in a few minutes.',
  ],
  'edge.down.still': [
    '已发布的通知、预警和订阅源照常可看：',
    'Notices, warnings and feeds already published can still be read:',
  ],
  'edge.down.home': ['首页', 'Home page'],
  'edge.down.all': ['全部发布', 'All releases'],
  'edge.down.feeds': ['订阅源', 'Feeds'],
  'edge.missing.title': ['没有这个页面', 'There is no such page'],
  'edge.missing.body': [
    '网址可能有误，也可能从未发布过这样的内容。',
    'The address may be mistyped, or nothing was ever published there.',
  ],
  'edge.gone.title': ['此内容已不再公开', 'This is no longer public'],
  'edge.gone.body': ['原在此处发布的内容已经撤下。', 'What was published here has been taken down.'],

  'problem.edge-unreachable': [
    '边缘站点联系不上（{why}），稍后自动再试。',
    'The edge cannot be reached ({why}); it is tried again.',
  ],
  'problem.edge-refuses': [
    '边缘站点不认我方密钥（{why}）；两边的 EDGE_SECRET 要相同。',
    'The edge does not accept our secret ({why}); EDGE_SECRET must be the same on both sides.',
  ],
  'problem.edge-clock': [
    '边缘站点认为本机时钟差得太多（{why}）；请校准本机时钟。',
    'The edge finds our clock too far off ({why}); set the clock of this machine.',
  ],
  'problem.edge-differs': [
    '边缘站点没有收下（{why}），稍后自动再试。',
    'The edge did not take it ({why}); it is tried again.',
  ],
  'desk.alarm.edge-behind': ['边缘站点没有跟上', 'The edge is behind'],
  'desk.alarm.edge-behind.do': [
    '公众看到的可能是旧内容。运行 ortoo doctor 查明原因；恢复后会自动补齐。',
    'Readers may be seeing what is out of date. Run ortoo doctor to find out why; it catches up by itself.',
  ],
  'cli.about.edge push': ['把边缘站点缺的文件全部送去', 'sends the edge everything it lacks'],
  'cli.edge.none': ['没有设置 EDGE_URL，没有边缘站点可送。', 'EDGE_URL is not set: there is no edge to send to.'],
  'cli.edge.step': ['已送 {n} 个文件', '{n} files sent'],
  'cli.edge.pushed': [
    '边缘站点已与本机一致：送去 {files} 个文件（{bytes} 字节），切换 {pointers} 棵树。',
    'The edge is the same as here: {files} files sent ({bytes} bytes), {pointers} trees switched.',
  ],
  'cli.edge.ahead': [
    '边缘站点的内容比本机新（{trees}），没有改动它。如果本机是从备份恢复的，请先确认另一份已停用。',
    'The edge holds something later than this machine ({trees}) and was left as it is. If this machine was restored from a backup, make sure the other one is stopped.',
  ],
  'cli.edge.failed': ['没有送到边缘站点：{why}', 'The edge was not reached: {why}'],
  'doctor.edge': [
    '边缘站点 {url} 可达，密钥一致，内容相同。',
    'The edge at {url} answers, accepts our secret and shows the same.',
  ],
  'doctor.edge-behind': [
    '边缘站点 {url} 的内容与本机不同（{trees}）；运行 ortoo edge push。',
    'The edge at {url} does not show the same as here ({trees}); run ortoo edge push.',
  ],
  'doctor.edge-secret': [
    '边缘站点 {url} 不认 EDGE_SECRET；两边设成同一个值（wrangler secret put EDGE_SECRET）。',
    'The edge at {url} does not accept EDGE_SECRET; set the same on both sides (wrangler secret put EDGE_SECRET).',
  ],
  'doctor.edge-clock': [
    '边缘站点 {url} 认为本机时钟差得太多；请校准本机时钟。',
    'The edge at {url} finds our clock too far off; set the clock of this machine.',
  ],
  'doctor.edge-unreachable': [
    '边缘站点 {url} 联系不上（{why}）；检查 EDGE_URL 与网络。',
    'The edge at {url} cannot be reached ({why}); check EDGE_URL and the network.',
  ],
  'doctor.edge-plain': [
    'EDGE_URL 不是 https：{url}，送去的内容可能在途中被改动；请改用 https。',
    'EDGE_URL is not https: {url}. What is sent could be changed on its way; use https.',
  ],
} as const satisfies Words

/** The sentence for a key of this file. */
export function edgeWord(lang: 'zh' | 'en', key: keyof typeof edgeWords, params: Record<string, string> = {}): string {
  const pair: readonly [string, string] = edgeWords[key]
  return pair[lang === 'zh' ? 0 : 1].replace(/\{(\w+)\}/g, (whole, name) => params[name] ?? whole)
}
