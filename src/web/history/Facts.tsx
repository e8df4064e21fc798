import { useId } from 'react'
import { m } from '#messages'
import classes from './Facts.module.css'

/** One line of facts: a name, and what it is. */
export interface Fact {
  name: string
  label: string
  value: string
}

/** Facts below a heading; nothing when there are none. */
export function Facts({ title, facts }: { title: string; facts: readonly Fact[] }) {
  const id = useId()
  if (facts.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={classes.title}>
        {title}
      </h3>
      <dl className={classes.facts}>
        {facts.map(({ name, label, value }) => (
          <div key={name} className={classes.fact}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Data as it is kept, folded. */
export function RawData({ data }: { data: unknown }) {
  return (
    <details className={classes.raw}>
      <summary>{m.history_raw()}</summary>
      {/* Focusable, because it scrolls. */}
      <pre tabIndex={0}>{JSON.stringify(data, null, 2)}</pre>
    </details>
  )
}
