import type { SettingFault } from '../mission/kinds.ts'
import { say } from '../mission/words.ts'
import type { Answer } from './define.ts'
import type { StandIn } from './ladder.ts'
import { isCovered, originalsOf } from './question.ts'
import type { Person } from './services.ts'

/** The settings that say how many answers are waited for. */
export interface Needed {
  needed?: 'first' | 'everybody' | 'number'
  count?: number | string | undefined
}

/** A number of answers as it was rendered: whole and at least one; undefined for anything else. */
export function readCount(count: unknown): number | undefined {
  const number = typeof count === 'string' && count.trim() !== '' ? Number(count) : count
  return typeof number === 'number' && Number.isInteger(number) && number >= 1 ? number : undefined
}

/** What is wrong with a text that is no number of answers. */
export function noCount(count: unknown): Omit<SettingFault, 'setting'> {
  const text = typeof count === 'string' || typeof count === 'number' ? count : ''
  return {
    why: { en: `“${text}” is no number of answers.`, fr: `« ${text} » n’est pas un nombre de réponses.` },
    remedy: { en: 'Enter a whole number of at least 1.', fr: 'Indiquez un nombre entier d’au moins 1.' },
  }
}

interface State {
  answers: readonly Answer[]
  asked: readonly Person[]
  standIns?: readonly StandIn[]
}

/** How many answers end it. Never more than people were asked at first, or it would wait for nothing. */
export function wantedOf({ needed: wanted, count }: Needed, { asked, standIns }: Pick<State, 'asked' | 'standIns'>): number {
  const all = originalsOf(asked, standIns).length
  if (wanted === 'everybody') return all
  return wanted === 'number' ? Math.min(readCount(count) ?? all, Math.max(all, 1)) : 1
}

/** True once there are as many answers as are waited for. Everybody: each one's own, or of somebody who was asked instead. */
export function isEnough(settings: Needed, state: State): boolean {
  const { answers, asked, standIns } = state
  const covered = asked.length > 0 && isCovered(asked, answers, standIns)
  if (settings.needed === 'everybody') return covered
  return answers.length >= wantedOf(settings, state) || (answers.length > 0 && covered)
}

/** “1 of 2 needed answers”; undefined where the first ends it. */
export function progressNote(settings: Needed, state: State, language: string): string | undefined {
  if (settings.needed !== 'number') return undefined
  const wanted = wantedOf(settings, state)
  const count = state.answers.length
  return say(
    {
      en: `${count} of ${wanted} needed ${wanted === 1 ? 'answer' : 'answers'}`,
      fr: wanted === 1 ? `${count} réponse sur 1 nécessaire` : `${count} ${count < 2 ? 'réponse' : 'réponses'} sur ${wanted} nécessaires`,
    },
    language,
  )
}

/** How many are waited for, where it is a number and known yet. */
export function writtenCount({ needed: wanted, count }: { [Name in keyof Needed]?: unknown }): number | undefined {
  return wanted === 'number' ? readCount(count) : undefined
}
