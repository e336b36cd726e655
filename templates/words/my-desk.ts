/** Words of what belongs to one person's desk: search, the days ahead, keys, and what is new on the queue. */
import type { Words } from './index.ts'

const search = {
  'desk.search': ['查找', 'Search'],
  'desk.search.do': ['查找', 'Search'],
  'desk.search.label': ['编号、发文字号或词语', 'Number, document number or words'],
  'desk.search.short': ['查找稿件、事件', 'Search'],
  'desk.search.hint': [
    '可查本单位的稿件（含草稿）、下级已公开的稿件、各单位已发布的信息和突发事件。可输入编号的末几位。',
    'Finds your agency’s releases, drafts included, what others have published, and incidents. The last figures of a number will do.',
  ],
  'desk.search.none': [
    '没有找到“{q}”。可换一个词，或只输入编号的末几位。',
    'Nothing found for “{q}”. Try another word, or the last figures of a number.',
  ],
  'desk.search.more': [
    '只查找了最近改动的稿件，只列出前50条。要找更早的，请输入编号。',
    'Only the most recently changed releases were looked through, and 50 are listed. For an older one give its number.',
  ],
  'desk.search.long': ['查找的内容太长，请缩短到{max}字以内', 'Too long to search for: at most {max} characters'],
  'desk.search.untold': ['稿件{number}', 'Release {number}'],
} satisfies Words

const report = {
  'desk.flash.checked': ['送签时检查', 'Checked when sent'],
  'desk.flash.to-exercise': ['改为演练', 'Make it an exercise'],
  'desk.flash.to-live': ['改为正式', 'Make it live'],
  'desk.flash.call': ['打给{name}', 'Call {name}'],
  'desk.next-report': ['发续报', 'Write the next report'],
} satisfies Words

const calendar = {
  'desk.calendar': ['日程', 'Calendar'],
  'desk.calendar.what': [
    '本单位和下级的定时发布、发布会、到期和时限，两周一页。',
    'Planned releases, conferences, ends and deadlines of your agency and those below it, two weeks at a time.',
  ],
  'desk.calendar.none': ['这两周没有安排。', 'Nothing is planned in these two weeks.'],
  'desk.calendar.late': ['已超时，还未完成', 'Run out and not yet met'],
  'desk.calendar.today': ['今天', 'Today'],
  'desk.calendar.holiday': ['放假', 'Holiday'],
  'desk.calendar.made-up': ['调休上班', 'Working day'],
  'desk.calendar.unknown': [
    '有的日期所在年份的放假安排还没有录入，无法标出。请将安排放入数据目录的calendar文件夹。',
    'Holidays are not marked for a year whose arrangement has not been put into the folder calendar of the data folder.',
  ],
  'desk.calendar.earlier': ['前两周', 'Two weeks earlier'],
  'desk.calendar.later': ['后两周', 'Two weeks later'],
  'desk.calendar.planned': ['定时发布', 'Planned release'],
  'desk.calendar.embargo': ['限时发布', 'Embargo ends'],
  'desk.calendar.conference': ['新闻发布会', 'Press conference'],
  'desk.calendar.expires': ['有效期到', 'Validity ends'],
  'desk.calendar.display-ends': ['公示期满', 'Display ends'],
} satisfies Words

const keys = {
  'desk.keys': ['键盘快捷键', 'Keyboard shortcuts'],
  'desk.keys.go': ['前往', 'Go to'],
  'desk.keys.anywhere': ['任何页面', 'Anywhere'],
  'desk.keys.writing': ['写稿时', 'While writing'],
  'desk.keys.then': ['再按', 'then'],
  'desk.keys.search': ['查找', 'Search'],
  'desk.keys.next': ['列表中的下一条', 'Next in a list'],
  'desk.keys.before': ['列表中的上一条', 'The one before'],
  'desk.keys.open': ['打开选中的一条', 'Open it'],
  'desk.keys.list': ['显示这张表', 'Show this list'],
  'desk.keys.leave': ['关闭，或离开输入框', 'Close, or leave a field'],
  'desk.keys.save': ['保存', 'Save'],
  'desk.keys.submit': ['送审', 'Submit for review'],
  'desk.keys.never': [
    '正在输入时单键不起作用。审核和签发没有快捷键。',
    'Single keys do nothing while you type. Reviewing and signing have no shortcut.',
  ],
  'desk.keys.are-on': ['单键快捷键已在本浏览器开启。', 'Single-key shortcuts are on in this browser.'],
  'desk.keys.are-off': ['单键快捷键已在本浏览器关闭。', 'Single-key shortcuts are off in this browser.'],
  'desk.keys.turn-off': ['关闭单键快捷键', 'Switch single keys off'],
  'desk.keys.turn-on': ['开启单键快捷键', 'Switch single keys on'],
  'desk.keys.close': ['关闭', 'Close'],
  'desk.keys.more': ['设置', 'Settings'],
  'desk.said.keys-off': ['已关闭单键快捷键。', 'Single keys are off.'],
  'desk.said.keys-on': ['已开启单键快捷键。', 'Single keys are on.'],
} satisfies Words

export const myDeskWords = { ...search, ...calendar, ...report, ...keys } satisfies Words
