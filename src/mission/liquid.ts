import { type Context, type Emitter, filters, ForTag, Liquid, LiquidError, type Template } from 'liquidjs'
import { readable } from './value.ts'
import type { Words } from './words.ts'

/** What is wrong in a text with references, where (character positions), and what to do. */
export interface TextFault {
  why: Words
  remedy: Words
  start: number
  end: number
}

/** Thrown where a text cannot be filled in: it is not Liquid, or would take too much time or memory. */
export class UnreadableText extends Error {
  override readonly name = 'UnreadableText'
  readonly fault: TextFault

  constructor(fault: TextFault, options?: ErrorOptions) {
    super(fault.why.en, options)
    this.fault = fault
  }
}

/** Longest text that is read; the longest setting is as long. */
const longestText = 100_000
/** Characters and list items that one rendering may produce, loops included. */
const mostProduced = 1_000_000
/** Milliseconds one rendering may take: far above any honest text, so that a busy machine never fails one. */
const longestRendering = 2_000
/** How many parsed texts are kept. A mission of a hundred steps has a few hundred. */
const keptTexts = 2_000

/** In this register of a rendering's context lies how a value is written. */
export const writerRegister = 'writer'

/** How a rendering writes the values it fills in. */
export type Writer = (value: unknown) => string

// No partials, no layouts, nothing that counts up across texts, and no way around the escaping of data.
const tags = ['if', 'unless', 'case', 'for', 'break', 'continue', 'assign', 'comment', 'raw', '#']
const valueFilters = [
  'default',
  'first',
  'last',
  'size',
  'sort',
  'sort_natural',
  'reverse',
  'uniq',
  'map',
  'where',
  'compact',
  'concat',
  'slice',
  'sum',
  'json',
]
const numberFilters = ['plus', 'minus', 'times', 'divided_by', 'modulo', 'round', 'floor', 'ceil', 'abs', 'at_least', 'at_most']
const textFilters = [
  'upcase',
  'downcase',
  'capitalize',
  'strip',
  'squish',
  'truncate',
  'truncatewords',
  'replace',
  'replace_first',
  'remove',
  'append',
  'prepend',
  'split',
  'url_encode',
  'number_of_words',
]

class BoundedFor extends ForTag {
  // A loop can multiply literal text, which Liquid itself does not count.
  override *render(context: Context, emitter: Emitter): Generator<unknown, void | string, Template[]> {
    const counting: Emitter = {
      get buffer() {
        return emitter.buffer
      },
      write(html) {
        context.memoryLimit.use(String(html).length + 1)
        emitter.write(html)
      },
    }
    return yield* super.render(context, counting)
  }
}

function buildEngine(): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    relativeReference: false,
    templates: {},
    parseLimit: longestText,
    renderLimit: longestRendering,
    memoryLimit: mostProduced,
    // The same text everywhere: whoever wants another zone names it (`date: "%H:%M", "Europe/Paris"`).
    timezoneOffset: 0,
    locale: 'en-US',
    outputEscape(this: { context: Context }, value: unknown) {
      const written = this.context.getRegister<Writer>(writerRegister)(value)
      this.context.memoryLimit.use(written.length)
      return written
    },
  })
  engine.registerTag('for', BoundedFor)
  for (const name of Object.keys(engine.tags)) if (!tags.includes(name)) delete engine.tags[name]
  for (const name of Object.keys(engine.filters)) if (![...valueFilters, ...numberFilters].includes(name)) engine.unregisterFilter(name)
  for (const [name, original] of Object.entries(filters)) {
    const prepare = preparationOf(name)
    const handler = typeof original === 'function' ? original : original.handler
    if (!prepare) continue
    engine.registerFilter(name, function (value: unknown, ...rest: unknown[]) {
      return handler.call(this, prepare(value, this.context), ...rest)
    })
  }
  return engine
}

/** What a filter works on instead of the value itself; undefined for a filter that takes values as they are. */
function preparationOf(name: string): ((value: unknown, context: Context) => unknown) | undefined {
  if (textFilters.includes(name)) return readable
  if (name === 'join') return (value) => (Array.isArray(value) ? value.map(readable) : readable(value))
  // The clock of the machine is not the clock of a rehearsal.
  if (name === 'date') return (value, context) => (value === 'now' || value === 'today' ? context.getSync(['now']) : value)
  return undefined
}

/** The one Liquid engine: bounded, without files, the same on every machine. */
export const engine = buildEngine()

const parsed = new Map<string, Template[] | TextFault>()

/** A text's templates, or what is wrong with it. Never throws. Remembered, because the same texts are read again and again. */
export function parse(text: string): Template[] | TextFault {
  const known = parsed.get(text)
  if (known) return known
  const fresh = parseAfresh(text)
  if (parsed.size >= keptTexts) parsed.clear()
  parsed.set(text, fresh)
  return fresh
}

function parseAfresh(text: string): Template[] | TextFault {
  try {
    return engine.parse(text)
  } catch (error) {
    return describe(error, text)
  }
}

/** Words for an error of Liquid, which speaks English and of tokens. */
export function describe(error: unknown, text: string): TextFault {
  const message = error instanceof Error ? error.message : String(error)
  const token = LiquidError.is(error) ? error.token : { begin: 0, end: text.length }
  const start = Math.min(token.begin, text.length)
  const end = Math.max(start, Math.min(token.end, text.length))
  const [, why, remedy] = faults.find(([pattern]) => pattern.test(message)) ?? unreadable
  const named = /undefined filter: (\w+)|tag "?([^"]+?)"? not found/.exec(message)
  const name = named?.[1] ?? named?.[2] ?? ''
  return { why: fillName(why, name), remedy, start, end }
}

function fillName(words: Words, name: string): Words {
  return { en: words.en.replace('NAME', name), fr: words.fr.replace('NAME', name) }
}

type Description = readonly [pattern: RegExp, why: Words, remedy: Words]

const unreadable: Description = [
  /^/,
  { en: 'The text between the curly brackets cannot be read.', fr: 'Le texte entre accolades est illisible.' },
  { en: 'Remove it and pick the data again from the menu.', fr: 'Supprimez-le et choisissez à nouveau la donnée dans le menu.' },
]

const faults: readonly Description[] = [
  [
    /output .* not closed/s,
    {
      en: 'A reference begins with “{{” but does not end with “}}”.',
      fr: 'Une référence commence par « {{ » mais ne se termine pas par « }} ».',
    },
    { en: 'Close it with “}}”, or remove “{{”.', fr: 'Fermez-la avec « }} », ou supprimez « {{ ».' },
  ],
  [
    /not closed/,
    { en: 'A block such as “{% if … %}” is not closed.', fr: 'Un bloc comme « {% if … %} » n’est pas fermé.' },
    { en: 'Close it, for example with “{% endif %}”.', fr: 'Fermez-le, par exemple avec « {% endif %} ».' },
  ],
  [
    /tag .* not found/s,
    { en: '“{% NAME %}” is not something a mission’s text can do.', fr: '« {% NAME %} » n’existe pas dans le texte d’une mission.' },
    { en: 'Use if, unless, case, for or assign, or remove it.', fr: 'Utilisez if, unless, case, for ou assign, ou supprimez-le.' },
  ],
  [
    /undefined filter/,
    { en: 'There is no filter called “NAME”.', fr: 'Il n’existe pas de filtre « NAME ».' },
    {
      en: `Use one of: ${[...valueFilters, 'join', 'date', ...textFilters, ...numberFilters].join(', ')}.`,
      fr: `Utilisez l’un de ceux-ci : ${[...valueFilters, 'join', 'date', ...textFilters, ...numberFilters].join(', ')}.`,
    },
  ],
  [
    /limit exceeded|Invalid string length|call stack/i,
    { en: 'The text becomes too long or takes too long to fill in.', fr: 'Le texte devient trop long ou prend trop de temps à remplir.' },
    { en: 'Shorten it, or go through a smaller list.', fr: 'Raccourcissez-le, ou parcourez une liste plus petite.' },
  ],
]
