import { catalogue } from '../../catalogue/catalogue.ts'
import type { Mission } from '../../mission/mission.ts'
import { sentences } from '../../mission/prose.ts'
import type { Language } from '../../mission/words.ts'
import classes from './Preview.module.css'

/** What a mission does, sentence by sentence, branches indented. */
export function Sentences({ mission, language }: { mission: Mission; language: Language }) {
  return (
    <ol className={classes.sentences}>
      {sentences(mission, catalogue.kinds, language).map(({ id, depth, number, text }) => (
        <li key={id} style={{ paddingInlineStart: `${depth * 1.25}rem` }}>
          {number !== '' && <span className={classes.number}>{number}</span>}
          <span>{text}</span>
        </li>
      ))}
    </ol>
  )
}
