import { z } from 'zod'
import { type Mission, missionSchema, type Step, type Trigger } from '../mission/mission.ts'
import { sameValue } from '../mission/sameness.ts'
import { titleOf } from '../mission/kinds.ts'
import type { Words } from '../mission/words.ts'
import { catalogue, settingMeta, type Catalogue } from './catalogue.ts'
import { holdsReference, type Widget } from './setting.ts'

/** Something taken out of a mission before it is handed on. */
export interface TakenOut {
  /** The trigger or step it was in, as its card calls it; absent for the mission's own texts and notes. */
  card?: Words
  /** What the setting is called; absent for a name or a description. */
  setting?: Words
  /** `emptied`: it is to be chosen anew; `blotted`: a text stays, with “…” in place of who was named. */
  how: 'emptied' | 'blotted'
}

/** A mission without whom it was made for, and all that was taken out of it, in its order. */
export interface Shared {
  mission: Mission
  taken: TakenOut[]
}

/** Settings that name somebody or some place of one's own, unless they refer to data. */
const own: ReadonlySet<Widget> = new Set<Widget>(['person', 'people', 'channel', 'headers'])

/**
 * Takes out of a mission whatever belongs to whoever made it: people and channels chosen by name, web addresses that are called and what is
 * sent along with them (keys, mostly), and e-mail addresses and people named within texts. References to data stay.
 */
export function withoutOwn(mission: Mission, known: Catalogue = catalogue): Shared {
  const taken: TakenOut[] = []
  const cleanPlaced = <Placed extends Trigger | Step>(placed: Placed, kind: Kind | undefined): Placed => {
    const card = titleOf(placed, kind?.title)
    const settings = Object.entries(placed.settings).flatMap(([name, value]): [string, Placed['settings'][string]][] => {
      const schema = kind?.settings.shape[name]
      const meta = schema instanceof z.ZodType ? settingMeta(schema) : undefined
      const clean = meta?.widget === 'mission' ? value : cleanSetting(value, meta?.widget)
      if (!sameValue(clean, value))
        taken.push({ card, setting: meta?.label ?? { en: name, fr: name }, how: isBlotted(clean) ? 'blotted' : 'emptied' })
      return clean === undefined ? [] : [[name, clean as Placed['settings'][string]]]
    })
    const name = placed.name === undefined ? undefined : blot(placed.name)
    if (name !== placed.name) taken.push({ card: { en: name ?? '', fr: name ?? '' }, how: 'blotted' })
    return { ...placed, ...(name === undefined ? {} : { name }), settings: Object.fromEntries(settings) }
  }
  const { format, triggers, steps, links, layout, ...about } = mission
  const told = blotAll(about)
  if (!sameValue(told, about)) taken.push({ how: 'blotted' })
  const shared = {
    ...(told as typeof about),
    format,
    triggers: triggers.map((trigger) => cleanPlaced(trigger, known.triggers.get(trigger.type))),
    steps: steps.map((step) => cleanPlaced(step, known.actions.get(step.type))),
    links,
    layout,
  }
  return { mission: missionSchema.parse(shared), taken }
}

type Kind = { title: Words; settings: z.ZodObject }

/** What stays of a setting; undefined when nothing does. */
function cleanSetting(value: unknown, widget: Widget | undefined): unknown {
  if (widget === 'line' && typeof value === 'string' && /^https?:\/\//i.test(value)) return undefined
  if (!widget || !own.has(widget)) return blotAll(value)
  if (widget === 'headers') return sameValue(value, {}) ? value : undefined
  if (typeof value === 'string') return holdsReference(value) ? withoutDefault(value) : undefined
  if (!Array.isArray(value)) return undefined
  const kept = value.flatMap((one: unknown) => (holdsReference(one) ? [withoutDefault(String(one))] : []))
  return kept.length === 0 ? undefined : kept
}

/** A reference without whom it falls back on: that is somebody by name. */
const withoutDefault = (reference: string) => reference.replace(/\s*\|\s*default:\s*(?:"[^"]*"|'[^']*')/g, '')

const blotted = '…'
const id = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
/** E-mail addresses, people mentioned in a message (`<@id>`), and ids. */
const named = new RegExp(String.raw`[\w.+%-]+@[\w-]+(?:\.[\w-]+)+|<@[^>\s]+>|\b${id}\b`, 'gi')

const blot = (text: string) => text.replace(named, blotted)

/** Every text within a value, however deep. */
function blotAll(value: unknown): unknown {
  if (typeof value === 'string') return blot(value)
  if (Array.isArray(value)) return value.map(blotAll)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, blotAll(part)]))
}

const isBlotted = (clean: unknown) => JSON.stringify(clean ?? '').includes(blotted)
