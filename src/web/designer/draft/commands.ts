import { m } from '#messages'
import { catalogue, settingMeta } from '../../../catalogue/catalogue.ts'
import * as edit from '../../../mission/edit.ts'
import type { Join, Link, Mission, Point, Retry, Step } from '../../../mission/mission.ts'
import { sameMission } from '../../../mission/sameness.ts'
import { type Language, say } from '../../../mission/words.ts'
import { isFree } from '../canvas/placing.ts'
import { lineId } from '../canvas/scene.ts'
import { type Desk, type Offer, show } from '../desk.ts'
import { readClipping, writeClipping } from './clipboard.ts'
import type { Draft } from './draft.ts'
import { exitOf } from './exits.ts'
import { type GroupingCommands, groupingCommands } from './grouping.ts'
import { type MovingCommands, movingCommands } from './moving.ts'
import { nameCards } from './naming.ts'
import { type NotingCommands, notingCommands } from './noting.ts'
import { replaceBy } from './replacing.ts'
import type { Spot } from './spot.ts'

/** Everything one can do to the mission that is open. Each is one edit with a name, undone in one go. */
export interface Commands extends MovingCommands, GroupingCommands, NotingCommands {
  /** Adds something and selects it. */
  add(offer: Offer, spot: Spot): void
  /** Removes cards; what led to them leads on to what followed. */
  remove(ids: readonly string[]): void
  link(link: Link): void
  unlink(link: Link): void
  /** Like `unlink`, by the line's name on the canvas. */
  unlinkLine(name: string): void
  relink(before: Link, after: Link): void
  /** Lays cards somewhere, which ends the tidy layout. */
  move(points: Readonly<Record<string, Point>>): void
  tidy(): void
  /** Sets one setting; undefined takes it away. Letters typed into one setting are undone together. */
  set(id: string, setting: string, value: unknown): void
  /** Puts other settings in place of all of a card's; false when nothing changed. */
  setAll(id: string, settings: Step['settings']): boolean
  rename(id: string, name: string): void
  setJoin(id: string, join: Join | undefined): void
  setRetry(id: string, retry: Retry | undefined): void
  /** The mission if another kind of step took a step's place, keeping what fits. */
  replacement(id: string, type: string): Mission
  replace(id: string, type: string): void
  duplicate(ids: readonly string[]): void
  /** The chosen cards as text for the clipboard. */
  copy(ids: readonly string[]): string
  /** Puts in what the clipboard holds; false when that is nothing of ours. */
  paste(text: string): boolean
  /** Puts another mission in place of this one. */
  bringIn(mission: Mission): void
  nameMission(name: string): void
  describeMission(text: string): void
  /** Puts an earlier version in place of the draft; false when that is the same already. */
  restore(version: { number: number; mission: Mission }): boolean
}

/** What the commands work on, and what they need to know of the place. */
export interface Tools {
  draft: Draft
  desk: Desk
  language: Language
  /** The workspace's time zone, with which new steps begin. */
  timeZone: string
  /** Where the cards lie now. */
  corners(): Readonly<Record<string, Point>>
  /** The point of the canvas one looks at; undefined where no canvas is shown. */
  middle(): Point | undefined
}

/** The commands of an open mission. */
export function makeCommands({ draft, desk, language, timeZone, corners, middle }: Tools): Commands {
  const now = () => draft.getState().mission
  const naming = nameCards(draft, language)
  const { title: titleOf, titles } = naming
  const apply = draft.getState().edit
  const reveal = (ids: readonly string[]) => {
    const [first] = ids
    if (first !== undefined) show(desk, first)
  }
  /** An edit that adds cards: selects them and brings them into view. */
  const grow = (doing: string, change: (mission: Mission) => Mission) => {
    const idsOf = ({ triggers, steps, notes = [] }: Mission) => [...triggers, ...steps, ...notes].map((one) => one.id)
    const before = new Set(idsOf(now()))
    const after = change(now())
    const added = idsOf(after).filter((id) => !before.has(id))
    if (!apply(doing, () => after, { select: added })) return
    desk.setState({ side: 'settings', line: undefined, adding: undefined, fresh: added })
    reveal(added)
  }
  const unlink = (link: Link) => {
    const doing = m.designer_did_unlink({ from: titleOf(link.from), to: titleOf(link.to) })
    if (apply(doing, (mission) => edit.disconnect(mission, link))) desk.setState({ line: undefined })
  }
  const replacement = (id: string, type: string) => replaceBy(now(), id, type, beginSettings({ role: 'step', type }, timeZone))

  return {
    ...movingCommands({ draft, desk, naming }),
    ...groupingCommands({ draft, desk, naming, grow }),
    ...notingCommands({ draft, desk, corners, middle }),
    add(offer, spot) {
      const kind = offer.role === 'trigger' ? catalogue.triggers.get(offer.type) : catalogue.actions.get(offer.type)
      if (!kind) return
      const part: edit.NewPart = { type: offer.type, settings: beginSettings(offer, timeZone) }
      const point = spot.at === 'loose' ? spot.point : undefined
      const doing = m.designer_did_add({ title: say(kind.title, language) })
      if (offer.role === 'trigger') return grow(doing, (mission) => edit.addTrigger(mission, part, toFirstStep(mission)))
      const exit = catalogue.kinds.step(offer.type)?.exits(part.settings ?? {})[0]?.name ?? null
      grow(doing, (mission) => {
        // Cards keep their places once one of them has been put down by hand.
        const laid = point && !isFree(mission) && mission.steps.length > 0 ? edit.place(mission, corners()) : mission
        return edit.addStep(laid, part, spotOfEdit(spot, isFree(laid) ? point : undefined), exit)
      })
    },
    remove: (ids) => void apply(m.designer_did_remove({ title: titles(ids) }), (mission) => edit.removeSteps(mission, ids), { select: [] }),
    link({ from, exit, to }) {
      if (!apply(m.designer_did_link({ from: titleOf(from), to: titleOf(to) }), (mission) => edit.connect(mission, { from, exit, to })))
        draft.getState().tell(m.designer_cannot_link())
    },
    unlink,
    unlinkLine(name) {
      const link = now().links.find((one) => lineId(one) === name)
      if (link) unlink(link)
    },
    relink: (before, after) =>
      void apply(m.designer_did_link({ from: titleOf(after.from), to: titleOf(after.to) }), (mission) => {
        const linked = edit.connect(mission, after)
        return linked === mission ? mission : edit.disconnect(linked, before)
      }),
    move: (points) => void apply(m.designer_did_move({ title: titles(Object.keys(points)) }), (mission) => edit.place(mission, points)),
    tidy: () => void apply(m.designer_did_tidy(), edit.tidy),
    set(id, setting, value) {
      const change = (mission: Mission) => {
        const node = [...mission.triggers, ...mission.steps].find((one) => one.id === id)
        if (!node) return mission
        const { [setting]: _, ...rest } = node.settings
        return edit.setSettings(mission, id, value === undefined ? rest : { ...node.settings, [setting]: value })
      }
      apply(m.designer_did_set({ title: titleOf(id) }), change, { together: `${id} ${setting}` })
    },
    setAll: (id, settings) => apply(m.designer_did_set({ title: titleOf(id) }), (mission) => edit.setSettings(mission, id, settings)),
    rename: (id, name) =>
      void apply(m.designer_did_rename({ title: titleOf(id) }), (mission) => edit.rename(mission, id, name), { together: `${id} name` }),
    setJoin: (id, join) => void apply(m.designer_did_set({ title: titleOf(id) }), (mission) => edit.setJoin(mission, id, join)),
    setRetry: (id, retry) =>
      void apply(m.designer_did_set({ title: titleOf(id) }), (mission) => edit.setRetry(mission, id, retry), { together: `${id} retry` }),
    replacement,
    replace: (id, type) => void apply(m.designer_did_replace({ title: titleOf(id) }), () => replacement(id, type)),
    duplicate(ids) {
      const [only] = ids
      const step = ids.length === 1 ? now().steps.find((one) => one.id === only) : undefined
      const doing = m.designer_did_duplicate({ title: titles(ids) })
      if (!step) return grow(doing, (mission) => edit.duplicate(mission, ids))
      grow(doing, (mission) => edit.insert(mission, { ...edit.copy(mission, [step.id]), layout: {} }, afterOf(mission, step), exitOf))
    },
    copy: (ids) => writeClipping(edit.copy(now(), ids)),
    paste(text) {
      const clipping = readClipping(text)
      if (!clipping) return false
      const count = clipping.steps.length + clipping.triggers.length + (clipping.notes ?? []).length
      const { selection } = draft.getState()
      const selected = now().steps.find((one) => selection.length === 1 && one.id === selection[0])
      grow(m.designer_did_paste({ title: m.designer_count_steps({ count }) }), (mission) => {
        // A tidy mission stays tidy: positions of where the piece came from mean nothing here.
        const piece = isFree(mission) ? clipping : { ...clipping, layout: {} }
        return selected && clipping.steps.length > 0
          ? edit.insert(mission, piece, afterOf(mission, selected), exitOf)
          : edit.paste(mission, piece, isFree(mission) && Object.keys(clipping.layout).length === 0 ? lowest(corners()) : undefined)
      })
      return true
    },
    bringIn(mission) {
      if (apply(m.designer_did_bring({ name: mission.name }), () => mission, { select: [] })) desk.setState({ begun: mission })
    },
    nameMission: (name) => void apply(m.designer_did_name(), (mission) => edit.setName(mission, name), { together: 'mission name' }),
    describeMission: (text) =>
      void apply(m.designer_did_describe(), (mission) => edit.setDescription(mission, text), { together: 'mission description' }),
    restore({ number, mission }) {
      const change = (current: Mission) => (sameMission(current, mission) ? current : mission)
      const done = apply(m.versions_did_restore({ number }), change, { select: [] })
      if (done) desk.setState({ begun: mission })
      return done
    },
  }
}

/** Settings that a new step has from the start: what nearly everybody wants, and the time zone of the workspace. */
function beginSettings({ role, type }: Offer, timeZone: string): Step['settings'] {
  const shape = (role === 'trigger' ? catalogue.triggers : catalogue.actions).get(type)?.settings.shape ?? {}
  return Object.fromEntries(
    Object.entries(shape).flatMap(([key, schema]) => {
      const meta = settingMeta(schema)
      const begin = meta?.widget === 'timezone' ? timeZone : meta?.begin
      return begin === undefined ? [] : [[key, begin]]
    }),
  )
}

/** Onto the one line that leaves a step by its main exit, or after that exit. */
function afterOf(mission: Mission, step: Step): edit.Spot {
  const exit = edit.mainExit(mission, step.id)
  const lines = mission.links.filter((link) => link.from === step.id && link.exit === exit)
  const [line] = lines
  return line && lines.length === 1 ? { onto: line } : { after: step.id, exit: line ? exit : (exitOf(step) ?? 'done') }
}

function spotOfEdit(spot: Spot, point: Point | undefined): edit.Spot {
  if (spot.at === 'line') return { onto: spot.link }
  if (spot.at === 'exit') return { after: spot.from, exit: spot.exit }
  return { free: true, ...(point ? { point } : {}) }
}

/** A new trigger starts what the others start, or what nothing leads to yet. */
function toFirstStep(mission: Mission): { to?: string } {
  const started = mission.links.find((link) => mission.triggers.some((trigger) => trigger.id === link.from))
  const loose = mission.steps.find((step) => !mission.links.some((link) => link.to === step.id))
  const to = started?.to ?? loose?.id
  return to === undefined ? {} : { to }
}

function lowest(corners: Readonly<Record<string, Point>>): Point {
  const points = Object.values(corners)
  return points.length === 0
    ? { x: 0, y: 0 }
    : { x: Math.min(...points.map((point) => point.x)), y: Math.max(...points.map((point) => point.y)) + 180 }
}
