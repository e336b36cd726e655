/** What is rehearsed: a story the leader reads out, and words to start from that say in every block that nothing has happened. */
import { DAY, MINUTE, SECOND } from '../../src/lib/clock.ts'

export type Scenario = {
  key: string
  /** 中文, English */
  name: readonly [zh: string, en: string]
  /** Read out by whoever leads, then the clock runs. */
  story: readonly [zh: string, en: string]
  class: 'natural' | 'accident' | 'health' | 'security'
  start: { title: string; whenWhere: string; facts: string; actions: string; advice: string }
}

/**
 * What a drill is held against, in milliseconds; our own figures. Approval: as long as a signer has before the next one is called.
 * First outlet: the page stands. Correction: Hawaii took 38 minutes in 2018, Pickering 108 in 2020.
 */
export const LIMITS = {
  write: 15 * MINUTE,
  approve: 10 * MINUTE,
  firstOutlet: 10 * SECOND,
  correct: 10 * MINUTE,
} as const

/** Who has not rehearsed for longer than this has lapsed. */
export const LAPSES_AFTER = 90 * DAY

export const scenarios: readonly Scenario[] = [
  {
    key: 'grassland-fire',
    name: ['夜间草原火灾首报', 'First word of a grassland fire at night'],
    story: [
      '凌晨3时07分，苏木值班室来电：边境方向出现明火，西北风6级，火线约2公里，下风方向有3户牧民。伤亡不明，原因不明。请在15分钟内写出首报并送签。',
      'At 03:07 the sumu duty room calls: open fire towards the border, wind force 6 from the north-west, a front of about 2 km, three households downwind. Casualties and cause unknown. Write the first report and send it to the signer within 15 minutes.',
    ],
    class: 'natural',
    start: {
      title: '【演练】草原火灾首次通报',
      whenWhere: '【演练】今日3时07分，接报某苏木边境方向发生草原火情。',
      facts: '【演练】火线约2公里，西北风6级。伤亡情况正在核实。',
      actions: '【演练】扑火队伍已经出发，下风方向牧户正在转移。',
      advice: '【演练】下风方向群众请立即向东转移，听从现场人员指挥。',
    },
  },
  {
    key: 'blizzard',
    name: ['白灾：道路封闭与转移', 'Blizzard: road closed, people moved'],
    story: [
      '傍晚暴雪加强，国道封闭，约40辆车滞留，手机信号时断时续。请写出首报：告诉滞留人员怎么做，什么时候再发布。',
      'In the evening the blizzard grows, the national road is closed, about 40 vehicles are stranded and telephones come and go. Write the first report: what the stranded should do, and when you will speak again.',
    ],
    class: 'natural',
    start: {
      title: '【演练】暴雪道路封闭通报',
      whenWhere: '【演练】今日18时，境内国道因暴雪全线封闭。',
      facts: '【演练】约40辆车滞留，人员情况正在核实。',
      actions: '【演练】清雪车辆与救援队伍正在前往。',
      advice: '【演练】请留在车内，保持通风，每小时发动车辆10分钟，不要徒步离开。',
    },
  },
  {
    key: 'mine-accident',
    name: ['煤矿事故：伤亡数字下降', 'Mine accident: a toll that falls'],
    story: [
      '煤矿透水，先报被困9人，半小时后核减为7人。请写出首报，再写续报说明数字为什么变小；原因不得写。',
      'Water breaks into a coal mine. Nine are reported trapped; half an hour later it is seven. Write the first report, then an update that says why the figure fell; the cause may not be spoken of.',
    ],
    class: 'accident',
    start: {
      title: '【演练】煤矿透水事故首次通报',
      whenWhere: '【演练】今日14时20分，某煤矿发生透水。',
      facts: '【演练】井下9人被困，正在核实。',
      actions: '【演练】救援队伍已到达，正在排水。',
      advice: '【演练】请无关人员不要前往矿区，家属请拨打公布的电话。',
    },
  },
  {
    key: 'wrong-banner',
    name: ['发错旗县：停止与更正', 'Wrong banner: stop and correct'],
    story: [
      '请故意把影响范围选成另一个旗，发出后由另一人发现。停止发送，更正，直到所有收到的人都被告知。从发现到更正不超过10分钟。',
      'Choose the wrong banner on purpose; a colleague notices once it is out. Stop, correct, until everyone who got it has been told. From noticing to corrected: no more than 10 minutes.',
    ],
    class: 'natural',
    start: {
      title: '【演练】大风沙尘通报',
      whenWhere: '【演练】今日10时起，境内出现大风沙尘。',
      facts: '【演练】能见度不足200米，暂无人员伤亡报告。',
      actions: '【演练】交管部门正在疏导车辆。',
      advice: '【演练】请减少外出，行车请减速并打开雾灯。',
    },
  },
]
