import { createContext, use } from 'react'
import type { Language, Words } from '../../../mission/words.ts'
import type { Piece } from './data/earlier.ts'
import type { PillLook } from './text/pill.ts'

/** What every widget of one card's settings knows. */
export interface FormPlace {
  language: Language
  workspaceId: string
  readOnly: boolean
  /** The data that is there before this card. */
  pieces: readonly Piece[]
  /** Names of people and channels whose ids stand in the settings, as far as they are known. */
  names: ReadonlyMap<string, string>
  /** How a pill looks. */
  look(raw: string): PillLook
}

/** Hands {@link FormPlace} down to the widgets. */
export const FormContext = createContext<FormPlace | undefined>(undefined)

/** What every widget of the settings being shown knows. */
export function useForm(): FormPlace {
  const place = use(FormContext)
  if (!place) throw new Error('Settings are drawn inside the settings panel only.')
  return place
}

/** What a widget is given: one setting, as written in the mission. */
export interface WidgetProps {
  /** Of the field on the page. */
  id: string
  label: string
  placeholder: string
  /** As written; undefined when it is not set. */
  value: unknown
  /** What counts when it is not set. */
  fallback: unknown
  /** Labels of the options of a fixed list. */
  options: Readonly<Record<string, Words>>
  optional: boolean
  invalid: boolean
  /** Ids of help and problem, for the field to point at. */
  describedBy: string | undefined
  /** Undefined takes the setting away. */
  onChange(value: unknown): void
}

/** A value that should be a text, as text. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** A value that should be a record, as one. */
export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {}
}
