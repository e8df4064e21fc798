import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { m } from '#messages'
import { show } from '../desk.ts'
import { useDesk, useDraft, useWorkshop } from '../workshop.ts'
import classes from './review.module.css'

/** How long each card of a walk is looked at before the next, in milliseconds. */
const pace = 900

/** Goes through a walk card by card and says it; Escape, the button or any change of the mission ends it. */
export default function Walking() {
  const { desk, draft } = useWorkshop()
  const walk = useDesk((state) => state.walk)
  const mission = useDraft((state) => state.mission)
  const stages = walk?.stages
  useEffect(() => {
    if (!stages) return undefined
    const ended = new AbortController()
    const end = () => desk.setState({ walk: undefined })
    const timer = setInterval(() => {
      const { walk: now } = desk.getState()
      const next = now?.stages[now.at + 1]
      if (!now || !next) return clearInterval(timer)
      desk.setState({ walk: { ...now, at: now.at + 1 } })
      show(desk, next.card)
    }, pace)
    addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        end()
      },
      { capture: true, signal: ended.signal },
    )
    const unsubscribe = draft.subscribe((state) => state.mission !== mission && end())
    return () => {
      clearInterval(timer)
      ended.abort()
      unsubscribe()
    }
  }, [stages, desk, draft, mission])
  if (!walk) return null
  return (
    <div className={classes.walking}>
      <p className={classes.sentence}>{walk.sentence}</p>
      <Button size="xs" variant="default" onClick={() => desk.setState({ walk: undefined })}>
        {m.designer_walk_end()}
      </Button>
    </div>
  )
}
