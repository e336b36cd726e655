/** The keys of the desk: one table for the page that lists them and the script that hears them. Signing and deciding have none. */

/** After g: the key, where it leads, and the word of it. A place that is not in somebody's menu is not reached by its key either. */
export const GO = [
  ['d', '/desk', 'desk.queue'],
  ['r', '/desk/releases', 'desk.releases'],
  ['i', '/desk/incidents', 'desk.incidents'],
  ['c', '/desk/calendar', 'desk.calendar'],
  ['k', '/desk/clocks', 'desk.clocks'],
  ['a', '/desk/alarms', 'desk.alarms'],
  ['w', '/desk/faults', 'desk.faults'],
  ['m', '/desk/media', 'desk.media'],
  ['t', '/desk/outlets', 'desk.outlets'],
  ['o', '/desk/office', 'desk.office'],
  ['e', '/desk/exercises', 'desk.exercises'],
  ['l', '/desk/ledger', 'desk.ledger'],
] as const

/** One key alone begins something, where the page has its button. */
export const BEGIN = [
  ['n', '/desk/releases/new', 'desk.new'],
  ['f', '/desk/flash', 'desk.flash'],
] as const

/** What else there is, for the list. */
export const OTHER = [
  ['/', 'desk.keys.search'],
  ['j', 'desk.keys.next'],
  ['k', 'desk.keys.before'],
  ['Enter', 'desk.keys.open'],
  ['?', 'desk.keys.list'],
  ['Esc', 'desk.keys.leave'],
] as const
export const WHILE_WRITING = [
  ['Ctrl+S', 'desk.keys.save'],
  ['Ctrl+Enter', 'desk.keys.submit'],
] as const

/** Name of the cookie that switches single keys off in this browser. */
export const OFF_COOKIE = 'shortcuts'
