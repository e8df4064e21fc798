import { checkCalled } from '../catalogue/callable.ts'
import { calledBy } from '../catalogue/called.ts'
import { catalogue } from '../catalogue/catalogue.ts'
import { type Mission, upgrade } from '../mission/mission.ts'
import { type Problem, problems } from '../mission/problems.ts'
import { typeset, type Words } from '../mission/words.ts'
import { builtin } from '../platforms/builtin/builtin.ts'
import { notFound, notice } from './notice.ts'
import { type Draft, lockDraft, publishDraft } from './store/missions.ts'
import type { Sql } from './store/transaction.ts'
import { calledMissions, namedDrafts, type Versions } from './store/versions.ts'

/** A draft to be put live: the revision that whoever publishes it has seen. */
export interface Wanted {
  id: string
  draftRev: number
}

/** Why nothing was published. */
export interface Refusal {
  problems: Problem[]
  error: { what: Words; remedy: Words }
  /** Missions that this one runs and that run it in turn, none of them live: each of them can go live only with the others. */
  together?: { id: string; name: string; draftRev: number }[]
}

/** How many others are published together with a mission at most. */
export const mostTogether = 20

interface Read {
  draft: Draft
  mission: Mission
}

/**
 * Puts drafts live, all of them or none: `first`, and others that it runs and that run it in turn. In the caller's transaction.
 *
 * @throws Notice 404 for one that is not there (or not in the workspace of the first), 409 for one that somebody has saved meanwhile;
 * whatever `allow` throws for a workspace in which the reader may not publish.
 */
export async function publishTogether(
  sql: Sql,
  versions: Versions,
  first: Wanted,
  also: readonly Wanted[],
  by: { userId: string; note: string; allow(workspaceId: string): Promise<unknown> },
): Promise<{ published: { id: string; workspaceId: string; version: { id: string; number: number } }[] } | Refusal> {
  const locked = await lockAll(sql, [first, ...also])
  // Each is published once, however often it is named.
  const drafts = [...new Map(locked.map(({ draft }) => [draft.id, draft])).values()]
  const [main] = drafts
  if (!main) throw notFound('mission')
  await by.allow(main.workspaceId)
  if (drafts.some((draft) => draft.workspaceId !== main.workspaceId)) throw notFound('mission')
  if (locked.some(({ draft, draftRev }) => draft.draftRev !== draftRev))
    throw notice(
      409,
      { en: 'Somebody saved a newer draft in the meantime.', fr: 'Quelqu’un a enregistré entre-temps un brouillon plus récent.' },
      {
        en: 'Look at the newest draft, then publish again. Nothing was published.',
        fr: 'Regardez le dernier brouillon, puis publiez à nouveau. Rien n’a été publié.',
      },
    )
  const read: Read[] = []
  for (const draft of drafts) {
    const found = upgrade(draft.draft)
    const faults = 'mission' in found ? errorsOf(found.mission) : []
    if (!('mission' in found) || faults.length > 0)
      return { problems: draft === main ? faults : [], error: unready(draft === main ? undefined : draft.name) }
    read.push({ draft, mission: found.mission })
  }
  const refusal = await refusedCalls(sql, versions, main.workspaceId, read)
  if (refusal) return refusal
  const published = []
  for (const { draft, mission } of read) {
    const version = await publishDraft(sql, draft, mission, by, catalogue.triggers)
    published.push({ id: draft.id, workspaceId: draft.workspaceId, version })
  }
  return { published }
}

/** Locks drafts, always in the same order, so that nobody waits for each other; gives them in the order asked for. */
async function lockAll(sql: Sql, wanted: readonly Wanted[]): Promise<{ draft: Draft; draftRev: number }[]> {
  const locked = new Map<string, Draft>()
  for (const id of [...new Set(wanted.map((one) => one.id))].sort()) {
    const draft = await lockDraft(sql, id)
    if (!draft) throw notFound('mission')
    locked.set(id, draft)
  }
  return wanted.flatMap(({ id, draftRev }) => {
    const draft = locked.get(id)
    return draft ? [{ draft, draftRev }] : []
  })
}

const errorsOf = (mission: Mission) => problems(mission, catalogue.kinds, builtin.card).filter((problem) => problem.severity === 'error')

function unready(name: string | undefined): Refusal['error'] {
  if (name === undefined)
    return {
      what: {
        en: 'The mission still has problems, so it was not published.',
        fr: 'La mission a encore des problèmes ; elle n’a pas été publiée.',
      },
      remedy: { en: 'Mend what the cards say, then publish again.', fr: 'Corrigez ce que disent les cartes, puis publiez à nouveau.' },
    }
  return {
    what: {
      en: `“${name}” still has problems, so nothing was published.`,
      fr: typeset(`« ${name} » a encore des problèmes ; rien n’a été publié.`),
    },
    remedy: {
      en: 'Open it and mend what its cards say, then publish again.',
      fr: 'Ouvrez-la et corrigez ce que disent ses cartes, puis publiez à nouveau.',
    },
  }
}

/** What the missions could not run of one another, as they will be. */
async function refusedCalls(sql: Sql, versions: Versions, workspaceId: string, read: readonly Read[]): Promise<Refusal | undefined> {
  const ids = [...new Set(read.flatMap(({ mission }) => calledBy(mission)))]
  const known = new Map(await calledMissions(sql, versions, workspaceId, ids))
  for (const { draft, mission } of read) {
    const before = known.get(draft.id)
    if (before) known.set(draft.id, { ...before, name: mission.name, live: mission })
  }
  for (const { draft, mission } of read) {
    const found = checkCalled(mission, { own: draft.id, others: known }, 'error')
    const [worst] = found
    if (!worst) continue
    const together = read.length === 1 ? await mutual(sql, workspaceId, draft.id, mission) : []
    return {
      problems: draft === read[0]?.draft ? found : [],
      error: { what: worst.why, remedy: worst.remedy },
      ...(together.length > 0 ? { together } : {}),
    }
  }
  return undefined
}

/**
 * The missions that a draft runs, and those that they run, as far as they are not live; empty unless one of them runs the draft in turn, and when
 * they are too many to be published at once.
 */
async function mutual(sql: Sql, workspaceId: string, own: string, mission: Mission): Promise<NonNullable<Refusal['together']>> {
  const found = new Map<string, { id: string; name: string; draftRev: number }>()
  let isMutual = false
  let next = calledBy(mission)
  while (next.length > 0 && found.size <= mostTogether) {
    const drafts = await namedDrafts(
      sql,
      workspaceId,
      next.filter((id) => id !== own && !found.has(id)),
    )
    next = []
    for (const { draft, ...named } of drafts) {
      found.set(named.id, named)
      const read = upgrade(draft)
      const called = 'mission' in read ? calledBy(read.mission) : []
      isMutual ||= called.includes(own)
      next.push(...called)
    }
  }
  return isMutual && found.size <= mostTogether ? [...found.values()] : []
}
