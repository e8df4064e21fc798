import fc from 'fast-check'
import * as edit from '../../src/mission/edit.ts'
import type { Link, Mission, Point } from '../../src/mission/mission.ts'

/** The functions of edit.ts that tell something of a mission and change none. */
export const telling: readonly string[] = ['copy', 'freeId', 'mainExit', 'clippingSchema', 'chainOf']

/** One edit with random arguments. Places are numbers, so that what fails can be read and made smaller. */
export interface RandomEdit {
  name: string
  args: readonly unknown[]
  apply(mission: Mission): Mission
}

type Chances = { [Name in keyof typeof edit]?: fc.Arbitrary<RandomEdit> }

/** An edit by name, its arguments, and how they are made ones of a mission. */
function chance<Args extends unknown[]>(
  name: string,
  args: fc.Arbitrary<Args>,
  apply: (mission: Mission, ...args: Args) => Mission,
): fc.Arbitrary<RandomEdit> {
  return args.map((chosen) => ({ name, args: chosen, apply: (mission) => apply(mission, ...chosen) }))
}

/** Which trigger or step: by its place in the mission; the highest number is one that is not there. */
const which = fc.nat({ max: 12 })
const idAt = (mission: Mission, at: number): string => {
  const ids = [...mission.triggers, ...mission.steps, ...(mission.notes ?? [])].map(({ id }) => id)
  return at === 12 ? 'ghost' : (ids[at % Math.max(1, ids.length)] ?? 'ghost')
}
const some = fc.array(which, { maxLength: 4 })
const idsAt = (mission: Mission, places: readonly number[]) => places.map((at) => idAt(mission, at))

const exit = fc.constantFrom('done', 'timeout', 'yes', 'no', 'each', 'failed', '')
const wire = fc.record({ from: which, exit, to: which })
type Wire = { from: number; exit: string; to: number }
const linkOf = (mission: Mission, { from, exit: by, to }: Wire): Link => ({ from: idAt(mission, from), exit: by, to: idAt(mission, to) })
/** A line that is there, mostly; the highest number is one that is not. */
const lineAt = (mission: Mission, at: number): Link =>
  (at === 12 ? undefined : mission.links[at % Math.max(1, mission.links.length)]) ?? { from: 'ghost', exit: 'done', to: 'ghost' }

const point: fc.Arbitrary<Point> = fc.record({ x: fc.double({ min: -1e6, max: 1e6 }), y: fc.double() })
const size = fc.integer({ min: 0, max: 2_100 })
const type = fc.constantFrom('say', 'ask', 'choose', 'each', 'end', 'rows', 'nobody-knows', '')
const settings: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  fc.constantFrom<Record<string, unknown>>(
    { text: '{{ say.message }}{% if ask.by %}!{% endif %}' },
    { list: ['{{ ask.answer }}', 1, null] },
    { gone: undefined },
    { no: Number.NaN },
  ),
  fc.dictionary(fc.string({ maxLength: 12 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }),
)
const text = fc.oneof(fc.string({ maxLength: 20, unit: 'binary' }), fc.string({ minLength: 100, maxLength: 140 }))

type Aim = { onto: number } | { after: number; exit: string } | { before: number } | { free: true }
const spot = fc.tuple(
  fc.oneof<fc.Arbitrary<Aim>[]>(
    fc.record({ onto: which }),
    fc.record({ after: which, exit }),
    fc.record({ before: which }),
    fc.constant({ free: true as const }),
  ),
  fc.option(point, { nil: undefined }),
)
const spotOf = (mission: Mission, [aim, at]: [Aim, Point | undefined]): edit.Spot => {
  const where = at ? { point: at } : {}
  if ('onto' in aim) return { ...where, onto: lineAt(mission, aim.onto) }
  if ('after' in aim) return { ...where, after: idAt(mission, aim.after), exit: aim.exit }
  return 'before' in aim ? { ...where, before: idAt(mission, aim.before) } : { ...where, free: true }
}

type Goal = { past: number; exit?: string } | Exclude<Aim, { free: true }>
const place = fc.tuple(
  fc.oneof<fc.Arbitrary<Goal>[]>(
    fc.record({ onto: which }),
    fc.record({ after: which, exit }),
    fc.record({ before: which }),
    fc.record({ past: which, exit }, { requiredKeys: ['past'] }),
  ),
  fc.option(point, { nil: undefined }),
)
const placeOf = (mission: Mission, [goal, at]: [Goal, Point | undefined]): edit.Place => {
  const where = at ? { point: at } : {}
  if ('past' in goal) return { ...where, past: idAt(mission, goal.past), ...(goal.exit === undefined ? {} : { exit: goal.exit }) }
  if ('onto' in goal) return { ...where, onto: lineAt(mission, goal.onto) }
  if ('after' in goal) return { ...where, after: idAt(mission, goal.after), exit: goal.exit }
  return { ...where, before: idAt(mission, goal.before) }
}

/** Steps and, of the first of them, the one that follows. */
function followed({ links }: Mission, ids: readonly string[], exitOf: string | null): string[] {
  const next = links.find(({ from, exit: by }) => from === ids[0] && by === (exitOf ?? by))
  return next && ids.length < 3 ? [...ids.slice(0, 1), next.to] : [...ids]
}

const chances = {
  addStep: chance('addStep', fc.tuple(type, settings, spot, fc.option(exit)), (mission, kind, with_, at, goesOnBy) =>
    // What is no JSON never comes from a form; what is, may be anything.
    edit.addStep(mission, { type: kind, settings: JSON.parse(JSON.stringify(with_)) }, spotOf(mission, at), goesOnBy),
  ),
  addTrigger: chance('addTrigger', fc.tuple(fc.constantFrom('joined', 'hook', ''), which, point), (mission, kind, to, at) =>
    edit.addTrigger(mission, { type: kind }, { to: idAt(mission, to), point: at }),
  ),
  removeSteps: chance('removeSteps', fc.tuple(some), (mission, ids) => edit.removeSteps(mission, idsAt(mission, ids))),
  connect: chance('connect', fc.tuple(wire), (mission, link) => edit.connect(mission, linkOf(mission, link))),
  disconnect: chance('disconnect', fc.tuple(which), (mission, at) => edit.disconnect(mission, lineAt(mission, at))),
  moveStep: chance('moveStep', fc.tuple(which, place, fc.option(exit)), (mission, id, at, goesOnBy) =>
    goesOnBy === 'done'
      ? edit.moveStep(mission, idAt(mission, id), placeOf(mission, at))
      : edit.moveStep(mission, idAt(mission, id), placeOf(mission, at), goesOnBy || null),
  ),
  moveSteps: chance('moveSteps', fc.tuple(some, place, fc.option(exit)), (mission, ids, at, goesOnBy) =>
    // Any steps are hardly ever a chain: the last of one or two that follow one another is moved with them.
    edit.moveSteps(mission, followed(mission, idsAt(mission, ids), goesOnBy), placeOf(mission, at), () =>
      goesOnBy === 'done' ? undefined : goesOnBy || null,
    ),
  ),
  moveAlong: chance('moveAlong', fc.tuple(which, fc.constantFrom<1 | -1>(1, -1), fc.option(exit)), (mission, id, by, exitOf) =>
    exitOf === 'done'
      ? edit.moveAlong(mission, idAt(mission, id), by)
      : edit.moveAlong(mission, idAt(mission, id), by, () => exitOf || null),
  ),
  replaceStep: chance('replaceStep', fc.tuple(which, type, settings, fc.array(exit, { maxLength: 3 })), (mission, id, kind, with_, exits) =>
    edit.replaceStep(mission, idAt(mission, id), { type: kind, settings: JSON.parse(JSON.stringify(with_)), exits }),
  ),
  setSettings: chance('setSettings', fc.tuple(which, settings), (mission, id, with_) =>
    edit.setSettings(mission, idAt(mission, id), with_),
  ),
  rename: chance('rename', fc.tuple(which, text), (mission, id, name) => edit.rename(mission, idAt(mission, id), name)),
  renameId: chance('renameId', fc.tuple(which, fc.oneof(which, text, fc.constantFrom('renamed', 'item'))), (mission, id, other) =>
    edit.renameId(mission, idAt(mission, id), typeof other === 'number' ? idAt(mission, other) : other),
  ),
  setJoin: chance(
    'setJoin',
    fc.tuple(which, fc.constantFrom('all', 'any', 'atLeast', undefined), fc.option(fc.integer({ min: -1, max: 60 }), { nil: undefined })),
    (mission, id, wait, count) =>
      edit.setJoin(mission, idAt(mission, id), wait && { wait, ...(count === undefined ? {} : { count, cancelRest: count > 2 }) }),
  ),
  setRetry: chance('setRetry', fc.tuple(which, fc.constantFrom('1m', 'soon', undefined), fc.double()), (mission, id, first, factor) =>
    edit.setRetry(mission, idAt(mission, id), first === undefined ? undefined : { times: 1, first, factor }),
  ),
  replaceSection: chance('replaceSection', fc.tuple(some, type), (mission, ids, kind) =>
    edit.replaceSection(mission, idsAt(mission, ids), { type: kind, name: 'One' }),
  ),
  holdSection: chance('holdSection', fc.tuple(some, type), (mission, ids, kind) =>
    edit.holdSection(mission, idsAt(mission, ids), { type: kind, settings: { list: [] } }),
  ),
  duplicate: chance('duplicate', fc.tuple(some), (mission, ids) => edit.duplicate(mission, idsAt(mission, ids))),
  insert: chance('insert', fc.tuple(some, spot), (mission, ids, at) =>
    edit.insert(mission, edit.copy(mission, idsAt(mission, ids)), spotOf(mission, at)),
  ),
  paste: chance('paste', fc.tuple(some, fc.option(point, { nil: undefined })), (mission, ids, at) =>
    edit.paste(mission, edit.copy(mission, idsAt(mission, ids)), at),
  ),
  place: chance('place', fc.tuple(fc.array(fc.tuple(which, point), { maxLength: 4 })), (mission, points) =>
    edit.place(mission, Object.fromEntries(points.map(([id, at]) => [idAt(mission, id), at]))),
  ),
  tidy: chance('tidy', fc.tuple(), (mission) => edit.tidy(mission)),
  addNote: chance('addNote', fc.tuple(text, which, point, size), (mission, words, by, { x, y }, width) =>
    edit.addNote(mission, { text: words, by: idAt(mission, by), x, y, width }),
  ),
  changeNote: chance('changeNote', fc.tuple(which, text, fc.option(which), point, size), (mission, id, words, by, { x, y }, height) =>
    edit.changeNote(mission, idAt(mission, id), {
      text: words,
      by: by === null ? undefined : idAt(mission, by),
      x,
      y,
      height,
      colour: 'blue',
    }),
  ),
  setName: chance('setName', fc.tuple(text), (mission, name) => edit.setName(mission, name)),
  setDescription: chance('setDescription', fc.tuple(text), (mission, words) => edit.setDescription(mission, words)),
} satisfies Chances

/** Names of the edits that {@link anyEdit} makes. */
export const edited: readonly string[] = Object.keys(chances)

/** Any edit of edit.ts with any arguments, sensible or not. */
export const anyEdit: fc.Arbitrary<RandomEdit> = fc.oneof(...Object.values(chances))
