import type { Kinds } from './kinds.ts'
import { failedExit, type Join, type Mission, type Step } from './mission.ts'
import type { GoingOn } from './onward.ts'
import { type Chain, type Ending, type Item, type Lead, outline } from './outline.ts'
import { type Language, languages, say, typeset, type Words } from './words.ts'

/** One sentence of a mission told in words: one for each trigger and step. */
export interface Sentence {
  /** The trigger's or step's id. */
  id: string
  /** How far it is indented: 0 for the main line, one more inside each branch. */
  depth: number
  /** `3`, and `3b2` for the second step of the second branch after 3; empty for triggers. Sentences refer to each other by it. */
  number: string
  text: string
}

/** A mission as sentences, in the order in which it is told. Every trigger and step is there once, reachable or not. */
export function sentences(mission: Mission, kinds: Kinds, language: Language): Sentence[] {
  const items = outline(mission, kinds)
  const numbers = numberItems(items)
  const steps = new Map(mission.steps.map((step) => [step.id, step]))
  const triggers = new Map(mission.triggers.map((trigger) => [trigger.id, trigger]))
  const exit = exitWords(steps, kinds)
  return items.map((item, index) => {
    const trigger = triggers.get(item.id)
    const step = steps.get(item.id)
    const type = (trigger ?? step)?.type ?? ''
    const known = trigger ? kinds.trigger(type)?.summary(trigger.settings) : kinds.step(type)?.summary(step?.settings ?? {})
    const summary = known ?? { en: `something unknown (${type})`, fr: `quelque chose d’inconnu (${type})` }
    const lead = waitingWords(
      leadWords(item.lead, (name) => exit(item.chain.of?.id ?? item.id, name)),
      item.waits,
    )
    const endings = item.endings.map((ending) => {
      const to = ending.is === 'go' ? ending.to : []
      return endingWords(
        ending,
        (name) => exit(item.id, name),
        to.map((id) => numbers.get(id) ?? ''),
      )
    })
    const text = each((words) => {
      const begin = words(lead)
      const told = begin === '' ? upper(words(summary)) : `${begin}${lower(words(summary))}`
      const punctuated =
        item.lead.is === 'trigger'
          ? told.replace(/[.:]$/, '') + words(leadsOn(item, items[index + 1]))
          : /[.!?…]$/.test(told)
            ? told
            : `${told}.`
      return [punctuated, ...endings.map(words)].join(' ')
    })
    return {
      id: item.id,
      depth: item.chain.depth,
      number: numbers.get(item.id) ?? '',
      text: language === 'fr' ? typeset(text.fr) : text.en,
    }
  })
}

/** A mission as one text: its sentences line by line, numbered and indented. */
export function prose(mission: Mission, kinds: Kinds, language: Language): string {
  return sentences(mission, kinds, language)
    .map(({ depth, number, text }) => `${'  '.repeat(depth)}${number === '' ? '' : `${number}. `}${text}`)
    .join('\n')
}

function each(tell: (words: (of: Words) => string) => string): Words {
  const [en = '', fr = ''] = languages.map((language) => tell((words) => say(words, language)))
  return { en, fr }
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
// “IT confirms” keeps its capitals, “Ask somebody” does not.
const lower = (text: string) => (/^\p{Lu}\p{Lu}/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1))

function numberItems(items: readonly Item[]): Map<string, string> {
  const numbers = new Map<string, string>()
  const told = new Map<Chain, number>()
  for (const { id, chain, lead } of items) {
    if (lead.is === 'trigger') {
      numbers.set(id, '')
      continue
    }
    const position = (told.get(chain) ?? 0) + 1
    told.set(chain, position)
    numbers.set(id, chain.of ? `${numbers.get(chain.of.id) ?? ''}${letters(chain)}${position}` : String(position))
  }
  return numbers
}

/** a, b, … z, aa, ab, … */
function letters({ index }: Chain): string {
  const letter = String.fromCharCode(97 + (index % 26))
  return index < 26 ? letter : String.fromCharCode(96 + Math.floor(index / 26)) + letter
}

/** After a trigger: a comma when another one is told with it, a colon before what it starts, a full stop when that is nothing. */
function leadsOn(item: Item, next: Item | undefined): Words {
  if (next?.lead.is === 'trigger' && next.lead.more) return { en: ',', fr: ',' }
  if (item.endings.length > 0) return { en: ':', fr: ' :' }
  return next && next.lead.is !== 'trigger' && next.lead.is !== 'adrift'
    ? { en: ':', fr: ' :' }
    : { en: ': nothing happens yet.', fr: ' : rien ne se passe encore.' }
}

/** Says under which circumstances a step is left by an exit: “if time is up”. */
export function exitWords(steps: ReadonlyMap<string, Step>, kinds: Kinds): (step: string, exit: string) => Words {
  return (id, exit) => {
    const step = steps.get(id)
    const kind = step && kinds.step(step.type)
    if (exit === failedExit) return { en: 'if it fails', fr: 'en cas d’échec' }
    if (exit === 'otherwise') return { en: 'otherwise', fr: 'sinon' }
    if (exit === 'timeout' && kind?.asks) return { en: 'if the time is up', fr: 'si le délai est écoulé' }
    const label = step && kind?.exits(step.settings).find((one) => one.name === exit)?.label
    if (exit === 'done') return { en: 'once that is done', fr: 'une fois cela fait' }
    return { en: `if “${label?.en ?? exit}”`, fr: `si « ${label?.fr ?? exit} »` }
  }
}

function leadWords(lead: Lead, exit: (name: string) => Words): Words {
  switch (lead.is) {
    case 'trigger':
      return lead.more ? { en: 'or ', fr: 'ou ' } : { en: '', fr: '' }
    case 'first':
      return { en: '', fr: '' }
    case 'then':
      return { en: 'Then ', fr: 'Ensuite, ' }
    case 'after':
      return { en: 'After that, ', fr: 'Après cela, ' }
    case 'joined':
      return joinWords(lead.join)
    case 'arm':
      return each((words) => `${upper(words(exit(lead.exit)))}${words({ en: ', ', fr: ', ' })}`)
    case 'branch': {
      const when = lead.exit === undefined ? undefined : exit(lead.exit)
      const also = lead.index > 0
      return each((words) => {
        const together = words(
          also ? { en: 'at the same time, ', fr: 'en même temps, ' } : { en: 'at the same time: ', fr: 'en même temps : ' },
        )
        const begin = when ? `${words(when)}, ` : also ? words({ en: 'and, ', fr: 'et, ' }) : ''
        return upper(`${begin}${together}`)
      })
    }
    case 'each':
      if (lead.index === undefined) return { en: 'Each time, ', fr: 'À chaque fois, ' }
      return lead.index === 0
        ? { en: 'Each time, at the same time: ', fr: 'À chaque fois, en même temps : ' }
        : { en: 'And, at the same time, ', fr: 'Et, en même temps, ' }
    case 'through':
      return { en: 'Once every item is done, ', fr: 'Une fois tous les éléments traités, ' }
    case 'adrift':
      return { en: 'Not linked yet: ', fr: 'Pas encore relié : ' }
  }
}

/** Puts into a lead what a step waits for besides. */
function waitingWords(lead: Words, waits: Item['waits']): Words {
  if (waits === undefined) return lead
  const when: Words =
    waits === 'all'
      ? { en: 'once all that leads here is done, ', fr: 'une fois fait tout ce qui mène ici, ' }
      : waits === 1
        ? { en: 'as soon as one of those that lead here is done, ', fr: 'dès que l’une de celles qui mènent ici est faite, ' }
        : { en: `as soon as ${waits} of those that lead here are done, `, fr: `dès que ${waits} de celles qui mènent ici sont faites, ` }
  return each((words) => {
    const begin = words(lead)
    if (begin === '') return upper(words(when))
    return `${begin.replace(/([^,:]) $/, '$1, ')}${words(when)}`
  })
}

function joinWords(join: Join | undefined): Words {
  const rest = join?.cancelRest === true
  if (!join) return { en: 'When all of that is done, ', fr: 'Quand tout cela est fait, ' }
  const count = join.wait === 'any' ? 1 : (join.count ?? 1)
  const many = count > 1
  return {
    en: `As soon as ${many ? `${count} of these are` : 'one of these is'} done, ${rest ? 'drop the rest and ' : ''}`,
    fr: `Dès que ${many ? `${count} d’entre eux sont faits` : 'l’un d’eux est fait'}, ${rest ? 'abandonner le reste et ' : ''}`,
  }
}

function endingWords(ending: Ending, exit: (name: string) => Words, numbers: readonly string[]): Words {
  if (ending.is === 'end') return { en: 'This branch ends here.', fr: 'Cette branche s’arrête ici.' }
  if (ending.is === 'nothing')
    return each((words) => `${upper(words(exit(ending.exit)))}, ${words({ en: 'nothing more happens.', fr: 'rien de plus ne se passe.' })}`)
  const whens = ending.exits.map(exit)
  const where = goingWords(ending, numbers)
  if (ending.together) {
    const together: Words = { en: 'at the same time, ', fr: 'en même temps, ' }
    // By its usual exit a step is left without a word about it.
    const named = ending.exits[0] === 'done' ? [] : whens
    return each((words) => upper(`${named.map((when) => `${words(when)}, `).join('')}${words(together)}${words(where)}`))
  }
  const or: Words = { en: ', or ', fr: ', ou ' }
  return each((words) => upper(`${whens.map(words).join(words(or))}${whens.length > 0 ? ', ' : ''}${words(where)}`))
}

function goingWords({ back, alike }: GoingOn, numbers: readonly string[]): Words {
  if (back) return { en: `go back to ${numbers.join(' and ')}.`, fr: `revenir à ${numbers.join(' et ')}.` }
  if (alike) return { en: 'go on all the same.', fr: 'continuer de même.' }
  return { en: `go on with ${numbers.join(' and ')}.`, fr: `continuer avec ${numbers.join(' et ')}.` }
}
