import { type Template, toValueSync, TypeGuards, Value } from 'liquidjs'
import { parse, type TextFault } from './liquid.ts'

/** One place where a text refers to data. */
export interface Reference {
  /** As written: `laptop.answer`. */
  text: string
  /** Its parts: `['laptop', 'answer']`. Ends before a part that is itself looked up (`list[count]`). */
  path: readonly (string | number)[]
  /** Where it stands in the text, `end` exclusive. */
  start: number
  end: number
  /** Where its first part stands, without quotes: what changes when a step gets another id. */
  root: { start: number; end: number }
  /** True when nothing breaks if the data is missing: `| default: …`, a condition, or within an `if` that asks for it. */
  fallback: boolean
}

/** What a text refers to, in the order written, and what is wrong in it. */
export interface References {
  references: readonly Reference[]
  faults: readonly TextFault[]
}

const none: References = { references: [], faults: [] }

/** All references of a text. Wrong Liquid comes back as a fault in words; never throws. */
export function references(text: string): References {
  if (!/\{[{%]/.test(text)) return none
  const read = parse(text)
  if (!Array.isArray(read)) return { references: [], faults: [read] }
  const known = found.get(read)
  if (known) return known
  const all: Reference[] = []
  collect(read, { all, locals: new Set(), tested: [] })
  const result = { references: all.sort((one, other) => one.start - other.start), faults: [] }
  found.set(read, result)
  return result
}

const found = new WeakMap<Template[], References>()

interface Surroundings {
  all: Reference[]
  /** Names that `assign` and `for` give to something; not data of the mission. */
  locals: ReadonlySet<string>
  /** What the conditions around ask for. */
  tested: readonly string[]
}

function collect(templates: readonly Template[], around: Surroundings): void {
  let { locals } = around
  for (const template of templates) {
    const condition = template.children !== undefined
    const own: Reference[] = []
    for (const argument of template.arguments?.() ?? []) own.push(...inArgument(argument, condition))
    const outside = own.filter((reference) => !locals.has(String(reference.path[0])))
    const { tested } = around
    around.all.push(
      ...outside.map((reference) => (reference.fallback || isTested(reference, tested) ? { ...reference, fallback: true } : reference)),
    )
    if (template.localScope) locals = new Set([...locals, ...[...template.localScope()].map((name) => name.content)])
    if (!template.children) continue
    const inner: Template[] = toValueSync(template.children(false, true))
    collect(inner, {
      all: around.all,
      locals: new Set([...locals, ...(template.blockScope?.() ?? [])]),
      tested: [...tested, ...outside.map((reference) => reference.text)],
    })
  }
}

function isTested(reference: Reference, tested: readonly string[]): boolean {
  return tested.some((text) => reference.text === text || reference.text.startsWith(`${text}.`) || reference.text.startsWith(`${text}[`))
}

type Argument = NonNullable<ReturnType<NonNullable<Template['arguments']>>> extends Iterable<infer Item> ? Item : never

function inArgument(argument: Argument, condition: boolean): Reference[] {
  if (!(argument instanceof Value)) return inToken(argument, condition)
  const lastDefault = argument.filters.findLastIndex((filter) => filter.name === 'default')
  const fallback = condition || lastDefault >= 0
  // `a | default: b | default: "c"`: what stands in for something may itself be stood in for.
  const inFilters = argument.filters.flatMap((filter, index) =>
    filter.args.flatMap((one) => inToken(Array.isArray(one) ? one[1] : one, filter.name === 'default' && index < lastDefault)),
  )
  return [...argument.initial.postfix.flatMap((token) => inToken(token, fallback)), ...inFilters]
}

function inToken(token: unknown, fallback: boolean): Reference[] {
  if (TypeGuards.isRangeToken(token)) return [...inToken(token.lhs, fallback), ...inToken(token.rhs, fallback)]
  if (!TypeGuards.isPropertyAccessToken(token)) return []
  const nested = token.props.flatMap((part) => inToken(part, fallback))
  const [root] = token.props
  if (token.variable !== undefined || root === undefined || TypeGuards.isPropertyAccessToken(root)) return nested
  const path: (string | number)[] = []
  for (const part of token.props) {
    if (TypeGuards.isPropertyAccessToken(part)) break
    if ('content' in part && part.content !== undefined) path.push(TypeGuards.isNumberToken(part) ? part.content : String(part.content))
  }
  const quoted = TypeGuards.isQuotedToken(root) ? 1 : 0
  const reference: Reference = {
    text: token.input.slice(token.begin, token.end),
    path,
    start: token.begin,
    end: token.end,
    root: { start: root.begin + quoted, end: root.end - quoted },
    fallback,
  }
  return [reference, ...nested]
}
