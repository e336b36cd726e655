/** Words of exercises: scenarios, scores, who takes part. */
import type { Words } from './index.ts'

export const exerciseWords = {
  'desk.exercises': ['演练', 'Exercises'],
  'exercise.what': [
    '演练走完全部步骤：起草、签发、发布、更正。它有自己的页面、密钥、颜色和收件人，到不了正式网站、正式订阅者和正式订阅源。每90天至少一次。',
    'An exercise goes the whole way: write, sign, publish, correct. It has its own pages, key, colour and receivers, and cannot reach the live site, live subscribers or live feeds. At least once in 90 days.',
  ],
  'exercise.never': ['本单位还没有做过演练。', 'This office has not held an exercise yet.'],
  'exercise.lapsed': [
    '本单位已有{days}天没有演练。发布不受影响。',
    'No exercise for {days} days. Publishing is not affected.',
  ],
  'exercise.ready': ['{days}天前做过演练。', 'The last exercise was {days} days ago.'],
  'exercise.today': ['24小时内做过演练。', 'The last exercise was within 24 hours.'],
  'exercise.last': ['上次', 'last'],
  'exercise.to': ['去演练', 'Hold one'],
  'exercise.begin': ['选一个情景', 'Choose a scenario'],
  'exercise.start': ['开始演练', 'Begin'],
  'exercise.results': ['演练成绩', 'How they went'],
  'exercise.results.none': [
    '还没有成绩。选一个情景，按正式流程写稿、签发。',
    'Nothing yet. Choose a scenario, then write and sign as you would for real.',
  ],
  'exercise.column.begun': ['开始', 'Begun'],
  'exercise.column.release': ['稿件', 'Release'],
  'exercise.column.took': ['参加人数', 'People'],
  'exercise.measure.write': ['知悉到送签', 'Known to sent'],
  'exercise.measure.approve': ['送签到签发', 'Sent to signed'],
  'exercise.measure.firstOutlet': ['签发到首个渠道', 'Signed to first outlet'],
  'exercise.measure.correct': ['发现错误到更正', 'Error to correction'],
  'exercise.limit': ['不超过{span}', 'within {span}'],
  'exercise.over': ['超过', 'over'],
  'exercise.not-rehearsed': ['未演练', 'not rehearsed'],
  'exercise.span.s': ['{s}秒', '{s} s'],
  'exercise.span.ms': ['{m}分{s}秒', '{m} min {s} s'],
  'exercise.missing': ['近90天没有参加演练的人', 'Who has taken no part for 90 days'],
  'exercise.missing.none': ['都参加过。', 'Everybody has.'],
  'exercise.audience': ['演练邮件发给谁', 'Who gets the mail of exercises'],
  'exercise.audience.what': [
    '只能选本单位工作人员，发到他们登录用的邮箱。',
    'Members of this office only, at the address they sign in with.',
  ],
  'exercise.audience.keep': ['保存名单', 'Keep this list'],
  'desk.said.exercise-audience': ['名单已保存。', 'The list is kept.'],
  'field.memberIds': ['工作人员', 'Members'],
  'field.scenario': ['情景', 'Scenario'],
  'issue.incident-mode': [
    '{number}与本稿不是同一类：演练稿件只能归入演练事件，正式稿件只能归入正式事件',
    '{number} is of another kind: an exercise belongs to an incident of an exercise, the real thing to a real one',
  ],
  'issue.incident-mode.remedy': ['另选一个突发事件，或新开一个', 'Choose another incident, or open one'],
  'problem.incident-is-exercise': [
    '这是演练事件，不启动时限。',
    'This incident belongs to an exercise; no duty begins with it.',
  ],
  'desk.refused.incident-is-exercise': [
    '这是演练事件，不启动时限。',
    'This incident belongs to an exercise; no duty begins with it.',
  ],
} as const satisfies Words
