import { card as builtin } from '../../../../platforms/builtin/card.ts'
import { card as messenger } from '../../../../platforms/messenger/card.ts'
import type { PlatformCard } from '../../../../platforms/platform.ts'
import { card as slack } from '../../../../platforms/slack/card.ts'
import { card as teams } from '../../../../platforms/teams/card.ts'

/** How a chat draws messages, as far as a preview shows it. */
export interface Face {
  card: PlatformCard
  /** What its tab says. */
  tab: string | undefined
  /** Formatting is left out, lists and links are written out. */
  plain: boolean
}

/** All chats in which a message may be seen, the one that comes with the program first. */
export const faces: readonly Face[] = [
  { card: builtin, tab: undefined, plain: false },
  { card: slack, tab: undefined, plain: false },
  { card: teams, tab: 'Teams', plain: false },
  { card: messenger, tab: undefined, plain: true },
]
