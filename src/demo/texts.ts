/** The words of the story: an official notice, a grassland fire as it moves, its English text. All invented. */
import { HOUR, plus } from '../lib/clock.ts'
import { PHONE } from './seed.ts'

/** An official notice in the form of GB/T 9704-2012, as an office would bring it along. */
export const NOTICE = `青格勒盟行政公署（示例）文件

青署发〔2026〕41号

青格勒盟行政公署关于做好今冬明春牧区饲草储备工作的通知

各旗县人民政府，盟直各部门：

　　为做好今冬明春牧区饲草储备工作，保障牲畜安全越冬，现就有关事项通知如下。

　　一、补助对象和标准
　　（一）对象。在本盟从事畜牧业生产、储备饲草不少于5吨的牧户和合作社。
　　（二）标准。每吨补助120元，每户最高补助6000元。

　　二、办理程序
　　（一）申请。2026年12月1日至12月20日，到嘎查委员会申请。
　　（二）公示。嘎查公示7天，苏木审核后报旗县农牧部门。

　　三、工作要求
　　各旗县要在2026年12月31日前完成补助发放，并向社会公开结果。

青格勒盟行政公署（示例）
2026年11月20日
`

const contacts = [{ label: '值班电话', phone: PHONE, audience: 'public' }]
const terms = (now: string) => ({
  actNow: true,
  category: 'Fire',
  eventCode: '11G05',
  urgency: 'Immediate',
  severity: 'Severe',
  certainty: 'Observed',
  responseType: 'Evacuate',
  expires: plus(now, 12 * HOUR),
})
const fireCore = (incidentId: string, now: string, knownAt: string) => ({
  lane: 'flash',
  incidentId,
  areas: ['159921'],
  topics: ['fire'],
  urgency: 'critical',
  knownAt,
  asOf: now,
  nextUpdateAt: plus(now, 2 * HOUR),
  contacts,
  cap: terms(now),
})

/** 首报: what is known, what is being done, what people should do. */
export const firstReport = (incidentId: string, now: string, knownAt: string) => ({
  core: { kind: 'incident-notice', ...fireCore(incidentId, now, knownAt) },
  parts: {
    'zh-CN': {
      title: '哈日诺尔旗发生草原火灾，正在组织扑救',
      blocks: {
        whenWhere: '今日凌晨，哈日诺尔旗宝力根苏木北部草场。',
        facts: '发生草原火灾，过火面积正在核实，暂无人员伤亡报告。',
        actions: '300名扑火队员和12台车辆已赶到现场，下风向2个嘎查正在转移。',
        advice: '宝力根嘎查、白音敖包嘎查居民请立即听从转移安排，前往苏木中学。\n\n请勿前往火场围观，给消防车辆让路。',
      },
    },
  },
})

/** 续报, with the figure that will turn out wrong. */
export const update = (incidentId: string, now: string, knownAt: string) => ({
  core: { kind: 'incident-update', ...fireCore(incidentId, now, knownAt) },
  parts: {
    'zh-CN': {
      title: '哈日诺尔旗草原火灾续报：火势得到控制',
      blocks: {
        whenWhere: '哈日诺尔旗宝力根苏木北部草场。',
        facts: '过火面积约450亩，已转移186人，无人员伤亡。',
        actions: '火场外围已合围，500名队员继续清理余火。',
        advice: '转移群众请留在安置点，返回时间另行通知。',
      },
    },
  },
})

export const WRONG = '450亩'
export const RIGHT = '4500亩'

/** The same in English, added as a language of its own edition. */
export const ENGLISH = {
  title: 'Grassland fire in Hari Nuur Banner: under control',
  blocks: {
    whenWhere: 'Grassland in the north of Bulgan Sum, Hari Nuur Banner.',
    facts: 'About 4500 mu of grassland have burnt. 186 people were moved to safety. No one was hurt.',
    actions: 'The fire is ringed. 500 firefighters go on clearing what still smoulders.',
    advice: 'If you were moved, stay at the shelter. You will be told when you can go home.',
  },
  body: '',
  changeNote: 'English text added.',
}

/** A notice that will have to be taken back. */
export const MISTAKEN = {
  core: { kind: 'notice', areas: ['159923'], topics: ['livelihood'], urgency: 'normal' },
  parts: {
    'zh-CN': {
      title: '关于乌兰图雅镇停水检修的公告',
      body: '<p>因管网检修，乌兰图雅镇部分街区将于明日停水8小时，请提前储水。</p><p>特此公告。</p>',
    },
  },
}
export const WHY_WITHDRAWN = '检修时间有变，原公告内容不再有效，新的安排将另行公告。'
