// The page's own words, and the language of the person who looks. What the bot says is translated by the bot.

const ENGLISH = {
  title: "Discord stand-in",
  skip: "Skip to the message box",
  places: "Servers and channels",
  showChannels: "Show channels",
  theme: "Switch between dark and light",
  messages: "Messages",
  directMessages: "Direct messages",
  botOn: "{name} is on",
  botOff: "{name} is off",
  reconnecting: "reconnecting…",
  notRunning: "The stand-in is not running any more.",
  noAnswer: "The application did not respond",
  closeNotice: "Close notice",
  notMember: "{name} is no member here. Only commands that you installed for yourself work.",
  newMessages: "new messages",
  visitor: "visitor",
  role: "role",
  youAre: "You are {name}. Switch person or language",
  beSomebody: "Be somebody else",
  language: "Language",
  unknown: "unknown",

  wallTitle: "A wall for films",
  wallText: "Each post here is a project of its own. Pick one on the left.",
  awayTitle: "The bot is still in its dressing room",
  awayText: "It appears here by itself as soon as it is connected.",
  stageTitle: "Lights, sound, nothing yet",
  stageText: "Type / and pick a command, or start with one of these.",
  quietText: "Say something, this room is patient.",
  sample: "Neon rain at night. A busker plays a slow cello under an awning while a tram hums past. [Busker, warm tired voice]: \"Last song. Then we both go home dry.\"",

  postsOnly: "Posts are opened by the bot; pick one on the left.",
  readOnly: "You can read here, but not write.",
  write: "Message {place}",
  writeOrCommand: "Message {place}, or type / for commands",
  attach: "Attach files",
  commands: "Commands",
  showCommands: "Show commands",
  sendMessage: "Send message",
  move: "move",
  choose: "choose",
  close: "close",
  noCommand: "No command has that name. Try fewer letters.",

  commandForm: "Command {name}",
  giveUp: "Give up this command",
  send: "Send",
  moreOptions: "More options",
  required: "required",
  remove: "Remove {name}",
  needed: "is needed before this can be sent.",
  yes: "True",
  no: "False",
  typeToSearch: "type to search",
  range: "{low} to {high}",
  dropFile: "Drop a file here, or press to choose",

  video: "Video",
  sound: "Sound",
  outside: "Outside picture: {url}",
  spoiler: "Spoiler, press to show",
  bot: "BOT",
  used: "used",
  aMessage: "a message",
  thinking: "thinking",
  edited: "(edited)",
  onlyYou: "Only you can see this",
  dismiss: "Dismiss message",
  deleteMessage: "Delete message",
  more: "More for this message",
  submit: "Submit",
  cancel: "Cancel",
};

const CHINESE = {
  title: "Discord 替身",
  skip: "跳到输入框",
  places: "服务器与频道",
  showChannels: "显示频道",
  theme: "切换深色与浅色",
  messages: "消息",
  directMessages: "私信",
  botOn: "{name} 在线",
  botOff: "{name} 离线",
  reconnecting: "正在重新连接…",
  notRunning: "替身已停止运行。",
  noAnswer: "该应用未响应",
  closeNotice: "关闭提示",
  notMember: "{name} 不是这里的成员，只有您为自己安装的命令可用。",
  newMessages: "有新消息",
  visitor: "访客",
  role: "身份组",
  youAre: "您是 {name}。切换人物或语言",
  beSomebody: "换一个人",
  language: "语言",
  unknown: "未知",

  wallTitle: "影片墙",
  wallText: "这里的每个帖子都是一个项目。请在左侧选择。",
  awayTitle: "机器人还在化妆间",
  awayText: "连接好之后，它会自动出现在这里。",
  stageTitle: "灯光就位，音响就位，只等开场",
  stageText: "输入 / 选择命令，或从下面开始。",
  quietText: "说点什么吧，这里不着急。",
  sample: "雨夜的霓虹街头。一位街头艺人在雨棚下拉着缓慢的大提琴，一辆电车嗡嗡驶过。[街头艺人，温暖而疲惫的嗓音]：“最后一首。然后我们都干干爽爽地回家。”",

  postsOnly: "帖子由机器人创建，请在左侧选择。",
  readOnly: "您可以在这里阅读，但不能发言。",
  write: "给 {place} 发消息",
  writeOrCommand: "给 {place} 发消息，或输入 / 使用命令",
  attach: "添加文件",
  commands: "命令",
  showCommands: "显示命令",
  sendMessage: "发送消息",
  move: "移动",
  choose: "选择",
  close: "关闭",
  noCommand: "没有这样的命令，请少输入几个字。",

  commandForm: "命令 {name}",
  giveUp: "放弃此命令",
  send: "发送",
  moreOptions: "更多选项",
  required: "必填",
  remove: "移除 {name}",
  needed: "填写之后才能发送。",
  yes: "是",
  no: "否",
  typeToSearch: "输入以搜索",
  range: "{low} 到 {high}",
  dropFile: "把文件拖到这里，或点击选择",

  video: "视频",
  sound: "声音",
  outside: "外部图片：{url}",
  spoiler: "剧透内容，点击显示",
  bot: "机器人",
  used: "使用了",
  aMessage: "一条消息",
  thinking: "正在思考",
  edited: "（已编辑）",
  onlyYou: "只有您能看到",
  dismiss: "忽略此消息",
  deleteMessage: "删除消息",
  more: "此消息的更多操作",
  submit: "提交",
  cancel: "取消",
};

/** The languages on offer, by Discord's locale. */
export const LANGUAGES = [["en-US", "English"], ["zh-CN", "中文"]];

let locale = "en-US";
let table = ENGLISH;

/** Read and write in a locale of Discord from now on; a language without a table here is served in English. */
export function speak(wanted) {
  locale = wanted;
  table = isChinese(wanted) ? CHINESE : ENGLISH;
  document.documentElement.lang = locale;
}

const isChinese = (one) => one.startsWith("zh");

/** Say whether a language on offer is the one in use. */
export const isSpoken = (offered) => isChinese(offered) === isChinese(locale);

/** Return the locale in use, for times and numbers. */
export const spoken = () => locale;

/** Return one of the page's own texts with its gaps filled. */
export function say(key, gaps = {}) {
  return table[key].replace(/\{(\w+)\}/g, (_, name) => gaps[name]);
}
