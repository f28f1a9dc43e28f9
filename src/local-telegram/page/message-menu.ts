import type { PageMessage, World } from "../page-api.ts";
import { copyText } from "./dom.ts";
import { deepLinksIn } from "./entities.ts";
import { openMenu, type MenuItem } from "./menu.ts";
import { fullName } from "./seats.ts";
import { t } from "./strings.ts";

export type MessageMenuOptions = {
  world: World;
  personId: number;
  onReply: () => void;
  onEdit: () => void;
  onCopied: () => void;
  onDeepLink: (personId: number, parameter: string) => void;
};

/** What can be done with a message. An invitation in it can be opened as the person it is meant for. */
export const openMessageMenu = (message: PageMessage, at: HTMLElement, options: MessageMenuOptions): void => {
  const { world, personId } = options;
  const text = message.text ?? message.caption ?? "";
  const isChannel = message.chat.type === "channel";
  const items: MenuItem[] = isChannel ? [] : [{ label: t("reply"), icon: "reply", onPick: options.onReply }];
  if (text !== "")
    items.push({
      label: t("copy"),
      icon: "copy",
      onPick: () => void copyText(text, options.onCopied),
    });
  if (message.from?.id === personId && message.text !== undefined)
    items.push({ label: t("edit"), icon: "edit", onPick: options.onEdit });
  const entities = message.entities ?? message.caption_entities ?? [];
  const [parameter] = deepLinksIn(text, entities, world.bot.username);
  if (parameter !== undefined) {
    items.push({ heading: t("openAs") });
    for (const person of world.people)
      items.push({
        label: fullName(person),
        icon: "contact",
        onPick: () => options.onDeepLink(person.id, parameter),
      });
  }
  if (items.length > 0) openMenu(at, items);
};
