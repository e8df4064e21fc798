import { durationParts, isDuration } from '../mission/duration.ts'
import type { Words } from '../mission/words.ts'

/**
 * Turns settings as they are written in a mission, references included, into words for summaries: `{{ trigger.person.manager }}`
 * becomes “the manager of the person”.
 */

/** What missions call a piece of data, with its article, by the name it has in references. */
const nouns: Record<string, Words> = {
  person: { en: 'the person', fr: 'la personne' },
  manager: { en: 'the manager', fr: 'le responsable' },
  buddy: { en: 'the buddy', fr: 'le binôme' },
  name: { en: 'the name', fr: 'le nom' },
  first_name: { en: 'the first name', fr: 'le prénom' },
  email: { en: 'the e-mail address', fr: 'l’adresse e-mail' },
  time_zone: { en: 'the time zone', fr: 'le fuseau horaire' },
  language: { en: 'the language', fr: 'la langue' },
  channel: { en: 'the channel', fr: 'le canal' },
  message: { en: 'the message', fr: 'le message' },
  link: { en: 'the link', fr: 'le lien' },
  text: { en: 'the text', fr: 'le texte' },
  emoji: { en: 'the reaction', fr: 'la réaction' },
  id: { en: 'the identifier', fr: 'l’identifiant' },
  answer: { en: 'the answer', fr: 'la réponse' },
  answers: { en: 'the answers', fr: 'les réponses' },
  by: { en: 'the person who answered', fr: 'la personne qui a répondu' },
  at: { en: 'the time', fr: 'l’heure' },
  due: { en: 'the time', fr: 'l’heure' },
  until: { en: 'the time', fr: 'l’heure' },
  missing: { en: 'the people who did not answer', fr: 'les personnes sans réponse' },
  reason: { en: 'the reason', fr: 'le motif' },
  winner: { en: 'the winner', fr: 'le gagnant' },
  winners: { en: 'the winners', fr: 'les gagnants' },
  counts: { en: 'the counts', fr: 'les décomptes' },
  votes: { en: 'the votes', fr: 'les votes' },
  total: { en: 'the total', fr: 'le total' },
  summary: { en: 'the summary', fr: 'le résumé' },
  path: { en: 'the path', fr: 'le chemin' },
  body: { en: 'the content', fr: 'le contenu' },
  query: { en: 'the parameters', fr: 'les paramètres' },
  status: { en: 'the status', fr: 'le statut' },
  rows: { en: 'the rows', fr: 'les lignes' },
  first: { en: 'the first row', fr: 'la première ligne' },
  count: { en: 'the number', fr: 'le nombre' },
  run: { en: 'the run', fr: 'l’exécution' },
  mission: { en: 'the mission', fr: 'la mission' },
  item: { en: 'the item', fr: 'l’élément' },
  workspace: { en: 'the workspace', fr: 'l’espace de travail' },
  now: { en: 'now', fr: 'maintenant' },
}

/** An id that a machine made: meaningless to a reader. */
const machineMade = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[CDGUW][A-Z0-9]{8,})$/i
const wholeReference = /^\s*\{\{-?\s*((?:(?!\}\}).)*?)\s*-?\}\}\s*$/s
const anyReference = /\{\{-?\s*((?:(?!\}\}).)*?)\s*-?\}\}/gs

function noun(name: string): Words {
  const known = nouns[name]
  if (known) return known
  const words = name.replaceAll('_', ' ')
  return { en: `the ${words}`, fr: `« ${words} »` }
}

/** French contracts “de le”, “à le” and their plurals. */
const contract = (text: string) =>
  text
    .replace(/(^|[\s(])([Dd])e le /g, '$1$2u ')
    .replace(/(^|[\s(])([Dd])e les /g, '$1$2es ')
    .replace(/(^|[\s(])à le /g, '$1au ')
    .replace(/(^|[\s(])à les /g, '$1aux ')

/** A reference in words, without its braces: `trigger.person.manager | default: …` → “the manager of the person”. */
export function readableReference(expression: string): Words {
  const path = (expression.split('|')[0] ?? '').trim()
  const literal = /^(["'])(.*)\1$/s.exec(path)?.[2]
  if (literal !== undefined) return { en: literal, fr: literal }
  const names = path.split(/[.[\]"']+/).filter((name) => name !== '' && !/^\d+$/.test(name))
  const [root = '', ...rest] = names
  if (rest.length === 0) return root === 'trigger' ? { en: 'what started it', fr: 'ce qui l’a lancée' } : named(root)
  const parts = rest.map(noun)
  if (root !== 'trigger') parts.unshift(named(root))
  parts.reverse()
  return { en: parts.map((part) => part.en).join(' of '), fr: contract(parts.map((part) => part.fr).join(' de ')) }
}

/** The first name of a reference: a step's id, unless it is one of the words of the language. */
function named(root: string): Words {
  const known = ['run', 'mission', 'item', 'workspace', 'now'].includes(root) ? nouns[root] : undefined
  return known ?? { en: `“${root.replaceAll('_', ' ')}”`, fr: `« ${root.replaceAll('_', ' ')} »` }
}

/**
 * A text in which every reference stands as words in square brackets, without its article. What belongs to the person or the
 * content that the trigger gives is named alone: “[first name]”.
 */
function readableText(text: string): Words {
  const always = text.replace(/\{% *if .*?% *endif *%\}/gs, '')
  // What stands only under a condition is left out, unless nothing else is there.
  const plain = (always.trim() === '' ? text : always)
    .replace(/\{%.*?%\}/gs, '')
    .replace(/\s+/g, ' ')
    .trim()
  const bare = (words: string) => words.replace(/^(?:the |le |la |les |l’)/, '').replace(/^[“«]\s?([^”»]*?)\s?[”»]$/, '$1')
  const short = (expression: string) => readableReference(expression.replace(/^\s*trigger\.(?:person|body)\.(?=[a-z])/, 'trigger.'))
  return {
    en: plain.replace(anyReference, (_, expression: string) => `[${bare(short(expression).en)}]`),
    fr: plain.replace(anyReference, (_, expression: string) => `[${bare(short(expression).fr)}]`),
  }
}

/** A message's text without the marks that format it. */
function unmarked(text: string): string {
  return text
    .replace(/^[ \t]*(?:>|-|\d+\.)[ \t]+/gm, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|~|`)(?=\S)(.*?)\1/g, '$2')
    .replace(/(^|[\s(])_(?=\S)([^{}]*?)_(?=$|[\s).,!?:;])/gm, '$1$2')
}

/** Joins words as a sentence does: “a, b and c”, or with another last word. */
export function listed(items: readonly Words[], last: Words = { en: 'and', fr: 'et' }): Words {
  const join = (texts: string[], word: string) =>
    texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} ${word} ${texts.at(-1) ?? ''}`
  return {
    en: join(
      items.map((item) => item.en),
      last.en,
    ),
    fr: join(
      items.map((item) => item.fr),
      last.fr,
    ),
  }
}

/**
 * A setting's written value in words: a person or channel by name, a reference as what it means, a list with “and”.
 * `empty` is said when there is nothing yet, `hidden` when there is only an id that means nothing to a reader.
 */
export function readable(value: unknown, empty: Words, hidden: Words = empty): Words {
  if (value === undefined || value === null || value === '') return empty
  if (Array.isArray(value)) return value.length === 0 ? empty : listed(value.map((item) => readable(item, empty, hidden)))
  if (typeof value === 'object') return 'name' in value && typeof value.name === 'string' ? same(value.name) : hidden
  if (typeof value === 'boolean') return value ? { en: 'yes', fr: 'oui' } : { en: 'no', fr: 'non' }
  if (typeof value !== 'string') return same(JSON.stringify(value) ?? '')
  const reference = wholeReference.exec(value)?.[1]
  if (reference !== undefined) return readableReference(reference)
  if (machineMade.test(value.trim())) return hidden
  return readableText(value)
}

const same = (text: string): Words => ({ en: text, fr: text })

/** A channel setting in words: `general` → “#general”. */
export function readableChannel(value: unknown): Words {
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : value
  const chosen = { en: 'the chosen channel', fr: 'le canal choisi' }
  const words = readable(name, { en: 'a channel', fr: 'un canal' }, chosen)
  if (typeof name !== 'string' || name === '' || machineMade.test(name.trim()) || wholeReference.test(name))
    return typeof name === 'object' ? chosen : words
  return { en: `#${words.en.replace(/^#/, '')}`, fr: `#${words.fr.replace(/^#/, '')}` }
}

/** A person setting in words. */
export function readablePerson(value: unknown): Words {
  return readable(value, { en: 'somebody', fr: 'quelqu’un' }, { en: 'the chosen person', fr: 'la personne choisie' })
}

/** A people setting in words. */
export function readablePeople(value: unknown): Words {
  if (Array.isArray(value) && value.length > 3) return { en: `${value.length} people`, fr: `${value.length} personnes` }
  return readablePerson(value)
}

/** A text in quotation marks, shortened to one line; a reference alone without them; `empty` when there is none yet. */
export function quoted(value: unknown, empty: Words): Words {
  if (typeof value !== 'string' || value.trim() === '') return empty
  if (wholeReference.test(value)) return readable(value, empty)
  const words = readableText(unmarked(value))
  return { en: `“${shorten(words.en)}”`, fr: `« ${shorten(words.fr)} »` }
}

const longest = 80
const shorten = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text)

const unitWords = {
  s: { one: { en: 'second', fr: 'seconde' }, many: { en: 'seconds', fr: 'secondes' } },
  m: { one: { en: 'minute', fr: 'minute' }, many: { en: 'minutes', fr: 'minutes' } },
  h: { one: { en: 'hour', fr: 'heure' }, many: { en: 'hours', fr: 'heures' } },
  d: { one: { en: 'day', fr: 'jour' }, many: { en: 'days', fr: 'jours' } },
  w: { one: { en: 'week', fr: 'semaine' }, many: { en: 'weeks', fr: 'semaines' } },
} as const

/** A duration setting in words: `1d 12h` → “1 day and 12 hours”. */
export function readableDuration(value: unknown): Words {
  if (typeof value !== 'string' || !isDuration(value)) return readable(value, { en: 'some time', fr: 'un certain temps' })
  return listed(
    durationParts(value).map(({ count, unit }) => {
      const { en } = unitWords[unit][count === 1 ? 'one' : 'many']
      // French: zero and one are singular.
      const { fr } = unitWords[unit][count < 2 ? 'one' : 'many']
      return { en: `${count} ${en}`, fr: `${count} ${fr}` }
    }),
  )
}

/** Puts a summary together; the French one with its contractions (“à le responsable” → “au responsable”). */
export function sentence(en: string, fr: string): Words {
  return { en, fr: contract(fr) }
}
