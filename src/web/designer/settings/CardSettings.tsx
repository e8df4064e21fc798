import { TextInput } from '@mantine/core'
import { Fragment, lazy, memo, Suspense, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { z } from 'zod'
import { icons } from 'virtual:icons'
import { m } from '#messages'
import { catalogue, isShown, settingMeta, stillEmpty } from '../../../catalogue/catalogue.ts'
import type { Problem } from '../../../mission/problems.ts'
import { scope } from '../../../mission/scope.ts'
import { type Language, say, type Words } from '../../../mission/words.ts'
import { cardOf, isExpected, useFaults } from '../review/faults.ts'
import { type Desk, rawSetting } from '../desk.ts'
import { useDesk, useDraft, useWorkshop } from '../workshop.ts'
import { useAround, useSameList } from './around.ts'
import { CardMenu } from './CardMenu.tsx'
import { Collapsed } from './Collapsed.tsx'
import { listData } from './data/earlier.ts'
import { useNames } from './directory.ts'
import { Exits } from './Exits.tsx'
import { type FormPlace, FormContext } from './field.ts'
import { lastSeen } from './preview/place.ts'
import { Problems } from './Problems.tsx'
import { RawSettings } from './raw/RawSettings.tsx'
import { Setting } from './Setting.tsx'
import classes from './settings.module.css'
import { StepRules } from './StepRules.tsx'
import { lookOf } from './text/pill-look.ts'
import { TriggerDoor } from './TriggerDoor.tsx'

// Draws messages and forms, which not every card has.
const Preview = memo(lazy(() => import('./preview/Preview.tsx')))

// Drawn once, not for every letter.
const SteadyMenu = memo(CardMenu)

/** All settings of one trigger or step, made from what its kind declares. */
export function CardSettings({ id }: { id: string }) {
  const { language, commands, workspaceId } = useWorkshop()
  const mission = useDraft((state) => state.mission)
  const readOnly = useDraft((state) => state.readOnly)
  const trigger = mission.triggers.find((one) => one.id === id)
  const step = mission.steps.find((one) => one.id === id)
  const node = trigger ?? step
  const kind = trigger ? catalogue.triggers.get(trigger.type) : step && catalogue.actions.get(step.type)
  const { all } = useFaults()
  const fresh = useDesk((state) => state.fresh)
  const wanted = useDesk((state) => (state.wanted?.id === id ? state.wanted.setting.split('.')[0] : undefined))
  // What there is to refer to depends on the rest of the mission, which stays the same while this card is written in.
  const sources = useDeferredValue(useAround(id, mission))
  const own = useMemo(() => ({ ...sources, triggers: trigger ? [trigger] : [], steps: step ? [step] : [] }), [sources, trigger, step])
  const names = useNames(own, workspaceId)
  const pieces = useMemo(
    () => (sources.steps.some((one) => one.id === id) ? listData(scope(sources, id, catalogue.kinds), language) : []),
    [sources, id, language],
  )
  const place = useMemo(
    (): FormPlace => ({
      language,
      workspaceId,
      readOnly,
      pieces,
      names,
      look: (raw) => lookOf(pieces, raw, language),
    }),
    [language, workspaceId, readOnly, pieces, names],
  )
  const rename = useCallback((name: string) => commands.rename(id, name), [commands, id])
  const change = useCallback((name: string, value: unknown) => commands.set(id, name, value), [commands, id])
  const body = useWantedSetting(id)
  const problems = useSameList(node ? all.filter((problem) => cardOf(problem) === id && !isExpected(problem, node.settings, fresh)) : [])
  const elsewhere = useMemo(() => problemsElsewhere(problems, Object.keys(kind?.settings.shape ?? {})), [problems, kind])
  if (!node) return null
  const faultOf = (setting: string) => problems.find(({ where }) => where.setting === setting || where.setting?.startsWith(`${setting}.`))
  const Icon = kind && icons[kind.icon]
  const parts = kind ? partsOf(kind.settings, node.settings) : []
  const previewed = lastSeen(
    node.type,
    parts.flatMap(({ names }) => names),
  )
  return (
    <FormContext value={place}>
      <div className={classes.panel}>
        <div className={classes.head}>
          <span className={classes.tile} aria-hidden>
            {Icon && <Icon size={20} stroke={1.8} />}
          </span>
          <div className={classes.kind}>
            <h2 className={classes.title}>{kind ? say(kind.title, language) : m.designer_unknown_kind()}</h2>
            <p className={classes.about}>{kind ? say(kind.about, language) : m.designer_unknown_kind_why({ type: node.type })}</p>
          </div>
          {!readOnly && <SteadyMenu id={id} role={trigger ? 'trigger' : 'step'} />}
        </div>
        <div className={classes.body} ref={body} tabIndex={-1}>
          <Problems problems={elsewhere.errors} />
          {parts.map(({ fold, names }) => {
            const settings = names.map(([name, schema]) => {
              const fault = faultOf(name)
              return (
                <Fragment key={name}>
                  <Setting
                    name={name}
                    schema={schema}
                    value={node.settings[name]}
                    fault={fault && faultWords(fault, schema, language)}
                    onChange={change}
                  />
                  {name === previewed && (
                    <Suspense>
                      <Preview id={id} />
                    </Suspense>
                  )}
                </Fragment>
              )
            })
            if (!fold) return settings
            const isUsed = names.some(([name]) => name === wanted || faultOf(name) || !isUnset(node.settings[name]))
            // A setting that is looked for opens its fold; who closes it again is left in peace.
            return (
              <Collapsed key={`${id} ${fold.en} ${wanted}`} title={say(fold, language)} open={isUsed}>
                {settings}
              </Collapsed>
            )
          })}
          {trigger && <TriggerDoor trigger={trigger} />}
          <div className={classes.part}>
            <CardName name={node.name ?? ''} usual={kind ? say(kind.title, language) : ''} onChange={rename} />
          </div>
          {/* What is unlinked is told beside the links, where it pushes no setting away. */}
          <Exits id={id} problems={elsewhere.warnings} />
          {step && <StepRules id={id} join={step.join} retry={step.retry} />}
          <div data-setting={rawSetting}>
            <Collapsed key={String(wanted === rawSetting)} title={m.designer_raw()} open={wanted === rawSetting}>
              <RawSettings id={id} settings={node.settings} schema={kind?.settings} />
            </Collapsed>
          </div>
        </div>
      </div>
    </FormContext>
  )
}

/** What is wrong with a card but with none of its settings: told above them, or beside its links if it may be meant. */
function problemsElsewhere(problems: readonly Problem[], settings: readonly string[]): { errors: Problem[]; warnings: Problem[] } {
  const others = problems.filter(({ where }) => !settings.some((name) => where.setting === name || where.setting?.startsWith(`${name}.`)))
  const of = (severity: Problem['severity']) => others.filter((problem) => problem.severity === severity)
  return { errors: of('error'), warnings: of('warning') }
}

interface Part {
  /** The title under which its settings are folded away; without one they are always there. */
  fold?: Words
  names: [string, z.ZodType][]
}

/** The settings that are drawn, in their order; neighbours with the same fold in one part. */
function partsOf(schema: z.ZodObject, settings: Record<string, unknown>): Part[] {
  const parts: Part[] = []
  for (const [name, field] of Object.entries(schema.shape)) {
    if (!(field instanceof z.ZodType) || !isShown(schema, name, settings)) continue
    const fold = settingMeta(field)?.fold
    const last = parts.at(-1)
    if (last && last.fold?.en === fold?.en) last.names.push([name, field])
    else parts.push({ ...(fold ? { fold } : {}), names: [[name, field]] })
  }
  return parts
}

/** A fault below its setting: which one is empty and where that is mended, whoever reads it there sees. */
function faultWords({ why, remedy }: Problem, schema: z.ZodType, language: Language): string {
  const label = settingMeta(schema)?.label
  return label && why.en === stillEmpty(label).en ? m.designer_setting_empty() : `${say(why, language)} ${say(remedy, language)}`
}

const isUnset = (value: unknown) => value === undefined || value === ''

const CardName = memo(function CardName({ name, usual, onChange }: { name: string; usual: string; onChange(name: string): void }) {
  const readOnly = useDraft((state) => state.readOnly)
  // Names are kept without blanks at their ends, which whoever is still typing needs.
  const [text, setText] = useState(name)
  useEffect(() => setText((now) => (now.trim() === name ? now : name)), [name])
  return (
    <TextInput
      label={m.designer_card_name()}
      placeholder={usual}
      value={text}
      maxLength={120}
      disabled={readOnly}
      onChange={(event) => {
        setText(event.currentTarget.value)
        onChange(event.currentTarget.value)
      }}
    />
  )
})

/** Which wish for a setting was met last: whoever chooses the card again later has not asked for the setting again. */
const met = new WeakMap<Desk, number>()

/** Puts the cursor into a setting that was asked for: a problem was pressed, or a card opened by keyboard. */
function useWantedSetting(id: string): React.RefObject<HTMLDivElement | null> {
  const { desk } = useWorkshop()
  const wanted = useDesk((state) => state.wanted)
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!wanted || wanted.id !== id || wanted.count === met.get(desk)) return undefined
    const [name = ''] = wanted.setting.split('.')
    const place = ref.current?.querySelector<HTMLElement>(name === '' ? '[data-setting]' : `[data-setting="${CSS.escape(name)}"]`)
    // The chosen one of several options, and rather a field than the button that empties it.
    const field = () =>
      place?.querySelector<HTMLElement>(
        'input:not([type="hidden"]):not([type="radio"]), input:checked, textarea, select, [contenteditable="true"]',
      ) ?? place?.querySelector<HTMLElement>('button')
    // A text's editor may still be on its way.
    const frame = requestAnimationFrame(() => {
      met.set(desk, wanted.count)
      // Whoever has gone on by keyboard meanwhile is typing into a list.
      const { finding, adding, connecting } = desk.getState()
      if (!finding && !adding && !connecting) (field() ?? ref.current)?.focus()
    })
    place?.scrollIntoView({ block: 'center' })
    return () => cancelAnimationFrame(frame)
  }, [desk, wanted, id])
  return ref
}
