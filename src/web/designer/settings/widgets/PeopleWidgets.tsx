import { type ReactNode, useId, useState } from 'react'
import { m } from '#messages'
import type { DatumKind } from '../../../../mission/kinds.ts'
import { offerData, type Piece } from '../data/earlier.ts'
import { type Search, useChannelSearch, useMeant, usePeopleSearch } from '../directory.ts'
import { asText, useForm, type WidgetProps } from '../field.ts'
import { pillOf, type PillParts, readPill, writePill } from '../text/pill-parts.ts'
import classes from './picker.module.css'
import { type Pick, Picker } from './Picker.tsx'

/** Earlier data as things to pick. */
export function dataPicks(pieces: readonly Piece[], kinds: readonly DatumKind[]): Pick[] {
  return offerData(pieces, kinds)
    .filter((piece) => kinds.includes(piece.kind))
    .map((piece) => ({ value: pillOf(piece.reference), title: piece.title, about: piece.source, group: m.designer_from_earlier() }))
}

/** What a written person or channel is called. */
export function useDescribe(): (value: string, sign?: string) => { title: string; tip: string; known: boolean; data: boolean } {
  const { names, look } = useForm()
  return (value, sign = '') => {
    if (readPill(value)) return { ...look(value), data: true }
    const name = names.get(value)
    return { title: `${sign}${(name ?? value).replace(/^#/, '')}`, tip: '', known: true, data: false }
  }
}

/** People of the directory, by name, and people from earlier data. */
function usePeoplePicks(search: string, opened: boolean): Search<Pick> {
  const { found, ...standing } = usePeopleSearch(search, opened)
  const picks = found.map((person) => ({ value: person.id, title: person.name, about: person.email, group: m.designer_people() }))
  return { found: picks, ...standing }
}

/** What written people are called, and, below the field, who of them is not there any more. */
function usePeopleWords(values: readonly string[]): { describe: ReturnType<typeof useDescribe>; absent: ReactNode } {
  const plain = useDescribe()
  const meant = useMeant(values)
  const describe: typeof plain = (value) => {
    const who = meant.get(value)
    const words = plain(value)
    if (words.data || who === undefined) return words
    if (who === 'nobody') return value.includes('@') ? words : { ...words, title: m.designer_person_gone(), known: false }
    return { ...words, title: who.name, tip: who.left ? m.designer_person_left_short() : who.email, known: !who.left }
  }
  const told = values.flatMap((value) => {
    const who = meant.get(value)
    if (who === undefined || (who !== 'nobody' && !who.left)) return []
    if (who !== 'nobody') return [{ value, isFault: true, text: m.designer_person_left({ name: who.name }) }]
    return value.includes('@')
      ? [{ value, isFault: false, text: m.designer_person_outside({ email: value }) }]
      : [{ value, isFault: true, text: m.designer_person_unknown() }]
  })
  const absent = told.map(({ value, isFault, text }) => (
    <p key={value} className={isFault ? classes.absent : classes.outside}>
      {text}
    </p>
  ))
  return { describe, absent }
}

const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const byEmail = (search: string): Pick | undefined =>
  email.test(search) ? { value: search, title: search, about: '', group: m.designer_people_by_email() } : undefined

/** What stands in for a person that earlier data may not give: asked for below the field, since without it the step cannot go on. */
function Fallbacks({ values, onChange }: { values: readonly string[]; onChange(before: string, after: string): void }) {
  const { pieces, look } = useForm()
  const open = values.flatMap((value) => {
    const read = readPill(value)
    const piece = read && pieces.find((one) => one.reference === read.reference)
    return read && piece?.maybeEmpty && piece.kind === 'person' ? [{ value, read }] : []
  })
  return open.map(({ value, read }) => (
    <Fallback key={read.reference} name={look(value).title} parts={read} onChange={(parts) => onChange(value, writePill(parts))} />
  ))
}

function Fallback({ name, parts, onChange }: { name: string; parts: PillParts; onChange(parts: PillParts): void }) {
  const { pieces } = useForm()
  const [search, setSearch] = useState('')
  const [opened, setOpened] = useState(false)
  const id = useId()
  const sure = pieces.filter((piece) => !piece.maybeEmpty)
  const people = usePeoplePicks(search, opened)
  const [other] = parts.others
  const values = other !== undefined ? [pillOf(other)] : parts.fallback ? [parts.fallback] : []
  const { describe, absent } = usePeopleWords(values)
  const label = m.designer_person_fallback({ name })
  return (
    <div className={classes.fallback}>
      <label htmlFor={id}>{label}</label>
      <Picker
        id={id}
        label={label}
        placeholder=""
        single
        invalid={false}
        describedBy={undefined}
        values={values}
        fixed={dataPicks(sure, ['person'])}
        from={people}
        nothing={m.designer_nobody_found()}
        describe={describe}
        create={byEmail}
        onSearch={setSearch}
        onOpen={() => setOpened(true)}
        onPick={([picked]) => {
          const data = picked === undefined ? undefined : readPill(picked)
          const { reference } = parts
          if (picked === undefined) onChange({ reference, others: [] })
          else onChange(data ? { reference, others: [data.reference] } : { reference, others: [], fallback: picked })
        }}
      />
      {absent}
    </div>
  )
}

/** One person. */
export function PersonWidget({ id, label, placeholder, value, invalid, describedBy, onChange }: WidgetProps) {
  const { pieces } = useForm()
  const [search, setSearch] = useState('')
  const [opened, setOpened] = useState(false)
  const written = asText(value)
  const values = written === '' ? [] : [written]
  const people = usePeoplePicks(search, opened)
  const { describe, absent } = usePeopleWords(values)
  return (
    <>
      <Picker
        id={id}
        label={label}
        placeholder={placeholder}
        single
        invalid={invalid}
        describedBy={describedBy}
        values={values}
        fixed={dataPicks(pieces, ['person'])}
        from={people}
        nothing={m.designer_nobody_found()}
        describe={describe}
        create={byEmail}
        onSearch={setSearch}
        onOpen={() => setOpened(true)}
        onPick={([first]) => onChange(first)}
      />
      {absent}
      <Fallbacks values={values} onChange={(_, after) => onChange(after)} />
    </>
  )
}

/** Several people: a list of persons, or all those of one earlier answer. */
export function PeopleWidget({ id, label, placeholder, value, invalid, describedBy, onChange }: WidgetProps) {
  const { pieces } = useForm()
  const [search, setSearch] = useState('')
  const [opened, setOpened] = useState(false)
  const lists = new Set(dataPicks(pieces, ['people']).map((pick) => pick.value))
  const values = Array.isArray(value) ? value.map(asText).filter((one) => one !== '') : asText(value) === '' ? [] : [asText(value)]
  const people = usePeoplePicks(search, opened)
  const { describe, absent } = usePeopleWords(values)
  const take = (next: string[]) => {
    const newest = next.at(-1)
    if (newest === undefined) onChange(undefined)
    // A whole list stands alone: it cannot be an item of another list.
    else if (lists.has(newest)) onChange(newest)
    else onChange(next.filter((one) => !lists.has(one)))
  }
  return (
    <>
      <Picker
        id={id}
        label={label}
        placeholder={placeholder}
        single={false}
        invalid={invalid}
        describedBy={describedBy}
        values={values}
        fixed={dataPicks(pieces, ['person', 'people'])}
        from={people}
        nothing={m.designer_nobody_found()}
        describe={describe}
        create={byEmail}
        onSearch={setSearch}
        onOpen={() => setOpened(true)}
        onPick={take}
      />
      {absent}
      <Fallbacks
        values={values}
        onChange={(before, after) => onChange(Array.isArray(value) ? values.map((one) => (one === before ? after : one)) : after)}
      />
    </>
  )
}

/** One channel, by name: what was drawn in one workspace then works in another. */
export function ChannelWidget({ id, label, placeholder, value, invalid, describedBy, onChange }: WidgetProps) {
  const { pieces } = useForm()
  const [search, setSearch] = useState('')
  const [opened, setOpened] = useState(false)
  const describe = useDescribe()
  const { found, ...standing } = useChannelSearch(search, opened)
  const channels = found.map(({ name }) => ({ value: name, title: `#${name}`, about: '', group: m.designer_channels() }))
  const isKnown = !standing.searching && !standing.failed
  const written = asText(value)
  return (
    <Picker
      id={id}
      label={label}
      placeholder={placeholder || m.designer_pick_channel()}
      single
      invalid={invalid}
      describedBy={describedBy}
      values={written === '' ? [] : [written]}
      fixed={dataPicks(pieces, ['channel'])}
      from={{ found: channels, ...standing }}
      describe={(one) => describe(one, '#')}
      create={(text) => {
        const name = text.replace(/^#/, '').trim().toLowerCase().replace(/\s+/g, '-')
        return name === ''
          ? undefined
          : { value: name, title: `#${name}`, about: isKnown ? m.designer_channel_new() : '', group: m.designer_channels() }
      }}
      onSearch={setSearch}
      onOpen={() => setOpened(true)}
      onPick={([first]) => onChange(first)}
    />
  )
}
