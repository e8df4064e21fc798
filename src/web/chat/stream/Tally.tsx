import { m } from '#messages'
import type { MessageBar } from './message.ts'
import classes from './Tally.module.css'

/** A live tally: how often each choice was picked, and by whom if that may be known. */
export function Tally({ bars }: { bars: readonly MessageBar[] }) {
  const all = bars.reduce((sum, bar) => sum + bar.count, 0)
  return (
    <ul className={classes.tally}>
      {bars.map((bar) => (
        <li key={bar.label} className={classes.row}>
          <span className={classes.label}>{bar.label}</span>
          <span className={classes.count}>{m.chat_votes({ count: bar.count })}</span>
          <span className={classes.track} aria-hidden>
            <span className={classes.bar} style={{ width: `${all === 0 ? 0 : (100 * bar.count) / all}%` }} />
          </span>
          {bar.names && bar.names.length > 0 && <span className={classes.names}>{bar.names.join(', ')}</span>}
        </li>
      ))}
    </ul>
  )
}
