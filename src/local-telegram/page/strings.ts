/** The page's own words. What the bot says is never here. */

const ru = {
  title: "Переписка с ботом",
  people: "Участники на экране",
  group: "группа",
  channel: "канал",
  theme: "Тёмная или светлая тема",
  language: "Interface in English",
  languageShort: "EN",
  bot: "бот",
  online: "на связи",
  typing: "печатает",
  typingPhoto: "отправляет фото",
  offline: "Нет связи с сервером. Пробуем снова…",
  loadFailed: "Не удалось открыть переписку. Пробуем снова…",
  message: "Сообщение",
  send: "Отправить",
  attach: "Прикрепить",
  commandMenu: "Команды бота",
  keyboard: "Показать или скрыть клавиатуру",
  start: "Начать",
  startHint: "Здесь пока пусто. Нажмите «Начать», и бот ответит.",
  restart: "Перезапустить бота",
  stopBot: "Остановить бота",
  stoppedBot: "Бот остановлен",
  menu: "Действия с чатом",
  hideColumn: "Убрать с экрана",
  photos: "Фото",
  asFile: "Фото файлом",
  location: "Геопозиция",
  liveLocation: "Трансляция геопозиции",
  contact: "Мой номер телефона",
  voice: "Голосовое сообщение",
  sticker: "Стикер",
  video: "Видео",
  poll: "Опрос",
  photosTitle: "Отправить фото",
  fileTitle: "Отправить фото файлом",
  fromDevice: "С устройства",
  shelf: "Готовые снимки",
  caption: "Подпись",
  cancel: "Отмена",
  close: "Закрыть",
  ok: "Хорошо",
  done: "Отправить",
  mapTitle: "Выберите место",
  mapHint: "Нажмите на карту. Колесо или два пальца меняют масштаб, стрелки двигают.",
  mapNone: "Точка не выбрана",
  zoomIn: "Ближе",
  zoomOut: "Дальше",
  venueName: "Название места (необязательно)",
  venueAddress: "Адрес (необязательно)",
  sendLocation: "Отправить место",
  shareContact: "Поделиться номером?",
  shareContactHint: "Бот получит этот номер. Номер вымышленный, его можно изменить.",
  phone: "Телефон",
  share: "Поделиться",
  reply: "Ответить",
  copy: "Скопировать текст",
  edit: "Изменить",
  editing: "Изменение сообщения",
  openAs: "Открыть ссылку от лица:",
  actions: "Действия с сообщением",
  edited: "изменено",
  sending: "отправляется",
  sent: "доставлено",
  failed: "Не отправлено",
  retry: "Повторить",
  remove: "Удалить",
  pressFailed: "Нет связи, нажатие не дошло.",
  writeAs: "Пишет",
  pinned: "Закреплённое сообщение",
  toBottom: "К последним сообщениям",
  newMessages: "новых сообщений",
  today: "Сегодня",
  yesterday: "Вчера",
  photo: "Фото",
  file: "Файл",
  mapPlace: "Место на карте",
  live: "Трансляция геопозиции",
  voiceMessage: "Голосовое сообщение",
  deletedReply: "Сообщение удалено",
  unsupported: "Сообщение этого вида здесь не показывается",
  joined: "теперь в группе",
  left: "больше не в группе",
  pinnedService: "закреплено сообщение",
  copied: "Скопировано",
  tooMany: "Не больше десяти фото за раз",
  toolFailed: "Не получилось",
  nobody: "Выберите наверху, чьи чаты показать.",
  messages: "Сообщения",
  anonymousPoll: "Анонимный опрос",
  spoiler: "Скрытый текст, нажмите, чтобы показать",
};

/** Names of the page's own texts. */
export type Text = keyof typeof ru;

const en: Record<Text, string> = {
  title: "Chats with the bot",
  people: "People on the screen",
  group: "group",
  channel: "channel",
  theme: "Dark or light theme",
  language: "Интерфейс по-русски",
  languageShort: "RU",
  bot: "bot",
  online: "online",
  typing: "typing",
  typingPhoto: "sending a photo",
  offline: "No connection to the server. Trying again…",
  loadFailed: "The chats could not be opened. Trying again…",
  message: "Message",
  send: "Send",
  attach: "Attach",
  commandMenu: "Bot commands",
  keyboard: "Show or hide the keyboard",
  start: "Start",
  startHint: "Nothing here yet. Press “Start” and the bot will answer.",
  restart: "Restart bot",
  stopBot: "Stop bot",
  stoppedBot: "Bot stopped",
  menu: "Chat actions",
  hideColumn: "Take off the screen",
  photos: "Photos",
  asFile: "Photo as a file",
  location: "Location",
  liveLocation: "Live location",
  contact: "My phone number",
  voice: "Voice message",
  sticker: "Sticker",
  video: "Video",
  poll: "Poll",
  photosTitle: "Send photos",
  fileTitle: "Send a photo as a file",
  fromDevice: "From this device",
  shelf: "Sample photos",
  caption: "Caption",
  cancel: "Cancel",
  close: "Close",
  ok: "OK",
  done: "Send",
  mapTitle: "Choose a place",
  mapHint: "Click the map. The wheel or two fingers zoom, arrow keys move.",
  mapNone: "No place chosen",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  venueName: "Name of the place (optional)",
  venueAddress: "Address (optional)",
  sendLocation: "Send location",
  shareContact: "Share your number?",
  shareContactHint: "The bot will get this number. It is made up; you may change it.",
  phone: "Phone",
  share: "Share",
  reply: "Reply",
  copy: "Copy text",
  edit: "Edit",
  editing: "Editing a message",
  openAs: "Open the link as:",
  actions: "Message actions",
  edited: "edited",
  sending: "sending",
  sent: "delivered",
  failed: "Not sent",
  retry: "Try again",
  remove: "Delete",
  pressFailed: "No connection, the press did not get through.",
  writeAs: "Writing as",
  pinned: "Pinned message",
  toBottom: "To the newest messages",
  newMessages: "new messages",
  today: "Today",
  yesterday: "Yesterday",
  photo: "Photo",
  file: "File",
  mapPlace: "Place on the map",
  live: "Live location",
  voiceMessage: "Voice message",
  deletedReply: "Deleted message",
  unsupported: "Messages of this kind are not shown here",
  joined: "is now in the group",
  left: "is no longer in the group",
  pinnedService: "a message was pinned",
  copied: "Copied",
  tooMany: "No more than ten photos at once",
  toolFailed: "That did not work",
  nobody: "Choose above whose chats to show.",
  messages: "Messages",
  anonymousPoll: "Anonymous poll",
  spoiler: "Hidden text, press to show",
};

const TEXTS = { ru, en };

/** Languages of the interface. */
export type Locale = keyof typeof TEXTS;

let current: Locale = "ru";

/** The language of the interface at the moment. */
export const locale = (): Locale => current;

/** Changes the language of everything drawn from now on. */
export const setLocale = (next: Locale): void => {
  current = next;
  document.documentElement.lang = next;
  document.title = t("title");
};

/** One of the page's texts in the interface language. */
export const t = (text: Text): string => TEXTS[current][text];

/** A count of members with the right plural form. */
export const members = (count: number): string => {
  if (current === "en") return count === 1 ? "1 member" : `${count} members`;
  const form = new Intl.PluralRules("ru").select(count);
  return `${count} ${form === "one" ? "участник" : form === "few" ? "участника" : "участников"}`;
};

/** The same for who reads a channel. */
export const subscribers = (count: number): string => {
  if (current === "en") return count === 1 ? "1 subscriber" : `${count} subscribers`;
  const form = new Intl.PluralRules("ru").select(count);
  return `${count} ${form === "one" ? "подписчик" : form === "few" ? "подписчика" : "подписчиков"}`;
};

/** A caption given per language, falling back to whatever language there is. */
export const spoken = (texts: Readonly<Record<string, string>>): string =>
  texts[current] ?? texts["ru"] ?? Object.values(texts)[0] ?? "";
