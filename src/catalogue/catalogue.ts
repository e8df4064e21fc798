import { z } from 'zod'
import type { Kinds, SettingFault, StepKind, TriggerKind } from '../mission/kinds.ts'
import type { Words } from '../mission/words.ts'
import type { Need } from '../mission/abilities.ts'
import type { Action, EventKind, TriggerType } from './define.ts'
import { holdsReference, type SettingMeta } from './setting.ts'

/** Everything that can be put into a mission. */
export interface Catalogue {
  triggers: ReadonlyMap<string, TriggerType>
  actions: ReadonlyMap<string, Action>
  /** The same, as the language needs it. */
  kinds: Kinds
}

/**
 * Gathers what files declare; a type that two files declare is an error at start, because a mission could then mean two things.
 *
 * @throws Error naming both titles.
 */
export function gather(triggers: readonly TriggerType[], actions: readonly Action[]): Catalogue {
  const triggerMap = byType(triggers)
  const actionMap = byType(actions)
  const triggerKinds = new Map([...triggerMap].map(([type, trigger]) => [type, triggerKind(trigger)]))
  const stepKinds = new Map([...actionMap].map(([type, action]) => [type, stepKind(action)]))
  return {
    triggers: triggerMap,
    actions: actionMap,
    kinds: { trigger: (type) => triggerKinds.get(type), step: (type) => stepKinds.get(type) },
  }
}

function byType<Kind extends { type: string; title: Words }>(kinds: readonly Kind[]): Map<string, Kind> {
  const map = new Map<string, Kind>()
  for (const kind of kinds) {
    const twin = map.get(kind.type)
    if (twin) throw new Error(`Two files declare the type “${kind.type}”: “${twin.title.en}” and “${kind.title.en}”. Rename one of them.`)
    map.set(kind.type, kind)
  }
  return map
}

function triggerKind(trigger: TriggerType): TriggerKind {
  const { gives } = trigger
  return {
    title: trigger.title,
    gives: typeof gives === 'function' ? (settings) => gives(settings) : () => gives,
    check: (settings) => [...checkSettings(trigger.settings, settings), ...(trigger.check?.(settings) ?? [])],
    summary: (settings) => trigger.summary(settings),
    needs: () => needed[trigger.listens] ?? [],
  }
}

/** Events that not every chat tells of. */
const needed: Partial<Record<EventKind, readonly Need[]>> = {
  command: [{ ability: 'commands' }],
  'reaction-added': [{ ability: 'reactions' }],
  'person-joined-channel': [{ ability: 'channels' }],
  'channel-created': [{ ability: 'channels' }],
}

function stepKind(action: Action): StepKind {
  const { gives, exits } = action
  return {
    title: action.title,
    gives: typeof gives === 'function' ? (settings) => gives(settings) : () => gives,
    exits: typeof exits === 'function' ? (settings) => exits(settings) : () => exits,
    check: (settings) => [...checkSettings(action.settings, settings), ...(action.check?.(settings) ?? [])],
    summary: (settings) => action.summary(settings),
    asks: action.asking !== undefined,
    bounded: (settings) => action.bounded?.(settings) ?? true,
    needs: (settings) => action.needs?.(settings) ?? [],
    ...(action.holds ? { holds: action.holds } : {}),
  }
}

/** The label and widget that a setting's schema carries; undefined for a schema not built with `setting.*`. */
export function settingMeta(schema: z.ZodType): SettingMeta | undefined {
  let inner: z.core.$ZodType = schema
  for (;;) {
    const found = z.globalRegistry.get(inner)
    if (found && 'widget' in found && 'label' in found) return found as z.core.GlobalMeta & SettingMeta
    if (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodNullable) inner = inner.unwrap()
    else return undefined
  }
}

/** What is wrong in settings, by setting, in words. A setting that is hidden by its `when` is not asked for. */
function checkSettings(schema: z.ZodObject, settings: Record<string, unknown>): SettingFault[] {
  const faults = new Map<string, SettingFault>()
  const read = parseSettings(schema, settings)
  for (const issue of read.error?.issues ?? []) {
    const setting = String(issue.path[0] ?? '')
    if (faults.has(setting) || !isShown(schema, setting, settings)) continue
    faults.set(setting, describe(setting, metaOf(schema, setting)?.label ?? { en: setting, fr: setting }, settings[setting]))
  }
  for (const setting of Object.keys(schema.shape)) {
    const meta = metaOf(schema, setting)
    if (!meta?.needed || faults.has(setting) || !isMissing(settings[setting]) || !isShown(schema, setting, settings)) continue
    faults.set(setting, describe(setting, meta.label, settings[setting]))
  }
  return [...faults.values()]
}

/**
 * Reads settings by their schema, as written or as rendered for a run. An optional setting that is empty (a cleared field, a
 * reference that led nowhere) counts as not given, and so does one that is hidden by its `when`.
 */
export function parseSettings<Schema extends z.ZodObject>(
  schema: Schema,
  settings: Record<string, unknown>,
): z.ZodSafeParseResult<z.output<Schema>> {
  const given = Object.entries(settings).filter(
    ([setting, value]) => !isOptional(schema.shape[setting]) || (!isMissing(value) && isShown(schema, setting, settings)),
  )
  return schema.safeParse(Object.fromEntries(given))
}

const isOptional = (field: unknown) => field instanceof z.ZodOptional || field instanceof z.ZodDefault

function metaOf(schema: z.ZodObject, setting: string): SettingMeta | undefined {
  const field: unknown = schema.shape[setting]
  return field instanceof z.ZodType ? settingMeta(field) : undefined
}

/** Whether a setting is drawn at all: its `when` looks at another setting's value, or at its default while it has none. */
export function isShown(schema: z.ZodObject, setting: string, settings: Record<string, unknown>): boolean {
  const when = metaOf(schema, setting)?.when
  if (!when) return true
  if (when.is === 'filled') return !isMissing(settings[when.setting]) && isShown(schema, when.setting, settings)
  const other: unknown = schema.shape[when.setting]
  const read = other instanceof z.ZodType ? other.safeParse(settings[when.setting]) : undefined
  return isShown(schema, when.setting, settings) && when.is.some((value) => value === (read?.success ? read.data : settings[when.setting]))
}

const isMissing = (value: unknown) => value === undefined || value === '' || value === null || (Array.isArray(value) && value.length === 0)

/** What is said of a setting that needs a value and has none. */
export function stillEmpty(label: Words): Words {
  return { en: `“${label.en}” is still empty.`, fr: `« ${label.fr} » est encore vide.` }
}

function describe(setting: string, label: Words, value: unknown): SettingFault {
  if (isMissing(value))
    return {
      setting,
      why: stillEmpty(label),
      remedy: { en: 'Fill it in, in the step’s settings.', fr: 'Remplissez-le dans les réglages de l’étape.' },
    }
  return {
    setting,
    why: { en: `“${label.en}” is not filled in correctly.`, fr: `« ${label.fr} » n’est pas rempli correctement.` },
    remedy: holdsReference(value)
      ? { en: 'Check the data it refers to.', fr: 'Vérifiez les données auxquelles il se réfère.' }
      : { en: 'Correct it in the step’s settings.', fr: 'Corrigez-le dans les réglages de l’étape.' },
  }
}

const triggerFiles = import.meta.glob<{ default: TriggerType }>('./triggers/*.ts', { eager: true })
const actionFiles = import.meta.glob<{ default: Action }>('./actions/*.ts', { eager: true })

/** The catalogue of this program: every file in `triggers/` and `actions/`. */
export const catalogue: Catalogue = gather(
  Object.values(triggerFiles).map((file) => file.default),
  Object.values(actionFiles).map((file) => file.default),
)
