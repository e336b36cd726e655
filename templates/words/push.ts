/** Words: the browser's own part of subscribing to notifications. A file by itself, because it is bundled for the browser. */
import type { Words } from './index.ts'

export const pushPageWords = {
  'push.page.off': ['本浏览器尚未开启通知。', 'Notifications are off in this browser.'],
  'push.page.on': ['本浏览器已开启通知。', 'Notifications are on in this browser.'],
  'push.page.asking': ['请在浏览器的提示中选择“允许”。', 'Please choose “Allow” in the prompt of your browser.'],
  'push.page.denied': [
    '本站的通知已被浏览器禁止。请在浏览器的网站设置中改为“允许”，再回到本页。',
    'This browser blocks notifications from this site. Allow them in its site settings, then come back to this page.',
  ],
  'push.page.unsupported': [
    '本浏览器不支持通知，可以改用邮件订阅或订阅源。',
    'This browser cannot show notifications. You can use mail or a feed instead.',
  ],
  'push.page.homescreen': [
    '在 iPhone 或 iPad 上，请先用“分享”把本站添加到主屏幕，再从主屏幕打开本页。',
    'On an iPhone or iPad, first add this site to the Home Screen with “Share”, then open this page from there.',
  ],
  'push.page.failed': ['没有成功：{why}。可以再试一次。', 'That did not work: {why}. You can try again.'],
  'push.page.turnOn': ['开启通知', 'Turn notifications on'],
  'push.page.save': ['保存选择', 'Save my choices'],
  'push.page.saved': ['已保存。本浏览器已开启通知。', 'Saved. Notifications are on in this browser.'],
  'push.page.turnOff': ['关闭通知', 'Turn notifications off'],
  'push.page.test': ['发一条测试通知', 'Send me a test'],
  'push.page.testing': ['测试通知已请求，正在等待……', 'The test has been asked for; waiting…'],
  'push.page.arrived': [
    '测试通知于 {time} 到达，用时 {seconds} 秒。',
    'The test arrived at {time}, after {seconds} seconds.',
  ],
  'push.page.late': [
    '30 秒内没有到达。请检查系统的通知设置和勿扰模式。',
    'It did not arrive within 30 seconds. Check the notification settings and do-not-disturb of your device.',
  ],
  'push.page.canary': ['让这台设备回报', 'Let this device report'],
  'push.page.reports': [
    '已设置。以后收到的每条发布通知，这台设备都会向发布单位回报到达。',
    'Set up. From now on this device tells the press office of every release it is notified of.',
  ],
  'push.test.title': ['测试通知', 'Test notification'],
  'push.test.body': ['通知可以到达这台设备。', 'Notifications reach this device.'],
} satisfies Words
