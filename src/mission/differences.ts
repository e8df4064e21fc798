import { type Aspect, type Changed, compareMissions } from './comparison.ts'
import { type Kinds, titleOf } from './kinds.ts'
import type { Link, Mission, Step, Trigger } from './mission.ts'
import { exitWords } from './prose.ts'
import { type Language, languages, say, typeset, type Words } from './words.ts'

/** One sentence of how a mission became another. */
export interface Difference {
  is: 'added' | 'removed' | 'changed'
  /** The trigger or step it is about; absent when it is about the mission as a whole. A removed one is in the earlier document only. */
  id?: string
  text: string
}

/** What a setting is called on the screen; undefined for one that its kind does not have. */
export type SettingLabel = (type: string, setting: string) => Words | undefined

/** How a mission became another, in sentences: the mission itself, its triggers, its steps, its links. Empty when a run would not notice. */
export function differences(before: Mission, after: Mission, kinds: Kinds, label: SettingLabel, language: Language): Difference[] {
  const { name, description, triggers, steps, links } = compareMissions(before, after)
  const [was, is] = [talk(before, kinds), talk(after, kinds)]
  const come = idsOf(steps.added)
  const gone = idsOf([...triggers.removed, ...steps.removed])
  const told: { is: Difference['is']; id?: string; words: Words }[] = []
  if (name)
    told.push({
      is: 'changed',
      words: {
        en: `The mission is now called “${name.after}” (before: “${name.before}”).`,
        fr: `La mission s’appelle désormais « ${name.after} » (avant : « ${name.before} »).`,
      },
    })
  if (description) told.push({ is: 'changed', words: { en: 'Its description is different.', fr: 'Sa description est différente.' } })
  for (const { id } of triggers.added)
    told.push({ is: 'added', id, words: both((of) => `${of({ en: 'New trigger:', fr: 'Nouveau déclencheur :' })} ${of(is.summary(id))}.`) })
  for (const { id } of triggers.removed)
    told.push({
      is: 'removed',
      id,
      words: both((of) => `${of({ en: 'Trigger removed:', fr: 'Déclencheur supprimé :' })} ${of(was.summary(id))}.`),
    })
  for (const { id } of steps.added) {
    const after = is.titles(links.added.filter(({ to }) => to === id).map(({ from }) => from))
    told.push({
      is: 'added',
      id,
      words: both(
        (of) =>
          `${of({ en: 'New step', fr: 'Nouvelle étape' })} ${of(is.title(id))}${after ? ` ${of({ en: 'after', fr: 'après' })} ${of(after)}` : ''}${of({ en: ':', fr: ' :' })} ${of(is.summary(id))}.`,
      ),
    })
  }
  for (const { id } of steps.removed)
    told.push({
      is: 'removed',
      id,
      words: both((of) => `${of({ en: 'Step', fr: 'Étape' })} ${of(was.title(id))}${of({ en: ' removed.', fr: ' supprimée.' })}`),
    })
  for (const changed of [...triggers.changed, ...steps.changed])
    told.push({ is: 'changed', id: changed.after.id, words: changedWords(changed, was, is, label) })
  // A new step says itself what it comes after, and what is gone leads nowhere.
  for (const link of links.added)
    if (!come.has(link.to))
      told.push({ is: 'changed', id: link.from, words: linkWords(is, link, { en: 'now leads to', fr: 'mène désormais à' }) })
  for (const link of links.removed)
    if (!gone.has(link.from) && !gone.has(link.to))
      told.push({ is: 'changed', id: link.from, words: linkWords(was, link, { en: 'no longer leads to', fr: 'ne mène plus à' }) })
  return told.map(({ words, ...rest }) => ({ ...rest, text: language === 'fr' ? typeset(words.fr) : words.en }))
}

/** How the parts of one of the two documents are called. */
interface Talk {
  title(id: string): Words
  titles(ids: readonly string[]): Words | undefined
  summary(id: string): Words
  when(link: Link): Words | undefined
}

function talk(mission: Mission, kinds: Kinds): Talk {
  const triggers = new Map(mission.triggers.map((trigger) => [trigger.id, trigger]))
  const steps = new Map(mission.steps.map((step) => [step.id, step]))
  const exit = exitWords(steps, kinds)
  const kindOf = (id: string) => {
    const trigger = triggers.get(id)
    return trigger ? kinds.trigger(trigger.type) : kinds.step(steps.get(id)?.type ?? '')
  }
  const title = (id: string): Words => {
    const placed: Trigger | Step | undefined = triggers.get(id) ?? steps.get(id)
    const words = placed ? titleOf(placed, kindOf(id)?.title) : { en: id, fr: id }
    return { en: `“${words.en}”`, fr: `« ${words.fr} »` }
  }
  return {
    title,
    titles: (ids) =>
      ids.length === 0
        ? undefined
        : both((of) => new Intl.ListFormat(of({ en: 'en-GB', fr: 'fr' }), { type: 'conjunction' }).format(ids.map((id) => of(title(id))))),
    summary: (id) =>
      both((of) => {
        const placed: Trigger | Step | undefined = triggers.get(id) ?? steps.get(id)
        const words = placed && kindOf(id)?.summary(placed.settings)
        return of(
          words ?? { en: `something unknown (${placed?.type ?? id})`, fr: `quelque chose d’inconnu (${placed?.type ?? id})` },
        ).replace(/[.:]$/, '')
      }),
    when: ({ from, exit: name }) => (name === 'done' ? undefined : exit(from, name)),
  }
}

const aspectWords: Readonly<Record<Aspect, Words>> = {
  type: { en: 'what it does', fr: 'ce qu’elle fait' },
  name: { en: 'its name', fr: 'son nom' },
  join: { en: 'what it waits for', fr: 'ce qu’elle attend' },
  retry: { en: 'how often it is tried again', fr: 'combien de fois on réessaie' },
  maxVisits: { en: 'how often it may run', fr: 'combien de fois elle peut passer' },
  within: { en: 'the list it belongs to', fr: 'la liste dont elle fait partie' },
}

function changedWords({ before, after, aspects, settings }: Changed<Step | Trigger>, was: Talk, is: Talk, label: SettingLabel): Words {
  const { id } = after
  const named = aspects.includes('name')
  return both((of) => {
    const what = [
      ...aspects.map((aspect) => of(aspectWords[aspect])),
      ...settings.map((setting) => of(label(after.type, setting) ?? label(before.type, setting) ?? { en: setting, fr: setting })),
    ].join(', ')
    const [then, now] = [of(was.summary(id)), of(is.summary(id))]
    const title = named ? `${of(is.title(id))} (${of({ en: 'before:', fr: 'avant :' })} ${of(was.title(id))})` : of(is.title(id))
    const sentence = `${title}${of({ en: ' changed:', fr: ' a changé :' })} ${what}.`
    return then === now
      ? sentence
      : `${sentence} ${of({ en: 'Before:', fr: 'Avant :' })} ${then}. ${of({ en: 'Now:', fr: 'Maintenant :' })} ${now}.`
  })
}

function linkWords(talk: Talk, link: Link, leads: Words): Words {
  const when = talk.when(link)
  return both((of) => `${of(talk.title(link.from))} ${of(leads)} ${of(talk.title(link.to))}${when ? `, ${of(when)}` : ''}.`)
}

const idsOf = (placed: readonly { id: string }[]) => new Set(placed.map(({ id }) => id))

function both(tell: (of: (words: Words) => string) => string): Words {
  const [en = '', fr = ''] = languages.map((language) => tell((words) => say(words, language)))
  return { en, fr }
}
