import { VisuallyHidden } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import { useStore } from 'zustand'
import { m } from '#messages'
import { credentials } from '../../data/api.ts'
import { useLive } from '../../data/live.ts'
import { tellNews } from '../../shell/tell.ts'
import { locale } from '../../shell/time.ts'
import { useDesk, useDraft, useWorkshop } from '../workshop.ts'
import { dropSilent, namesOf, noteSign, signEvery } from './others.ts'
import classes from './others.module.css'

/** A card that is turned to is told once it has been looked at for so long, in milliseconds. */
const settling = 300
/** Those who were there before answer a newcomer within so many milliseconds, not all at once. */
const answering = 400

/** Who else has this draft open, in words; and one's own signs to them. */
export function Others() {
  const { desk } = useWorkshop()
  const others = useDesk((state) => state.others)
  const names = namesOf(others)
  useSigns()
  useEffect(() => {
    const timer = setInterval(() => {
      const { others: known } = desk.getState()
      const there = dropSilent(known, Date.now())
      if (there !== known) desk.setState({ others: there })
    }, 1_000)
    return () => clearInterval(timer)
  }, [desk])
  const list = new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names)
  const words = names.length === 0 ? '' : m.others_editing({ count: names.length, names: list })
  return (
    <>
      {words !== '' && (
        <span className={classes.others} data-others aria-hidden>
          {words}
        </span>
      )}
      <VisuallyHidden component="span" role="status">
        {words}
      </VisuallyHidden>
    </>
  )
}

/** Tells the others that this draft is open here, which card is chosen and what was saved last, and hears the same of them. */
function useSigns(): void {
  const { missionId, desk, syncing } = useWorkshop()
  const readOnly = useDraft((state) => state.readOnly)
  const at = useDraft((state) => state.selection.at(-1) ?? null)
  const [tab] = useState(() => crypto.randomUUID())
  const sign = useEffectEvent(async (gone: boolean) => {
    if (readOnly) return
    // Whoever only reads is not in anybody's way. That a sign got lost is no news to anybody.
    await fetch(`/api/editing/${missionId}`, {
      method: 'POST',
      headers: { ...(await credentials()), 'content-type': 'application/json' },
      body: JSON.stringify({ tab, at, rev: syncing.rev(), gone, over: syncing.overruling() }),
      keepalive: true,
    }).catch(() => undefined)
  })
  useLive('editing', ({ mission, ...heard }) => {
    if (mission !== missionId || heard.tab === tab) return
    const known = desk.getState().others.some((other) => other.tab === heard.tab)
    desk.setState(({ others }) => ({ others: noteSign(others, heard, Date.now()) }))
    const lost = heard.over !== null && syncing.isOverruled(heard.over)
    if (lost || heard.rev > syncing.rev()) void syncing.look(lost).then(() => lost && tellLoss(heard.name))
    if (!known && !heard.gone) setTimeout(() => void sign(false), Math.random() * answering)
  })
  /** Somebody has chosen their own version over what was saved here. Whoever is asked to choose between the two sees it all there. */
  const tellLoss = (name: string) => {
    if (syncing.state.getState().save.at !== 'conflict') tellNews(m.others_overruled({ name }), m.others_overruled_what({ name }))
  }
  useEffect(() => {
    const timer = setTimeout(() => void sign(false), settling)
    return () => clearTimeout(timer)
  }, [at])
  // What is saved here the others see at once.
  const saved = useStore(syncing.state, ({ save }) => save.at === 'saved')
  useEffect(() => {
    if (saved) void sign(false)
  }, [saved])
  useEffect(() => {
    const timer = setInterval(() => void sign(false), signEvery)
    const leave = () => void sign(true)
    addEventListener('pagehide', leave)
    return () => {
      clearInterval(timer)
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [])
}
